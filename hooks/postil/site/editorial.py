"""What the editorial state of the notes asks for: reviews that lack, verdicts that differ, notes that are due."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable, Iterator

from postil.files.notes_file import Entry
from postil.model.annotation import Annotation, Kind
from postil.model.problem import Place, counted
from postil.model.settings import Settings

Told = tuple[Place, str]


def today() -> datetime.date:
    """The day of `SOURCE_DATE_EPOCH` (reproducible-builds.org), else of the author's clock."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date()
    return datetime.datetime.now().astimezone().date()


def is_unreviewed(annotation: Annotation, settings: Settings) -> bool:
    """Whether fewer have looked at a fact check than the site demands."""
    is_open = annotation.kind is Kind.FACT_CHECK and not annotation.retracted
    return is_open and len(annotation.reviewers) < settings.review.needed


def unreviewed(entries: Iterable[Entry], settings: Settings) -> Iterator[Told]:
    """Published fact checks at which fewer have looked than the site demands."""
    needed = settings.review.needed
    for entry in entries:
        data = entry.annotation
        if data.status is None and is_unreviewed(data, settings):
            has = f"has {counted(len(data.reviewers), 'review')} by others than its author, and {needed} are needed"
            mend = "write `status: review` until then"
            yield entry.place(), f"{data.id}: this fact check {has} (`review` in postil.yml); {mend}"


def differing(entries: Iterable[Entry]) -> Iterator[Told]:
    """Reviews that come to another verdict than the note."""
    for entry in entries:
        data = entry.annotation
        counting = {review.by: review for review in data.reviewers}
        for number, review in enumerate(data.reviews):
            if counting[review.by] is review and review.verdict not in (None, data.verdict):
                message = f"{data.id}: {review.by} comes to {review.verdict!r}, the note says {data.verdict!r}"
                yield entry.place("reviews", number, "verdict"), message


def is_due(annotation: Annotation, day: datetime.date) -> bool:
    """Whether a published note must be looked at again."""
    recheck = annotation.recheck
    return recheck is not None and not annotation.retracted and not annotation.status and recheck.date <= day


def due(entries: Iterable[Entry], day: datetime.date) -> Iterator[Told]:
    """Notes that must be looked at again by a day."""
    for entry in entries:
        recheck = entry.annotation.recheck
        if recheck is not None and is_due(entry.annotation, day):
            why = f": {recheck.why}" if recheck.why else ""
            yield entry.place("recheck"), f"{entry.annotation.id}: to be checked again since {recheck.date}{why}"
