"""Where notes from elsewhere stood in another text → where that is in ours.

Hypothesis counts UTF-16 units of a whole page, its navigation included; others count an older version. Notes whose
passage is beyond doubt tell by how much the others are off.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from statistics import median_low

from postil.importing.foreign import Foreign
from postil.text.anchor import Anchorer

_ASKED = 3  # passages near a note that say by how much it is off; one that was moved is outvoted


def positions(notes: Sequence[Foreign], anchorer: Anchorer) -> list[int | None]:
    """Estimate where passages are.

    Args:
        notes: all of one text.
        anchorer: of our text.

    Returns:
        For each note where its passage begins, in code points of our text and not exact; None where nothing tells it.
    """
    shifts = [
        (note.start, place - note.start)
        for note in notes
        if note.start is not None and (place := _certain(note, anchorer)) is not None
    ]
    known = _Shifts(shifts)
    return [known.moved(note.start) for note in notes]


def _certain(note: Foreign, anchorer: Anchorer) -> int | None:
    """Where a passage begins, if its words are just where the note says, or in one place only."""
    if note.start is not None and note.quote and anchorer.text.startswith(note.quote, note.start):
        return note.start
    found = anchorer.place(note.quote, note.prefix, note.suffix)
    return found.start if found else None


class _Shifts:
    """By how much passages are off, by where they are said to begin.

    Args:
        shifts: of each passage where it is said to begin, and by how much that is off; of passages that are equally
            near those that come first are asked.
    """

    def __init__(self, shifts: list[tuple[int, int]]) -> None:
        self._at: dict[int, list[tuple[int, int]]] = {}  # number and shift of those that are asked first
        for number, (start, shift) in enumerate(shifts):
            here = self._at.setdefault(start, [])
            if len(here) < _ASKED:
                here.append((number, shift))
        self._starts = sorted(self._at)

    def moved(self, start: int | None) -> int | None:
        """Where a passage is that is said to begin at a place; None where nothing tells it."""
        if start is None or not self._starts:
            return None
        middle = bisect_left(self._starts, start)
        beside = self._starts[max(0, middle - _ASKED) : middle + _ASKED]
        near = sorted((abs(other - start), number, shift) for other in beside for number, shift in self._at[other])
        return max(0, start + median_low(shift for _, _, shift in near[:_ASKED]))
