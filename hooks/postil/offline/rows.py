"""An article block by block, so that the notes of each can stand beside it, below it or at its foot."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from postil.offline.edition import Edition
from postil.page.weave import Insertion
from postil.text.markup import TOKEN, VOID


@dataclass(frozen=True)
class Row:
    """A block of the article and its notes.

    Attributes:
        block: its own HTML.
        inserted: what is put into it, by offsets inside of it; notes that stand inside (in a list) are among that.
        beside: the notes that stand straight after it.
    """

    block: str
    inserted: tuple[Insertion, ...]
    beside: tuple[Insertion, ...]


def rows(edition: Edition) -> list[Row]:
    """A row for each element of the article that no other is around. Every note is in one of them, once."""
    source = edition.article.html
    ends = _ends(source)
    starts = [0, *ends[:-1]]
    inside: list[list[Insertion]] = [[] for _ in ends]
    beside: list[list[Insertion]] = [[] for _ in ends]
    for insertion in edition.inserted:
        number = min(bisect_left(ends, insertion.offset), len(ends) - 1)  # behind the last there is only white space
        is_beside = insertion.what == "note" and insertion.offset == ends[number]
        place = beside if is_beside else inside
        place[number].append(insertion._replace(offset=insertion.offset - starts[number]))
    blocks = zip(starts, ends, inside, beside, strict=True)
    return [Row(source[start:end], tuple(within), tuple(after)) for start, end, within, after in blocks]


def _ends(html: str) -> list[int]:
    """Where each element ends that no other is around; text behind the last belongs to it."""
    ends: list[int] = []
    stack: list[str] = []
    for token in TOKEN.finditer(html):
        close, name, attributes = token.groups()
        if name is None:
            continue
        name = name.lower()
        if close and name in stack:
            while stack.pop() != name:
                pass
        elif not close and name not in VOID and not attributes.endswith("/"):
            stack.append(name)
        if not stack and (close or name in ("hr", "img")):
            ends.append(token.end())
    if not ends or html[ends[-1] :].strip():
        ends.append(len(html))
    return ends
