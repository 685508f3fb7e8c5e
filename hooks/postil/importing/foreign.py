"""A note as it comes from elsewhere: read and cleaned, but without a place in our text yet."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from postil.importing.files import as_json, mapping_of, text_of
from postil.importing.markdown import TooLong, name_like
from postil.importing.selectors import BY_WORDS, Told
from postil.importing.taking import Left
from postil.model.annotation import Kind, Origin, Reply
from postil.model.cutting import shortened
from postil.model.problem import counted

MAX_NOTES = 50_000
MAX_TAGS = 500  # nobody writes so many; a note that has more is set aside whole, and so on
MAX_REPLIES = 2_000
MAX_NAME = 300  # code points of a tag, an author, a rating
MAX_ID = 1_000

_ANSWER = "answering one of these"

# What else a note may be called where it was written; every other note is context.
_KINDS = {
    "questioning": Kind.QUESTION,
    "editing": Kind.CORRECTION,
    **{kind.value: kind for kind in Kind if kind is not Kind.FACT_CHECK},
}


@dataclass(frozen=True)
class Wanted:
    """What the user wants of a file beyond what everybody would.

    Attributes:
        resolved: comments that a document has as done, too.
        private: notes that not everybody may read where they come from, too.
        day_first: whether 3/2/2024 is the third of February; None where the user has not said.
    """

    resolved: bool = False
    private: bool = False
    day_first: bool | None = None


WHAT_IS_PUBLIC = Wanted()


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
        told: how the passage is told, where its words alone do not say it.
        body: the note, Markdown without raw HTML.
        title: its title.
        tags: words to find it by.
        kind: what it is for.
        own: the fields that our notes file had, where this is an export of this program (see `own`).
        left: the values that it came with and comes in without.
    """

    where: str
    origin: Origin
    page: str = ""
    quote: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int | None = None
    told: Told = BY_WORDS
    body: str = ""
    title: str = ""
    tags: tuple[str, ...] = ()
    kind: Kind = Kind.CONTEXT
    own: dict[str, Any] | None = None
    left: tuple[Left, ...] = ()

    @property
    def unread(self) -> Iterator[Unread]:
        """What it comes in without, as parts of the file that could not be read."""
        for left in self.left:
            raw = {"note": self.origin.id or self.where, left.key: left.text}
            yield Unread(left.where or self.where, f"{left.reason}; the note is taken without it", as_json(raw))

    def with_reply(self, reply: Reply, left: Iterable[Left]) -> Foreign:
        """The same note with another answer."""
        origin = self.origin.model_copy(update={"replies": (*self.origin.replies, reply)})
        return replace(self, origin=origin, left=(*self.left, *left))


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

    @contextmanager
    def refusing(self, where: str, raw: Any) -> Iterator[None]:
        """What follows makes a note of a part; the part is taken down instead where that note would be too long."""
        try:
            yield
        except TooLong as error:
            self.refuse(where, str(error), raw)


def passage(told: Told) -> dict[str, Any]:
    """The fields of a note that tell its passage; of a range they hold the words at both ends."""
    words = told.words
    quote, suffix = (words.exact, words.suffix)
    if told.until is not None:
        quote, suffix = f"{quote} … {told.until.exact}", told.until.suffix
    return {"quote": quote, "prefix": words.prefix, "suffix": suffix, "start": told.start, "told": told}


class Closed:
    """What not everybody may read where it comes from: it is left out, and counted.

    Args:
        wanted: whether the user wants it all the same.
    """

    def __init__(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self._reasons: Counter[str] = Counter()

    def holds(self, reason: str) -> bool:
        """Whether a note is left out, by the reason why not everybody may read it; an empty one for an open note."""
        if not reason or self._wanted.private:
            return False
        self._reasons[reason] += 1
        return True

    def told(self, file: str) -> list[str]:
        """The line that says what was left out; none where nothing was."""
        if not self._reasons:
            return []
        which = ", ".join(f"{count} {reason}" for reason, count in self._reasons.most_common())
        notes = counted(self._reasons.total(), "note")
        return [f"{file}: {notes} left out that not everybody may read ({which}); with --private they come in, too"]


def threaded(
    annotations: Iterable[Any],
    file: str,
    expected: str,
    root_of: Callable[[Any], str | None],
    closed_by: Callable[[dict[str, Any]], str],
    notes_of: Callable[[dict[str, Any], list[dict[str, Any]], str], Iterable[Foreign]],
    wanted: Wanted,
) -> Batch:
    """Read notes, each with its answers.

    Args:
        annotations: as their JSON has them; an answer may come before its note.
        file: its name, for messages.
        expected: what an annotation must be, for messages.
        root_of: the id of the note that an annotation answers, empty for a note, None for what is no annotation.
        closed_by: why not everybody may read an annotation, or an empty text.
        notes_of: an annotation, its answers in their order and its place in the file → a note for each of its
            passages; may raise `TooLong`.
        wanted: what the user wants of the file.

    Returns:
        The notes and what could not be read.
    """
    batch, closed = Batch(), Closed(wanted)
    answers: dict[str, list[dict[str, Any]]] = defaultdict(list)
    numbered = [(f"{file}, annotation {number}", item, root_of(item)) for number, item in enumerate(annotations, 1)]
    left = {id(item) for _, item, root in numbered if root is not None and closed.holds(closed_by(item))}
    # What answers a note that is left out speaks of it, and so does what answers the answer.
    while True:
        unread = {text_of(item.get("id")) for _, item, _ in numbered if id(item) in left} - {""}
        more = [item for _, item, root in numbered if root in unread and id(item) not in left and closed.holds(_ANSWER)]
        if not more:
            break
        left |= set(map(id, more))
    numbered = [(where, item, root) for where, item, root in numbered if id(item) not in left]
    batch.told = closed.told(file)
    known = {text_of(mapping_of(item).get("id")) for _, item, _ in numbered} - {""}
    for _, item, root in numbered:
        if root:
            answers[root].append(item)
    for where, item, root in numbered:
        if root is None:
            batch.refuse(where, f"expected {expected}", item)
        elif not root:
            with batch.refusing(where, item):
                batch.notes += notes_of(item, answers.get(text_of(item.get("id")), []), where)
        elif root not in known:
            batch.refuse(where, "an answer to a note that is not in this file", item)
    return batch


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
    url: str | None = None,
    author: str = "",
    created: datetime.date | None = None,
    modified: datetime.date | None = None,
    motivation: str = "",
    verdict: str = "",
    replies: tuple[Reply, ...] = (),
) -> Origin:
    """An origin from what a file tells.

    Raises:
        TooLong: when one of the texts is longer than anybody writes it, or there are too many answers.
    """
    if len(replies) > MAX_REPLIES:
        raise TooLong(f"the note has {len(replies):,} answers; at most {MAX_REPLIES:,} are taken")
    return Origin(
        via=shortened(name_like(via), 100) or "an import",
        id=_bounded(id, "id", MAX_ID),
        url=url,
        author=_bounded(author, "author"),
        created=created,
        modified=modified,
        motivation=_bounded(motivation, "motivation"),
        verdict=_bounded(verdict, "rating"),
        replies=replies,
    )


def tags_of(words: Iterable[str]) -> tuple[str, ...]:
    """Tags as text, each once.

    Raises:
        TooLong: when there are more of them than anybody writes, or one is longer.
    """
    tags = tuple(dict.fromkeys(tag for word in words if (tag := _bounded(word, "tag"))))
    if len(tags) > MAX_TAGS:
        raise TooLong(f"the note has {len(tags):,} tags; at most {MAX_TAGS:,} are taken")
    return tags


def _bounded(text: str, what: str, limit: int = MAX_NAME) -> str:
    """Text for one line; nothing is cut off without a word."""
    name = name_like(text)
    if len(name) > limit:
        raise TooLong(f"its {what} {shortened(name, 40)!r} has {len(name):,} characters; at most {limit:,} are taken")
    return name
