"""Notes that have lost their passage → a box at the end of the article, with all that they say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from postil.files.translations import Texts
from postil.model.cutting import shortened
from postil.page.note_view import NoteView
from postil.page.templating import template
from postil.text.anchor import Candidate


@dataclass(frozen=True)
class Lost:
    """A note without a place.

    Attributes:
        note: the note; its passage is the words that it was on.
        candidates: the places of the article that may have been meant, best first.
    """

    note: NoteView
    candidates: tuple[Candidate, ...] = ()

    @property
    def nearest(self) -> str:
        """The words that are most like those that the note was on, or an empty text."""
        return shortened(self.candidates[0].text, 160) if self.candidates else ""


def lost_box(lost: Sequence[Lost], text: Texts) -> str:
    """The box as a `section` with a heading; each note keeps its id, so that links to it still lead there."""
    return f"\n{template('note/lost').render(lost=lost, text=text)}\n"
