"""The notes of an article whose text has changed → for each what is to be done, and the changes to its notes file."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace

from postil.files.edits import NoteEdit
from postil.files.notes_file import Entry
from postil.files.translations import Texts
from postil.model.cutting import shortened
from postil.reanchor import CERTAIN, Found, Refused, Selectors, reanchor
from postil.reanchor.refusals import misspelt
from postil.text.anchor import CONTEXT_WORDS, Anchorer, Candidate, Span
from postil.text.atoms import Atom
from postil.text.naming import AROUND, contexts
from postil.text.normalizing import fold

_MISSPELT = 0.85  # words more alike than this may be the quote with a slip of the pen


@dataclass(frozen=True)
class Step:
    """One note and what has become of its passage.

    Attributes:
        entry: the note.
        outcome: where its passage is now, or why that cannot be said.
        is_exact: whether its quote stands in exactly one place of the new text.
        values: what the notes file shall say for the place found; empty where it says so already, None where no quote
            and context name the place alone.
    """

    entry: Entry
    outcome: Found | Refused
    is_exact: bool
    values: dict[str, str] | None

    @property
    def is_kept(self) -> bool:
        """Whether the note stays as it is."""
        return isinstance(self.outcome, Found) and self.values == {}

    @property
    def is_certain(self) -> bool:
        """Whether nobody needs to be asked."""
        return isinstance(self.outcome, Found) and self.outcome.is_certain and self.values is not None

    @property
    def told(self) -> str:
        """Why this place, or why none, in words for the author."""
        return self.outcome.message if isinstance(self.outcome, Refused) else "; ".join(self.outcome.evidence)

    @property
    def choices(self) -> tuple[Candidate, ...]:
        """The places that may be chosen, best first."""
        if isinstance(self.outcome, Refused):
            return self.outcome.candidates
        words = (self.values or {}).get("quote", self.entry.annotation.quote)
        return (Candidate(self.outcome.span, words, self.outcome.confidence),)


def steps(entries: Sequence[Entry], old: str | None, new: str, atoms: Sequence[Atom] = ()) -> list[Step]:
    """What is to be done with each note.

    Args:
        entries: the notes, which were right for the old text.
        old: the reading text against which they were last confirmed, or None.
        new: the reading text of today.
        atoms: its pictures and formulas, which a quote may pass over.
    """
    anchorer = Anchorer(new, atoms=atoms)
    exact = [_find(anchorer, entry) for entry in entries]
    # Words that stand in exactly one place are where they are, unless the old text can tell that these are others.
    known = Anchorer(old) if old is not None and old != new else None
    asked = [
        entry for entry, found in zip(entries, exact, strict=True) if found is None or (known and _find(known, entry))
    ]
    outcomes = dict(
        zip(
            (entry.annotation.id for entry in asked),
            reanchor(old, new, [Selectors.of(entry.annotation) for entry in asked]),
            strict=True,
        )
    )
    found_steps = []
    for entry, in_place in zip(entries, exact, strict=True):
        outcome = outcomes.get(entry.annotation.id) or Found(in_place or Span(0, 0), 1.0, ("the words are unchanged",))
        if isinstance(outcome, Refused) and in_place is None and not (known and _find(known, entry)):
            outcome = _with_nearest(outcome, entry, anchorer)
        found_steps.append(_step(entry, outcome, in_place, anchorer))
    return found_steps


def change(step: Step, place: Span, text: str, today: datetime.date, words: Texts) -> NoteEdit | None:
    """What the notes file shall say when a note goes to a place.

    Args:
        step: the note.
        place: code points of the new text.
        text: the new text.
        today: the date of the entry in the note's record.
        words: the texts of the interface.

    Returns:
        The change, or None where no quote and context name the place alone.
    """
    is_best = isinstance(step.outcome, Found) and step.outcome.span == place
    values = step.values if is_best else _values(step.entry, place, Anchorer(text))
    if values is None:
        return None
    record = None
    if "quote" in values:
        record = {"date": today.isoformat(), "what": recorded(step, place, values["quote"], words)}
    return NoteEdit(values, record)


def recorded(step: Step, place: Span, quote: str, words: Texts) -> str:
    """What the record of a note says of its new words.

    Args:
        step: the note.
        place: where it goes, code points of the new text.
        quote: the words there.
        words: the texts of the interface.
    """
    followed = words("lost.followed", old=shortened(step.entry.annotation.quote), new=shortened(quote))
    changes = step.outcome.changes if isinstance(step.outcome, Found) and step.outcome.span == place else ()
    if not changes:
        return followed
    told = "; ".join(f"{change.old or '–'} → {change.new or '–'}" for change in changes)
    given = "lost.verdict_of_old" if step.entry.annotation.verdict else "lost.note_on_old"
    return f"{followed} {words('lost.differs', changes=shortened(told, 160))} {words(given)}"


def _step(entry: Entry, outcome: Found | Refused, exact: Span | None, anchorer: Anchorer) -> Step:
    if isinstance(outcome, Refused):
        return Step(entry, outcome, exact is not None, None)
    if exact is not None and _overlap(exact, outcome.span):
        return Step(entry, Found(exact, 1.0, outcome.evidence), True, {})
    if exact is not None:
        told = (*outcome.evidence, "but the words of the quote stand at another place")
        outcome = replace(outcome, confidence=min(outcome.confidence, CERTAIN - 0.01), evidence=told)
    return Step(entry, outcome, exact is not None, _values(entry, outcome.span, anchorer))


def _with_nearest(refused: Refused, entry: Entry, anchorer: Anchorer) -> Refused:
    """A refusal of words that have never been on the page, with the words that they may be misspelt from."""
    nearest = anchorer.nearest(entry.annotation.quote)
    if nearest is None or nearest.score < _MISSPELT:
        return refused
    others = [one for one in refused.candidates if not _overlap(one.span, nearest.span)]
    return misspelt([nearest, *others])


def _find(anchorer: Anchorer, entry: Entry) -> Span | None:
    annotation = entry.annotation
    return anchorer.place(annotation.quote, annotation.prefix, annotation.suffix)


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _values(entry: Entry, place: Span, anchorer: Anchorer) -> dict[str, str] | None:
    """The keys that must change for a note to name a place, and nothing else; None where no context is enough."""
    annotation = entry.annotation
    text = anchorer.text
    quote = " ".join(text[place.start : place.end].split())
    new = {} if fold(quote).text == fold(annotation.quote).text.strip() else {"quote": quote}
    quote = new.get("quote", annotation.quote)
    if annotation.prefix or annotation.suffix:
        if _is_at(anchorer, quote, annotation.prefix, annotation.suffix, place):
            return new
        lengths = len(annotation.prefix.split()), len(annotation.suffix.split())
        prefix = " ".join(text[max(0, place.start - AROUND) : place.start].split()[-lengths[0] :]) if lengths[0] else ""
        suffix = " ".join(text[place.end : place.end + AROUND].split()[: lengths[1]])
        new |= {key: words for key, words in (("prefix", prefix), ("suffix", suffix)) if getattr(annotation, key)}
        if _is_at(anchorer, quote, prefix, suffix, place):
            return new
    elif _is_at(anchorer, quote, "", "", place):
        return new
    for context in contexts(text, place, 2 * CONTEXT_WORDS):
        known = {"prefix": new.get("prefix", ""), "suffix": new.get("suffix", "")} | context
        if _is_at(anchorer, quote, known["prefix"], known["suffix"], place):
            return new | {key: words for key, words in context.items() if words}
    return None


def _is_at(anchorer: Anchorer, quote: str, prefix: str, suffix: str, place: Span) -> bool:
    found = anchorer.place(quote, prefix, suffix)
    return found is not None and _overlap(found, place)
