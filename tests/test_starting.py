"""A site of one's own: made, checked, changed and published by the commands that the README names."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from conftest import ROOT
from postil.commands.starting import _project
from postil.files.yamltext import read_yaml
from test_command import postil


@pytest.fixture(params=["en", "ar"])
def site(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new site in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    told = postil("new", "lindhaven", "--name", "Lindhaven: notes", "--language", request.param, "--author", "Mira S.")
    assert told.rstrip().endswith("cd lindhaven\n    make serve")
    monkeypatch.chdir(tmp_path / "lindhaven")
    return tmp_path / "lindhaven"


def git(*arguments: str, folder: Path) -> str:
    command = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", *arguments]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout


def test_it_is_green_at_once_and_without_its_sample(site: Path) -> None:
    assert "All is well: 3 notes on 1 article" in postil("check")
    assert "warning" not in postil("check")
    assert "3 notes on 1 article" in postil("build")
    page = (site / "site/articles/bridge/index.html").read_text("utf-8")
    kinds = set(re.findall(r'postil-note [^"]*postil-kind-([a-z-]+)', page))
    assert kinds == {"fact-check", "question", "context"}
    assert len(set(re.findall(r'<aside class="[^"]*postil-rest', page))) == 0 or page.count("postil-note__body") == 3
    for file in (site / "docs/articles").iterdir():
        file.unlink()
    assert "0 notes on 0 articles" in postil("build")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_class_begins_with_questions(language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    postil("new", "class", "--class", "--name", "Civics", "--language", language, "--author", "Ms. Sand")
    monkeypatch.chdir(tmp_path / "class")
    assert "All is well: 5 notes on 1 article" in (told := postil("check"))
    assert "warning" not in told
    assert "(5)" in postil("todo")
    assert "* " not in postil("todo") and postil("todo", "--author", "ms-sand").count("  * ") == 5
    notes = tmp_path / "class/docs/articles/bridge.annotations.yml"
    answered = notes.read_text("utf-8").replace("kind: question", "kind: fact-check\n    verdict: confirmed", 1)
    notes.write_text(answered, "utf-8")
    assert "has 0 reviews by others than its author, and 1 are needed" in postil("build", code=1)
    notes.write_text(answered.replace("    author:", "    status: review\n    author:", 1), "utf-8")
    assert "4 notes on 1 article" in postil("build")
    assert (tmp_path / "class/site/rubric/index.html").is_file()


def test_a_copy_of_our_site_is_told_to_take_a_namespace_of_its_own(site: Path) -> None:
    settings, ours = site / "docs/postil.yml", ROOT / "docs/postil.yml"
    line = next(line for line in ours.read_text("utf-8").splitlines() if line.startswith("namespace:"))
    settings.write_text(re.sub(r"namespace: .*", line, settings.read_text("utf-8")), "utf-8")
    told = postil("check")
    assert "warning: docs/postil.yml:4:1: 'namespace' is that of Postil's own site" in told
    fresh = re.search(r"`namespace: ([0-9a-f-]{36})`", told)
    assert fresh and fresh[1] not in line


def test_each_site_has_names_of_its_own(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    postil("new", "other")
    first, second = (
        read_yaml((tmp_path / name / "docs/postil.yml").read_bytes(), "").data for name in ("lindhaven", "other")
    )
    assert first["namespace"] != second["namespace"]
    assert first["authors"] == {"mira-s": {"name": "Mira S.", "type": "person"}}
    assert list(second["authors"]) == ["editors"]


def test_nothing_is_overwritten(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (site / "docs/index.md").write_text("mine", "utf-8")
    assert "Nothing was written" in postil("new", "lindhaven", code=1)
    assert (site / "docs/index.md").read_text("utf-8") == "mine"


def test_the_way_into_the_new_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "    cd 'a town'\n" in postil("new", "a town")
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert "    cd " not in postil("new", ".")


def test_it_is_published_into_a_folder_onto_a_stick_and_to_a_branch(site: Path, tmp_path: Path) -> None:
    postil("publish", "--to", "../stick")
    assert (tmp_path / "stick/articles/bridge/index.html").is_file()
    assert "All is in" in postil("offline", "zip")
    assert [file.name for file in (site / "dist").glob("*.zip")] == ["lindhaven-notes-offline.zip"]
    git("init", "-q", "-b", "main", folder=site)
    assert "Nothing was published" in postil("publish", code=1)
    git("init", "-q", "--bare", "../readers.git", folder=site)
    git("remote", "add", "origin", "../readers.git", folder=site)
    git("config", "user.name", "x", folder=site)
    git("config", "user.email", "x@example.org", folder=site)
    git("add", ".", folder=site)
    git("commit", "-q", "-m", "A site", folder=site)
    assert "gh-pages" in postil("publish")
    published = git("ls-tree", "-r", "--name-only", "gh-pages", folder=tmp_path / "readers.git")
    assert "articles/bridge/index.html" in published and ".nojekyll" in published
    assert "annotations.yml" not in published and "sources.yml" not in published


@pytest.mark.parametrize("to", ["docs", ".", "..", "docs/articles", "mine", "/"])
def test_what_is_no_site_is_never_replaced(site: Path, to: str) -> None:
    (site / "mine").mkdir()
    (site / "mine/index.html").write_text("My own page.", "utf-8")
    (site / "mine/letter.txt").write_text("The only copy.", "utf-8")
    before = {file: file.read_bytes() for file in site.rglob("*") if file.is_file()}
    told = postil("publish", "--to", to, code=2)
    words = (
        "holds what is no site (index.html, letter.txt)" if to == "mine" else "holds your articles, or lies among them"
    )
    assert words in told
    assert {file: file.read_bytes() for file in site.rglob("*") if file.is_file()} == before


def test_a_site_without_a_page_at_its_root_is_replaced(site: Path, tmp_path: Path) -> None:
    (site / "docs/index.md").unlink()
    folder = tmp_path / "stick"
    for _ in range(2):
        postil("publish", "--to", "../stick")
        assert not (folder / "index.html").exists() and (folder / "articles/bridge/index.html").is_file()
        (folder / "of-the-last-site.html").write_text("x", "utf-8")
    postil("publish", "--to", "../stick")
    assert not (folder / "of-the-last-site.html").exists()


def test_a_lost_note_is_not_published(site: Path, tmp_path: Path) -> None:
    article = site / "docs/articles/bridge.md"
    article.write_text(article.read_text("utf-8").replace("1931", "1932"), "utf-8")
    told = postil("publish", "--to", "../stick", code=1)
    assert "Nothing was published" in told
    assert not (tmp_path / "stick").exists()


def test_the_copy_of_postil_installs_what_postil_needs() -> None:
    text = _project(["click>=8", 'pikepdf>=10; extra == "offline"', 'nh3>=0.3; python_version > "3"'])
    assert 'dependencies = ["click>=8", "nh3>=0.3"]' in text
    assert 'offline = ["pikepdf>=10"]' in text
    assert json.loads(re.findall(r"import = (.*)", text)[0]) == []
