"""Notes in a CSV table (RFC 4180). No standard says what its columns are called; the names in use are known here:

Hypothesis, Data Commons, ClaimsKG, Google's Fact Check Tools, Meedan Check, and Postil's own export.
"""

from __future__ import annotations

import csv
import io
import re
from html import escape

from postil.importing.foreign import Batch, Foreign, kind_of, origin, rating_of, tags_of
from postil.importing.markdown import TooLong, escaped, from_html, from_markdown, measured, name_like, plain
from postil.importing.own import from_row
from postil.model.addresses import is_safe_link
from postil.model.problem import Place, PostilError, Problem

# What a column is, and the names that it has, in small letters without what is not a letter.
_ALIASES = {
    "id": "id identifier annotationid",
    "type": "type kind motivation",
    "rating": "rating reviewrating credibility verdict ratingtextualrating textualrating normalizedcredibility",
    "title": "title factchecktitle headline",
    "exact": "exact quote quotedescription passage highlight selectedtext",
    "prefix": "prefix",
    "suffix": "suffix",
    "claim": "claim claimtext claimreviewed claimdescription",
    "claimed": "claimed",
    "claim_author": "claimauthor claimauthorname claimant",
    "claim_author_type": "claimauthortype",
    "appearance": "appearance",
    "note": "note comment body text summary explanation ratingratingexplanation ratingexplanation",
    "source_title": "sourcetitle",
    "source_url": "sourceurl referredlinks claimfirstappearance claimappearances",
    "sources": "sources",
    "caution": "caution",
    "changes": "changes",
    "since": "since",
    "author": "author reviewername creator user",
    "created": "created createdat reviewdate date",
    "modified": "modified updated updatedat",
    "tags": "tags keywords",
    "checked": "checked",
    "reviews": "reviews",
    "retracted": "retracted",
    "withdrawn": "withdrawn",
    "url": "url reviewurl link",
    "page": "article page uri source",
}
_COLUMNS = {alias: column for column, aliases in _ALIASES.items() for alias in aliases.split()}
_GUARDED = re.compile(r"'+(?=[=+\-@\t\r])")
_VIA = "CSV"


def rows(text: str, file: str) -> list[tuple[int, dict[str, str]]]:
    """The rows of a table with the columns that are known.

    Args:
        text: the table; commas, semicolons or tabs part its cells.
        file: its name, for messages.

    Returns:
        For each row the line on which it ends, and its cells by column.

    Raises:
        PostilError: for what is not CSV, and for a table whose columns say nothing.
    """
    parted = max((_header(text, sign) for sign in (",", ";", "\t")), key=lambda found: len(set(found[1]) - {""}))
    sign, columns = parted
    if not {"exact", "claim"} & set(columns):
        expected = "expected one called exact, quote or claim, and one called note or comment"
        raise PostilError([Problem(Place(file), f"no column of this table holds passages; {expected}")])
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    found: list[tuple[int, dict[str, str]]] = []
    try:
        next(reader)
        for cells in reader:
            if any(cell.strip() for cell in cells):
                # Of two columns that are called alike the first with words in it counts.
                row: dict[str, str] = {}
                for column, cell in zip(columns, cells, strict=False):
                    row[column] = row.get(column) or _GUARDED.sub(lambda match: match[0][1:], cell, count=1)
                found.append((reader.line_num, row))
    except csv.Error as error:
        raise PostilError([Problem(Place(file, max(reader.line_num, 1)), f"this is not CSV: {error}")]) from None
    return found


def _header(text: str, sign: str) -> tuple[str, list[str]]:
    """The columns that the first line names, when this sign parts the cells; those that are not known are empty."""
    try:
        cells = next(csv.reader(io.StringIO(text, newline=""), delimiter=sign))
    except (csv.Error, StopIteration):
        return sign, []
    names = [re.sub(r"[^a-z]", "", cell.lower()) for cell in cells]
    # In Hypothesis's table the column `URL` is the page; everywhere else it is the note's own.
    is_hypothesis = "quotedescription" in names
    known = [("page" if is_hypothesis and name == "url" else _COLUMNS.get(name, "")) for name in names]
    return sign, ["" if is_hypothesis and name == "page" else column for name, column in zip(names, known, strict=True)]


def read(table: list[tuple[int, dict[str, str]]], file: str, ratings: frozenset[str], authors: dict[str, str]) -> Batch:
    """Read the rows of a table as notes.

    Args:
        table: what `rows` gives.
        file: its name, for messages.
        ratings: the names of ratings in small letters; a tag that is one is the verdict of the note's author.
        authors: the ids of this site's authors by name, for a table that this program has written.
    """
    batch = Batch()
    for line, row in table:
        where = f"{file}:{line}"
        try:
            batch.notes.append(_note(row, where, ratings, authors))
        except TooLong as error:
            batch.refuse(where, str(error), row)
    return batch


def _note(row: dict[str, str], where: str, ratings: frozenset[str], authors: dict[str, str]) -> Foreign:
    tags = tags_of(re.split(r"[,;]", row.get("tags", "")))
    verdict = row.get("rating") or rating_of(tags, ratings)
    note = from_markdown(measured(row.get("note", "")))
    return Foreign(
        where=where,
        origin=origin(
            _VIA,
            id=row.get("id", ""),
            url=row.get("url", "").strip(),
            author=row.get("author", ""),
            created=row.get("created", ""),
            modified=row.get("modified", ""),
            verdict=verdict,
        ),
        page=row.get("page", "").strip(),
        quote=plain(row.get("exact") or row.get("claim", "")),
        prefix=plain(row.get("prefix", "")),
        suffix=plain(row.get("suffix", "")),
        body="\n\n".join(filter(None, [note, _sources(row), _claim(row)])),
        title=name_like(row.get("title", "")),
        tags=tuple(tag for tag in tags if tag != verdict),
        kind=kind_of([row.get("type", ""), *tags]),
        own=from_row(row, authors),
    )


def _sources(row: dict[str, str]) -> str:
    """The addresses that a row names, as a list of links."""
    titles = row.get("source_title", "").split("; ")
    addresses = [address for address in re.split(r"[;,\s]+", row.get("source_url", "")) if is_safe_link(address)]
    if len(titles) != len(addresses):
        titles = addresses
    links = (
        f'<li><a href="{escape(url)}">{escape(title)}</a></li>' for title, url in zip(titles, addresses, strict=True)
    )
    return from_html(f"<ul>{''.join(links)}</ul>")


def _claim(row: dict[str, str]) -> str:
    """Who made the claim, where the row says so."""
    return f"({escaped(name_like(author))})" if (author := row.get("claim_author", "").strip()) else ""
