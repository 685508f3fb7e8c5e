"""Where a passage begins and ends in the new text, by what stands beside its first and last words that are kept."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from postil.reanchor.alignment import Alignment
from postil.reanchor.words import Tokens

_SPELT_ANEW = 60  # per cent alike
_MAX_POLISH = 4_000  # code points at the edge of a passage that are compared sign by sign
_MOST_SWAPPED = 3  # words at the edge of a passage that are taken for the same one by one
_SAYS_MUCH = 5  # code points; "that" in the place of "which" at an edge only ties the passage to what is beside it


def edge_before(alignment: Alignment, start: int, pair: tuple[int, int], places: Sequence[int]) -> int:
    """Where a passage starts: at its first word that is still there, or before it, where words were replaced.

    Args:
        alignment: of the old text and the new one.
        start: where it starts in the old text, code points.
        pair: its first word that is kept: the numbers of the old and of the new word.
        places: for each old word the number of the new one, or -1: one of the two lists of the alignment.

    Returns:
        The offset in the new text.
    """
    old, new = alignment.old, alignment.new
    i, j = pair
    if old.starts[i] <= start:
        return new.starts[j] + max(0, min(start - old.starts[i], new.ends[j] - new.starts[j] - 1))
    left = i - 1
    while left >= 0 and places[left] < 0:
        left -= 1
    old_from = old.ends[left] if left >= 0 else 0
    lower = places[left] if left >= 0 else -1
    if not lower < j:
        return new.starts[j]
    first = bisect_right(old.ends, start)
    if first > left and _is_word_for_word(alignment, range(left + 1, i), range(lower + 1, j)):
        return new.starts[j - i + first]
    new_from = new.ends[lower] if lower >= 0 else 0
    offset = _counterpart(
        old.plain[old_from : old.starts[i]], new.plain[new_from : new.starts[j]], start - old_from, leading=True
    )
    edge = _at_word_start(new, new_from + offset, new.starts[j])
    return edge if _same(old.plain[start : old.starts[i]], new.plain[edge : new.starts[j]]) else new.starts[j]


def edge_after(alignment: Alignment, end: int, pair: tuple[int, int], places: Sequence[int]) -> int:
    """Where a passage ends: the same at its other side, with the end of the passage and its last word that is kept."""
    old, new = alignment.old, alignment.new
    i, j = pair
    if old.ends[i] >= end:
        return new.ends[j] - max(0, min(old.ends[i] - end, new.ends[j] - new.starts[j] - 1))
    right = i + 1
    while right < len(places) and places[right] < 0:
        right += 1
    old_to = old.starts[right] if right < len(places) else len(old.plain)
    upper = places[right] if right < len(places) else len(new.starts)
    if not upper > j:
        return new.ends[j]
    last = bisect_left(old.starts, end) - 1
    if last < right and _is_word_for_word(alignment, range(i + 1, right), range(j + 1, upper)):
        return new.ends[j - i + last]
    new_to = new.starts[upper] if upper < len(new.starts) else len(new.plain)
    offset = _counterpart(
        old.plain[old.ends[i] : old_to], new.plain[new.ends[j] : new_to], end - old.ends[i], leading=False
    )
    edge = _at_word_end(new, new.ends[j], new.ends[j] + offset)
    return edge if _same(old.plain[old.ends[i] : end], new.plain[new.ends[j] : edge]) else new.ends[j]


def _is_word_for_word(alignment: Alignment, old: range, new: range) -> bool:
    """Whether as many words stand in the place of a few others: "roughly" is now "about", 45 is 60."""
    if not len(old) == len(new) <= _MOST_SWAPPED:
        return False
    pairs = [(alignment.old.keys[i], alignment.new.keys[j]) for i, j in zip(old, new, strict=True)]
    return all(min(map(len, pair)) >= _SAYS_MUCH or (pair[0].isdigit() and pair[1].isdigit()) for pair in pairs)


def _same(old: str, new: str) -> bool:
    """Whether words at the edge of a passage were only spelt anew; more or less that took their place is not it."""
    return fuzz.ratio(old, new) >= _SPELT_ANEW


def _counterpart(old: str, new: str, offset: int, *, leading: bool) -> int:
    """The offset in `new` that answers to `offset` in `old`; both stand in each other's place.

    What is only inserted stays outside of the passage: `leading` says on which side that is.
    """
    if not new.strip() or max(len(old), len(new)) > _MAX_POLISH:
        return len(new) if leading else 0
    found = len(new) if leading else 0
    for step in Levenshtein.opcodes(old, new):
        tag, old_start, old_end = step.tag, step.src_start, step.src_end
        new_start, new_end = step.dest_start, step.dest_end
        if leading and old_end > offset:
            if tag == "insert":
                continue
            return min(new_start + max(0, offset - old_start), new_end)
        if not leading and tag != "insert" and old_start < offset:
            found = min(new_start + min(offset, old_end) - old_start, new_end)
    return found


def _at_word_start(new: Tokens, offset: int, limit: int) -> int:
    """The start of the word at or behind `offset`, at most `limit`; the word that `offset` lies in counts."""
    number = bisect_right(new.ends, offset)
    return min(new.starts[number], limit) if number < len(new.starts) else limit


def _at_word_end(new: Tokens, limit: int, offset: int) -> int:
    """The end of the word at or before `offset`, at least `limit`."""
    number = bisect_left(new.starts, offset) - 1
    return max(new.ends[number], limit) if number >= 0 else limit
