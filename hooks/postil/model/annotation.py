"""What an annotation is: plain, frozen data. Nothing here reads, writes or knows HTML.

Names follow the W3C Web Annotation Data Model (annotation, body, selector: quote, prefix, suffix) and CSL (source).
"""

from __future__ import annotations

import datetime
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from postil.model.editorial import Due, NotPublished, Retraction, Review
from postil.model.edtf import checked_text
from postil.model.fields import Day, Id, Link, Record, Text, TextList, as_list, mistake
from postil.model.problem import nearest
from postil.model.source import Date

MAX_CLAIMED = 75  # characters of the sentence for a claim; a longer one is cut off elsewhere
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


class Development(Record):
    """Something that happened after the day of the article and bears on a passage. No verdict takes it into account.

    Attributes:
        date: EDTF text: 2021-12-09, 2020-11, a range with a slash, "~" for about.
        what: a sentence.
        sources: what it rests on.
    """

    date: Date
    what: Text
    sources: Citations = ()


class Claimant(Record):
    """Who made a claim (schema.org, `author` of a Claim); somebody without a name is told by what they are.

    Attributes:
        name: as a reader sees it.
        type: whether it is one person or several; data formats of others ask for it.
    """

    name: Text
    type: Literal["person", "organisation"] = "person"


def _as_claimant(value: Any) -> Any:
    if value == "":
        return None
    return {"name": value} if isinstance(value, str) else value


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
        verdict: the id of a verdict of the site's scale, as of the day of the article; a fact check has one.
        title: the finding in a few words.
        note: the body, Markdown.
        sources: what the note rests on.
        caution: what a reader must know of the ground that the note stands on.
        claim: the numbers of the claims in the author's own list.
        claimed: the claim as one sentence that stands alone (schema.org, `claimReviewed`).
        claimant: who made it.
        claimed_on: when, EDTF text (schema.org, `datePublished` of a Claim).
        appearance: the sources in which it was made (schema.org, `appearance`).
        tags: words to find notes by.
        author: the id of an author of the site.
        status: of a note that is not published yet; such a note is shown in the live preview only.
        assigned: the id of the author who works on it; only with a status.
        created: the day on which the note was published.
        changed: corrections to the note.
        checked: the day on which its sources were last looked at.
        recheck: when it must be looked at again.
        reviews: what others than the author found.
        retracted: when it was taken back, and why.
        since: what happened after the day of the article.
        origin: where a note that was written elsewhere comes from.
    """

    id: Id = Field(description="Permanent: it is the link to the note.")
    quote: Text = Field(description="The words of the passage, exactly one place of the page.")
    prefix: str = Field("", description="The words straight before the passage.")
    suffix: str = Field("", description="The words straight after the passage.")
    kind: Annotated[Kind, BeforeValidator(_checked_kind)]
    verdict: str | None = Field(None, description="The verdict of a fact check, as of the day of the article.")
    title: str = Field("", description="The finding in a few words.")
    note: Text = Field(description="The note itself, in Markdown.")
    sources: Citations = ()
    caution: str = Field("", description="What a reader must know of the sources.")
    claim: TextList = ()
    claimed: str = Field("", description="The claim as one sentence that stands alone, at best below 75 characters.")
    claimant: Annotated[
        Claimant | None, BeforeValidator(_as_claimant, json_schema_input_type=str | Claimant | None)
    ] = Field(None, description="Who made the claim: a name, or {name: …, type: organisation}.")
    claimed_on: Annotated[str, BeforeValidator(checked_text, json_schema_input_type=str)] = Field(
        "", description="When the claim was made: 1931, 1931-05 or 1931-05-02, with ~ for about."
    )
    appearance: TextList = Field((), description="Ids of the sources in which the claim was made.")
    tags: TextList = ()
    author: Text
    status: NotPublished | None = Field(None, description="draft or review; a published note has none.")
    assigned: str = Field("", description="Who works on it; only with a status.")
    created: Day
    changed: tuple[Change, ...] = ()
    checked: Day | None = Field(None, description="When the sources were last looked at.")
    recheck: Due | None = Field(None, description="When to look at it again: a date, or {date: …, why: …}.")
    reviews: tuple[Review, ...] = Field((), description="What others than the author found.")
    retracted: Retraction | None = Field(None, description="When the note was taken back, and why.")
    since: tuple[Development, ...] = Field((), description="What happened after the day of the article, with dates.")
    origin: Origin | None = Field(None, description="Where a note that was written elsewhere comes from.")

    @property
    def cited(self) -> tuple[Citation, ...]:
        """Every source as the note uses it: those that it rests on, then those of what happened since."""
        return (*self.sources, *(citation for development in self.since for citation in development.sources))

    @property
    def last_changed(self) -> datetime.date:
        """The day of the last change, or of the publication."""
        days = [self.created, *(change.date for change in self.changed)]
        return max([*days, self.retracted.date] if self.retracted else days)

    @property
    def last_reviewed(self) -> datetime.date | None:
        """The day on which somebody last looked at it (schema.org, `lastReviewed`), if anybody did."""
        days = [review.date for review in self.reviews]
        return max([*days, self.checked] if self.checked else days, default=None)

    @property
    def reviewers(self) -> tuple[Review, ...]:
        """The last review of each who has reviewed it."""
        return tuple({review.by: review for review in sorted(self.reviews, key=lambda one: one.date)}.values())

    @property
    def agreeing(self) -> int:
        """How many of them come to its own verdict."""
        return sum(review.verdict in (None, self.verdict) for review in self.reviewers)

    @property
    def as_published(self) -> Annotation:
        """The note without what is the newsroom's alone: when it is due again, and what reviewers say to the author."""
        if self.recheck is None and not any(review.note for review in self.reviews):
            return self
        reviews = tuple(review.model_copy(update={"note": ""}) for review in self.reviews)
        return self.model_copy(update={"recheck": None, "reviews": reviews})


class Uncovered(Record):
    """Words of the article on which there is no note, and why."""

    quote: Text
    reason: Text
