"""Each note on a page of its own, at an address that lasts: passage, note, history, the way back to the article.

A site has tens of thousands of them: what those of an article share is made once, and the rest is plain Python.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from markupsafe import escape

from postil.export import jsonld, open_graph, schema_org, shared, vocabulary
from postil.export.dataset import Dataset, script
from postil.export.feeds import title
from postil.export.frame import Frames
from postil.model.cutting import first, last, shortened
from postil.page import parts
from postil.page.note_view import NoteView
from postil.site.published import Published
from postil.site.urls import folder, moved, note_url, relative
from postil.text.words_around import beside

_ADDRESS = re.compile("href|src", re.IGNORECASE)
AROUND = 280  # code points of the article to either side of the passage


class OwnPages:
    """The own pages of an article's notes.

    Args:
        frames: what draws the theme around them.
        dataset: the site.
        article: the article.
    """

    def __init__(self, frames: Frames, dataset: Dataset, article: Published) -> None:
        self._frames, self._dataset, self._article = frames, dataset, article
        text, here = dataset.context.text, note_url(article.url, "x")  # seen from there all are alike
        file = escape(relative(f"{folder(article.url)}{jsonld.FILE}", here))
        kind, named = escape(vocabulary.MEDIA_TYPE), escape(text("data.jsonld.title"))
        # Where the annotation is as data: in the file of all of the article's, and not here once more.
        self._link = f'<link rel="alternate" type="{kind}" title="{named}" href="{file}">'
        self._data = f' · <a href="{file}">{escape(text("own.data"))}</a>'
        self._entries: dict[str, tuple[str, str]] = {}  # the links to sources, and as they are here
        self._image = open_graph.picture(dataset, article)
        self._passage = escape(relative(article.url, here))
        self._words = {name: escape(text(f"own.{name}")) for name in ("name", "embed", "beside", "previous", "next")}
        self._from = escape(text("own.in_article", title=article.title))

    def pages(self) -> Iterator[tuple[str, str]]:
        """The address of each inside of the site, and the whole page."""
        for note in self._article.page.lasting:
            yield note_url(self._article.url, note.annotation.id), self.page(note)

    def page(self, note: NoteView) -> str:
        """One whole page."""
        dataset, article = self._dataset, self._article
        here, named, about = note_url(article.url, note.annotation.id), title(note), shared.summary(dataset, note)
        return self._frames.page(
            here,
            title=named,
            heading=note.annotation.title or f"“{shortened(note.passage)}”",
            about=about,
            head=f"{self._link}{shared.head(dataset, article, note, named, about, self._image)}",
            content=self.content(note, here),
            end=f"{_data(dataset, article, note)}\n",
        )

    def content(self, note: NoteView, here: str) -> str:
        """What stands on a note's page below its heading."""
        data, text = note.annotation, self._dataset.context.text
        before, after = _around(self._article.page.text, note)
        says = f'{parts.says(note, text, has_told=True)}<p class="postil-own__by">{parts.by_whom(note, text)}</p>\n'
        if note.report:
            told = escape(text("report.link"))
            says += f'<p class="postil-own__report"><a href="{escape(note.report)}" rel="nofollow">{told}</a></p>\n'
        name, mark = ("ref", self._data) if note.number else ("note", "")
        return (
            f'<div class="postil-own {escape(note.classes)}">\n<p class="postil-own__verdict">{_finding(note)}</p>\n'
            f"{_retracted(note)}"
            f'<blockquote class="postil-own__passage">\n<p>{escape(before)}<mark class="postil-passage '
            f'{escape(note.classes)}">{escape(note.passage)}</mark>{escape(after)}</p>\n</blockquote>\n'
            f"{_claim(note, text('claimed')) if data.claimed or data.claimed_on else ''}"
            f'<p class="postil-own__from"><a href="{self._passage}#{name}-{data.id}">{self._from}</a></p>\n'
            f"{self._seen_from(here, note, says)}"
            f'<p class="postil-own__data">{self._words["name"]} '
            f"<code>{self._dataset.canonical(self._article, note)}</code>{mark}</p>\n"
            f"{self._embed(note)}"
            f'<nav class="postil-own__beside" aria-label="{self._words["beside"]}">\n{self._beside(note, here)}</nav>\n'
            "</div>"
        )

    def _seen_from(self, here: str, note: NoteView, says: str) -> str:
        """What a note says, with addresses as its own page writes them."""
        if any(_ADDRESS.search(body) for body in (note.body, *(reply.body for reply in note.replies))):
            return moved(says, self._article.url, here)
        # Nearly every note has no links but those to the entries of its sources, and notes share these.
        for citation in (*note.citations, *(one for development in note.since for one in development.citations)):
            if citation.entry and citation.entry not in self._entries:
                linked = f'href="{escape(citation.entry)}"'
                self._entries[citation.entry] = linked, moved(f"<a {linked}>", self._article.url, here)[3:-1]
            says = says.replace(*self._entries[citation.entry]) if citation.entry else says
        return says

    def _embed(self, note: NoteView) -> str:
        line = shared.line(self._dataset, self._article, note)
        if not line:
            return ""
        summary = f"<summary>{self._words['embed']}</summary>"
        return f'<details class="postil-own__embed">{summary}\n<pre><code>{escape(line)}</code></pre>\n</details>\n'

    def _beside(self, note: NoteView, here: str) -> str:
        """The ways to the notes before and after this one, where there are such."""
        notes, drawn = self._article.page.notes, []
        for number, name, rel in ((note.number - 1, "previous", "prev"), (note.number + 1, "next", "next")):
            if note.number and 1 <= number <= len(notes):
                other = notes[number - 1].annotation
                address = escape(relative(note_url(self._article.url, other.id), here))
                words = escape(other.title or notes[number - 1].passage)
                drawn.append(f'<a href="{address}" rel="{rel}"><span>{self._words[name]}</span> {words}</a>\n')
        return "".join(drawn)


def _finding(note: NoteView) -> str:
    word = parts.word(note, "strong")
    return f"{escape(note.kind)}: {word}. {escape(note.verdict.meaning)}" if note.verdict else word


def _retracted(note: NoteView) -> str:
    told = note.state.retracted
    return f'<p class="postil-note__retracted"><strong>{escape(told)}</strong></p>\n' if told else ""


def _claim(note: NoteView, label: str) -> str:
    who = f" ({escape(note.claimed_by)})" if note.claimed_by else ""
    claimed = escape(note.annotation.claimed)
    return f'<p class="postil-own__claim"><strong>{escape(label)}</strong> {claimed}{who}</p>\n'


def _around(text: str, note: NoteView) -> tuple[str, str]:
    """The words of the article before and after a passage, on its own lines, cut between words."""
    if not note.number:  # its passage is gone
        return "", ""
    before, after = beside(text, note.span.start, note.span.end)
    if len(before) > AROUND:
        before = f"… {last(before, AROUND)}"
    if len(after) > AROUND:
        after = f"{first(after, AROUND)} …"
    return before, after


def _data(dataset: Dataset, article: Published, note: NoteView) -> str:
    """The note's data for search engines: the ClaimReview of a fact check, who has looked at it."""
    made = schema_org.claim_review(dataset, article, note), schema_org.note_page(dataset, article, note)
    return "".join(script(data) for data in made if data)
