"""Changes of a site between two builds: what the tests of everything that is kept, or carried over, do to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from conftest import Project

NOTE = "- {{id: {0}, quote: the mayor, kind: fact-check, verdict: confirmed, sources: [S1], note: {1}, author: editors, created: 2026-01-01}}\n"


def notes(**words: str) -> str:
    """A notes file with these notes, by their ids."""
    return "annotations:\n" + "".join(NOTE.format(name, text) for name, text in words.items())


def configured(old: str, new: str) -> Callable[[Project], Any]:
    """Other words in mkdocs.yml."""

    def change(project: Project) -> None:
        text = (project.folder / "mkdocs.yml").read_text("utf-8")
        assert old in text
        project.write({"mkdocs.yml": text.replace(old, new)})

    return change


def renamed(old: str, new: str) -> Callable[[Project], Any]:
    """The files of an article under another name."""

    def change(project: Project) -> None:
        for file in sorted((project.folder / "docs").glob(f"{old}.*")):
            file.rename(file.with_name(new + file.name.removeprefix(old)))

    return change
