"""A broken link in a note: MkDocs finds it on the article's page; it is told at its line of the notes file."""

from __future__ import annotations

import logging

from postil.build.told_links import at_note
from postil.site.folder import Site

_LOGGERS = ("mkdocs.structure.pages", "properdocs.structure.pages")


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
        if self.site is not None and (message := at_note(self.site, record.getMessage())) != record.getMessage():
            record.msg, record.args = message, ()
        return True
