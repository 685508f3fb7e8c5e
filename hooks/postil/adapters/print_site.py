"""print-site, which puts all pages on one: it makes links within a page unique, and the ids of headings only."""

from __future__ import annotations

import re
from typing import Any

_NAME = "print-site"
# The ids of notes and passages, and what refers to them other than by a link; headings and lists the plug-in mends.
_ID = re.compile(
    r"(<(?!h[1-6]\b|li\b|sup\b)[^<>]*?\s(?:id|aria-details|aria-labelledby|popovertarget|for)=\")((?:note|ref)-[^\"]*)"
)


def give(plugins: Any, page: Any) -> None:
    """Let print-site print a page as it is now, filled, with ids that no other page has; nothing without it.

    Args:
        plugins: of the site.
        page: of MkDocs, on which the plug-in has kept its content.
    """
    if _NAME in plugins and hasattr(page, "html"):
        from mkdocs_print_site_plugin.urls import get_page_key

        page.html = unique(page.content or "", f"{get_page_key(page.url)}-")


def unique(html: str, prefix: str) -> str:
    """A page's content with the prefix before each id of a note and of a passage."""
    while True:  # an element may have several such attributes
        changed = _ID.sub(lambda found: f"{found[1]}\0{prefix}{found[2]}", html)
        if changed == html:
            return html.replace("\0", "")
        html = changed
