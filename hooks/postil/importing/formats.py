"""A file of any form that is known → the notes in it."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from postil.importing import (
    claim_review,
    docx,
    footnotes,
    hypothesis,
    kindle,
    odt,
    readwise,
    table,
    table_notes,
    w3c,
    zotero,
)
from postil.importing.files import decode, read_json
from postil.importing.foreign import MAX_NOTES, WHAT_IS_PUBLIC, Batch, Wanted
from postil.importing.json_places import with_places
from postil.importing.mending import decoded
from postil.model.problem import Place, PostilError, Problem
from postil.model.settings import Settings

_TABLES = (".csv", ".tsv")
_ARTICLES = (".md", ".markdown", ".qmd", ".rmd")
_PAGES = (".html", ".htm")
_LINES = (".jsonl", ".ndjson")
_DOCUMENTS = {".docx": docx.read, ".docm": docx.read, ".odt": odt.read}
_EXPECTED = (
    "expected an export of Hypothesis, Readwise or Zotero, W3C annotations, ClaimReviews, a table (.csv), a document "
    "with comments (.docx, .odt), a Kindle's My Clippings.txt or an article with footnotes (.md)"
)
# What is no file of notes, and what to do with it.
_OTHERS = {
    **dict.fromkeys(
        (".xlsx", ".xls", ".ods", ".numbers"), "a workbook of a spreadsheet; save its sheet as CSV (UTF-8)"
    ),
    ".pdf": "a PDF; export its notes from the program in which they were made",
}
_JSON = (
    (claim_review.annotations_of, claim_review.read),
    (zotero.annotations_of, zotero.read),
    (readwise.annotations_of, readwise.read),
    (hypothesis.annotations_of, hypothesis.read),
    (w3c.annotations_of, w3c.read),
)


def read_notes(
    content: bytes, file: str, settings: Settings, wanted: Wanted = WHAT_IS_PUBLIC, language: str = ""
) -> Batch:
    """Read the notes of a file.

    Args:
        content: its bytes.
        file: its name; its ending tells a document, a table, an article and a page, all else is JSON or a Kindle's.
        settings: the site's scale, by whose names a tag is known for a rating, and its authors.
        wanted: what the user wants of it.
        language: of the site, whose abbreviations end no sentence.

    Returns:
        The notes, and the parts that are none.

    Raises:
        PostilError: for a file that is not of a form that is known, or holds more than 50,000 notes.
    """
    ending = PurePath(file).suffix.lower()
    if ending in _OTHERS:
        raise PostilError([Problem(Place(file), f"this is {_OTHERS[ending]}")])
    if ending in _DOCUMENTS:
        found = _DOCUMENTS[ending](content, file, resolved=wanted.resolved)
        _within_limit(len(found.notes), file)
        return found
    verdicts = settings.verdicts.values()
    ratings = frozenset(name.lower() for verdict in verdicts for name in (verdict.id, verdict.word))
    if ending in _TABLES:
        return _of_table(content, file, ratings, settings, wanted)
    text = decode(content, file)
    if ending in _ARTICLES:
        return zotero.markdown_note(text, file) if zotero.is_note(text) else footnotes.read(text, file, language)
    if ending in _PAGES:
        return zotero.html_note(text, file)
    if kindle.is_clippings(text):
        return kindle.read(text, file, wanted.day_first)
    if not text.lstrip().startswith(("{", "[")):
        raise PostilError([Problem(Place(file), f"no form of notes that is known here; {_EXPECTED}")])
    data = _lines(text, file) if ending in _LINES else read_json(text, file)
    for annotations_of, read in _JSON:
        annotations = annotations_of(data)
        if annotations is not None:
            _within_limit(len(annotations), file)
            found = read(annotations, file, ratings, wanted)
            found.notes = with_places(found.notes, text, file)
            return found
    raise PostilError([Problem(Place(file), f"there are no notes in this JSON; {_EXPECTED}")])


def _of_table(content: bytes, file: str, ratings: frozenset[str], settings: Settings, wanted: Wanted) -> Batch:
    """The notes of a table; spreadsheets save in other encodings than UTF-8, too."""
    found = decoded(content)
    text = found.text if found.told else decode(content, file)
    rows = table.read(text, file)
    _within_limit(len(rows.rows), file)
    rows = table.dated(rows, text, file, wanted.day_first)
    authors = {author.name: name for name, author in settings.authors.items()}
    batch = table_notes.read(rows, file, ratings, authors, wanted)
    batch.told += [f"{file}: {line}: look whether its letters are right, or save it as UTF-8" for line in found.told]
    return batch


def _lines(text: str, file: str) -> list[Any]:
    """JSON Lines: a text of JSON on each line."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                found.append(read_json(line, file))
            except PostilError as error:
                problem = error.problems[0]
                raise PostilError([Problem(Place(file, number, problem.place.column), problem.message)]) from None
    return found


def _within_limit(count: int, file: str) -> None:
    if count > MAX_NOTES:
        raise PostilError(
            [Problem(Place(file), f"{count:,} notes; at most {MAX_NOTES:,} are read from a file: split it")]
        )
