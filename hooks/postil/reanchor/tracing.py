"""A passage of the old text → the places in the new one where an alignment of the two leads."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from postil.anchor import Span
from postil.reanchor.alignment import Alignment
from postil.reanchor.words import Text

NEIGHBOURS = 12  # words on either side of a passage that tell whether its surroundings are the same
SPELT_ANEW = 60  # per cent alike
_MAX_POLISH = 4_000  # code points at the edge of a passage that are compared sign by sign
_MOST_SWAPPED = 3  # words at the edge of a passage that are taken for the same one by one
_SAYS_MUCH = 5  # code points; "that" in the place of "which" at an edge only ties the passage to what is beside it
_FULL_STOPS = ".!?…。！？؟۔।"
_MOST_GROWN = 2.5  # times its old length: a sentence that grew by more than that has taken in others


@dataclass(frozen=True)
class Trace:
    """Where a passage has gone.

    Attributes:
        span: the place in the new text.
        survived: which share of the passage, by weight of words, is there.
        alike: how alike the old and the new words are, 0 to 1, sign by sign.
        before: which share of the words straight before it is straight before the new place.
        after: the same of the words behind it.
        moved: whether it is at another place of the order.
    """

    span: Span
    survived: float
    alike: float
    before: float
    after: float
    moved: bool = False


def traces(alignment: Alignment, start: int, end: int) -> list[Trace]:
    """Where the passage from `start` to `end` (code points of the old text) may be now.

    Returns:
        At most one trace in the old order and one of a moved copy.
    """
    old = alignment.old
    first, last = bisect_right(old.ends, start), bisect_left(old.starts, end)
    if first >= last:
        return []
    found = []
    for places, moved in ((alignment.kept, False), (alignment.moved, True)):
        pairs = [(i, places[i]) for i in range(first, last) if places[i] >= 0]
        if pairs := _densest(sorted(pairs, key=lambda pair: pair[1]), alignment):
            pairs = _to_full_stop(alignment, (start, end), last - 1, pairs, places)
            found.append(_traced(alignment, (start, end), (first, last), pairs, places, moved=moved))
    return found


def _densest(pairs: list[tuple[int, int]], alignment: Alignment) -> list[tuple[int, int]]:
    """The part of the pairs that lies together: what is between two of them costs, so that strays are left out."""
    old, new = alignment.old, alignment.new
    best, best_value = (0, 0), 0.0
    value, begin = 0.0, 0
    for number, (i, j) in enumerate(pairs):
        if value > 0:
            i_before, j_before = pairs[number - 1]
            skipped_new = new.starts[j] - new.ends[j_before]
            skipped_old = abs(old.starts[i] - old.ends[i_before])
            value -= 0.05 * (max(0, skipped_new - 1) + max(0, skipped_old - 1))
        if value <= 0:
            value, begin = 0.0, number
        value += alignment.weights[i]
        if value > best_value:
            best, best_value = (begin, number + 1), value
    return pairs[best[0] : best[1]]


def _to_full_stop(
    alignment: Alignment,
    passage: tuple[int, int],
    final: int,
    pairs: list[tuple[int, int]],
    places: Sequence[int],
) -> list[tuple[int, int]]:
    """The pairs, up to the full stop of the passage: a clause put before it belongs to the same sentence."""
    mark, start = places[final], alignment.new.starts[pairs[0][1]]
    if alignment.old.keys[final] not in _FULL_STOPS or mark <= pairs[-1][1]:
        return pairs
    if alignment.new.ends[mark] - start > _MOST_GROWN * (passage[1] - passage[0]):
        return pairs
    return [*pairs, (final, mark)]


def _traced(
    alignment: Alignment,
    passage: tuple[int, int],
    words: tuple[int, int],
    pairs: Sequence[tuple[int, int]],
    places: Sequence[int],
    *,
    moved: bool,
) -> Trace:
    old, new = alignment.old, alignment.new
    first, last = words
    total = sum(alignment.weights[i] for i in range(first, last))
    survived = sum(alignment.weights[i] for i, _ in pairs) / total
    start = _edge_before(alignment, passage[0], pairs[0], places)
    end = _edge_after(alignment, passage[1], pairs[-1], places)
    quote = old.plain[passage[0] : passage[1]]
    exact = new.plain.find(quote, max(0, start - len(quote)), end + len(quote))
    if (
        start - len(quote) < exact < end and exact >= 0
    ):  # all of it is there: the alignment gave a word to another place
        start, end = exact, exact + len(quote)
    alike = fuzz.ratio(quote, new.plain[start:end]) / 100
    before = _share(alignment, range(first - 1, max(first - 1 - NEIGHBOURS, -1), -1), places, pairs[0][1], -1)
    after = _share(alignment, range(last, min(last + NEIGHBOURS, len(places))), places, pairs[-1][1], 1)
    return Trace(Span(start, end), survived, alike, before, after, moved)


def _share(alignment: Alignment, numbers: range, places: Sequence[int], edge: int, side: int) -> float:
    """Which share of these old words is near the new place, on the given side of it; 1 where there are none."""
    total = found = 0.0
    for number in numbers:
        value = alignment.weights[number]
        total += value
        if places[number] >= 0 and 0 < (places[number] - edge) * side <= 4 * NEIGHBOURS:
            found += value
    return found / total if total else 1.0


def _edge_before(alignment: Alignment, start: int, pair: tuple[int, int], places: Sequence[int]) -> int:
    """Where the passage starts: at its first word that is still there, or before it, where words were replaced."""
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


def _edge_after(alignment: Alignment, end: int, pair: tuple[int, int], places: Sequence[int]) -> int:
    """Where the passage ends: the same at its other side."""
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
    return fuzz.ratio(old, new) >= SPELT_ANEW


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


def _at_word_start(new: Text, offset: int, limit: int) -> int:
    """The start of the word at or behind `offset`, at most `limit`; the word that `offset` lies in counts."""
    number = bisect_right(new.ends, offset)
    return min(new.starts[number], limit) if number < len(new.starts) else limit


def _at_word_end(new: Text, limit: int, offset: int) -> int:
    """The end of the word at or before `offset`, at least `limit`."""
    number = bisect_left(new.starts, offset) - 1
    return max(new.ends[number], limit) if number >= 0 else limit
