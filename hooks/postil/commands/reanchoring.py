"""`postil reanchor`: notes follow an article that was edited; what is not certain is asked."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from postil.build.isolated import Order, run
from postil.build.kept_notes import site_of
from postil.commands.common import CONFIG, tell_nothing
from postil.files import snapshot
from postil.files.translations import Texts
from postil.model.problem import PostilError
from postil.reanchor import plan, told
from postil.reanchor.follow_article import FollowedArticle
from postil.reanchor.plan import Step
from postil.site.editorial import today


@click.command()
@CONFIG
@click.option("-y", "--yes", is_flag=True, help="Take the best place where one was found that is not certain.")
@click.option("-n", "--dry-run", is_flag=True, help="Only show what would be done.")
@click.option("--json", "as_json", is_flag=True, help="Tell the outcome as JSON; nothing is asked.")
def reanchor(config: Path, yes: bool, dry_run: bool, as_json: bool) -> None:
    """Let the notes follow articles that were edited.

    Writes the new quotes that are certain and asks about the others: where the place is not sure, where words at an end
    are gone, where a figure, a date, a name, a negation, a quotation or a modal has changed. Keeps the text of each
    article beside its notes, so that the next edit can be followed. Ends with 1 when a note is left without its
    passage.
    """
    articles, words = _read(config)
    may_ask = not (yes or dry_run or as_json) and sys.stdin.isatty()
    for article in articles:
        for step in article.settle(words, take_best=yes):
            if may_ask:
                _ask(article, step, words)
            else:
                article.leave(step)
    if not as_json:
        for article in articles:
            click.echo("\n".join(told.table(article, dry_run=dry_run)))
    if not dry_run:
        try:
            for article in articles:
                article.write()
        except (PostilError, OSError) as error:
            raise click.ClickException(str(error)) from None
    if as_json:
        click.echo(json.dumps([article.as_data() for article in articles], ensure_ascii=False, indent=2))
    else:
        click.echo(told.summary(articles, dry_run=dry_run))
    if any(article.left for article in articles):
        if not as_json:
            click.echo("Run `postil reanchor` in a terminal to choose, or change the quotes by hand.", err=True)
        sys.exit(1)


def _read(config: Path) -> tuple[list[FollowedArticle], Texts]:
    """Every article with notes as the site's own build reads it, and what has become of its notes."""
    click.echo("Reading the site …", err=True)
    report = run(Order(config=config, strict=False), tell_nothing)
    if not report.succeeded:
        for complaint in report.complaints:
            click.echo(complaint)
        click.echo("These mistakes come first; nothing was changed.", err=True)
        sys.exit(1)
    docs = report.docs_dir
    site = site_of(report)
    articles = []
    with click.progressbar(report.articles, label="Looking for passages", file=sys.stderr) as all_paths:
        for path in all_paths:
            text, atoms = report.pages[path].text, report.pages[path].atoms
            kept = snapshot.read_snapshot(docs / path)
            steps = plan.steps(site.notes.get(path, []), kept, text, atoms)
            articles.append(FollowedArticle(docs / path, path, text, kept, steps, today()))
    return articles, site.context.text


def _ask(article: FollowedArticle, step: Step, words: Texts) -> None:
    click.echo("\n" + "\n".join(told.question(article, step)))
    known = [str(number) for number in range(1, len(step.choices) + 1)]
    answer = "s"
    if known:
        answer = click.prompt("  Which place? (s: leave it)", type=click.Choice([*known, "s"]), default="s")
    if answer == "s":
        article.leave(step)
    else:
        article.take(step, step.choices[int(answer) - 1], words)
