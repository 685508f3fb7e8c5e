"""Each note on a page of its own, at an address that lasts: passage, note, history, the way back to the article."""

from __future__ import annotations

from markupsafe import Markup, escape

from postil.export import jsonld, schema_org, shared
from postil.export.dataset import Dataset, script
from postil.export.feeds import title
from postil.export.frame import Frames
from postil.export.selectors import beside
from postil.model.cutting import first, last, shortened
from postil.page.note_view import NoteView
from postil.page.templating import template
from postil.site.published import Published
from postil.site.urls import folder, moved, note_url, relative

AROUND = 280  # code points of the article to either side of the passage


def page(frames: Frames, dataset: Dataset, article: Published, note: NoteView) -> str:
    """A note's whole page.

    Args:
        frames: what draws the theme around it.
        dataset: the site.
        article: the one that the note is on.
        note: with its place in the article.
    """
    return frames.page(
        note_url(article.url, note.annotation.id),
        title=title(note),
        heading=note.annotation.title or f"“{shortened(note.passage)}”",
        about=shared.summary(dataset, note),
        head=f"{_link(dataset, article)}{shared.head(dataset, article, note)}",
        content=content(dataset, article, note),
        end=f"{_data(dataset, article, note)}\n",
    )


def content(dataset: Dataset, article: Published, note: NoteView) -> str:
    """What stands on a note's page below its heading."""
    here = note_url(article.url, note.annotation.id)
    before, after = _around(article.page.text, note)
    drawn = template("note/own_page").render(
        note=note,
        text=dataset.context.text,
        article=article,
        passage=relative(article.url, here),
        before=before,
        after=after,
        beside=[_beside(article, note.number + step, here) if note.number else None for step in (-1, 1)],
        data=relative(f"{folder(article.url)}{jsonld.FILE}", here),
        canonical=dataset.canonical(article, note),
        embed=shared.line(dataset, article, note),
        moved=lambda html: Markup(moved(html, article.url, here)),  # noqa: S704 (it is HTML)
    )
    return drawn.strip()


def _beside(article: Published, number: int, here: str) -> tuple[NoteView, str] | None:
    """The note with this number and the address of its page as the page `here` writes it, if there is one."""
    if not 1 <= number <= len(article.page.notes):
        return None
    note = article.page.notes[number - 1]
    return note, relative(note_url(article.url, note.annotation.id), here)


def _around(text: str, note: NoteView) -> tuple[str, str]:
    """The words of the article before and after a passage, on its own lines, cut between words."""
    if not note.number:  # its passage is gone
        return "", ""
    before, after = beside(text, note.span)
    if len(before) > AROUND:
        before = f"… {last(before, AROUND)}"
    if len(after) > AROUND:
        after = f"{first(after, AROUND)} …"
    return before, after


def _link(dataset: Dataset, article: Published) -> str:
    """Where the annotation is as data: in the file of all of the article's, and not here once more."""
    title = escape(dataset.context.text("data.jsonld.title"))
    file = escape(relative(f"{folder(article.url)}{jsonld.FILE}", note_url(article.url, "x")))
    return f'<link rel="alternate" type="{escape(jsonld.MEDIA_TYPE)}" title="{title}" href="{file}">'


def _data(dataset: Dataset, article: Published, note: NoteView) -> str:
    """The note's data for search engines: the ClaimReview of a fact check, who has looked at it."""
    made = schema_org.claim_review(dataset, article, note), schema_org.note_page(dataset, article, note)
    return "".join(script(data) for data in made if data)
