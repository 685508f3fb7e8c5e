"""RIS as a register: types, names, dates with their doubt; and whatever else somebody puts into such a file."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import Project
from postil.export import bibtex, csl
from postil.files.ris_dates import date
from postil.files.sources_file import read_registers, read_sources
from postil.model.edtf import is_edtf
from postil.model.problem import Problem
from postil.model.settings import DEFAULT_STYLE
from postil.site import citations
from test_command import postil
from test_registers import as_written, errors
from test_sources import NOTE

RIS = """\
TY  - NEWS
ID  - gazette
TI  - The new <i>bridge</i>
T2  - Lindhaven Gazette
AU  - van der Berg, Jan
A1  - King, Martin, Jr.
AU  - Barnes and Noble
ED  - Ministry of Works,
PY  - 1931
DA  - 1931/05/02/
SP  - 3
EP  - 4
IS  - 17
UR  - https://example.org/a
UR  - https://example.org/b
Y2  - 2026/11/22/10:00:00
DO  - https://doi.org/10.1000/ABC
SN  - 0028-0836
KW  - bridges
KW  - Lindhaven
C7  - odd
L1  - file:///C:/Mira/gazette.pdf
AB  - A text
of two lines.
ER  - \r
TY - BOOK
LB  - whole
BT  - The whole
T2  - A series
PY  - c. 1931
CY  - Lindhaven
PB  - Press
SN  - 978-3-16-148410-0
TY  - CHAP
ID  - part
TI  - A part
BT  - The whole
A2  - Smith, Ada
"""


def warnings(problems: list[Problem]) -> list[str]:
    return [str(problem) for problem in problems if problem.severity == "warning"]


def test_ris_is_read() -> None:
    read, problems = read_sources(b"\xef\xbb\xbf" + RIS.encode(), "docs/sources.ris")
    assert as_written(read["gazette"]) == {
        "id": "gazette",
        "type": "article-newspaper",
        "title": "The new <i>bridge</i>",
        "container-title": "Lindhaven Gazette",
        "author": [
            {"family": "van der Berg", "given": "Jan"},
            {"literal": "Barnes and Noble"},
            {"family": "King", "given": "Martin", "suffix": "Jr."},
        ],
        "editor": [{"literal": "Ministry of Works"}],
        "issued": "1931-05-02",
        "accessed": "2026-11-22",
        "page": "3-4",
        "issue": "17",
        "URL": "https://example.org/a",
        "DOI": "10.1000/ABC",
        "ISSN": "0028-0836",
        "keyword": "bridges, Lindhaven",
        "abstract": "A text of two lines.",
    }
    whole = as_written(read["whole"])
    assert (whole["type"], whole["title"], whole["collection-title"]) == ("book", "The whole", "A series")
    assert (whole["issued"], whole["ISBN"]) == ("1931~", "978-3-16-148410-0")
    assert as_written(read["part"])["container-title"] == "The whole"
    assert str(read["part"].place) == "docs/sources.ris:34:1"
    assert not errors(problems)
    assert warnings(problems) == [  # where a file lies on a machine is nobody's business
        "docs/sources.ris:15:1: the field UR (1 time) has no place in CSL; it is left out",
        "docs/sources.ris:21:1: the field C7 (1 time) has no place in CSL; it is left out",
    ]


@pytest.mark.parametrize(
    ("written", "year", "read"),
    [
        ("1931", "", "1931"),
        ("1931/05/02/", "", "1931-05-02"),
        ("1931-05-02", "", "1931-05-02"),
        ("1931///", "", "1931"),
        ("1931/00/00/", "", "1931"),
        ("1931///Spring", "", "1931-21"),
        ("1931///circa", "", "1931~"),
        ("ca. 1931", "", "1931~"),
        ("[1931?]", "", "1931?"),
        ("circa 1931?", "", "1931%"),
        ("1931-1932", "", "1931/1932"),
        ("1931/05/02-1931/05/09", "", "1931-05-02/1931-05-09"),
        ("2026/11/22/10:00:00", "", "2026-11-22"),
        ("May 2, 1931", "", "1931-05-02"),
        ("2 May", "1931", "1931-05-02"),
        ("Summer", "1931", "1931-22"),
        ("n.d.", "", ""),
        ("in press", "", {"literal": "in press"}),
        ("c. May 1931", "", {"literal": "c. May 1931"}),
        ("1931/13/02", "", {"literal": "1931/13/02"}),
        ("Jan-Feb", "1931", {"literal": "Jan-Feb 1931"}),
    ],
)
def test_dates_keep_their_doubt(written: str, year: str, read: Any) -> None:
    assert date(written, year) == read


def test_references_without_an_id_have_one_that_no_order_changes() -> None:
    one = "TY  - BOOK\nAU  - Falk, Ada\nTI  - One bridge\nPY  - 1931\nER  - \n"
    two, three = one.replace("One", "Another"), one.replace("1931", "1932")
    ids = ["falk-1931-one-bridge", "falk-1931-another-bridge", "falk-1932"]
    read, problems = read_sources((one + two + three).encode(), "a.sources.ris")
    assert list(read) == ids and warnings(problems)[0].startswith("a.sources.ris:1:1: 3 references without ID")
    assert set(read_sources((three + two + one).encode(), "a.sources.ris")[0]) == set(ids)
    assert list(read_sources(b"TY  - GEN\nT1  - A map of it all\nER  -", "a.ris")[0]) == ["a-map-of-it-all-undated"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (
            "AU  - Falk, Ada\nTI  - A\n",
            "a.ris:1:1: 'AU - Falk, Ada' belongs to no reference; one begins with a line like",
        ),
        ("TY  - BOOK\nhello\nID  - a\nTI  - A\n", "a.ris:2:1: 'hello' belongs to no field; one begins with two signs"),
        ("TY  - BOOK\nID  - a\nER  - \n", "a.ris:1:1: the key 'title' is missing"),
        (
            "TY  - BOOK\nID  - a\nTI  - A\nER  - \nTY  - BOOK\nID  - a\nTI  - B\n",
            "a.ris:5:1: the source 'a' is here twice",
        ),
        ("", "a.ris:1:1: the file is empty"),
    ],
)
def test_mistakes_have_their_place(content: str, told: str) -> None:
    assert errors(read_sources(content.encode(), "a.ris")[1])[0].startswith(told)


def test_what_ris_has_goes_out_and_comes_back() -> None:
    read, _ = read_sources(RIS.encode(), "sources.ris")
    again, problems = read_sources(bibtex.text(read.values()).encode(), "again.sources.bib")
    assert not errors(problems) and again["gazette"].issued == "1931-05-02"
    assert [one["id"] for one in csl.items(read.values())] == ["gazette", "whole", "part"]
    both, problems = read_registers({"sources.ris": RIS.encode(), "b.sources.ris": RIS.encode()})
    assert len(both) == 3 and len(errors(problems)) == 3


def test_a_site_with_a_register_in_ris(project: Project) -> None:
    (project.folder / "docs/sources.yml").unlink()
    project.write({"docs/sources.ris": RIS, "docs/index.md": "# A\n\nThe bridge.\n"})
    project.write({"docs/index.annotations.yml": NOTE % "gazette, whole"})
    assert "C7 (1 time)" in postil("check")
    project.write({"docs/sources.ris": RIS.replace("C7  - odd\n", "").replace("UR  - https://example.org/b\n", "")})
    assert project.build() == []
    assert "Lindhaven Gazette" in project.read("sources/index.html") and not project.exists("sources.ris")


_LINE = st.tuples(
    st.sampled_from("TY ER TI T1 T2 BT AU A1 A2 DA PY Y1 Y2 SP EP UR DO SN M3 ID LB KW N1 XX".split()),
    st.text(alphabet="NEWSBOK 0123456789/-.,?~[]cax:<i>\t\u0661é", max_size=14)
    | st.sampled_from(["NEWS", "CHAP", "x, y"]),
).map(lambda pair: f"{pair[0]}  - {pair[1]}")


@given(st.lists(_LINE | st.text(max_size=9), max_size=12))
@settings(max_examples=80)
def test_no_ris_ends_in_a_traceback(lines: list[str]) -> None:
    text = "\n".join(["TY  - NEWS", *lines])
    read, problems = read_sources(text.encode("utf-8", "replace"), "sources.ris")
    assert read or problems
    assert set(citations.references(read, DEFAULT_STYLE).html) == set(read)
    again, wrong = read_sources(str(csl.items(read.values())).encode(), "again.sources.yml")
    assert bibtex.text(read.values()) is not None and (again or wrong or not read)


@given(st.text(alphabet="0123456789/-–?~[] cairspngJfeb.,T:dun", max_size=20), st.sampled_from(["", "1931"]))
def test_a_date_is_edtf_or_words(text: str, year: str) -> None:
    read = date(text, year)
    assert read == "" or (isinstance(read, dict) and read["literal"]) or (isinstance(read, str) and is_edtf(read))
