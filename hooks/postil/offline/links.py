"""Links, ids and pictures of a page, when the page moves into a file of its own."""

from __future__ import annotations

import html as html_library
import re
from collections.abc import Callable
from urllib.parse import unquote

from markupsafe import escape

from postil.site.urls import is_inside, path_of, resolved
from postil.text.markup import TOKEN

# (address of a page inside of the site, fragment) → the address in the file, or None where the page is not in it.
Target = Callable[[str, str], str | None]
# Path of a file inside of the site → its address in the file, or None where there is no such file.
Picture = Callable[[str], str | None]

_ATTRIBUTE = re.compile(
    r"""\s(id|href|src|srcset|for|aria-(?:details|labelledby|describedby|controls))\s*=\s*(?:"([^"]*)"|'([^']*)')""",
    re.IGNORECASE,
)
_SOURCE = re.compile(r"\ssrc=")
_ALTERNATIVE = re.compile(r'\salt="([^"]*)"')
# The link to the place of a heading in the site, which does not go along.
_PERMALINK = re.compile(r' ?<a class="headerlink".*?</a>', re.DOTALL)


def moved(html: str, url: str, target: Target, picture: Picture, prefix: str = "") -> str:
    """A page's HTML as it stands in another file.

    Args:
        html: the page's content.
        url: the page's address inside of the site.
        target: where the pages of the site are now; a link to one that is left behind becomes plain text.
        picture: where the pictures are now.
        prefix: goes before each id, so that two pages in one file have none in common.

    Returns:
        The content; permalinks of headings are taken out, pictures of other hosts are left to their
        alternative text.
    """

    def attribute(match: re.Match[str]) -> str:
        name = match[1].lower()
        value = html_library.unescape(match[2] if match[2] is not None else match[3])
        if name == "href":
            new = _address(value, url, target)
        elif name == "src":
            new = _picture(value, url, picture)
        elif name == "srcset":
            new = None  # `src` is enough
        else:
            new = " ".join(prefix + part for part in value.split())
        return "" if new is None else f' {name}="{escape(new)}"'

    def token(match: re.Match[str]) -> str:
        if match["close"] or not match["attributes"]:
            return match[0]
        attributes = _ATTRIBUTE.sub(attribute, match["attributes"])
        if match["name"].lower() == "img" and not _SOURCE.search(attributes):
            found = _ALTERNATIVE.search(attributes)
            return found[1] if found else ""
        return f"<{match['name']}{attributes}>"

    return TOKEN.sub(token, _PERMALINK.sub("", html))


def linked(html: str, url: str) -> list[str]:
    """The addresses inside of the site to which a page links, in their order."""
    found = []
    for match in _ATTRIBUTE.finditer(html):
        value = html_library.unescape(match[2] if match[2] is not None else match[3])
        if match[1].lower() == "href" and is_inside(value):
            found.append(resolved(value, url)[0])
    return list(dict.fromkeys(found))


def _picture(value: str, url: str, picture: Picture) -> str | None:
    if is_inside(value):
        return picture(path_of(resolved(value, url)[0]))
    return value if value.startswith("data:") else None


def _address(value: str, url: str, target: Target) -> str | None:
    if is_inside(value):
        page, rest = resolved(value, url)
        fragment = rest.partition("#")[2]
        new = target(page, "" if fragment.startswith(":~:") else unquote(fragment))
        return f"#{new.partition('#')[2]}" if new and value.startswith("#") else new
    return value if value.partition(":")[0].lower() in ("http", "https", "mailto") else None
