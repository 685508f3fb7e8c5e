"""Which figures, dates, names and quotations of an article no note touches."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from postil.text.anchor import Span
from postil.text.checkable import KINDS, checkable, unseen
from postil.text.languages import language_of
from postil.text.normalizing import fold
from postil.text.sentences import sentences as split


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
    """A sentence, or a whole paragraph, with what is not covered in it.

    Attributes:
        text: its words.
        gaps: the checkable things that no passage touches.
        is_bare: whether no passage touches any of it.
        reason: why it has no note, where the notes file says so.
    """

    text: str
    gaps: tuple[Gap, ...]
    is_bare: bool = False
    reason: str = ""


@dataclass(frozen=True)
class Coverage:
    """How much of an article its notes touch.

    Attributes:
        paragraphs: those without any note, in the order of the article.
        sentences: those without any note, then those with a note and with gaps, both in the order of the article.
        covered: by kind, how many of how many are in a passage.
        excused: how many of the rest have a reason.
        words: the share of the article's words that are in a passage, 0 to 1.
        idle: excuses that excuse nothing.
        language: of the article, a code of ISO 639-1; "und" where it is not known.
        unseen: what the rules do not see in that language: of "number_word", "date", "name".
    """

    paragraphs: tuple[Sentence, ...]
    sentences: tuple[Sentence, ...]
    covered: dict[str, tuple[int, int]]
    excused: int
    words: float
    idle: tuple[str, ...] = ()
    language: str = "en"
    unseen: tuple[str, ...] = ()

    @property
    def is_share_known(self) -> bool:
        """Whether figures and dates are seen in the language of the article, so that a share of them says something."""
        return not {"number_word", "date"} & set(self.unseen)

    @property
    def share(self) -> float:
        """The share of figures and dates that are in a passage, 0 to 1; of those that are seen."""
        covered = sum(self.covered[kind][0] for kind in ("figure", "date"))
        total = sum(self.covered[kind][1] for kind in ("figure", "date"))
        return covered / total if total else 1.0

    def open(self, *kinds: str) -> list[Gap]:
        """What is neither covered nor excused."""
        return [gap for sentence in self.sentences for gap in sentence.gaps if gap.kind in kinds and not gap.reason]

    @property
    def open_paragraphs(self) -> list[Sentence]:
        """The paragraphs with something checkable that have neither a note nor a reason."""
        return [paragraph for paragraph in self.paragraphs if paragraph.gaps and not paragraph.reason]


def coverage(
    text: str, passages: Iterable[Span], excuses: Sequence[tuple[str, str]] = (), default: str = "en"
) -> Coverage:
    """Measure an article.

    Args:
        text: its reading text.
        passages: the spans of its notes, code points.
        excuses: words without a note, and why.
        default: the language of a text that is too short to tell.

    Returns:
        What is covered and what is not; a figure counts as covered when a passage touches it. A heading is no sentence.
    """
    inside = bytearray(len(text))
    for span in passages:
        inside[span.start : span.end] = b"\1" * (span.end - span.start)
    reasons = _Reasons(text, excuses)
    language = language_of(text, default)
    counts = dict.fromkeys(KINDS, (0, 0))
    paragraphs: list[Sentence] = []
    sentences: list[Sentence] = []
    for line in re.finditer(r"[^\n]+", text):
        here = []
        for first, last in split(text, line.start(), line.end(), language):
            sentence = text[first:last]
            gaps = []
            for kind, start, end in checkable(sentence, language):
                start, end = first + start, first + end
                is_covered = inside.find(1, start, end) >= 0
                covered, total = counts[kind]
                counts[kind] = (covered + is_covered, total + 1)
                if not is_covered:
                    gaps.append(Gap(kind, text[start:end], reasons.of(start, end)))
            is_bare = inside.find(1, first, last) < 0 and _is_prose(sentence)
            words = sentence.strip()
            begin = first + sentence.index(words)
            # The full stop may be left out of an excuse.
            reason = reasons.of(begin, begin + len(words.rstrip("."))) if is_bare else ""
            here.append(Sentence(words, tuple(gaps), is_bare, reason))
        sentences += [sentence for sentence in here if sentence.gaps or sentence.is_bare]
        if here and all(sentence.is_bare for sentence in here):
            gaps = [gap for sentence in here for gap in sentence.gaps]
            reason = next((sentence.reason for sentence in here if sentence.reason), _reason_of_all(gaps))
            paragraphs.append(Sentence(line[0].strip(), tuple(gaps), is_bare=True, reason=reason))
    every = [match.span() for match in re.finditer(r"\w+", text)]
    return Coverage(
        paragraphs=tuple(paragraphs),
        sentences=tuple(sorted(sentences, key=lambda sentence: not sentence.is_bare)),
        covered=counts,
        excused=sum(1 for sentence in sentences for gap in sentence.gaps if gap.reason),
        words=sum(inside.find(1, start, end) >= 0 for start, end in every) / len(every) if every else 1.0,
        idle=reasons.idle,
        language=language,
        unseen=unseen(language),
    )


def _reason_of_all(gaps: Sequence[Gap]) -> str:
    """The reason for a paragraph whose figures, dates and quotations all have one; that of a name is too little."""
    told = [gap.reason for gap in gaps if gap.kind != "name"]
    return told[0] if told and all(told) else ""


def _is_prose(line: str) -> bool:
    """Whether words end as a sentence does; a heading does not."""
    return re.search(r"[.!?…:;。！？：；؟۔।][”’»\")」』）]*\s*\Z", line) is not None


def _runs_on(letter: str) -> bool:
    """Whether words of this script follow each other without a space."""
    return unicodedata.east_asian_width(letter or " ") in "WF"


class _Reasons:
    """Why there is no note on some words: an excuse is for the places of its words, and for what is in them."""

    def __init__(self, text: str, excuses: Sequence[tuple[str, str]]) -> None:
        folded = fold(text)
        places: list[tuple[int, int, str, str]] = []
        for quote, reason in excuses:
            words = fold(quote).text.strip()
            before, after = ("" if _runs_on(edge) else r"(?{}\w)" for edge in (words[:1], words[-1:]))
            pattern = f"{before.format('<!')}{re.escape(words)}{after.format('!')}"
            for match in re.finditer(pattern, folded.text) if words else ():
                places.append((*folded.original(*match.span()), quote, reason))
        self._places = sorted(places, key=lambda place: place[1] - place[0])  # the nearest words around go first
        self._idle = dict.fromkeys(quote for quote, _ in excuses)

    def of(self, start: int, end: int) -> str:
        """The reason for a span, code points, or an empty text."""
        for first, last, quote, reason in self._places:
            if first <= start and end <= last:
                self._idle.pop(quote, None)
                return reason
        return ""

    @property
    def idle(self) -> tuple[str, ...]:
        """The excuses that have excused nothing yet."""
        return tuple(self._idle)
