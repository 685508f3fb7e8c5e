"""A page before its notes were put in, and what is needed to put them in once more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from postil.files.notes_file import Entry
from postil.page.annotate import UNSIGNED, AnnotatedPage, annotate
from postil.page.bodies import RenderBody
from postil.page.context import Context


@dataclass(frozen=True)
class Fragment:
    """What a page was annotated from.

    Attributes:
        path: of its Markdown inside of docs/, with slashes.
        url: its address inside of the site.
        html: what Markdown rendered.
        render_body: renders the body of a note of this page.
        register: see `annotate`.
        own: see `annotate`.
        signed: see `annotate`.
    """

    path: str
    url: str
    html: str
    render_body: RenderBody
    register: str = ""
    own: str = ""
    signed: Markup = UNSIGNED

    def annotated(self, entries: Sequence[Entry], context: Context) -> AnnotatedPage:
        """The page with these notes."""
        return annotate(self.html, entries, context, self.render_body, self.register, self.own, self.url, self.signed)
