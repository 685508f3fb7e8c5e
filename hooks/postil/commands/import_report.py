"""What `postil import` shows of the notes of one article: found, uncertain, refused, unread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import click

from postil.importing.placing import Outcome, Status
from postil.model.cutting import shortened

_WORDS: dict[Status, str] = {
    "found": "found",
    "uncertain": "uncertain",
    "refused": "refused",
    "duplicate": "here already",
}


def show(name: str, outcomes: Sequence[Outcome], lost: Sequence[Mapping[str, Any]]) -> None:
    """Show the table of what was found, what is uncertain, what is refused and what could not be read.

    Args:
        name: of the article.
        outcomes: of its notes.
        lost: what could not be read as notes.
    """
    click.echo(f"{name}:")
    for outcome in outcomes:
        note = outcome.foreign
        words = shortened(note.quote or note.title or note.body, 50)
        click.echo(f"  {_WORDS[outcome.status]:<12} {words:<50}  {outcome.reason}")
        click.echo(f"  {'':<12} {note.where}{_told_words(outcome)}")
    for entry in lost:
        click.echo(f"  {'unread':<12} {entry['from']}: {entry['reason']}")
    counts = Counter(outcome.status for outcome in outcomes)
    told = [f"{counts[status]} {word}" for status, word in _WORDS.items() if counts[status]]
    told += [f"{len(lost)} unread"] if lost else []
    click.echo(f"  {', '.join(told) or 'no notes'}")


def _told_words(outcome: Outcome) -> str:
    """The words that a note is now on, where they are others than it was on."""
    origin = outcome.annotation.origin if outcome.annotation else None
    return (
        f", now on “{shortened(outcome.annotation.quote, 60)}”"
        if outcome.annotation and origin and origin.quote
        else ""
    )
