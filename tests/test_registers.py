"""Registers of sources as reference managers write them: CSL-JSON, CSL-YAML, BibTeX, one file or several."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import Project
from postil.editing import requests
from postil.export import bibtex, csl
from postil.files.sources_file import read_registers, read_sources
from postil.model.problem import Problem
from postil.model.rich_text import html, plain
from postil.model.settings import DEFAULT_STYLE
from postil.model.source import Source
from postil.site import citations
from test_command import postil
from test_sources import NOTE
from test_writing import desk  # noqa: F401 (a fixture)

BIB = r"""
@string{gazette = "The Gazette"}
% A comment.
@article{a:b/c,
  title = {The {NASA} and \emph{Salmo trutta} in H$_2$O: an ``odd'' case},
  journal = gazette # { of Lindhaven},
  author = {van der Berg, Jan and {Barnes and Noble} and M{\"u}ller, Jr., Karl and others},
  year = 1931, month = may, pages = {1--20}, doi = {10.1000/a\_b},
}
@incollection{child, crossref = {parent}, title = {A part}, author = {family=Berg, given=Jan, prefix=van der}}
@collection{parent, title = {The whole}, editor = {Ada Smith}, date = {1931?/..}, location = {K\o benhavn}}
@phdthesis{thesis, title = "X", school = {Uni}, year = {in press}}
@misc{page, title = {Fine}, howpublished = {\url{https://example.org/a_b}}, urldate = {2020-01-02}}
"""


def errors(problems: list[Problem]) -> list[str]:
    return [str(problem) for problem in problems if problem.severity == "error"]


def as_written(source: Source) -> dict[str, Any]:
    return source.model_dump(by_alias=True, exclude_defaults=True, mode="json") | source.markup


def test_bibtex_is_read() -> None:
    read, problems = read_sources(BIB.encode(), "docs/sources.bib")
    assert not problems
    article = as_written(read["a:b/c"])
    assert article == {
        "id": "a:b/c",
        "type": "article-journal",
        "title": 'The <span class="nocase">NASA</span> and <i>Salmo trutta</i> in H<sub>2</sub>O: an “odd” case',
        "container-title": "The Gazette of Lindhaven",
        "author": [
            {"family": "Berg", "given": "Jan", "non-dropping-particle": "van der"},
            {"literal": "Barnes and Noble"},
            {"family": "Müller", "given": "Karl", "suffix": "Jr."},
        ],
        "issued": "1931-05",
        "page": "1-20",
        "DOI": "10.1000/a_b",
    }
    child = as_written(read["child"])
    assert (child["container-title"], child["issued"], child["publisher-place"]) == (
        "The whole",
        "1931?/..",
        "København",
    )
    assert child["author"] == [{"family": "Berg", "given": "Jan", "dropping-particle": "van der"}]
    assert (read["thesis"].issued, read["thesis"].further("genre")) == ("in press", "PhD thesis")
    assert (read["page"].URL, read["page"].accessed) == ("https://example.org/a_b", "2020-01-02")
    assert str(read["child"].place) == "docs/sources.bib:10:1"


def test_what_goes_out_as_bibtex_or_csl_json_comes_back() -> None:
    read, _ = read_sources(BIB.encode(), "sources.bib")
    again, problems = read_sources(bibtex.text(read.values()).encode(), "again.sources.bib")
    assert not problems
    for name in ("a:b/c", "parent", "thesis", "page"):
        assert as_written(again[name]) == as_written(read[name])
    written = json.dumps(csl.items(read.values())).encode()
    assert {name: as_written(one) for name, one in read_sources(written, "sources.json")[0].items()} == {
        name: as_written(one) for name, one in read.items()
    }


@pytest.mark.parametrize(
    ("content", "file", "told"),
    [
        ('[\n {"id": "a",\n  "title": "A", }\n]', "sources.json", "sources.json:3:17: this is not JSON"),
        ('[{"id": "a", "title": "A",\n"issued": "1931-13"}]', "sources.json", "sources.json:2:11: 'issued': '1931-13'"),
        ('[{"id": "a",\n "id": "b", "title": "A"}]', "sources.json", "sources.json:2:2: the key 'id' is here twice"),
        ('[{"id": "a", "title": NaN}]', "sources.json", "sources.json:1:1: this is not JSON"),
        ("[" * 5000, "sources.json", "sources.json:1:1"),
        ('{"a": 1}', "sources.json", "sources.json:1:2: the key 'a' is unknown; expected `references:`"),
        ("@book{a, title = {A}\n@book{b, title={B}}", "sources.bib", "sources.bib:1:1: this entry cannot be read"),
        ("@book{a,\n title = {A},\n title = {B}}", "sources.bib", "sources.bib:1:1: the field title is twice"),
        ("@book{a, note = {x},\n  pages = {3}}", "sources.bib", "sources.bib:1:1: the key 'title' is missing"),
    ],
)
def test_mistakes_have_their_place(content: str, file: str, told: str) -> None:
    read, problems = read_sources(content.encode(), file)
    assert errors(problems)[0].startswith(told)
    assert "a" not in read


def test_what_a_program_adds_is_told_and_stops_nothing() -> None:
    item = {"id": 7, "type": "gazette", "title": "A", "collections": ["x"], "URL": "www.example.org/ä b", "volume": 3}
    read, problems = read_sources(json.dumps({"items": [item]}).encode(), "sources.json")
    assert not errors(problems) and len(problems) == 3
    assert (read["7"].type, read["7"].URL, read["7"].further("volume")) == (
        "document",
        "https://www.example.org/%C3%A4",
        "3",
    )
    unsafe = json.dumps([{"id": "a", "title": "A", "URL": "javascript:alert(1)"}]).encode()
    assert read_sources(unsafe, "sources.json")[0]["a"].URL == ""
    in_yaml, problems = read_sources(b"title: x\nreferences:\n- {id: a, title: A, favourites: x}", "sources.yml")
    assert list(in_yaml) == ["a"] and not errors(problems) and len(problems) == 2


def test_names_in_every_form() -> None:
    names: list[Any] = [
        {"given": "Madonna"},
        {"family": "King", "given": "Martin", "suffix": "Jr.", "comma-suffix": True, "static-ordering": False},
        {"literal": "The Office", "isInstitution": 1},
        {"family": "Beethoven", "non-dropping-particle": "van", "given": None, "parse-names": "true"},
    ]
    item = {"id": "a", "title": "A", "author": names, "editor": {"family": "Solo"}, "translator": "The Bureau"}
    read, problems = read_sources(json.dumps([item]).encode(), "sources.json")
    assert not problems
    assert [name.shown for name in read["a"].author] == ["Madonna", "Martin King Jr.", "The Office", "van Beethoven"]
    assert read["a"].editor[0].family == "Solo" and read["a"].translator[0].literal == "The Bureau"
    assert "author = {{Madonna} and King, Jr., Martin and {The Office} and {van Beethoven}}" in bibtex.text(
        read.values()
    )
    _, problems = read_sources(b"[{id: a, title: A, editor: [{famly: x}]}]", "sources.yml")
    assert "'famly' is unknown (did you mean 'family'?)" in errors(problems)[0]
    _, problems = read_sources(b"[{id: a, title: A, editor: [{family: ''}]}]", "sources.yml")
    assert "a name is empty" in errors(problems)[0]


def test_only_id_and_something_to_show_are_needed() -> None:
    items: list[dict[str, Any]] = [
        {"id": "a", "type": "interview", "author": [{"family": "Falk", "given": "Ada"}]},
        {"id": "b", "type": "bill", "number": "HR 3"},
        {"id": "c", "DOI": "10.1000/1"},
        {"id": "d", "title": "", "container-title": "The Gazette", "issued": None},
    ]
    read, problems = read_sources(json.dumps(items).encode(), "sources.json")
    assert not problems
    assert [one.title for one in read.values()] == ["[Ada Falk]", "[HR 3]", "[10.1000/1]", "[The Gazette]"]
    _, problems = read_sources(b"[{id: a, type: book}]", "sources.yml")
    assert "the key 'title' is missing" in errors(problems)[0]


def test_markup_in_titles() -> None:
    title = '<i>Salmo</i> CO<sub>2</sub> <span class="nocase">for NASA</span> a<b </i> & <u>x</u>'
    assert plain(title) == "Salmo CO2 for NASA a<b </i> & <u>x</u>"
    assert html(title) == "<i>Salmo</i> CO<sub>2</sub> for NASA a&lt;b &lt;/i&gt; &amp; &lt;u&gt;x&lt;/u&gt;"
    read, _ = read_sources(json.dumps([{"id": "a", "title": title, "issued": "2020"}]).encode(), "sources.json")
    assert read["a"].title == plain(title)
    assert html(title) in citations.references(read, DEFAULT_STYLE).html["a"]
    assert csl.items(read.values())[0]["title"] == title
    assert r"\emph{Salmo} CO\textsubscript{2} {for NASA} a<b" in bibtex.text(read.values())
    markdown, _ = read_sources(b"[{id: a, title: 'Of *Salmo*, **bold**, M*A*S*H and 2 * 3 * 4'}]", "sources.yml")
    assert markdown["a"].markup["title"] == "Of <i>Salmo</i>, <b>bold</b>, M*A*S*H and 2 * 3 * 4"


CASED = """<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0" default-locale="en-US"><info>
<title>t</title><id>t</id><updated>2020-01-01T00:00:00+00:00</updated></info><citation><layout><text variable="title"/></layout>
</citation><bibliography><layout><text variable="title" text-case="%s"/></layout></bibliography></style>"""


@pytest.mark.parametrize("case", "title sentence capitalize-all capitalize-first uppercase lowercase".split())
def test_what_keeps_its_case_keeps_it_in_every_style(case: str, tmp_path: Path) -> None:
    style = tmp_path / "cased.csl"
    style.write_text(CASED % case)
    titles = (
        'the <span class="nocase">iPhone of de Gaulle</span> in the war',
        "<span class='nocase'>eBay</span>-like users",
    )
    items = [{"id": str(number), "type": "book", "title": title} for number, title in enumerate(titles)]
    first, second = citations.references(
        read_sources(json.dumps(items).encode(), "s.json")[0], str(style)
    ).html.values()
    assert "iPhone of de Gaulle" in first and second.startswith("eBay")
    assert "the War" in first or case != "title"


def test_a_source_that_is_known_by_one_thing_alone_shows_it_once() -> None:
    items: list[dict[str, Any]] = [
        {"id": "a", "type": "interview", "author": [{"family": "Falk", "given": "Ada"}]},
        {"id": "b", "type": "article-newspaper", "container-title": "The Gazette", "issued": "1931"},
        {"id": "c", "type": "webpage", "URL": "https://example.org/x"},
        {"id": "d", "type": "book", "publisher": "The Press", "editor": [{"family": "Falk"}]},
    ]
    read, _ = read_sources(json.dumps(items).encode(), "sources.json")
    found = citations.references(read, DEFAULT_STYLE)
    for name, word in {"a": "Falk", "b": "Gazette", "d": "Press"}.items():
        assert found.html[name].count(word) == 1, found.html[name]
    assert plain(found.html["c"]).count(">https://example.org/x<") == 1
    assert citations.plain(read["b"]) == "[The Gazette]" and citations.plain(read["d"]) == "[The Press]"
    out = csl.items(read.values())
    assert all("title" not in item for item in out) and "title =" not in bibtex.text(read.values())
    assert {key: one.title for key, one in read_sources(json.dumps(out).encode(), "b.json")[0].items()} == {
        key: one.title for key, one in read.items()
    }


def test_several_registers_are_one() -> None:
    read, problems = read_registers(
        {
            "docs/sources.yml": b"references:\n- {id: a, title: A}\n",
            "docs/sources.json": b'[{"id": "b", "title": "B"},\n {"id": "a", "title": "Other"}]',
            "docs/thesis.sources.bib": b"@book{c, title={C}}\n@book{b, title={D}}",
        }
    )
    assert {name: one.title for name, one in read.items()} == {"a": "A", "b": "B", "c": "C"}
    assert errors(problems) == [
        "docs/sources.json:2:9: the source 'a' is here twice (first in docs/sources.yml:2:8)",
        "docs/thesis.sources.bib:2:1: the source 'b' is here twice (first in docs/sources.json:1:9)",
    ]


def test_a_site_with_registers_of_other_programs(project: Project) -> None:
    (project.folder / "docs/sources.yml").unlink()
    items = json.dumps([{"id": "Müller & Söhne: 2020/1", "type": "book", "title": "A", "issued": "2020"}])
    project.write({"docs/zotero.sources.json": items, "docs/sources.bib": "@book{b1, title={B}}"})
    project.write(
        {
            "docs/index.md": "# A\n\nThe bridge.\n",
            "docs/index.annotations.yml": NOTE % "'Müller & Söhne: 2020/1', b1",
        }
    )
    assert project.build() == []
    assert 'id="source-M' in project.read("sources/index.html") and "B" in project.read("sources/index.html")
    assert not project.exists("zotero.sources.json") and not project.exists("sources.bib")
    assert not {line for line in postil("check").splitlines() if "warning" in line}
    project.write({"docs/index.annotations.yml": NOTE % "b2"})
    assert "the source 'b2' is not in sources.bib or zotero.sources.json" in project.build()[0]


def test_a_bibliography_of_another_plug_in_is_left_alone(project: Project) -> None:
    (project.folder / "docs/sources.yml").unlink()
    project.write({"docs/index.md": "# A\n", "docs/sources.bib": "@book{b1, title={B}}", "docs/sources.json": "{"})
    assert project.build() == []
    assert project.exists("sources.bib") and project.exists("sources.json") and not project.exists("sources/index.html")


def test_a_source_that_is_written_in_the_page_goes_into_yaml(desk: Any) -> None:  # noqa: F811
    project, session = desk
    (project.folder / "docs/sources.yml").rename(project.folder / "docs/kept.yml")
    given = json.dumps([{"id": "S1", "title": "A", "issued": "2020"}])
    project.write({"docs/sources.json": given})
    new = {"id": "A1", "type": "webpage", "title": "One", "issued": "2020-02"}
    answer = session.answer(requests.AddSource(page="bridge/", values=new))
    assert answer["told"] == "Written to sources.yml; sources.json is left to the program that writes it."
    assert {one["id"] for one in answer["sources"]} == {"A1", "S1"}
    assert (project.folder / "docs/sources.json").read_text("utf-8") == given
    assert "id: A1" in (project.folder / "docs/sources.yml").read_text("utf-8")
    second = session.answer(requests.AddSource(page="bridge/", values={**new, "id": "A2"}))
    assert "told" not in second and {one["id"] for one in second["sources"]} == {"A1", "A2", "S1"}


_VALUE = st.recursive(
    st.none() | st.booleans() | st.integers(-3000, 3000) | st.text(max_size=8) | st.just("<i>x</i>"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["family", "literal", "year"]), inner),
    max_leaves=5,
)
_KEYS = st.sampled_from(
    ["id", "type", "title", "issued", "author", "director", "URL", "volume", "markup", "place", "x"]
)


@given(st.lists(st.dictionaries(_KEYS, _VALUE, max_size=6), max_size=3))
@settings(max_examples=60)
def test_no_json_ends_in_a_traceback(items: list[dict[str, Any]]) -> None:
    read, problems = read_sources(json.dumps(items).encode(), "sources.json")
    assert len(read) + len(problems) >= bool(items)
    assert set(citations.references(read, DEFAULT_STYLE).html) == set(read)
    again, wrong = read_sources(json.dumps(csl.items(read.values())).encode(), "again.sources.json")
    assert not errors(wrong) and list(again) == list(read)


@given(st.text(alphabet="@bok{}=,\"#\\%$ \nai1&~^_'-", max_size=60))
@settings(max_examples=80)
def test_no_bibtex_ends_in_a_traceback(text: str) -> None:
    content = f"@book{{a, title = {{X}}, author = {{{text}}}, year = {{{text[:9]}}}}}\n{text}"
    read, problems = read_sources(content.encode(), "sources.bib")
    assert read or problems
    assert bibtex.text(read.values()) is not None
