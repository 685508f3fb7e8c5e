"""Notes from elsewhere → the new contents of the files beside the articles that they are on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from postil.files import snapshot
from postil.files.appending import appended
from postil.importing import unplaced
from postil.importing.articles import article_of
from postil.importing.foreign import Batch, Foreign
from postil.importing.placing import Outcome
from postil.model.annotation import Annotation
from postil.model.problem import shown
from postil.site.data_files import NOTES_SUFFIXES
from postil.text.anchor import Anchorer
from postil.text.naming import starts


@dataclass
class Intake:
    """What comes in for one article.

    Attributes:
        notes: from elsewhere, all on it.
        outcomes: what has become of them.
        lost: what has no place, as entries of the file of unplaced notes.
    """

    notes: list[Foreign] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    lost: list[dict[str, Any]] = field(default_factory=list)

    def put(self, outcomes: list[Outcome]) -> None:
        """Take down what has become of the notes, and what they came in without."""
        self.outcomes = outcomes
        self.lost += [unplaced.raw_entry(unread) for outcome in outcomes for unread in outcome.foreign.unread]


def by_article(
    batches: Iterable[Batch], urls: Mapping[str, str], *, wanted: str | None, otherwise: str | None
) -> tuple[dict[str, Intake], Counter[str]]:
    """What comes in, by the path of the article inside of docs/.

    Args:
        batches: of the files.
        urls: the address of each page inside of the site, by its path.
        wanted: the path of the article that all notes are on, where the user names one.
        otherwise: that of the article which notes are on whose page is none of the site.

    Returns:
        What comes in, and how many notes are on no page of the site, by what they call it.
    """
    intakes: dict[str, Intake] = defaultdict(Intake)
    astray: Counter[str] = Counter()
    for batch in batches:
        names = []
        for note in batch.notes:
            name = wanted or article_of(note.page, urls, urls) or otherwise
            if name is None:
                astray[note.page or "no page"] += 1
            else:
                intakes[name].notes.append(note)
                names.append(name)
        if batch.unread:
            home = max(names, key=names.count, default=wanted or otherwise)
            if home is None:
                astray["no page"] += len(batch.unread)
            else:
                intakes[home].lost += [unplaced.raw_entry(unread) for unread in batch.unread]
    return dict(intakes), astray


def with_notes(articles: Iterable[str], docs: Path) -> list[str]:
    """The paths of the articles that have a notes file."""
    return [name for name in articles if any((docs / name).with_suffix(suffix).is_file() for suffix in NOTES_SUFFIXES)]


def contents(
    article: Path, intake: Intake, text: str, present: Sequence[Annotation], *, uncertain: bool
) -> dict[Path, bytes]:
    """The new contents of the files beside an article; what has no place is taken down as lost.

    Args:
        article: its file.
        intake: with the outcomes.
        text: the reading text of the article.
        present: the notes that it has.
        uncertain: whether notes whose place is uncertain are taken in.

    Raises:
        PostilError: when the notes file cannot take the notes.
    """
    accepted = ("found", "uncertain") if uncertain else ("found",)
    new = [outcome.annotation for outcome in intake.outcomes if outcome.annotation and outcome.status in accepted]
    left = [outcome for outcome in intake.outcomes if outcome.status not in (*accepted, "duplicate")]
    intake.lost += [unplaced.entry(outcome) for outcome in left]
    made: dict[Path, bytes] = {}
    if new:
        anchorer = Anchorer(text)
        names = [article.with_suffix(suffix) for suffix in NOTES_SUFFIXES]
        file = next((name for name in names if name.is_file()), names[0])
        places = starts(anchorer, [*present, *new])
        made[file] = appended(file.read_bytes() if file.is_file() else None, new, shown(file), places)
        made |= _snapshot(article, anchorer, present)
    if intake.lost:
        file = article.with_suffix(unplaced.SUFFIX)
        made[file] = unplaced.added(file.read_bytes() if file.is_file() else None, intake.lost)
    return made


def _snapshot(article: Path, anchorer: Anchorer, present: Sequence[Annotation]) -> dict[Path, bytes]:
    """The text that the notes are on, to be kept where none is; an older one is renewed by `postil reanchor`."""
    file = snapshot.place(article)
    are_right = all(anchorer.place(note.quote, note.prefix, note.suffix) for note in present)
    return {file: snapshot.render(anchorer.text).encode()} if are_right and not file.is_file() else {}
