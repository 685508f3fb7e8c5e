"""Notes that have lost their passage → a box at the end of the article, with all that they say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from postil.files.translations import Texts
from postil.page.note_view import NoteView
from postil.page.templating import template


@dataclass(frozen=True)
class Lost:
    """A note without a place.

    Attributes:
        note: the note; its passage is the words that it was on.
        nearest: the words of the article that may have been meant, or an empty text.
    """

    note: NoteView
    nearest: str = ""


def lost_box(lost: Sequence[Lost], text: Texts) -> str:
    """The box as a `section` with a heading; each note keeps its id, so that links to it still lead there."""
    return f"\n{template('note/lost').render(lost=lost, text=text)}\n"
