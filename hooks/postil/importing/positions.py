"""Where notes from elsewhere stood in another text → where that is in ours.

Hypothesis counts UTF-16 units of a whole page, its navigation included; others count an older version. Notes whose
passage is beyond doubt tell by how much the others are off.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median_low

from postil.importing.foreign import Foreign
from postil.text.anchor import Anchorer, Span

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
    return [_moved(note, shifts) for note in notes]


def _certain(note: Foreign, anchorer: Anchorer) -> int | None:
    """Where a passage begins, if its words are just where the note says, or in one place only."""
    if note.start is not None and note.quote and anchorer.text.startswith(note.quote, note.start):
        return note.start
    found = anchorer.find(note.quote, note.prefix, note.suffix)
    return found.start if isinstance(found, Span) else None


def _moved(note: Foreign, shifts: list[tuple[int, int]]) -> int | None:
    if note.start is None or not shifts:
        return None
    start = note.start
    near = sorted(shifts, key=lambda known: abs(known[0] - start))[:_ASKED]
    return max(0, start + median_low(shift for _, shift in near))
