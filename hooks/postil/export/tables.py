"""Notes as a table: CSV (RFC 4180, UTF-8 with a mark at its head so that spreadsheets read it right).

For people there is a column for each thing; the last one, for the way back, holds the note whole as JSON.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator

from postil.export.dataset import Dataset
from postil.export.selectors import quote_selector
from postil.model.annotation import Annotation, Citation, Development
from postil.page.note_view import NoteView
from postil.site.published import Published

FILE = "notes.csv"
WHOLE = "postil"
COLUMNS = (
    "id", "article", "type", "rating", "title", "exact", "prefix", "suffix", "claim", "claimed", "claim_author",
    "claim_author_type", "claim_date", "appearance", "note",
    "sources", "source_locator", "source_quote", "source_title", "source_url", "source_archived", "source_date",
    "caution", "author", "created", "modified", "changes", "since", "tags", "checked", "reviews", "agree", "retracted",
    "withdrawn", "lost", "url", WHOLE,
)  # fmt: skip
_JOINT = "; "
# Where a spreadsheet would begin to read a formula: at the head of a cell, and, where it parts cells by semicolons or
# tabs and not by commas, behind these and at the head of a line. Signs of lists and smileys begin none there.
_FORMULA = r"(?:\A(?='*[=+\-@\t\r\n])|[;\t\r\n] *(?='*(?:[=@]|[+\-][^\s+\-)])))"
_RUNS = re.compile(_FORMULA)
_GUARDED = re.compile(f"({_FORMULA})'")


def table(dataset: Dataset, articles: Iterable[Published]) -> bytes:
    """Every note of the articles as a row.

    `rating` is the verdict's id; of a note that was taken back it is in `withdrawn`, and where
    its words are gone from the page, too, `lost` says yes. `exact`, `prefix`, `suffix` are as
    on the page; `note` is Markdown; of several sources each column has all values in the same order, joined by "; ".
    In lists of ids and tags, and in places and quotations, which name their source, a semicolon is doubled. A text that
    a spreadsheet would run as a formula has an apostrophe before it (OWASP, CSV Injection), as has one that begins with
    an apostrophe before such a sign.
    """
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for article in articles:
        writer.writerows(_row(dataset, article, note) for note in article.page.lasting)
    return lines.getvalue().encode("utf-8-sig")


def whole(dataset: Dataset, table_of: Callable[[Published], bytes]) -> Iterator[bytes]:
    """The table of all notes of a site, piece by piece: its head, then the rows of each article's own table.

    Args:
        dataset: the site.
        table_of: the table of one article, made or as it was written.
    """
    head = table(dataset, [])
    yield head
    for article in dataset.articles:
        yield table_of(article)[len(head) :]


def as_cells(data: Annotation) -> dict[str, str]:
    """The cells that say what a note itself has, without the page around it and the register."""
    return {
        "id": data.id,
        "type": data.kind.value,
        "rating": "" if data.retracted else data.verdict or "",
        "title": data.title,
        "claim": _joined(data.claim),
        "claimed": data.claimed,
        "claim_author": data.claimant.name if data.claimant else "",
        "claim_author_type": data.claimant.type if data.claimant else "",
        "claim_date": _as_text(data.claimed_on),
        "appearance": _joined(data.appearance),
        "note": data.note,
        "sources": _joined(citation.id for citation in data.sources),
        "source_locator": _of_sources(data.sources, [citation.locator for citation in data.sources]),
        "source_quote": _of_sources(data.sources, [citation.says for citation in data.sources]),
        "caution": data.caution,
        "created": str(data.created),
        "changes": _JOINT.join(f"{change.date}: {change.what}" for change in data.changed),
        "since": _JOINT.join(_since(development) for development in data.since),
        "tags": _joined(data.tags),
        "checked": str(data.checked or ""),
        "retracted": f"{data.retracted.date}: {data.retracted.why}" if data.retracted else "",
        "withdrawn": (data.verdict or "") if data.retracted else "",
    }


def parts(cell: str) -> list[str]:
    """The values of a cell that `as_cells` has joined."""
    found = [""]
    for part in re.findall(r";;|; |[^;]+|;", cell):
        if part == _JOINT:
            found.append("")
        else:
            found[-1] += ";" if part == ";;" else part
    return [part for part in found if part]


def _row(dataset: Dataset, article: Published, note: NoteView) -> list[str]:
    data = note.annotation
    quoted = quote_selector(note, article.page.text)
    sources = [dataset.context.sources[citation.id] for citation in data.sources]
    row = as_cells(data) | {
        "article": article.path,
        "exact": quoted["exact"],
        "prefix": quoted.get("prefix", ""),
        "suffix": quoted.get("suffix", ""),
        "source_title": _JOINT.join(source.title for source in sources),
        "source_url": _JOINT.join(source.URL for source in sources),
        "source_archived": _JOINT.join(source.archive_location for source in sources),
        "source_date": _JOINT.join(source.issued for source in sources),
        "author": dataset.author(note).name,
        "modified": str(data.last_changed),
        "lost": "yes" if note.is_lost else "",
        **_reviewed(dataset, note),
        "url": dataset.note_iri(article, note),
        WHOLE: json.dumps(dataset.whole(data), ensure_ascii=False),
    }
    return [harmless(row[column]) for column in COLUMNS]


def _reviewed(dataset: Dataset, note: NoteView) -> dict[str, str]:
    """Who has reviewed a note ("2026-11-26: ada, partly") or how many, and how many come to its verdict."""
    data, review = note.annotation, dataset.context.settings.review
    if (review.show == "nothing" and not dataset.names_reviewers) or not data.reviews:
        return {"reviews": "", "agree": ""}
    named = (f"{one.date}: {', '.join(filter(None, [one.by, one.verdict]))}" for one in data.reviews)
    told = _JOINT.join(named) if dataset.names_reviewers else str(len(data.reviewers))
    return {"reviews": told, "agree": str(data.agreeing)}


def _as_text(date: str) -> str:
    """A date of EDTF; a month as 1931-05-XX, since spreadsheets make its first day of 1931-05."""
    return f"{date}-XX" if re.fullmatch(r"\d{4}-(?:0\d|1[0-2])", date) else date


def _joined(values: Iterable[str]) -> str:
    return _JOINT.join(value.replace(";", ";;") for value in values)


def _of_sources(sources: Iterable[Citation], values: list[str]) -> str:
    """What each source has, behind its id: "S1: p. 12; S2:". So no spreadsheet takes 12-13 for a date."""
    if not any(values):
        return ""
    return _joined(f"{source.id}: {value}".strip() for source, value in zip(sources, values, strict=True))


def _since(development: Development) -> str:
    """A date, a sentence and its sources: "2020-09-09: It was rebuilt. [S1, S2]"."""
    names = ", ".join(citation.id for citation in development.sources)
    return f"{development.date}: {development.what} [{names}]"


def harmless(value: str) -> str:
    """A cell of which no spreadsheet runs a part as a formula: an apostrophe stands before it."""
    if not value or (
        value[0] not in "'=+-@" and ";" not in value and "\n" not in value and "\t" not in value and "\r" not in value
    ):
        return value  # as nearly all are
    return _RUNS.sub(lambda match: f"{match[0]}'", value)


def as_it_was(cell: str) -> str:
    """The text of a cell that `harmless` has made so."""
    return _GUARDED.sub(lambda match: match[1], cell)
