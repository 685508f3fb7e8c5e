"""`postil reanchor`: notes follow an article that was edited; what is not certain is asked."""

from __future__ import annotations

import datetime
import json
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from postil.build.isolated import build_aside
from postil.commands.common import CONFIG, setting
from postil.files import snapshot
from postil.files.edits import NoteEdit, edited
from postil.files.translations import Texts
from postil.files.writing import replace
from postil.model.problem import PostilError, counted, shortened
from postil.reanchor import Found, Refused, plan
from postil.reanchor.plan import Step
from postil.site.folder import Site
from postil.text.anchor import Span

_COLUMN = 34


@dataclass
class _Article:
    """One article while its notes are looked at.

    Attributes:
        file: the Markdown page.
        path: the same inside of docs/, with slashes.
        text: its reading text of today.
        kept: the reading text of the snapshot, if there is one.
        steps: what is to be done with its notes.
        changes: what is to be written, by the id of the note.
        left: the ids of the notes that stay without a certain place.
    """

    file: Path
    path: str
    text: str
    kept: str | None
    steps: list[Step]
    changes: dict[str, NoteEdit] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)

    def takes(self, step: Step, place: Span, words: Texts) -> None:
        """Settle a note: it goes to this place."""
        change = plan.change(step, place, self.text, datetime.datetime.now(tz=datetime.UTC).date(), words)
        if change is None:
            click.echo(f"  {step.entry.annotation.id}: no prefix or suffix tells this place from others", err=True)
            self.left.append(step.entry.annotation.id)
        elif change.values:
            self.changes[step.entry.annotation.id] = change


@click.command()
@CONFIG
@click.option("-y", "--yes", is_flag=True, help="Take the best place where one was found that is not certain.")
@click.option("-n", "--dry-run", is_flag=True, help="Only show what would be done.")
@click.option("--json", "as_json", is_flag=True, help="Tell the outcome as JSON; nothing is asked.")
def reanchor(config: Path, yes: bool, dry_run: bool, as_json: bool) -> None:
    """Let the notes follow articles that were edited.

    Writes the new quotes that are certain, asks about the others, and keeps the text of each article beside its notes,
    so that the next edit can be followed. Ends with 1 when a note is left without its passage.
    """
    articles, words = _read(config)
    for article in articles:
        for step in article.steps:
            if step.is_kept:
                continue
            if isinstance(step.outcome, Found) and (step.is_certain or (yes and step.values is not None)):
                article.takes(step, step.outcome.span, words)
            elif not (yes or dry_run or as_json) and sys.stdin.isatty():
                _ask(article, step, words)
            else:
                article.left.append(step.entry.annotation.id)
    if not as_json:
        for article in articles:
            _show(article, dry_run=dry_run)
    if not dry_run:
        for article in articles:
            _write(article)
    if as_json:
        click.echo(json.dumps([_as_data(article) for article in articles], ensure_ascii=False, indent=2))
    else:
        _sum_up(articles, dry_run=dry_run)
    if any(article.left for article in articles):
        sys.exit(1)


def _read(config: Path) -> tuple[list[_Article], Texts]:
    """Every article with notes as the site's own build reads it, and what has become of its notes."""
    click.echo("Reading the site …", err=True)
    with tempfile.TemporaryDirectory() as folder:
        outcome = build_aside(config, Path(folder, "site"), lambda _: None, strict=False)
    if not outcome.succeeded:
        for complaint in outcome.complaints:
            click.echo(complaint)
        click.echo("These mistakes come first; nothing was changed.", err=True)
        sys.exit(1)
    docs = config.parent / setting(config, "docs_dir", "docs")
    site = Site.load(docs, outcome.report.get("language", "en"), unpublished=True)
    articles = []
    paths = outcome.report.get("articles", {})
    with click.progressbar(paths, label="Looking for passages", file=sys.stderr) as all_paths:
        for path in all_paths:
            text = outcome.pages[path]["text"]
            kept = snapshot.read_snapshot(docs / path)
            steps = plan.steps(site.notes.get(path, []), kept, text)
            articles.append(_Article(docs / path, path, text, kept, steps))
    return articles, site.context.text


def _ask(article: _Article, step: Step, words: Texts) -> None:
    annotation = step.entry.annotation
    click.echo(f"\n{article.path}: {annotation.id}")
    click.echo(f"  was: {shortened(annotation.quote, 200)}")
    click.echo(f"  {_reason(step)}")
    for number, choice in enumerate(step.choices, 1):
        start, end = choice.span.start, choice.span.end
        around = (
            f"… {article.text[max(0, start - 40) : start]}[{article.text[start:end]}]{article.text[end : end + 40]} …"
        )
        click.echo(f"  {number} ({choice.score:.0%}): {shortened(around, 300)}")
    known = [str(number) for number in range(1, len(step.choices) + 1)]
    answer = "s"
    if known:
        answer = click.prompt("  Which place? (s: leave it)", type=click.Choice([*known, "s"]), default="s")
    if answer == "s":
        article.left.append(annotation.id)
    else:
        article.takes(step, step.choices[int(answer) - 1].span, words)


def _reason(step: Step) -> str:
    if isinstance(step.outcome, Refused):
        return step.outcome.message
    return "; ".join(step.outcome.evidence)


def _show(article: _Article, *, dry_run: bool) -> None:
    """The table of what has changed."""
    looked_at = [step for step in article.steps if not step.is_kept]
    count = len(article.steps)
    click.echo(f"{article.path}: {counted(count, 'note')}, {count - len(looked_at)} at the old place")
    if not looked_at:
        return
    width = max(len(step.entry.annotation.id) for step in looked_at) + 2
    click.echo(f"  {'note':{width}}{'old words':{_COLUMN + 2}}{'new words':{_COLUMN + 2}}sure  what")
    for step in looked_at:
        annotation = step.entry.annotation
        best = step.choices[0] if step.choices else None
        written = article.changes.get(annotation.id)
        new = str(written.values.get("quote", annotation.quote)) if written else best.text if best else ""
        what = _what(article, step, dry_run=dry_run)
        sure = f"{best.score:.0%}" if best else ""
        cells = f"{shortened(annotation.quote, _COLUMN - 2):{_COLUMN + 2}}{shortened(new, _COLUMN - 2):{_COLUMN + 2}}"
        click.echo(f"  {annotation.id:{width}}{cells}{sure:6}{what}")


def _what(article: _Article, step: Step, *, dry_run: bool) -> str:
    if step.entry.annotation.id in article.changes:
        return f"{'would be written' if dry_run else 'written'}: {_reason(step)}"
    if step.entry.annotation.id in article.left:
        return f"left as it is: {_reason(step)}"
    return "confirmed"


def _write(article: _Article) -> None:
    """Write the quotes, and keep the text when every note has its place in it."""
    if article.changes:
        numbers = {step.entry.annotation.id: step.entry.index for step in article.steps}
        notes_file = Path(article.steps[0].entry.document.file)
        changes = {numbers[name]: change for name, change in article.changes.items()}
        try:
            replace(notes_file, edited(notes_file.read_bytes(), str(notes_file), changes))
        except (PostilError, OSError) as error:
            raise click.ClickException(str(error)) from None
    if not article.left and article.kept != article.text:
        try:
            snapshot.write_snapshot(article.file, article.text)
        except OSError as error:
            raise click.ClickException(str(error)) from None


def _sum_up(articles: list[_Article], *, dry_run: bool) -> None:
    written = sum(len(article.changes) for article in articles)
    left = sum(len(article.left) for article in articles)
    renewed = [article for article in articles if not article.left and article.kept != article.text]
    would = "would be " if dry_run else ""
    click.echo(
        f"{counted(written, 'note')} {would}written, {left} left; {counted(len(renewed), 'snapshot')} {would}renewed."
    )
    if left:
        click.echo("Run `postil reanchor` in a terminal to choose, or change the quotes by hand.", err=True)


def _as_data(article: _Article) -> dict[str, Any]:
    notes = []
    for step in article.steps:
        annotation, outcome = step.entry.annotation, step.outcome
        change = article.changes.get(annotation.id)
        status = "changed" if change else "left" if annotation.id in article.left else "kept"
        told: dict[str, Any] = {"id": annotation.id, "status": status, "quote": annotation.quote}
        if change:
            told["new"] = dict(change.values)
        if isinstance(outcome, Found):
            told |= {"confidence": outcome.confidence, "evidence": list(outcome.evidence)}
        else:
            told |= {"reason": outcome.reason, "message": outcome.message}
        if status == "left":
            told["candidates"] = [{"text": choice.text, "score": choice.score} for choice in step.choices]
        notes.append(told)
    state = "missing" if article.kept is None else "agrees" if article.kept == article.text else "outdated"
    return {"article": article.path, "snapshot": state, "notes": notes}
