"""A note on the pages of others: what a link to it shows (Open Graph), and a small page for a frame (oEmbed 1.0)."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from postil.export import open_graph
from postil.export.dataset import Dataset, filled
from postil.export.feeds import title
from postil.model.cutting import beginning, shortened
from postil.page.note_view import NoteView
from postil.page.templating import template
from postil.site.published import Published
from postil.site.urls import folder, note_url
from postil.text.sentences import sentences

OEMBED_TYPE = "application/json+oembed"
WIDTH, HEIGHT = 480, 320  # of the frame, in pixels of CSS; it scrolls where the note is longer
# A space changes nothing in a list of words. Material's script looks for `[rel=alternate]` to the letter, and would ask
# for a site map beside the file.
_LINK = Markup('<link rel="alternate " type="{}" title="{}" href="{}">')
_FRAME = Markup(
    '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy" style="border:0;max-width:100%"></iframe>'
)


def embed_url(article: str, note: str) -> str:
    """The address of the small page of a note; it ends as the article's address ends."""
    own = note_url(article, note)
    return f"{own}embed/" if own.endswith("/") else f"{folder(own)}embed.html"


def oembed_url(article: str, note: str) -> str:
    """The address of the file that says how the small page is shown."""
    return f"{folder(note_url(article, note))}oembed.json"


def summary(dataset: Dataset, note: NoteView, limit: int = 300) -> str:
    """The verdict or the kind, then the first sentence of the note; of one that was taken back why."""
    if note.state.retracted:
        return beginning(note.state.retracted, limit)
    first = note.said.strip().partition("\n")[0]
    start, end = next(sentences(first, 0, len(first), dataset.language), (0, len(first)))
    return beginning(f"{note.heading}. {first[start:end].strip()}", limit)


def head(dataset: Dataset, article: Published, note: NoteView, title: str, summary: str, image: str) -> str:
    """What the head of a note's own page tells those who show a link to it (ogp.me; Twitter reads the same).

    Args:
        dataset: the site.
        article: the one that the note is on.
        note: the note.
        title: its own (`feeds.title`).
        summary: of the function `summary`.
        image: the whole address of the article's picture (`open_graph.picture`), or an empty text.
    """
    own, named = note_url(article.url, note.annotation.id), beginning(title, 200)
    told = open_graph.tags(open_graph.Card(named, summary, dataset.absolute(own), dataset.site_name, image))
    if dataset.site_url:
        address = dataset.absolute(oembed_url(article.url, note.annotation.id))
        told += str(_LINK.format(OEMBED_TYPE, named, address))
    return told


def embed(dataset: Dataset, article: Published, note: NoteView) -> str:
    """The small page of a note: no script, nothing to load, a few kilobytes; its links leave the frame."""
    page = template("note/embed").render(
        note=note,
        text=dataset.context.text,
        language=dataset.language,
        site=dataset.site_name,
        title=beginning(title(note), 200),
        passage=shortened(note.passage, 240),
        says=summary(dataset, note, 400) if note.state.retracted else _says(note),
        own=f"{dataset.site_url}{note_url(article.url, note.annotation.id)}",
    )
    return page.strip() + "\n"


def _says(note: NoteView) -> str:
    """The first paragraph of the note, cut between words where it is long."""
    first = note.said.strip().partition("\n")[0]
    return beginning(first, 400)


def line(dataset: Dataset, article: Published, note: NoteView) -> str:
    """The HTML by which another page shows the note; an empty text where the address of the site is not known."""
    if not dataset.site_url:
        return ""
    address = f"{dataset.site_url}{embed_url(article.url, note.annotation.id)}"
    return str(_FRAME.format(address, beginning(title(note), 200), WIDTH, HEIGHT))


def oembed(dataset: Dataset, article: Published, note: NoteView) -> dict[str, Any] | None:
    """How the small page is shown (oEmbed 1.0, 2.3.4.4); None where the address of the site is not known."""
    frame = line(dataset, article, note)
    if not frame:
        return None
    return filled(
        {
            "version": "1.0",
            "type": "rich",
            "title": beginning(title(note), 200),
            "author_name": dataset.author(note).name,
            "author_url": dataset.author(note).url,
            "provider_name": dataset.site_name,
            "provider_url": dataset.site_url,
            "html": frame,
            "width": WIDTH,
            "height": HEIGHT,
        }
    )
