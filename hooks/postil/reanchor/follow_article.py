"""The notes of one article while they follow an edit: what is settled, what is left, what is written.

Nobody is asked here: whoever asks (a command, a page) settles a note with `take` or `leave`.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from postil.files import snapshot
from postil.files.edits import NoteEdit, edited
from postil.files.translations import Texts
from postil.files.writing import replace
from postil.reanchor import plan
from postil.reanchor.outcome import Found
from postil.reanchor.plan import Step
from postil.text.anchor import Candidate

OLD_WORDS = "the verdict was given for the old words"


@dataclass
class FollowedArticle:
    """One article while its notes are looked at.

    Attributes:
        file: the Markdown page.
        path: the same inside of docs/, with slashes.
        text: its reading text of today.
        kept: the reading text of the snapshot, if there is one.
        steps: what is to be done with its notes.
        today: the date of what is added to the record of a note.
        changes: what is to be written, by the id of the note.
        left: the ids of the notes that stay without a certain place, each with the reason.
    """

    file: Path
    path: str
    text: str
    kept: str | None
    steps: list[Step]
    today: datetime.date
    changes: dict[str, NoteEdit] = field(default_factory=dict)
    left: dict[str, str] = field(default_factory=dict)

    @property
    def renews_snapshot(self) -> bool:
        """Whether the text of today is to be kept: every note has its place in it, and it is another."""
        return not self.left and self.kept != self.text

    def settle(self, words: Texts, *, take_best: bool = False) -> Iterator[Step]:
        """Settle all that needs no question.

        Args:
            words: the texts of the interface, for the record of a note.
            take_best: whether the best place is taken where one was found that is not certain.

        Yields:
            The steps that somebody must be asked about; each is to be taken or left.
        """
        for step in self.steps:
            if step.is_kept:
                continue
            if isinstance(step.outcome, Found) and (step.is_certain or (take_best and step.values is not None)):
                self.take(step, step.choices[0], words)
            else:
                yield step

    def take(self, step: Step, choice: Candidate, words: Texts) -> None:
        """A note goes to this place; where no prefix or suffix tells it from others, it is left."""
        change = plan.change(step, choice.span, self.text, self.today, words)
        if change is None:
            self.left[step.entry.annotation.id] = "no prefix or suffix tells this place from others"
        elif change.values:
            self.changes[step.entry.annotation.id] = change

    def leave(self, step: Step) -> None:
        """A note stays as it is."""
        self.left[step.entry.annotation.id] = step.told

    def write(self) -> None:
        """Write the quotes, and keep the text when every note has its place in it.

        Raises:
            PostilError: where a notes file cannot be changed without touching more than the note.
            OSError: where a file cannot be written.
        """
        changes: defaultdict[str, dict[int, NoteEdit]] = defaultdict(dict)
        for step in self.steps:
            if change := self.changes.get(step.entry.annotation.id):
                changes[step.entry.document.file][step.entry.index] = change
        contents = {Path(file): edited(Path(file).read_bytes(), file, here) for file, here in changes.items()}
        for file, content in contents.items():
            replace(file, content)
        if self.renews_snapshot:
            snapshot.write_snapshot(self.file, self.text)

    def as_data(self) -> dict[str, Any]:
        """The outcome as JSON has it."""
        state = "missing" if self.kept is None else "agrees" if self.kept == self.text else "outdated"
        return {"article": self.path, "snapshot": state, "notes": [self._note(step) for step in self.steps]}

    def _note(self, step: Step) -> dict[str, Any]:
        annotation, outcome = step.entry.annotation, step.outcome
        change = self.changes.get(annotation.id)
        status = "changed" if change else "left" if annotation.id in self.left else "kept"
        told: dict[str, Any] = {"id": annotation.id, "status": status, "quote": annotation.quote}
        if change:
            told["new"] = dict(change.values)
        if isinstance(outcome, Found):
            told |= {"confidence": outcome.confidence, "evidence": list(outcome.evidence)}
            if outcome.changes and not step.is_kept:
                told["now"] = step.choices[0].text
                told["differs"] = [{"kind": one.kind, "old": one.old, "new": one.new} for one in outcome.changes]
                told["caution"] = OLD_WORDS
        else:
            told |= {"reason": outcome.reason, "message": outcome.message}
        if status == "left":
            told["candidates"] = [{"text": choice.text, "score": choice.score} for choice in step.choices]
        return told
