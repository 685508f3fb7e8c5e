"""The kinds of values that an author writes: ids, days, links, texts, and the words that say what is wrong."""

from __future__ import annotations

import datetime
import re
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from postil.model.addresses import is_safe_link

ID_PATTERN = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


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
    if _is_day(value):
        return datetime.date.fromisoformat(value)
    from postil.model.edtf_nearest import nearest_date  # only a mistake needs it

    found = nearest_date(value, _is_day)
    hint = f" (did you mean {found!r}?)" if found else ""
    raise mistake(f"{value!r} is not a date{hint}; write year-month-day: 2026-11-22")


def _is_day(text: str) -> bool:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        return False
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _not_blank(value: str) -> str:
    if not value.strip():
        raise mistake("this text is empty")
    return value.strip()


def as_list(value: Any) -> Any:
    """One text where a list is expected is a list of one; nothing is an empty list."""
    if value is None:
        return []
    return [value] if isinstance(value, str) else value


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
TextList = Annotated[tuple[Text, ...], BeforeValidator(as_list, json_schema_input_type=str | list[str])]


class Record(BaseModel):
    """Frozen data; a key that is not a field is a mistake."""

    # Built when the first is read: a site without events or people needs no model of them.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
