"""Each note on a page of its own, at an address that lasts: passage, note, history, the way back to the article.

The theme draws the page around a note once for each depth of address: a frame, with marks where pages differ. Here it
is cut at its marks, once, and joined with the values of each note. The theme takes some milliseconds a page, which
thousands of notes would feel.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from postil.export import jsonld, schema_org, shared
from postil.export.dataset import Dataset, script
from postil.export.feeds import title
from postil.model.problem import shortened
from postil.page.note_view import NoteView
from postil.page.templating import template
from postil.site.published import Published
from postil.site.urls import file_of, folder, moved, note_url, relative

AROUND = 280  # code points of the article to either side of the passage
_FRAME = "postil-frame"
_TITLE, _HEADING, _ABOUT, _BODY = (f"{_FRAME}-{part}" for part in ("title", "heading", "description", "content"))
_HEAD = "</head>"
_BLANK = re.compile(
    r"(<(pre|script|style|textarea)\b.*?</\2>)|\s*\n\s*", re.DOTALL | re.IGNORECASE
)  # as no reader sees it
_CONTENT = f'<p class="{_FRAME}">{_BODY}</p>'  # by the class a page is known as one with something of ours
CONTENT = f"<h1>{_HEADING}</h1>\n\n{_CONTENT}"
META = {"title": _TITLE, "description": _ABOUT, "search": {"exclude": True}, "hide": ["navigation", "toc"]}

Draw = Callable[[str, str, dict[str, Any]], tuple[str, str]]


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
        content, tag, rest = _BLANK.sub(lambda blank: blank[1] or "\n", page).rpartition("</body>")
        marks = "|".join(map(re.escape, (_CONTENT, _TITLE, _HEADING, _ABOUT, _HEAD, url)))
        return cls(url, tuple(re.split(f"({marks})", content)), tag + rest)

    def filled(self, values: Mapping[str, str], data: str) -> str:
        """The page with a value for each mark; no value is looked at again."""
        parts = [values[part] if number % 2 else part for number, part in enumerate(self.parts)]
        return "".join([*parts, data, self.end])


class Frames:
    """The theme's pages around notes, one for each depth of address.

    Args:
        draw: makes the theme draw a page: (its file inside of the site, content, front matter) → (address, HTML).
    """

    def __init__(self, draw: Draw) -> None:
        self._draw = draw
        self._drawn: dict[str, _Frame] = {}

    def page(self, dataset: Dataset, article: Published, note: NoteView) -> str:
        """A note's whole page."""
        url = note_url(article.url, note.annotation.id)
        frame = self._frame(article.url)
        values = {
            frame.url: url,
            _TITLE: str(escape(title(note))),
            _HEADING: str(escape(note.annotation.title or f"“{shortened(note.passage)}”")),
            _ABOUT: html.escape(shared.summary(dataset, note)),
            _HEAD: f"{_link(dataset, article)}{shared.head(dataset, article, note)}{_HEAD}",
            _CONTENT: content(dataset, article, note),
        }
        return frame.filled(values, f"{_data(dataset, article, note)}\n")

    def _frame(self, article: str) -> _Frame:
        url = frame_url(article)
        if url not in self._drawn:
            drawn, page = self._draw(file_of(url), CONTENT, META)
            self._drawn[url] = _Frame.of(drawn, page)
        return self._drawn[url]


def frame_url(article: str) -> str:
    """The address of the frame for all pages as deep as the article's: its links lead to the root, and down again."""
    parts = note_url(article, _FRAME).split("/")
    return "/".join([*(part and _FRAME for part in parts[:-2]), *parts[-2:]])


def content(dataset: Dataset, article: Published, note: NoteView) -> str:
    """What stands on a note's page below its heading."""
    here = note_url(article.url, note.annotation.id)
    before, after = _around(article.page.text, note)
    page = template("note/own_page").render(
        note=note,
        text=dataset.context.text,
        article=article,
        passage=relative(article.url, here),
        before=before,
        after=after,
        beside=[_beside(article, note.number - 1, here), _beside(article, note.number + 1, here)],
        data=relative(f"{folder(article.url)}{jsonld.FILE}", here),
        canonical=dataset.canonical(article, note),
        embed=shared.line(dataset, article, note),
        moved=lambda html: Markup(moved(html, article.url, here)),  # noqa: S704 (it is HTML)
    )
    return page.strip()


def _beside(article: Published, number: int, here: str) -> tuple[NoteView, str] | None:
    """The note with this number and the address of its page as the page `here` writes it, if there is one."""
    if not 1 <= number <= len(article.page.notes):
        return None
    note = article.page.notes[number - 1]
    return note, relative(note_url(article.url, note.annotation.id), here)


def _around(text: str, note: NoteView) -> tuple[str, str]:
    """The words of the article before and after a passage, on its own lines, cut between words."""
    before = text[text.rfind("\n", 0, note.span.start) + 1 : note.span.start]
    after = text[note.span.end :].partition("\n")[0]
    if len(before) > AROUND:
        before = f"… {before[-AROUND:].partition(' ')[2]}"
    if len(after) > AROUND:
        after = f"{after[:AROUND].rpartition(' ')[0]} …"
    return before, after


def _link(dataset: Dataset, article: Published) -> str:
    """Where the annotation is as data: in the file of all of the article's, and not here once more."""
    title = escape(dataset.context.text("data.jsonld.title"))
    file = escape(relative(f"{folder(article.url)}{jsonld.FILE}", note_url(article.url, _FRAME)))
    return f'<link rel="alternate" type="{escape(jsonld.MEDIA_TYPE)}" title="{title}" href="{file}">'


def _data(dataset: Dataset, article: Published, note: NoteView) -> str:
    """The note's data for search engines: the ClaimReview of a fact check, who has looked at it."""
    made = schema_org.claim_review(dataset, article, note), schema_org.note_page(dataset, article, note)
    return "".join(script(data) for data in made if data)
