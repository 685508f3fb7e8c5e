"""`postil export`: the notes of one article, or something of the whole site, in the formats of others."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import click

from postil.build.isolated import Order, run
from postil.commands.common import CONFIG, end_if_failed, page_named, tell_mistake
from postil.export.catalogue import ARTICLE_FORMS, SITE_FORMS
from postil.files.writing import replace

_OF_ARTICLE = tuple(form.name for form in ARTICLE_FORMS)
_OF_SITE = tuple(form.name for form in SITE_FORMS)


@click.command()
@CONFIG
@click.argument("article", required=False)
@click.option(
    "--format",
    "form",
    type=click.Choice([*_OF_ARTICLE, *_OF_SITE]),
    default=_OF_ARTICLE[0],
    show_default=True,
    help=f"{', '.join(_OF_ARTICLE)}: of one article; {', '.join(_OF_SITE)}: of the whole site.",
)
@click.option(
    "--drafts", is_flag=True, help="For colleagues: with notes that are not published, and all of their state."
)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="A file; else standard output.")
def export(config: Path, article: str | None, form: str, drafts: bool, output: Path | None) -> None:
    """Write notes in a format of others, as a build publishes them; publish nothing.

    ARTICLE is the Markdown file. It may be left out where the site has one article with notes.

    What is written with --drafts is for colleagues: it has drafts, reviews with what they say, and when notes are due.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        report = run(Order(config=config, until="exported", site_dir=folder, drafts=drafts), tell_mistake)
        end_if_failed(report, "Nothing was written.")
        exports = report.exports
        if not exports:
            raise click.ClickException("No article has notes, so there is nothing to export.")
        articles = [path for path in exports if path]
        wanted = "" if form in _OF_SITE else _chosen(article, articles, report.docs_dir)
        content = (folder / exports[wanted][form]).read_bytes()
    if output is None:
        sys.stdout.buffer.write(content)
        return
    try:
        replace(output, content)
    except OSError as error:
        raise click.ClickException(f"{output}: {error.strerror}. Nothing was written.") from None
    click.echo(f"Wrote {output}")


def _chosen(article: str | None, known: list[str], docs: Path) -> str:
    """The path inside of docs/ of the article that is meant."""
    if article is None:
        if len(known) == 1:
            return known[0]
        raise click.UsageError(f"say which article: {', '.join(known)}")
    found, hint = page_named(article, known, docs)
    if found is None:
        raise click.ClickException(f"no article {article!r} with notes{hint}; there are {', '.join(known)}")
    return found
