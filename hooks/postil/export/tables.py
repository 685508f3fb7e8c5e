"""Notes as a table: CSV (RFC 4180, UTF-8 with a mark at its head so that spreadsheets read it right)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from postil.export.dataset import Dataset
from postil.export.selectors import quote_selector
from postil.model.annotation import Development
from postil.page.note_view import NoteView
from postil.site.published import Published

FILE = "notes.csv"
MEDIA_TYPE = "text/csv"
COLUMNS = (
    "id", "article", "type", "rating", "title", "exact", "prefix", "suffix", "claim", "claimed", "claim_author",
    "claim_author_type", "appearance", "note",
    "sources", "source_title", "source_url", "source_archived", "source_date", "caution", "author", "created",
    "modified", "changes", "since", "tags", "checked", "reviews", "agree", "retracted", "withdrawn", "url",
)  # fmt: skip
_JOINT = "; "
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def table(dataset: Dataset, articles: Iterable[Published]) -> bytes:
    """Every note of the articles as a row.

    `rating` is the verdict's id; of a note that was taken back it is in `withdrawn`. `exact`, `prefix`, `suffix` are as
    on the page; `note` is Markdown; of several sources each column has all values in the same order, joined by "; ". A
    text that a spreadsheet would run as a formula has an apostrophe before it (OWASP, CSV Injection), as has one that
    begins with an apostrophe before such a sign.
    """
    lines = io.StringIO()
    writer = csv.DictWriter(lines, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for article in articles:
        writer.writerows(_row(dataset, article, note) for note in article.page.notes)
    return lines.getvalue().encode("utf-8-sig")


def _row(dataset: Dataset, article: Published, note: NoteView) -> dict[str, str]:
    data = note.annotation
    quoted = quote_selector(note, article.page.text)
    sources = [dataset.context.sources[citation.id] for citation in data.sources]
    row = {
        "id": data.id,
        "article": article.path,
        "type": data.kind.value,
        "rating": note.verdict.id if note.verdict else "",
        "title": data.title,
        "exact": quoted["exact"],
        "prefix": quoted.get("prefix", ""),
        "suffix": quoted.get("suffix", ""),
        "claim": _JOINT.join(data.claim),
        "claimed": data.claimed,
        "claim_author": data.claimant.name if data.claimant else "",
        "claim_author_type": data.claimant.type if data.claimant else "",
        "appearance": _JOINT.join(data.appearance),
        "note": data.note,
        "sources": _JOINT.join(source.id for source in sources),
        "source_title": _JOINT.join(source.title for source in sources),
        "source_url": _JOINT.join(source.URL for source in sources),
        "source_archived": _JOINT.join(source.archive_location for source in sources),
        "source_date": _JOINT.join(source.issued for source in sources),
        "caution": data.caution,
        "author": dataset.author(note).name,
        "created": str(data.created),
        "modified": str(data.last_changed),
        "changes": _JOINT.join(f"{change.date}: {change.what}" for change in data.changed),
        "since": _JOINT.join(_since(development) for development in data.since),
        "tags": _JOINT.join(data.tags),
        "checked": str(data.checked or ""),
        **_reviewed(dataset, note),
        "retracted": f"{data.retracted.date}: {data.retracted.why}" if data.retracted else "",
        "withdrawn": (data.verdict or "") if data.retracted else "",
        "url": dataset.note_iri(article, note),
    }
    return {column: _harmless(value) for column, value in row.items()}


def _reviewed(dataset: Dataset, note: NoteView) -> dict[str, str]:
    """Who has reviewed a note ("2026-11-26: ada, partly") or how many, and how many come to its verdict."""
    data, review = note.annotation, dataset.context.settings.review
    if review.show == "nothing" or not data.reviews:
        return {"reviews": "", "agree": ""}
    named = (f"{one.date}: {', '.join(filter(None, [one.by, one.verdict]))}" for one in data.reviews)
    told = _JOINT.join(named) if review.show == "names" else str(len(data.reviewers))
    return {"reviews": told, "agree": str(data.agreeing)}


def _since(development: Development) -> str:
    """A date, a sentence and its sources: "2020-09-09: It was rebuilt. [S1, S2]"."""
    names = ", ".join(citation.id for citation in development.sources)
    return f"{development.date}: {development.what} [{names}]"


def _harmless(value: str) -> str:
    return f"'{value}" if value.lstrip("'").startswith(_FORMULA) else value
