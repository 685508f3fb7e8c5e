"""The table of all notes, in parts: a page holds as many rows as a browser draws at once.

The first part stands where the page says so; the others are pages of their own below it. All parts lead to each other,
so without scripts every row is there. A file beside them has all rows for the script that sorts and filters.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from markupsafe import Markup

from postil.model.cutting import beginning
from postil.site.urls import folder, relative
from postil.views.listing import Listed, Listing, render
from postil.views.registry import view

ROWS = 500  # of a part
_PASSAGE = 90  # code points of a passage


@dataclass(frozen=True)
class Part:
    """A further part of the table.

    Attributes:
        url: its address inside of the site.
        title: of its page.
        html: its content.
    """

    url: str
    title: str
    html: str


@view("claims")
def claims(views: Listing, _: str) -> Markup:
    """Every note as a table, or its first part."""
    return _Table(views).part(views.url, 1)


def further(views: Listing) -> Iterator[Part]:
    """The other parts of the table that begins on the page which `views` sees."""
    table = _Table(views)
    for number in range(2, table.count + 1):
        url = part_url(views.url, number)
        title = views.text("claims.part", title=views.text("claims.title"), number=number, count=table.count)
        yield Part(url, title, str(table.part(url, number)))


def part_url(page: str, number: int) -> str:
    """The address of a part; it ends as the page's address ends."""
    if number == 1:
        return page
    return f"{folder(page)}claims-{number}{'/' if not page or page.endswith('/') else '.html'}"


def rows_url(page: str) -> str:
    """The address of the file with all rows."""
    return f"{folder(page)}claims.js"


def rows(views: Listing) -> str:
    """All rows, as a script: a page that is read from the disk can load nothing else. Empty where there is one part.

    A row is article, note, passage, finding, verdict, kind, tags, author, day; a number is a place in a list of names.
    """
    if _Table(views).count == 1:
        return ""
    here = rows_url(views.url)
    articles, authors, kinds = _Names(), _Names(), _Names()
    verdicts = list(views.site.context.settings.verdicts.values())
    places = {verdict.id: number for number, verdict in enumerate(verdicts)}
    table = [
        [
            articles.place(relative(article.url, here)),
            note.annotation.id,
            beginning(note.passage, _PASSAGE),
            note.annotation.title,
            places[note.verdict.id] if note.verdict else -1,
            kinds.place(note.kind),
            "|".join(note.annotation.tags),
            authors.place(views.site.context.settings.author_of(note.annotation).name),
            str(note.annotation.last_changed),
        ]
        for article in views.articles
        for note in article.page.notes
    ]
    told = [[verdict.word, verdict.sign, verdict.colour, verdict.order or 50] for verdict in verdicts]
    data = {"articles": list(articles), "verdicts": told, "kinds": list(kinds), "authors": list(authors), "rows": table}
    return f"window.postilClaimRows = {json.dumps(data, ensure_ascii=False, separators=(',', ':'))};\n"


class _Names(dict[str, int]):
    """Names in the order in which they were first met."""

    def place(self, name: str) -> int:
        return self.setdefault(name, len(self))


class _Table:
    """The table, of which all parts show the same columns and can be filtered by the same values.

    Args:
        views: what the page sees on which it begins.
    """

    def __init__(self, views: Listing) -> None:
        self._views = views
        self._every = [(article, note) for article in views.articles for note in article.page.notes]
        self.count = max(1, -(-len(self._every) // ROWS)) if views.in_parts else 1

    def part(self, url: str, number: int) -> Markup:
        """One part, as seen from its address."""
        views, seen, every = self._views, replace(self._views, url=url), self._every
        first = (number - 1) * ROWS if self.count > 1 else 0
        shown: list[Listed] = [
            seen.listed(*item) for item in (every[first : first + ROWS] if self.count > 1 else every)
        ]
        others = range(1, self.count + 1) if self.count > 1 else ()
        return render(
            "claims",
            seen,
            notes=shown,
            first=first,
            total=len(every),
            cut=lambda passage: beginning(passage, _PASSAGE),
            columns=self._telling,
            filters=self._filters,
            more=seen.link(rows_url(views.url)) if self.count > 1 else "",
            places=[(other, seen.link(part_url(views.url, other))) for other in others],
            number=number,
        )

    @cached_property
    def _filters(self) -> list[tuple[str, str, list[str]]]:
        """What the table can be filtered by: (name, label, values)."""
        notes = [note for _, note in self._every]
        author_of = self._views.site.context.settings.author_of
        found = {
            "verdict": {note.verdict.word for note in notes if note.verdict},
            "kind": {note.kind for note in notes},
            "tags": {tag for note in notes for tag in note.annotation.tags},
            "author": {author_of(note.annotation).name for note in notes},
        }
        return [(name, self._views.text(f"claims.{name}"), sorted(values)) for name, values in found.items()]

    @cached_property
    def _telling(self) -> list[str]:
        """The columns that tell one note from another, beside its number and passage, in all parts the same."""
        author_of = self._views.site.context.settings.author_of
        rows = [
            {
                "finding": note.annotation.title,
                "verdict": note.verdict.word if note.verdict else "",
                "kind": note.kind,
                "tags": ", ".join(note.annotation.tags),
                "author": author_of(note.annotation).name,
                "last": note.annotation.last_changed.isoformat(),
            }
            for _, note in self._every
        ]
        found = {name: {row[name] for row in rows} for name in (rows[0] if rows else ())}
        return [name for name, values in found.items() if len(values) > 1 or (len(rows) == 1 and any(values))]
