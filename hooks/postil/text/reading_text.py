"""The reading text of a fragment, with the way back from each of its characters to the bytes."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import NamedTuple

from postil.text.atoms import Atom


class Run(NamedTuple):
    """A stretch of reading text that lies in the HTML in one piece.

    Attributes:
        text: where it starts in the reading text.
        start: where it starts in the HTML.
        length: its length in the reading text, in code points.
        width: its length in the HTML; the same as `length`, save for what is marked as a whole or not at all: a
            character reference, folded white space, a picture, a formula.
        flow: the number of the flow (line of reading) that it belongs to.
        link_end: the number of the element after which a link may follow; -1 where one may follow at once.
    """

    text: int
    start: int
    length: int
    width: int
    flow: int
    link_end: int


class Piece(NamedTuple):
    """A stretch of HTML between two tags that shows a part of a passage.

    Attributes:
        start: its offset in the HTML.
        end: the offset behind it.
    """

    start: int
    end: int


@dataclass(frozen=True)
class Reading:
    """The reading text of a fragment.

    Attributes:
        text: what a reader reads; blocks are separated by line breaks.
        hidden: texts that are in the HTML but not shown, for messages.
        atoms: the pictures, formulas and ruby texts, in the order of the text.
    """

    text: str
    hidden: tuple[str, ...]
    atoms: tuple[Atom, ...]
    _runs: list[Run]
    _run_starts: list[int]
    _note_places: list[int]
    _element_ends: list[int]
    _whole: frozenset[int]

    @property
    def prose(self) -> str:
        """The text with a blank for each character of what stands for pictures and formulas; offsets are the same."""
        parts, position = [], 0
        for atom in self.atoms:
            parts += [self.text[position : atom.start], " " * (atom.end - atom.start)]
            position = atom.end
        return "".join([*parts, self.text[position:]])

    def pieces(self, start: int, end: int) -> list[Piece]:
        """The stretches of HTML, each between two tags, that show the text from `start` to `end`."""
        pieces: list[Piece] = []
        for run in self._runs_between(start, end):
            if run.length == run.width and run.text not in self._whole:
                first = run.start + max(start - run.text, 0)
                last = run.start + min(end - run.text, run.length)
            else:
                first, last = run.start, run.start + run.width
            if pieces and pieces[-1].end == first:
                first = pieces.pop().start
            pieces.append(Piece(first, last))
        return pieces

    def note_place(self, end: int) -> int:
        """The HTML offset straight after the block that holds the character before `end`, where a note may stand."""
        return self._note_places[self._run_before(end).flow]

    def link_place(self, end: int) -> int:
        """The first HTML offset after the character before `end` where a link may stand."""
        run = self._run_before(end)
        if run.link_end >= 0:
            return self._element_ends[run.link_end]
        return self.pieces(end - 1, end)[-1].end

    def _run_before(self, end: int) -> Run:
        return self._runs[bisect_right(self._run_starts, end - 1) - 1]

    def _runs_between(self, start: int, end: int) -> list[Run]:
        first = bisect_right(self._run_starts, start) - 1
        last = bisect_right(self._run_starts, end - 1)
        return [run for run in self._runs[max(first, 0) : last] if run.text + run.length > start]
