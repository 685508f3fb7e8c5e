"""Rows of our own table → the fields of notes (see `export.tables`), also when a spreadsheet has saved it.

The last column holds the note whole. A cell that says something else than what was written into it has been edited, and
counts; all others are taken from the whole, which keeps what a cell cannot.
"""

from __future__ import annotations

import json
import re
from typing import Any

from pydantic import ValidationError

from postil.export.dataset import filled
from postil.export.tables import WHOLE, as_cells, parts
from postil.importing.own import Fields
from postil.model.annotation import Annotation, Kind
from postil.text.normalizing import fold

# A date, a sentence, its sources in brackets.
_SINCE = re.compile(r"(?:^|(?<=\]; ))(\S+): (.*?) \[([^\[\]]*)\](?=; [\d-]+\S*: |$)", re.DOTALL)
# A date, the id of an author, and the verdict where it is another: "2026-11-26: ada, partly".
_REVIEW = re.compile(r"(\d{4}-\d\d-\d\d): ([^;,]+)(?:, ([^;]+))?")
# The fields that each column says something of.
_FIELDS = {
    "type": ("kind",), "rating": ("verdict",), "withdrawn": ("verdict",), "claim_author": ("claimant",),
    "claim_author_type": ("claimant",), "claim_date": ("claimed_on",),
    "source_locator": ("sources",), "source_quote": ("sources",),
    "changes": ("changed",),
}  # fmt: skip


def fields_of(row: dict[str, str], authors: dict[str, str]) -> Fields | None:
    """The fields of a note from a row of our table, or None for a row of another.

    Args:
        row: the cells by column, with days as ISO 8601 has them.
        authors: the id of each author by the name that the table has.
    """
    if row.get("type") not in list(Kind) or not {"id", "exact", "note", "sources"} <= row.keys():
        return None
    row = {column: cell.replace("\r\n", "\n") for column, cell in row.items()}
    told = _told(row, authors)
    whole = _whole(row)
    if whole is None:
        return told
    kept: Fields = whole.model_dump(mode="json", exclude_defaults=True)
    edited = [column for column, cell in as_cells(whole).items() if _plain(cell) != _plain(row.get(column, ""))]
    names = {name for column in edited for name in _FIELDS.get(column, (column,))}
    if fold(whole.quote).text != fold(row["exact"]).text:
        names |= {"quote", "prefix", "suffix"}
    writer = (whole.origin.author or whole.origin.via) if whole.origin else ""
    if row.get("author", "") != writer:
        names.add("author")
    return filled({**kept, **{name: told.get(name) for name in names}})


def _whole(row: dict[str, str]) -> Annotation | None:
    """The note of the last column; None where there is none, or a spreadsheet has cut it off."""
    try:
        return Annotation.model_validate(json.loads(row.get(WHOLE, "")))
    except (ValueError, RecursionError, ValidationError):
        return None


def _told(row: dict[str, str], authors: dict[str, str]) -> Fields:
    """What the cells say."""
    changes = (change.partition(": ") for change in re.split(r"; (?=\d{4}-\d\d-\d\d: )", row.get("changes", "")))
    gone = row.get("retracted", "").partition(": ")
    return filled(
        {
            "id": row["id"],
            "quote": row["exact"],
            "prefix": row.get("prefix", ""),
            "suffix": row.get("suffix", ""),
            "kind": row["type"],
            "verdict": row.get("rating") or row.get("withdrawn", ""),
            "title": row.get("title", ""),
            "note": row["note"],
            "sources": _sources(row),
            "caution": row.get("caution", ""),
            "claim": parts(row.get("claim", "")),
            "claimed": row.get("claimed", ""),
            "claimant": filled({"name": row.get("claim_author", ""), "type": row.get("claim_author_type", "")}),
            "claimed_on": row.get("claim_date", "").removesuffix("-XX"),
            "appearance": parts(row.get("appearance", "")),
            "tags": parts(row.get("tags", "")),
            "author": authors.get(row.get("author", ""), row.get("author", "")),
            "created": row.get("created", ""),
            "changed": [{"date": date, "what": what} for date, _, what in changes if date],
            "checked": row.get("checked", ""),
            "reviews": [
                filled({"date": date, "by": by, "verdict": verdict})
                for date, by, verdict in _REVIEW.findall(row.get("reviews", ""))
            ],
            "retracted": {"date": gone[0], "why": gone[2]} if gone[1] else {},
            "since": [
                {"date": date, "what": what, "sources": [name for name in names.split(", ") if name]}
                for date, what, names in _SINCE.findall(row.get("since", ""))
            ],
        }
    )


def _sources(row: dict[str, str]) -> list[Any]:
    """The sources of a note, each with its place and its quotation, which name it before a colon."""
    found: list[Fields] = [{"id": name} for name in parts(row["sources"])]
    for column, key in (("source_locator", "locator"), ("source_quote", "says")):
        first = 0
        for part in parts(row.get(column, "")):
            names = (number for number in range(first, len(found)) if part.startswith(f"{found[number]['id']}:"))
            number = next(names, None)
            if number is not None:
                first = number + 1
                found[number] |= filled({key: part[len(found[number]["id"]) + 1 :].strip()})
    return [source if len(source) > 1 else source["id"] for source in found]


def _plain(cell: str) -> str:
    """A cell without what spreadsheets change in it: line ends, white space at its ends."""
    return "\n".join(line.rstrip() for line in cell.replace("\r\n", "\n").replace("\r", "\n").strip().split("\n"))
