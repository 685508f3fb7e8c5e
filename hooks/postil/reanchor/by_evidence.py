"""The places that may be meant → the one that is, or a refusal.

The places compete with each other and with the possibility that the passage is gone: the odds of each come from a
logistic model of the evidence (a conditional logit), fitted on real revision histories and made-up edits, half of the
texts at a time. Then come rules that no fit may soften: of places that are equally good none is taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp

from postil.reanchor.outcome import CERTAIN, Found, Refused, Selectors
from postil.reanchor.places import Evidence, Finder
from postil.reanchor.refusals import ambiguous, candidate, elsewhere, empty, gone, unsure
from postil.reanchor.surroundings import STANDS, Surroundings

ACCEPTED = 0.33  # the least probability of a place that is taken
_RULED_OUT = 10  # a rival that many times less likely, or farther from the old position, is none
_WORTH_TELLING = 0.02  # a place less likely than this is no candidate
_SUPPORT = 0.75  # surroundings less alike than this do not speak for a place
_IN_PLACE = 0.04  # a distance, as a share of the text, that position alone makes up for
_LONG = 60  # code points of a paragraph that is not there twice by chance
_FAR = 0.15  # a distance from which somebody looks

# One weight for each feature of `_features`.
_WEIGHTS = (
    -8.59, 2.64, 2.01, 1.32, 0.62, 0.46, -0.98, 2.43, -0.1, 1.43, 3.46, 1.87, -3.09, 0.89, 1.52, -1.87, 0.37,
    1.77, 0.98, -2.07, -0.29,
)  # fmt: skip


def weigh(finder: Finder, selectors: Selectors) -> Found | Refused:
    """Find a passage without the old text.

    Args:
        finder: knows the new text.
        selectors: what is known of the passage.
    """
    if not selectors.quote.strip():
        return empty()
    if unchanged := finder.unchanged(selectors):
        return Found(unchanged, 0.95, ("the words are unchanged", "the text around it is unchanged"))
    places = finder.places(selectors)
    if not places:
        return gone(finder.text, [])
    around = Surroundings(finder.text, selectors)
    ranked = _probabilities(places, selectors, around)
    (best, probability) = ranked[0]
    candidates = [candidate(finder.text, place.span, score) for place, score in ranked[:3] if score >= _WORTH_TELLING]
    if _is_verbatim(best):
        probability = max(probability, 0.8)
    elif best.is_exact and len(selectors.quote) >= _LONG and around.is_whole(best.span):
        probability = max(probability, 0.5)
    twins = [rival for rival in ranked[1:] if _is_as_good(rival[0], best)]
    may_be_meant = any(not _is_ruled_out(rival, ranked[0]) for rival in twins)
    if may_be_meant or any(_is_in_context(other, best) for other, _ in ranked[1:]):
        return ambiguous(candidates)
    if _is_elsewhere(best, around):
        return elsewhere(candidates or [candidate(finder.text, best.span, probability)])
    if probability < ACCEPTED:
        return gone(finder.text, candidates) if probability < 0.1 else unsure(candidates)
    # Without the old text somebody looks at what was edited, what was moved, and what only its position tells apart.
    probability = max(probability, 0.95) if _is_sure(best) and not twins else min(probability, CERTAIN - 0.01)
    return Found(best.span, round(probability, 3), _told(best))


def _probabilities(places: list[Evidence], selectors: Selectors, around: Surroundings) -> list[tuple[Evidence, float]]:
    """Each place and how likely it is meant, the likeliest first."""
    odds = []
    for place in places:
        rival = max((other.alike for other in places if other is not place), default=0.4)
        features = _features(place, selectors.quote, around, place.alike - rival)
        odds.append(exp(min(30.0, sum(weight * value for weight, value in zip(_WEIGHTS, features, strict=True)))))
    total = 1 + sum(odds)
    ranked = [(place, value / total) for place, value in zip(places, odds, strict=True)]
    ranked.sort(key=lambda item: (-item[1], not item[0].is_below, item[0].span.start))
    if ranked[0][0].rare < 0.5:  # it lacks the words that say something: unchanged words go before it
        ranked.sort(key=lambda item: not _is_verbatim(item[0]))
    return ranked


def _is_verbatim(place: Evidence) -> bool:
    """Whether the words and at least one side of them are unchanged."""
    return place.is_exact and _sides(place)[0] > 0.95 and (place.before or place.after) is not None


def _is_sure(place: Evidence) -> bool:
    """Whether unchanged words stand between unchanged neighbours, or beside one of them where they were."""
    high, low = _sides(place)
    if not place.is_exact or (place.before is None and place.after is None):
        return False
    if place.distance is None:
        return low > 0.95
    return (low > 0.95 and place.distance <= _FAR) or (high >= 0.9 and place.distance <= _IN_PLACE)


def _features(place: Evidence, quote: str, around: Surroundings, gap: float) -> Sequence[float]:
    """What the model weighs; each between 0 and 1 or near it."""
    high, low = (_stretched(side) for side in _sides(place))
    alike = _stretched(place.alike)
    near = exp(-(0.1 if place.distance is None else place.distance) / 0.04)
    length = min(len(quote), 120) / 120
    words = {word[:8] for word in quote.lower().split()}
    said = place.rare * (min(1.0, sum(map(len, words)) / 60) if len(words) > 1 else length)
    exact = float(place.is_exact)
    beside = [_stretched(side) for side in around.near(place.span)]
    away = [max(0.0, _stretched(there) - here) for there, here in zip(around.anywhere, beside, strict=True)]
    return (
        1.0, place.alike, place.rare, high, low, alike * high, alike * low, length * place.rare,
        exact * (1 - high) * (1 - near), near, near * alike, alike**2,
        max(0.0, around.closed_up - 0.75) * 4 * (1 - high), gap, said, said * high, (1 - high) * (1 - near),
        max(beside), min(beside), max(away), min(away),
    )  # fmt: skip


def _stretched(share: float) -> float:
    """How alike two texts are beyond chance: any two are alike by about 0.45."""
    return max(0.0, (share - 0.45) / 0.55)


def _sides(place: Evidence) -> tuple[float, float]:
    """The better and the worse side of the surroundings; what is not known counts as middling."""
    known = [side for side in (place.before, place.after) if side is not None] or [0.7]
    return max(known), min(known)


def _is_as_good(other: Evidence, best: Evidence) -> bool:
    """Whether a rival has the same words in the same surroundings, below the same heading."""
    (high, low), (other_high, other_low) = _sides(best), _sides(other)
    if other.alike < best.alike - 0.03 or other_high < high - 0.05 or other_low < low - 0.05:
        return False
    return bool(other.is_below) or not best.is_below


def _is_ruled_out(rival: tuple[Evidence, float], best: tuple[Evidence, float]) -> bool:
    """Whether a place is so much less likely, or so much farther from the old position, that it is not meant."""
    if best[1] >= rival[1] * _RULED_OUT:
        return True
    far, near = rival[0].distance, best[0].distance
    return far is not None and near is not None and far >= near * _RULED_OUT


def _is_in_context(other: Evidence, best: Evidence) -> bool:
    """Whether a rival is edited but stands between the old neighbours, where the best does not: that may be a copy."""
    return other.alike >= 0.5 and _sides(other)[1] > 0.8 and _sides(best)[1] < 0.7


def _is_elsewhere(place: Evidence, around: Surroundings) -> bool:
    """Whether nothing but the words themselves speaks for a place: it may be a copy, and the passage gone.

    Unchanged words are refused where their surroundings do not support them, or are torn from them; edited words only
    where the old surroundings are still in the text, for where those were rewritten, too, it is no copy.
    """
    if not around.is_known or (place.distance is not None and place.distance <= _IN_PLACE):
        return False
    if place.is_exact and around.is_torn(place.span):
        return True
    if place.is_exact and around.is_whole(place.span):
        return False
    supported = max(*_sides(place), *around.near(place.span)) >= _SUPPORT
    return not supported and (place.is_exact or max(around.anywhere) >= STANDS)


def _told(place: Evidence) -> tuple[str, ...]:
    """The evidence in words."""
    told = ["the words are unchanged" if place.is_exact else f"the words are {place.alike:.0%} alike"]
    if place.before is not None or place.after is not None:
        high, low = _sides(place)
        both = "the text around it is unchanged" if low > 0.95 else "the text around it is much the same"
        one = "one side of it is the same" if high > 0.9 else "the text around it was edited"
        told.append(both if low > 0.7 else one)
    if place.is_below:
        told.append("it is below its heading")
    elif place.distance is not None and place.distance < 0.02:
        told.append("it is where it was")
    return tuple(told)
