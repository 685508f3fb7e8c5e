"""What a page gets where it says `<!-- postil: NAME -->`; a page of the author's own may use any of the names."""

from __future__ import annotations

import re
from dataclasses import replace

from postil.text.markup import ids
from postil.views import claims, files, notes, records  # noqa: F401 (each makes its views known)
from postil.views.listing import Listing
from postil.views.registry import TELLING, VIEWS

DIRECTIVE = re.compile(r"<!-- *postil: *([a-z]+)(?: +([a-z-]+))? *-->")


def fill(listing: Listing, url: str, html: str) -> tuple[str, set[str]]:
    """A page with every directive replaced; an unknown one stays, as the comment that it is.

    Args:
        listing: the site.
        url: the address of the page inside of the site.
        html: its content.

    Returns:
        The content, and the ids that it has if anything was filled in.
    """
    seen = replace(listing, url=url)

    def draw(match: re.Match[str]) -> str:
        view = VIEWS.get(match[1])
        return str(view(seen, match[2] or "")) if view else match[0]

    filled = DIRECTIVE.sub(draw, html)
    return filled, set(ids(filled)) if filled != html else set()


def has(html: str, name: str) -> bool:
    """Whether a page says that it gets this view."""
    return any(match[1] == name for match in DIRECTIVE.finditer(html))


def may_tell(html: str) -> bool:
    """Whether a mistake of the author's may show only when this page is filled."""
    return any(match[1] in TELLING for match in DIRECTIVE.finditer(html))
