"""A note as data: what every format shows of it, in the words of its readers, before any markup (see `note_words`).

Each format draws a note from nothing but this: the page by `parts.on_page`, others with a template of their own (see
`templates/note/`).
A site has tens of thousands of notes: with slots each takes a third of the memory.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Annotated, Any

from markupsafe import Markup
from pydantic import PlainSerializer, PlainValidator

from postil.model.annotation import Annotation
from postil.model.scale import Author, Verdict
from postil.text.anchor import Span
from postil.text.reading import words

KEY = "key"  # the tag of the notes that a reader is shown first
NOWHERE = Span(0, 0)  # the passage of a note that has lost it

# HTML that templates do not escape; it goes from process to process as text.
Html = Annotated[Markup, PlainValidator(Markup), PlainSerializer(str)]


@dataclass(frozen=True, slots=True)
class CitationView:
    """A source as a note cites it.

    Attributes:
        number: the one that it has on paper, in the list at the article's end.
        title: of the source.
        entry: the address of its entry in the register as the article writes it, or an empty text.
        url: the address of the source itself, or an empty text.
        locator: where in it, or an empty text.
        details: where and when it came out, and where in it, beginning with a comma.
        says: what it says there, word for word, or an empty text.
    """

    number: int
    title: str
    entry: str
    url: str
    locator: str
    details: str
    says: str

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), attrgetter(*self.__match_args__)(self)  # what `dataclass` does here takes ten times as long


@dataclass(frozen=True, slots=True)
class DevelopmentView:
    """Something that happened after the day of the article: its date in words, what, and what that rests on."""

    date: str
    what: str
    citations: tuple[CitationView, ...]


@dataclass(frozen=True, slots=True)
class ReplyView:
    """What somebody answered to a note where it was written; `body` is Markdown rendered and cleaned."""

    author: str
    created: datetime.date | None
    body: Html


@dataclass(frozen=True, slots=True)
class StateView:
    """The editorial state of a note in sentences, each empty where there is nothing to tell.

    Attributes:
        unpublished: how far a note is that only the preview shows, and who works on it.
        reviewed: how many others have looked at it and whether they agree, or who.
        checked: when somebody last looked at its sources.
        retracted: when it was taken back, and why.
    """

    unpublished: str = ""
    reviewed: str = ""
    checked: str = ""
    retracted: str = ""


@dataclass(frozen=True, slots=True)
class NoteView:
    """A note as it is shown.

    What its author wrote word for word (title, caution, changes, tags, …) is in `annotation`; the rest is what the page
    and the site make of it. All addresses are as the article's page writes them.

    Attributes:
        annotation: the note's data.
        number: its number on the page, in the order of the notes and of the links to them; 0 for a note without place.
        span: its passage, in code points of the reading text; `NOWHERE` for a note without place.
        passage: the words that it is on.
        kind: the word for its kind.
        verdict: of a fact check.
        body: its Markdown, rendered.
        citations: the sources that it rests on.
        since: what happened after the day of the article.
        origin: for a note that was written elsewhere who wrote it, when and where, in a sentence; else an empty text.
        replies: what others answered to it there.
        author: who wrote it, or brought it here.
        classes: the class names that say kind, verdict, and that it is a key note; passage, link and note share them.
        label: what a screen reader says for the note and for the link to it: "Note 3: Fact check, Confirmed".
        back: what a screen reader says for the way back to the passage.
        own: the address of the note's own page, or an empty text.
        rests: whether the margin has no room for all of it, so that it shows its finding until it is chosen.
        state: what else a reader is told of it: who has looked at it and when; in the preview, how far it is.
        retracted: the word for a note that was taken back, which then has no verdict; else an empty text.
        claimed_by: who made the claim and when, as far as the note says so.
        report: the address to which a reader reports a mistake in it, filled in; or an empty text.
    """

    annotation: Annotation
    number: int
    span: Span
    passage: str
    kind: str
    verdict: Verdict | None
    body: Html
    citations: tuple[CitationView, ...]
    since: tuple[DevelopmentView, ...]
    origin: str
    replies: tuple[ReplyView, ...]
    author: Author
    classes: str
    label: str
    back: str
    own: str = ""
    rests: bool = False
    state: StateView = StateView()
    claimed_by: str = ""
    retracted: str = ""
    report: str = ""
    _said: str | None = field(default=None, init=False, repr=False, compare=False)

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), attrgetter(*self.__match_args__)(self)

    @property
    def said(self) -> str:
        """What a reader reads of its body; it is read once."""
        if self._said is None:
            object.__setattr__(self, "_said", words(self.body))
        return self._said or ""

    @property
    def is_lost(self) -> bool:
        """Whether its words are not on the page any more."""
        return not self.number

    @property
    def heading(self) -> str:
        """The finding in a word: the verdict, or else the kind; that it was taken back goes before both."""
        return self.retracted or (self.verdict.word if self.verdict else self.kind)
