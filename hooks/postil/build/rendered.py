"""A site whose pages are all rendered: the one thing that every later step reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from postil.build.read import AuthoredSite, Options
from postil.export.dataset import Dataset
from postil.model.problem import Place, Problem, shown
from postil.page import paper
from postil.page.annotate import AnnotatedPage
from postil.site import citations
from postil.site.data_files import SETTINGS_FILE
from postil.site.downloads import Downloads
from postil.site.folder import Site
from postil.site.published import Published
from postil.text.atoms import Atom
from postil.text.reading import read


@dataclass(frozen=True)
class RenderedPage:
    """A page as the generator has rendered it, before anything of other pages is in it.

    Attributes:
        path: inside of docs/, with slashes.
        url: inside of the site.
        title: of the page.
        own: its content; None where it is that of `notes`, which need not be kept twice.
        meta: its front matter.
        notes: the same with its notes as data, if it has any.
        article: it as an article, if it has notes that stand on it and that everybody may read.
        is_sealed: whether not everybody may read it: a plug-in encrypts it.
    """

    path: str
    url: str
    title: str
    own: str | None
    meta: Mapping[str, Any] = field(default_factory=dict)
    notes: AnnotatedPage | None = None
    article: Published | None = None
    is_sealed: bool = False

    @property
    def html(self) -> str:
        """Its content, annotated."""
        if self.own is not None:
            return self.own
        return self.notes.html if self.notes else ""

    @property
    def text(self) -> str:
        """What a reader reads of it."""
        return self.read()[0]

    def read(self) -> tuple[str, tuple[Atom, ...]]:
        """What a reader reads of it, and its pictures, formulas and ruby texts."""
        if self.notes:
            return self.notes.text, self.notes.atoms
        reading = read(self.html)
        return reading.text, reading.atoms


@dataclass(frozen=True)
class RenderedSite:
    """All pages of a site, and the author's data.

    Attributes:
        authored: what was read.
        pages: every page, by its path.
    """

    authored: AuthoredSite
    pages: Mapping[str, RenderedPage]

    @property
    def options(self) -> Options:
        """What the generator told."""
        return self.authored.options

    @property
    def site(self) -> Site:
        """The author's data."""
        return self.authored.site

    @property
    def downloads(self) -> Downloads:
        """The copies that the site offers."""
        return self.authored.downloads

    @cached_property
    def urls(self) -> dict[str, str]:
        """The address of every page inside of the site, by its path."""
        return {path: page.url for path, page in self.pages.items()}

    @property
    def made_urls(self) -> list[str]:
        """The addresses of the pages that are made from the data."""
        return [self.urls[path] for path in sorted(self.authored.pages()) if path in self.urls]

    @cached_property
    def dataset(self) -> Dataset:
        """The site as the exports see it."""
        options = self.options
        articles = tuple(page.article for _, page in sorted(self.pages.items()) if page.article)
        return Dataset(
            self.site.context, articles, options.site_name, options.base, options.language, self.urls, options.root
        )

    @cached_property
    def references(self) -> dict[str, str]:
        """The sources in the site's citation style, HTML by id; where there is no such style, that is a problem."""
        style, known = self.site.context.settings.citation_style, self.site.context.sources
        own = self.site.docs / style
        language = self.site.context.text.language
        try:
            found = citations.references(known, str(own) if own.is_file() else style, self.options.cache, language)
        except ValueError as error:
            place = Place(shown(self.site.docs / SETTINGS_FILE))
            self.site.problems.append(Problem(place, f"citation_style: {error}"))
            return {name: citations.plain(source) for name, source in known.items()}
        settings = Place(shown(self.site.docs / SETTINGS_FILE))
        if found.told:
            self.site.told.append(Problem(settings, f"citation_style: {found.told}", "warning"))
        for why, names in _by_reason(found.plain).items():
            what = f"{names[0]!r}, a {known[names[0]].type}" + (
                f", and {len(names) - 1} more" if len(names) > 1 else ""
            )
            message = f"the style {style!r} cannot set the source {what} ({why}); it stands as title and outlet"
            self.site.told.append(Problem(known[names[0]].place, message, "warning"))
        return found.html

    def with_pages(self, pages: Mapping[str, RenderedPage]) -> RenderedSite:
        """The same site after some of its pages were rendered anew; what rests on its sources alone is kept."""
        site = RenderedSite(self.authored, dict(pages))
        if "references" in self.__dict__:
            site.__dict__["references"] = self.references
        return site

    def on_paper(self, path: str) -> str:
        """The list of sources at the end of an annotated page, which only paper shows; an empty text for others."""
        page = self.pages[path].notes
        return paper.sources(page, self.references, self.site.context.text) if page else ""


def _by_reason(plain: Mapping[str, str]) -> dict[str, list[str]]:
    """The sources that could not be set by what was wrong, so that one fault of a style is told once."""
    found: dict[str, list[str]] = {}
    for name, why in plain.items():
        found.setdefault(why, []).append(name)
    return found
