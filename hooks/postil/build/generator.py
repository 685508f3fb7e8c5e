"""What is asked of a generator that knows nothing of Postil: it reads a folder and leaves HTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from postil.build.read import Options


@dataclass(frozen=True)
class Configured:
    """What a site's configuration says, as its generator reads it.

    Attributes:
        options: what a build needs to know.
        site_dir: the folder of the built site.
        nav: the navigation as the configuration has it; None where it has none.
        extensions: the Markdown extensions of the site, for the bodies of notes.
        configs: their settings.
        styles: the addresses of the site's own styles, before which ours stand.
        directory_urls: whether a page has a folder of its own.
        watched: what else the site is made of, files and folders: a preview builds anew when it changes.
        frame: the front matter of the page around which notes' own pages are cut, besides what every such page has.
        ignored: by the name of a rule for links, whether it is only a remark (see `links.Wrong`).
    """

    options: Options
    site_dir: Path
    nav: Any = None
    extensions: Sequence[Any] = ()
    configs: Mapping[str, Any] = field(default_factory=dict)
    styles: Sequence[str] = ()
    directory_urls: bool = True
    watched: Sequence[Path] = ()
    frame: Mapping[str, Any] = field(default_factory=dict)
    ignored: frozenset[str] = frozenset({"unrecognized_links", "absolute_links", "anchors"})


class Refused(Exception):  # noqa: N818 (it is told, not raised any further)
    """A generator has not built a site; the argument says why, in a line."""


class Generator(Protocol):
    """A generator, for one site."""

    def configured(self) -> Configured:
        """What the site's configuration says.

        Raises:
            Refused: when it cannot be read.
        """

    def render(self, docs: Path, site: Path, hidden: Sequence[str]) -> list[str]:
        """Build the site of a folder; the content of each page stands between its marks (see `marks`).

        Args:
            docs: the folder, prepared.
            site: where to; a folder that is not there yet, or has the last build of the same folder.
            hidden: paths of pages that stand in no menu, a written one included.

        Returns:
            What it complains of.

        Raises:
            Refused: when there is no site.
        """

    def small(self, page: str) -> str:
        """The page around a note, as the theme drew it, without what only a page in the menu needs."""
