"""Commands learn of a site what its own build knows, and nothing else: folders, language, whether it loads Postil."""

from __future__ import annotations

import pytest

from conftest import Project
from postil.build.isolated import Order, run
from test_command import postil

PAGE = "# A\n\nThe bridge was opened in 1931.\n"
NOTES = (
    "annotations:\n- {id: one, quote: opened in 1931, kind: context, note: x, author: editors, created: 2026-01-01}\n"
)
CSV = "id,quote,note,kind\ntwo,The bridge,Which?,question\n"


def moved(project: Project, docs_dir: str, *, inherit: bool = False, language: str = "en") -> Project:
    """The site with its articles in `content/`, by an INHERITed configuration or by the environment."""
    (project.folder / "docs").rename(project.folder / "content")
    text = (project.folder / "mkdocs.yml").read_text("utf-8")
    text = text.replace("{name: material,", f"{{name: material, language: {language},") + f"docs_dir: {docs_dir}\n"
    project.write({"base.yml": text, "mkdocs.yml": "INHERIT: base.yml\n"} if inherit else {"mkdocs.yml": text})
    return project.write({"content/index.md": PAGE, "content/index.annotations.yml": NOTES, "n.csv": CSV})


@pytest.mark.parametrize(
    ("docs_dir", "inherit"), [("content", False), ("content", True), ("!ENV [POSTIL_TEST_DOCS, nowhere]", False)]
)
def test_every_command_finds_the_folder_that_the_build_finds(
    project: Project, monkeypatch: pytest.MonkeyPatch, docs_dir: str, inherit: bool
) -> None:
    monkeypatch.setenv("POSTIL_TEST_DOCS", "content")
    moved(project, docs_dir, inherit=inherit)
    project.write({"a.txt": "A title\n\nSome words of an article.\n"})
    assert "All is well: 1 note on 1 article" in postil("check")
    assert "Wrote content/schema/annotations.json" in postil("schema")
    assert "content/articles/a-title.md" in postil("import-article", "a.txt")
    assert "content/index.annotations.yml" in postil("import", "n.csv", "-a", "index.md", "--dry-run")
    assert "1 note, 1 at the old place" in postil("reanchor", "--dry-run")
    assert '"identifier":"one"' in postil("export", "content/index.md").replace(" ", "").replace("\n", "")
    assert "date" in postil("coverage")
    assert not (project.folder / "docs").exists()


def test_the_report_is_typed_and_whole(project: Project) -> None:
    moved(project, "content", language="ar")
    project.write(
        {"mkdocs.yml": (project.folder / "mkdocs.yml").read_text("utf-8") + "site_dir: public\nnav: [index.md]\n"}
    )
    told: list[str] = []
    report = run(Order(config=project.folder / "mkdocs.yml", also=frozenset({"coverage"})), told.append)
    assert report.succeeded
    assert told == report.complaints == []
    assert (report.docs_dir, report.site_dir) == (project.folder / "content", project.folder / "public")
    assert (report.language, report.nav, report.articles) == ("ar", ["index.md"], {"index.md": ""})
    assert report.pages["index.md"].text.endswith("The bridge was opened in 1931.")
    assert "claims.md" in report.pages
    assert sum(count for _, count in report.tally) == 1
    assert report.coverage["index.md"].covered
    assert report.editions.editions == ()
    assert not (project.folder / "public").exists()


@pytest.mark.parametrize("command", ["check", "build", "coverage", "schema", "reanchor", "export"])
def test_a_site_that_does_not_load_postil_is_told_so(project: Project, command: str) -> None:
    moved(project, "content")
    text = (project.folder / "mkdocs.yml").read_text("utf-8")
    project.write({"mkdocs.yml": "".join(line for line in text.splitlines(True) if "hooks:" not in line)})
    told = postil(command, code=1)
    assert "the site does not load Postil: add `postil` to the list `plugins:` in mkdocs.yml" in told
    assert not (project.folder / "site").exists()


def test_a_site_that_has_switched_postil_off_is_told_so(project: Project) -> None:
    moved(project, "content")
    text = (project.folder / "mkdocs.yml").read_text("utf-8")
    lines = [line for line in text.splitlines(True) if "hooks:" not in line]
    project.write({"mkdocs.yml": "".join(lines).replace("[search]", "[search, {postil: {enabled: false}}]")})
    assert "Postil is switched off in mkdocs.yml" in postil("check", code=1)


def test_a_plugin_that_breaks_is_named_in_one_line(project: Project) -> None:
    moved(project, "content")
    broken = "def on_page_markdown(markdown, **_):\n    raise ValueError('no such\\nthing')\n"
    text = (project.folder / "mkdocs.yml").read_text("utf-8").replace("hooks: [", "hooks: [broken.py, ")
    project.write({"broken.py": broken, "mkdocs.yml": text})
    lines = postil("check", code=1).splitlines()
    assert lines[-1] == "1 mistake."
    assert "index.md: the plug-in 'broken.py' broke off: ValueError: no such thing (" in lines[0]
    assert "broken.py:2)" in lines[0]


def test_a_broken_anchor_is_found_without_writing_anything(project: Project) -> None:
    moved(project, "content").write({"content/b.md": "# B\n\n[x](index.md#nowhere)\n"})
    assert "#nowhere" in postil("check", code=1)


def test_properdocs_has_its_own_name_for_the_configuration(project: Project) -> None:
    pytest.importorskip("properdocs")
    moved(project, "content")
    (project.folder / "mkdocs.yml").rename(project.folder / "properdocs.yml")
    assert "All is well: 1 note on 1 article" in postil("check")
    assert "1 note on 1 article" in postil("build")
    assert 'id="note-one"' in project.read("index.html")
