"""The table of our own notes: what spreadsheets do to it, what somebody edits in it, and what comes back."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postil.export import tables
from postil.files.settings_file import default_settings
from postil.importing.formats import read_notes
from postil.model.annotation import Annotation

NOTE = Annotation.model_validate(
    {
        "id": "opened",
        "quote": "“opened” in 1931",
        "suffix": " by",
        "kind": "fact-check",
        "verdict": "partly",
        "title": "=1+1; it was",
        "note": "- One\n- Two\n\n'=3 and @home\n",
        "sources": [
            "S1",
            {"id": "S1", "locator": "12-13", "says": "opened; at last"},
            {"id": "M\u00fcller: 2020", "locator": "p. 4"},
        ],
        "caution": "-",
        "claim": ["1;2", "+3"],
        "claimed": "It was opened.",
        "claimant": {"name": "The council", "type": "organisation"},
        "claimed_on": "1931-05",
        "appearance": ["S1"],
        "tags": ["a; b", "@c", "it;;s;"],
        "author": "editors",
        "created": "2026-01-02",
        "changed": [{"date": "2026-01-03", "what": "A word; 2026-01-01: not a date."}],
        "checked": "2026-02-03",
        "since": [{"date": "1950", "what": "It fell [twice].", "sources": [{"id": "S1", "locator": "p. 9"}]}],
        "origin": {
            "via": "Hypothesis",
            "id": "x",
            "author": "The editors",
            "replies": [{"author": "Bo", "note": "No."}],
        },
    }
)


def row(note: Annotation = NOTE) -> dict[str, str]:
    page = {
        "article": "bridge.md",
        "exact": "\u201copened\u201d in 1931",
        "author": "The editors",
        tables.WHOLE: note.model_dump_json(exclude_defaults=True),
    }
    cells = tables.as_cells(note) | page
    return {column: cells.get(column, "") for column in tables.COLUMNS}


def written(cells: dict[str, str], **options: Any) -> str:
    lines = io.StringIO()
    writer = csv.DictWriter(lines, tables.COLUMNS, lineterminator="\r\n", **options)
    writer.writeheader()
    writer.writerow({column: tables.harmless(cell) for column, cell in cells.items()})
    return lines.getvalue()


def back(content: bytes) -> Annotation:
    (note,) = read_notes(content, "notes.csv", default_settings("en")).notes
    assert note.own is not None
    return Annotation.model_validate(note.own)


def german(cells: dict[str, str]) -> dict[str, str]:
    """What Excel makes of days, and of line ends in cells."""
    days = {key: ".".join(reversed(cells[key].split("-"))) for key in ("created", "checked") if cells[key]}
    return {key: days.get(key, cell).replace("\n", "\r\n") for key, cell in cells.items()}


SAVED: dict[str, Callable[[dict[str, str]], bytes]] = {
    "as it is": lambda cells: written(cells).encode("utf-8-sig"),
    "without the mark": lambda cells: written(cells).encode(),
    "semicolons, days, line ends": lambda cells: written(german(cells), delimiter=";").encode("utf-8-sig"),
    "cp1252": lambda cells: written(german(cells), delimiter=";").encode("cp1252"),
    "Unicode text": lambda cells: written(german(cells), delimiter="\t").encode("utf-16"),
    "all quoted": lambda cells: written(cells, quoting=csv.QUOTE_ALL).encode(),
    "lines of Unix": lambda cells: written(cells).replace("\r\n", "\n").encode(),
    "without the last column": lambda cells: written(cells | {tables.WHOLE: ""}).encode(),
    "with the last column cut": lambda cells: written(cells | {tables.WHOLE: cells[tables.WHOLE][:200]}).encode(),
}


@pytest.mark.parametrize("how", SAVED)
def test_a_table_comes_back_whatever_spreadsheet_has_saved_it(how: str) -> None:
    found = back(SAVED[how](row()))
    if "last column" in how:  # the cells alone; a change that looks like two is read as two
        told = {"sources", "claim", "tags", "claimant", "note", "title", "created", "checked", "caution", "appearance"}
        assert found.model_dump(include=told) == NOTE.model_dump(include=told)
    else:
        assert found == NOTE


EDITS: dict[str, tuple[dict[str, str], dict[str, Any]]] = {
    "a word": ({"note": "It was not."}, {"note": "It was not."}),
    "a verdict": ({"rating": "wrong"}, {"verdict": "wrong"}),
    "a day": ({"created": "03.01.2026"}, {"created": "2026-01-03"}),
    "a source more": (
        {"sources": "S1; S1; M\u00fcller: 2020; S9"},
        {"sources": [*NOTE.model_dump(mode="json")["sources"], {"id": "S9", "locator": "", "says": ""}]},
    ),
    "another place": ({"source_locator": "S1:; S1: 14; M\u00fcller: 2020: p. 4"}, {"sources": [
        {"id": "S1", "locator": "", "says": ""}, {"id": "S1", "locator": "14", "says": "opened; at last"},
        {"id": "M\u00fcller: 2020", "locator": "p. 4", "says": ""},
    ]}),
    "another passage": ({"exact": "in 1931", "suffix": ""}, {"quote": "in 1931", "suffix": ""}),
    "no tags": ({"tags": ""}, {"tags": ()}),
    "another author": ({"author": "mira"}, {"author": "mira"}),
}  # fmt: skip


@pytest.mark.parametrize("edit", EDITS)
def test_what_somebody_has_edited_counts_and_all_else_stays(edit: str) -> None:
    cells, fields = EDITS[edit]
    expected = Annotation.model_validate(NOTE.model_dump(mode="json", exclude_defaults=True) | fields)
    assert back(written(row() | cells).encode()) == expected


def test_without_the_word_of_the_user_it_is_a_strangers_table() -> None:
    page = {"source_title": "A report; Another", "source_url": "https://example.org/a; https://example.org/b"}
    (note,) = read_notes(written(row() | page).encode("utf-8-sig"), "notes.csv", default_settings("en")).notes
    assert (note.quote, note.origin.verdict, str(note.origin.created)) == ("“opened” in 1931", "partly", "2026-01-02")
    assert "[A report](https://example.org/a)" in note.body and note.body.endswith("(The council, 1931-05)")
    assert "C1" not in note.body


SIGNS = [
    "=1+1",
    "+1",
    "-1",
    "@x",
    "\t=1",
    "\r=1",
    "\n=1",
    "'=1",
    "''@x",
    "'",
    "a=1",
    "",
    "- item",
    "a;=1",
    "a; =1",
    "a\n@x",
    "a\t+1",
    "a\n'=1",
    "a;''-1",
    "- one\n- two",
    "a ;-) b",
    "a\n---\nb",
    ";",
    "a\n",
]


@pytest.mark.parametrize("sign", SIGNS)
def test_no_cell_runs_and_each_comes_back_unchanged(sign: str) -> None:
    cell = tables.harmless(sign)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert not re.search(r"[;\t\n] *(?:[=@]|[+-]\d)", cell)
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerows([["exact", "title"], ["opened", cell]])
    from postil.importing.table import read

    (found,) = read(line.getvalue(), "x.csv").rows
    assert found.cells["title"] == sign


@given(st.text(st.sampled_from("=+-@'\t\r\n; a1)"), max_size=12))
def test_any_cell_comes_back_unchanged(text: str) -> None:
    assert tables.as_it_was(tables.harmless(text)) == text
