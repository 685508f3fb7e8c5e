"""The language of a build, and where it comes to lie, on sites that are built once for each language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

I18N = "i18n"  # mkdocs-static-i18n: builds the site once for each language, all into one folder


def language(config: MkDocsConfig) -> str:
    """The language of the interface: Material calls it `language`, MkDocs' own themes `locale`."""
    by_plugin = getattr(_i18n(config), "current_language", None)
    return str(by_plugin or config.theme.get("language") or config.theme.get("locale") or "en")


def folder(config: MkDocsConfig) -> str:
    """The folder of this build's pages inside of the site, with a slash at its end; empty for the default language."""
    plugin = _i18n(config)
    current = getattr(plugin, "current_language", None)
    return "" if current in (None, getattr(plugin, "default_language", None)) else f"{current}/"


def is_built_several_times(config: MkDocsConfig) -> bool:
    """Whether one command builds the site more than once."""
    return _i18n(config) is not None


def _i18n(config: MkDocsConfig) -> Any:
    return config.plugins.get(I18N)
