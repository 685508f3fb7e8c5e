"""What there is to do on a site: everything is read from its notes, its articles and the day; nothing is kept."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from postil.files.notes_file import Entry
from postil.model.annotation import Annotation, Kind
from postil.model.cutting import shortened
from postil.model.editorial import Status
from postil.model.problem import counted, shown
from postil.site.editorial import is_due, is_unreviewed
from postil.site.folder import Site
from postil.text.anchor import Anchorer, Refusal
from postil.text.coverage import Coverage

Group = Literal["lost", "draft", "review", "unreviewed", "recheck", "uncovered", "question"]
# In the order in which somebody sees to them.
GROUPS: dict[Group, str] = {
    "lost": "Notes that have lost their passage",
    "draft": "Drafts",
    "review": "In review",
    "unreviewed": "Fact checks that need more reviews",
    "recheck": "To be checked again",
    "uncovered": "Figures and dates without a note or a reason",
    "question": "Open questions",
}
_GAPS = ("figure", "date")  # as `postil coverage --strict` counts them


@dataclass(frozen=True)
class Task:
    """One thing to do.

    Attributes:
        group: what sort of thing.
        article: its path inside of docs/.
        note: the id of the note; an empty text for words without one.
        place: file:line:column, or the file.
        words: title or passage of the note; the words without one.
        why: what is the matter, in a few words, or an empty text.
        mine: whether it is for whoever asks.
        before: of words without a note, what stands before them in their sentence.
        after: and what stands behind.
    """

    group: Group
    article: str
    note: str
    place: str
    words: str
    why: str = ""
    mine: bool = False
    before: str = ""
    after: str = ""


def tasks(
    site: Site, texts: Mapping[str, str], coverages: Mapping[str, Coverage], day: datetime.date, author: str = ""
) -> list[Task]:
    """All there is to do.

    Args:
        site: read with the notes that are not published.
        texts: the reading text of each page, by its path.
        coverages: of the articles, by their path.
        day: on which it is asked.
        author: the id of whoever asks; of a group theirs come first.

    Returns:
        The tasks in the order of `GROUPS`, then mine, then in the order of the articles and their notes.
    """
    found = [
        task for path, entries in site.notes.items() for task in _of_article(site, path, entries, texts, day, author)
    ]
    found += [task for path, coverage in coverages.items() for task in _uncovered(site, path, coverage)]
    order = list(GROUPS)
    return sorted(found, key=lambda task: (order.index(task.group), not task.mine))


def _of_article(
    site: Site, path: str, entries: Iterable[Entry], texts: Mapping[str, str], day: datetime.date, author: str
) -> Iterator[Task]:
    anchorer = Anchorer(texts[path]) if path in texts else None
    for entry in entries:
        data = entry.annotation
        words = shortened(data.title or data.quote)
        if anchorer and not data.retracted:
            place = anchorer.find(data.quote, data.prefix, data.suffix)
            if isinstance(place, Refusal):
                mine = bool(author) and author in (data.author, data.assigned)
                where = str(entry.place("quote"))
                yield Task("lost", path, data.id, where, shortened(data.quote), "run `postil reanchor`", mine)
        for group, why, mine in _asked(site, data, day, author):
            yield Task(group, path, data.id, str(entry.place()), words, why, mine)


def _asked(site: Site, data: Annotation, day: datetime.date, author: str) -> Iterator[tuple[Group, str, bool]]:
    """What a note asks for by its state: the group, why, and whether of this author."""
    settings = site.context.settings
    is_ours = bool(author) and author in (data.author, data.assigned)
    assigned = f"assigned to {data.assigned}" if data.assigned else ""
    if data.status is Status.DRAFT:
        yield "draft", assigned, is_ours
    if data.status is Status.REVIEW:
        yield "review", assigned or f"by {data.author}", bool(author) and data.assigned == author
    if data.status is not Status.DRAFT and is_unreviewed(data, settings):
        why = f"{len(data.reviewers)} of {counted(settings.review.needed, 'review')}"
        seen = {data.author, *(review.by for review in data.reviewers)}
        yield "unreviewed", why, bool(author) and author not in seen
    if data.recheck is not None and is_due(data, day):
        why = f": {data.recheck.why}" if data.recheck.why else ""
        yield "recheck", f"since {data.recheck.date}{why}", is_ours
    if data.kind is Kind.QUESTION and data.status is None and not data.retracted:
        yield "question", "", is_ours


def _uncovered(site: Site, path: str, coverage: Coverage) -> Iterator[Task]:
    for sentence in coverage.sentences:
        for gap in sentence.gaps:
            if gap.kind in _GAPS and not gap.reason:
                file = shown(site.docs / path)
                before, _, after = sentence.text.partition(gap.text)
                why = f"in: {shortened(sentence.text)}"
                yield Task("uncovered", path, "", file, gap.text, why, before=before, after=after)
