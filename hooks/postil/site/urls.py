"""Addresses inside of a site. An address is not a path: it is percent-encoded, and a file has a name.

Every address here is relative to the address of the site, percent-encoded, a folder with a slash at its end (`a/x/`, an
empty text for the root), as MkDocs writes it. `path_of` is the one place where the encoding is undone, `url_of` the one
where it is done.
"""

from __future__ import annotations

import html as html_library
import posixpath
import re
from collections.abc import Callable
from functools import lru_cache
from urllib.parse import quote, unquote, urljoin, urlsplit

from markupsafe import escape

from postil.text.markup import TOKEN, ids

_ROOT = "https://site.invalid/"  # stands for the site while addresses are joined; it never comes out
_WRITTEN = "%:/?#[]@!$&'()*+,;=~"  # what is encoded already stays
_LINK = re.compile(r"""(\s(?:href|src)\s*=\s*)(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)


def url_of(path: str) -> str:
    """The address of a file, from its path inside of the site's folder, with slashes."""
    return quote(path)


def uri_of(address: str) -> str:
    """An address as people type it → one of ASCII alone (RFC 3987, 3.1): feeds and data allow no other."""
    try:
        parts = urlsplit(address)
        host = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode()
    except ValueError:  # no host that there can be
        return quote(address, safe=_WRITTEN)
    return quote(parts._replace(netloc=host).geturl(), safe=_WRITTEN)


def path_of(url: str) -> str:
    """The path inside of the site's folder that a web server looks up for an address."""
    return unquote(url.partition("#")[0].partition("?")[0])


def file_of(url: str) -> str:
    """The path of a page's file inside of the site's folder."""
    return path_of(f"{url}index.html" if not url or url.endswith("/") else url)


def folder(url: str) -> str:
    """The address of the folder of a page's own files.

    `a/x/` and `a/x.html` → `a/x/`; `index.html` → the root, an empty text.
    """
    if not url or url.endswith("/"):
        return url
    stem = posixpath.splitext(url)[0]
    return stem.removesuffix("index") if posixpath.basename(stem) == "index" else f"{stem}/"


def note_url(article: str, note: str) -> str:
    """The address of a note's own page; it ends as the article's address ends."""
    return f"{folder(article)}notes/{note}{'/' if not article or article.endswith('/') else '.html'}"


def relative(url: str, base: str) -> str:
    """The address `url` as a page at `base` writes it."""
    here, there = base.split("/")[:-1], url.split("/")
    same, most = 0, min(len(here), len(there) - 1)
    while same < most and here[same] == there[same]:
        same += 1
    return "../" * (len(here) - same) + "/".join(there[same:]) or "./"


@lru_cache(1024)  # the notes of an article name the same addresses
def is_inside(address: str) -> bool:
    """Whether an address that a page writes leads to a place of its own site, seen from the page."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return not parts.scheme and not parts.netloc and not address.startswith("/")


@lru_cache(1024)
def resolved(address: str, base: str) -> tuple[str, str]:
    """Where an address leads that the page at `base` writes.

    Args:
        address: one that `is_inside`, percent-encoded or as an author wrote it.
        base: the address of the page.

    Returns:
        The address inside of the site, percent-encoded; and what follows it from `?` or `#` on, as it was.
    """
    path, rest = re.fullmatch(r"([^?#]*)(.*)", address, re.DOTALL).groups()  # type: ignore[union-attr]
    there = urljoin(_ROOT + base, path.replace("\\", "%5C")).removeprefix(_ROOT) if path else base
    return quote(unquote(there)), rest


def rewritten(html: str, change: Callable[[str], str]) -> str:
    """A fragment with each `href` and `src` changed.

    Args:
        html: the fragment.
        change: from the address, character references resolved, to another; the same one leaves the bytes alone.
    """

    def link(match: re.Match[str]) -> str:
        address = html_library.unescape(match[2] if match[2] is not None else match[3])
        new = change(address)
        return match[0] if new == address else f'{match[1]}"{escape(new)}"'

    return TOKEN.sub(lambda token: _LINK.sub(link, token[0]) if token["attributes"] else token[0], html)


def elsewhere(page: str, old: str, new: str) -> str:
    """A whole page that was made for the address `old`, for use at `new`: links lead where they led, or to itself."""

    def link(address: str) -> str:
        if not is_inside(address):
            return address
        there, rest = resolved(address, old)
        return address if there == old else f"{relative(there, new)}{rest}"

    return page if old == new else rewritten(page, link)


def moved(html: str, old: str, new: str, site_url: str = "") -> str:
    """A fragment of the page `old` as another page shows it: links that were seen from there lead to the same places.

    Args:
        html: the fragment.
        old: the address of its page.
        new: the address of the page that shows it.
        site_url: the address of the site, to make links absolute; without it they are relative to `new`.
    """
    own = set(ids(html))

    def link(address: str) -> str:
        if not is_inside(address) or (address.startswith("#") and address[1:] in own):
            return address
        there, rest = resolved(address, old)
        return f"{site_url + there if site_url else relative(there, new)}{rest}"

    return rewritten(html, link)
