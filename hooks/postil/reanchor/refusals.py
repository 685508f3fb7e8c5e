"""Refusals and candidates in words for the author."""

from __future__ import annotations

from collections.abc import Sequence

from postil.model.cutting import shortened
from postil.reanchor.outcome import Refused
from postil.reanchor.words import Tokens
from postil.text.anchor import Candidate, Span


def candidate(text: Tokens, span: Span, score: float) -> Candidate:
    """A place that may be meant."""
    return Candidate(span, shortened(text.text[span.start : span.end], 160), round(score, 3))


def empty() -> Refused:
    """There is nothing to look for."""
    return Refused("empty", "the quote is empty")


def gone(text: Tokens, candidates: Sequence[Candidate]) -> Refused:
    """Nothing is like the passage."""
    message = "the passage is no longer there" if text.text.strip() else "the page is empty"
    return Refused("gone", message, tuple(candidates))


def ambiguous(candidates: Sequence[Candidate]) -> Refused:
    """Several places are as good."""
    return Refused("ambiguous", "several places may be meant, and none is better than the other", tuple(candidates))


def unsure(candidates: Sequence[Candidate]) -> Refused:
    """A place is like the passage, but not enough."""
    return Refused("unsure", "something like it is there, but it may be another passage", tuple(candidates))


def misspelt(candidates: Sequence[Candidate]) -> Refused:
    """Nothing but the spelling speaks for a place."""
    return Refused("unsure", "these words do not stand here; the nearest may be meant", tuple(candidates))


def elsewhere(candidates: Sequence[Candidate]) -> Refused:
    """The words are there, but what stood around them is not with them."""
    return Refused("elsewhere", "its words stand elsewhere, out of their context", tuple(candidates))
