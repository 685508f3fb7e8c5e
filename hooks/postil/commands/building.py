"""`postil check`, `build`, `coverage` and `schema`: what is done with the site as it stands."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from postil.build.isolated import build_aside, swap
from postil.commands.common import CONFIG, end_if_failed, setting, told
from postil.model.problem import shortened
from postil.site import schema
from postil.site.folder import Site

_UNSEEN = {"number_word": "numbers written as words", "date": "dates with the name of a month", "name": "names"}


@click.command()
@CONFIG
def check(config: Path) -> None:
    """Check all articles, notes and sources; publish nothing.

    Prints one line for each mistake: file:line:column: what is wrong, what was expected.
    """
    with tempfile.TemporaryDirectory() as folder:
        outcome = build_aside(config, Path(folder, "site"), click.echo)
    for warning in outcome.report.get("warnings", []):
        click.echo(f"warning: {warning}")
    end_if_failed(outcome)
    click.echo(f"All is well: {told(outcome)}.")
    for hint in outcome.report.get("hints", []):
        click.echo(f"hint: {hint}")


@click.command()
@CONFIG
@click.option("-d", "--site-dir", type=click.Path(file_okay=False, path_type=Path), help="Where to.")
def build(config: Path, site_dir: Path | None) -> None:
    """Build the site aside and put it in place when all is well; a failed build leaves the old site as it is."""
    place = (site_dir or config.parent / setting(config, "site_dir", "site")).resolve()
    click.echo(f"Building {place.name}/ …")
    place.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=f".postil-{place.name}-", dir=place.parent))
    try:
        outcome = build_aside(config, aside / "site", click.echo)
        if outcome.succeeded:
            swap(aside / "site", place)
    except OSError as error:
        raise click.ClickException(f"{error}. The site was not replaced.") from None
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    end_if_failed(outcome, f"{place.name}/ is as it was." if place.exists() else "Nothing was published.")
    click.echo(f"{told(outcome)}.")
    for path, url in outcome.report.get("articles", {}).items():
        page = place / (f"{url}index.html" if url.endswith("/") or not url else url)
        click.echo(f"  {path}: {page.as_uri()}")
    if outcome.report.get("outdated"):
        click.echo("The copies in dist/ are of an earlier state and were left out; make them anew: postil offline")
    click.echo(f"Open {(place / 'index.html').as_uri()}")


@click.command()
@CONFIG
@click.option(
    "--strict",
    is_flag=True,
    help="End with an error when a figure, a date or a paragraph that names any has neither a note nor a reason.",
)
def coverage(config: Path, strict: bool) -> None:
    """List what has no note: paragraphs, sentences, then figures, dates, names and quotations."""
    with tempfile.TemporaryDirectory() as folder:
        outcome = build_aside(config, Path(folder, "site"), click.echo)
    end_if_failed(outcome)
    missing = 0
    for article in outcome.report["coverage"]:
        counts = ", ".join(f"{kind}s {covered} of {total}" for kind, (covered, total) in article["covered"].items())
        click.echo(f"{article['article']}: {article['words']:.0%} of the words lie in a passage; {counts}")
        for kind in article["unseen"]:
            click.echo(f"  no rules for the language {article['language']!r}: {_UNSEEN[kind]} are not listed")
        for paragraph in article["paragraphs"]:
            click.echo(f"  no note in the paragraph: {shortened(paragraph['text'])}{_why(paragraph)}")
            missing += bool(paragraph["gaps"]) and not paragraph["reason"]
        for sentence in article["sentences"]:
            bare = "no note: " if sentence["is_bare"] else ""
            click.echo(f"  {bare}{sentence['text']}{_why(sentence)}")
            for gap in sentence["gaps"]:
                click.echo(f"    {gap['kind']}: {gap['text']}{_why(gap)}")
                missing += gap["kind"] in ("figure", "date") and not gap["reason"]
    click.echo(f"{missing} of the figures, dates and paragraphs have neither a note nor a reason.")
    if strict and missing:
        sys.exit(1)


def _why(item: Mapping[str, Any]) -> str:
    return f" (no note: {item['reason']})" if item["reason"] else ""


@click.command("schema")
@CONFIG
def write_schema(config: Path) -> None:
    """Write docs/schema/annotations.json, by which an editor completes and checks notes files."""
    docs = config.parent / setting(config, "docs_dir", "docs")
    site = Site.load(docs)
    file = docs / "schema" / "annotations.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(schema.as_json(site.context), "utf-8", newline="\n")
    click.echo(f"Wrote {file}")
