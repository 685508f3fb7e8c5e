"""An article as it came out."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from functools import cached_property

from postil.model.source import Source
from postil.page.annotate import AnnotatedPage
from postil.site.byline import Byline

_UNSIGNED = Byline()


@dataclass(frozen=True)
class Published:
    """An article as it came out.

    Attributes:
        path: inside of docs/.
        url: its address inside of the site (see `urls`).
        title: of the page.
        page: with its notes.
        description: of the page, or an empty text.
        based_on: the works that the article retells or reprints, as its front matter says.
        byline: who wrote it, when, and its picture, likewise.
    """

    path: str
    url: str
    title: str
    page: AnnotatedPage
    description: str = ""
    based_on: tuple[Source, ...] = ()
    byline: Byline = _UNSIGNED

    @cached_property
    def name(self) -> str:
        """The path without its ending: by this name the article's notes are known for good."""
        return posixpath.splitext(self.path)[0]
