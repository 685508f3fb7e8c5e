"""A build that fails leaves the last good site where it was, whoever started it."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import Project
from postil.build.last_site import LastSite

GOOD: dict[str, str | bytes] = {
    "docs/index.md": "# The bridge\n\nIt was opened in 1931.\n",
    "docs/index.annotations.yml": """\
        annotations:
          - {id: a, quote: opened in 1931, kind: context, note: x, author: editors, created: 2026-01-01}
        """,
}


def files(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def leftovers(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir() if entry.name.startswith(".postil-"))


@pytest.fixture
def site(project: Project) -> Project:
    assert project.write(GOOD).build() == []
    (project.folder / "site" / ".nojekyll").write_bytes(b"")
    return project


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("docs/index.annotations.yml", "annotations: [{id: a}]\n", "mistakes in the notes"),
        ("docs/index.md", "# The bridge\n\nIt was opened in 1932.\n", "1 mistake in the notes"),
        ("docs/other.md", "# Other\n\n[A link](nowhere.md)\n", "nowhere.md"),  # known only when all is written
    ],
)
def test_the_last_good_site_stays(site: Project, name: str, content: str, message: str) -> None:
    good = files(site.folder / "site")
    complaints = "\n".join(site.write({name: content}).build())
    assert message in complaints
    assert files(site.folder / "site") == good
    assert leftovers(site.folder) == []


def test_a_good_build_replaces_all_but_hidden_files(site: Project) -> None:
    (site.folder / "site" / "old.html").write_text("old")
    site.write({"docs/index.md": "# The bridge\n\nIt was opened in 1931, they say.\n"})
    assert site.build() == []
    assert "they say" in site.read("index.html")
    assert not site.exists("old.html")
    assert site.exists(".nojekyll")
    assert leftovers(site.folder) == []


def test_a_build_that_was_killed_is_undone_by_the_next_that_fails(site: Project) -> None:
    good = files(site.folder / "site")
    LastSite(site.folder / "site").set_aside()
    (site.folder / "site" / "half").mkdir()
    assert leftovers(site.folder) == [".postil-site-kept"]
    site.write({"docs/index.annotations.yml": "annotations: [{id: a}]\n"})
    assert site.build()
    assert files(site.folder / "site") == good
    assert leftovers(site.folder) == []


def test_a_build_that_is_broken_off_is_undone_at_once(site: Project) -> None:
    good = files(site.folder / "site")
    last = LastSite(site.folder / "site")
    last.set_aside()
    last.end()
    assert files(site.folder / "site") == good
    assert leftovers(site.folder) == []


def test_a_move_that_was_killed_in_the_middle_loses_nothing(site: Project) -> None:
    good = files(site.folder / "site")
    moving = site.folder / ".postil-site-moving"
    moving.mkdir()
    (site.folder / "site" / "index.html").rename(moving / "index.html")
    site.write({"docs/index.annotations.yml": "annotations: [{id: a}]\n"})
    assert site.build()
    assert files(site.folder / "site") == good
    assert leftovers(site.folder) == []
