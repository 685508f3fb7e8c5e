"""What an annotation is: plain, frozen data. Nothing here reads, writes or knows HTML.

Names follow the W3C Web Annotation Data Model (annotation, body, selector: quote, prefix, suffix) and CSL (source).
"""

from __future__ import annotations

import datetime
from enum import StrEnum
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field

from postil.model.fields import Day, Id, Link, Record, Text, TextList, as_list, mistake
from postil.model.problem import nearest

MAX_QUOTED_WORDS = 15  # the most that a note may quote from a source


class Kind(StrEnum):
    """What a note is for."""

    FACT_CHECK = "fact-check"
    CONTEXT = "context"
    CORRECTION = "correction"
    DEFINITION = "definition"
    QUESTION = "question"


def _checked_kind(value: Any) -> Any:
    known = [kind.value for kind in Kind]
    if isinstance(value, str) and value not in known:
        raise mistake(f"the kind {value!r} is unknown{nearest(value, known)}; kinds are {', '.join(known)}")
    return value


class Citation(Record):
    """A source as one note uses it.

    Attributes:
        id: the source's id in the register.
        locator: where in the source: a page, a section, a minute.
        says: what the source says there, word for word, at most fifteen words.
    """

    id: Text
    locator: str = ""
    says: str = ""


def _as_citation(value: Any) -> Any:
    return {"id": value} if isinstance(value, str) else value


def _checked_citation(value: Citation) -> Citation:
    words = len(value.says.split())
    if words > MAX_QUOTED_WORDS:
        raise mistake(f"`says` quotes {words} words; at most {MAX_QUOTED_WORDS} are allowed")
    return value


class Change(Record):
    """A correction to the note itself, kept and shown."""

    date: Day
    what: Text


Citations = Annotated[
    tuple[
        Annotated[
            Citation,
            BeforeValidator(_as_citation, json_schema_input_type=str | Citation),
            AfterValidator(_checked_citation),
        ],
        ...,
    ],
    BeforeValidator(as_list, json_schema_input_type=list[str | Citation]),
]


class Reply(Record):
    """What somebody answered to a note, where it came from.

    Attributes:
        author: the name that it was written under.
        created: the day on which it was written.
        note: the answer, Markdown without raw HTML.
    """

    author: str = ""
    created: Day | None = None
    note: Text


class Origin(Record):
    """Where a note that was written elsewhere comes from. Such a note's HTML is cleaned whenever it is shown.

    Attributes:
        via: the service, the program or the form that it came in: "Hypothesis", "CSV".
        id: its identifier there; an import skips a note whose origin is here already.
        url: its address there (W3C Web Annotation Vocabulary, `via`).
        author: who wrote it, as it is told there.
        created: the day on which it was written there.
        modified: the day of its last change there.
        motivation: why it was written (W3C Web Annotation Vocabulary, `motivation`).
        verdict: the rating that it carries there, in its own words; never a verdict of this site.
        quote: the words that it was on, where the article now has others.
        replies: what others answered to it there.
    """

    via: Text
    id: str = ""
    url: Link | None = None
    author: str = ""
    created: Day | None = None
    modified: Day | None = None
    motivation: str = ""
    verdict: str = ""
    quote: str = ""
    replies: tuple[Reply, ...] = ()


class Annotation(Record):
    """One note on one passage of an article.

    Attributes:
        id: permanent; it is the link to the note.
        quote: the words of the passage as a reader sees them (W3C TextQuoteSelector `exact`).
        prefix: the words straight before the passage, where the quote alone is not unique.
        suffix: the words straight after the passage.
        kind: what the note is for.
        verdict: the id of a verdict of the site's scale; for a fact check, and only there.
        title: the finding in a few words.
        note: the body, Markdown.
        sources: what the note rests on.
        caution: what a reader must know of the ground that the note stands on.
        claim: the numbers of the claims in the author's own list.
        claimant: who made the claim that a fact check is on, where it is not the article's own.
        tags: words to find notes by.
        author: the id of an author of the site.
        created: the day on which the note was published.
        changed: corrections to the note.
        origin: where a note that was written elsewhere comes from.
    """

    id: Id = Field(description="Permanent: it is the link to the note.")
    quote: Text = Field(description="The words of the passage, exactly one place of the page.")
    prefix: str = Field("", description="The words straight before the passage.")
    suffix: str = Field("", description="The words straight after the passage.")
    kind: Annotated[Kind, BeforeValidator(_checked_kind)]
    verdict: str | None = Field(None, description="The verdict of a fact check.")
    title: str = Field("", description="The finding in a few words.")
    note: Text = Field(description="The note itself, in Markdown.")
    sources: Citations = ()
    caution: str = Field("", description="What a reader must know of the sources.")
    claim: TextList = ()
    claimant: str = Field("", description="Who made the claim, if not the article itself.")
    tags: TextList = ()
    author: Text
    created: Day
    changed: tuple[Change, ...] = ()
    origin: Origin | None = Field(None, description="Where a note that was written elsewhere comes from.")

    @property
    def last_changed(self) -> datetime.date:
        """The day of the last change, or of the publication."""
        return max([self.created, *(change.date for change in self.changed)])


class Uncovered(Record):
    """Words of the article on which there is no note, and why."""

    quote: Text
    reason: Text
