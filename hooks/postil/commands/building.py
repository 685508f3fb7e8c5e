"""`postil check`, `build`, `coverage` and `schema`: what is done with the site as it stands."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

import click

from postil.build.isolated import Order, put_in_place, run
from postil.build.report import Report
from postil.commands.common import CONFIG, GENERATOR, configured, end_if_failed, told
from postil.files import snapshot
from postil.model.cutting import shortened
from postil.model.problem import counted, shown
from postil.site import schema
from postil.site.loading import load_site
from postil.site.urls import file_of

LISTED = 20  # articles; the names of more of them help nobody
_UNSEEN = {"number_word": "numbers written as words", "date": "dates with the name of a month", "name": "names"}


@click.command()
@CONFIG
@click.option("--due", is_flag=True, help="End with 1 when a note must be checked again (`recheck`), for a weekly job.")
def check(config: Path, due: bool) -> None:
    """Check all articles, notes and sources; publish nothing.

    Prints one line for each mistake: file:line:column: what is wrong, what was expected.
    """
    report = run(Order(config=config, also=frozenset({"warnings"})), click.echo)
    for warning in report.warnings if report.succeeded else ():
        click.echo(f"warning: {warning}")
    end_if_failed(report)
    click.echo(f"All is well: {told(report)}.{_withheld(report)}")
    _keep_texts(report)
    for hint in report.hints:
        click.echo(f"hint: {hint}")
    if due and report.due:
        sys.exit(1)


def _withheld(report: Report) -> str:
    """How many notes only the preview shows, in words: " Not published: 3 drafts, 2 in review."."""
    drafts, waiting = report.withheld.get("draft", 0), report.withheld.get("review", 0)
    words = [counted(drafts, "draft")] * bool(drafts) + [f"{waiting} in review"] * bool(waiting)
    return f" Not published: {', '.join(words)}." if words else ""


def _keep_texts(report: Report) -> None:
    """Keep the texts of articles of which none is kept: with them notes follow an edit."""
    texts = {path: report.pages[path].text for path in report.articles}
    for line in snapshot.keep_first(report.docs_dir, texts):
        click.echo(f"hint: {line}")


@click.command()
@CONFIG
@GENERATOR
@click.option("-d", "--site-dir", type=click.Path(file_okay=False, path_type=Path), help="Where to.")
def build(config: Path, generator: str, site_dir: Path | None) -> None:
    """Build the site aside and put it in place when all is well; a failed build leaves the old site as it is."""
    place = (site_dir or configured(config, generator).site_dir).resolve()
    click.echo(f"Building {place.name}/ …")
    place.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=f".postil-{place.name}-", dir=place.parent))
    try:
        order = Order(config=config, generator=generator, until="written", site_dir=aside / "site", place=place)
        report = run(order, click.echo)
        if report.succeeded:
            put_in_place(aside / "site", place, report.carried)
    except OSError as error:
        raise click.ClickException(f"{error}. The site was not replaced.") from None
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    end_if_failed(report, f"{place.name}/ is as it was." if place.exists() else "Nothing was published.")
    click.echo(f"{told(report)}.")
    _keep_texts(report)
    for path, url in list(report.articles.items())[:LISTED]:
        click.echo(f"  {path}: {(place / file_of(url)).as_uri()}")
    if len(report.articles) > LISTED:
        click.echo(f"  … and {len(report.articles) - LISTED} articles more")
    if report.outdated:
        click.echo("The copies in dist/ are of an earlier state and were left out; make them anew: postil offline")
    home = (place / "index.html").as_uri()
    if any(page.url.endswith("/") for page in report.pages.values()):
        click.echo(f"See it as readers will: postil serve (or make serve). From the disk {home} opens,")
        click.echo("but its links lead to folders; a copy that works from the disk: postil offline")
    else:
        click.echo(f"Open {home}")


@click.command()
@CONFIG
@click.option(
    "--strict",
    is_flag=True,
    help="End with an error when a figure, a date or a paragraph that names any has neither a note nor a reason.",
)
def coverage(config: Path, strict: bool) -> None:
    """List what has no note: paragraphs, sentences, then figures, dates, names and quotations."""
    report = run(Order(config=config, also=frozenset({"coverage"})), click.echo)
    end_if_failed(report)
    missing = 0
    for path, article in report.coverage.items():
        counts = ", ".join(f"{kind}s {covered} of {total}" for kind, (covered, total) in article.covered.items())
        click.echo(f"{path}: {article.words:.0%} of the words lie in a passage; {counts}")
        for kind in article.unseen:
            click.echo(f"  no rules for the language {article.language!r}: {_UNSEEN[kind]} are not listed")
        for paragraph in article.paragraphs:
            click.echo(f"  no note in the paragraph: {shortened(paragraph.text)}{_why(paragraph.reason)}")
            missing += bool(paragraph.gaps) and not paragraph.reason
        for sentence in article.sentences:
            bare = "no note: " if sentence.is_bare else ""
            click.echo(f"  {bare}{sentence.text}{_why(sentence.reason)}")
            for gap in sentence.gaps:
                click.echo(f"    {gap.kind}: {gap.text}{_why(gap.reason)}")
                missing += gap.kind in ("figure", "date") and not gap.reason
    click.echo(f"{missing} of the figures, dates and paragraphs have neither a note nor a reason.")
    if strict and missing:
        sys.exit(1)


def _why(reason: str) -> str:
    return f" (no note: {reason})" if reason else ""


@click.command("schema")
@CONFIG
def write_schema(config: Path) -> None:
    """Write docs/schema/annotations.json, by which an editor completes and checks notes files."""
    report = configured(config)
    site = load_site(report.docs_dir, report.language)
    file = report.docs_dir / "schema" / "annotations.json"
    if file.is_file() and not schema.is_ours(file.read_bytes()):
        raise click.ClickException(f"{shown(file)} is a file of your own, and stays as it is; give it another name")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(schema.as_json(site.context), "utf-8", newline="\n")
    click.echo(f"Wrote {shown(file)}")
