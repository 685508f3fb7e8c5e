"""Notes from elsewhere → notes of this site, each on its passage of an article, or the reason why not."""

from __future__ import annotations

import datetime
import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Literal

from pydantic import ValidationError

from postil.files.appending import as_data
from postil.files.notes_file import check_references, understood, unknown_sources
from postil.files.yamltext import NON_PRINTABLE, Document
from postil.importing import formulas
from postil.importing.foreign import Foreign
from postil.importing.located import by_position, located, why_not
from postil.importing.positions import positions
from postil.model.annotation import Annotation
from postil.model.cutting import shortened
from postil.model.settings import Settings
from postil.model.source import Source
from postil.reanchor import Found, Refused, Selectors, search
from postil.text.anchor import Anchorer, Span
from postil.text.atoms import Atom
from postil.text.naming import named
from postil.text.normalizing import fold

Status = Literal["found", "uncertain", "refused", "duplicate"]

_LASTING_ID = 16  # code points; what is shorter may only count the notes of one file


@dataclass(frozen=True)
class Outcome:
    """What has become of one note from elsewhere.

    Attributes:
        foreign: the note.
        status: "found": it can be written; "uncertain": somebody should look first; "refused"; "duplicate": it is there
            already.
        reason: why, in words for the author; for a note that was found how sure that is.
        annotation: the note as the notes file would have it; None where there is no place or no such note.
    """

    foreign: Foreign
    status: Status
    reason: str
    annotation: Annotation | None = None


def as_of_others(note: Foreign) -> dict[str, Any]:
    """What a note says that is somebody else's: its verdict, its author and its dates are those of its origin."""
    return {
        "kind": note.kind,
        "title": note.title,
        "note": note.body.strip(),
        "tags": note.tags,
        "origin": note.origin,
    }


@dataclass(frozen=True)
class Importer:
    """What every note of one import needs.

    Attributes:
        settings: the site's authors and verdicts.
        sources: the site's register.
        author: the id of the author of this site who brings the notes in and answers for it.
        today: the day on which they are published here.
        own: whether the user vouches that exports of this program are this site's own.
        fields_of: a note → what it says as a note of this site (see `as_of_others`, `ours`).
    """

    settings: Settings
    sources: dict[str, Source]
    author: str
    today: datetime.date
    own: bool = False
    fields_of: Callable[[Foreign], dict[str, Any]] = as_of_others

    def place(
        self,
        notes: Sequence[Foreign],
        text: str,
        present: Iterable[Annotation],
        taken: set[str],
        atoms: Sequence[Atom] = (),
    ) -> list[Outcome]:
        """Find the passage of each note.

        Args:
            notes: from elsewhere, all on one article.
            text: the reading text of the article.
            present: the notes that it has already.
            taken: the ids of all notes of the site; those of new notes are added.
            atoms: the pictures and formulas of the article.

        Returns:
            For each note what has become of it, in the order of the notes.
        """
        anchorer = Anchorer(text, atoms=atoms)
        here = {annotation.id: annotation for annotation in present}
        known = _Known({mark: {None} for annotation in here.values() for mark in _marks(annotation)})
        there, seen = frozenset(taken), Counter[str]()
        notes = [located(note, anchorer) for note in notes]
        wanted = [
            Selectors(note.quote, note.prefix, note.suffix, start)
            for note, start in zip(notes, positions(notes, anchorer), strict=True)
        ]
        look = search(None, text)
        outcomes = []
        for note, selectors in zip(notes, wanted, strict=True):
            if self.own and note.own is not None:
                outcome = self._restored(note, anchorer, here)
            else:
                outcome = _here_by_its_id(note, there, seen) or self._taken_in(
                    note, partial(look, selectors), anchorer, known, taken
                )
            if outcome.annotation is not None and (wrong := self._wrong(outcome.annotation)):
                outcome = Outcome(note, "refused", wrong, outcome.annotation)
            if outcome.annotation is not None and outcome.status in ("found", "uncertain"):
                here[outcome.annotation.id] = outcome.annotation
                known.add(outcome.annotation, note.start)
                taken.add(outcome.annotation.id)
            outcomes.append(outcome)
        return outcomes

    def _restored(self, note: Foreign, anchorer: Anchorer, here: dict[str, Annotation]) -> Outcome:
        """A note of our own export, as it was."""
        note = replace(note, left=())  # what a stranger's would come in without
        try:
            annotation = Annotation.model_validate(note.own)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            return Outcome(note, "refused", f"{'.'.join(map(str, first['loc']))}: {first['msg']}")
        if annotation.id in here:
            if here[annotation.id] == annotation:
                return Outcome(note, "duplicate", f"{annotation.id} is here already")
            return Outcome(note, "refused", f"the id {annotation.id!r} is that of another note here", annotation)
        found = anchorer.find(annotation.quote, annotation.prefix, annotation.suffix)
        if isinstance(found, Span):
            return Outcome(note, "found", "as it was", annotation)
        return Outcome(note, "refused", found.message, annotation)

    def _taken_in(
        self, note: Foreign, look: Callable[[], Found | Refused], anchorer: Anchorer, known: _Known, taken: set[str]
    ) -> Outcome:
        """A note that was written elsewhere, on its passage here; it is looked for where it is not plain to see."""
        if not note.body.strip():
            return Outcome(note, "refused", "a highlight without words; a note says something")
        draft = self._draft(note, taken)
        if guessed := by_position(note, anchorer.text):
            return self._guessed(note, guessed, draft, anchorer)
        if not note.quote.strip() or (note.told.until and isinstance(look(), Refused)):
            return Outcome(note, "refused", why_not(note), draft)
        if known.has(draft, note.start):
            return Outcome(note, "duplicate", "it is here already")
        if not note.prefix.strip() and not note.suffix.strip() and (alone := anchorer.place(note.quote)):
            # Nothing is known of the words around it, and the rule of the notes file holds: exactly one place.
            place: Found | Refused = Found(alone, 1.0, ("its words stand in exactly one place",))
        else:
            place = look()
        if not (isinstance(place, Found) and place.is_certain) and (read := _as_read(note, anchorer)):
            place = Found(read, 1.0, ("its words stand there, with pictures and formulas as they are read",))
        if isinstance(place, Refused):
            return Outcome(note, "refused", place.message, draft)
        where = named(anchorer, place.span)
        if where is None:
            return Outcome(note, "refused", "its words are in several places, and so are those around them", draft)
        if fold(where["quote"]).text != fold(" ".join(note.quote.split())).text:
            origin = draft.origin.model_copy(update={"quote": note.quote}) if draft.origin else None
            draft = draft.model_copy(update={"origin": origin})
        annotation = draft.model_copy(update={"prefix": "", "suffix": ""} | where)
        if known.has(annotation, note.start):
            return Outcome(note, "duplicate", "it is here already")
        evidence = shortened(f"{place.confidence:.0%}: {'; '.join(place.evidence)}", 160)
        return Outcome(note, "found" if place.is_certain else "uncertain", evidence, annotation)

    def _guessed(self, note: Foreign, span: Span, draft: Annotation, anchorer: Anchorer) -> Outcome:
        """A note of whose passage only offsets are told."""
        where = named(anchorer, span)
        if where is None:
            return Outcome(note, "refused", why_not(note), draft)
        words = shortened(where["quote"], 60)
        reason = f"only its offsets are told; here they are on “{words}”, if they count the same text"
        return Outcome(note, "uncertain", reason, draft.model_copy(update=where))

    def _draft(self, note: Foreign, taken: set[str]) -> Annotation:
        """The note as a notes file has it, on the words that it was on where it comes from."""
        fields: dict[str, Any] = {"author": self.author, "created": self.today} | self.fields_of(note)
        return Annotation.model_construct(
            id=_new_id(note, taken),
            quote=" ".join(note.quote.split()),
            prefix=" ".join(note.prefix.split()),
            suffix=" ".join(note.suffix.split()),
            **fields,
        )

    def _wrong(self, annotation: Annotation) -> str:
        """What the site would complain of in a note, or an empty text."""
        if not annotation.quote:
            return ""
        data = as_data(annotation)
        if any(map(NON_PRINTABLE.search, _texts_in(data))):
            return "it has characters that a notes file cannot hold"
        read, problems = understood(Document("", {"annotations": [data]}))
        for entry in read.entries:
            problems += check_references(entry, self.settings) + unknown_sources(entry, self.sources)
        return "; ".join(problem.message for problem in problems)


def _as_read(note: Foreign, anchorer: Anchorer) -> Span | None:
    """The one place of words that go over pictures or formulas, which the reading text has in words of its own."""
    if not anchorer.atoms:
        return None
    return anchorer.place(note.quote, note.prefix, note.suffix) or formulas.place(
        note.quote, anchorer.text, anchorer.atoms
    )


def _texts_in(data: Any) -> Iterator[str]:
    """Every text in plain data."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict | list | tuple):
        for part in data.values() if isinstance(data, dict) else data:
            yield from _texts_in(part)


@dataclass(frozen=True)
class _Known:
    """The notes that are there, by their marks.

    Attributes:
        starts: where each of a mark began in the text that it comes from; None for one that was there before.
    """

    starts: dict[Any, set[int | None]]

    def has(self, annotation: Annotation, start: int | None) -> bool:
        """Whether a note is there; "Source?" on the same words in two places of one text is two notes."""
        found = [self.starts[mark] for mark in _marks(annotation) if mark in self.starts]
        return any(start is None or None in starts or start in starts for starts in found)

    def add(self, annotation: Annotation, start: int | None) -> None:
        for mark in _marks(annotation):
            self.starts.setdefault(mark, set()).add(start)


def _marks(annotation: Annotation) -> set[Any]:
    """By what a note is known again: its passage and words, or the identifier that it has where it comes from."""
    origin = annotation.origin
    quotes = {annotation.quote, origin.quote or annotation.quote} if origin else {annotation.quote}
    marks: set[Any] = {(fold(quote).text, fold(annotation.note).text) for quote in quotes}
    if origin and len(origin.id) >= _LASTING_ID:
        marks.add((origin.via, origin.id))
    return marks


def _here_by_its_id(note: Foreign, there: frozenset[str], seen: Counter[str]) -> Outcome | None:
    """A note that was taken in before and has been edited since, so that its words tell nothing.

    An id that is made of the words with which a note came is that of this note; notes that are alike are numbered.
    """
    if note.origin.id or not note.body.strip():
        return None
    base = _base_id(note)
    seen[base] += 1
    name = base if seen[base] == 1 else f"{base}-{seen[base]}"
    return Outcome(note, "duplicate", f"it is here already, as {name}") if name in there else None


def _new_id(note: Foreign, taken: set[str]) -> str:
    """An id that no note has yet."""
    base = _base_id(note)
    number = 1
    while (found := base if number == 1 else f"{base}-{number}") in taken:
        number += 1
    return found


def _base_id(note: Foreign) -> str:
    """An id that is made of where the note comes from, so that another import gives the same one."""
    name = re.sub(r"[^a-z0-9]+", "-", note.origin.id.rstrip("/").rpartition("/")[2].lower()).strip("-")
    if not name:
        name = hashlib.sha256(f"{note.quote}\0{note.body}".encode("utf-8", "replace")).hexdigest()[:10]
    service = re.sub(r"[^a-z0-9]+", "-", note.origin.via.lower()).strip("-")[:20].rstrip("-")
    return f"{service}-{name}".strip("-")[:58].rstrip("-")
