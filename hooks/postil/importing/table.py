"""A table (CSV, RFC 4180, as any spreadsheet writes it) → its rows by the columns that are known.

No standard says what columns are called. The names in use are known here: Hypothesis, Readwise, Kindle, Data Commons,
ClaimsKG, Google's Fact Check Tools, Meedan Check, and Postil's own export.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, replace

from postil.export.tables import as_it_was
from postil.importing.days import Unclear, day_of, order_of
from postil.model.cutting import shortened
from postil.model.problem import Place, PostilError, Problem

# What a column is, and the names that it has, in small letters without what is not a letter.
_ALIASES = {
    "id": "id identifier annotationid",
    "type": "type kind motivation annotationreplytype",
    "rating": "rating reviewrating credibility verdict ratingtextualrating textualrating normalizedcredibility",
    "title": "title factchecktitle headline",
    "exact": "exact quote quotedescription passage highlight selectedtext",
    "prefix": "prefix",
    "suffix": "suffix",
    "claim": "claim claimtext claimreviewed claimdescription",
    "claimed": "claimed",
    "claim_author": "claimauthor claimauthorname claimant",
    "claim_author_type": "claimauthortype",
    "claim_date": "claimdate",
    "appearance": "appearance",
    "note": "note comment body text summary explanation ratingratingexplanation ratingexplanation",
    "source_title": "sourcetitle",
    "source_url": "sourceurl referredlinks claimfirstappearance claimappearances",
    "sources": "sources",
    "source_locator": "sourcelocator",
    "source_quote": "sourcequote",
    "postil": "postil",
    "caution": "caution",
    "changes": "changes",
    "since": "since",
    "author": "author reviewername creator user",
    "created": "created createdat creationdate reviewdate date highlightedat",
    "modified": "modified updated updatedat",
    "tags": "tags keywords",
    "checked": "checked",
    "reviews": "reviews",
    "retracted": "retracted",
    "withdrawn": "withdrawn",
    "url": "url reviewurl link",
    "source": "source",
    "page": "article page uri booktitle documenttitle",
}
# Known, and not read: each follows from others, or says nothing here.
_NOTHING = (
    "sourcearchived sourcedate lost agree color style starred amazonbookid locationtype location documenttags "
    "bookauthor"
)
_COLUMNS = {alias: column for column, aliases in _ALIASES.items() for alias in aliases.split()}
_KINDLE = {"annotationtype": "type", "annotation": "annotation", "location": "location"}
_HYPOTHESIS = {"url": "page", "page": "", "group": "group"}
_SEPARATORS = (",", ";", "\t")
_MOST_BEFORE = 20  # rows before the names of the columns
DAYS = ("created", "modified", "checked", "claim_date")


@dataclass(frozen=True)
class Row:
    """One row.

    Attributes:
        line: on which it ends.
        cells: by column.
    """

    line: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Table:
    """A table.

    Attributes:
        rows: those with words in them.
        unread: the names of its columns that are not known.
        form: "Hypothesis", "Readwise" or "Kindle", where the columns are theirs; else "CSV".
    """

    rows: tuple[Row, ...]
    unread: tuple[str, ...] = ()
    form: str = "CSV"


@dataclass(frozen=True)
class _Header:
    """The names of the columns: with which sign they are parted, in which row, what each is, whose they are."""

    sign: str = ","
    row: int = 0
    columns: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    form: str = "CSV"

    @property
    def weight(self) -> int:
        return len(set(self.columns) - {""})

    @property
    def has_passages(self) -> bool:
        return bool({"exact", "claim", "annotation"} & set(self.columns))


def read(text: str, file: str) -> Table:
    """Read a table.

    Args:
        text: its text; commas, semicolons or tabs part its cells. Lines may stand before the names of the columns, and
            `sep=;` as Excel knows it.
        file: its name, for messages.

    Raises:
        PostilError: for what is not CSV, and for a table whose columns say nothing.
    """
    header = max((_header(text, sign) for sign in _SEPARATORS), key=lambda one: (one.has_passages, one.weight))
    if not header.has_passages:
        expected = "expected one called exact, quote or claim, and one called note or comment"
        raise PostilError([Problem(Place(file), f"no column of this table holds passages; {expected}")])
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=header.sign, strict=True)
    found: list[Row] = []
    try:
        for number, cells in enumerate(reader):
            if number > header.row and any(cell.strip() for cell in cells):
                # Of two columns that are called alike the first with words in it counts.
                row: dict[str, str] = {}
                for column, cell in zip(header.columns, cells, strict=False):
                    row[column] = row.get(column) or as_it_was(cell)
                found.append(Row(reader.line_num, row))
    except csv.Error as error:
        raise PostilError([Problem(Place(file, max(reader.line_num, 1)), f"this is not CSV: {error}")]) from None
    return Table(tuple(found), header.unread, header.form)


def dated(table: Table, text: str, file: str, day_first: bool | None) -> Table:
    """The table with its days as ISO 8601 has them; what is no day stays as it is.

    Args:
        table: what `read` gives.
        text: of the table, for the place of a mistake.
        file: its name, likewise.
        day_first: whether 3/2/2024 is the third of February, as far as the user says it; else a date of the same
            table with a day above 12 tells it.

    Raises:
        PostilError: for every date whose day and month cannot be told apart.
    """
    if day_first is None:
        day_first = order_of(row.cells.get(column, "") for row in table.rows for column in DAYS)
    lines, problems, rows = text.splitlines(), [], []
    for row in table.rows:
        days = {}
        for column in DAYS:
            written = row.cells.get(column, "")
            try:
                if found := day_of(written, day_first) if written.strip() else None:
                    days[column] = found.isoformat()
            except Unclear:
                start = lines[row.line - 1].find(written) + 1 if row.line <= len(lines) else 0
                message = (
                    f"{shortened(written.strip())!r}: which is the day, which the month? say --dates day-first or "
                )
                problems.append(Problem(Place(file, row.line, max(start, 1)), f"{message}--dates month-first"))
        rows.append(replace(row, cells=row.cells | days))
    if problems:
        raise PostilError(problems)
    return replace(table, rows=tuple(rows))


def _header(text: str, sign: str) -> _Header:
    """The names of the columns, when this sign parts the cells: the first row that names one with passages."""
    best = _Header(sign)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign)
    try:
        for number, cells in zip(range(_MOST_BEFORE), reader, strict=False):
            found = _named(cells, sign, number)
            if found.has_passages and found.weight > 1:
                return found
            best = max(best, found, key=lambda one: (one.has_passages, one.weight))
    except csv.Error:
        pass
    return best


def _named(cells: list[str], sign: str, row: int) -> _Header:
    names = [re.sub(r"[^a-z]", "", cell.lower()) for cell in cells]
    form, special = "CSV", dict[str, str]()
    if {"quotedescription", "annotationreplytype"} & set(names):
        # The column `URL` is the page there; everywhere else it is the note's own.
        form, special = "Hypothesis", _HYPOTHESIS
    elif _KINDLE.keys() <= set(names):
        form, special = "Kindle", _KINDLE
    elif {"highlight", "booktitle"} <= set(names):
        form = "Readwise"
    columns = tuple(special.get(name, _COLUMNS.get(name, "")) for name in names)
    known = {*_COLUMNS, *special, *_NOTHING.split(), ""}
    unread = tuple(" ".join(cell.split()) for cell, name in zip(cells, names, strict=True) if name not in known)
    return _Header(sign, row, columns, unread, form)
