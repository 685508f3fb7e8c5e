"""What the views draw from: every note with its address, the records, the addresses of pages, as one page sees them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from markupsafe import Markup

from postil.files.translations import Texts
from postil.model.annotation import Annotation
from postil.model.cutting import beginning
from postil.model.records import Records
from postil.model.source import anchor_of
from postil.page.note_view import NoteView
from postil.page.templating import template
from postil.site.downloads import Downloads
from postil.site.folder import Site
from postil.site.published import Published
from postil.site.urls import relative
from postil.text.anchor import Span
from postil.text.text_fragment import directive

if TYPE_CHECKING:
    from postil.text.coverage import Coverage


@dataclass(frozen=True)
class Listed:
    """A note with the address of its place, as seen from the page that lists it."""

    note: NoteView
    address: str
    author: str

    @property
    def annotation(self) -> Annotation:
        """The note's data."""
        return self.note.annotation


@dataclass(frozen=True)
class Listing:
    """A site whose articles are all rendered, as seen from one page.

    Attributes:
        site: the data.
        articles: in the order of their paths.
        references: the sources in a citation style, HTML by id.
        urls: the address of every page inside of the site, by its path inside of docs/.
        offered: the copies that the site offers.
        root: the folder inside of the site for the files of all articles.
        url: the address of the page that is being filled.
        in_parts: whether a long table may go on upon further pages.
    """

    site: Site
    articles: list[Published]
    references: dict[str, str]
    urls: dict[str, str]
    offered: Downloads = field(default_factory=Downloads)
    root: str = ""
    url: str = ""
    in_parts: bool = True

    @property
    def text(self) -> Texts:
        """The texts of the interface."""
        return self.site.context.text

    @property
    def records(self) -> Records:
        """Events, people, organisations, places."""
        return self.site.records

    def notes(self) -> list[Listed]:
        """Every note of the site, in the order of the articles."""
        return [self.listed(article, note) for article in self.articles for note in article.page.notes]

    def notes_by_id(self) -> dict[str, Listed]:
        """Every note by its id; where two articles have the same id, the first."""
        found: dict[str, Listed] = {}
        for listed in self.notes():
            found.setdefault(listed.annotation.id, listed)
        return found

    def link(self, url: str) -> str:
        """An address inside of the site as seen from the page that is being filled."""
        return relative(url, self.url)

    def page_link(self, path: str) -> str:
        """The address of a page, by its path inside of docs/, as seen from the page that is being filled."""
        return self.link(self.urls.get(path, path))

    def source_link(self, source: str) -> str:
        """The address of a source's entry, by the id of the source, as seen from the page that is being filled."""
        return f"{self.page_link('sources.md')}#{anchor_of(source)}"

    def short_name(self, source: str) -> str:
        """A source as a reader of a list knows it: who published it, and when."""
        found = self.site.context.sources.get(source)
        if found is None:
            return source
        parts = (found.outlet_name or beginning(found.title.strip("[]"), 80), self.text.edtf(found.issued))
        return self.text("comma").join(part for part in parts if part)

    def passages_that_name(self, names: tuple[str, ...]) -> list[tuple[str, str]]:
        """Where articles name something: (words around the name, address of the passage)."""
        if not names:
            return []
        pattern = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in names))
        found = []
        for article in self.articles:
            for match in pattern.finditer(article.page.prose):
                words = _around(article.page.prose, match.start(), match.end())
                fragment = directive(article.page.prose, Span(match.start(), match.end()))
                found.append((words, f"{self.link(article.url)}#{fragment}"))
        return found

    def coverages(self) -> list[tuple[Published, Coverage]]:
        """How much of each article its notes touch."""
        return [(article, self.site.coverage_of(article.path)) for article in self.articles]

    def listed(self, article: Published, note: NoteView) -> Listed:
        """A note as the page that is being filled lists it."""
        annotation = note.annotation
        return Listed(
            note=note,
            address=f"{self.link(article.url)}#note-{annotation.id}",
            author=self.site.context.settings.author_of(annotation).name,
        )


def _around(text: str, start: int, end: int) -> str:
    """The words around a name, on its own line, about forty code points to either side."""
    first = max(text.rfind("\n", 0, start) + 1, start - 40)
    last = min(text.find("\n", end) % (len(text) + 1), end + 40)
    if first and text[first - 1] not in "\n ":
        first = text.find(" ", first, start) + 1 or start
    if last < len(text) and text[last] not in "\n ":
        last = max(text.rfind(" ", end, last), end)
    return text[first:last].strip()


def render(name: str, views: Listing, **values: object) -> Markup:
    """A view's template with what every view is given."""
    html = template(name).render(views=views, text=views.text, **values)
    return Markup(html.strip())  # noqa: S704 (templates escape)
