"""Which pages get our styles: those with anything of ours, so that all others stay as they are, byte for byte."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postil.build import assets

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig


def dress(config: MkDocsConfig, content: str) -> None:
    """Name our styles to the theme before those of the site, or take them away; the theme is about to draw a page.

    Args:
        config: the theme takes the styles from it.
        content: of the page.
    """
    others = [file for file in config.extra_css if file not in assets.STYLES]
    config.extra_css = [*assets.styles_of(content), *others]
