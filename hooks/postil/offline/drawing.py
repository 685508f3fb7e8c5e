"""An article as one format draws it: its own HTML, and in it what the format wants of marks, links and notes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from postil.files.translations import texts
from postil.offline.edition import Edition
from postil.page import parts
from postil.page.lost import lost_box
from postil.page.weave import Insertion, What, splice

# How a format draws what is inserted, where it draws it in another way than the page does.
Draw = Mapping[What, Callable[[Insertion], str]]


def drawn(html: str, inserted: Sequence[Insertion], draw: Draw) -> str:
    """HTML with its insertions; what `draw` does not know is as on the page."""
    return splice(html, [item._replace(html=html_of(item, draw)) for item in inserted])


def html_of(insertion: Insertion, draw: Draw) -> str:
    """One insertion as a format draws it."""
    return draw[insertion.what](insertion) if insertion.what in draw else insertion.html


def as_on_its_page(edition: Edition) -> Draw:
    """Notes as the article's page has them, and the box of those that have lost their passage."""
    text = texts(edition.language)

    def note(insertion: Insertion) -> str:
        return f"\n{parts.on_page(edition.note(insertion), text)}"

    return {"note": note, "lost": lambda _: lost_box(edition.lost, text)}


def nothing(_: Insertion) -> str:
    """What a format draws of that for which it has no use."""
    return ""
