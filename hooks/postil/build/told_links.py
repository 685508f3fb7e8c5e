"""A broken link in a note, found on the page of its article → the same told at its line of the notes file."""

from __future__ import annotations

import re
from pathlib import Path

from postil.files.notes_file import Entry
from postil.model.problem import Place
from postil.site.folder import Site

_LINK = re.compile(
    r"Doc file '(?P<page>.*?)' contains (?P<what>an? (?:[a-z]+ )*link) '(?P<link>.*?)'(?P<rest>.*)", re.DOTALL
)


def at_note(site: Site, message: str) -> str:
    """What is said of a link, with its place in a notes file; the same words where no note has the link.

    Args:
        site: the notes.
        message: as MkDocs words it.
    """
    told = _LINK.match(message)
    if told is None:
        return message
    page = site.docs / told["page"]
    if page.is_file() and told["link"] in page.read_text("utf-8", "replace"):
        return message  # the article has it, too: there it is looked for first
    for entry in site.notes.get(told["page"], ()):
        if told["link"] in entry.annotation.note:
            words = f"{told['what']} '{told['link']}'{told['rest']}"
            return f"{_place(entry, told['link'])}: {entry.annotation.id}: the note contains {words}"
    return message


def _place(entry: Entry, words: str) -> Place:
    """Where a note's text has these words, which its file may write in several lines."""
    begin = entry.place("note")
    lines = Path(begin.file).read_text("utf-8", "replace").splitlines()[begin.line - 1 :]
    found = next(((number, line.index(words)) for number, line in enumerate(lines) if words in line), None)
    return Place(begin.file, begin.line + found[0], found[1] + 1) if found else begin
