"""The site's menu, without the made pages that have nothing to show yet."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from mkdocs.structure.nav import Section

if TYPE_CHECKING:
    from mkdocs.structure import StructureItem
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page


def leave_out(nav: Navigation, is_empty: Callable[[Page], bool]) -> None:
    """Take pages out of a navigation, with the sections that have nothing else; they stay in the site.

    Args:
        nav: of the site; it is changed.
        is_empty: whether to take a page out.
    """
    gone = [page for page in nav.pages if is_empty(page)]
    if not gone:
        return
    nav.items = _kept(nav.items, gone)
    nav.pages = [page for page in nav.pages if page not in gone]
    for page in gone:
        page.previous_page = page.next_page = None
    for before, page, after in zip([None, *nav.pages], nav.pages, [*nav.pages[1:], None], strict=False):
        page.previous_page, page.next_page = before, after


def _kept(items: list[StructureItem], gone: list[Page]) -> list[StructureItem]:
    for item in items:
        if isinstance(item, Section):
            item.children = _kept(item.children, gone)
    return [item for item in items if item not in gone and not (isinstance(item, Section) and not item.children)]
