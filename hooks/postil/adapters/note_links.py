"""A broken link in a note: MkDocs finds it on the article's page; it is told at its line of the notes file."""

from __future__ import annotations

import logging
import re
from pathlib import Path

from postil.files.notes_file import Entry
from postil.model.problem import Place
from postil.site.folder import Site

_LOGGERS = ("mkdocs.structure.pages", "properdocs.structure.pages")
_LINK = re.compile(
    r"Doc file '(?P<page>.*?)' contains (?P<what>an? (?:[a-z]+ )*link) '(?P<link>.*?)'(?P<rest>.*)", re.DOTALL
)


class NoteLinks(logging.Filter):
    """Puts the place of a note before what is said of a link in it.

    Attributes:
        site: the notes, once they are read.
    """

    site: Site | None = None

    def begin(self, site: Site) -> None:
        """Listen to what is said of links."""
        self.site = site
        for name in _LOGGERS:
            logging.getLogger(name).addFilter(self)

    def end(self) -> None:
        """Listen no longer."""
        for name in _LOGGERS:
            logging.getLogger(name).removeFilter(self)

    def filter(self, record: logging.LogRecord) -> bool:
        """Change a record; none is held back."""
        told = _LINK.match(record.getMessage())
        if told is None or self.site is None:
            return True
        page = self.site.docs / told["page"]
        if page.is_file() and told["link"] in page.read_text("utf-8", "replace"):
            return True  # the article has it, too: there it is looked for first
        for entry in self.site.notes.get(told["page"], ()):
            if told["link"] in entry.annotation.note:
                place = _place(entry, told["link"])
                words = f"{told['what']} '{told['link']}'{told['rest']}"
                record.msg, record.args = f"{place}: {entry.annotation.id}: the note contains {words}", ()
                break
        return True


def _place(entry: Entry, words: str) -> Place:
    """Where a note's text has these words, which its file may write in several lines."""
    begin = entry.place("note")
    lines = Path(begin.file).read_text("utf-8", "replace").splitlines()[begin.line - 1 :]
    found = next(((number, line.index(words)) for number, line in enumerate(lines) if words in line), None)
    return Place(begin.file, begin.line + found[0], found[1] + 1) if found else begin
