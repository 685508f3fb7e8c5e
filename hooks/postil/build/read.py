"""Step 1, read: the author's files, checked as a whole, before a page is rendered."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from postil.build.kept_notes import KeptNotes
from postil.files.notes_file import read_annotations
from postil.page.templating import keep_compiled
from postil.site.downloads import Downloads, read_downloads
from postil.site.folder import Site
from postil.site.loading import load_site
from postil.site.urls import uri_of
from postil.views.pages import empty, pages


@dataclass(frozen=True)
class Options:
    """What the generator tells of a site.

    Attributes:
        docs: the folder of the articles.
        language: of the interface.
        theme: its name.
        site_name: as readers see it.
        site_url: the address of the site, if it is known.
        cache: a folder for what is costly to make again.
        downloads: the folder of the files that go with a reader (see the package `offline`).
        serving: whether this is a live preview, where a mistake is shown on the page and stops nothing.
        strict: whether a note that has lost its passage stops the build; else it stands at the end of the article.
        root: the folder of this build's pages inside of the site, with a slash at its end: a site may be built once for
            each language.
        named: the paths of pages that the navigation names.
        for_disk: whether the site is a copy that is read from the disk, which offers no further copies.
        drafts: whether notes that are not published, and all of their state, are in what is given out to colleagues.
    """

    docs: Path
    language: str = "en"
    theme: str = "material"
    site_name: str = ""
    site_url: str = ""
    cache: Path | None = None
    downloads: Path | None = None
    serving: bool = False
    strict: bool = True
    root: str = ""
    named: tuple[str, ...] = ()
    for_disk: bool = False
    drafts: bool = False

    @property
    def base(self) -> str:
        """The address of the site as data has it, with a slash at its end, or an empty text."""
        return f"{uri_of(self.site_url).rstrip('/')}/" if self.site_url else ""


@dataclass(frozen=True)
class AuthoredSite:
    """A site as its author left it.

    Attributes:
        options: what the generator told.
        site: articles with notes, register, records, settings, and every mistake in them.
        downloads: the copies that it offers.
    """

    options: Options
    site: Site
    downloads: Downloads

    def pages(self) -> dict[str, str]:
        """The pages that are made from the data, as Markdown by path; a page of the author's own goes before."""
        return pages(self.site, self.options.named)

    def empty_pages(self) -> set[str]:
        """Those of these pages that have nothing to show yet."""
        return empty(self.site) | (set() if self.downloads.copies else {"downloads.md"})


def read(options: Options) -> AuthoredSite:
    """Read a site; mistakes are in its `problems`."""
    if options.cache:
        keep_compiled(options.cache / "templates")
    notes = KeptNotes(options.cache / "notes") if options.cache and not options.serving else None
    site = load_site(
        options.docs,
        options.language,
        unpublished=options.serving or options.drafts,
        read_notes=notes or read_annotations,
    )
    if notes:
        notes.end()
    site.fragments = {} if options.serving else None
    site.context.base = options.base
    site.context.internal = options.drafts
    site.context.strict = options.strict and not options.serving
    downloads = Downloads()
    if options.for_disk:
        downloads = Downloads(is_copy=True)
    elif options.downloads:
        downloads = read_downloads(options.downloads, options.docs)
    return AuthoredSite(options, site, downloads)
