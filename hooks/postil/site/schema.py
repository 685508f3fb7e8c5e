"""The JSON Schema of a notes file, made from the models, so that editors complete and check it while it is written."""

from __future__ import annotations

import json
from typing import Any

from postil.model.annotation import Annotation, Uncovered
from postil.page.context import Context

TITLE = "Notes on an article"


def notes_file(context: Context) -> dict[str, Any]:
    """The schema (JSON Schema 2020-12) of a notes file of one site: it knows the authors, verdicts and sources."""
    note = Annotation.model_json_schema(ref_template="#/$defs/{model}")
    definitions = note.pop("$defs", {})
    properties = note["properties"]
    properties["author"]["enum"] = list(context.settings.authors)
    properties["verdict"] = {
        "description": "For a fact check only. "
        + " ".join(f"{verdict.id}: {verdict.meaning}" for verdict in context.settings.verdicts.values()),
        "enum": list(context.settings.verdicts),
    }
    properties["assigned"]["enum"] = definitions["Review"]["properties"]["by"]["enum"] = list(context.settings.authors)
    definitions["Review"]["properties"]["verdict"] = {"enum": list(context.settings.verdicts)}
    # Ids of sources are offered, not demanded: a register grows while notes are written.
    known = {"anyOf": [{"enum": list(context.sources)}, {"type": "string"}]} if context.sources else {"type": "string"}
    definitions["Citation"]["properties"]["id"] = known
    properties["sources"] = {"type": "array", "items": {"anyOf": [known, {"$ref": "#/$defs/Citation"}]}}
    excuse = Uncovered.model_json_schema()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": TITLE,
        "type": "object",
        "additionalProperties": False,
        "required": ["annotations"],
        "properties": {
            "annotations": {"type": "array", "items": note},
            "uncovered": {"type": "array", "items": excuse},
        },
        "$defs": definitions,
    }


def as_json(context: Context) -> str:
    """The schema as the text of a file."""
    return json.dumps(notes_file(context), indent=2, ensure_ascii=False) + "\n"


def is_ours(content: bytes) -> bool:
    """Whether a file is such a schema, of whatever time, and not one that an author has written."""
    try:
        data = json.loads(content)
    except ValueError:
        return False
    return isinstance(data, dict) and data.get("title") == TITLE
