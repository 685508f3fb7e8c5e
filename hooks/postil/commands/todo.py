"""`postil todo`: the work list of a newsroom, as text or as data."""

from __future__ import annotations

import dataclasses
import json
import sys
from itertools import groupby
from pathlib import Path

import click

from postil.build.isolated import Order, run
from postil.build.kept_notes import site_of
from postil.commands.common import CONFIG, tell_nothing
from postil.model.problem import nearest
from postil.site.editorial import today
from postil.site.todo import GROUPS, Task, tasks


@click.command()
@CONFIG
@click.option("--author", default="", help="Who asks, an id of postil.yml: of each group theirs come first.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def todo(config: Path, author: str, as_json: bool) -> None:
    """List what there is to do.

    Notes that have lost their passage, drafts, notes in review, fact checks with too few reviews, notes that must be
    checked again, figures and dates without a note, open questions. Changes nothing.
    """
    report = run(Order(config=config, strict=False, also=frozenset({"coverage"})), tell_nothing)
    if not report.succeeded:
        for complaint in report.complaints:
            click.echo(complaint, err=True)
        click.echo("These mistakes come first.", err=True)
        sys.exit(1)
    site = site_of(report)
    known = site.context.settings.authors
    if author and author not in known:
        raise click.UsageError(
            f"the author {author!r} is unknown{nearest(author, known)}; there are {', '.join(known)}"
        )
    texts = {path: page.text for path, page in report.pages.items()}
    day = today()
    found = tasks(site, texts, report.coverage, day, author)
    if as_json:
        data = {"day": str(day), "tasks": [dataclasses.asdict(task) for task in found]}
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
        return
    for group, listed in groupby(found, lambda task: task.group):
        mine = list(listed)
        click.echo(f"{GROUPS[group]} ({len(mine)})")
        for task in mine:
            click.echo(f"  {_line(task)}")
    if not found:
        click.echo("There is nothing to do.")


def _line(task: Task) -> str:
    """One task: "docs/a.annotations.yml:3:5: opened: It was (assigned to ada)"; a star is before one's own."""
    name = f"{task.note}: " if task.note else ""
    why = f" ({task.why})" if task.why else ""
    return f"{'* ' if task.mine else ''}{task.place}: {name}{task.words}{why}"
