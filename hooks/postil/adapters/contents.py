"""The content of pages, from one event of a build to the next: in parts while nobody wants it, bare for the search.

What a build calls is imported where it is called, as in `events`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from postil.adapters.derived import Make, derive, make_of

if TYPE_CHECKING:
    from mkdocs.structure.pages import Page

    from postil.build.rendered import RenderedPage, RenderedSite


class _Drawn(NamedTuple):
    """The content of the page that the theme draws, while search plug-ins see it without notes, and what makes it."""

    make: Make | None
    html: str


class Contents:
    """The contents of one build's pages."""

    def __init__(self) -> None:
        self._rendered: Page | None = None
        self._drawn: _Drawn | None = None

    def rendered(self, page: Page) -> None:
        """A page has been rendered; other plug-ins may yet make another of it."""
        self._rendered = page

    def put_away(self, pages: Mapping[str, RenderedPage]) -> None:
        """Hold the content of the page that was rendered last in its parts, if no plug-in has made another of it."""
        page, self._rendered = self._rendered, None
        known = pages.get(page.file.src_uri) if page is not None else None
        if page is not None and known is not None and known.own is None and page.content == known.html:
            derive(page, lambda: known.html)

    def fill(self, site: RenderedSite, page: Page) -> None:
        """Fill in what is known only when all pages are rendered."""
        from postil.build.fill import filled, shows_the_site, views, whole

        path = page.file.src_uri
        if make_of(page) and not shows_the_site(site, path):
            derive(page, lambda: whole(site, path))
            return
        html, anchors = filled(site, views(site), path, page.content or "")
        page.content, page.present_anchor_ids = html, (page.present_anchor_ids or set()) | anchors

    def take_notes_out(self, site: RenderedSite, page: Page) -> None:
        """Let search plug-ins see a page that is drawn without its notes: they become entries of their own."""
        from postil.build.fill import bare_of, without_notes

        make, html, path = make_of(page), page.content or "", page.file.src_uri
        bare = bare_of(site, path) if make else without_notes(site, path, html)
        self._drawn = None
        if bare is not None:
            self._drawn, page.content = _Drawn(make, html), bare

    def put_notes_back(self, page: Page, *, marked: bool) -> None:
        """Let the theme see it whole.

        Args:
            page: the page.
            marked: whether notes are written on it, in a live preview.
        """
        if self._drawn is not None:
            page.content = self._drawn.html
        if marked:
            from postil.editing.server import marked as with_marks

            page.content = with_marks(page.content or "")
            if self._drawn is not None:
                self._drawn = self._drawn._replace(html=page.content)

    def let_go(self, page: Page) -> None:
        """Hold the content of a page that has been drawn in its parts again."""
        drawn, self._drawn = self._drawn, None
        if drawn is not None and drawn.make is not None and page.content is drawn.html:
            derive(page, drawn.make)
