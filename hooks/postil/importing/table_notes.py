"""The rows of a table → notes: of Hypothesis with their answers, of a Kindle with the passage that each is on."""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape

from postil.importing.days import day
from postil.importing.foreign import Batch, Closed, Foreign, Wanted, kind_of, origin, rating_of, tags_of
from postil.importing.kindle import Clipping, paired
from postil.importing.markdown import escaped, name_like, plain
from postil.importing.own_table import fields_of
from postil.importing.selectors import from_fragment
from postil.importing.table import DAYS, Row, Table
from postil.importing.taking import Taking
from postil.model.annotation import Reply

# A comma or a semicolon may belong to an address, unless another begins behind it.
_BETWEEN_ADDRESSES = re.compile(r"[;,]?\s+|[;,]+(?=[a-z][a-z0-9+.-]*:|www\.|$)", re.IGNORECASE)
_WORDS_OF_A_PAGE = re.compile(r"\S+\.(?:md|html?)|https?://\S+", re.IGNORECASE)


def read(table: Table, file: str, ratings: frozenset[str], authors: dict[str, str], wanted: Wanted) -> Batch:
    """Read the rows of a table as notes.

    Args:
        table: with days as ISO 8601 has them.
        file: its name, for messages.
        ratings: the names of ratings in small letters; a tag that is one is the verdict of the note's author.
        authors: the ids of this site's authors by name, for a table that this program has written.
        wanted: what the user wants of the file.
    """
    unread = [f"{file}: these columns are not read: {', '.join(table.unread)}"] if table.unread else []
    if table.form == "Kindle":
        found = paired([_clipping(row, file) for row in table.rows], file)
        found.told += unread
        return found
    batch, closed = Batch(), Closed(wanted)
    answers: list[tuple[str, Row]] = []
    for row in table.rows:
        where = f"{file}:{row.line}"
        group = row.cells.get("group", "").strip().lower()
        if closed.holds("of a group" if group not in ("", "public") else ""):
            continue
        if table.form == "Hypothesis" and row.cells.get("type", "").strip().lower() == "reply":
            answers.append((where, row))
            continue
        with batch.refusing(where, row.cells):
            batch.notes.append(_note(row.cells, where, table.form, ratings, authors))
    for where, row in answers:
        with batch.refusing(where, row.cells):
            _answered(batch, row.cells, where)
    batch.told += unread + closed.told(file)
    return batch


def _answered(batch: Batch, cells: dict[str, str], where: str) -> None:
    """Put an answer to its note, where only one can be meant: the table does not say to which it belongs."""
    page, quote = cells.get("page", "").strip(), plain(cells.get("exact", "")).strip()
    near = [note for note in batch.notes if note.page == page]
    meant = [note for note in near if quote and note.quote.strip() == quote] or near
    if len(meant) != 1:
        batch.refuse(where, "an answer, and the table does not tell to which note; export as JSON, which does", cells)
        return
    taking = Taking()
    words = taking.markdown("note", cells.get("note", ""))
    if words.strip():
        created = taking.day("created", cells.get("created", ""))
        answer = Reply(author=name_like(cells.get("author", "")), created=created, note=words)
        left = (replace(one, where=where) for one in taking.left)
        batch.notes[batch.notes.index(meant[0])] = meant[0].with_reply(answer, left)


def _note(row: dict[str, str], where: str, form: str, ratings: frozenset[str], authors: dict[str, str]) -> Foreign:
    tags = tags_of(re.split(r"[,;]", row.get("tags", "")))
    verdict = row.get("rating") or rating_of(tags, ratings)
    taking = Taking()
    note = taking.markdown("note", row.get("note", ""))
    own = fields_of(row, authors)
    quote = row.get("exact") or row.get("claim", "")
    # In our own table `claim` has the numbers of claims.
    more = [_sources(row, taking), _claim(row, quote if own is None else row.get("claim", "")), *_days(row)]
    page = row.get("page", "").strip()
    told = from_fragment(page) if not quote.strip() else None
    if not page and _WORDS_OF_A_PAGE.fullmatch(row.get("source", "").strip()):
        page = row["source"].strip()
    return Foreign(
        where=where,
        origin=origin(
            form,
            id=row.get("id", ""),
            url=taking.address("url", row.get("url", "").strip()),
            author=row.get("author", ""),
            created=day(row.get("created", "")),  # what is no day stands among the words
            modified=day(row.get("modified", "")),
            verdict=verdict,
        ),
        page=page,
        quote=told.words.exact if told else plain(quote),
        prefix=told.words.prefix if told else plain(row.get("prefix", "")),
        suffix=told.words.suffix if told else plain(row.get("suffix", "")),
        body="\n\n".join(filter(None, [note, *more])),
        title=name_like(row.get("title", "")),
        tags=tuple(tag for tag in tags if tag != verdict),
        kind=kind_of([row.get("type", ""), *tags]),
        own=own,
        left=tuple(taking.left),
    )


def _sources(row: dict[str, str], taking: Taking) -> str:
    """The sources that a row names, as a list; with links where it has their addresses."""
    source = row.get("source", "").strip()
    titles = [title for title in row.get("source_title", "").split("; ") if title.strip()]
    titles += [source] if source and not _WORDS_OF_A_PAGE.fullmatch(source) else []
    addresses = [part for part in _BETWEEN_ADDRESSES.split(row.get("source_url", "").strip()) if part]
    if len(titles) == len(addresses):
        pairs = list(zip(titles, addresses, strict=True))
    else:
        pairs = [(title, "") for title in titles] + [(address, address) for address in addresses]
    items = (f'<a href="{escape(url)}">{escape(title)}</a>' if url else escape(title) for title, url in pairs)
    return taking.html("source_url", f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>")


def _claim(row: dict[str, str], quote: str) -> str:
    """What the claim is who made it and when, where the row says so beside the passage."""
    told = [row.get("claim", "").strip() if row.get("claim", "") != quote else "", row.get("claim_author", "").strip()]
    told += [row.get("claim_date", "").strip().removesuffix("-XX")]
    words = ", ".join(escaped(name_like(part)) for part in told if part)
    return f"({words})" if words else ""


def _days(row: dict[str, str]) -> list[str]:
    """Dates that are no days ("spring 2024"): nothing else of a note can hold them."""
    written = {column: row.get(column, "").strip() for column in DAYS if column != "claim_date"}  # told with the claim
    return [f"({column}: {escaped(name_like(text))})" for column, text in written.items() if text and not day(text)]


def _clipping(row: Row, file: str) -> Clipping:
    cells = row.cells
    kind = "note" if cells.get("type", "").strip().lower().startswith("note") else "highlight"
    numbers = re.findall(r"\d+", cells.get("location", ""))
    place = (int(numbers[0][:9]), int(numbers[-1][:9])) if numbers else (0, 0)
    return Clipping(f"{file}:{row.line}", "", kind, place, cells.get("annotation", ""), cells.get("created", ""))
