"""Material's pages: what the theme gets wrong where there are notes, and what a note's own page does without.

All of it goes by the theme's own marks in the HTML and settings; other themes have none of them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

_SEARCH = 'data-md-component="search" role="dialog"'
_SETTINGS = re.compile(r'(<script id="__config" type="application/json">)(.*?)(</script>)', re.DOTALL)
_MENU = re.compile(r'<label [^>]*\bfor="__drawer">.*?</label>\s*', re.DOTALL)  # the button, and what closes the drawer
_EMPTY_FOOT = re.compile(r'<footer class="md-footer">(?:\s|</?div[^>]*>)*</footer>\s*')
_CHOICE = re.compile(r"<script>var palette=__md_get\(.*?</script>", re.DOTALL)


def mended(html: str, search: str) -> str:
    """A whole page whose search dialog has a name.

    Args:
        html: as the theme drew it.
        search: the name, in the language of the interface.
    """
    return html.replace(f"{_SEARCH}>", f'{_SEARCH} aria-label="{escape(search)}">')


@contextmanager
def small(config: MkDocsConfig) -> Iterator[None]:
    """While the theme draws a page without a menu: no search dialog in the header, nothing that needs the other pages.

    Without `navigation.instant` a link of the small page loads the next page whole, with its search.
    """
    features = config.theme.get("features")
    search: Any = getattr(config.plugins.get("material/search"), "config", {"enabled": False})
    was_enabled = search["enabled"]
    told = config.extra.get("generator")
    if features:
        config.theme["features"] = [name for name in features if not name.startswith("navigation.")]
    search["enabled"] = config.extra["generator"] = False
    try:
        yield
    finally:
        search["enabled"], config.extra["generator"] = was_enabled, told
        if features:
            config.theme["features"] = features


def without_menu(html: str) -> str:
    """A page without the button of the menu, and what closes it."""
    return _MENU.sub("", html)


def trimmed(html: str) -> str:
    """Such a page without the button of the menu, and what serves a search or a choice of colours that it has not."""
    html = _EMPTY_FOOT.sub("", without_menu(html))
    if 'data-md-component="palette"' not in html:
        html = _CHOICE.sub("", html)
    return _SETTINGS.sub(lambda script: f"{script[1]}{_without_search(script[2])}{script[3]}", html)


def _without_search(settings: str) -> str:
    known = json.loads(settings)
    words = known.get("translations", {})
    known["translations"] = {name: text for name, text in words.items() if not name.startswith(("search.", "select."))}
    kept = {name: value for name, value in known.items() if value is not None}
    return json.dumps(kept, separators=(",", ":")).replace("<", "\\u003c")
