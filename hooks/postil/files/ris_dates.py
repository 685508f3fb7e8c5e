"""Dates as RIS has them (`1931/05/02/`, `1931///circa`, and whatever people type) → EDTF with its doubt, or words."""

from __future__ import annotations

import re

from postil.model.edtf import is_edtf

_MONTHS = {name: n for n, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_NONE = ("n.d.", "n.d", "nd", "no date", "undated", "s.d.", "o. j.", "o.j.")
_ABOUT = re.compile(r"(?:\b(?:circa|ca|c|approx|about)\b\.?\s*)", re.IGNORECASE)
_PARTS = re.compile(r"(\d{3,4})(?:[/-](\d{0,2})(?:[/-](\d{0,2})(?:T[\d:.+Z-]*)?(?:/(.*))?)?)?/*$")
_RANGE = re.compile(r"(.+\d)/*\s*(?:–|—|\s-\s|\bto\b)\s*(\d.+)$|(\d{4}(?:/[\d/]*)?)-(\d{4}(?:/[\d/]*)?)$")
_TIME = re.compile(r"/\s*\d{1,2}:\d\d(?::\d\d)?\s*$")
_WORDS = re.compile(r"(?:(\d{1,2})\.?\s+)?([a-z]{3})[a-z]*\.?(?:\s+(\d{1,2})(?:st|nd|rd|th)?)?$", re.IGNORECASE)


def date(text: str, year: str = "") -> str | dict[str, str]:
    """A date of RIS.

    Args:
        text: as the file has it.
        year: what the file says of the year, where the text has none ("May 2").

    Returns:
        EDTF text; the words of a date that is none; an empty text for what says that there is no date.
    """
    bare = _TIME.sub("", text.strip())
    if bare.strip("/ []").lower() in ("", *_NONE):
        return ""
    day, of = (bare, year) if year and not re.search(r"\d{3}", bare) else ("", "")
    if found := re.match(r"(.+?)[\s,]+(\d{4})$", bare):
        day, of = found.groups()
    made = _edtf(bare) or (_edtf(f"{of}/{_day_of_year(day)}/") if of else "")
    if made:
        return made
    words = bare.strip("/ ")
    return {"literal": f"{words} {year}".strip() if year and year not in words else words}


def _day_of_year(text: str) -> str:
    """`May 2` as 05/02, `Summer` as 22; what is neither as it is."""
    if text.lower() in _SEASONS:
        return str(_SEASONS[text.lower()])
    found = _WORDS.match(text)
    month = _MONTHS.get(found[2].lower()) if found else None
    day = (found[1] or found[3] or "") if found else ""
    return f"{month:02}/{day.zfill(2) if day else ''}" if month else text


def _edtf(text: str) -> str:
    """EDTF of one date or of a range; an empty text where it is none."""
    if is_edtf(text):
        return text
    if found := _RANGE.match(text):
        begin, end = _edtf(found[1] or found[3]), _edtf(found[2] or found[4])
        whole = f"{begin}/{end}" if begin and end else ""
        return whole if is_edtf(whole) else ""
    about, unsure = bool(_ABOUT.search(text)), "?" in text
    bare = _ABOUT.sub("", text.replace("?", "")).strip("[] ")
    found = _PARTS.match(bare)
    if not found:
        return ""
    year, month, day, other = found.groups()
    rest = (other or "").strip(" /").lower()
    if rest in _SEASONS and not (month or day):
        month, rest = str(_SEASONS[rest]), ""
    if rest:
        return ""
    parts = [year.zfill(4), *(part.zfill(2) for part in (month, day) if part and int(part))]
    made = "-".join(parts) + ("%" if about and unsure else "~" if about else "?" if unsure else "")
    return made if is_edtf(made) and not (int(day or 0) and not int(month or 0)) else ""
