"""A passage of the old text → its place in the new one, or a refusal, by the difference of the two texts."""

from __future__ import annotations

from postil.reanchor.alignment import Alignment, weight
from postil.reanchor.by_evidence import weigh
from postil.reanchor.left_behind import left_behind
from postil.reanchor.outcome import CERTAIN, Found, Refused, Selectors
from postil.reanchor.places import Finder
from postil.reanchor.refusals import ambiguous, candidate, gone, unsure
from postil.reanchor.traces import Trace, traces
from postil.text.anchor import Span

_KEPT = 0.45  # the least share of a passage that must be there, by weight of words
_NEIGHBOUR = 0.5  # the least share of the words beside a passage for it to be between its neighbours
_LEAST = 0.4  # of the length of a passage: a shorter place is no place for it, only one of its words
_SAME_SURROUNDINGS = 0.9  # the share of the words on either side that are there
_SHORT = 25  # code points; the words of a shorter passage may come together by chance
_OWNED = 0.3  # words that stood elsewhere before: a place with more of them than this is another passage


def follow(alignment: Alignment, finder: Finder, known: Selectors, place: Span) -> Found | Refused:
    """Find a passage with the help of the old text.

    Args:
        alignment: of the old text and the new one.
        finder: knows the new text.
        known: what is known of the passage.
        place: where it was in the old text.
    """
    ways = traces(alignment, place.start, place.end)
    good = [way for way in ways if _is_good(way, place.end - place.start)]
    if len(good) > 1 and good[0].survived <= _KEPT + 0.2:
        if good[1].survived - good[0].survived > 0.3 and good[1].alike > 0.95:
            # Much of it is at the old place, too: a copy, or a passage that was moved and has left something behind.
            confidence = min(_confidence(good[1]), CERTAIN - 0.01)
            return Found(good[1].span, round(confidence, 3), _told(alignment, good[1], place))
        return ambiguous([candidate(alignment.new, way.span, way.alike) for way in good])
    if good:
        way = good[0]
        confidence, told = _confidence(way), _told(alignment, way, place)
        if min(way.before, way.after) <= _SAME_SURROUNDINGS and left_behind(alignment, place, way.span):
            told = (*told, "but where it stood there are words much like it")
            confidence = min(confidence, CERTAIN - 0.01)
        return Found(way.span, round(confidence, 3), told)
    if moved := _only_copy(alignment, place):
        return Found(moved, round(CERTAIN - 0.01, 3), ("the words are unchanged", "it was moved to another place"))
    spots = sorted(finder.places(known), key=lambda spot: -spot.alike)[:3]
    least = (place.end - place.start) * _LEAST
    spots = [spot for spot in spots if spot.span.end - spot.span.start >= least]
    candidates = [candidate(alignment.new, spot.span, spot.alike) for spot in spots]
    weighed = weigh(finder, known)
    if isinstance(weighed, Found) and _is_new(alignment, weighed.span):
        return Found(weighed.span, min(weighed.confidence, CERTAIN - 0.01), weighed.evidence)
    if any(spot.alike >= 0.75 and spot.rare >= 0.5 and _is_new(alignment, spot.span) for spot in spots):
        return unsure(candidates)
    return gone(alignment.new, candidates)


def _only_copy(alignment: Alignment, place: Span) -> Span | None:
    """Where a passage is word for word, when either text has it exactly once."""
    words, old, new = alignment.old.plain[place.start : place.end], alignment.old.plain, alignment.new.plain
    if old.find(words) != old.rfind(words) or new.find(words) < 0 or new.find(words) != new.rfind(words):
        return None
    return Span(new.find(words), new.find(words) + len(words))


def _is_good(way: Trace, length: int) -> bool:
    """Whether enough of a passage of so many code points is at a place: the less, the more its neighbours must be."""
    if way.moved:
        return way.survived >= 0.7 and way.alike >= 0.7
    if max(way.before, way.after) >= _NEIGHBOUR:
        return way.survived >= _KEPT or (way.survived >= 0.3 and way.alike >= 0.55)
    return way.survived >= _KEPT and way.survived + way.alike >= (1.6 if length < _SHORT else 1.3)


def _confidence(way: Trace) -> float:
    """From 0 to 1; certain is what is nearly all there, in its old surroundings, or word for word elsewhere."""
    around = max(way.before, way.after)
    value = 0.35 * min(1.0, way.survived + 0.05) + 0.35 * way.alike + 0.3 * max(around, 0.6 if way.moved else 0.0)
    if way.survived >= 0.6 and way.alike >= 0.6 and (around >= 0.5 or way.survived > 0.98):
        return round(max(value, CERTAIN), 3)
    return round(min(value, CERTAIN - 0.01), 3)


def _told(alignment: Alignment, way: Trace, place: Span) -> tuple[str, ...]:
    """The evidence in words."""
    old, new = alignment.old.plain[place.start : place.end], alignment.new.plain[way.span.start : way.span.end]
    told = ["the words are unchanged" if old == new else f"{way.survived:.0%} of its words are there"]
    if way.moved:
        told.append("it was moved to another place")
    elif min(way.before, way.after) > _SAME_SURROUNDINGS:
        told.append("the text around it is unchanged")
    elif max(way.before, way.after) > 0.5:
        told.append("it is between the same neighbours")
    return tuple(told)


def _is_new(alignment: Alignment, spot: Span) -> bool:
    """Whether the words of a place did not stand elsewhere in the old text."""
    taken = alignment.taken
    total = owned = 0.0
    for number, (start, end) in enumerate(alignment.new.words):
        if start >= spot.start and end <= spot.end:
            value = weight(alignment.new.keys[number])
            total += value
            owned += value * (number in taken)
    return total > 0 and owned / total <= _OWNED
