"""Exports held against the data of standards in `standards/`: every function gives what is wrong, a list of lines."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft4Validator, FormatChecker
from pyld import jsonld
from referencing import Registry
from referencing.jsonschema import DRAFT4

FOLDER = Path(__file__).parent / "standards"
ANNO = "http://www.w3.org/ns/anno.jsonld"
_LABELS = frozenset(
    "assertionType expectedResult onUnexpectedResult errorMessage title description assertionFile".split()
)
_FORMATS = FormatChecker(formats=["uri", "date-time"])
_SUITES = {
    "annotation": "annotations/annotationMusts.test",
    "collection": "collections/collectionMusts.test",
    "page": "collections/pages/pageMusts.test",
}


@cache
def data(name: str) -> Any:
    return json.loads((FOLDER / name).read_text("utf-8"))


def _schema(node: Any) -> Any:
    """A schema of the suite as draft 4 means it: nested ids are labels, and what stands beside `$ref` counts too."""
    if isinstance(node, list):
        return [_schema(item) for item in node]
    if not isinstance(node, dict):
        return node
    kept = {key: _schema(value) for key, value in node.items() if key != "$schema"}
    if isinstance(kept.get("id"), str):
        del kept["id"]
    if "$ref" in kept and len(kept) > 1:
        return {"allOf": [{"$ref": kept.pop("$ref")}, kept]}
    return kept


@cache
def _registry() -> Registry[Any]:
    files = data("w3c-annotation-model.json")
    known = [
        (
            f"http://suite.invalid/{path.removeprefix('definitions/')}",
            DRAFT4.create_resource(_schema(schema)),
        )
        for path, schema in files.items()
        if path.startswith("definitions/")
    ]
    return Registry().with_resources(known)


def _assertions(listed: Any, suite: str) -> Iterator[dict[str, Any]]:
    """The assertions of a test of the suite: names of files, lists, groups, or files with another message."""
    files = data("w3c-annotation-model.json")
    for item in listed:
        if isinstance(item, list):
            yield from _assertions(item, suite)
        elif isinstance(item, str):
            path = item.lstrip("/") if "/" in item else f"{suite.rpartition('/')[0]}/{item}"
            yield {**files[path], "file": path}
        elif "assertions" in item:
            yield from _assertions(item["assertions"], suite)
        else:
            yield {**next(_assertions([item["assertionFile"]], suite)), **item}


@cache
def _validators(kind: str) -> list[tuple[str, str, bool, Draft4Validator]]:
    suite = _SUITES[kind]
    found = []
    for assertion in _assertions(data("w3c-annotation-model.json")[suite]["assertions"], suite):
        schema = _schema({key: value for key, value in assertion.items() if key not in _LABELS | {"file", "id"}})
        registry = _registry().with_resource("http://suite.invalid/this", DRAFT4.create_resource(schema))
        validator = Draft4Validator({"$ref": "http://suite.invalid/this"}, registry=registry, format_checker=_FORMATS)
        expected = assertion.get("expectedResult", "valid") == "valid"
        found.append((assertion["file"], assertion.get("errorMessage", ""), expected, validator))
    return found


def musts(kind: str, document: dict[str, Any]) -> list[str]:
    """The assertions of level MUST that a document breaks; `kind` is annotation, collection or page."""
    return [
        f"{file}: {message}"
        for file, message, expected, validator in _validators(kind)
        if validator.is_valid(document) != expected
    ]


def collection_musts(document: dict[str, Any]) -> list[str]:
    """Those of a collection, of its embedded page and of each annotation on it."""
    items = [{"@context": document["@context"], **item} for item in document["first"]["items"]]
    broken = musts("collection", document) + musts("page", document)
    return broken + [line for item in items for line in musts("annotation", item)]


def what_the_suite_leaves_out(document: dict[str, Any]) -> list[str]:
    """Rules of the Recommendation that no assertion checks."""
    page, problems = document["first"], []
    moments = re.findall(r'"(?:created|modified|sourceDate)": "([^"]*)"', json.dumps(document))
    problems += [f"not UTC: {moment}" for moment in moments if not re.fullmatch(r"[-\d]{10}T[:\d]{8}Z", moment)]
    ids = [item["id"] for item in page["items"]]
    problems += ["ids are not unique"] if len(set(ids)) < len(ids) else []
    problems += [f"a fragment as id: {name}" for name in ids if "#" in name]
    problems += ["total is not the number of items"] if document["total"] != len(ids) or not ids else []
    problems += ["the embedded page repeats the context"] if "@context" in page else []
    problems += ["partOf is not the collection"] if page["partOf"]["id"] != document["id"] else []
    problems += ["first and last differ"] if not page["id"] == document["last"] == page["partOf"]["first"] else []
    return problems


def lost_keys(document: dict[str, Any]) -> list[str]:
    """The keys, with their values, that are gone when JSON-LD is expanded and compacted again."""

    def load(url: str, _options: Any) -> dict[str, Any]:
        assert url == ANNO, url
        return {"contextUrl": None, "documentUrl": url, "document": data("anno.jsonld")}

    options = {"documentLoader": load}
    back = jsonld.compact(jsonld.expand(copy.deepcopy(document), options), document["@context"], options)
    lost: list[str] = []

    def compare(was: Any, now: Any, path: str) -> None:
        was, now = _bare(was), _bare(now)
        if isinstance(was, dict) and isinstance(now, dict):
            for key in was.keys() - {"@context"}:
                compare(was[key], now.get(key), f"{path}.{key}")
        elif isinstance(was, list) and isinstance(now, list) and len(was) == len(now):
            for number, (one, other) in enumerate(zip(was, now, strict=True)):
                compare(one, other, f"{path}[{number}]")
        elif was != now and was != _bare(mapping_id(now)):
            lost.append(f"{path}: {was!r} has become {now!r}")

    compare(document, back, "")
    return lost


def mapping_id(value: Any) -> Any:
    return value.get("id") if isinstance(value, dict) and set(value) == {"id"} else value


def _bare(value: Any) -> Any:
    """A list of one is the one: JSON-LD does not tell them apart."""
    return _bare(value[0]) if isinstance(value, list) and len(value) == 1 else value


def schema_org_problems(thing: Any, expected: tuple[str, ...] = ("CreativeWork",)) -> list[str]:
    """Types and properties that schema.org does not have, or does not have there."""
    known = data("schema-org.json")

    def ancestors(name: str) -> set[str]:
        return {name}.union(*(ancestors(parent) for parent in known["types"].get(name, [])))

    if isinstance(thing, list):
        return [problem for item in thing for problem in schema_org_problems(item, expected)]
    if not isinstance(thing, dict):
        literals = {"Text", "URL", "Number", "Date", "DateTime"}
        return [] if literals & set(expected) else [f"{thing!r} where {expected} is expected"]
    if set(thing) == {"@id"}:
        return []
    kind = thing.get("@type", "")
    problems = [f"{kind!r} is no type"] if kind not in known["types"] else []
    problems += [] if ancestors(kind) & set(expected) else [f"{kind} where {expected} is expected"]
    for name, value in thing.items():
        if name.startswith("@"):
            continue
        rule = known["properties"].get(name)
        if rule is None or not ancestors(kind) & set(rule["domain"]):
            problems.append(f"{kind} has no property {name}")
        else:
            problems += schema_org_problems(value, tuple(rule["range"]))
    return problems
