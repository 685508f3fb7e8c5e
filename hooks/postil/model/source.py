"""A source, as CSL describes it: what a note rests on.

The names of the variables are those of CSL 1.0.2 (citation-style-language/schema, csl-data.json).
"""

from __future__ import annotations

import datetime
import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field, model_validator

from postil.model.addresses import as_id, is_web_address
from postil.model.fields import Record, Text, mistake
from postil.model.problem import nearest

# EDTF level 0 dates as pandoc reads them: a year, a month, a day, a range of two; "~" for about.
_EDTF = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?~?(/\d{4}(-\d{2}(-\d{2})?)?~?)?", re.ASCII)

TYPES = (
    "article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection dataset "
    "document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case legislation "
    "manuscript map motion_picture musical_score pamphlet paper-conference patent performance periodical "
    "personal_communication post post-weblog regulation report review review-book software song speech standard thesis "
    "treaty webpage"
).split()

# The further variables of CSL. They are kept as they are and handed to the citation processor.
VARIABLES = (
    "abstract annote archive_collection archive-place authority available-date call-number categories chair "
    "chapter-number citation-key citation-label citation-number collection-editor collection-number collection-title "
    "compiler composer container-author container-title-short contributor curator dimensions director division DOI "
    "edition editor editor-translator editorial-director event event-date event-place event-title executive-producer "
    "first-reference-note-number genre guest host illustrator interviewer ISBN ISSN issue journalAbbreviation "
    "jurisdiction keyword license locator medium narrator number number-of-pages number-of-volumes organizer "
    "original-author original-date original-publisher original-publisher-place original-title page page-first part "
    "part-title performer PMCID PMID printing producer publisher-place recipient references reviewed-author "
    "reviewed-genre reviewed-title scale script-writer section series-creator shortTitle source status submitted "
    "supplement title-short translator version volume volume-title year-suffix"
).split()


class Name(Record):
    """A person by family and given name, or an organisation as a literal."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    family: str = ""
    given: str = ""
    literal: str = ""
    suffix: str = ""
    dropping_particle: str = Field("", alias="dropping-particle")
    non_dropping_particle: str = Field("", alias="non-dropping-particle")


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


_SEASONS = range(21, 25)  # EDTF level 1: spring, summer, autumn, winter
DATES = ("issued", "accessed", "original-date", "event-date", "submitted", "available-date")


def _checked_date(value: Any) -> str:
    """Any form of a CSL date (csl-data.json, date-variable) → EDTF text, or the words of a literal date.

    A doubt (`circa`) and a season are kept.
    """
    if isinstance(value, list) and len(value) in (1, 2) and all(isinstance(part, dict) for part in value):
        return "/".join(_checked_date(part) for part in value)
    if isinstance(value, dict) and (words := str(value.get("literal") or value.get("raw") or "").strip()):
        return words
    found = _edtf(value) if isinstance(value, dict) else value
    if isinstance(found, str) and is_edtf(found):
        return found
    raise mistake(f"{value!r} is not a date; write 2020, 2020-02 or 2020-02-09, or {{literal: undated}}")


def is_edtf(text: str) -> bool:
    """Whether a text is a date of EDTF that exists, and not the words of a literal one."""
    return bool(_EDTF.fullmatch(text)) and all(map(_exists, text.split("/")))


def _edtf(value: dict[str, Any]) -> str:
    """The parts of a date as EDTF; what is no date gives a text that is none."""
    days = value["date-parts"] if "date-parts" in value else [[value.get(part) for part in ("year", "month", "day")]]
    if not isinstance(days, list) or not all(isinstance(day, list) for day in days):
        return ""
    doubt = "~" if str(value.get("circa", "")).lower() not in ("", "0", "false", "no") else ""
    written = []
    for day in days:
        parts = [str(part) for part in day if part not in (None, "")]
        if parts == ["0"]:  # pandoc's sign for an open end
            continue
        season = str(value.get("season") or "")
        if len(parts) == 1 and season.isdigit():
            parts.append(str(int(season) + 20 if int(season) < 5 else int(season)))
        if len(parts) > 1 and parts[1] in ("13", "14", "15", "16"):  # citeproc's months for seasons
            parts[1] = str(int(parts[1]) + 8)
        written.append("-".join([parts[0].zfill(4), *(part.zfill(2) for part in parts[1:])]) + doubt if parts else "")
    return "/".join(written)


def _exists(date: str) -> bool:
    parts = [int(part) for part in date.rstrip("~").split("-")]
    if len(parts) == 2 and parts[1] in _SEASONS:
        return parts[0] > 0
    year, month, day = [*parts, 1, 1][:3]
    try:
        return bool(datetime.date(year, month, day))
    except ValueError:
        return False


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


Date = Annotated[str, BeforeValidator(_checked_date, json_schema_input_type=str | dict[str, Any] | list[Any])]
Address = Annotated[str, BeforeValidator(_checked_address)]


def anchor_of(source: str) -> str:
    """The id in HTML of a source's entry, whatever the id of the source."""
    return f"source-{as_id(source)}"


class Source(Record):
    """One source, as CSL describes it; every other variable of CSL is in `model_extra`.

    Attributes:
        id: the source's id, by which notes cite it.
        type: a type of CSL.
        issued: EDTF text (2020, 2020-02, 2020-02-09, 2020-21 for spring, a range with a slash, "~" for about) or a
            literal date's words; empty where it is undated.
        URL: an http or https address, or an empty text.
        custom: what the register says beyond CSL.
        line: where the register has it, for messages.
    """

    model_config = ConfigDict(frozen=True, extra="allow", populate_by_name=True)

    id: Text
    type: Annotated[str, BeforeValidator(_checked_type)] = "webpage"
    title: Text
    author: tuple[Name, ...] = ()
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
    line: int = Field(1, exclude=True)

    @property
    def anchor(self) -> str:
        """The id of its entry on a page that lists the sources."""
        return anchor_of(self.id)

    @model_validator(mode="before")
    @classmethod
    def _with_something_to_show(cls, data: Any) -> Any:
        """A source without a title is shown by its outlet, in brackets: the words are ours."""
        if isinstance(data, dict) and "title" not in data:
            shown = next((data[key] for key in ("container-title", "publisher", "URL") if data.get(key)), None)
            return {**data, "title": f"[{shown}]"} if isinstance(shown, str) else data
        return data

    @property
    def is_weak(self) -> bool:
        """Whether a note should not rest on it alone: a copy that somebody else made, or a state medium."""
        return self.custom.copy_of in ("mirror", "repost", "translation") or self.custom.outlet == "state"

    @property
    def outlet_name(self) -> str:
        """Where a reader finds it: the outlet, else the publisher, else nothing."""
        return self.container_title or self.publisher


FIELDS = [field.alias or name for name, field in Source.model_fields.items() if name != "line"]
