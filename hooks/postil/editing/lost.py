"""The notes of a page that have lost their passage: where each may belong, the old words beside the new ones."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from postil.editing.selection import Placed
from postil.files import snapshot
from postil.files.notes_file import Entry
from postil.files.translations import Texts
from postil.reanchor.outcome import Found
from postil.reanchor.plan import Step, recorded, steps
from postil.text.anchor import Anchorer

_MOST = 3  # places that are offered


def offered(lost: Sequence[Entry], article: Path, anchorer: Anchorer, text: Texts) -> list[dict[str, Any]]:
    """What is offered for each, as `postil reanchor` has it.

    Args:
        lost: the notes.
        article: the Markdown page, beside which its old text lies.
        anchorer: knows the reading text of today.
        text: the texts of the interface.
    """
    return [_offered(step, text) for step in _steps(lost, article, anchorer)]


def _steps(entries: Sequence[Entry], article: Path, anchorer: Anchorer) -> list[Step]:
    if not entries:
        return []
    return steps(entries, snapshot.read_snapshot(article), anchorer.text, anchorer.atoms)


def _offered(step: Step, text: Texts) -> dict[str, Any]:
    data, outcome = step.entry.annotation, step.outcome
    changes = outcome.changes if isinstance(outcome, Found) else ()
    return {
        "id": data.id,
        "quote": data.quote,
        "candidates": [choice.text for choice in step.choices[:_MOST]],
        "differs": [{"old": change.old, "new": change.new} for change in changes],
        "caution": text("lost.verdict_of_old" if data.verdict else "lost.note_on_old"),
    }


def line_of_record(entry: Entry, placed: Placed, article: Path, anchorer: Anchorer, text: Texts) -> str:
    """What the record says of a note that goes to other words, where its author has written nothing."""
    if anchorer.place(entry.annotation.quote, entry.annotation.prefix, entry.annotation.suffix):
        return text("writing.moved")  # it was not lost: somebody wants it elsewhere
    (step,) = _steps([entry], article, anchorer)
    return recorded(step, placed.span, placed.quote, text)
