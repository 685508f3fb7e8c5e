"""A quote → the one place of the reading text that it names, or a refusal that says why.

The match is exact after folding, and there is exactly one: nothing is guessed. The text is looked at in up to four ways
(see `Anchorer`); the first that has the words decides. A refusal names what the author may have meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from postil.model.cutting import shortened
from postil.text.atoms import Atom
from postil.text.normalizing import fold
from postil.text.views import View, as_shown

CONTEXT_WORDS = 6  # as many words as a suggested prefix or suffix has at most
TOLD = 5  # as many places as a message names
_STOPS = ".,;:!?…。，！？،؛؟"  # behind a word, and not always of a passage that ends with it
ALIKE = 50  # per cent: what is less like the quote is not named


@dataclass(frozen=True, slots=True)
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

    The words are looked for as the page shows them without its pictures, with formulas as set and ruby text in the
    line; then in the reading text, where a picture has its description, a formula its source, and ruby text is left
    out; then in both as people type (see `typed`): what is found as it stands is never in doubt because of what only
    resembles it.

    Args:
        text: the reading text of a page.
        hidden: texts of the page that nobody reads (scripts, comments), for messages.
        atoms: the pictures, formulas and ruby texts of the page.
    """

    def __init__(self, text: str, hidden: tuple[str, ...] = (), atoms: Sequence[Atom] = ()) -> None:
        self.text = text
        self.hidden = hidden
        self.atoms = tuple(atoms)
        self._shown = as_shown(text, atoms) if atoms else None
        self._views = [View(text, self._shown, fold)]
        self._lowered = ""  # once a missing quote needs it

    def find(self, quote: str, prefix: str = "", suffix: str = "") -> Span | Refusal:
        """The place of a quote.

        Args:
            quote: the words of the passage (W3C Web Annotation 4.2.4, `exact`).
            prefix: words straight before it, where the quote alone is not unique.
            suffix: words straight after it.

        Returns:
            The span, or a refusal. No text raises an error.
        """
        if not fold(quote).text.strip():
            return Refusal("empty", "the quote is empty; expected the words of the passage as they stand on the page")
        without_context = None
        for view, every, fitting in self._looked_for(quote, prefix, suffix):
            if len(fitting) == 1:
                return self._span(view, fitting[0])
            if fitting:
                return self._ambiguous(view, fitting, bool(prefix or suffix))
            if every and not without_context:
                without_context = (view, every)
        return self._without_context(*without_context) if without_context else self._missing(quote)

    def place(self, quote: str, prefix: str = "", suffix: str = "") -> Span | None:
        """The same place, or None without a word why: candidates cost more than all else."""
        for view, _, fitting in self._looked_for(quote, prefix, suffix):
            if fitting:
                return self._span(view, fitting[0]) if len(fitting) == 1 else None
        return None

    def nearest(self, quote: str) -> Candidate | None:
        """The words that are most like a quote, whole words; None where nothing is like it."""
        wanted = fold(quote).text.strip()
        return self._most_alike(wanted) if wanted else None

    def _looked_for(
        self, quote: str, prefix: str, suffix: str
    ) -> Iterator[tuple[View, list[tuple[int, int]], list[tuple[int, int]]]]:
        """Each view with the places of the words there, and with those that fit their context."""
        for view in self._every_view():
            every = view.occurrences(quote)
            yield view, every, view.fitting(every, prefix, suffix) if prefix or suffix else every

    def _span(self, view: View, place: tuple[int, int]) -> Span:
        """A place as a span of the reading text; a variation sign goes with the sign before it."""
        start, end = view.original(*place)
        while end < len(self.text) and "\ufe00" <= self.text[end] <= "\ufe0f":
            end += 1
        return Span(start, end)

    def _every_view(self) -> Iterator[View]:
        """The ways to look at the text, each made when a quote first needs it."""
        yield self._views[0]
        if len(self._views) == 1:
            self._views += View.others(self.text, self._shown)
        yield from self._views[1:]

    def _missing(self, quote: str) -> Refusal:
        wanted = fold(quote).text.strip()
        if any(wanted in fold(text).text for text in self.hidden):
            message = "these words are only in text that is not shown (a comment, a script, a sign); quote what is read"
            return Refusal("hidden", message)
        if found := self._without_signs(quote):
            return found
        best = self._most_alike(wanted)
        if best is None:
            return Refusal("missing", "these words are not on the page")
        message = f"these words are not on the page; the nearest are {best.text!r} ({best.score:.0%} alike)"
        return Refusal("missing", message, (best,))

    def _without_signs(self, quote: str) -> Refusal | None:
        """The refusal of a quote that has signs of Markdown in it and is on the page without them."""
        from postil.text.markdown_signs import without_markdown  # only a quote that is not there needs it

        for bare, signs in without_markdown(quote):
            for view in self._every_view():
                places = view.occurrences(bare)
                if places:
                    span = self._span(view, places[0])
                    words = shortened(self.text[span.start : span.end], 160)
                    message = (
                        f"these words are on the page without {signs}; quote them as a reader sees them: {words!r}"
                    )
                    return Refusal("missing", message, (Candidate(span, words),))
        return None

    def _most_alike(self, wanted: str) -> Candidate | None:
        from rapidfuzz import fuzz  # only a missing quote needs it

        view = next(view for view in self._every_view() if view.is_of_reading_text and view.fold is fold)
        text = view.folded.text
        self._lowered = self._lowered or text.lower()
        if len(self._lowered) != len(text):
            return None
        found = fuzz.partial_ratio_alignment(wanted.lower(), self._lowered, score_cutoff=ALIKE)
        if found is None or found.dest_end <= found.dest_start:
            return None
        start, end = _whole_words(text, found.dest_start, found.dest_end)
        if start >= end:  # only spaces are alike
            return None
        start, end = _best_words(wanted, text, start, end)
        span = Span(*view.original(start, end))
        words = shortened(self.text[span.start : span.end], 160)
        return Candidate(span, words, fuzz.ratio(wanted, text[start:end]) / 100)

    def _without_context(self, view: View, places: list[tuple[int, int]]) -> Refusal:
        candidates = tuple(self._candidate(view, place, places) for place in places)
        told = "; ".join(f"({number}) {_told(place)}" for number, place in enumerate(candidates[:TOLD], 1))
        message = f"the words are on the page, but not with this prefix and suffix; they stand here: {told}"
        return Refusal("missing", message, candidates)

    def _ambiguous(self, view: View, places: list[tuple[int, int]], has_context: bool) -> Refusal:
        candidates = tuple(self._candidate(view, place, places) for place in places)
        told = "; ".join(f"({number}) {_told(place)}" for number, place in enumerate(candidates[:TOLD], 1))
        more = f"; and {len(candidates) - TOLD} more" if len(candidates) > TOLD else ""
        given = " with this prefix and suffix" if has_context else ""
        message = f"these words are on the page {len(places)} times{given}; say which: {told}{more}"
        return Refusal("ambiguous", message, candidates)

    def _candidate(self, view: View, place: tuple[int, int], others: list[tuple[int, int]]) -> Candidate:
        span = self._span(view, place)
        before = self.text[max(0, span.start - 30) : span.start]
        after = self.text[span.end : span.end + 30]
        words = shortened(f"…{before}[{self.text[span.start : span.end]}]{after}…", 120)
        hint = view.context(place, others, CONTEXT_WORDS)
        return Candidate(span, words, 1.0, f"{hint[0]}: {_as_yaml(hint[1])}" if hint else "")


def _told(candidate: Candidate) -> str:
    return f"{candidate.text} {f'with {candidate.hint}' if candidate.hint else '(a longer quote is needed)'}"


def _as_yaml(words: str) -> str:
    return "'" + words.replace("'", "''") + "'" if '"' in words else f'"{words}"'


def _best_words(wanted: str, text: str, start: int, end: int) -> tuple[int, int]:
    """The span, up to three words shorter at either end, that is most like what is wanted."""
    from rapidfuzz import fuzz

    words = [(match.start() + start, match.end() + start) for match in re.finditer(r"\S+", text[start:end])]
    spans = [
        (words[first][0], end)
        for first in range(min(4, len(words)))
        for last in range(1, min(5, len(words) + 1 - first))
        for end in {words[-last][1], words[-last][0] + len(text[slice(*words[-last])].rstrip(_STOPS))}
    ]
    return max(spans, key=lambda span: (fuzz.ratio(wanted, text[span[0] : span[1]]), span[1] - span[0]))


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The span, widened or narrowed to the nearest ends of words."""
    while start < end and text[start].isspace():
        start += 1
    if start == end:
        return start, end
    while start > 0 and not text[start - 1].isspace() and not text[start].isspace():
        start -= 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end < len(text) and not text[end].isspace() and text[end].isalnum():
        end += 1
    return start, end
