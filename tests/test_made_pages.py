"""Pages that are made from the data, and files of the author's that have the names of ours."""

from __future__ import annotations

import logging

import pytest

from conftest import Project
from test_command import postil

NOTES = "annotations:\n- {id: one, quote: bridge, kind: context, note: x, author: editors, created: 2026-01-01}\n"
FILES: dict[str, str | bytes] = {"docs/index.md": "# A\n\nThe bridge.\n", "docs/index.annotations.yml": NOTES}
NAV = "nav: [index.md, claims.md, sources.md, corrections.md, since.md, timeline.md, people.md, data.md, {More: [downloads.md]}]\n"
MADE = ("claims", "sources", "corrections", "downloads", "data")


def configured(project: Project, more: str, **files: str) -> Project:
    text = (project.folder / "mkdocs.yml").read_text("utf-8")
    return project.write({"mkdocs.yml": text + more, **files})


def made(project: Project) -> set[str]:
    names = (*MADE, "since", "timeline", "people")
    return {name for name in names if project.exists(f"{name}/index.html")}


def test_a_slip_in_the_notes_is_one_mistake(project: Project) -> None:
    lines = configured(project.write(FILES | {"docs/index.annotations.yml": "annotations:\n\t- id: a\n"}), NAV).build()
    assert len(lines) == 2, lines
    assert lines[0].startswith("docs/index.annotations.yml:2:1:")
    assert lines[1] == "1 mistake in the notes, told above. Nothing was published."


def test_what_the_navigation_names_is_there_without_any_data(project: Project) -> None:
    (project.folder / "docs/sources.yml").unlink()
    assert configured(project.write({"docs/index.md": "# A\n"}), NAV).build() == []
    assert made(project) == {*MADE, "since", "timeline", "people"}
    for name, words in (
        ("claims", "There are no notes yet."),
        ("timeline", "There are no events here yet."),
        ("people", "Nothing is listed yet."),
        ("sources", "There are no sources yet."),
        ("since", "No note tells of anything later."),
    ):
        assert words in project.read(f"{name}/index.html")


def test_without_notes_and_navigation_no_page_is_made(project: Project) -> None:
    assert project.write({"docs/index.md": "# A\n"}).build() == []
    assert made(project) == set()


def test_a_strict_site_that_counts_pages_builds(project: Project) -> None:
    text = (project.folder / "mkdocs.yml").read_text("utf-8").replace("omitted_files: ignore", "omitted_files: warn")
    project.write(FILES | {"mkdocs.yml": f"{text}nav: [index.md, claims.md]\n"})
    assert project.build() == []
    assert made(project) == set(MADE)
    menu = project.read("index.html").partition("md-nav--primary")[2].partition("</nav>")[0]
    assert 'href="claims/"' in menu
    assert 'href="sources/"' not in menu


def test_a_page_with_nothing_on_it_yet_is_in_no_menu(project: Project) -> None:
    assert configured(project.write(FILES), NAV).build() == []
    page = project.read("index.html")
    for name in ("corrections", "since", "timeline", "people", "downloads"):
        assert project.exists(f"{name}/index.html")
        assert f'href="{name}/"' not in page
    assert "More" not in page.partition("md-nav--primary")[2]
    assert '<link rel="prev" href="../claims/">' in project.read("sources/index.html")
    assert '<link rel="next" href="../data/">' in project.read("sources/index.html")
    notes = NOTES.replace("x,", "x, changed: [{date: 2026-01-02, what: A date.}],")
    assert project.write({"docs/index.annotations.yml": notes}).build() == []
    assert 'href="corrections/"' in project.read("index.html")
    # A page of the author's own shows whatever it says.
    assert project.write({"docs/timeline.md": "# Timeline\n\nSoon.\n"}).build() == []
    assert 'href="timeline/"' in project.read("index.html")


def test_which_are_made_and_whether_they_show_is_a_setting(project: Project) -> None:
    settings = "pages:\n  made: [claims, sources]\n  menu: no\n"
    assert project.write(FILES | {"docs/postil.yml": settings}).build() == []
    assert made(project) == {"claims", "sources"}
    assert 'href="claims/"' not in project.read("index.html").partition("md-nav--primary")[2].partition("</nav>")[0]
    assert project.write({"docs/postil.yml": "pages: {menu: yes}\n"}).build() == []
    assert made(project) == set(MADE)
    assert 'href="claims/"' in project.read("index.html").partition("md-nav--primary")[2].partition("</nav>")[0]


def test_mistakes_in_the_setting_are_told(project: Project) -> None:
    lines = project.write(FILES | {"docs/postil.yml": "pages: {made: [claim], menu: perhaps, mad: x}\n"}).build()
    assert lines[:3] == [
        "docs/postil.yml:1:16: there is no page 'claim' (did you mean 'claims'?); there are "
        "claims, sources, corrections, since, timeline, people, downloads, data",
        "docs/postil.yml:1:30: 'menu': expected yes or no, found 'perhaps'",
        "docs/postil.yml:1:39: the key 'mad' is unknown (did you mean 'made'?); keys are made, menu",
    ]


def test_data_of_another_kind_is_left_alone_on_a_site_without_notes(
    project: Project, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    other = {"docs/index.md": "# A\n", "docs/people.yml": "- Ada\n- Grace\n", "docs/sources.yml": "a: 1\n"}
    assert project.write(dict(other)).build() == []
    assert project.read("people.yml") == other["docs/people.yml"]
    assert project.exists("sources.yml")
    told = [record.message for record in caplog.records if "docs/people.yml is no data for notes" in record.message]
    assert len(told) == 1
    assert "give it another name" in told[0]


def test_nothing_of_the_author_is_overwritten(project: Project) -> None:
    own: dict[str, str | bytes] = {
        "docs/schema/annotations.json": '{"title": "Mine"}\n',
        "docs/assets/postil/claims.js": "// mine\n",
    }
    assert project.write(FILES | own).build() == []
    assert project.read("schema/annotations.json") == own["docs/schema/annotations.json"]
    assert project.read("assets/postil/claims.js") == own["docs/assets/postil/claims.js"]
    assert "docs/schema/annotations.json is a file of your own" in postil("schema", code=1)


def test_an_old_schema_of_ours_is_renewed(project: Project) -> None:
    old = '{"title": "Notes on an article", "old": true}\n'
    assert project.write(FILES | {"docs/schema/annotations.json": old}).build() == []
    assert '"old"' not in project.read("schema/annotations.json")
