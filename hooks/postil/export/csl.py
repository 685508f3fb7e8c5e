"""The register of sources as CSL-JSON, which Zotero, pandoc and citation processors read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from postil.model.source import Source

FILE = "sources.csl.json"
MEDIA_TYPE = "application/vnd.citationstyles.csl+json"
_DATES = frozenset(["accessed", "available-date", "event-date", "issued", "original-date", "submitted"])


def items(sources: Iterable[Source]) -> list[dict[str, Any]]:
    """The sources as CSL-JSON (citation-style-language/schema, csl-data.json), nothing left out."""
    return [item(source) for source in sources]


def item(source: Source) -> dict[str, Any]:
    """One source as CSL-JSON."""
    data: dict[str, Any] = source.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    data = {"id": source.id, "type": source.type, **data}
    return {key: date(value) if key in _DATES and isinstance(value, str) else value for key, value in data.items()}


def date(text: str) -> dict[str, Any]:
    """EDTF text as a CSL date: one day, month or year or two, `circa` for about; the words of what is no date."""
    days = text.split("/")
    parts = [day.rstrip("~").split("-") for day in days]
    if len(days) > 2 or not all(number.isdigit() for day in parts for number in day):
        return {"literal": text}
    circa = {"circa": True} if "~" in text else {}
    return {"date-parts": [[int(number) for number in day] for day in parts], **circa}
