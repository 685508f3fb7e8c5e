"""An edition: one article with its notes and the pages that go with it, apart from any site."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from pydantic import BaseModel, ConfigDict

from postil.files.translations import Texts
from postil.model.addresses import as_id
from postil.page.lost import Lost
from postil.page.note_view import NoteView
from postil.page.weave import Insertion


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True)


class Chapter(_Value):
    """A page of the site that goes with an article.

    Attributes:
        path: inside of docs/.
        url: inside of the site.
        title: of the page.
        html: its content.
    """

    path: str
    url: str
    title: str
    html: str

    @property
    def name(self) -> str:
        """A name for the chapter, made of its path and fit for an id: `about/my method.md` → `about-my-method`."""
        return as_id(re.sub(r"[/\s]+", "-", PurePosixPath(self.path).with_suffix("").as_posix()))


class Edition(_Value):
    """What every format is written from: the article's own HTML, and its notes as data.

    Attributes:
        name: of its files, without a suffix.
        article: the article's page as it was without notes.
        inserted: what was put into it on the site, and where; notes without HTML, since each format draws its own.
        notes: in the order of their numbers, without addresses of pages of their own, which do not go along.
        lost: the notes that have no place; they stand at the end.
        chapters: the pages that go with it, in their order.
        description: of the article, in a sentence.
        authors: of the notes.
        changed: the day of the last change of a note.
        language: a BCP 47 tag.
        direction: ltr or rtl.
    """

    name: str
    article: Chapter
    inserted: tuple[Insertion, ...]
    notes: tuple[NoteView, ...]
    lost: tuple[Lost, ...]
    chapters: tuple[Chapter, ...]
    description: str
    authors: tuple[str, ...]
    changed: datetime.date
    language: str
    direction: str

    @property
    def title(self) -> str:
        """The article's title."""
        return self.article.title

    def note(self, insertion: Insertion) -> NoteView:
        """The note that something inserted belongs to."""
        return self.notes[insertion.number - 1]

    def imprint(self, site: str, text: Texts) -> str:
        """In one line: the name of the site, who wrote the notes, how many, and when the last was changed."""
        last = text("findings.last", count=len(self.notes), date=text.date(self.changed))
        return f"{site} · {', '.join(self.authors)} · {last}"


class Editions(_Value):
    """Every article of a site.

    Attributes:
        site: the site's name.
        language: of the interface, a BCP 47 tag.
        editions: in the order of their paths.
    """

    site: str
    language: str
    editions: tuple[Edition, ...]


def file_name(title: str) -> str:
    """A title as the name of a file: small letters and digits of any script, and hyphens."""
    return re.sub(r"[\W_]+", "-", title.lower()).strip("-") or "site"


def names(paths: Sequence[str]) -> dict[str, str]:
    """A name for each article: that of its file, with its folders where two files have the same name."""
    stems = [PurePosixPath(path).stem for path in paths]
    whole = [PurePosixPath(path).with_suffix("").as_posix().replace("/", "-") for path in paths]
    return {
        path: stem if stems.count(stem) == 1 else long for path, stem, long in zip(paths, stems, whole, strict=True)
    }
