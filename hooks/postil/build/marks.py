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
    """

    path: str
    html: str
    title: str = ""
    meta: Mapping[str, Any] = field(default_factory=dict)
    links: tuple[str, ...] = ()


def marked(content: Content) -> str:
    """The content of a page between its marks."""
    told = {"path": content.path, "title": content.title, "meta": dict(content.meta), "links": content.links}
    data = base64.b64encode(json.dumps(told, default=str).encode()).decode()  # has no signs that end a comment
    return f"{_BEGIN}{data}-->{content.html}{_END}"


def split(page: str) -> tuple[str, Content, str] | None:
    """A whole page → what comes before its content, the content, and what comes after it.

    Where other pages are quoted in it (the index of a blog), the content is the outermost, and their marks are gone.

    Returns:
        None for a page that no Markdown was rendered for.
    """
    marks = list(_outermost(page))
    if len(marks) != 1:
        return None
    begin, end = marks[0]
    told = json.loads(base64.b64decode(begin[1]))
    html = unmarked(page[begin.end() : end.start()])
    content = Content(told["path"], html, told["title"], told["meta"], tuple(told["links"]))
    return page[: begin.start()], content, page[end.end() :]


def unmarked(page: str) -> str:
    """A page without any marks."""
    return _MARK.sub("", page)


def _outermost(page: str) -> Iterator[tuple[re.Match[str], re.Match[str]]]:
    begun: list[re.Match[str]] = []
    for mark in _MARK.finditer(page):
        if mark[1] is not None:
            begun.append(mark)
        elif begun and (begin := begun.pop()) and not begun:
            yield begin, mark
