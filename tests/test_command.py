"""The command `postil`, run as its user runs it, and the swap of the built site."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import Project
from postil.build.isolated import put_in_place

GOOD = "annotations:\n- {id: one, quote: bridge, kind: context, note: x, author: editors, created: 2026-01-01}\n"
CHECK = "- {id: two, quote: The, kind: fact-check, verdict: partly, sources: [S1], note: x, author: editors, created: 2026-01-01}\n"


@pytest.fixture
def site(project: Project) -> Project:
    return project.write(
        {"docs/index.md": "# A\n\nThe bridge.\n", "docs/index.annotations.yml": GOOD + CHECK, "docs/b.md": "# B\n"}
    )


def postil(*arguments: str, code: int = 0) -> str:
    process = subprocess.run([sys.executable, "-m", "postil", *arguments], capture_output=True, text=True, check=False)
    assert process.returncode == code, process.stdout + process.stderr
    assert "Traceback" not in process.stdout + process.stderr
    return process.stdout + process.stderr


def test_check_says_that_all_is_well_and_writes_only_the_first_snapshot(site: Project) -> None:
    def files() -> set[Path]:
        return {path for path in site.folder.rglob("*") if not {"__pycache__", ".cache"} & set(path.parts)}

    before = files()
    told = postil("check").splitlines()
    assert told[0] == "All is well: 2 notes on 1 article: partly right 1, context 1."
    kept = site.folder / "docs/index.annotations.snapshot.txt"
    assert told[1].startswith("hint: kept the text of the article in docs/index.annotations.snapshot.txt")
    assert len(told) == 2
    assert files() == {*before, kept}
    content = kept.read_bytes()
    assert postil("check").splitlines() == told[:1], "it is said once"
    site.write({"docs/index.md": (site.folder / "docs/index.md").read_text("utf-8") + "\nMore.\n"})
    assert "the article was changed" in postil("check")
    assert kept.read_bytes() == content, "a snapshot that is there is renewed by reanchor"


def test_check_prints_mistakes_one_a_line(site: Project) -> None:
    site.write({"docs/index.annotations.yml": GOOD.replace("bridge", "brigde"), "docs/b.md": "# B\n\n[x](no.md)\n"})
    lines = postil("check", code=1).splitlines()
    assert lines[0].startswith("Doc file 'b.md' contains a link 'no.md'")
    assert lines[1].startswith("docs/index.annotations.yml:2:20: one: 'brigde': these words are not on the page")
    assert lines[2:] == ["2 mistakes."]


def test_build_tells_the_tally_and_where_the_page_is(site: Project) -> None:
    told = postil("build")
    assert "2 notes on 1 article: partly right 1, context 1." in told
    assert (site.folder / "site" / "index.html").as_uri() in told
    assert "postil serve" in told  # links to folders do not work from the disk
    assert 'id="note-one"' in site.read("index.html")
    assert [path.name for path in site.folder.glob(".postil*")] == []


def test_a_failed_build_leaves_the_last_good_site(site: Project) -> None:
    postil("build")
    good = site.read("index.html")
    site.write({"docs/index.annotations.yml": "annotations: [\n", "docs/index.md": "# Changed\n"})
    told = postil("build", code=1)
    assert "docs/index.annotations.yml:2:1: a list in [ ]" in told
    assert "site/ is as it was." in told
    assert site.read("index.html") == good
    assert [path.name for path in site.folder.glob(".postil*")] == []


def test_a_broken_configuration_is_no_traceback(site: Project) -> None:
    site.write({"mkdocs.yml": "site_name: A\nnav: [a\nplugins: []\n"})
    lines = postil("check", code=1).splitlines()
    assert lines == ["mkdocs.yml:3:8: expected ',' or ']', but got ':'", "1 mistake."]
    site.write({"mkdocs.yml": "site_name: A\ntheme: nosuch\n"})
    assert "Unrecognised theme name" in postil("build", code=1)
    assert "mkdocs.yml" in postil("check", "-f", "nosuch/mkdocs.yml", code=2)


def test_schema_writes_the_file_that_editors_read(site: Project) -> None:
    postil("schema")
    assert '"editors"' in (site.folder / "docs" / "schema" / "annotations.json").read_text("utf-8")
    assert postil("check").startswith("All is well")


def test_swap_keeps_hidden_files_and_replaces_the_rest(tmp_path: Path) -> None:
    old, new = tmp_path / "site", tmp_path / "new"
    for folder, name in ((old, ".nojekyll"), (old, "gone.html"), (new, "index.html")):
        folder.mkdir(exist_ok=True)
        (folder / name).write_text(name)
    put_in_place(new, old)
    assert sorted(path.name for path in old.iterdir()) == [".nojekyll", "index.html"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["site"]


def test_swap_that_fails_puts_the_old_site_back(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("old")
    with pytest.raises(OSError, match="new"):
        put_in_place(tmp_path / "new", tmp_path / "site")
    assert (tmp_path / "site" / "index.html").read_text() == "old"


def test_swap_mends_one_that_was_cut_off(tmp_path: Path) -> None:
    (tmp_path / ".postil-site-kept").mkdir()
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "index.html").write_text("new")
    put_in_place(tmp_path / "new", tmp_path / "site")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["site"]


def test_coverage_lists_what_no_note_touches(site: Project) -> None:
    site.write({"docs/index.md": "# A\n\nThe bridge cost 45 crowns in 1931.\n\nIt is 300 metres long.\n"})
    notes = GOOD + "uncovered:\n- {quote: 300 metres, reason: Anyone can see it.}\n"
    site.write({"docs/index.annotations.yml": notes})
    told = postil("coverage", "--strict", code=1)
    assert told.splitlines()[1] == "  no note in the paragraph: It is 300 metres long. (no note: Anyone can see it.)"
    assert "figure: 45\n" in told
    assert "date: 1931\n" in told
    assert "figure: 300 (no note: Anyone can see it.)" in told
    assert told.endswith("2 of the figures, dates and paragraphs have neither a note nor a reason.\n")
    assert postil("coverage")


def test_check_warns_of_unused_and_of_weak_sources(site: Project) -> None:
    site.write(
        {
            "docs/sources.yml": """\
                references:
                  - {id: S1, title: A report, issued: 2020, custom: {copy: mirror}}
                  - {id: S2, title: Another, issued: 2020}
                """
        }
    )
    lines = postil("check").splitlines()
    assert lines[0].startswith("warning: docs/index.annotations.yml:3:") and "two: rests on mirrors" in lines[0]
    assert lines[1] == "warning: docs/sources.yml:3:10: no note uses the source 'S2'"
    assert lines[2].startswith("All is well")
    site.write({"docs/index.annotations.yml": GOOD + CHECK.replace("note: x", "note: x, caution: A mirror only.")})
    assert "rests on" not in postil("check")


def test_check_warns_of_a_statement_without_a_claimant_and_of_an_idle_excuse(site: Project) -> None:
    notes = GOOD + CHECK.replace("quote: The", "quote: It fell") + "uncovered:\n- {quote: fell, reason: x}\n"
    site.write({"docs/index.md": "# A\n\nThe bridge of the States. Falk said. It fell, she said.\n"})
    site.write({"docs/index.annotations.yml": notes})
    lines = [line for line in postil("check").splitlines() if line.startswith("warning")]
    assert len(lines) == 2
    assert lines[0].startswith("warning: docs/index.annotations.yml:3:3: two: the passage tells what somebody said")
    assert "'fell' excuses nothing" in lines[1]
    site.write(
        {
            "docs/index.annotations.yml": notes.replace(
                "note: x, author: editors, created: 2026-01-01}\nunc",
                "note: x, claimant: Falk, author: editors, created: 2026-01-01}\nunc",
            )
        }
    )
    assert "somebody said" not in postil("check")


def test_export_writes_one_form_and_publishes_nothing(site: Project) -> None:
    told = postil("export", "docs/index.md", "--format", "jsonld", "-o", "notes.jsonld")
    assert told == "Wrote notes.jsonld\n"
    notes = json.loads((site.folder / "notes.jsonld").read_text("utf-8"))
    assert [item["identifier"] for item in notes["first"]["items"]] == ["two", "one"]
    assert postil("export", "--format", "bibtex").startswith("@report{S1,")
    assert {path.name for path in site.folder.iterdir()} == {".cache", "docs", "mkdocs.yml", "notes.jsonld"}


def test_export_says_what_it_cannot_write(site: Project) -> None:
    assert "no article 'docs/indx.md' with notes" in postil("export", "docs/indx.md", code=1)
    assert "nowhere" in postil("export", "-o", "nowhere/notes.jsonld", code=1)
    site.write({"docs/index.annotations.yml": GOOD.replace("bridge", "brigde")})
    assert "1 mistake. Nothing was written." in postil("export", code=1)
    (site.folder / "docs/index.annotations.yml").unlink()
    assert "nothing to export" in postil("export", code=1)


def test_where_there_is_no_site_it_says_how_to_make_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for command in ("check", "build", "serve"):
        assert "there is no mkdocs.yml here" in postil(command, code=2)
    assert "File 'other.yml' does not exist" in postil("check", "-f", "other.yml", code=2)
