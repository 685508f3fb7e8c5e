"""Annotations as Recogito's and Annotorious's libraries keep them → the form of the W3C that they export otherwise.

recogito/text-annotator-js and annotorious/annotorious (2026): `bodies` for `body`; `target.selector`, a list of objects
with `quote`, `start` and `end`, a stretch of text each; creator and dates in the target. A body may be a document of
the editor Quill, a JSON text with `ops`.
"""

from __future__ import annotations

import json
from typing import Any

from postil.importing.files import items_of, mapping_of, text_of


def as_w3c(item: Any) -> Any:
    """An annotation in the form of the W3C; one that is already, and all else, as it is."""
    if not isinstance(item, dict) or "bodies" not in item or "body" in item:
        return item
    targets = items_of(item.get("targets")) or items_of(item.get("target"))
    first = mapping_of(next(iter(targets), None))
    kept = {key: value for key, value in item.items() if key not in ("bodies", "targets")}
    told = {"creator": first.get("creator"), "created": first.get("created"), "modified": first.get("updated")}
    return {
        **{key: value for key, value in told.items() if value is not None},
        **kept,
        "body": [_body(body) for body in items_of(item["bodies"])],
        "target": [found for target in targets for found in _targets(target)],
    }


def _targets(target: Any) -> list[Any]:
    """A target for each stretch of text; a shape in a picture stays what it is."""
    selectors = items_of(mapping_of(target).get("selector"))
    if not selectors or not all("quote" in mapping_of(selector) for selector in selectors):
        return [target]
    return [{**target, "selector": _selectors(selector)} for selector in selectors]


def _selectors(selector: dict[str, Any]) -> list[dict[str, Any]]:
    quote = selector["quote"]
    words = {"exact": quote} if isinstance(quote, str) else mapping_of(quote)
    around = {"prefix": text_of(selector.get("quotePrefix")), "suffix": text_of(selector.get("quoteSuffix"))}
    position = {"type": "TextPositionSelector", "start": selector.get("start"), "end": selector.get("end")}
    return [{**around, **words, "type": "TextQuoteSelector"}, position]


def _body(body: Any) -> Any:
    if not isinstance(body, dict):
        return body
    value = body.get("value")
    words = _words(value) if isinstance(value, str) and value.startswith("{") else None
    return {"type": "TextualBody", **body, **({} if words is None else {"value": words})}


def _words(value: str) -> Any:
    """The words of a document of Quill, the data of another JSON text; None for what is no JSON."""
    try:
        data = json.loads(value)
    except (ValueError, RecursionError):
        return None
    operations = mapping_of(data).get("ops")
    if not isinstance(operations, list):
        return data
    return "".join(text_of(mapping_of(one).get("insert")) for one in operations)
