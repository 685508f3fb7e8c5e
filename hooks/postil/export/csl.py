"""The register of sources as CSL-JSON, which Zotero, pandoc and citation processors read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from postil.model import edtf
from postil.model.source import DATES, Source

FILE = "sources.csl.json"


def items(sources: Iterable[Source]) -> list[dict[str, Any]]:
    """The sources as CSL-JSON (citation-style-language/schema, csl-data.json), nothing left out."""
    return [item(source) for source in sources]


def item(source: Source) -> dict[str, Any]:
    """One source as CSL-JSON."""
    data: dict[str, Any] = source.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    data = {"id": source.id, "type": source.type, **data, **source.markup}
    if source.title_from:  # words of ours for want of a title
        del data["title"]
    return {key: edtf.csl(value) if key in DATES and isinstance(value, str) else value for key, value in data.items()}
