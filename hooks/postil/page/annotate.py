"""One page: the rendered article and its notes → the annotated article."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import urljoin

from markupsafe import Markup

from postil.files.notes_file import Entry
from postil.files.translations import Texts
from postil.model.annotation import Annotation
from postil.model.cutting import shortened
from postil.model.problem import Problem
from postil.page import filters, head, margin, parts
from postil.page.bodies import RenderBody, dangerous_addresses
from postil.page.context import Context
from postil.page.inserted import Inserted, spliced
from postil.page.lost import Lost, lost_box
from postil.page.note_view import NoteView
from postil.page.note_words import view
from postil.page.weave import Insertion, Woven, insertions
from postil.text.anchor import Anchorer, Refusal, Span
from postil.text.atoms import Atom
from postil.text.markup import ids
from postil.text.reading import read
from postil.text.reading_text import Reading
from postil.text.words_around import words_beside


class Stretch(NamedTuple):
    """Where a passage and the words beside it lie in a fragment, as offsets into its HTML.

    Attributes:
        before: where the words before it begin (see `words_around.beside`).
        start: where it begins.
        end: where it ends.
        behind: where the words after it end.
    """

    before: int
    start: int
    end: int
    behind: int


UNSIGNED = Markup("")


@dataclass(frozen=True)
class AnnotatedPage:
    """An article with its notes.

    Attributes:
        source: the fragment as it was.
        text: the reading text of the article, notes left out.
        prose: the same with blanks for pictures and formulas, which no browser finds and no figure is counted in.
        atoms: the pictures, formulas and ruby texts of the article.
        notes: in the order of their numbers.
        lost: the notes that have no place; they stand at the end.
        problems: one for each note that has no place, or whose body is at fault.
        inserted: what was put into the fragment, and where.
        stretches: of each note in `notes` where its passage lies in the fragment.
    """

    source: str
    text: str = ""
    prose: str = ""
    atoms: tuple[Atom, ...] = ()
    notes: tuple[NoteView, ...] = ()
    lost: tuple[Lost, ...] = ()
    problems: tuple[Problem, ...] = ()
    inserted: Inserted = field(default_factory=Inserted)
    stretches: tuple[Stretch, ...] = ()

    @property
    def html(self) -> str:
        """The fragment with marks and notes; put together when it is asked for, since a site has thousands."""
        return spliced(self.source, self.inserted)

    @property
    def cited(self) -> list[str]:
        """The ids of the sources on which the notes rest, in the order in which they are first cited."""
        return _cited([note.annotation for note in self.all_notes])

    @property
    def last_changed(self) -> datetime.date:
        """The day of the latest change of a note; there is at least one note."""
        return max(note.annotation.last_changed for note in self.lasting)

    @property
    def anchors(self) -> set[str]:
        """The ids that a link may point to."""
        own = {f"{kind}-{note.annotation.id}" for note in self.notes for kind in ("note", "ref")}
        own |= {f"note-{lost.note.annotation.id}" for lost in self.lost}
        return own.union(*(ids(note.body) for note in self.all_notes))

    @property
    def lasting(self) -> list[NoteView]:
        """Those at an address of their own: in their place, then those taken back whose words are gone."""
        return [*self.notes, *(lost.note for lost in self.lost if lost.note.annotation.retracted)]

    @property
    def all_notes(self) -> list[NoteView]:
        """Those in their place, then those that have lost it."""
        return [*self.notes, *(lost.note for lost in self.lost)]


def annotate(
    html: str,
    entries: Sequence[Entry],
    context: Context,
    render_body: RenderBody,
    register: str = "",
    own: str = "",
    url: str = "",
    signed: Markup = UNSIGNED,
) -> AnnotatedPage:
    """Put notes into a page.

    Args:
        html: the fragment that Markdown rendered.
        entries: the page's notes, in any order; they fit the site (see `postil.site.loading`).
        context: what the site's pages share.
        render_body: renders the body of a note.
        register: the address of the page that lists the sources, as seen from this page, if there is one.
        own: the address of a note's own page, as seen from this page, with `{id}` for the note; if there are such.
        url: the address of this page inside of the site.
        signed: who wrote the article, and when, as its head says it.

    Returns:
        The page; a note without exactly one place is a problem and stands, without a mark, at the end.
    """
    reading = read(html)
    placed, refused = place(reading, entries)
    entries = [entry for entry, _ in placed] + [entry for entry, _ in refused]
    bodies = {entry.annotation.id: render_body(entry.annotation) for entry in entries}
    # The words of a note that was taken back may go.
    missed = [(entry, refusal) for entry, refusal in refused if not entry.annotation.retracted]
    problems = [_problem(entry, refusal, strict=context.strict) for entry, refusal in missed]
    problems += [problem for entry in entries for problem in _dangers(entry, bodies[entry.annotation.id])]
    cited = _cited([entry.annotation for entry in entries])

    def shown(annotation: Annotation, passage: str, **place: Any) -> NoteView:
        replies = [render_body(reply) for reply in _as_notes(annotation)]
        body = bodies[annotation.id]
        return view(
            annotation, context, passage=passage, body=body, cited=cited, replies=replies, register=register, **place
        )

    sizes = [_sized(entry.annotation, number, span, context) for number, (entry, span) in enumerate(placed, 1)]
    rests, room = margin.arrange(reading.text, sizes)
    notes = []
    for number, ((entry, span), rest) in enumerate(zip(placed, rests, strict=True), 1):
        passage, address = reading.text[span.start : span.end], own.format(id=entry.annotation.id)
        public = urljoin(f"{context.base}{url.removeprefix('./')}", address) if context.base and address else ""
        notes.append(shown(entry.annotation, passage, number=number, span=span, own=address, rests=rest, public=public))
    lost = []
    for entry, refusal in refused:
        data = entry.annotation
        address = own.format(id=data.id) if data.retracted else ""  # it stays at its address
        lost.append(Lost(shown(data, data.quote, own=address), refusal.candidates))
    inserted = insertions(html, reading, [_woven(note, context.text) for note in notes])
    if notes:
        above = head.render(html, reading.text, notes, context.text, signed)
        annotations = [note.annotation for note in notes]
        tally = filters.render(annotations, context.settings, context.text, len(reading.text), above)
        inserted.append(Insertion(filters.place(html), f"\n{tally}", "filter"))
        inserted.sort(key=lambda insertion: insertion.offset)
    if room:
        inserted.append(Insertion(len(html), f'\n<div class="postil-tail postil-tail-{room}"></div>', "room"))
    if lost:
        inserted.append(Insertion(len(html), lost_box(lost, context.text), "lost"))
    return AnnotatedPage(
        source=html,
        text=reading.text,
        prose=reading.prose,
        atoms=reading.atoms,
        notes=tuple(notes),
        lost=tuple(lost),
        problems=tuple(problems),
        inserted=Inserted.of(inserted),
        stretches=tuple(_stretch(reading, span) for _, span in placed),
    )


def _stretch(reading: Reading, span: Span) -> Stretch:
    prefix, suffix = words_beside(reading.text, span.start, span.end)
    pieces = reading.pieces(span.start, span.end)
    start, end = pieces[0].start, pieces[-1].end
    before = reading.pieces(span.start - len(prefix), span.start)[0].start if prefix else start
    behind = reading.pieces(span.end, span.end + len(suffix))[-1].end if suffix else end
    return Stretch(before, start, end, behind)


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
    anchorer = Anchorer(reading.text, reading.hidden, reading.atoms)
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


def _dangers(entry: Entry, body: str) -> list[Problem]:
    # The body of a note that was written elsewhere is clean; it may speak of such addresses in its words.
    found = dangerous_addresses(body) if entry.annotation.origin is None else []
    message = "the address {!r} would run a script; remove it"
    return [Problem(entry.place("note"), message.format(shortened(address))) for address in found]


def _sized(annotation: Annotation, number: int, span: Span, context: Context) -> margin.Sized:
    head = len(f"{number} {annotation.verdict or annotation.kind.value}. {annotation.title}")
    brief = head if annotation.title else head + min(len(annotation.note), margin.FIRST_SIGNS)
    sources = sum(
        len(context.sources[citation.id].title)
        + len(context.sources[citation.id].outlet_name)
        + len(citation.says)
        + 24
        for citation in annotation.cited
    )
    full = (
        head
        + len(annotation.note)
        + sources
        + len(annotation.caution)
        + (len(annotation.retracted.why) + 24 if annotation.retracted else 0)
        + sum(len(one.what) + 24 for one in annotation.since)
    )
    if annotation.origin:
        replies = sum(len(reply.author) + len(reply.note) + 24 for reply in annotation.origin.replies)
        full += 80 + len(annotation.origin.verdict) + replies
    blocks = (
        4
        + annotation.note.count("\n\n")
        + len(annotation.sources)
        + 2 * len(annotation.changed + annotation.since)
        + bool(annotation.checked or annotation.reviews)
        + bool(annotation.retracted)
    )
    return margin.Sized(span.end, brief, full, blocks)


def _cited(annotations: Sequence[Annotation]) -> list[str]:
    return list(dict.fromkeys(citation.id for annotation in annotations for citation in annotation.cited))


def _woven(note: NoteView, text: Texts) -> Woven:
    html = f"\n{parts.on_page(note, text)}"
    return Woven(note.annotation.id, note.span, note.number, note.label, note.classes, html)
