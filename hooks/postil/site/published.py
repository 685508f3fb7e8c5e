"""An article as it came out, and the addresses of what belongs to it."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from postil.model.source import Source
from postil.page.annotate import AnnotatedPage
from postil.text.markup import ids

_LINK = re.compile(r"""(\s(?:href|src)=)(["'])([^"']*)\2""")
_ROOT = "https://site.invalid/"  # stands for the site while addresses are joined; it never comes out


@dataclass(frozen=True)
class Published:
    """An article as it came out.

    Attributes:
        path: inside of docs/.
        url: inside of the site.
        title: of the page.
        page: with its notes.
        description: of the page, or an empty text.
        based_on: the works that the article retells or reprints, as its front matter says.
    """

    path: str
    url: str
    title: str
    page: AnnotatedPage
    description: str = ""
    based_on: tuple[Source, ...] = ()

    @property
    def name(self) -> str:
        """The path without its ending: by this name the article's notes are known for good."""
        return posixpath.splitext(self.path)[0]


def folder(url: str) -> str:
    """The folder of a page's own files: `a/x/` and `a/x.html` → `a/x/`, `index.html` → the root, an empty text."""
    if not url or url.endswith("/"):
        return url
    stem = posixpath.splitext(url)[0]
    return stem.removesuffix("index") if posixpath.basename(stem) == "index" else f"{stem}/"


def note_url(article: str, note: str) -> str:
    """The address of a note's own page inside of the site; it ends as the article's address ends."""
    return f"{folder(article)}notes/{note}{'/' if not article or article.endswith('/') else '.html'}"


def file_of(url: str) -> str:
    """The file of a page inside of the site's folder."""
    return f"{url}index.html" if not url or url.endswith("/") else url


def relative(url: str, base: str) -> str:
    """The address `url` as a page at `base` writes it; both are inside of the site, a folder ends with a slash."""
    here, there = base.split("/")[:-1], url.split("/")
    same = len(posixpath.commonprefix([here, there[:-1]]))
    return "../" * (len(here) - same) + "/".join(there[same:]) or "./"


def moved(html: str, old: str, new: str, site_url: str = "") -> str:
    """A fragment of the page `old` as another page shows it: links that were seen from there lead to the same places.

    Args:
        html: the fragment.
        old: the address of its page inside of the site.
        new: the address of the page that shows it.
        site_url: the address of the site, to make links absolute; without it they are relative to `new`.
    """
    own = ids(html)

    def link(match: re.Match[str]) -> str:
        address = match[3]
        try:
            parts = urlsplit(address)
        except ValueError:
            return match[0]
        if parts.scheme or address.startswith("/") or (address.startswith("#") and address[1:] in own):
            return match[0]
        there = urljoin(_ROOT + old, address).removeprefix(_ROOT)
        path, mark, rest = re.fullmatch(r"([^?#]*)([?#]?)(.*)", there, re.DOTALL).groups()  # type: ignore[union-attr]
        return f"{match[1]}{match[2]}{site_url + path if site_url else relative(path, new)}{mark}{rest}{match[2]}"

    return _LINK.sub(link, html)
