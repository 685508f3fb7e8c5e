"""The theme's page around what has no page of the site: a note, a further part of a long table.

The theme draws it once for each depth of address: a frame, with marks where pages differ. Here it is cut at its marks,
once, and joined with the values of each page. The theme takes some milliseconds a page, which thousands of notes would
feel.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import escape

from postil.site.urls import file_of

_FRAME = "postil-frame"
_TITLE, _HEADING, _ABOUT, _BODY = (f"{_FRAME}-{part}" for part in ("title", "heading", "description", "content"))
_HEAD = "</head>"
_CONTENT = f'<p class="{_FRAME}">{_BODY}</p>'  # by the class a page is known as one with something of ours
_SMALLER = re.compile(rf"<p class=[\"']?{_FRAME}[\"']?>{_BODY}(?:</p>)?")  # as a plug-in may have made it
_BLANK = re.compile(r"(<(pre|script|style|textarea)\b.*?</\2>)|\s*\n\s*", re.DOTALL | re.IGNORECASE)  # read as a space
CONTENT = f"<h1>{_HEADING}</h1>\n\n{_CONTENT}"
META = {"title": _TITLE, "description": _ABOUT, "search": {"exclude": True}, "hide": ["navigation", "toc"]}

Draw = Callable[[str, str, dict[str, Any]], tuple[str, str]]
Finish = Callable[[str, str], str]  # (a file inside of the site, HTML in it) → the HTML as it is published


@dataclass(frozen=True)
class _Frame:
    """A page of the theme, cut.

    Attributes:
        url: the address that it had inside of the site; itself one of the marks.
        parts: in turn the theme's own text and a mark.
        end: what follows the content of the body.
    """

    url: str
    parts: tuple[str, ...]
    end: str

    @classmethod
    def of(cls, url: str, page: str) -> _Frame:
        page = _SMALLER.sub(_CONTENT, page)
        content, tag, rest = _BLANK.sub(lambda blank: blank[1] or "\n", page).rpartition("</body>")
        marks = "|".join(map(re.escape, (_CONTENT, _TITLE, _HEADING, _ABOUT, _HEAD, url)))
        return cls(url, tuple(re.split(f"({marks})", content)), tag + rest)

    def filled(self, values: Mapping[str, str], end: str) -> str:
        """The page with a value for each mark; no value is looked at again."""
        parts = [values[part] if number % 2 else part for number, part in enumerate(self.parts)]
        return "".join([*parts, end, self.end])


class Frames:
    """The theme's pages, one for each depth of address.

    Args:
        draw: makes the theme draw a page: (its file inside of the site, content, front matter) → (address, HTML).
        finish: what other plug-ins do with what notes show, if anything.
    """

    def __init__(self, draw: Draw, finish: Finish | None = None) -> None:
        self._draw = draw
        self.finish: Finish = finish or (lambda _, html: html)
        self._drawn: dict[str, _Frame] = {}

    def page(
        self, url: str, *, title: str, heading: str, content: str, about: str = "", head: str = "", end: str = ""
    ) -> str:
        """A whole page.

        Args:
            url: its address inside of the site.
            title: text, as the window has it.
            heading: text.
            content: HTML below the heading.
            about: text, for those who list the page.
            head: HTML at the end of the head.
            end: HTML at the end of the body.
        """
        frame = self._frame(url)
        values = {
            frame.url: url,
            _TITLE: str(escape(title)),
            _HEADING: str(escape(heading)),
            _ABOUT: str(escape(about)),
            _HEAD: f"{head}{_HEAD}",
            _CONTENT: content,
        }
        return frame.filled(values, end)

    def _frame(self, url: str) -> _Frame:
        place = frame_url(url)
        if place not in self._drawn:
            drawn, page = self._draw(file_of(place), CONTENT, META)
            self._drawn[place] = _Frame.of(drawn, page)
        return self._drawn[place]


def frame_url(page: str) -> str:
    """The address of the frame for all pages as deep as this one: its links lead to the root, and down again."""
    return f"{_FRAME}/" * page.count("/") + ("" if page.endswith("/") else f"{_FRAME}.html")
