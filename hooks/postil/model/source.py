"""A source, as CSL describes it: what a note rests on.

The names of the variables are those of CSL 1.0.2 (citation-style-language/schema, csl-data.json).
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field, model_validator

from postil.model import rich_text
from postil.model.addresses import as_id, is_web_address
from postil.model.contributors import NAMES, Contributors
from postil.model.edtf import checked
from postil.model.fields import Record, Text, mistake
from postil.model.problem import Place, nearest

TYPES = (
    "article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection dataset "
    "document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case legislation "
    "manuscript map motion_picture musical_score pamphlet paper-conference patent performance periodical "
    "personal_communication post post-weblog regulation report review review-book software song speech standard thesis "
    "treaty webpage"
).split()

# The further variables of CSL. They are kept as they are and handed to the citation processor.
VARIABLES = (
    "abstract annote archive_collection archive-place authority call-number categories chapter-number citation-key "
    "citation-label citation-number collection-number collection-title container-title-short dimensions division DOI "
    "edition event event-place event-title first-reference-note-number genre ISBN ISSN issue journalAbbreviation "
    "jurisdiction keyword license locator medium number number-of-pages number-of-volumes original-publisher "
    "original-publisher-place original-title page page-first part part-number part-title PMCID PMID printing "
    "publisher-place references reviewed-genre reviewed-title scale section shortTitle source status supplement "
    "title-short version volume volume-title volume-title-short year-suffix"
).split()

# What stands for a title where there is none, in this order; it is put in brackets, for the words are ours.
_SHOWN_INSTEAD = (
    "title-short", "shortTitle", "container-title", "event-title", "event", "original-title", "reviewed-title",
    "part-title", "volume-title", "collection-title", "number", "publisher", "authority", "genre", "medium", "URL",
    "DOI",
)  # fmt: skip


class Custom(Record):
    """What the register says of a source beyond CSL (CSL keeps the key `custom` for this).

    Attributes:
        copy_of: how the copy that was read relates to the publisher's own page.
        outlet: whose voice it is, where a reader should know: `state` (a state runs it), `public` (a state or
            its public pays for it, and it has an editorial office), `party-linked` (close to a party or faction),
            `official` (itself a government, an authority or armed forces), `advocacy` (campaigns for a cause),
            `partisan` (takes sides openly), or a form without an editorial office: `blog`, `forum`, `encyclopedia`.
        reliability: as the author of the register judges it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    copy_of: Literal["mirror", "repost", "translation", "relay"] | None = Field(None, alias="copy")
    outlet: (
        Literal["state", "public", "party-linked", "official", "advocacy", "partisan", "blog", "forum", "encyclopedia"]
        | None
    ) = None
    reliability: Literal["high", "medium", "low"] | None = None


DATES = ("issued", "accessed", "original-date", "event-date", "submitted", "available-date")


def _checked_address(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if not is_web_address(value):
        raise mistake(f"{value!r} is not an address; expected one that begins with https:// or http://")
    return value


def _checked_type(value: Any) -> Any:
    if isinstance(value, str) and value not in TYPES:
        raise mistake(f"{value!r} is not a type of CSL{nearest(value, TYPES)}")
    return value


Date = Annotated[str, BeforeValidator(checked, json_schema_input_type=str | dict[str, Any] | list[Any])]
Address = Annotated[str, BeforeValidator(_checked_address)]


def _checked_further(value: Any) -> Any:
    if isinstance(value, str) or (isinstance(value, list | tuple) and all(isinstance(part, str) for part in value)):
        return value
    raise mistake("expected a text, or a list of texts")


Further = Annotated[str | tuple[str, ...], BeforeValidator(_checked_further)]


def anchor_of(source: str) -> str:
    """The id in HTML of a source's entry, whatever the id of the source."""
    return f"source-{as_id(source)}"


class Source(Contributors):
    """One source, as CSL describes it; every other variable of CSL is a text in `model_extra`.

    Texts are plain; those with markup (`<i>Salmo</i>`) are in `markup` as they were written.

    Attributes:
        id: the source's id, by which notes cite it.
        type: a type of CSL.
        issued: EDTF text (`model.edtf`) or a literal date's words; empty where it is undated.
        URL: an http or https address, or an empty text.
        custom: what the register says beyond CSL.
        markup: the texts with markup, by their variable.
        title_from: the variable whose words stand for the title, in brackets; an empty text where it has one.
        place: where a register has it, for messages.
    """

    model_config = ConfigDict(frozen=True, extra="allow", populate_by_name=True)
    __pydantic_extra__: dict[str, Further] = Field(init=False)

    id: Text
    type: Annotated[str, BeforeValidator(_checked_type)] = "webpage"
    title: Text
    container_title: str = Field("", alias="container-title")
    publisher: str = ""
    issued: Date = ""
    accessed: Date | None = None
    original_date: Date | None = Field(None, alias="original-date")
    event_date: Date | None = Field(None, alias="event-date")
    submitted: Date | None = None
    available_date: Date | None = Field(None, alias="available-date")
    URL: Address = ""
    archive: str = ""
    archive_location: str = ""
    language: str = ""
    note: str = ""
    custom: Custom = Custom.model_validate({})
    markup: dict[str, str] = Field({}, exclude=True)
    title_from: str = Field("", exclude=True)
    place: Place = Field(Place("sources.yml"), exclude=True)

    @property
    def anchor(self) -> str:
        """The id of its entry on a page that lists the sources."""
        return anchor_of(self.id)

    @model_validator(mode="before")
    @classmethod
    def _prepared(cls, data: Any) -> Any:
        """Without what is empty; with something to show; texts with markup twice, plain and as they were written."""
        if not isinstance(data, dict):
            return data
        data = {key: value for key, value in data.items() if value not in (None, "") or key == "id"}
        if not str(data.get("title") or "").strip():
            data.pop("title", None)
            if found := _shown_instead(data):
                data |= {"title_from": found[0], "title": f"[{found[1]}]"}
        rich = {
            key: value for key, value in data.items()
            if isinstance(value, str) and "<" in value and key not in ("id", "URL", "note", "abstract", *DATES)
            and rich_text.plain(value) != value
        }  # fmt: skip
        return data | {key: rich_text.plain(value) for key, value in rich.items()} | ({"markup": rich} if rich else {})

    def further(self, variable: str) -> str:
        """A further variable of CSL, or an empty text."""
        value = (self.model_extra or {}).get(variable, "")
        return value if isinstance(value, str) else ", ".join(value)

    @property
    def is_weak(self) -> bool:
        """Whether a note should not rest on it alone: a copy that somebody else made, or a state medium."""
        return self.custom.copy_of in ("mirror", "repost", "translation") or self.custom.outlet == "state"

    @property
    def outlet_name(self) -> str:
        """Where a reader finds it: the outlet, else the publisher, else nothing."""
        return self.container_title or self.publisher

    @property
    def outlet_beside_title(self) -> str:
        """The same where it stands beside the title: nothing where it is the title, for want of one."""
        return "" if self.title_from in ("container-title", "publisher") else self.outlet_name


def _shown_instead(data: dict[str, Any]) -> tuple[str, str] | None:
    """What a reader knows a source by that has no title: the variable and its words."""
    for key in _SHOWN_INSTEAD:
        if isinstance(value := data.get(key), str) and value.strip():
            return key, value.strip()
    for key in NAMES:
        names = data.get(key)
        name = names[0] if isinstance(names, list) and names else names
        if isinstance(name, str) and name.strip():
            return key, name.strip()
        if isinstance(name, dict):
            words = [name.get(part) for part in ("literal", "given", "family")]
            if found := " ".join(word for word in words if isinstance(word, str) and word.strip()):
                return key, found
    return None


_OURS = {"markup", "place", "title_from"}
_ALL = [field.alias or name for name, field in Source.model_fields.items() if name not in _OURS]
FIELDS = ["id", "type", "title", "author", *(name for name in _ALL if name not in ("id", "type", "title", "author"))]
