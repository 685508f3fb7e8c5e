"""A build in a process of its own: what it shall do goes in, each complaint comes out as it comes, at the end a report.

The site's configuration is read there once, by its generator; nothing here reads a mkdocs.yml.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, Literal

from pydantic import BaseModel

from postil.build import choice
from postil.build.last_site import LastSite, replace
from postil.build.process import started
from postil.build.report import Report

Further = Literal["coverage", "warnings"]


class Order(BaseModel):
    """What a worker shall do.

    Attributes:
        config: the site's configuration.
        generator: the one to build with; without it that of the site (see `choice`).
        until: how far: the configuration is read; all pages are rendered and nothing is written; the exports are
            written, too; the whole site is written.
        site_dir: an empty folder for what is written.
        place: the folder of the site that it shall replace: what is the same there need not be written.
        strict: whether a warning stops the build, such as that of a note that has lost its passage.
        drafts: whether the exports are for colleagues, with notes that are not published and all of their state.
        editions: whether the report has the editions of the articles; the site is then one for the disk.
        also: what else the report shall have, which takes its time: the coverage of each article; warnings and hints.
    """

    config: Path
    generator: str = ""
    until: Literal["configured", "rendered", "exported", "written"] = "rendered"
    site_dir: Path | None = None
    place: Path | None = None
    strict: bool = True
    editions: bool = False
    drafts: bool = False
    also: frozenset[Further] = frozenset()


def run(order: Order, tell: Callable[[str], None]) -> Report:
    """Run a build as ordered; nothing outside of the order's folder is touched.

    Args:
        order: what to do.
        tell: is given each complaint when it comes.

    Raises:
        ModuleNotFoundError: when there is no generator.
    """
    try:
        choice.generator(order.config, order.generator)
    except choice.Unknown as error:
        tell(str(error))
        return Report(complaints=[str(error)])
    report, complaints = Report(), list[str]()
    with tempfile.TemporaryFile() as errors, started(order.model_dump_json(), errors) as process:
        try:
            for line in process.lines:
                message = json.loads(line)
                if isinstance(message, str):
                    complaints.append(message)
                    tell(message)
                else:
                    report = Report.model_validate(message)
        except BaseException:
            process.kill()  # this process is ended in the middle
            raise
        if process.wait() and not complaints:
            complaints.append(f"the build broke off: {_last_line(errors)}")
            tell(complaints[-1])
    return report.model_copy(update={"complaints": complaints})


def _last_line(file: IO[bytes]) -> str:
    file.seek(0)
    lines = file.read().decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else "it said nothing"


def put_in_place(new: Path, place: Path, carried: Sequence[str] = ()) -> None:
    """Put the site in the folder `new` at `place`, where an older one may be; both lie on one file system.

    Hidden files of the older one (`.git`, `.nojekyll`) stay. When anything fails, it is at its place again.

    Args:
        new: what was written of the site.
        place: its folder.
        carried: what is not in `new` since it is the same in the older one, see `Report`.

    Raises:
        OSError: when it failed.
    """
    if not new.is_dir():
        raise FileNotFoundError(f"there is no {new.name}/")
    last = LastSite(place)
    last.set_aside()
    try:
        place.mkdir(parents=True, exist_ok=True)
        if last.is_there():
            raise PermissionError(f"{place} cannot be moved away")
        for entry in new.iterdir():
            replace(entry, place / entry.name)
        new.rmdir()
        last.carry(carried)
    except OSError:
        last.put_back()
        raise
    last.end_well()
