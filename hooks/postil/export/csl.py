"""The register of sources as CSL-JSON, which Zotero, pandoc and citation processors read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from postil.model.source import DATES, Source, is_edtf

FILE = "sources.csl.json"
MEDIA_TYPE = "application/vnd.citationstyles.csl+json"


def items(sources: Iterable[Source]) -> list[dict[str, Any]]:
    """The sources as CSL-JSON (citation-style-language/schema, csl-data.json), nothing left out."""
    return [item(source) for source in sources]


def item(source: Source) -> dict[str, Any]:
    """One source as CSL-JSON."""
    data: dict[str, Any] = source.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    data = {"id": source.id, "type": source.type, **data}
    return {key: date(value) if key in DATES and isinstance(value, str) else value for key, value in data.items()}


def date(text: str) -> dict[str, Any]:
    """EDTF text as a CSL date: one day, month or year or two, `circa` for about; the words of what is no date."""
    days = text.split("/")
    parts = [day.rstrip("~").split("-") for day in days]
    if not is_edtf(text):
        return {"literal": text}
    circa: dict[str, Any] = {"circa": True} if "~" in text else {}
    if len(parts) == 1 and len(parts[0]) == 2 and int(parts[0][1]) > 12:
        return {"date-parts": [[int(parts[0][0])]], "season": int(parts[0][1]) - 20, **circa}
    return {"date-parts": [[int(number) for number in day] for day in parts], **circa}
