"""Passages and notes spliced into an HTML fragment by offset.

The fragment is never parsed into a tree and written again: take the insertions out and its bytes are as before.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from markupsafe import escape

from postil.text.anchor import Span
from postil.text.reading_text import Reading

_HEADING = re.compile(r"<(h[1-6])\b[^>]*>.*?</\1\s*>", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class Woven:
    """What goes into the page for one annotation.

    Attributes:
        id: the annotation's id.
        span: its passage, in code points of the reading text.
        number: its number on the page, from 1.
        label: what a screen reader says for the link to the note.
        classes: class names that the passage and the link share.
        note: the note as HTML, a block.
    """

    id: str
    span: Span
    number: int
    label: str
    classes: str
    note: str


What = Literal["mark", "end", "link", "spoken", "note", "filter", "room", "lost"]


class Insertion(NamedTuple):
    """Something to insert, as HTML of the page. Other formats may draw it in another way, or leave it out.

    Attributes:
        offset: where in the original fragment.
        html: the HTML.
        what: the start or the end of a mark; the link to a note, and the one that is read out after a heading; a note;
            the filter, the room below the last note, the box of the notes that have lost their passage.
        number: that of the note which it belongs to, where it belongs to one.
    """

    offset: int
    html: str
    what: What
    number: int = 0


class _Mark(NamedTuple):
    """One piece of one passage: `start` and `end` in the HTML, `rank` is the annotation's place among all."""

    start: int
    end: int
    rank: int


def insertions(html: str, reading: Reading, annotations: Sequence[Woven]) -> list[Insertion]:
    """What to insert into the fragment that was read, in the order of the offsets.

    Args:
        html: the fragment.
        reading: its reading text.
        annotations: in the order of their numbers; passages may overlap, nest and be the same.

    Returns:
        The marks (each between two tags, properly nested), after each passage the link to its note, after each block
        its notes. What stands in a heading is part of its name, so that the link there is for eyes and pointers only,
        and one to be read out follows the heading.
    """
    pieces = [
        _Mark(piece.start, piece.end, rank)
        for rank, annotation in enumerate(annotations)
        for piece in reading.pieces(annotation.span.start, annotation.span.end)
    ]
    # At one offset: a passage ends, the link to its note follows, then the note, then other passages begin.
    inserted = [
        (mark.offset, 3 if mark.what == "mark" else 0, index, mark)
        for index, mark in enumerate(_marks(pieces, annotations))
    ]
    headings = [match.span() for match in _HEADING.finditer(html)]
    for rank, annotation in enumerate(annotations):
        inserted += [(link.offset, 1, rank, link) for link in _links(annotation, reading, headings)]
        note = Insertion(reading.note_place(annotation.span.end), annotation.note, "note", annotation.number)
        inserted.append((note.offset, 2, rank, note))
    return [insertion for _, _, _, insertion in sorted(inserted)]


def splice(html: str, inserted: Sequence[Insertion]) -> str:
    """The fragment with the insertions, which are in the order of their offsets."""
    parts = []
    position = 0
    for insertion in inserted:
        parts.append(html[position : insertion.offset])
        parts.append(insertion.html)
        position = insertion.offset
    parts.append(html[position:])
    return "".join(parts)


def _marks(pieces: list[_Mark], annotations: Sequence[Woven]) -> list[Insertion]:
    """Start and end tags for the pieces; where two cross, the inner one is closed and opened again."""
    result: list[Insertion] = []
    open_marks: list[_Mark] = []

    def start_tag(mark: _Mark, offset: int) -> None:
        annotation = annotations[mark.rank]
        result.append(Insertion(offset, _mark(annotation), "mark", annotation.number))
        open_marks.append(mark)

    def close_until(offset: int) -> None:
        """Close what ends at or before `offset`, and at each end reopen what was only in the way."""
        while open_marks and (end := min(mark.end for mark in open_marks)) <= offset:
            reopened = []
            while any(mark.end == end for mark in open_marks):
                closed = open_marks.pop()
                result.append(Insertion(end, "</mark>", "end", annotations[closed.rank].number))
                if closed.end > end:
                    reopened.append(closed)
            for mark in reversed(reopened):
                start_tag(mark, end)

    def outermost_first(mark: _Mark) -> tuple[int, ...]:
        span = annotations[mark.rank].span
        return (mark.start, -mark.end, span.start, -span.end, mark.rank)

    for piece in sorted(pieces, key=outermost_first):
        close_until(piece.start)
        start_tag(piece, piece.start)
    close_until(1 << 62)
    return result


def _mark(annotation: Woven) -> str:
    return (
        f'<mark class="postil-passage {annotation.classes}" data-number="{annotation.number}" '
        f'aria-details="note-{annotation.id}">'
    )


def _links(annotation: Woven, reading: Reading, headings: Sequence[tuple[int, int]]) -> list[Insertion]:
    """The link to the note; in a heading one that is only seen, and one that is only heard behind it."""
    name, number = annotation.id, annotation.number
    place = reading.link_place(annotation.span.end)
    noteref = f'role="doc-noteref" aria-label="{escape(annotation.label)}"'
    before = bisect_left(headings, (place, 0)) - 1  # they stand one behind the other
    spoken = [headings[before][1]] if before >= 0 and place < headings[before][1] else []
    attributes = 'aria-hidden="true" tabindex="-1"' if spoken else noteref
    link = (
        f'<a class="postil-ref {annotation.classes}" id="ref-{name}" href="#note-{name}" {attributes} '
        f'data-number="{number}"></a>'
    )
    heard = f'<a class="postil-spoken" href="#note-{name}" {noteref} data-number="{number}"></a>'
    return [Insertion(place, link, "link", number), *(Insertion(end, heard, "spoken", number) for end in spoken)]
