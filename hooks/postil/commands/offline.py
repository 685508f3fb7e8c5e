"""`postil offline`: the copies that need no network and no server."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import click

from postil.build.isolated import Order, run
from postil.commands.common import CONFIG, end_if_failed
from postil.model.extras import what_is_missing
from postil.model.problem import counted
from postil.offline.archive import made
from postil.offline.formats import Job, jobs
from postil.offline.problem import OfflineError
from postil.site import downloads as dist


@click.command()
@CONFIG
@click.option("-d", "--dist-dir", type=click.Path(path_type=Path), help="Where to; dist/ beside the configuration.")
@click.argument("formats", nargs=-1, type=click.Choice(dist.FORMATS), metavar="[FORMAT]...")
def offline(config: Path, dist_dir: Path | None, formats: tuple[str, ...]) -> None:
    """Make the copies that go with a reader: the site as an archive, each article as a file, e-book, PDF and Markdown.

    FORMAT is zip, html, epub, pdf, book or md; all of them without it. A format that fails is told, and the others are
    made.
    """
    place = (dist_dir or config.parent / "dist").resolve()
    if "SOURCE_DATE_EPOCH" not in os.environ and (last := _last_commit(config.parent)):
        os.environ["SOURCE_DATE_EPOCH"] = last
    made, failed = 0, 0
    with _aside(place) as folder:
        click.echo("Building the site for the disk …")
        report = run(Order(config=config, until="written", site_dir=folder / "site", editions=True), click.echo)
        end_if_failed(report, f"{place.name}/ is as it was." if place.exists() else "Nothing was made.")
        stamp = dist.stamp(report.docs_dir)
        for job in jobs(report.editions, folder / "site", formats or dist.FORMATS):
            done = _done(job, folder, place, stamp)
            made, failed = made + done, failed + (not done)
    if failed:
        rest = (
            f"{counted(made, 'file')} in {place.name}/ {'is' if made == 1 else 'are'} whole"
            if made
            else "nothing was made"
        )
        click.echo(f"{counted(failed, 'file')} could not be made; {rest}.", err=True)
        sys.exit(1)
    click.echo(f"All is in {place.as_uri()}/")


def _done(job: Job, folder: Path, place: Path, stamp: str) -> bool:
    """Make one file aside and put it in place; tell how it went."""
    begin = time.monotonic()
    click.echo(f"{job.file} … ", nl=False)
    file = folder / job.file
    try:
        remark = job.write(file)
        size = file.stat().st_size
        copy = dist.Copy(file=job.file, format=job.format, title=job.title, size=size, made=made().date(), stamp=stamp)
        dist.put(file, place, copy)
    except (OfflineError, OSError) as error:
        reason = str(error)
    except ImportError as error:
        reason = what_is_missing(error, "offline") or str(error)
    except Exception as error:  # of a library that writes a format; the other formats do not depend on it
        reason = f"{type(error).__name__}: {error}"
    else:
        click.echo(f"{size / 1000:,.0f} kB, {time.monotonic() - begin:.1f} s{remark}")
        return True
    file.unlink(missing_ok=True)  # the others may need the room
    click.echo("not made.")
    click.echo(f"  {job.file}: {reason}", err=True)
    return False


def _last_commit(folder: Path) -> str:
    """The time of the last commit in seconds, or an empty text where there is none."""
    git = shutil.which("git")
    if git is None:
        return ""
    command = [git, "-C", str(folder.resolve()), "log", "-1", "--format=%ct"]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()


@contextmanager
def _aside(place: Path) -> Iterator[Path]:
    """A folder beside `place` that is gone afterwards, also when the command is told to end (SIGTERM)."""

    def end(number: int, _: object) -> NoReturn:
        sys.exit(128 + number)

    before = signal.signal(signal.SIGTERM, end)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        # A finished file is renamed into its place, which works on one file system only.
        is_mounted = place.is_dir() and place.stat().st_dev != place.parent.stat().st_dev
        beside = place if is_mounted else place.parent
        folder = Path(tempfile.mkdtemp(prefix=f".postil-{place.name}-", dir=beside))
    except OSError as error:
        raise click.ClickException(f"{error}. Nothing was made; choose another folder: --dist-dir") from None
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        signal.signal(signal.SIGTERM, before)
