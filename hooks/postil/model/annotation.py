"""What an annotation is: plain, frozen data. Nothing here reads, writes or knows HTML.

Names follow the W3C Web Annotation Data Model (annotation, body, selector: quote, prefix, suffix) and CSL (source).
"""

from __future__ import annotations

import datetime
import re
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from postil.model.addresses import is_safe_link
from postil.model.problem import nearest

ID_PATTERN = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
COLOURS = ("green", "teal", "amber", "orange", "red", "violet", "blue", "grey")
MAX_QUOTED_WORDS = 15  # the most that a note may quote from a source


class Kind(StrEnum):
    """What a note is for."""

    FACT_CHECK = "fact-check"
    CONTEXT = "context"
    CORRECTION = "correction"
    DEFINITION = "definition"
    QUESTION = "question"


def mistake(message: str) -> PydanticCustomError:
    """An error whose message is shown to the author as it is."""
    return PydanticCustomError("author", "{message}", {"message": message})


def _checked_id(value: str) -> str:
    if not ID_PATTERN.fullmatch(value):
        raise mistake(f"{value!r} cannot be an id; use small letters, digits and hyphens, at most 64: troop-count")
    return value


def _checked_date(value: Any) -> datetime.date:
    if isinstance(value, datetime.date):
        return value
    if not isinstance(value, str):
        raise mistake("expected a date: 2026-11-22")
    wrong = mistake(f"{value!r} is not a date; write year-month-day: 2026-11-22")
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
        raise wrong
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        raise wrong from None


def _not_blank(value: str) -> str:
    if not value.strip():
        raise mistake("this text is empty")
    return value.strip()


def _as_list(value: Any) -> Any:
    """One text where a list is expected is a list of one; nothing is an empty list."""
    if value is None:
        return []
    return [value] if isinstance(value, str) else value


def _checked_kind(value: Any) -> Any:
    known = [kind.value for kind in Kind]
    if isinstance(value, str) and value not in known:
        raise mistake(f"the kind {value!r} is unknown{nearest(value, known)}; kinds are {', '.join(known)}")
    return value


def _checked_colour(value: str) -> str:
    if value not in COLOURS:
        raise mistake(f"the colour {value!r} is unknown{nearest(value, COLOURS)}; colours are {', '.join(COLOURS)}")
    return value


def _checked_link(value: str) -> str:
    if not is_safe_link(value):
        raise mistake(f"{value!r} is not an address; expected one that begins with https://, http:// or mailto:")
    return value


Id = Annotated[str, AfterValidator(_checked_id)]
Link = Annotated[str, AfterValidator(_checked_link)]
Day = Annotated[
    datetime.date,
    BeforeValidator(_checked_date, json_schema_input_type=Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]),
]
Text = Annotated[str, AfterValidator(_not_blank)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(_as_list, json_schema_input_type=str | list[str])]


class Record(BaseModel):
    """Frozen data; a key that is not a field is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid")


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
    BeforeValidator(_as_list, json_schema_input_type=list[str | Citation]),
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
    claim: Texts = ()
    claimant: str = Field("", description="Who made the claim, if not the article itself.")
    tags: Texts = ()
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


class Verdict(Record):
    """One verdict of the site's scale.

    Attributes:
        id: the word that a notes file uses.
        word: the word that a reader sees.
        meaning: one line.
        sign: one character that stands for the verdict without colour.
        colour: a name of the palette, which has a shade of each for light and dark pages.
        order: the place on the scale, 1 for the best; None for a verdict outside of the order.
    """

    id: Text
    word: Text
    meaning: Text
    sign: Text
    colour: Annotated[str, AfterValidator(_checked_colour)]
    order: int | None = None

    @property
    def slug(self) -> str:
        """The id as it stands in a class name or an address: `needs context` → `needs-context`."""
        return re.sub(r"[^a-z0-9]+", "-", self.id.lower()).strip("-")


class Author(Record):
    """Who writes notes.

    Attributes:
        name: as a reader sees it.
        url: a page about the author.
        type: whether it is one person or several; data formats of others ask for it.
    """

    name: Text
    url: str = ""
    type: Literal["person", "organisation"] = "person"
