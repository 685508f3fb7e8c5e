"""The editorial state of a note: how far it is, who has looked at it, when it is due again, if it was taken back."""

from __future__ import annotations

import datetime
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator

from postil.model.addresses import is_safe_link
from postil.model.fields import Day, Record, Text, mistake
from postil.model.problem import nearest

SHOWS = ("nothing", "count", "names")


class Status(StrEnum):
    """How far a note is that is not published yet."""

    DRAFT = "draft"
    REVIEW = "review"


def _checked_status(value: Any) -> Any:
    known = [status.value for status in Status]
    if isinstance(value, str) and value not in known:
        hint = nearest(value, known)
        raise mistake(f"the status {value!r} is unknown{hint}; it is {' or '.join(known)}, or absent: published")
    return value


NotPublished = Annotated[Status, BeforeValidator(_checked_status)]


class Review(Record):
    """What somebody other than the author found.

    Attributes:
        by: the id of an author of the site.
        date: when.
        verdict: the one that they give by themselves; None where they agree.
        note: for the newsroom; it is never published.
    """

    by: Text
    date: Day
    verdict: str | None = None
    note: str = ""


class Recheck(Record):
    """When a note must be looked at again, and why; readers never see it."""

    date: Day
    why: str = ""


class Retraction(Record):
    """A note that was taken back stays at its address; the reason is the first thing that a reader sees."""

    date: Day
    why: Text


def _as_recheck(value: Any) -> Any:
    return {"date": value} if isinstance(value, str | datetime.date) else value


Due = Annotated[Recheck, BeforeValidator(_as_recheck, json_schema_input_type=str | Recheck)]


def _checked_needed(value: Any) -> Any:
    if isinstance(value, str) and not (value.isascii() and value.isdigit() and len(value) < 3):
        raise mistake(f"{value!r} is not a number of reviews: 1")
    return value


def _checked_show(value: Any) -> Any:
    if value not in SHOWS:
        raise mistake(f"{value!r} is unknown{nearest(str(value), SHOWS)}; it is {', '.join(SHOWS)}")
    return value


class Reviewing(Record):
    """What a site demands of reviews, and what it tells readers of them.

    Attributes:
        needed: how many others than the author must have looked at a fact check before it is published.
        show: nothing, how many they are, or who they are.
    """

    needed: Annotated[int, BeforeValidator(_checked_needed, json_schema_input_type=str)] = 0
    show: Annotated[Literal["nothing", "count", "names"], BeforeValidator(_checked_show)] = "count"


def checked_report(value: str) -> str:
    """The address to which readers report mistakes.

    Raises:
        PydanticCustomError: for one that neither a mail program nor a browser opens.
    """
    kind, _, rest = value.partition(":")
    fits = "@" in rest if kind == "mailto" else rest.startswith("//") and len(rest) > 2
    if kind not in ("mailto", "https") or not fits or not is_safe_link(value) or any(sign.isspace() for sign in value):
        expected = "expected mailto:desk@example.org, or that of a form, beginning with https://"
        raise mistake(f"{value!r} is no address to which readers can report; {expected}")
    return value
