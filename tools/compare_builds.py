"""Builds the site of two states of the repository and lists which files differ.

    python tools/compare_builds.py main .                    a commit, and the files as they are here
    python tools/compare_builds.py v0.1 v0.2 --texts main    both engines on the texts of main
    python tools/compare_builds.py main . --offline          the copies to take along, too

A state is a folder, or anything that Git knows as a commit. It is built where it cannot touch anything: in a folder
that is gone afterwards. It ends with 1 where something differs.
"""

from __future__ import annotations

import argparse
import difflib
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LINES = 12  # of a difference that are shown
Files = dict[str, bytes]


@contextmanager
def checked_out(state: str, folder: Path) -> Iterator[Path]:
    """The files of a state, in a folder of their own."""
    if Path(state).is_dir():
        listed = ["ls-files", "--cached", "--others", "--exclude-standard", "-z"]
        for name in filter(None, git(*listed, at=state).split("\0")):
            if (source := Path(state, name)).is_file():  # not one that is deleted and still known
                target = folder / name
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, target)
        yield folder
        return
    git("worktree", "add", "--quiet", "--detach", str(folder), state)
    try:
        yield folder
    finally:
        git("worktree", "remove", "--force", str(folder))


def git(*arguments: str, at: str = str(ROOT)) -> str:
    """What Git says in a folder of the repository."""
    command = [shutil.which("git") or "git", "-C", at, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def built(project: Path, *, offline: bool) -> Files:
    """Every file of the site, and of its copies where they are asked for, by path."""
    environment = os.environ | {
        "PYTHONPATH": str(project / "hooks"),
        "SOURCE_DATE_EPOCH": "1700000000",
        "NO_MKDOCS_2_WARNING": "1",
    }
    commands = [["mkdocs", "build", "--quiet", "--site-dir", str(project / "built/site")]]
    if offline:
        commands.append(["postil", "offline", "--dist-dir", str(project / "built/copies")])
    for command in commands:
        subprocess.run([sys.executable, "-m", *command], cwd=project, env=environment, check=True)
    return read(project / "built")


def read(folder: Path) -> Files:
    """The files of a folder by path; an archive or e-book counts as its members."""
    found: Files = {}
    for file in sorted(folder.rglob("*")):
        name = file.relative_to(folder).as_posix()
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as archive:
                found |= {f"{name}/{member}": archive.read(member) for member in archive.namelist()}
        elif file.is_file():
            found[name] = file.read_bytes()
    return found


def differences(before: Files, after: Files) -> Iterator[tuple[str, list[str]]]:
    """(path, some lines of the difference) of every file that is not the same."""
    for name in sorted(before.keys() | after.keys()):
        if name not in after:
            yield f"- {name}", []
        elif name not in before:
            yield f"+ {name}", []
        elif before[name] != after[name]:
            yield f"~ {name}", list(lines(before[name], after[name]))


def lines(before: bytes, after: bytes) -> Iterator[str]:
    """The first lines that differ, cut where nothing differs any more; none for what is no text."""
    try:
        old, new = (content.decode().replace("><", ">\n<").splitlines() for content in (before, after))
    except UnicodeDecodeError:
        return
    found = [line for line in difflib.unified_diff(old, new, n=0, lineterm="") if not line.startswith(("---", "+++"))]
    for line in found[:LINES]:
        yield line if len(line) < 200 else f"{line[:200]} …"
    if len(found) > LINES:
        yield f"… {len(found) - LINES} lines more"


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("before")
    parser.add_argument("after")
    parser.add_argument("--texts", help="the state whose docs/ and mkdocs.yml both engines are given")
    parser.add_argument("--offline", action="store_true", help="compare the copies to take along, too")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="postil-compare-") as scratch:
        results = []
        for name, state in (("before", options.before), ("after", options.after)):
            with checked_out(state, Path(scratch, name)) as project:
                if options.texts:
                    with checked_out(options.texts, Path(scratch, f"texts-{name}")) as texts:
                        shutil.rmtree(project / "docs")
                        shutil.copytree(texts / "docs", project / "docs")
                        shutil.copy(texts / "mkdocs.yml", project)
                        if (texts / "overrides").is_dir():
                            shutil.copytree(texts / "overrides", project / "overrides", dirs_exist_ok=True)
                results.append(built(project, offline=options.offline))
    count = 0
    for name, shown in differences(*results):
        print(name, *shown, sep="\n    ")
        count += 1
    print(f"{count} of {len(results[0].keys() | results[1].keys())} files differ.")
    sys.exit(bool(count))


if __name__ == "__main__":
    main()
