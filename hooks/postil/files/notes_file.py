"""NAME.annotations.yml, the notes file beside an article, → annotations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath

from postil.files.validation import validated
from postil.files.yamltext import Document, read_yaml, type_names
from postil.model.annotation import Annotation, Citation, Kind, Uncovered
from postil.model.editorial import Status
from postil.model.fields import as_list
from postil.model.problem import Place, PostilError, Problem, nearest
from postil.model.scale import RETIRED
from postil.model.settings import Settings
from postil.model.source import Source

_KEYS = ("annotations", "uncovered")


@dataclass(frozen=True, slots=True)
class Entry:
    """An annotation and where its file says what.

    Attributes:
        annotation: the note.
        index: its place in the file, from 0.
        document: the file, for places.
    """

    annotation: Annotation
    index: int
    document: Document

    def place(self, *path: str | int) -> Place:
        """The place of a value of this note: `entry.place("quote")`."""
        return self.document.place(("annotations", self.index, *path))


@dataclass(frozen=True)
class Excuse:
    """Words of the article that have no note, and where the notes file says why."""

    uncovered: Uncovered
    place: Place


@dataclass(frozen=True)
class NotesFile:
    """What a notes file holds.

    Attributes:
        entries: its notes.
        excuses: the words without a note, and why.
        halves: of each note with a mistake what it names (author, verdict, sources), and nothing else.
    """

    entries: tuple[Entry, ...] = ()
    excuses: tuple[Excuse, ...] = ()
    halves: tuple[Entry, ...] = ()


def read_annotations(content: bytes, file: str) -> tuple[NotesFile, list[Problem]]:
    """Read a notes file.

    Args:
        content: the bytes of the file.
        file: its name, for messages.

    Returns:
        What the file holds, in its order, and every mistake. A note with a mistake is not among the notes.
    """
    try:
        document = read_yaml(content, file)
    except PostilError as error:
        return NotesFile(), list(error.problems)
    return understood(document)


def understood(document: Document) -> tuple[NotesFile, list[Problem]]:
    """What the data of a notes file say, and every mistake in them; see `read_annotations`."""
    problems: list[Problem] = []
    if not isinstance(document.data, dict):
        message = f"expected `annotations:` and a list of notes below it, found {type_names[type(document.data)]}"
        return NotesFile(), [Problem(document.place(()), message)]
    for key in document.data:
        if key not in _KEYS:
            message = f"the key {key!r} is unknown{nearest(key, _KEYS)}; expected `annotations:`"
            problems.append(Problem(document.key_place((key,)), message))
    if "annotations" not in document.data:
        return NotesFile(), problems or [Problem(document.place(()), "the key 'annotations' is missing")]
    excuses = []
    for index in range(_length(document, "uncovered", problems)):
        if uncovered := validated(Uncovered, document, ("uncovered", index), problems):
            excuses.append(Excuse(uncovered, document.place(("uncovered", index, "quote"))))
    entries: list[Entry] = []
    halves: list[Entry] = []
    first: dict[str, Place] = {}
    for index in range(_length(document, "annotations", problems)):
        annotation = validated(Annotation, document, ("annotations", index), problems)
        if annotation is None:
            halves += _half(document, index)
            continue
        entry = Entry(annotation, index, document)
        place = entry.place("id")
        if annotation.id in first:
            message = (
                f"the id {annotation.id!r} is here twice (first in line {first[annotation.id].line}); ids are links"
            )
            problems.append(Problem(place, message))
            continue
        first[annotation.id] = place
        entries.append(entry)
    return NotesFile(tuple(entries), tuple(excuses), tuple(halves)), problems


def _half(document: Document, index: int) -> Iterator[Entry]:
    """What can be read of a note with mistakes: whom and what it names, so that all mistakes are told in one go."""
    data = document.data["annotations"][index]
    if not isinstance(data, dict):
        return
    names = {key: data[key] for key in ("author", "verdict") if isinstance(data.get(key), str)}
    listed = data.get("sources")
    listed = as_list(listed) if isinstance(listed, list | str) else []
    cited = [one.get("id") if isinstance(one, dict) else one for one in listed]
    sources = tuple(Citation.model_construct(id=name if isinstance(name, str) else "") for name in cited)
    yield Entry(
        Annotation.model_construct(**{"author": "", "verdict": None, "sources": sources} | names), index, document
    )


def _length(document: Document, key: str, problems: list[Problem]) -> int:
    """How many items the list of this key has; nothing is an empty list."""
    items = document.data.get(key) or []
    if isinstance(items, list):
        return len(items)
    what = {"annotations": "notes", "uncovered": "words without a note"}[key]
    message = f"{key!r}: expected a list of {what}, found {type_names[type(items)]}"
    problems.append(Problem(document.place((key,)), message))
    return 0


def check_references(entry: Entry, settings: Settings) -> list[Problem]:
    """Whether a note fits the site that it is part of.

    Args:
        entry: the note.
        settings: the site's authors and verdicts.

    Returns:
        A problem for an author or a verdict that the site does not know, and for a fact check without a verdict or,
        if it is more than a draft, without a source.
    """
    annotation = entry.annotation
    problems = unknown_names(entry, settings)
    verdicts = ", ".join(settings.verdicts)
    if annotation.kind is Kind.FACT_CHECK:
        if annotation.verdict is None:
            problems.append(Problem(entry.place(), f"a fact check needs a verdict; verdicts are {verdicts}"))
        if not annotation.sources and annotation.status is not Status.DRAFT:
            problems.append(Problem(entry.place(), "a fact check needs at least one source: `sources: [ID]`"))
    elif annotation.verdict is not None:
        message = f"a verdict belongs to a fact check; this note is a {annotation.kind.value}"
        problems.append(Problem(entry.place("verdict"), message))
    return problems + check_state(entry, settings)


def unknown_names(entry: Entry, settings: Settings) -> list[Problem]:
    """A problem for an author and for a verdict that the site does not know."""
    annotation, problems = entry.annotation, []
    if annotation.author and annotation.author not in settings.authors:
        hint = nearest(annotation.author, settings.authors)
        known = ", ".join(settings.authors)
        message = f"the author {annotation.author!r} is unknown{hint}; authors are {known} (add others to postil.yml)"
        problems.append(Problem(entry.place("author"), message))
    if annotation.verdict and annotation.verdict not in settings.verdicts:
        if annotation.verdict in RETIRED:
            message = f"the verdict {annotation.verdict!r} has left the default scale: {RETIRED[annotation.verdict]}"
        else:
            hint = nearest(annotation.verdict, settings.verdicts)
            verdicts = ", ".join(settings.verdicts)
            message = f"the verdict {annotation.verdict!r} is unknown{hint}; verdicts are {verdicts}"
        problems.append(Problem(entry.place("verdict"), message))
    return problems


def check_state(entry: Entry, settings: Settings) -> list[Problem]:
    """A problem for whoever works on a note or has reviewed it where that cannot be, and for their verdicts."""
    annotation, problems = entry.annotation, []

    def unknown(what: str, name: str) -> str:
        known = ", ".join(settings.authors)
        return f"the {what} {name!r} is unknown{nearest(name, settings.authors)}; authors are {known}"

    if annotation.assigned:
        if not annotation.status:
            message = "only a note that is not published is assigned; add `status: draft` or take this out"
            problems.append(Problem(entry.place("assigned"), message))
        elif annotation.assigned not in settings.authors:
            problems.append(Problem(entry.place("assigned"), unknown("author", annotation.assigned)))
    for number, review in enumerate(annotation.reviews):
        place = entry.place("reviews", number, "by")
        if review.by not in settings.authors:
            problems.append(Problem(place, unknown("reviewer", review.by)))
        elif review.by == annotation.author:
            problems.append(Problem(place, f"{review.by!r} wrote this note; a reviewer is another than the author"))
        if review.verdict is None:
            continue
        place = entry.place("reviews", number, "verdict")
        if annotation.verdict is None:
            problems.append(
                Problem(place, f"a verdict belongs to a fact check; this note is a {annotation.kind.value}")
            )
        elif review.verdict not in settings.verdicts:
            verdicts = ", ".join(settings.verdicts)
            hint = nearest(review.verdict, settings.verdicts)
            problems.append(Problem(place, f"the verdict {review.verdict!r} is unknown{hint}; verdicts are {verdicts}"))
    return problems


def unknown_sources(entry: Entry, sources: dict[str, Source]) -> list[Problem]:
    """A problem for each source of a note that is not in the site's register."""
    annotation = entry.annotation
    named: list[tuple[str, tuple[str | int, ...]]] = [
        (citation.id, ("sources", number, "id")) for number, citation in enumerate(annotation.sources)
    ]
    named += [(name, ("appearance", number)) for number, name in enumerate(annotation.appearance)]
    named += [
        (citation.id, ("since", place, "sources", number, "id"))
        for place, development in enumerate(annotation.since)
        for number, citation in enumerate(development.sources)
    ]
    return [Problem(entry.place(*path), lacks(name, sources)) for name, path in named if name and name not in sources]


def lacks(name: str, sources: Mapping[str, Source]) -> str:
    """What to say of an id that no register has."""
    files = sorted({PurePath(source.place.file).name for source in sources.values()}) or ["sources.yml"]
    return f"the source {name!r} is not in {' or '.join(files)}{nearest(name, sources)}"
