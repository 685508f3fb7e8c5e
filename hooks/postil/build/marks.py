"""Where a page's own content stands in a file that a generator has left: between two comments, with what it is.

The extension `adapters.marking` writes them while the page is rendered; a published page has none.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

_BEGIN, _END = "<!--postil-page ", "<!--/postil-page-->"
_MARK = re.compile(r"<!--postil-page ([A-Za-z0-9+/=]*)-->|<!--/postil-page-->")


@dataclass(frozen=True)
class Content:
    """What a generator has told of a page while it rendered it.

    Attributes:
        path: of its Markdown inside of docs/, with slashes.
        html: its content, without the marks.
        title: of the page.
        meta: its front matter.
        links: each address that its Markdown names, as its author wrote it.
        url: its address inside of the site, where the generator knows it by then.
    """

    path: str
    html: str
    title: str = ""
    meta: Mapping[str, Any] = field(default_factory=dict)
    links: tuple[str, ...] = ()
    url: str | None = None


def marked(content: Content) -> str:
    """The content of a page between its marks."""
    told = {name: getattr(content, name) for name in ("path", "title", "links", "url")} | {"meta": dict(content.meta)}
    data = base64.b64encode(json.dumps(told, default=str).encode()).decode()  # has no signs that end a comment
    return f"{_BEGIN}{data}-->{content.html}{_END}"


def split(page: str, url: str) -> tuple[str, Content, str] | None:
    """A whole page → what comes before its content, the content, and what comes after it; none of them has marks.

    Where other pages are quoted in it (the index of a blog), they are no content of their own.

    Args:
        page: as the generator has written it.
        url: its address inside of the site.

    Returns:
        None for a page that has no Markdown of its own.
    """
    for begin, end in _outermost(page):
        told = json.loads(base64.b64decode(begin[1]))
        if told["url"] in (None, url):
            html = unmarked(page[begin.end() : end.start()])
            content = Content(told["path"], html, told["title"], told["meta"], tuple(told["links"]), told["url"])
            return unmarked(page[: begin.start()]), content, unmarked(page[end.end() :])
    return None


def unmarked(page: str) -> str:
    """A page without any marks."""
    return _MARK.sub("", page)


def is_marked(page: str) -> bool:
    """Whether a page has any marks."""
    return _MARK.search(page) is not None


def _outermost(page: str) -> Iterator[tuple[re.Match[str], re.Match[str]]]:
    """The marks of each content that is in no other; an excerpt may lack its end."""
    begun: list[re.Match[str]] = []
    for mark in _MARK.finditer(page):
        if mark[1] is not None:
            begun.append(mark)
        elif begun and (begin := begun.pop()) and not begun:
            yield begin, mark
