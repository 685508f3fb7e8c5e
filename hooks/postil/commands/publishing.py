"""`postil publish`: checked, built as a strict build, and sent to where readers find it."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

import click

from postil.build.isolated import Order, put_in_place, run
from postil.build.report import Report
from postil.commands.common import CONFIG, configured, end_if_failed, told
from postil.model.cutting import beginning


@click.command()
@CONFIG
@click.option("--to", "folder", type=click.Path(file_okay=False, path_type=Path), help="A folder instead of a branch.")
@click.option("--remote", default="origin", show_default=True, help="The repository that readers' pages come from.")
@click.option("--branch", default="gh-pages", show_default=True, help="The branch that holds the site.")
@click.option("-m", "--message", default="The site, built by Postil", show_default=True, help="Of the commit.")
def publish(config: Path, folder: Path | None, remote: str, branch: str, message: str) -> None:
    """Check and build the site, and push it to a branch for GitHub Pages, or put it into a folder.

    What `postil build` refuses, a note that has lost its passage or a link that leads nowhere, is not published.
    """
    if folder:
        _refuse_what_is_no_site(folder.resolve(), configured(config).docs_dir)
    beside = folder.resolve().parent if folder else Path(tempfile.gettempdir())
    beside.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".postil-publish-", dir=beside) as aside:
        report = run(Order(config=config, until="written", site_dir=Path(aside, "site")), click.echo)
        end_if_failed(report, "Nothing was published.")
        if folder:
            _put(Path(aside, "site"), folder.resolve(), report)
        else:
            _push(Path(aside, "site"), config.resolve().parent, remote, branch, message, report)


def _refuse_what_is_no_site(folder: Path, docs: Path) -> None:
    """End the command where a folder holds anything but a site: all that is in it would be gone."""
    sources = docs.resolve()
    if folder == sources or folder in sources.parents or sources in folder.parents:
        raise click.UsageError(f"{folder} holds your articles, or lies among them; name a folder for the site alone")
    there = (
        sorted(entry.name for entry in folder.iterdir() if not entry.name.startswith(".")) if folder.is_dir() else []
    )
    # A site need not have a page at its root.
    is_site = (folder / "assets/postil").is_dir() or len(
        {"index.html", "404.html", "sitemap.xml"}.intersection(there)
    ) > 1
    if there and not is_site:
        held = beginning(", ".join(there), 80)
        raise click.UsageError(
            f"{folder} holds what is no site ({held}), and a published site replaces all that is there; "
            "name a new or an empty folder, or move these away"
        )


def _put(site: Path, folder: Path, report: Report) -> None:
    try:
        put_in_place(site, folder)
    except OSError as error:
        raise click.ClickException(f"{error}. {folder} is as it was.") from None
    click.echo(f"{told(report)}.\nThe site is in {folder}")


def _push(site: Path, project: Path, remote: str, branch: str, message: str, report: Report) -> None:
    """A commit of the site on a branch of its own, pushed; the working tree is not touched."""
    import ghp_import  # part of MkDocs; only publishing needs it

    known = subprocess.run(
        ["git", "-C", str(project), "remote", "get-url", remote],  # noqa: S607 (the user's own git)
        capture_output=True,
        text=True,
        check=False,
    )
    if known.returncode:
        reason = known.stderr.strip() or "git does not answer"
        raise click.ClickException(
            f"{reason}\nNothing was published. To publish into a folder: postil publish --to FOLDER"
        )
    before = Path.cwd()
    os.chdir(project)  # ghp-import works in the current folder
    try:
        ghp_import.ghp_import(str(site), remote=remote, branch=branch, mesg=message, push=True, nojekyll=True)
    except (ghp_import.GhpError, subprocess.CalledProcessError) as error:
        raise click.ClickException(f"git refused: {getattr(error, 'message', error)}\nNothing was published.") from None
    finally:
        os.chdir(before)
    click.echo(f"{told(report)}.\nPushed to the branch {branch} of {known.stdout.strip()}")
