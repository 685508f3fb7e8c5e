"""The command `postil`: each subcommand is a thin caller of the engine."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import click
import yaml

from postil import schema
from postil.publish import Outcome, build_aside, swap
from postil.site import Site

CONFIG = click.option(
    "-f",
    "--config-file",
    "config",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    default="mkdocs.yml",
    show_default=True,
    help="The site's configuration.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="postil")
def main() -> None:
    """Publish annotated articles."""


@main.command()
@CONFIG
def check(config: Path) -> None:
    """Check all articles, notes and sources; publish nothing.

    Prints one line for each mistake: file:line:column: what is wrong, what was expected.
    """
    with tempfile.TemporaryDirectory() as folder:
        outcome = build_aside(config, Path(folder, "site"), click.echo)
    for warning in outcome.report.get("warnings", []):
        click.echo(f"warning: {warning}")
    _end_if_failed(outcome)
    click.echo(f"All is well: {_told(outcome)}.")


@main.command()
@CONFIG
@click.option("-d", "--site-dir", type=click.Path(file_okay=False, path_type=Path), help="Where to.")
def build(config: Path, site_dir: Path | None) -> None:
    """Build the site aside and put it in place when all is well; a failed build leaves the old site as it is."""
    place = (site_dir or config.parent / _setting(config, "site_dir", "site")).resolve()
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
    _end_if_failed(outcome, f"{place.name}/ is as it was." if place.exists() else "Nothing was published.")
    click.echo(f"{_told(outcome)}.")
    for path, url in outcome.report.get("articles", {}).items():
        page = place / (f"{url}index.html" if url.endswith("/") or not url else url)
        click.echo(f"  {path}: {page.as_uri()}")
    click.echo(f"Open {(place / 'index.html').as_uri()}")


@main.command()
@CONFIG
@click.option(
    "--strict", is_flag=True, help="End with an error when a figure or a date has neither a note nor a reason."
)
def coverage(config: Path, strict: bool) -> None:
    """List the figures, dates, names and quotations that no note touches, sentence by sentence."""
    with tempfile.TemporaryDirectory() as folder:
        outcome = build_aside(config, Path(folder, "site"), click.echo)
    _end_if_failed(outcome)
    missing = 0
    for article in outcome.report["coverage"]:
        counts = ", ".join(f"{kind}s {covered} of {total}" for kind, (covered, total) in article["covered"].items())
        click.echo(f"{article['article']}: {article['words']:.0%} of the words lie in a passage; {counts}")
        for sentence in article["sentences"]:
            click.echo(f"  {sentence['text']}")
            for gap in sentence["gaps"]:
                reason = f" (no note: {gap['reason']})" if gap["reason"] else ""
                click.echo(f"    {gap['kind']}: {gap['text']}{reason}")
                missing += gap["kind"] in ("figure", "date") and not gap["reason"]
    click.echo(f"{missing} figure{'s' * (missing != 1)} or dates with neither a note nor a reason.")
    if strict and missing:
        sys.exit(1)


@main.command("schema")
@CONFIG
def write_schema(config: Path) -> None:
    """Write docs/schema/annotations.json, by which an editor completes and checks notes files."""
    docs = config.parent / _setting(config, "docs_dir", "docs")
    site = Site.load(docs)
    file = docs / "schema" / "annotations.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(schema.as_json(site.desk), "utf-8", newline="\n")
    click.echo(f"Wrote {file}")


def _setting(config: Path, name: str, default: str) -> str:
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


def _told(outcome: Outcome) -> str:
    tally = outcome.report.get("tally", [])
    count = sum(number for _, number in tally)
    articles = len(outcome.report.get("articles", {}))
    words = ", ".join(f"{number} {word[0].lower()}{word[1:]}" for word, number in tally)
    notes = f"{count} note{'s' * (count != 1)} on {articles} article{'s' * (articles != 1)}"
    return f"{notes}: {words}" if words else notes


def _end_if_failed(outcome: Outcome, more: str = "") -> None:
    if outcome.succeeded:
        return
    count = len(outcome.complaints)
    click.echo(f"{count} mistake{'s' * (count != 1)}. {more}".strip(), err=True)
    sys.exit(1)
