"""One page: the rendered article and its notes → the annotated article."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from postil.files.notes_file import Entry
from postil.model.annotation import Annotation
from postil.model.problem import Problem, shortened
from postil.page import filters, margin, notes
from postil.page.context import Context
from postil.page.lost import Lost, lost_box
from postil.page.notes import RenderBody
from postil.page.weave import Insertion, Woven, insertions, splice
from postil.text.anchor import Anchorer, Refusal, Span
from postil.text.reading import Reading, read

_ID = re.compile(r"""\sid=["']([^"']+)["']""")


@dataclass(frozen=True)
class Note:
    """A note in its place.

    Attributes:
        annotation: the note's data.
        number: its number on the page, in the order of the notes and of the links to them.
        span: its passage, in code points of the reading text.
        passage: the words of the passage.
        body: its Markdown, rendered.
        replies: what others answered to it where it was written, rendered likewise.
    """

    annotation: Annotation
    number: int
    span: Span
    passage: str
    body: str
    replies: tuple[str, ...] = ()


@dataclass(frozen=True)
class AnnotatedPage:
    """An article with its notes.

    Attributes:
        html: the fragment with marks and notes.
        source: the fragment as it was.
        text: the reading text of the article, notes left out.
        notes: in the order of their numbers.
        lost: the notes that have no place; they stand at the end.
        problems: one for each note that has no place, or whose body is at fault.
        inserted: what was put into the fragment, and where.
    """

    html: str
    source: str
    text: str = ""
    notes: tuple[Note, ...] = ()
    lost: tuple[Lost, ...] = ()
    problems: tuple[Problem, ...] = ()
    inserted: tuple[Insertion, ...] = ()

    @property
    def cited(self) -> list[str]:
        """The ids of the sources on which the notes rest, in the order in which they are first cited."""
        return _cited(self.all_notes)

    @property
    def last_changed(self) -> datetime.date:
        """The day of the latest change of a note; there is at least one note."""
        return max(note.annotation.last_changed for note in self.notes)

    @property
    def anchors(self) -> set[str]:
        """The ids that a link may point to."""
        ids = (note.annotation.id for note in self.notes)
        own = {name for note_id in ids for name in (f"note-{note_id}", f"ref-{note_id}")}
        own |= {f"note-{note.annotation.id}" for note in self.lost}
        return own.union(*(_ID.findall(note.body) for note in self.all_notes))

    @property
    def all_notes(self) -> list[Note | Lost]:
        """Those in their place, then those that have lost it."""
        return [*self.notes, *self.lost]


def annotate(
    html: str, entries: Sequence[Entry], context: Context, render_body: RenderBody, register: str = "", own: str = ""
) -> AnnotatedPage:
    """Put notes into a page.

    Args:
        html: the fragment that Markdown rendered.
        entries: the page's notes, in any order; they fit the site (see `sidecar.check_references`).
        context: what the site's pages share.
        render_body: renders the body of a note.
        register: the address of the page that lists the sources, as seen from this page, if there is one.
        own: the address of a note's own page, as seen from this page, with `{id}` for the note; if there are such.

    Returns:
        The page; a note without exactly one place is a problem and stands, without a mark, at the end.
    """
    reading = read(html)
    placed, refused = place(reading, entries)
    problems = [_problem(entry, refusal, strict=context.strict) for entry, refusal in refused]
    bodies, replies = {}, {}
    for entry in [entry for entry, _ in placed] + [entry for entry, _ in refused]:
        annotation = entry.annotation
        bodies[annotation.id] = body = render_body(annotation)
        replies[annotation.id] = tuple(render_body(reply) for reply in _as_notes(annotation))
        # The body of a note that was written elsewhere is clean; it may speak of such addresses in its words.
        for address in notes.dangerous_addresses(body) if annotation.origin is None else ():
            problems.append(
                Problem(entry.place("note"), f"the address {shortened(address)!r} would run a script; remove it")
            )
    on_page: list[Note] = []
    for number, (entry, span) in enumerate(placed, 1):
        name, words = entry.annotation.id, reading.text[span.start : span.end]
        on_page.append(Note(entry.annotation, number, span, words, bodies[name], replies[name]))
    off_page = tuple(
        Lost(entry.annotation, refusal, bodies[entry.annotation.id], replies[entry.annotation.id])
        for entry, refusal in refused
    )
    rests, room = margin.arrange(reading.text, [_sized(note, context) for note in on_page])
    cited = _cited([*on_page, *off_page])
    floats = len(on_page) > margin.LONGEST
    woven = [
        _woven(note, context, cited, register, own, rests=rest, floats=floats)
        for note, rest in zip(on_page, rests, strict=True)
    ]
    inserted = insertions(html, reading, woven)
    if tally := filters.render([note.annotation for note in on_page], context.settings, context.text, len(reading.text)):
        inserted.append(Insertion(filters.place(html), f"\n{tally}"))
        inserted.sort(key=lambda insertion: insertion.offset)
    if room:
        inserted.append(Insertion(len(html), f'\n<div class="postil-tail postil-tail-{room}"></div>'))
    if off_page:
        inserted.append(Insertion(len(html), lost_box(off_page, context, cited, register)))
    return AnnotatedPage(
        splice(html, inserted), html, reading.text, tuple(on_page), off_page, tuple(problems), tuple(inserted)
    )


def _as_notes(annotation: Annotation) -> list[Annotation]:
    """The answers to a note that was written elsewhere, each as a note of its own so that it is rendered as one."""
    replies = annotation.origin.replies if annotation.origin else ()
    return [
        annotation.model_copy(update={"id": f"{annotation.id}--{number}", "note": reply.note})
        for number, reply in enumerate(replies, 1)
    ]


def place(reading: Reading, entries: Sequence[Entry]) -> tuple[list[tuple[Entry, Span]], list[tuple[Entry, Refusal]]]:
    """The passage of each note, and the refusal of each note without one.

    The order is that of the notes on the page: by the block after which a note stands, then by the end of the passage,
    where the link to the note is.
    """
    anchorer = Anchorer(reading.text, reading.hidden)
    placed: list[tuple[Entry, Span]] = []
    refused: list[tuple[Entry, Refusal]] = []
    for entry in entries:
        annotation = entry.annotation
        found = anchorer.find(annotation.quote, annotation.prefix, annotation.suffix)
        if isinstance(found, Refusal):
            refused.append((entry, found))
        else:
            placed.append((entry, found))
    placed.sort(key=lambda item: (reading.note_place(item[1].end), item[1].end, item[1].start, item[0].index))
    return placed, refused


def _problem(entry: Entry, refusal: Refusal, *, strict: bool) -> Problem:
    annotation = entry.annotation
    repair = "" if refusal.reason in ("empty", "hidden") else "; `postil reanchor` looks for the passage"
    message = f"{annotation.id}: {shortened(annotation.quote)!r}: {refusal.message}{repair}"
    return Problem(entry.place("quote"), message, "error" if strict else "warning")


def _sized(note: Note, context: Context) -> margin.Sized:
    annotation = note.annotation
    brief = len(f"{note.number} {annotation.verdict or annotation.kind.value}. {annotation.title}")
    sources = sum(
        len(context.sources[citation.id].title)
        + len(context.sources[citation.id].outlet_name)
        + len(citation.says)
        + 24
        for citation in annotation.cited
    )
    full = (
        brief
        + len(annotation.note)
        + sources
        + len(annotation.caution)
        + sum(len(one.what) + 24 for one in annotation.since)
    )
    if annotation.origin:
        replies = sum(len(reply.author) + len(reply.note) + 24 for reply in annotation.origin.replies)
        full += 80 + len(annotation.origin.verdict) + replies
    blocks = (
        4 + annotation.note.count("\n\n") + len(annotation.sources) + 2 * len(annotation.changed + annotation.since)
    )
    return margin.Sized(note.span.end, brief, full, blocks)


def _cited(notes: Sequence[Note | Lost]) -> list[str]:
    return list(dict.fromkeys(citation.id for note in notes for citation in note.annotation.cited))


def _woven(note: Note, context: Context, cited: Sequence[str], register: str, own: str, *, rests: bool, floats: bool) -> Woven:
    annotation = note.annotation
    html = notes.render(
        annotation,
        number=note.number,
        passage=note.passage,
        body=note.body,
        context=context,
        cited=cited,
        register=register,
        own=own.format(id=annotation.id),
        rests=rests,
        floats=floats,
        replies=note.replies,
    )
    label = notes.label(annotation, note.number, context.settings, context.text)
    return Woven(annotation.id, note.span, note.number, label, notes.classes(annotation, context.settings), f"\n{html}")
