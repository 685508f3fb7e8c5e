"""What goes into finding a passage again, and what comes out: plain data."""

from __future__ import annotations

from dataclasses import dataclass, replace

from postil.model.annotation import Annotation
from postil.reanchor.harmless import Change
from postil.text.anchor import Candidate, Span

CERTAIN = 0.9  # a confidence from which nobody needs to look


@dataclass(frozen=True)
class Selectors:
    """What is known of a passage (W3C Web Annotation Data Model 4.2.4 and 4.2.5); all but the quote may be missing.

    Attributes:
        quote: the words of the passage, as they were.
        prefix: the words straight before it.
        suffix: the words straight after it.
        start: where it began in the old text, code points.
        end: the offset behind it in the old text.
        heading: the words of the heading below which it stood.
    """

    quote: str
    prefix: str = ""
    suffix: str = ""
    start: int | None = None
    end: int | None = None
    heading: str = ""

    @classmethod
    def of(cls, annotation: Annotation) -> Selectors:
        """What a note of a notes file knows of its passage."""
        return cls(annotation.quote, annotation.prefix, annotation.suffix)


@dataclass(frozen=True)
class Found:
    """The place of a passage in the new text.

    Attributes:
        span: the place, code points of the new text.
        confidence: how sure it is, 0 to 1; from `CERTAIN` on nobody needs to look.
        evidence: why this place, in words for the author.
        changes: what in the passage has changed so that the note may not hold any more.
    """

    span: Span
    confidence: float
    evidence: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()

    @property
    def is_certain(self) -> bool:
        """Whether it may be written without asking: the place is sure, and what has changed is harmless."""
        return self.confidence >= CERTAIN and not self.changes

    def with_changes(self, changes: tuple[Change, ...]) -> Found:
        """The same place; with changes to look at it is never certain."""
        return replace(self, confidence=min(self.confidence, CERTAIN - 0.01), changes=changes) if changes else self


@dataclass(frozen=True)
class Refused:
    """Why a passage has no place in the new text.

    Attributes:
        reason: "empty" (no words to look for), "gone" (nothing is like it), "ambiguous" (several places are as good),
            "unsure" (something is like it, but not enough), "elsewhere" (its words are there, out of their context).
        message: the same in words for the author, on one line.
        candidates: the places that may be meant, best first, with scores from 0 to 1.
    """

    reason: str
    message: str
    candidates: tuple[Candidate, ...] = ()
