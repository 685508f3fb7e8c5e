"""What the commands share: the option that names the site, its settings, how an outcome is told."""

from __future__ import annotations

import sys
from collections.abc import Collection
from pathlib import Path
from typing import Any

import click
import yaml

from postil.build.isolated import Outcome
from postil.model.problem import counted, nearest

CONFIG = click.option(
    "-f",
    "--config-file",
    "config",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    default="mkdocs.yml",
    show_default=True,
    help="The site's configuration.",
)


def setting(config: Path, name: str, default: str) -> str:
    """One plain setting of a mkdocs.yml; its tags (!ENV, !!python/name) are of no interest here."""

    class Loader(yaml.SafeLoader):
        pass

    def nothing(*_: Any) -> None: ...

    Loader.add_multi_constructor("", nothing)
    try:
        data: Any = yaml.load(config.read_text("utf-8"), Loader)  # noqa: S506 (a SafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError):
        return default  # MkDocs reports what is wrong with it
    value = data.get(name) if isinstance(data, dict) else None
    return value if isinstance(value, str) else default


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


def told(outcome: Outcome) -> str:
    """How many notes of which kind a build has published, in words."""
    tally = outcome.report.get("tally", [])
    count = sum(number for _, number in tally)
    articles = len(outcome.report.get("articles", {}))
    words = ", ".join(f"{number} {word[0].lower()}{word[1:]}" for word, number in tally)
    notes = f"{counted(count, 'note')} on {counted(articles, 'article')}"
    return f"{notes}: {words}" if words else notes


def end_if_failed(outcome: Outcome, more: str = "") -> None:
    """End the command with the number of mistakes, which have been told, when a build has failed."""
    if outcome.succeeded:
        return
    count = len(outcome.complaints)
    click.echo(f"{counted(count, 'mistake')}. {more}".strip(), err=True)
    sys.exit(1)
