"""What the commands share: the option that names the site, a build of it, how its outcome is told."""

from __future__ import annotations

import sys
from collections.abc import Collection
from pathlib import Path
from typing import Any

import click

from postil.build import choice
from postil.build.isolated import Order, run
from postil.build.report import Report
from postil.model.problem import PostilError, counted, nearest

NAMES = ("mkdocs.yml", "mkdocs.yaml", *choice.PROPERDOCS, choice.TOML)


def _default() -> str:
    """The first of the usual names that is here."""
    return next((name for name in NAMES if Path(name).is_file()), NAMES[0])


class _ConfigFile(click.Path):
    """A configuration; where there is none, it says what to do."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if not Path(value).is_file() and value == NAMES[0]:
            self.fail("there is no mkdocs.yml here; go into the folder of your site, or make one: postil new FOLDER")
        return super().convert(value, param, ctx)


CONFIG = click.option(
    "-f",
    "--config-file",
    "config",
    type=_ConfigFile(exists=True, dir_okay=False, path_type=Path),
    default=_default,
    show_default=NAMES[0],
    help="The site's configuration.",
)
GENERATOR = click.option(
    "-g",
    "--generator",
    default="",
    type=click.Choice(["", *choice.GENERATORS]),
    metavar="NAME",
    help="mkdocs, properdocs or zensical, instead of the one that `extra: {postil: {generator: NAME}}` names.",
)


def configured(config: Path, generator: str = "") -> Report:
    """What the site's configuration says, as its generator reads it: folders, language; nothing is rendered.

    Ends the command when it cannot be read.
    """
    report = run(Order(config=config, generator=generator, until="configured"), tell_mistake)
    end_if_failed(report)
    return report


def tell_mistake(complaint: str) -> None:
    """Tell a mistake on the standard error."""
    click.echo(complaint, err=True)


def tell_problems(error: PostilError) -> None:
    """Tell all that is wrong in files on the standard error."""
    for problem in error.problems:
        tell_mistake(str(problem))


def tell_nothing(_: str) -> None:
    """For a command that tells all mistakes at its end."""


def page_named(wanted: str, known: Collection[str], docs: Path) -> tuple[str | None, str]:
    """The page that the user names by a path from here or from docs/.

    Args:
        wanted: what the user has written.
        known: the paths of the pages inside of docs/.
        docs: the folder of the articles.

    Returns:
        Its path inside of docs/, or None and a hint at the one that may be meant.
    """
    try:
        path = Path(wanted).resolve().relative_to(docs.resolve()).as_posix()
    except ValueError:
        path = wanted
    found = next((name for name in (path, wanted) if name in known), None)
    return found, "" if found else nearest(path, known)


def told(report: Report) -> str:
    """How many notes of which kind a build has published, in words."""
    count, articles = sum(number for _, number in report.tally), len(report.articles)
    words = ", ".join(f"{word[0].lower()}{word[1:]} {number}" for word, number in report.tally)  # the site's own words
    notes = f"{counted(count, 'note')} on {counted(articles, 'article')}"
    return f"{notes}: {words}" if words else notes


def end_if_failed(report: Report, more: str = "") -> None:
    """End the command with the number of mistakes, which have been told, when a build has failed."""
    if report.succeeded:
        return
    click.echo(f"{counted(len(report.complaints), 'mistake')}. {more}".strip(), err=True)
    sys.exit(1)
