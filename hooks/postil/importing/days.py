"""Dates as people write them → days; where day and month cannot be told apart, nobody guesses."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from functools import cache

_NUMERIC = re.compile(r"(\d{1,2})\s*([./-])\s*(\d{1,2})\s*\2\s*(\d{4}|\d\d)(?!\d)(?:[,T\s].*)?", re.DOTALL)
_YEAR_FIRST = re.compile(r"(\d{4})\s*([./-])\s*(\d{1,2})\s*\2\s*(\d{1,2})(?!\d)(?:[,T\s].*)?", re.DOTALL)
_LONGEST = 60  # code points of a date with its weekday and time


def day(text: str) -> datetime.date | None:
    """The day in UTC of a date or a time in ISO 8601, or None."""
    try:
        time = datetime.datetime.fromisoformat(text.strip())
        return (time.astimezone(datetime.UTC) if time.tzinfo else time).date()
    except (ValueError, OverflowError):
        return None


class Unclear(Exception):  # noqa: N818 (it says what the date is)
    """A date of which nobody can say which number is the day and which the month."""


def order_of(dates: Iterable[str]) -> bool | None:
    """Whether days stand first in the dates of one table: those with a day above 12 tell it; None where none does."""
    told = set()
    for text in dates:
        if match := _NUMERIC.fullmatch(text.strip()):
            first, second = int(match[1]), int(match[3])
            told |= ({True} if first > 12 >= second else set()) | ({False} if second > 12 >= first else set())
    return told.pop() if len(told) == 1 else None


def day_of(text: str, day_first: bool | None) -> datetime.date | None:
    """The day of a date in figures or words of any language, with or without a time.

    Args:
        text: the date. With full stops the day stands first: 3.2.2024.
        day_first: the order in others, as far as it is known.

    Returns:
        The day, or None for what is none: a year alone, words without a year.

    Raises:
        Unclear: for 3/2/2024, where the order is not known.
    """
    text = text.strip()
    if found := day(text):
        return found
    if match := _YEAR_FIRST.fullmatch(text):
        return _date(match[1], match[3], match[4])
    if match := _NUMERIC.fullmatch(text):
        first, sign, second, year = match.groups()
        if sign == "." or int(first) > 12 or first == second:
            return _date(year, second, first)
        if int(second) > 12:
            return _date(year, first, second)
        if day_first is None:
            raise Unclear
        return _date(year, second, first) if day_first else _date(year, first, second)
    return _in_words(text) if len(text) <= _LONGEST and re.search(r"\d", text) else None


def _date(year: str, month: str, number: str) -> datetime.date | None:
    try:
        return datetime.date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(number))
    except ValueError:
        return None


@cache
def _in_words(text: str) -> datetime.date | None:
    """A date with the name of its month; what counts from today is none."""
    import dateparser  # it takes a fifth of a second to load

    wanted = {"STRICT_PARSING": True, "REQUIRE_PARTS": ["day", "month", "year"], "PARSERS": ["absolute-time"]}
    found = dateparser.parse(text, settings=wanted) if re.search(r"[^\W\d_]{3}|[年月日]", text) else None
    return found.date() if found else None
