"""Faults of Material's pages that a page with notes puts right: what the theme draws, by its own marks in the HTML."""

from __future__ import annotations

from html import escape

_SEARCH = 'data-md-component="search" role="dialog"'


def mended(html: str, search: str) -> str:
    """A whole page whose search dialog has a name.

    Args:
        html: as the theme drew it.
        search: the name, in the language of the interface.
    """
    return html.replace(_SEARCH, f'{_SEARCH} aria-label="{escape(search)}"')
