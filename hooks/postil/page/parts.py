"""The parts that all formats of a note share, as HTML, and the note on the page of its article.

A site of a thousand articles draws them fifty thousand times, so they are plain Python; templates know this module by
the name `parts`. All that is no HTML is escaped here.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from postil.files.translations import Texts
    from postil.page.note_view import CitationView, DevelopmentView, NoteView, ReplyView


def on_page(note: NoteView, text: Texts) -> Markup:
    """A note on the page of its article, a block: in its place, or in the box of those that have lost it."""
    data, number, state = note.annotation, note.number, note.state
    classes = f"{'postil-note' if number else 'postil-lost__note'} {escape(note.classes)}"
    classes += f"{' postil-rest' if note.rests else ''}{' postil-note--unpublished' if data.status else ''}"
    counted = f' data-number="{number}"' if number else ""
    drawn = [
        f'<aside class="{classes}" id="note-{data.id}" role="doc-footnote" aria-label="{escape(note.label)}"{counted} '
        f'data-changed="{data.last_changed}" data-search-exclude>\n'
        f'<p class="postil-note__head"{counted}>{head(note)}</p>'
    ]
    if state.unpublished:
        drawn.append(f'<p class="postil-note__status">{escape(state.unpublished)}</p>')
    if data.title:
        drawn.append(f'<p class="postil-note__title">{title(note)}</p>')
    drawn.append(
        f'{says(note, text)}<p class="postil-note__foot"><span class="postil-note__by">{by(note, text)}</span>'
    )
    if note.own:
        own = escape(text("own.link"))
        drawn.append(f' <a class="postil-note__own" href="{escape(note.own)}" rel="bookmark">{own}</a>')
    if note.report:
        told, address = escape(text("report.link")), escape(note.report)
        drawn.append(f' <a class="postil-note__report" href="{address}" rel="nofollow">{told}</a>')
    drawn.append(f" {back(note, text)}</p>\n</aside>" if number else "</p>\n</aside>")
    return Markup("".join(drawn))  # noqa: S704 (escaped, as all below)


def word(note: NoteView, tag: str = "span", classes: str = "", meaning: bool = False) -> Markup:
    """The finding in a word: the verdict with its sign, or else the kind.

    Args:
        note: the note.
        tag: the name of the element.
        classes: its class names.
        meaning: whether what a verdict means is its title.
    """
    attributes = f' class="{escape(classes)}"' if classes else ""
    if verdict := note.verdict:
        attributes += f' data-sign="{escape(verdict.sign)}"'
        attributes += f' title="{escape(verdict.meaning)}"' if meaning else ""
    return Markup(f"<{tag}{attributes}>{escape(note.heading)}</{tag}>")  # noqa: S704 (escaped, as all below)


def head(note: NoteView) -> Markup:
    """Kind and verdict."""
    if not note.verdict:
        return word(note, "strong", "postil-note__kind")
    kind = f'<span class="postil-note__kind">{escape(note.kind)}: </span>'
    return Markup(kind) + word(note, "strong", "postil-note__verdict", meaning=True)  # noqa: S704


def title(note: NoteView) -> Markup:
    """The title; struck where the note was taken back."""
    words = escape(note.annotation.title)
    return Markup(f"<s>{words}</s>") if note.retracted else words  # noqa: S704


def author(note: NoteView) -> Markup:
    """Who wrote it, or brought it here."""
    name, url = escape(note.author.name), note.author.url
    return Markup(f'<a href="{escape(url)}" rel="author">{name}</a>') if url else name  # noqa: S704


def day(date: datetime.date, text: Texts) -> Markup:
    """A day in full."""
    return Markup(f'<time datetime="{date}">{escape(text.date(date))}</time>')  # noqa: S704


def by(note: NoteView, text: Texts) -> Markup:
    """Who wrote it, and when."""
    brought = f"{escape(text('origin.by'))} " if note.annotation.origin else ""
    return Markup(f"{brought}{by_whom(note, text)}")  # noqa: S704


def by_whom(note: NoteView, text: Texts) -> Markup:
    """The author and the day, without a word whether it was written elsewhere."""
    return Markup(f"{author(note)}, {day(note.annotation.created, text)}")  # noqa: S704


def back(note: NoteView, text: Texts, id: str = "") -> Markup:  # noqa: A002 (as HTML names it)
    """The way back to the passage."""
    name = f' id="{escape(id)}"' if id else ""
    return Markup(  # noqa: S704
        f'<a class="postil-note__back"{name} href="#ref-{note.annotation.id}" role="doc-backlink" '
        f'aria-label="{escape(note.back)}">{escape(text("back"))}</a>'
    )


def cited(citation: CitationView) -> Markup:
    """A source as a note cites it."""
    attributes = f'class="postil-note__source" data-cited="{citation.number}"'
    named = f"<cite {attributes}>{escape(citation.title)}</cite>"
    if address := citation.url or citation.entry:
        named = f'<a {attributes} href="{escape(address)}">{escape(citation.title)}</a>'
    said = f": <q>{escape(citation.says)}</q>" if citation.says else ""
    return Markup(f"{named}{escape(citation.details)}{said}")  # noqa: S704


def says(note: NoteView, text: Texts, has_told: bool = False) -> Markup:
    """What a note says, below its title: the same in every format of HTML.

    Args:
        note: the note.
        text: the texts of the interface.
        has_told: whether it stands above already that the note was taken back.
    """
    data, state = note.annotation, note.state
    drawn = [f'<div class="postil-note__body">\n{note.body}\n</div>']
    if state.retracted and not has_told:
        drawn.insert(0, f'<p class="postil-note__retracted"><strong>{escape(state.retracted)}</strong></p>\n')
    if note.citations:
        drawn.append(_list("sources", "sources", [_source(one, text) for one in note.citations], text))
    if data.caution:
        drawn.append(f'<p class="postil-note__caution">{escape(text("caution", words=data.caution))}</p>')
    if data.changed:
        changes = [f"{day(change.date, text)}: {escape(change.what)}" for change in data.changed]
        drawn.append(_list("changes", "changes", changes, text))
    if data.origin:
        drawn.append(_origin(note, text))
    if note.since:
        drawn.append(_list("since", "changes postil-note__since", map(_development, note.since), text))
    if reviewed := " ".join(filter(None, [state.reviewed, state.checked])):
        drawn.append(f'<p class="postil-note__reviewed">{escape(reviewed)}</p>')
    return Markup("".join(drawn))  # noqa: S704


def _list(label: str, name: str, items: Iterable[str], text: Texts) -> str:
    listed = "".join([f"<li>{item}</li>" for item in items])
    return f'<p class="postil-note__label">{escape(text(label))}</p>\n<ul class="postil-note__{name}">{listed}</ul>'


def _source(citation: CitationView, text: Texts) -> str:
    if not (citation.entry and citation.url):
        return cited(citation)
    label = f"{escape(text('entry'))}: {escape(citation.title)}"
    entry = f'<a class="postil-note__entry" href="{escape(citation.entry)}" aria-label="{label}">ⓘ</a>'
    return f"{cited(citation)} {entry}"


def _development(development: DevelopmentView) -> str:
    rests = f" ({'; '.join(map(cited, development.citations))})" if development.citations else ""
    return f"<strong>{escape(development.date)}</strong>: {escape(development.what)}{rests}"


def _origin(note: NoteView, text: Texts) -> str:
    origin = note.annotation.origin
    assert origin is not None  # noqa: S101
    told = str(escape(note.origin))
    if origin.url:
        link = f'<a href="{escape(origin.url)}" rel="nofollow noopener ugc">{escape(text("origin.link"))}</a>'
        told += f" {link}"
    drawn = f'<p class="postil-note__origin">{told}</p>'
    if origin.verdict:
        drawn += f'<p class="postil-note__theirs">{escape(text("origin.verdict", verdict=origin.verdict))}</p>'
    if note.replies:
        drawn += _list("origin.replies", "replies", [_reply(reply, text) for reply in note.replies], text)
    return drawn


def _reply(reply: ReplyView, text: Texts) -> str:
    author = f"<strong>{escape(reply.author)}</strong>" if reply.author else ""
    when = f" {day(reply.created, text)}" if reply.created else ""
    return f"{author}{when}{reply.body}"
