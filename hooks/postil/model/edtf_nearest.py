"""What an author may have meant by a date that is none of EDTF: the nearest good form, for the message."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_MONTHS = "january february march april may june july august september october november december".split()
_SEASONS = {"spring": "21", "summer": "22", "autumn": "23", "fall": "23", "winter": "24"}
_ABOUT = re.compile(
    r"^(?:circa|ca\.?|c\.|about|around|approx\.?)\s*|\s*[(\[]?(?:circa|approx\.?)[)\]]?$", re.IGNORECASE
)
_UNSURE = re.compile(r"\s*(?:\[\?\]|\(\?\)|\?)|^(?:perhaps|probably|maybe)\s+|[\[\]]", re.IGNORECASE)
_BEFORE_CHRIST = re.compile(r"(\d{1,4})\s*(?:BCE?|B\.C\.(?:E\.)?)$", re.IGNORECASE)
_CENTURY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)\s+(?:century|c\.)$", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.年\s]\s*(\d{1,2})(?:\s*[-/.月\s]\s*(\d{1,2})日?|月)?(?:\s*[T ].*)?$")
_DAY_FIRST = re.compile(r"(\d{1,2})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{4})$")
_IN_WORDS = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th)?\.?\s+)?([a-z]{3,9})\.?(?:\s+(\d{1,2})(?:st|nd|rd|th)?)?,?\s+(\d{4})$", re.IGNORECASE
)
_SPAN = re.compile(r"(.+?)\s*(?:/|\s-\s|–|—|\s+to\s+)\s*(.+)$|(\d{4})-(\d{4})$", re.IGNORECASE)
_OPEN = re.compile(r"(.*\d)\s*(?:-|–|—)$|(?:since|from)\s+(.+)$", re.IGNORECASE)
# Digits of Arabic, Persian and Hindi.
_DIGITS = {first + n: str(n) for first in (0x660, 0x6F0, 0x966) for n in range(10)}
_LONGEST = 60  # code points; what is longer is no date


def nearest_date(text: str, is_date: Callable[[str], bool]) -> str:
    """The date of EDTF that a text comes nearest to, or an empty text where none can be named.

    Args:
        text: that is none.
        is_date: whether a text is one. Where two numbers may each be the month, none is named.
    """
    text = " ".join(text.split()).translate(_DIGITS)
    if not text or len(text) > _LONGEST:
        return ""
    return next(filter(is_date, _candidates(text)), "")


def _candidates(text: str) -> Iterator[str]:
    """What may be meant, the likeliest first."""
    short = re.fullmatch(r"(\d\d)(\d\d)[-/–—](\d\d)", text)
    if short and int(short[3]) > max(12, int(short[2])):  # 1931–32
        yield f"{short[1]}{short[2]}/{short[1]}{short[3]}"
    yield from _doubted(text)
    if found := _OPEN.match(text):
        yield from (f"{one}/.." for one in _doubted(found[1] or found[2]))
    if found := _SPAN.match(text):
        begins, ends = list(_doubted(found[1] or found[3])), list(_doubted(found[2] or found[4]))
        pairs = [(begin, end) for begin in begins for end in ends]
        yield from (f"{begin}/{end}" for begin, end in pairs)
        yield from (f"{end}/{begin}" for begin, end in pairs)


def _doubted(text: str) -> Iterator[str]:
    """One date, with its doubt where it has one."""
    yield from _single(text)
    bare = _UNSURE.sub("", text)
    about = _ABOUT.sub("", bare)
    sign = {(False, True): "~", (True, False): "?", (True, True): "%"}.get((bare != text, about != bare), "")
    sign = "%" if set(text[-2:]) == {"?", "~"} else sign
    if sign:
        yield from (one + sign for one in _single(about.rstrip("?~% ")) if one[-1:] not in "?~%")


def _single(text: str) -> Iterator[str]:
    """One date, without its doubt."""
    yield text
    yield text.upper().replace(" ", "")  # 193x, 1931 ~
    if found := re.fullmatch(r"(-?\d{2}[\dX]{2})((?:-[\dX]{1,2})+)", text.upper()):
        yield from _cut(found[1], *found[2][1:].split("-"))
    if found := re.fullmatch(r"(\d{3})0'?s", text):
        yield f"{found[1]}X"
    if found := _CENTURY.match(text):
        yield f"{int(found[1]) - 1:02}XX"
    if found := _BEFORE_CHRIST.match(text):
        before = int(found[1]) - 1  # there is a year 0, which is 1 before Christ
        yield f"-{before:04}" if before else "0000"
    if found := re.fullmatch(r"(-?)(\d{1,3})", text):
        yield f"{found[1]}{int(found[2]):04}" if len(found[2]) == 3 else text
    if found := _YEAR_FIRST.match(text):
        yield from _cut(*found.groups())
    if found := _DAY_FIRST.match(text):
        first, sign, second, year = found.groups()
        if sign == "." or int(first) > 12 or first == second:
            yield from _cut(year, second, first)
        elif int(second) > 12:
            yield from _cut(year, first, second)
    if found := _IN_WORDS.match(text):
        front, word, behind, year = found.groups()
        month = next((f"{n:02}" for n, name in enumerate(_MONTHS, 1) if name.startswith(word.lower())), "")
        day = front or behind or ""
        month = month or ("" if day else _SEASONS.get(word.lower(), ""))
        yield from _cut(year, month, day) if month else ()


def _cut(year: str, *more: str | None) -> Iterator[str]:
    """A date, and what is left of it where its day, or its month, does not exist."""
    parts = [year, *(part.zfill(2) for part in more if part)]
    while parts:
        yield "-".join(parts)
        parts.pop()
