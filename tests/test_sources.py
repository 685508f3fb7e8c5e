"""Sources as reference managers write them: every form of a date, any style, and nothing that a library throws."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import Project
from postil.export import bibtex, csl
from postil.files.sources_file import read_sources
from postil.files.translations import texts
from postil.model.settings import DEFAULT_STYLE
from postil.model.source import Source
from postil.site import citations

NOTE = "annotations:\n- {id: one, quote: bridge, kind: context, note: x, sources: [%s], author: editors, created: 2026-01-01}\n"


def source(**values: Any) -> Source:
    return Source.model_validate({"id": "a", "title": "A title"} | values)


@pytest.mark.parametrize(
    ("given", "edtf", "words"),
    [
        ("1931", "1931", "1931"),
        ("1931~", "1931~", "c. 1931"),
        ({"date-parts": [["1931", "5", "2"]]}, "1931-05-02", "2 May 1931"),
        ({"date-parts": [["1931"]], "circa": "true"}, "1931~", "c. 1931"),
        ([{"year": "1931", "circa": "1"}], "1931~", "c. 1931"),
        ({"date-parts": [["1931", "5"], ["1932"]]}, "1931-05/1932", "May 1931 – 1932"),
        ({"date-parts": [["2014", "12", "31"], ["0"]]}, "2014-12-31", "31 December 2014"),
        ({"year": "2019", "season": "2"}, "2019-22", "Summer 2019"),
        ({"date-parts": [["1931", "0", "0"]]}, "1931", "1931"),
        ({"date-parts": [["2019", "21"]]}, "2019-21", "Spring 2019"),
        ({"literal": "in the year of the flood"}, "in the year of the flood", "in the year of the flood"),
        ({"raw": "2019-13"}, "2019-13", "2019-13"),
        ({"date-parts": [["-334"]]}, "-0333", "334 BC"),
        ("1931?", "1931?", "1931?"),
        ("1931-05%", "1931-05%", "c. May 1931?"),
        ("193X", "193X", "1930 – 1939"),
        ("1931/..", "1931/..", "1931 –"),
        ("../1931", "../1931", "– 1931"),
        ("1931-21/1932-23", "1931-21/1932-23", "Spring 1931 – Autumn 1932"),
    ],
)
def test_every_form_of_a_date(given: Any, edtf: str, words: str) -> None:
    for key in ("issued", "accessed", "original-date", "event-date", "submitted", "available-date"):
        read = source(**{key: given})
        assert getattr(read, key.replace("-", "_")) == edtf
    assert texts("en").edtf(edtf) == words
    assert source(issued=csl.item(source(issued=given))["issued"]).issued == edtf


@pytest.mark.parametrize(
    "given",
    [
        {"date-parts": [["1931", "13", "45"]]},
        {"date-parts": [[]]},
        {"date-parts": "x"},
        {"year": "x"},
        "2020-02-30",
        "1932/1931",
        "1932/1933/1934",
        "-32",
        "../..",
        [],
    ],
)
def test_what_is_no_date_is_told_with_its_line(given: Any) -> None:
    register = json.dumps([{"id": "a", "title": "A", "issued": given}])
    sources, problems = read_sources(register.encode(), "sources.yml")
    assert not sources
    assert re.search(r" is not a date(?: \(did you mean '[^']+'\?\))?; write 2020", str(problems[0])) and str(
        problems[0]
    ).startswith("sources.yml:1:")


def test_undated_and_untitled_sources_are_shown() -> None:
    read, problems = read_sources(b"[{id: a, container-title: The Gazette}, {id: b, title: B}]", "s.yml")
    assert not problems
    assert read["a"].title == "[The Gazette]" and texts("en").edtf(read["b"].issued) == "n.d."
    found = citations.references(read, DEFAULT_STYLE)
    assert set(found.html) == {"a", "b"} and not found.plain


def test_references_are_kept_by_id(tmp_path: Path) -> None:
    one, two = source(id="one", title="One", issued="2020"), source(id="two", title="Two", issued="2021")
    first = citations.references({"one": one, "two": two}, DEFAULT_STYLE, tmp_path).html
    swapped = {"two": one.model_copy(update={"id": "two"}), "one": two.model_copy(update={"id": "one"})}
    second = citations.references(swapped, DEFAULT_STYLE, tmp_path).html
    assert second == {"two": first["one"], "one": first["two"]}
    renamed = {"new": one.model_copy(update={"id": "new"}), "two": two}
    assert set(citations.references(renamed, DEFAULT_STYLE, tmp_path).html) == {"new", "two"}
    assert citations.references(renamed, DEFAULT_STYLE, tmp_path) == citations.references(renamed, DEFAULT_STYLE)


def test_a_renamed_source_after_a_build(project: Project) -> None:
    project.write({"docs/index.md": "# A\n\nThe bridge.\n", "docs/index.annotations.yml": NOTE % "S1"})
    assert project.build() == []
    register = (project.folder / "docs/sources.yml").read_text("utf-8")
    project.write({"docs/sources.yml": register.replace("S1", "S2"), "docs/index.annotations.yml": NOTE % "S2"})
    assert project.build() == []
    assert 'id="source-S2"' in project.read("sources/index.html")


def test_what_one_source_does_to_the_style_stays_with_it(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    real = citations._set

    def stumbling(style: Any, item: Any, signs: Any) -> tuple[str, str]:
        if str(item.reference.title) == "The span":
            return "", "AttributeError: 'String' object has no attribute 'parts'"
        return real(style, item, signs)

    monkeypatch.setattr(citations, "_set", stumbling)
    film = source(id="film", type="motion_picture", title="The span", issued="1950", **{"container-title": "Reels"})
    found = citations.references({"film": film, "a": source()}, DEFAULT_STYLE)
    assert found.html["film"] == "The span, Reels" and "A title" in found.html["a"]
    assert list(found.plain) == ["film"]
    register = "references:\n- {id: S1, title: A, issued: 2020}\n- {id: film, type: motion_picture, title: The span}\n"
    project.write({"docs/sources.yml": register, "docs/index.md": "# A\n\nThe bridge.\n"})
    project.write({"docs/index.annotations.yml": NOTE % "film, S1"})
    assert project.build() == [], "it stops nothing"


def test_months_are_those_of_the_language() -> None:
    read = {"a": source(issued="2020-05-02", accessed="2021-05-02", URL="https://example.org/")}
    german = citations.references(read, DEFAULT_STYLE, language="de").html["a"]
    assert "Mai" in german and "May" not in german


def test_keys_of_bibtex_are_unique_and_plain() -> None:
    written = bibtex.text([source(id=name) for name in ("Müller2020", "Muller2020", "张2020", "王2020", "a b", "a-b")])
    keys = [line.split("{")[1].rstrip(",") for line in written.splitlines() if line.startswith("@")]
    assert len(set(keys)) == 6 and all(key.isascii() for key in keys) and keys[0] == "Muller2020"


_LEAF = st.one_of(
    st.none(), st.booleans(), st.integers(-3000, 3000), st.text(max_size=8), st.sampled_from(["1931", "2020-02"])
)
_VALUE = st.recursive(_LEAF, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(
    ["date-parts", "year", "season", "circa", "literal", "family", "given", "x"]), inner, max_size=3), max_leaves=6)  # fmt: skip
_KEYS = ["id", "type", "title", "issued", "accessed", "author", "URL", "custom", "original-date", "editor", "volume"]


@given(st.lists(st.dictionaries(st.sampled_from(_KEYS), _VALUE, max_size=6), max_size=3))
@settings(max_examples=60)
def test_no_register_whatsoever_ends_in_a_traceback(items: list[dict[str, Any]]) -> None:
    sources, problems = read_sources(json.dumps(items).encode(), "sources.json")
    assert len(sources) + len(problems) >= (1 if items else 0)
    found = citations.references(sources, DEFAULT_STYLE)
    assert set(found.html) == set(sources)
    assert bibtex.text(sources.values()) is not None and csl.items(sources.values()) is not None
    assert all(texts("ar").edtf(one.issued) for one in sources.values())
