"""What a note says, as the bodies of its annotation: its text, verdict, sources and tags (W3C model, 3.2)."""

from __future__ import annotations

import re
from typing import Any

from postil.export.dataset import Dataset, filled
from postil.export.vocabulary import MOTIVATIONS
from postil.model.annotation import Citation
from postil.model.scale import Verdict
from postil.model.source import Source
from postil.page.note_view import NoteView

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MEDIA = {"broadcast": "Video", "motion_picture": "Video", "dataset": "Dataset", "figure": "Image", "graphic": "Image"}


def bodies(dataset: Dataset, note: NoteView) -> list[dict[str, Any]]:
    """The text of a note, then its verdict, its sources and its tags, each in the order of the notes file."""
    data = note.annotation
    text = {
        "type": "TextualBody",
        "purpose": MOTIVATIONS[data.kind],
        "value": data.note,
        "format": "text/markdown",
        "language": dataset.language,
    }
    verdict = note.verdict
    return [
        text,
        *([rating(dataset, verdict)] if verdict else []),
        *(citation_body(dataset, citation) for citation in data.sources),
        *({"type": "TextualBody", "purpose": "tagging", "value": tag} for tag in data.tags),
    ]


def rating(dataset: Dataset, verdict: Verdict) -> dict[str, Any]:
    """A verdict, as the class in which it puts the passage."""
    source = {
        "id": dataset.entry_iri("data.md", "verdict", verdict.slug, verdict.id),
        "type": "Rating",
        "identifier": verdict.id,
        "description": verdict.meaning,
        **dataset.rating(verdict),
    }
    return {"type": "SpecificResource", "purpose": "classifying", "source": source}


def citation_body(dataset: Dataset, citation: Citation) -> dict[str, Any]:
    """A source as something rests on it: where in it, what it says there, and in which state it was read."""
    source = dataset.context.sources[citation.id]
    return filled(
        {
            "type": "SpecificResource",
            "purpose": "linking",
            "source": source_body(dataset, source),
            "locator": citation.locator,
            "selector": {"type": "TextQuoteSelector", "exact": citation.says} if citation.says else None,
            "state": _state(source),
        }
    )


def source_body(dataset: Dataset, source: Source) -> dict[str, Any]:
    """A source by itself: its address, or that of its entry in the register, and its title."""
    return filled(
        {
            "id": source.URL or dataset.entry_iri("sources.md", "source", source.id, source.id),
            "type": _MEDIA.get(source.type, "Text"),
            "identifier": source.id,
            "title": source.title,
            "language": source.language,
        }
    )


def _state(source: Source) -> dict[str, Any]:
    """The state in which a source was read (4.3.1 of the model): when, and where that copy is kept."""
    accessed = source.accessed or ""
    state = filled(
        {
            "sourceDate": f"{accessed}T00:00:00Z" if _DAY.fullmatch(accessed) else "",
            "cached": source.archive_location if source.archive_location.startswith(("https://", "http://")) else "",
        }
    )
    return {"type": "TimeState", **state} if state else {}
