"""What a site costs grows with its notes and articles, and never with one times the other: counted, without a clock."""

from __future__ import annotations

import copy
import json
import pickle
import re
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import Project
from postil.adapters import derived

NOTES = 2  # of an article
SIZES = (25, 50, 100)


def _write(project: Project, articles: int) -> None:
    files: dict[str, str | bytes] = {"docs/index.md": "# Home\n"}
    for number in range(articles):
        notes = [
            f"{{id: n{note}, quote: word-{number:03}-{note}, kind: context, title: T, note: Body {number:03}., "
            "author: editors, created: 2026-01-01}"
            for note in range(NOTES)
        ]
        words = " ".join(f"word-{number:03}-{note}" for note in range(NOTES))
        files[f"docs/a{number:03}.md"] = f"# Article {number:03}\n\nSome {words} end.\n"
        files[f"docs/a{number:03}.annotations.yml"] = f"annotations: [{', '.join(notes)}]\n"
    project.write(files)


def _counted(monkeypatch: pytest.MonkeyPatch, counts: Counter[str], place: str) -> None:
    """Count the calls of a function or method of ours, by its dotted name."""
    owner, _, name = place.rpartition(".")
    module, _, attribute = owner.partition(":")
    target: Any = __import__(module, fromlist=["x"])
    target = getattr(target, attribute) if attribute else target
    real: Callable[..., Any] = getattr(target, name)

    def counting(*arguments: Any, **named: Any) -> Any:
        counts[place] += 1
        return real(*arguments, **named)

    monkeypatch.setattr(target, name, counting)


def _sizes(site: Path) -> Counter[str]:
    """Bytes of the files of articles, by what they are; their pages have the theme's menu of all articles."""
    sizes: Counter[str] = Counter()
    for file in site.rglob("*"):
        path = file.relative_to(site).as_posix()
        if file.is_file() and re.match(r"a\d\d\d/", path):
            kind = "embed" if "/embed/" in path else "own" if "/notes/" in path else Path(path).name
            sizes[kind] += file.stat().st_size if kind != "index.html" else 0
            sizes["files"] += 1
    return sizes


def test_files_bytes_and_calls_grow_with_the_articles(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    constant, by_note = "postil.adapters.frame:Theme.draw", "postil.page.bodies:Bodies.render"
    by_article = ("postil.page.annotate.place", "postil.export.embedded.with_data", "postil.export.hypothesis.envelope")
    by_page = (
        "postil.export.own_page:OwnPages.page",
        "postil.export.schema_org.claim_review",
        "postil.export.tables.as_cells",
    )
    counts: Counter[str] = Counter()
    for place in (constant, by_note, *by_article, *by_page):
        _counted(monkeypatch, counts, place)
    found, pages = [], []
    for articles in SIZES:
        counts.clear()
        shutil.rmtree(project.folder / ".cache", ignore_errors=True)  # nothing is kept of the build before
        _write(project, articles)
        assert project.build() == []
        assert counts[constant] == 1  # the theme draws the page around all notes once
        assert {counts[place] for place in (by_note, *by_page)} == {articles * NOTES}
        assert {counts[place] for place in by_article} == {articles}
        sizes = _sizes(project.folder / "site")
        assert all(size % articles == 0 for size in sizes.values()), sizes
        found.append({kind: size // articles for kind, size in sizes.items()})
        pages.append(project.read("a000/notes/n1/index.html"))
    assert found[0] == found[1] == found[2]  # each article and each note weighs the same in a site of any size
    assert pages[0] == pages[1] == pages[2]
    assert len(pages[0].encode()) <= 8_000
    entries = json.loads(project.read("search/search_index.json"))["docs"]
    assert sum("#note-" in entry["location"] for entry in entries) == SIZES[-1] * NOTES


def test_what_a_second_build_makes_anew_does_not_grow_with_the_articles(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    from test_carried import built

    counts: Counter[str] = Counter()
    found = []
    for articles in SIZES[1:]:  # with fewer the feeds are not full
        _write(project, articles)
        assert built(project)[1] == []
        notes = project.folder / "docs/a007.annotations.yml"
        notes.write_text(notes.read_text("utf-8").replace("Body 007.", "Another body."), "utf-8")
        with monkeypatch.context() as counting:
            for place in (
                "jinja2.environment:Template.render",
                "mkdocs.structure.pages:Page.render",
                "postil.files.notes_file.read_yaml",
                "postil.page.bodies:Bodies.render",
                "postil.export.own_page:OwnPages.page",
                "postil.export.tables.as_cells",
                "postil.export.embedded.with_data",
                "postil.build.write._write",
            ):
                _counted(counting, counts, place)
            drawn, told = built(project)
        assert told == [] and "a007.md" in drawn and "a006.md" not in drawn
        found.append(dict(counts))
        counts.clear()
    assert found[0] == found[1]
    assert found[0]["postil.files.notes_file.read_yaml"] == 1
    assert found[0]["postil.page.bodies:Bodies.render"] == found[0]["postil.export.own_page:OwnPages.page"] == NOTES


def test_a_page_is_copied_and_pickled_as_the_page_that_it_was(tmp_path: Path) -> None:
    from mkdocs.config import load_config
    from mkdocs.structure.files import File
    from mkdocs.structure.pages import Page

    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: S\n", "utf-8")
    config = load_config(str(tmp_path / "mkdocs.yml"))
    page = Page(None, File("a.md", config.docs_dir, config.site_dir, True), config)
    names = set(vars(page))
    page.file.page = page
    derived.derive(page, lambda: "<p>made</p>")
    for other in (copy.copy(page), copy.deepcopy(page), pickle.loads(pickle.dumps(page))):
        assert type(other) is Page
        assert (other.content, other.url, set(vars(other))) == ("<p>made</p>", "a/", names)
    assert copy.deepcopy(page).file.page is not page
    page.content = "<p>another</p>"
    assert pickle.loads(pickle.dumps(page)).content == "<p>another</p>"


def test_no_page_is_held_whole_while_another_is_drawn(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    from mkdocs.commands import build

    _write(project, SIZES[0])
    held, drawn = Counter[str](), []
    real = build._build_page

    def watching(page: Any, config: Any, files: Any, *given: Any, **named: Any) -> None:
        drawn.append(page.file.src_uri)
        for other in (file.page for file in files if file.page):
            if any('class="postil-passage' in str(value) for value in vars(other).values()):
                held[other.file.src_uri] += 1
        real(page, config, files, *given, **named)

    monkeypatch.setattr(build, "_build_page", watching)
    assert project.build() == []
    assert len([path for path in drawn if path.startswith("a")]) == SIZES[0]
    assert not held
    assert 'class="postil-passage' in project.read("a000/index.html")
