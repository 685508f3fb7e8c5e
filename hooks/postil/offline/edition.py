"""An edition: one article with its notes and the pages that go with it, apart from any site."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from pydantic import BaseModel, ConfigDict

from postil.files.translations import Texts
from postil.page.weave import Insertion, splice
from postil.text.markup import TOKEN, VOID


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True)


class Row(_Value):
    """A block of the article and the notes that stand beside it.

    Attributes:
        block: HTML with the marks of the passages; notes that stand inside of it (in a list, a quotation) are left in.
        notes: each an `aside`.
    """

    block: str
    notes: tuple[str, ...] = ()


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
        return re.sub(r"[/\s]+", "-", PurePosixPath(self.path).with_suffix("").as_posix())


class Edition(_Value):
    """What every format is written from.

    Attributes:
        name: of its files, without a suffix.
        article: the article's page, notes in it, as on the site.
        rows: the same, block by block, without what only a screen needs.
        chapters: the pages that go with it, in their order.
        description: of the article, in a sentence.
        authors: of the notes.
        changed: the day of the last change of a note.
        passages: the words that each note is on, by the note's id, in the order of the notes.
        language: a BCP 47 tag.
        direction: ltr or rtl.
    """

    name: str
    article: Chapter
    rows: tuple[Row, ...]
    chapters: tuple[Chapter, ...]
    description: str
    authors: tuple[str, ...]
    changed: datetime.date
    passages: dict[str, str]
    language: str
    direction: str

    @property
    def title(self) -> str:
        """The article's title."""
        return self.article.title

    @property
    def notes(self) -> int:
        """How many notes there are."""
        return len(self.passages)

    def imprint(self, site: str, text: Texts) -> str:
        """In one line: the name of the site, who wrote the notes, how many, and when the last was changed."""
        told = text("findings.last", count=self.notes, date=text.date(self.changed))
        return f"{site} · {', '.join(self.authors)} · {told}"


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


def rows(source: str, inserted: Sequence[Insertion]) -> tuple[Row, ...]:
    """An annotated page block by block.

    Args:
        source: the fragment as it was without notes.
        inserted: what was put into it, in the order of the offsets.

    Returns:
        A row for each element that no other is around. Every note is in one of them, once.
    """
    ends = _ends(source)
    blocks: list[list[Insertion]] = [[] for _ in ends]
    notes: list[list[str]] = [[] for _ in ends]
    starts = [0, *ends[:-1]]
    for insertion in inserted:
        if insertion.what in ("filter", "room"):
            continue
        row = next(index for index, end in enumerate(ends) if insertion.offset <= end)
        if insertion.what == "note" and insertion.offset == ends[row]:
            notes[row].append(insertion.html.strip())
        else:
            blocks[row].append(insertion._replace(offset=insertion.offset - starts[row]))
    return tuple(
        Row(block=splice(source[start:end], block).strip(), notes=tuple(beside))
        for start, end, block, beside in zip(starts, ends, blocks, notes, strict=True)
    )


def _ends(html: str) -> list[int]:
    """Where each element ends that no other is around; text behind the last belongs to it."""
    ends: list[int] = []
    stack: list[str] = []
    for token in TOKEN.finditer(html):
        close, name, attributes = token.groups()
        if name is None:
            continue
        name = name.lower()
        if close and name in stack:
            while stack.pop() != name:
                pass
        elif not close and name not in VOID and not attributes.endswith("/"):
            stack.append(name)
        if not stack and (close or name in ("hr", "img")):
            ends.append(token.end())
    if not ends or html[ends[-1] :].strip():
        ends.append(len(html))
    return ends
