"""A command's build in a copy of its process: nothing differs from one that Python has started anew."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from conftest import Project
from postil.build import process
from postil.build.isolated import Order, run

ANEW = (
    "from postil.build import process; process._is_as_new = lambda: False; "
    "from postil.commands import main; main(prog_name='postil')"
)
NOTES = "annotations:\n- {id: one, quote: bridge, kind: context, note: x, author: editors, created: 2026-01-01}\n"
HOOK = """\
import atexit, os, sys
from pathlib import Path
import beside  # in the folder where the command runs

print("what a plug-in says is no message")
atexit.register(lambda: Path("ended.txt").write_text("in order"))

def on_files(files, config):
    print(beside.WORD, file=sys.stderr)
    Path("seen.txt").write_text(f"{Path(sys.argv[0]).name} {len(sys.argv)} {'pytest' in sys.modules}")
    {what}
    return files
"""
WHATS = {
    "all is well": "pass",
    "it leaves": "sys.exit(3)",
    "it dies": "os._exit(4)",
}


def outcome(folder: Path, *python: str) -> tuple[int, str, str, dict[str, str]]:
    """Exit status, what was told, and what the plug-in has left."""
    done = subprocess.run([sys.executable, *python, "check"], cwd=folder, capture_output=True, text=True, check=False)
    left = {name: (folder / name).read_text() for name in ("seen.txt", "ended.txt") if (folder / name).is_file()}
    for name in left:
        (folder / name).unlink()
    return done.returncode, done.stdout, done.stderr, left


@pytest.mark.parametrize("what", WHATS)
def test_a_copy_does_and_tells_what_a_new_process_does(project: Project, what: str) -> None:
    project.write(
        {"docs/index.md": "# A\n\nThe bridge.\n", "docs/index.annotations.yml": NOTES, "beside.py": "WORD = 'w'\n"}
    )
    project.write(
        {"docs/index.annotations.snapshot.txt": "A\nThe bridge.\n", "more.py": HOOK.replace("{what}", WHATS[what])}
    )
    text = (project.folder / "mkdocs.yml").read_text("utf-8")
    project.write({"mkdocs.yml": text.replace("hooks: [", "hooks: [more.py, ")})
    copied, anew = outcome(project.folder, "-m", "postil"), outcome(project.folder, "-c", ANEW)
    assert copied == anew
    assert copied[0] == (what != "all is well"), copied
    assert copied[3]["seen.txt"] == "worker.py 2 False"
    assert ("ended.txt" in copied[3]) == (what != "it dies")


def test_a_process_in_which_a_site_was_built_is_not_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(threading, "active_count", lambda: 1)  # whatever the tests before this one have left
    for name in ("mkdocs", "properdocs", "zensical"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    assert process._is_as_new()
    monkeypatch.setitem(sys.modules, "mkdocs", sys)
    assert not process._is_as_new()
    monkeypatch.delitem(sys.modules, "mkdocs")
    monkeypatch.setattr(threading, "active_count", lambda: 2)
    assert not process._is_as_new()
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    monkeypatch.setattr(sys, "platform", "win32")
    assert not process._is_as_new()


BROKEN = {
    "docs/index.md": "# A\n\nThe bridge. [1](claims.md#nowhere) [2](sources.md#source-S1) [4](#no)\n",
    "docs/index.annotations.yml": NOTES.replace("note: x", "note: '[5](sources.md#nothing) [6](claims.md#neither)'"),
    "docs/sources.yml": "references:\n- {id: S1, type: report, title: A report, issued: 2020}\n",
}


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"docs/postil.yml": "citation_style: nobody-has-this\n"},
        {"docs/mine.md": "# Mine\n\n<!-- postil: map -->\n", "docs/maps/a.geojson": "{"},
    ],
    ids=["anchors", "a style", "a map"],
)
def test_a_check_tells_what_a_build_tells(project: Project, more: dict[str, str | bytes]) -> None:
    """It draws only what may tell a mistake; a build draws all."""
    project.write({**BROKEN, **more})
    text = (project.folder / "mkdocs.yml").read_text("utf-8")
    project.write({"mkdocs.yml": f"{text}validation: {{anchors: warn}}\n"})
    config = project.folder / "mkdocs.yml"
    checked = run(Order(config=config, strict=False), lambda _: None)
    built = run(Order(config=config, strict=False, until="written", site_dir=project.folder / "new"), lambda _: None)
    assert checked.complaints == built.complaints
    assert checked.succeeded == built.succeeded
    told = "\n".join(checked.complaints)
    assert ("nobody-has-this" in told) == ("docs/postil.yml" in more)
    assert ("a.geojson" in told) == ("docs/maps/a.geojson" in more)
    if not more:
        assert all(f"'#{anchor}'" in told for anchor in ("nowhere", "nothing", "neither", "no")), told
        assert "source-S1" not in told
