"""A quote → the one place of the reading text that it names, or a refusal that says why.

The match is exact after folding (see `folding`), and there is exactly one: nothing is guessed. A refusal names what
the author may have meant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from postil.model.problem import shortened
from postil.text.normalizing import fold

CONTEXT_WORDS = 6  # as many words as a suggested prefix or suffix has at most


@dataclass(frozen=True)
class Span:
    """A passage.

    Attributes:
        start: offset in the reading text, code points.
        end: offset behind the passage.
    """

    start: int
    end: int


@dataclass(frozen=True)
class Candidate:
    """A place that may have been meant.

    Attributes:
        span: the place.
        text: its words.
        score: how alike they are to the quote, 0 to 1.
        hint: the prefix or suffix that tells the place from others, as it is written in a notes file.
    """

    span: Span
    text: str
    score: float = 1.0
    hint: str = ""


@dataclass(frozen=True)
class Refusal:
    """Why there is no one place.

    Attributes:
        reason: "empty", "missing", "hidden" or "ambiguous".
        message: the same in words for the author, on one line.
        candidates: the places that may have been meant, best first.
    """

    reason: str
    message: str
    candidates: tuple[Candidate, ...] = ()


class Anchorer:
    """Finds quotes in one text.

    Args:
        text: the reading text of a page.
        hidden: texts of the page that nobody reads (scripts, comments), for messages.
    """

    def __init__(self, text: str, hidden: tuple[str, ...] = ()) -> None:
        self.text = text
        self.folded = fold(text)
        self.hidden = hidden

    def find(self, quote: str, prefix: str = "", suffix: str = "") -> Span | Refusal:
        """The place of a quote.

        Args:
            quote: the words of the passage (W3C Web Annotation 4.2.4, `exact`).
            prefix: words straight before it, where the quote alone is not unique.
            suffix: words straight after it.

        Returns:
            The span, or a refusal. No text raises an error.
        """
        wanted = fold(quote).text.strip()
        if not wanted:
            return Refusal("empty", "the quote is empty; expected the words of the passage as they stand on the page")
        every = self._occurrences(wanted)
        fitting = every
        if prefix or suffix:
            fitting = [start for start in every if self._fits(start, len(wanted), prefix, suffix)]
        if len(fitting) == 1:
            return Span(*self.folded.original(fitting[0], fitting[0] + len(wanted)))
        if fitting:
            return self._ambiguous(fitting, len(wanted), bool(prefix or suffix))
        if every:
            return self._without_context(every, len(wanted))
        return self._missing(wanted)

    def place(self, quote: str, prefix: str = "", suffix: str = "") -> Span | None:
        """The same place, or None without a word why: candidates cost more than all else."""
        wanted = fold(quote).text.strip()
        every = self._occurrences(wanted) if wanted else []
        if prefix or suffix:
            every = [start for start in every if self._fits(start, len(wanted), prefix, suffix)]
        return self._span(every[0], len(wanted)) if len(every) == 1 else None

    def _occurrences(self, wanted: str) -> list[int]:
        starts = []
        start = self.folded.text.find(wanted)
        while start >= 0:
            starts.append(start)
            start = self.folded.text.find(wanted, start + 1)
        return starts

    def _fits(self, start: int, length: int, prefix: str, suffix: str) -> bool:
        text = self.folded.text
        before, after = fold(prefix).text.strip(), fold(suffix).text.strip()
        end = start + length  # beside it there is one space at most
        return (not before or text[max(0, start - len(before) - 1) : start].rstrip().endswith(before)) and (
            not after or text[end : end + len(after) + 1].lstrip().startswith(after)
        )

    def _span(self, start: int, length: int) -> Span:
        return Span(*self.folded.original(start, start + length))

    @cached_property
    def _lowered(self) -> str:
        """The folded text in small letters; empty where that would move its offsets."""
        lowered = self.folded.text.lower()
        return lowered if len(lowered) == len(self.folded.text) else ""

    def _missing(self, wanted: str) -> Refusal:
        if any(wanted in fold(text).text for text in self.hidden):
            message = "these words are only in text that is not shown (a comment, a script, a sign); quote what is read"
            return Refusal("hidden", message)
        best = self._most_alike(wanted)
        if best is None:
            return Refusal("missing", "these words are not on the page")
        message = f"these words are not on the page; the nearest are {best.text!r} ({best.score:.0%} alike)"
        return Refusal("missing", message, (best,))

    def _most_alike(self, wanted: str) -> Candidate | None:
        from rapidfuzz import fuzz  # only a missing quote needs it

        text = self.folded.text
        found = fuzz.partial_ratio_alignment(wanted.lower(), self._lowered, score_cutoff=50) if self._lowered else None
        if found is None or found.dest_end <= found.dest_start:
            return None
        start, end = _whole_words(text, found.dest_start, found.dest_end)
        if start >= end:  # only spaces are alike
            return None
        start, end = _best_words(wanted, text, start, end)
        span = self._span(start, end - start)
        words = shortened(self.text[span.start : span.end], 160)
        return Candidate(span, words, fuzz.ratio(wanted, text[start:end]) / 100)

    def _without_context(self, starts: list[int], length: int) -> Refusal:
        candidates = tuple(self._candidate(start, starts, length) for start in starts)
        places = "; ".join(f"({number}) {_told(place)}" for number, place in enumerate(candidates[:5], 1))
        message = f"the words are on the page, but not with this prefix and suffix; they stand here: {places}"
        return Refusal("missing", message, candidates)

    def _ambiguous(self, starts: list[int], length: int, has_context: bool) -> Refusal:
        candidates = tuple(self._candidate(start, starts, length) for start in starts)
        places = "; ".join(f"({number}) {_told(place)}" for number, place in enumerate(candidates[:5], 1))
        more = f"; and {len(candidates) - 5} more" if len(candidates) > 5 else ""
        given = " with this prefix and suffix" if has_context else ""
        message = f"these words are on the page {len(starts)} times{given}; say which: {places}{more}"
        return Refusal("ambiguous", message, candidates)

    def _candidate(self, start: int, others: list[int], length: int) -> Candidate:
        span = self._span(start, length)
        before = self.text[max(0, span.start - 30) : span.start]
        after = self.text[span.end : span.end + 30]
        words = shortened(f"…{before}[{self.text[span.start : span.end]}]{after}…", 120)
        return Candidate(span, words, 1.0, self._hint(start, others, length))

    def _hint(self, start: int, others: list[int], length: int) -> str:
        """The shortest prefix or suffix in whole words that only this place has."""
        text = self.folded.text
        before = text[max(0, start - 200) : start].split()
        after = text[start + length : start + length + 200].split()
        for count in range(1, CONTEXT_WORDS + 1):
            for prefix, suffix in ((" ".join(before[-count:]), ""), ("", " ".join(after[:count]))):
                if not prefix + suffix:
                    continue
                if [other for other in others if self._fits(other, length, prefix, suffix)] == [start]:
                    key, words = ("prefix", prefix) if prefix else ("suffix", suffix)
                    return f"{key}: {_as_yaml(words)}"
        return ""


def _told(candidate: Candidate) -> str:
    return f"{candidate.text} {f'with {candidate.hint}' if candidate.hint else '(a longer quote is needed)'}"


def _as_yaml(words: str) -> str:
    return "'" + words.replace("'", "''") + "'" if '"' in words else f'"{words}"'


def _best_words(wanted: str, text: str, start: int, end: int) -> tuple[int, int]:
    """The span, up to three words shorter at either end, that is most like what is wanted."""
    from rapidfuzz import fuzz

    words = [(match.start() + start, match.end() + start) for match in re.finditer(r"\S+", text[start:end])]
    spans = [
        (words[first][0], words[-last][1])
        for first in range(min(4, len(words)))
        for last in range(1, min(5, len(words) + 1 - first))
    ]
    return max(spans, key=lambda span: (fuzz.ratio(wanted, text[span[0] : span[1]]), span[1] - span[0]))


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The span, widened or narrowed to the nearest ends of words."""
    while start < end and text[start].isspace():
        start += 1
    while start > 0 and not text[start - 1].isspace() and not text[start].isspace():
        start -= 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end < len(text) and not text[end].isspace() and text[end].isalnum():
        end += 1
    return start, end
