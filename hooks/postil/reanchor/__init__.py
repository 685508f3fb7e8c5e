"""Finding passages again after the text was edited: where each is now, or a refusal. Nothing is guessed.

With the old text, through the difference of the two texts; without it, by weighing quote, context, position and
heading.
"""

from __future__ import annotations

from collections.abc import Sequence

from postil.reanchor.alignment import Alignment
from postil.reanchor.by_difference import follow
from postil.reanchor.by_evidence import weigh
from postil.reanchor.outcome import CERTAIN, Found, Refused, Selectors
from postil.reanchor.places import Finder
from postil.reanchor.refusals import empty
from postil.reanchor.words import Tokens
from postil.text.anchor import Anchorer, Refusal, Span
from postil.text.normalizing import levelled

__all__ = ["CERTAIN", "Found", "Refused", "Selectors", "reanchor"]


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
    finder = Finder(Tokens(new))
    alignment: Alignment | None = None
    anchorer: Anchorer | None = None
    outcomes: list[Found | Refused] = []
    for known in selectors:
        if not known.quote.strip():
            outcomes.append(empty())
            continue
        place = None
        if old is not None:
            anchorer = anchorer or Anchorer(old)
            place = _old_place(anchorer, known)
        if old is None or place is None:
            outcomes.append(weigh(finder, known))
            continue
        alignment = alignment or Alignment(Tokens(old), finder.text)
        outcomes.append(follow(alignment, finder, known, place))
    return outcomes


def _old_place(old: Anchorer, known: Selectors) -> Span | None:
    """Where the passage was: at its position if its words stand there, else where quote and context are found."""
    if known.start is not None:
        end = known.start + len(known.quote) if known.end is None else known.end
        if 0 <= known.start < end and levelled(old.text[known.start : end]) == levelled(known.quote):
            return Span(known.start, end)
    found = old.find(known.quote, known.prefix, known.suffix)
    return None if isinstance(found, Refusal) else found
