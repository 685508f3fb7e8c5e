"""A passage known by its words alone → the places of a text that may be meant, each with what speaks for it.

Nothing is decided here: see `weighing`.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import log

from rapidfuzz import fuzz

from postil.reanchor.alignment import Alignment
from postil.reanchor.outcome import Selectors
from postil.reanchor.traces import traces
from postil.reanchor.words import Tokens
from postil.text.anchor import Span
from postil.text.normalizing import levelled
from postil.text.occurring import Occurring

CONTEXT = 96  # code points of prefix and suffix that are looked at
MOST_PLACES = 8
_MOST_HITS = 400  # a word that is in the text more often says nothing about a place
_LEAST = 8  # code points; a shorter prefix or suffix is in any text
_NEAR = 0.15  # of the text; farther from its old position somebody looks at a place
_SAMPLE = 60  # words of a long passage that are looked for


@dataclass(frozen=True)
class Evidence:
    """What speaks for a place.

    Attributes:
        span: the place, code points.
        alike: how alike the words are to the quote, sign by sign, 0 to 1.
        rare: which share of the quote's words is there, rare words counting more.
        before: how alike the text before it is to the prefix; None where there is no prefix.
        after: the same of the suffix.
        distance: how far it is from where the passage was, as a share of the text; None where that is not known.
        is_exact: whether the words are those of the quote.
        is_below: whether it stands below the heading that is known; None where none is known, or it is not there.
    """

    span: Span
    alike: float
    rare: float
    before: float | None
    after: float | None
    distance: float | None
    is_exact: bool = False
    is_below: bool | None = None

    @property
    def context(self) -> float | None:
        """How alike the surroundings are, the better side counting more; None where none are known."""
        known = [side for side in (self.before, self.after) if side is not None]
        return 0.6 * max(known) + 0.4 * min(known) if known else None


class Finder:
    """Looks for passages in one text.

    Args:
        text: the text.
    """

    def __init__(self, text: Tokens) -> None:
        self.text = text
        self._occurring = Occurring(text.plain)
        self._rarity: dict[str, float] = {}
        self._hits: dict[str, list[int]] = {}

    def places(self, selectors: Selectors) -> list[Evidence]:
        """The places that may be meant, at most one for each stretch of text, in no order."""
        quote = levelled(selectors.quote).strip()
        before, after = levelled(selectors.prefix)[-CONTEXT:], levelled(selectors.suffix)[:CONTEXT]
        found: dict[Span, Evidence] = {}
        for span in [*self._exact(quote, before, after), *self._similar(quote, before, after)]:
            if span not in found:
                found[span] = self._evidence(span, quote, before, after, selectors)
        return _apart(list(found.values()))

    def unchanged(self, selectors: Selectors) -> Span | None:
        """Where the words stand as they did, between what they stood between, and nowhere else.

        Nothing is to be weighed there. Where their position is known they are not far from it.
        """
        plain = self.text.plain
        quote = levelled(selectors.quote).strip()
        before, after = levelled(selectors.prefix), levelled(selectors.suffix)
        if not quote or len(before.strip()) + len(after.strip()) < _LEAST:
            return None
        starts = self._occurring.starts(quote, 2)
        if len(starts) != 1:
            return None
        start, end = starts[0], starts[0] + len(quote)
        sides = plain[max(0, start - len(before) - 1) : start].strip(), plain[end : end + len(after) + 1].strip()
        if not sides[0].endswith(before.strip()) or not sides[1].startswith(after.strip()):
            return None
        is_near = selectors.start is None or abs(start - selectors.start) <= _NEAR * max(1, len(plain))
        return Span(start, end) if is_near else None

    def _exact(self, quote: str, before: str, after: str) -> list[Span]:
        """Where the words stand as they are; of many, those with the best surroundings."""
        starts = self._occurring.starts(quote, _MOST_HITS)
        if len(starts) > MOST_PLACES:
            starts.sort(key=lambda start: -sum(self._context(start, start + len(quote), before, after)))
        return [Span(start, start + len(quote)) for start in starts[:MOST_PLACES]]

    def _similar(self, quote: str, before: str, after: str) -> list[Span]:
        """Where many words of the passage and its surroundings stand in their order."""
        pattern = before + quote + after
        known = Tokens(pattern)
        step = max(32, len(quote) // 4)
        votes: defaultdict[int, float] = defaultdict(float)
        words = [(pattern[start:end], start - len(before)) for start, end in _seeds(known)]
        words.sort(key=lambda word: (-len(word[0]), word[1]))
        for word, offset in words[:_SAMPLE]:
            hits = self._places_of(word)
            if hits:
                value = self._rare(word)
                for bucket in {(hit - offset) // step for hit in hits}:
                    votes[bucket] += value
        sums = {bucket: votes[bucket] + votes.get(bucket + 1, 0.0) for bucket in list(votes)}
        spans = []
        taken: set[int] = set()
        for bucket in sorted(sums, key=lambda bucket: (-sums[bucket], bucket)):
            if bucket in taken:
                continue
            taken |= {bucket - 1, bucket, bucket + 1}
            if span := self._aligned(known, (len(before), len(before) + len(quote)), bucket * step, step):
                spans.append(span)
            if len(taken) >= 3 * MOST_PLACES // 2:
                break
        return spans

    def _aligned(self, known: Tokens, passage: tuple[int, int], start: int, step: int) -> Span | None:
        """The passage in the stretch of text where it may begin at about `start`."""
        slack = step + len(known.text) // 3
        first = max(0, start - passage[0] - slack)
        last = start + len(known.text) - passage[0] + 2 * step + slack
        window = Tokens(self.text.plain[first:last])
        ways = traces(Alignment(known, window), *passage)
        if not ways:
            return None
        best = max(ways, key=lambda one: one.alike)
        return Span(first + best.span.start, first + best.span.end)

    def _evidence(self, span: Span, quote: str, before: str, after: str, known: Selectors) -> Evidence:
        words = self.text.plain[span.start : span.end]
        alike = 1.0 if words == quote else fuzz.ratio(quote, words) / 100
        sides = self._context(span.start, span.end, before, after)
        heading = self._heading(known.heading)
        start = heading if known.start is None else known.start
        distance = None if start is None else abs(span.start - start) / max(len(self.text.plain), 1)
        return Evidence(
            span,
            alike,
            self._shared(quote, words),
            sides[0] if before.strip() else None,
            sides[1] if after.strip() else None,
            distance,
            words == quote,
            None if heading is None else span.start >= heading,
        )

    def _heading(self, words: str) -> int | None:
        """Where the heading with these words ends: a line of its own that is there once."""
        line = f"\n{words.strip()}\n"
        text = f"\n{self.text.text}\n"
        return text.find(line) + len(line) - 2 if words.strip() and text.count(line) == 1 else None

    def _context(self, start: int, end: int, before: str, after: str) -> tuple[float, float]:
        plain = self.text.plain
        left = plain[max(0, start - len(before)) : start]
        right = plain[end : end + len(after)]
        return _beside(before[::-1], left[::-1]), _beside(after, right)

    def _shared(self, quote: str, words: str) -> float:
        wanted = [quote[start:end] for start, end in _seeds(Tokens(quote))] or [quote]
        there = {words[start:end] for start, end in _seeds(Tokens(words))}
        total = sum(map(self._rare, wanted))
        return sum(self._rare(word) for word in wanted if word in there) / total if total else 0.0

    def _places_of(self, word: str) -> list[int]:
        if word not in self._hits:
            hits = self._occurring.starts(word, _MOST_HITS + 1)
            self._hits[word] = hits if len(hits) <= _MOST_HITS else []
        return self._hits[word]

    def _rare(self, word: str) -> float:
        """How much a word says: the more, the rarer it is in the text."""
        if word not in self._rarity:
            count = self.text.plain.count(word)
            self._rarity[word] = log(2 + len(self.text.plain) / (40.0 * (1 + count)))
        return self._rarity[word]


def _beside(known: str, there: str) -> float:
    """How alike two texts are that go away from a passage; a word more or less between is no matter."""
    if not known:
        return 0.0
    return max(fuzz.ratio(known, there), fuzz.partial_ratio(known[: len(known) * 2 // 3], there)) / 100


def _seeds(text: Tokens) -> list[tuple[int, int]]:
    """The words that say something about a place, each once; in scripts without spaces pairs of signs."""
    seen: set[str] = set()
    spans = []
    for number, (start, end) in enumerate(text.words):
        if end - start == 1 and ord(text.plain[start]) > 0xE00 and number + 1 < len(text.words):
            end = text.words[number + 1][1]
        word = text.plain[start:end]
        if word[0].isalnum() and word not in seen:
            seen.add(word)
            spans.append((start, end))
    return spans


def _apart(found: list[Evidence]) -> list[Evidence]:
    """Of places that overlap the one that is most alike."""
    kept: list[Evidence] = []
    for evidence in sorted(found, key=lambda one: (-one.alike, one.span.start)):
        if all(evidence.span.end <= other.span.start or evidence.span.start >= other.span.end for other in kept):
            kept.append(evidence)
    return kept
