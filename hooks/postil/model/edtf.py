"""Dates as EDTF (ISO 8601-2): days, months, seasons, years, decades, ranges, each with its doubt.

Read is level 0 without times of day, and level 1 without years of five digits: `1931?`, `1931~`, `1931%`, `193X`,
`19XX`, `1931-XX`, `1931-05-XX`, `1931-XX-XX`, `1931-22` for a summer, `1931/..` and `../1931` for ranges that are open,
`1931/` and `/1931` for those with an end that nobody knows, `-0333` for 334 before Christ. Nothing is the month 00.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import Any

from postil.model.fields import mistake

_DAY = re.compile(
    r"(-(?!0000)\d{4}|\d{4}|\d{3}X|\d{2}XX)(?:-(0[1-9]|1[0-2]|2[1-4]|XX)(?:-(0[1-9]|[12]\d|3[01]|XX))?)?([~?%]?)",
    re.ASCII,
)
_OPEN = ("", "..")
_SEASONS = range(21, 25)  # EDTF level 1: spring, summer, autumn, winter


@dataclass(frozen=True)
class Moment:
    """One date.

    Attributes:
        year: the only one, or the first of a decade or century; 0 is 1 before Christ.
        month: 1 to 12, 21 to 24 for spring to winter, 0 where there is none.
        day: 0 where there is none.
        doubt: "~" for about, "?" for unsure, "%" for both.
        years: how many are meant: 10 of a decade, 100 of a century.
    """

    year: int
    month: int = 0
    day: int = 0
    doubt: str = ""
    years: int = 1

    @property
    def is_about(self) -> bool:
        """Whether it is an approximate date."""
        return self.doubt in ("~", "%")

    @property
    def is_unsure(self) -> bool:
        """Whether somebody doubts it."""
        return self.doubt in ("?", "%")

    @property
    def is_season(self) -> bool:
        """Whether the month stands for a season."""
        return self.month in _SEASONS

    @property
    def first_day(self) -> datetime.date | None:
        """The first day of what is meant; none before the year 1."""
        if self.year < 1:
            return None
        month = (self.month - 20) * 3 if self.is_season else self.month
        return datetime.date(self.year, month or 1, self.day or 1)


def moments(text: str) -> tuple[Moment | None, ...]:
    """The date, or both ends of a range, of which None is open; nothing where the text is no date that exists."""
    parts = text.split("/")
    found = tuple(None if part in _OPEN else _moment(part) for part in parts)
    real = [part for part in parts if part not in _OPEN]
    if len(parts) > 2 or not real or sum(one is not None for one in found) < len(real):
        return ()
    if len(found) == 2 and found[0] and found[1] and _order(found[0]) > _order(found[1], last=True):
        return ()
    return found


def _moment(text: str) -> Moment | None:
    match = _DAY.fullmatch(text)
    if not match:
        return None
    year, *rest = match.groups()
    month, day = (int(part) if part and part != "XX" else 0 for part in rest[:2])
    moment = Moment(int(year.replace("X", "0")), month, day, rest[2] or "", 10 ** year.count("X"))
    if moment.years > 1 or moment.is_season or not month:
        # Nothing stands behind a decade and a season, and no day where the month is not known.
        return None if (rest[0] if moment.years > 1 else rest[1] if moment.is_season else day) else moment
    try:  # years before Christ leap as those 400 years after; there is no year 0 in datetime
        datetime.date(moment.year % 400 + 400, month, day or 1)
    except ValueError:
        return None
    return moment


def _order(moment: Moment, *, last: bool = False) -> tuple[int, int, int]:
    month = (moment.month - 20) * 3 if moment.is_season else moment.month
    if last:  # a season has three months; that of the winter may be the 14th
        return moment.year + moment.years - 1, month + 2 * moment.is_season or 12, moment.day or 31
    return moment.year, month or 1, moment.day or 1


def order(text: str) -> tuple[int, int, int]:
    """By which dates are sorted: by when they begin; what is no date comes last."""
    ends = [moment for moment in moments(text) if moment]
    return _order(ends[0]) if ends else (1 << 30, 0, 0)


def is_edtf(text: str) -> bool:
    """Whether a text is a date of EDTF that exists, and not the words of a literal one."""
    return bool(moments(text))


def first_day(text: str) -> datetime.date | None:
    """The first day of what is meant, where that is a day of our calendar."""
    return next((moment.first_day for moment in moments(text) if moment), None)


def checked(value: Any) -> str:
    """Any form of a CSL date (csl-data.json, date-variable) → EDTF text, or the words of a literal date.

    A doubt (`circa`) and a season are kept.

    Raises:
        PydanticCustomError: with the words for the author, where it is no date.
    """
    if isinstance(value, list) and len(value) in (1, 2) and all(isinstance(part, dict) for part in value):
        joined = "/".join(checked(part) for part in value)
        if len(value) == 1 or is_edtf(joined):
            return joined
    if isinstance(value, dict) and (words := str(value.get("literal") or value.get("raw") or "").strip()):
        return words
    found = _from_parts(value) if isinstance(value, dict) else value
    if isinstance(found, str) and is_edtf(found):
        return found
    near = hint(found if isinstance(found, str) else "")
    raise mistake(f"{value!r} is not a date{near}; write 2020, 2020-02 or 2020-02-09, or {{literal: undated}}")


def checked_text(value: Any) -> Any:
    """A date that an author has typed; words are none.

    Raises:
        PydanticCustomError: with the words for the author.
    """
    if isinstance(value, str) and value and not is_edtf(value):
        near = hint(value)
        raise mistake(f"{value!r} is not a date{near}; write 1931, 1931-05 or 1931-05-02, with ~ for about: 1931~")
    return value


def hint(text: str) -> str:
    """The half sentence that names the nearest date, where there is one."""
    from postil.model.edtf_nearest import nearest_date  # only a mistake needs it

    found = nearest_date(text, is_edtf)
    return f" (did you mean {found!r}?)" if found else ""


def _from_parts(value: dict[str, Any]) -> str:
    """The parts of a date as EDTF; what is no date gives a text that is none."""
    days = value["date-parts"] if "date-parts" in value else [[value.get(part) for part in ("year", "month", "day")]]
    if not isinstance(days, list) or not all(isinstance(day, list) for day in days):
        return "?"
    doubt = "~" if str(value.get("circa", "")).lower() not in ("", "0", "false", "no", "none") else ""
    written = []
    for day in days:
        parts = ["" if part is None else str(part) for part in day]
        while parts and not parts[-1]:
            parts.pop()
        if "" in parts:  # a day without its month
            return "?"
        if parts == ["0"]:  # pandoc's sign for an open end
            continue
        while len(parts) > 1 and parts[-1].strip("0") == "":  # programs that write 0 for what they do not know
            parts.pop()
        season = str(value.get("season") or "")
        if len(parts) == 1 and re.fullmatch("[1-4]|2[1-4]", season):
            parts.append(str(int(season) % 20 + 20))
        if len(parts) > 1 and parts[1] in ("13", "14", "15", "16"):  # citeproc's months for seasons
            parts[1] = str(int(parts[1]) + 8)
        written.append("-".join([_year(parts[0]), *(part.zfill(2) for part in parts[1:])]) + doubt if parts else "?")
    return "/".join(written) or "?"


def _year(part: str) -> str:
    """The year of date-parts, in which -334 is 334 before Christ, which is -0333 in EDTF."""
    if re.fullmatch(r"-[1-9]\d{0,3}", part):
        year = int(part) + 1
        return f"{'-' * (year < 0)}{abs(year):04}"
    return part.zfill(4) if part.isdigit() else part


def parts(moment: Moment) -> list[int]:
    """The date as one of CSL's date-parts; a season is left out."""
    year = moment.year if moment.year > 0 else moment.year - 1
    rest = [] if moment.is_season else [part for part in (moment.month, moment.day) if part]
    return [year, *rest]


def csl(text: str) -> dict[str, Any]:
    """EDTF text as a CSL date: one date or two, `circa` for about; what these cannot tell is literal."""
    found = moments(text)
    ends = [moment for moment in found if moment]
    if len(ends) < len(found) or not ends or any(moment.is_unsure or moment.years > 1 for moment in ends):
        return {"literal": text}
    about: dict[str, Any] = {"circa": True} if any(moment.is_about for moment in ends) else {}
    if len(ends) == 1 and ends[0].is_season:
        return {"date-parts": [parts(ends[0])], "season": ends[0].month - 20, **about}
    return {"date-parts": [_with_season(moment) for moment in ends], **about}


def _with_season(moment: Moment) -> list[int]:
    return [*parts(moment), moment.month] if moment.is_season else parts(moment)
