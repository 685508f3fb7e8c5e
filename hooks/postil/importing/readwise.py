"""Readwise: the highlights that its export and its list of highlights give as JSON (readwise.io/api_deets, 2026)."""

from __future__ import annotations

from typing import Any

from postil.importing.files import items_of, mapping_of, text_of
from postil.importing.foreign import Batch, Foreign, Wanted, origin, rating_of, tags_of
from postil.importing.markdown import plain
from postil.importing.taking import Taking

VIA = "Readwise"


def annotations_of(data: Any) -> list[Any] | None:
    """The highlights, each with its book; None for other data."""
    results = mapping_of(data).get("results")
    if not isinstance(results, list):
        return None
    found: list[Any] = []
    for item in results:
        book = mapping_of(item)
        if isinstance(book.get("highlights"), list):
            about = {"page": text_of(book.get("source_url")) or text_of(book.get("title"))}
            found += [{**about, **one} if isinstance(one, dict) else one for one in book["highlights"]]
        elif "text" in book:
            found.append(item)
        else:
            return None
    return found


def read(annotations: list[Any], file: str, ratings: frozenset[str], wanted: Wanted) -> Batch:  # noqa: ARG001
    """Read highlights as notes; the signature is that of all forms of JSON."""
    batch = Batch()
    for number, item in enumerate(annotations, 1):
        where = f"{file}, highlight {number}"
        if not isinstance(item, dict):
            batch.refuse(where, "expected a highlight, a JSON object", item)
            continue
        with batch.refusing(where, item):
            tags = tags_of(text_of(mapping_of(tag).get("name")) for tag in items_of(item.get("tags")))
            verdict = rating_of(tags, ratings)
            taking = Taking()
            url, changed = (
                ("url" if item.get("url") else "readwise_url"),
                ("updated_at" if item.get("updated_at") else "updated"),
            )
            batch.notes.append(
                Foreign(
                    where=where,
                    origin=origin(
                        VIA,
                        id=text_of(item.get("id")),
                        url=taking.address(url, text_of(item.get(url))),
                        created=taking.day("highlighted_at", text_of(item.get("highlighted_at"))),
                        modified=taking.day(changed, text_of(item.get(changed))),
                        verdict=verdict,
                    ),
                    page=text_of(item.get("page")),
                    quote=plain(text_of(item.get("text"))),
                    body=taking.markdown("note", text_of(item.get("note"))),
                    tags=tuple(tag for tag in tags if tag != verdict),
                    left=tuple(taking.left),
                )
            )
    return batch
