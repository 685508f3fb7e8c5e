"""The plug-in `postil` and the hook: two ways to the same site, and what each says when something is amiss."""

from __future__ import annotations

import importlib.metadata
import os
import sys
from pathlib import Path

import pytest
import yaml

from conftest import Project
from postil.adapters import reloading

FILES: dict[str, str | bytes] = {
    "docs/index.md": "# A\n\nThe bridge.\n",
    "docs/index.annotations.yml": "annotations:\n- {id: one, quote: bridge, kind: context, note: x, author: editors, created: 2026-01-01}\n",
}


def files(folder: Path) -> dict[str, bytes]:
    found = (file for file in folder.rglob("*") if file.is_file() and file.suffix != ".gz")
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in found}


def by_plugin(project: Project, *plugins: object, keep_hook: bool = False) -> Project:
    config = yaml.safe_load((project.folder / "mkdocs.yml").read_text("utf-8"))
    if not keep_hook:
        del config["hooks"]
    config["plugins"] = ["search", *plugins]
    return project.write({"mkdocs.yml": yaml.safe_dump(config, sort_keys=False)})


def test_the_package_registers_the_plugin() -> None:
    found = importlib.metadata.entry_points(group="mkdocs.plugins", name="postil")
    assert {entry.load().__name__ for entry in found} == {"PostilPlugin"}


def test_plugin_and_hook_give_the_same_site(project: Project) -> None:
    assert project.write(FILES).build() == []
    by_hook = files(project.folder / "site")
    assert by_plugin(project, "postil").build() == []
    assert files(project.folder / "site") == by_hook
    assert 'id="note-one"' in project.read("index.html")


def test_hook_and_plugin_in_one_site_are_one_error(project: Project) -> None:
    seen = by_plugin(project.write(FILES), "postil", keep_hook=True).build()
    assert seen == ["Postil is loaded twice, by `hooks:` and by `plugins:`; keep one of the two lines in mkdocs.yml"]


def test_switched_off_nothing_is_added_and_notes_stay_unpublished(project: Project) -> None:
    by_plugin(project.write(FILES), {"postil": {"enabled": False}})
    assert project.build() == []
    assert "postil" not in project.read("index.html")
    assert not [name for name in files(project.folder / "site") if "postil" in name or name.endswith(".yml")]


def test_an_unknown_option_is_told(project: Project) -> None:
    from mkdocs.exceptions import Abort

    by_plugin(project.write(FILES), {"postil": {"enabled": "perhaps"}})
    with pytest.raises(Abort):
        project.build()


def test_the_engine_is_read_again_only_when_a_file_of_it_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "engine.py"
    file.write_text("", "utf-8")
    monkeypatch.setattr(reloading, "PACKAGE", tmp_path)
    kept = dict(sys.modules)
    try:
        before = reloading.state()
        assert reloading.forget_changed(before) == before
        assert "postil.adapters" in sys.modules
        os.utime(file, ns=(1, 1))
        assert reloading.forget_changed(before) != before
        assert "postil.adapters" not in sys.modules
    finally:
        sys.modules.update(kept)
