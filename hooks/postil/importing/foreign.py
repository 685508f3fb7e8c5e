"""A note as it comes from elsewhere: read and cleaned, but without a place in our text yet."""

from __future__ import annotations

import datetime
import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from postil.importing.files import mapping_of, text_of
from postil.importing.markdown import TooLong, name_like
from postil.model.addresses import is_safe_link
from postil.model.annotation import Kind, Origin, Reply
from postil.model.problem import shortened

MAX_NOTES = 50_000
MAX_TAGS = 50
MAX_REPLIES = 200

# What else a note may be called where it was written; every other note is context.
_KINDS = {
    "questioning": Kind.QUESTION,
    "editing": Kind.CORRECTION,
    **{kind.value: kind for kind in Kind if kind is not Kind.FACT_CHECK},
}


@dataclass(frozen=True)
class Foreign:
    """One note from elsewhere. All of its text is safe to write into a notes file.

    Attributes:
        where: the file and the note in it, for messages.
        origin: who wrote it, where and when.
        page: the address or the path of the page that it is on, as it is told there.
        quote: the words of its passage; empty for a note on a whole page.
        prefix: the words straight before.
        suffix: the words straight after.
        start: where the passage begins in the text and the units that it comes from; None where that is not told.
        body: the note, Markdown without raw HTML.
        title: its title.
        tags: words to find it by.
        kind: what it is for.
        own: the fields that our notes file had, where this is an export of this program (see `own`).
    """

    where: str
    origin: Origin
    page: str = ""
    quote: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int | None = None
    body: str = ""
    title: str = ""
    tags: tuple[str, ...] = ()
    kind: Kind = Kind.CONTEXT
    own: dict[str, Any] | None = None


@dataclass(frozen=True)
class Unread:
    """A part of a file that could not be read as a note.

    Attributes:
        where: the file and the place in it.
        reason: what is wrong and what was expected.
        raw: the part as it stands in the file, so that nothing is lost.
    """

    where: str
    reason: str
    raw: str


@dataclass
class Batch:
    """What one file holds.

    Attributes:
        notes: its notes.
        unread: its parts that are none.
        told: what was left out on purpose, a line each, for the author.
    """

    notes: list[Foreign] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def refuse(self, where: str, reason: str, raw: Any) -> None:
        """Take down a part that is no note."""
        self.unread.append(Unread(where, reason, raw if isinstance(raw, str) else as_json(raw)))


def threaded(
    annotations: Iterable[Any],
    file: str,
    expected: str,
    root_of: Callable[[Any], str | None],
    note_of: Callable[[dict[str, Any], list[dict[str, Any]], str], Foreign],
) -> Batch:
    """Read notes, each with its answers.

    Args:
        annotations: as their JSON has them; an answer may come before its note.
        file: its name, for messages.
        expected: what an annotation must be, for messages.
        root_of: the id of the note that an annotation answers, empty for a note, None for what is no annotation.
        note_of: an annotation, its answers in their order and its place in the file → the note; may raise `TooLong`.

    Returns:
        The notes and what could not be read.
    """
    batch = Batch()
    answers: dict[str, list[dict[str, Any]]] = defaultdict(list)
    numbered = [(f"{file}, annotation {number}", item, root_of(item)) for number, item in enumerate(annotations, 1)]
    known = {text_of(mapping_of(item).get("id")) for _, item, _ in numbered} - {""}
    for _, item, root in numbered:
        if root:
            answers[root].append(item)
    for where, item, root in numbered:
        if root is None:
            batch.refuse(where, f"expected {expected}", item)
        elif not root:
            try:
                batch.notes.append(note_of(item, answers.get(text_of(item.get("id")), []), where))
            except TooLong as error:
                batch.refuse(where, str(error), item)
        elif root not in known:
            batch.refuse(where, "an answer to a note that is not in this file", item)
    return batch


def as_json(data: Any) -> str:
    """Data of a JSON file as the text of one line; halves of characters stay written as numbers."""
    return json.dumps(data, ensure_ascii=True)


def kind_of(words: Iterable[str]) -> Kind:
    """The kind of a note by its motivations and tags; never a fact check, whose verdict would be ours."""
    return next((_KINDS[word.lower()] for word in words if word.lower() in _KINDS), Kind.CONTEXT)


def rating_of(tags: Iterable[str], ratings: frozenset[str]) -> str:
    """The first tag that is the name of a rating, or an empty text."""
    return next((tag for tag in tags if tag.lower() in ratings), "")


def origin(
    via: str,
    *,
    id: str = "",  # noqa: A002 (the field's name)
    url: str = "",
    author: str = "",
    created: str = "",
    modified: str = "",
    motivation: str = "",
    verdict: str = "",
    replies: tuple[Reply, ...] = (),
) -> Origin:
    """An origin from whatever a file tells: addresses that are none and dates that are none are left out."""
    return Origin(
        via=shortened(name_like(via), 100) or "an import",
        id=shortened(name_like(id), 300),
        url=url if is_safe_link(url) else None,
        author=shortened(name_like(author), 100),
        created=day(created),
        modified=day(modified),
        motivation=shortened(name_like(motivation), 100),
        verdict=shortened(name_like(verdict), 100),
        replies=replies[:MAX_REPLIES],
    )


def day(text: str) -> datetime.date | None:
    """The day in UTC of a date or a time in ISO 8601, or None."""
    try:
        time = datetime.datetime.fromisoformat(text.strip())
        return (time.astimezone(datetime.UTC) if time.tzinfo else time).date()
    except (ValueError, OverflowError):
        return None


def tags_of(words: Iterable[str]) -> tuple[str, ...]:
    """Tags as text, each once."""
    return tuple(dict.fromkeys(shortened(tag, 60) for word in words if (tag := name_like(word))))[:MAX_TAGS]
