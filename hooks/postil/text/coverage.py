"""Which figures, dates, names and quotations of an article no note touches."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from postil.text.anchor import Span
from postil.text.normalizing import fold

_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAY = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_NUMBER = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|"
    "hundreds?|thousands?|millions?|billions?|dozens?|tens of|twice|zero|half|a third|a quarter"
)
_KINDS = {
    "quotation": re.compile("“[^”]+”|„[^“]+“|«[^»]+»"),
    "date": re.compile(
        rf"\b(?:\d{{1,2}} )?(?:{_MONTH})(?: \d{{1,2}}(?:, \d{{4}})?| \d{{4}})?\b|\b(?:{_DAY})\b|\b(?:1[5-9]|20)\d\d\b"
        r"|\b(?:last|this|next) (?:day|week|month|year)\b|\b(?:yesterday|today|tomorrow)\b"
    ),
    "figure": re.compile(rf"[$€£]?\d[\d.,]*\d(?:\s?%)?|[$€£]?\d+(?:\s?%)?|\b(?:{_NUMBER})\b", re.IGNORECASE),
    "name": re.compile(r"\b[A-ZÀ-ÖØ-Þ][\w’-]*(?: (?:(?:of|the|al|bin|de|van|von) )?[A-ZÀ-ÖØ-Þ][\w’-]*)*"),
}
_SENTENCE = re.compile(r"[^\n]+?(?:[.!?…][”’\")]*(?=\s|$)|(?=\n|$))")


@dataclass(frozen=True)
class Gap:
    """Something checkable that no note touches.

    Attributes:
        kind: "figure", "date", "name" or "quotation".
        text: the words.
        reason: why no note is on it, where the notes file says so.
    """

    kind: str
    text: str
    reason: str = ""


@dataclass(frozen=True)
class Sentence:
    """A sentence with what is not covered in it."""

    text: str
    gaps: tuple[Gap, ...]


@dataclass(frozen=True)
class Coverage:
    """How much of an article its notes touch.

    Attributes:
        sentences: those with gaps, in the order of the article.
        covered: by kind, how many of how many are in a passage.
        excused: how many of the rest have a reason.
        words: the share of the article's words that are in a passage, 0 to 1.
    """

    sentences: tuple[Sentence, ...]
    covered: dict[str, tuple[int, int]]
    excused: int
    words: float

    @property
    def share(self) -> float:
        """The share of figures and dates that are in a passage, 0 to 1."""
        covered = sum(self.covered[kind][0] for kind in ("figure", "date"))
        total = sum(self.covered[kind][1] for kind in ("figure", "date"))
        return covered / total if total else 1.0

    def open(self, *kinds: str) -> list[Gap]:
        """What is neither covered nor excused."""
        return [gap for sentence in self.sentences for gap in sentence.gaps if gap.kind in kinds and not gap.reason]


def coverage(text: str, passages: Iterable[Span], excuses: Sequence[tuple[str, str]] = ()) -> Coverage:
    """Measure an article.

    Args:
        text: its reading text.
        passages: the spans of its notes, code points.
        excuses: words without a note, and why.

    Returns:
        What is covered and what is not; a figure counts as covered when a passage touches it.
    """
    inside = bytearray(len(text))
    for span in passages:
        inside[span.start : span.end] = b"\1" * (span.end - span.start)
    reasons = {fold(words).text: reason for words, reason in excuses}
    counts = dict.fromkeys(_KINDS, (0, 0))
    found = [(match, _found(match[0])) for match in _SENTENCE.finditer(text)]

    def touched(match: re.Match[str], start: int, end: int) -> bool:
        return any(inside[match.start() + start : match.start() + end])

    # A name that a note has touched once need not be touched again.
    named = {
        _bare(match[0][start:end])
        for match, items in found
        for kind, start, end in items
        if kind == "name" and touched(match, start, end)
    }
    sentences = []
    for match, items in found:
        gaps = []
        for kind, start, end in items:
            words = match[0][start:end]
            is_covered = touched(match, start, end) or (kind == "name" and _bare(words) in named)
            covered, total = counts[kind]
            counts[kind] = (covered + is_covered, total + 1)
            if not is_covered:
                gaps.append(Gap(kind, words, _reason(words, reasons)))
        if gaps:
            sentences.append(Sentence(match[0].strip(), tuple(gaps)))
    every = list(re.finditer(r"\w+", text))
    share = sum(any(inside[word.start() : word.end()]) for word in every) / len(every) if every else 1.0
    return Coverage(tuple(sentences), counts, sum(1 for item in sentences for gap in item.gaps if gap.reason), share)


def _bare(name: str) -> str:
    """A name without the ending of a genitive."""
    return re.sub("[’']s?$", "", name)


def _reason(words: str, reasons: dict[str, str]) -> str:
    """Why there is no note on these words: an excuse is for the same words, or for more words around them."""
    pattern = re.compile(rf"(?<!\w){re.escape(fold(words).text)}(?!\w)")
    return next((reason for known, reason in reasons.items() if pattern.search(known)), "")


def _found(sentence: str) -> list[tuple[str, int, int]]:
    """What can be checked in a sentence: kind, start, end; a date is no figure, a first word no name."""
    found: list[tuple[str, int, int]] = []
    first = re.match(r"\W*\w+", sentence)
    for kind, pattern in _KINDS.items():
        for match in pattern.finditer(sentence):
            start, end = match.span()
            if kind == "name" and first and start < first.end():
                # The first word of a sentence has a capital in any case; what follows it may be a name.
                rest = pattern.search(sentence, first.end() + 1, end)
                if rest is None:
                    continue
                start = rest.start()
            if not any(start < other_end and other_start < end for _, other_start, other_end in found):
                found.append((kind, start, end))
    return sorted(found, key=lambda item: item[1])
