"""Building a site aside and putting it in place only when the build has succeeded."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

# MkDocs' own marks before a message.
_LEVEL = re.compile(r"^(DEBUG|INFO|WARNING|ERROR|CRITICAL) +- +")
# The last line of a Python error that MkDocs does not tell itself: a full disk, a plugin that breaks.
_BREAK = re.compile(r"^[\w.]*(Error|Exception)\b")
_SUMMARY = re.compile(r"^(Aborted with .*|\d+ mistakes? in the notes, told above.*)$")


@dataclass
class Outcome:
    """How a build ended.

    Attributes:
        complaints: every warning and error, one line each, without MkDocs' marks.
        report: what was published: `articles` (address by path) and `tally` (a list of word and count).
        succeeded: whether there is a site and no complaint.
        pages: `text` (what a reader reads) and `url` of every page by its path inside of docs/; they are there when the
            pages could be rendered, also of a build that failed.
    """

    succeeded: bool
    complaints: list[str] = field(default_factory=list)
    report: dict[str, Any] = field(default_factory=dict)
    pages: dict[str, dict[str, str]] = field(default_factory=dict)


def build_aside(
    config: Path, folder: Path, tell: Callable[[str], None], editions: Path | None = None, *, strict: bool = True
) -> Outcome:
    """Run a MkDocs build into a folder of its own.

    Args:
        config: the site's mkdocs.yml.
        folder: an empty folder for the site.
        tell: is given each complaint when it comes.
        editions: a file for the editions of the articles (see `offline.edition`); the site is then one for the disk.
        strict: whether a warning stops the build, such as that of a note that has lost its passage.

    Returns:
        The outcome; nothing outside of `folder` is touched.
    """
    with tempfile.TemporaryDirectory() as scratch:
        report = Path(scratch, "report.json")
        texts = Path(scratch, "texts.json")
        environment = {**os.environ, "POSTIL_REPORT": str(report), "POSTIL_TEXTS": str(texts)}
        environment |= {"PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8"}
        environment.pop("COLUMNS", None)  # MkDocs would wrap its lines
        environment.setdefault("NO_MKDOCS_2_WARNING", "1")  # Material's notice about its own future
        if editions:
            environment |= {"POSTIL_EDITIONS": str(editions), "POSTIL_OFFLINE": "true"}
        command = [sys.executable, "-m", "mkdocs", "build", "-f", str(config), "-d", str(folder)]
        command += ["--strict"] if strict else []
        complaints = []
        with subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8"
        ) as process:
            try:
                for complaint in _complaints(process.stdout or ()):
                    complaints.append(complaint)
                    tell(complaint)
            except BaseException:
                process.kill()  # this process is ended in the middle
                raise
        succeeded = process.returncode == 0
        return Outcome(succeeded, complaints, _read_json(report), _read_json(texts))


def _read_json(file: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(file.read_text("utf-8")) if file.is_file() else {}
    return data


def _complaints(lines: Iterable[str]) -> Iterator[str]:
    """The warnings and errors among the lines that MkDocs prints."""
    last_level = ""
    for raw_line in lines:
        line = raw_line.rstrip()
        level = _LEVEL.match(line)
        last_level = level[1] if level else last_level  # a message may go on in the next line
        if not line or (last_level in ("DEBUG", "INFO") and not _BREAK.match(line)):
            continue
        complaint = _LEVEL.sub("", line)
        if not _SUMMARY.match(complaint):
            yield complaint


def swap(new: Path, place: Path) -> None:
    """Put the folder `new` at `place`, where an older one may be; both lie on one file system.

    Hidden files of the old folder (`.git`, `.nojekyll`) move along, as MkDocs keeps them too. When anything fails, the
    old folder is at its place again.
    """
    old = place.with_name(f".postil-{place.name}-old")
    if old.exists() and not place.exists():  # an earlier swap was cut off in the middle
        old.rename(place)
    shutil.rmtree(old, ignore_errors=True)
    if place.exists():
        place.rename(old)
    try:
        new.rename(place)
    except OSError:
        if old.exists():
            old.rename(place)
        raise
    if old.exists():
        for hidden in old.glob(".*"):
            if not (place / hidden.name).exists():
                hidden.rename(place / hidden.name)
        shutil.rmtree(old, ignore_errors=True)
