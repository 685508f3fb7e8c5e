"""Notes in the file format of Hypothesis's client, which its *Import* reads.

The client takes `target`, `tags`, `text`, `uri` and `document` of each annotation and leaves the rest. So the verdict,
the finding and the sources are words of `text` there, and what the notes file holds is whole in `postil`, for the way
back. There are no TextPositionSelectors: Hypothesis counts UTF-16 units in a page's whole text, menus and all.
"""

from __future__ import annotations

from typing import Any

from postil import __version__
from postil.export.dataset import Dataset, utc
from postil.export.selectors import dom_selector
from postil.page.note_view import CitationView, NoteView
from postil.site.published import Published

FILE = "annotations.hypothesis.json"


def envelope(dataset: Dataset, article: Published) -> dict[str, Any]:
    """The notes of an article as the client exports them: an object with the list `annotations`."""
    last = article.page.last_changed
    return {
        "export_date": utc(last),
        "export_userid": "",
        "client_version": f"Postil {__version__}",
        "annotations": [_annotation(dataset, article, note) for note in article.page.lasting],
    }


def _annotation(dataset: Dataset, article: Published, note: NoteView) -> dict[str, Any]:
    data = note.annotation
    address = dataset.iri(article.url, f"article {article.name}")
    verdict = note.verdict
    return {
        "id": dataset.canonical(article, note).removeprefix("urn:uuid:"),
        "created": _moment(utc(data.created)),
        "updated": _moment(utc(data.last_changed)),
        "user": f"acct:{data.author}@",
        "user_info": {"display_name": dataset.author(note).name},
        "uri": address,
        "text": _text(dataset, note),
        "tags": [*([verdict.id] if verdict else []), data.kind.value, *data.tags],
        "target": [{"source": address, "selector": [dom_selector(note, article.page)]}],
        "document": {"title": [article.title]},
        "postil": dataset.whole(data),
    }


def _moment(date: str) -> str:
    """A moment as Hypothesis writes it."""
    return date.replace("Z", ".000000+00:00")


def _text(dataset: Dataset, note: NoteView) -> str:
    """The note in Markdown with its verdict and finding above it and its sources below."""
    data, text = note.annotation, dataset.context.text
    blocks = [f"**{note.heading}{f'. {data.title}' if data.title else ''}**", note.state.retracted, data.note]
    if note.citations:
        blocks += [f"{text('sources')}:", "\n".join(map(_source, note.citations))]
    if data.caution:
        blocks.append(text("caution", words=data.caution))
    if note.since:
        told = "\n".join(f"- {development.date}: {development.what}" for development in note.since)
        blocks += [f"{text('since')}:", told]
    return "\n\n".join(filter(None, blocks)).strip()


def _source(citation: CitationView) -> str:
    title = _bracketed(citation.title)
    named = f"[{title}]({citation.url})" if citation.url else title
    locator = f", {citation.locator}" if citation.locator else ""
    said = f": “{citation.says}”" if citation.says else ""
    return f"- {named}{locator}{said}"


def _bracketed(title: str) -> str:
    """A title that may stand between the brackets of a link."""
    return title.replace("[", "\\[").replace("]", "\\]")
