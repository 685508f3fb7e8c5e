"""A file of any form that is known → the notes in it."""

from __future__ import annotations

from pathlib import PurePath

from postil.importing import docx, footnotes, hypothesis, odt, table, w3c
from postil.importing.files import decode, read_json
from postil.importing.foreign import MAX_NOTES, WHAT_IS_PUBLIC, Batch, Wanted
from postil.model.problem import Place, PostilError, Problem
from postil.model.settings import Settings

_TABLES = (".csv", ".tsv")
_ARTICLES = (".md", ".markdown")
_DOCUMENTS = {".docx": docx.read, ".docm": docx.read, ".odt": odt.read}


def read_notes(content: bytes, file: str, settings: Settings, wanted: Wanted = WHAT_IS_PUBLIC) -> Batch:
    """Read the notes of a file.

    Args:
        content: its bytes.
        file: its name; its ending tells a document, a table and an article, all else is JSON.
        settings: the site's scale, by whose names a tag is known for a rating, and its authors.
        wanted: what the user wants of it.

    Returns:
        The notes, and the parts that are none.

    Raises:
        PostilError: for a file that is not of a form that is known, or holds more than 50,000 notes.
    """
    ending = PurePath(file).suffix.lower()
    if ending in _DOCUMENTS:
        found = _DOCUMENTS[ending](content, file, resolved=wanted.resolved)
        _within_limit(len(found.notes), file)
        return found
    text = decode(content, file)
    verdicts = settings.verdicts.values()
    ratings = frozenset(name.lower() for verdict in verdicts for name in (verdict.id, verdict.word))
    if ending in _TABLES:
        rows = table.rows(text, file)
        _within_limit(len(rows), file)
        return table.read(rows, file, ratings, {author.name: name for name, author in settings.authors.items()})
    if ending in _ARTICLES:
        return footnotes.read(text, file)
    data = read_json(text, file)
    for annotations_of, read in ((hypothesis.annotations_of, hypothesis.read), (w3c.annotations_of, w3c.read)):
        annotations = annotations_of(data)
        if annotations is not None:
            _within_limit(len(annotations), file)
            return read(annotations, file, ratings, wanted)
    expected = "expected an export of Hypothesis, W3C annotations, a table (.csv), a document with comments "
    expected += "(.docx, .odt) or an article with footnotes (.md)"
    raise PostilError([Problem(Place(file), f"there are no notes in this JSON; {expected}")])


def _within_limit(count: int, file: str) -> None:
    if count > MAX_NOTES:
        raise PostilError(
            [Problem(Place(file), f"{count:,} notes; at most {MAX_NOTES:,} are read from a file: split it")]
        )
