"""Finding passages again after the text was edited: where each is now, or a refusal. Nothing is guessed.

With the old text, through the difference of the two texts; without it, by weighing quote, context, position and
heading.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

from postil.reanchor.alignment import Alignment
from postil.reanchor.by_difference import follow
from postil.reanchor.by_evidence import weigh
from postil.reanchor.harmless import Passage, small_words, telling_changes
from postil.reanchor.outcome import CERTAIN, Found, Refused, Selectors
from postil.reanchor.places import Finder
from postil.reanchor.refusals import empty
from postil.reanchor.words import Tokens
from postil.text.anchor import Anchorer, Span
from postil.text.languages import language_of
from postil.text.normalizing import levelled

__all__ = ["CERTAIN", "Found", "Refused", "Selectors", "reanchor", "search"]


def reanchor(old: str | None, new: str, selectors: Sequence[Selectors]) -> list[Found | Refused]:
    """Find passages of an old text in a new one.

    Args:
        old: the reading text in which the passages stood, or None where nobody has kept it.
        new: the reading text of today.
        selectors: what is known of each passage.

    Returns:
        For each its place, with a confidence and the evidence, or a refusal with the candidates and their scores. No
        text raises an error.
    """
    return [*map(search(old, new), selectors)]


def search(old: str | None, new: str) -> Callable[[Selectors], Found | Refused]:
    """The same for one passage after the other, where not all have to be looked for."""
    return _Search(old, new).outcome


class _Search:
    """Two texts, and what is found out about them once for all passages."""

    def __init__(self, old: str | None, new: str) -> None:
        self._old, self._new = old, new
        self._finder = Finder(Tokens(new))

    @cached_property
    def _anchorer(self) -> Anchorer:
        return Anchorer(self._old or "")

    @cached_property
    def _alignment(self) -> Alignment:
        return Alignment(Tokens(self._old or ""), self._finder.text)

    @cached_property
    def _language(self) -> str:
        return language_of(self._new)

    @cached_property
    def _common(self) -> frozenset[str]:
        return small_words(f"{self._old or ''}\n{self._new}")

    def outcome(self, known: Selectors) -> Found | Refused:
        """Where a passage is now."""
        if not known.quote.strip():
            return empty()
        place = _old_place(self._anchorer, known) if self._old is not None else None
        if self._old is None or place is None:
            found, old = weigh(self._finder, known), Passage(known.quote, known.prefix, known.suffix)
        else:
            found, old = follow(self._alignment, self._finder, known, place), Passage.of(self._old, place)
        if isinstance(found, Refused):
            return found
        new = Passage.of(self._new, found.span)
        return found.with_changes(telling_changes(old, new, self._language, self._common))


def _old_place(old: Anchorer, known: Selectors) -> Span | None:
    """Where the passage was: at its position if its words stand there, else where quote and context are found."""
    if known.start is not None:
        end = known.start + len(known.quote) if known.end is None else known.end
        if 0 <= known.start < end and levelled(old.text[known.start : end]) == levelled(known.quote):
            return Span(known.start, end)
    return old.place(known.quote, known.prefix, known.suffix)


# What other rooms may use.
PUBLIC = (
    "follow_article",
    "outcome",
    "plan",
    "told",
    "words",
)
