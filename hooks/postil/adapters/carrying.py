"""A build that draws only the pages that are another by now; what was made of the others is carried over.

All pages are read, and rendered or taken from what is kept (`keeping`), since the views show the notes of all, the
menu has the titles of all, and links are checked. A page that would be drawn from the same things as in the last build,
with its notes' own pages and exports, lies in the last site and need not be drawn again. What tells of the whole site
(views, feeds, the index of the search, the site map) is always made anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.commands import build as mkdocs_build

from postil.adapters import added_files, keeping, known
from postil.build import fill, kept, search_entries
from postil.build.owners import Owners
from postil.build.written import Carried, Made, Written, stamps, tops

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page

    from postil.adapters.events import Events


def carrying(config: MkDocsConfig, events: Events, place: Path | None) -> Carrying | None:
    """What carries pages over from the site at a place; None where not all is known that pages are drawn from.

    Args:
        config: as it was loaded.
        events: our own part of the site.
        place: the folder of the last site.
    """
    if place is None or not hasattr(mkdocs_build, "_build_page") or not known.is_known(config, events):
        return None
    settings = known.settings(config)
    return None if settings is None else Carrying(config, events, place, settings)


class Carrying:
    """One build of a site that may carry pages over.

    Args:
        config: of the site.
        events: our own part of it.
        place: the folder of the last site.
        settings: what is set for the site.
    """

    def __init__(self, config: MkDocsConfig, events: Events, place: Path, settings: list[Any]) -> None:
        self._config, self._events, self._settings = config, events, settings
        self._written = Written(added_files.cache(config), place)
        self._made: dict[str, Made] = {}
        self._pages: dict[str, str] = {}  # by their files
        self._static = set[str]()
        self._base: str | None = None
        self._carried = Carried(place)

    @contextmanager
    def drawing(self) -> Iterator[None]:
        """Meanwhile a build draws only what it has to."""
        draw = mkdocs_build._build_page

        def build_page(page: Page, config: MkDocsConfig, files: Any, nav: Navigation, *rest: Any, **more: Any) -> None:
            key = self._key(page, files, nav)
            if key and self._carry(page, key):
                return
            entries = self._entries()
            before = len(entries)
            draw(page, config, files, nav, *rest, **more)
            if key:
                self._pages[page.file.dest_uri] = page.file.src_uri
                self._made[page.file.src_uri] = Made(key, entries[before:])

        mkdocs_build._build_page = build_page  # type: ignore[assignment]
        self._events.carried = self._carried
        try:
            yield
        finally:
            mkdocs_build._build_page = draw
            self._events.carried = None

    def end(self, site_dir: Path) -> list[str]:
        """Remember what this build has written, which went well.

        Args:
            site_dir: the folder that it wrote into.

        Returns:
            What is carried over, by its path inside of the site's folder: files, and folders with all in them.
        """
        rendered = self._events.rendered
        if rendered is None:
            return []
        new = stamps(site_dir)
        owners = Owners(rendered.dataset)
        for path, stamp in new.items():
            article = owners.article(path)
            page = self._pages.get(path) or (article.path if article else "")
            if page in self._made and path not in self._static:
                self._made[page].files[path] = stamp
        for page, made in self._made.items():
            made.notes = search_entries.of_page(rendered.pages[page])
        self._written.put(self._made | self._carried.pages)
        carried = {file for made in self._carried.pages.values() for file in made.files}
        return tops(carried, self._written.there, new)

    def _carry(self, page: Page, key: str) -> bool:
        made = self._written.get(page.file.src_uri, key)
        if made is None:
            return False
        self._carried.pages[page.file.src_uri] = made
        self._entries().extend(made.entries)
        return True

    def _entries(self) -> list[Any]:
        """The entries of the search index, as far as it is made."""
        index = getattr(known.search(self._config), "search_index", None)
        found = getattr(index, "entries", getattr(index, "_entries", None))
        return found if isinstance(found, list) else []

    def _key(self, page: Page, files: Any, nav: Navigation) -> str:
        """A key of all that a page is drawn from; empty where that cannot be told."""
        rendered = self._events.rendered
        if self._base is None:
            self._base = self._key_of_all(files, nav)
        path = page.file.src_uri
        if not self._base or rendered is None or fill.shows_the_site(rendered, path):
            return ""
        if page.is_homepage and self._config.theme.name != "material":  # the others tell the day of the build on it
            return ""
        digests = [entry.document.digest for entry in rendered.site.notes.get(path, ())]
        if not all(digests):
            return ""
        title = rendered.pages[path].title if path in rendered.pages else ""
        told = [self._base, path, page.url, page.title, title, page.meta, page.edit_url, page.content, page.markdown]
        return kept.key([*told, keeping.tokens(page.toc), *digests]).hex()

    def _key_of_all(self, files: Any, nav: Navigation) -> str:
        """A key of what every page is drawn from: settings, templates, menu, the data that all notes share."""
        rendered, site = self._events.rendered, self._events.preview.site
        if rendered is None or site is None or not keeping.is_known(self._config):
            return ""
        self._static = {file.dest_uri for file in site[1] if not file.is_documentation_page()}
        owners = Owners(rendered.dataset)
        told = [
            kept.installed(),
            self._settings,
            keeping.shared(rendered.site.context),
            (rendered.site.records, rendered.downloads, rendered.options, rendered.references),
            bool(rendered.dataset.articles),
            [(file.src_uri, file.url, file.page.title, file.page.meta) for file in files],
            [_entry(item) for item in nav.items],
            sorted(path for path in self._static if owners.article(path)),  # an author's own, in place of ours
        ]
        return kept.key(told).hex()


def _entry(item: Any) -> Any:
    """An entry of the menu, with those below it."""
    return type(item).__name__, item.title, getattr(item, "url", ""), [_entry(one) for one in item.children or ()]
