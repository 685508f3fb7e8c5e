"""Which pages a build fills: all, or where nothing shall be written those at which a mistake may yet show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postil.views.fill import may_tell

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

    from postil.adapters.events import Events


def to_fill(events: Events, config: MkDocsConfig, files: Files) -> list[Page]:
    """The pages whose content somebody looks at, once they are filled.

    Without a reader that is the check of links that lead to a place on a page, other plug-ins, and a view that reads a
    file of the author's.
    """
    pages = [file.page for file in files.documentation_pages() if file.page]
    is_alone = all(getattr(method, "__self__", None) is events for method in config.plugins.events["env"])
    if not events.stops_early or not is_alone:
        return pages
    linked = {target for page in pages for target in page.links_to_anchors or ()}
    return [page for page in pages if page.file in linked or may_tell(page.content or "")]
