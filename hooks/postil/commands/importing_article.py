"""`postil import-article`: a text, a document, a web page or a Markdown file becomes an article of the site."""

from __future__ import annotations

import os
import re
from pathlib import Path

import click

from postil.commands.common import CONFIG, configured, tell_problems
from postil.files.appending import new_file
from postil.files.writing import replace
from postil.importing.article import lost, read
from postil.importing.files import read_file
from postil.importing.inserts import file_name
from postil.model.problem import PostilError, counted, shown
from postil.site.data_files import NOTES_SUFFIXES

_MOST_TOLD = 40
_FOLDER = "articles"


@click.command("import-article")
@CONFIG
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--name", help="The name of the article's file; else it is made of the title.")
@click.option("--dry-run", is_flag=True, help="Show the article; write nothing.")
def import_article(config: Path, file: Path, name: str | None, dry_run: bool) -> None:
    """Make an article of a text file, a document (.docx, .odt), a saved web page (.html) or Markdown (.md).

    An empty notes file is put beside it, and the pictures of a document into a folder of its name.

    Broken encodings are mended, quotation marks made typographic; what was guessed is told.
    """
    docs = configured(config).docs_dir
    try:
        article = read(read_file(file, shown(file)), shown(file))
    except PostilError as error:
        tell_problems(error)
        raise click.ClickException("nothing was written") from None
    name = (name or article.slug).removesuffix(".md")
    page = article.markdown(folder=name)
    for line in article.told[:_MOST_TOLD]:
        click.echo(f"  {line}")
    if len(article.told) > _MOST_TOLD:
        click.echo(f"  and {len(article.told) - _MOST_TOLD} more")
    missing = lost(article, page)
    for line in missing:
        click.echo(f"  {line}")
    if missing:
        count = f"{len(missing)} sentence{'s' * (len(missing) != 1)}"
        click.echo(f"  {count} of the article did not come in whole: put the words in, or leave them out on purpose")
    if dry_run:
        click.echo(page, nl=False)
        return
    place = _place(docs, name)
    notes = place.with_suffix(NOTES_SUFFIXES[0])
    schema = Path(os.path.relpath(docs / "schema" / "annotations.json", place.parent)).as_posix()
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        for number, picture in enumerate(article.pictures, 1):
            place.with_suffix("").mkdir(exist_ok=True)
            replace(place.with_suffix("") / file_name(number, picture), picture.content)
        replace(place, page.encode())
        replace(notes, new_file(schema))
    except OSError as error:
        raise click.ClickException(f"{shown(place)}: {error.strerror}") from None
    click.echo(f"Wrote {shown(place)} and {shown(notes)}")
    if article.pictures:
        click.echo(f"Wrote {counted(len(article.pictures), 'picture')} to {shown(place.with_suffix(''))}")
    click.echo(f"Read it through, then show it in mkdocs.yml below nav: “- {place.relative_to(docs).as_posix()}”")


def _place(docs: Path, name: str) -> Path:
    """Where the article goes: a new file in docs/articles/."""
    if not re.fullmatch(r"[^\W_][\w.-]{0,80}", name, re.ASCII):
        raise click.UsageError(f"{name!r} cannot be a file name; give one with --name: small letters, digits, hyphens")
    place = docs / _FOLDER / f"{name}.md"
    for taken in (place, place.with_suffix(""), *(place.with_suffix(suffix) for suffix in NOTES_SUFFIXES)):
        if taken.exists():
            raise click.UsageError(f"{shown(taken)} is there already; give another name with --name")
    return place
