"""EDTF as the Library of Congress specifies it (level 0 and 1): what is a date, what is none, and what is named instead."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postil.model.annotation import Change
from postil.model.edtf import checked, checked_text, is_edtf, moments, order
from postil.model.edtf_nearest import nearest_date

# The examples of the specification, and what it says of each kind.
GOOD = """
1985-04-12 1985-04 1985 0000 -0001 -1985
1964/2008 2004-06/2006-08 2004-02-01/2005-02-08 2004-02-01/2005-02 2004-02-01/2005 2005/2006-02
2001-21 2003-22 2000-23 2010-24
1984? 2004-06~ 2004-06-11% 1984~ 1984/2004-06~
201X 20XX 2004-XX 1985-04-XX 1985-XX-XX
1985-04-12/.. 1985-04/.. 1985/.. ../1985-04-12 ../1985-04 ../1985 1985-04-12/ 1985/ /1985-04-12 /1985
1984~/2004-06 1984/2004-06~ 1984?/2004% 1984-06-02?/2004-08-08~
2000-02-29 -0004-02-29 2001-07/2001-22 2001-12/2001-24 2001-02-28/2001-24
""".split()

# What the specification does not know, or knows for level 2 only, with the nearest date that is one.
BAD = {
    "1931-00": "1931", "1931-00-00": "1931", "1931-05-00": "1931-05", "1931-13": "1931", "1931-20": "1931",
    "1931-25": "1931", "1931-02-30": "1931-02", "1931-04-31": "1931-04", "2001-02-29": "2001-02",
    "1931-21-XX": "1931-21", "1931-21-05": "1931-21", "1931-XX-05": "1931-XX", "193X-05": "193X", "193X-XX": "193X",
    "-0000": "", "1X31": "", "X931": "", "XXXX": "", "1931-X5": "1931", "1931-0X": "1931", "1931X": "", "19311": "", "193": "0193",
    "31": "", "Y170000002": "", "1931-05-02T10:00:00Z": "1931-05-02", "1931-05-02 10:00": "1931-05-02",
    "1932/1931": "1931/1932", "1931/1932/1933": "", "../..": "", "/": "", "..": "", "": "", "1931//": "", "1931-": "1931/..",
    "1931/05/02": "1931-05-02", "1931-5-2": "1931-05-02", "1931.5.2": "1931-05-02", "2.5.1931": "1931-05-02",
    "25/2/1931": "1931-02-25", "2/25/1931": "1931-02-25", "5/2/1931": "", "5/5/1931": "1931-05-05", "1931/32": "1931/1932",
    "1931-32": "1931/1932", "1931–32": "1931/1932", "1931-1932": "1931/1932", "1931 to 1932": "1931/1932", "1931–": "1931/..",
    "since 1931": "1931/..", "1931 ?": "1931?", "1931??": "1931?", "1931?~": "1931%", "[1931?]": "1931?", "c. 1931": "1931~",
    "circa 1931?": "1931%", "probably 1931": "1931?", "c. 1931–c. 1933": "1931~/1933~", "1930s": "193X", "193x": "193X",
    "19th century": "18XX", "summer 1931": "1931-22", "2 summer 1931": "", "May 1931": "1931-05", "Sept. 1931": "1931-09",
    "2 May 1931": "1931-05-02", "May 2nd, 1931": "1931-05-02", "31 April 1931": "1931-04", "334 BC": "-0333", "1 BCE": "0000",
    "٢٠٢٠/٥/٢": "2020-05-02", "2020年5月2日": "2020-05-02", "2020年5月": "2020-05", "spring": "", "undated": "", "1931\n": "1931",
}  # fmt: skip


@pytest.mark.parametrize(
    "given",
    [{"year": "1931", "day": "5"}, {"date-parts": [["1931", None, 5]]}, {"date-parts": [["", 5]]}, {"month": 5}],
)
def test_a_day_without_its_month_is_no_month(given: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="is not a date; write 2020"):
        checked(given)


@pytest.mark.parametrize("text", GOOD)
def test_a_date_of_the_specification(text: str) -> None:
    assert is_edtf(text)
    assert checked_text(text) == text


@pytest.mark.parametrize(("text", "nearest"), BAD.items())
def test_what_is_none_and_the_nearest_that_is(text: str, nearest: str) -> None:
    assert not is_edtf(text)
    assert nearest_date(text, is_edtf) == nearest
    if text:
        with pytest.raises(ValueError, match="is not a date") as raised:
            checked_text(text)
        assert (f" (did you mean {nearest!r}?); write 1931" in str(raised.value)) == bool(nearest)


def test_a_day_names_the_nearest_day() -> None:
    for text, nearest in {"2026-1-5": "2026-01-05", "2026/01/05": "2026-01-05", "5 Jan 2026": "2026-01-05"}.items():
        with pytest.raises(ValueError, match="not a date") as raised:
            Change.model_validate({"date": text, "what": "x"})
        assert f"{text!r} is not a date (did you mean {nearest!r}?); write year-month-day" in str(raised.value)
    with pytest.raises(ValueError, match="'2026-01' is not a date; write year-month-day"):
        Change.model_validate({"date": "2026-01", "what": "x"})


@given(st.dates(min_value=datetime.date(1, 1, 1)))
def test_every_day_is_one_and_every_other_way_to_write_it_leads_to_it(day: datetime.date) -> None:
    iso = day.isoformat()
    (moment,) = moments(iso)
    assert moment is not None and moment.first_day == day and order(iso) == (day.year, day.month, day.day)
    for form in (f"{day.year:04}/{day.month}/{day.day}", f"{day.day}.{day.month}.{day.year:04}", f"{iso}T00:00:00Z"):
        assert not is_edtf(form) and nearest_date(form, is_edtf) == iso


@given(st.text("0123456789-/.X~?% TZSince", max_size=16) | st.text(max_size=70))
def test_any_text_is_a_date_or_told(text: str) -> None:
    found = nearest_date(text, is_edtf)
    assert not found or is_edtf(found)
    if is_edtf(text):
        assert found == text
