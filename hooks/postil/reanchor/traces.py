"""A passage of the old text → the places in the new one where an alignment of the two leads."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from postil.reanchor.alignment import Alignment
from postil.reanchor.edges import edge_after, edge_before
from postil.text.anchor import Span

NEIGHBOURS = 12  # words on either side of a passage that tell whether its surroundings are the same
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
    start = edge_before(alignment, passage[0], pairs[0], places)
    end = edge_after(alignment, passage[1], pairs[-1], places)
    quote = old.plain[passage[0] : passage[1]]
    exact = new.plain.find(quote, max(0, start - len(quote) + 1), end + len(quote) - 1)
    if exact >= 0:  # all of it is there: the alignment gave a word of it to another place
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
