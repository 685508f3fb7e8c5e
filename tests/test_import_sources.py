"""`postil import` of what reference managers write: sources go into the author's register, and nothing is lost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import Project
from postil.files.registering import entry, with_entries
from postil.files.sources_file import read_sources
from postil.importing.sources import brought, is_register
from postil.model.problem import Problem
from test_command import postil
from test_registers import BIB, errors
from test_ris import RIS

REGISTER = """\
# Ours, by id.
references:
  - {id: gazette, type: book, title: Another one}  # kept
  - id: quay
    type: webpage
    title: The quay
    URL: https://www.example.org/quay/
"""


@pytest.fixture
def site(project: Project) -> Project:
    return project.write({"docs/index.md": "# A\n\nThe bridge.\n", "docs/sources.yml": REGISTER})


def register(site: Project) -> str:
    return (site.folder / "docs/sources.yml").read_text("utf-8")


def test_ris_goes_into_the_register(site: Project) -> None:
    site.write({"refs.ris": RIS})
    told = postil("import", "refs.ris")
    assert "refs.ris:1:1: gazette: another source has this id; it is 'gazette-2' now" in told
    assert "the field C7 (1 time) has no place in CSL" in told
    assert "refs.ris: 3 new sources" in told and "Wrote docs/sources.yml" in told
    read, problems = read_sources(register(site).encode(), "sources.yml")
    assert list(read) == ["gazette", "gazette-2", "part", "quay", "whole"] and not problems
    assert "# kept" in register(site) and register(site).startswith("# Ours")
    of_file = read_sources(RIS.encode(), "refs.ris")[0]
    assert entry(read["gazette-2"]) | {"id": "gazette"} == entry(of_file["gazette"])
    before = register(site)
    assert "is like 'gazette-2', which is here (DOI 10.1000/ABC)" in postil("import", "refs.ris")
    assert register(site) == before, "what is here already is told, and not taken again"


def test_bibtex_and_json_go_in_with_markup_and_dates_in_words(site: Project) -> None:
    items: list[dict[str, Any]] = [
        {
            "id": "b",
            "type": "book",
            "title": "M*A*S*H and *all* [x]{.nocase} <i>y</i>",
            "issued": {"literal": "in press"},
        },
        {"id": "a", "type": "interview", "author": [{"family": "Falk", "given": "Ada"}]},
        {"id": "quay-again", "type": "webpage", "title": "The quay, again", "URL": "http://example.org/quay"},
        {"id": "c", "type": "webpage", "title": "The quay", "URL": "http://example.org/quay"},
    ]
    site.write({"refs.json": json.dumps(items), "refs.bib": BIB + "\n@book{own, title={O}, owner={mira}, file={/x}}"})
    told = postil("import", "refs.json", "refs.bib")
    assert "refs.json:1:" in told and "c is like 'quay', which is here (http://example.org/quay)" in told
    assert "the field owner (1 time) has no place in CSL" in told
    read, problems = read_sources(register(site).encode(), "sources.yml")
    assert not problems and {"a", "b", "quay-again", "a:b/c", "child", "thesis", "own"} <= set(read) and "c" not in read
    assert (read["b"].title, read["b"].issued) == ("M*A*S*H and *all* [x]{.nocase} y", "in press")
    assert read["a"].title == "[Ada Falk]" and "[Ada Falk]" not in register(site)
    assert postil("sources")


def test_a_mistake_in_the_file_leaves_one_source_out(site: Project) -> None:
    site.write({"refs.json": json.dumps([{"id": "a", "type": "book", "title": "A"}, {"id": "b", "type": "book"}])})
    told = postil("import", "refs.json", code=1)
    assert "refs.json:1:" in told and "the key 'title' is missing" in told and "1 new source" in told
    assert "id: a" in register(site)


def test_nothing_is_written_where_the_register_has_a_mistake_or_with_dry_run(site: Project) -> None:
    site.write({"refs.ris": RIS})
    before = register(site)
    assert "Nothing was written." in postil("import", "--dry-run", "refs.ris") and register(site) == before
    site.write({"docs/sources.yml": before + "  - {id: quay, title: Twice}\n"})
    assert "nothing was imported" in postil("import", "refs.ris", code=1)
    (site.folder / "docs/sources.yml").unlink()
    site.write({"docs/sources.json": "[]"})
    assert "Wrote docs/sources.yml" in postil("import", "refs.ris")
    assert (site.folder / "docs/sources.json").read_text("utf-8") == "[]"


def test_sources_and_notes_in_one_command(site: Project) -> None:
    notes = [
        {
            "type": "Annotation",
            "body": {"value": "Hm"},
            "target": {"selector": {"type": "TextQuoteSelector", "exact": "bridge"}},
        }
    ]
    site.write({"refs.ris": RIS, "notes.json": json.dumps(notes), "docs/index.annotations.yml": "annotations: []\n"})
    told = postil("import", "refs.ris", "notes.json", "--article", "docs/index.md")
    assert "3 new sources" in told and "1 found" in told
    assert "gazette-2" in register(site)
    assert not is_register(json.dumps(notes).encode(), "notes.json") and is_register(b"[{", "x.bib")
    assert not any(is_register(text, "x.json") for text in (b"[", b"{}", b"[]", b"3", b'[{"id": 1}]'))


def test_the_register_of_a_list(tmp_path: Path) -> None:
    found, numbers, key = with_entries(
        b"- {id: b, title: B}\n- {id: a, title: A}\n", "s.yml", [{"id": "0", "title": "C"}]
    )
    assert (numbers, key) == ([2], "") and found.endswith(b"id: '0'\n  title: C\n")


_TEXT = st.text(alphabet="ab*[]{}.\\<>/i:#'\"&-\n é\u2028ن", max_size=16)
_ITEM = st.fixed_dictionaries(
    {"id": st.sampled_from(["a", "b", "a b", "x: y"]), "type": st.just("book")},
    optional={
        "title": _TEXT, "container-title": _TEXT, "note": _TEXT, "volume": _TEXT, "DOI": st.just("10.1000/1"),
        "issued": st.sampled_from(["1931~", {"literal": "soon: *x*"}, {"date-parts": [[1931, 5]]}]),
        "author": st.lists(st.fixed_dictionaries({"literal": _TEXT.filter(str.strip)}), max_size=2),
    },
)  # fmt: skip


@given(st.lists(_ITEM, max_size=4))
@settings(max_examples=120)
def test_what_is_written_is_what_was_read(items: list[dict[str, Any]]) -> None:
    content = json.dumps(items).encode()
    present, _ = read_sources(REGISTER.encode(), "sources.yml")
    found = brought(content, "refs.json", present)
    good, told = read_sources(content, "refs.json")
    assert len(found.new) + len([line for line in found.told if "is here" in line or "is like" in line]) == len(good)
    assert errors(told) == errors([problem for problem in found.problems if isinstance(problem, Problem)])
    if not found.new:
        return
    written, _, _ = with_entries(REGISTER.encode(), "sources.yml", [entry(source) for source in found.new])
    again, problems = read_sources(written, "sources.yml")
    assert not errors(problems)
    assert [entry(again[source.id]) for source in found.new] == [entry(source) for source in found.new]
    assert {name: again[name].title for name in present} == {name: one.title for name, one in present.items()}


def test_a_date_that_is_none_keeps_its_words_and_is_told() -> None:
    bib = "\n".join(f"@book{{{name}, title = {{T{name}}}, date = {{{date}}}}}" for name, date in DATES_OF_BIB)
    found = brought(bib.encode(), "x.bib", {})
    assert [source.issued for source in found.new] == ["1931", "1931-05", "1931/1932", "spring 1931", "in press"]
    assert found.told == [
        "x.bib:4:1: d: 'issued': 'spring 1931' is not a date (did you mean '1931-21'?); its words stand there"
    ]


DATES_OF_BIB = (
    ("a", "1931-00-00"), ("b", "1931-05-00"), ("c", "1931-00/1932-00"), ("d", "spring 1931"), ("e", "in press"),
)  # fmt: skip
