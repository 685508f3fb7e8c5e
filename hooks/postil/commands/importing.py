"""`postil import` and `postil import-article`: what was written elsewhere comes in."""

from __future__ import annotations

import sys
from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

import click

from postil.build.isolated import Order, run
from postil.build.kept_notes import site_of
from postil.build.report import PageReport, Report
from postil.commands.common import (
    CONFIG,
    configured,
    end_if_failed,
    page_named,
    tell_mistake,
    tell_nothing,
    tell_problems,
)
from postil.commands.import_report import show
from postil.commands.importing_sources import import_sources
from postil.files import writing
from postil.importing.files import read_file
from postil.importing.foreign import Batch, Wanted
from postil.importing.formats import read_notes
from postil.importing.intake import Intake, by_article, contents, with_notes
from postil.importing.ours import fields as as_ours
from postil.importing.placing import Importer
from postil.importing.sources import is_register
from postil.model.cutting import shortened
from postil.model.problem import PostilError, Problem, counted, nearest, shown
from postil.site.editorial import today
from postil.site.folder import Site

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("import")
@CONFIG
@click.argument("files", nargs=-1, required=True, type=_FILE, metavar="FILE…")
@click.option("-a", "--article", help="The Markdown file that the notes are on; else the address in each note tells.")
@click.option("--author", help="Who of this site brings the notes in. Not needed where there is one author.")
@click.option("--own", is_flag=True, help="The files are exports of this site: take verdicts and authors as they are.")
@click.option("--ours", is_flag=True, help="The comments in the files are your own: take them in as drafts of notes.")
@click.option("--resolved", is_flag=True, help="Take in comments that are marked as done, too.")
@click.option("--private", is_flag=True, help="Take in notes that not everybody may read where they come from, too.")
@click.option(
    "--dates",
    type=click.Choice(["day-first", "month-first"]),
    help="What 3/2/2024 in a table means, if nothing tells it.",
)
@click.option("--uncertain", is_flag=True, help="Take in notes whose place is uncertain, too.")
@click.option("--dry-run", is_flag=True, help="Show the table; write nothing.")
def import_notes(
    config: Path,
    files: tuple[Path, ...],
    article: str | None,
    author: str | None,
    own: bool,
    ours: bool,
    resolved: bool,
    private: bool,
    dates: str | None,
    uncertain: bool,
    dry_run: bool,
) -> None:
    """Take in notes, or sources, that were written elsewhere.

    Reads exports of Hypothesis, Readwise and Zotero, W3C annotations (Recogito, Annotorious), tables (.csv), a Kindle's
    My Clippings.txt, articles with footnotes (.md, .qmd), documents with comments (.docx, .odt). Each note is put on
    its passage. What has no place goes to NAME.unplaced.yml with the reason. The text of the article is kept beside its
    first notes, so that they can follow it when it is edited.

    A file of a reference manager (.bib, .ris, CSL-JSON, CSL-YAML) brings sources into sources.yml: those that are not
    there yet. What stands in the way of a note or a source is told.

    Ends with 0 when every note is in as it was, with 1 when some are not or a file cannot be read.
    """
    notes, whole = _without_registers(config, files, dry_run=dry_run)
    if not notes:
        sys.exit(not whole)
    report = _rendered(config)
    docs, pages = report.docs_dir, report.pages
    site = site_of(report)
    if own and ours:
        raise click.UsageError("--own is for exports of this site, --ours for comments in documents: take one of them")
    importer = _importer(site, author, own=own)
    if ours:
        importer = replace(
            importer, fields_of=partial(as_ours, site.context.settings, site.context.sources, importer.author)
        )
    day_first = None if dates is None else dates == "day-first"
    batches = _read(notes, site, Wanted(resolved, private, day_first), report.language)
    if not own and (ours_back := sum(note.own is not None for batch in batches for note in batch.notes)):
        click.echo(
            f"{counted(ours_back, 'note')} from an export of this program; with --own, verdicts and all come back"
        )
    intakes = _by_article(batches, article, docs, pages)
    taken = {entry.annotation.id for entries in site.notes.values() for entry in entries}
    writes: dict[Path, bytes] = {}
    for name, intake in sorted(intakes.items()):
        present = [entry.annotation for entry in site.notes.get(name, [])]
        intake.put(importer.place(intake.notes, pages[name].text, present, taken, pages[name].atoms))
        show(name, intake.outcomes, intake.lost)
        try:
            writes |= contents(docs / name, intake, pages[name].text, present, uncertain=uncertain)
        except PostilError as error:
            tell_problems(error)
            raise click.ClickException("nothing was imported") from None
    left = sum(len(intake.lost) for intake in intakes.values())
    _write(writes, left, dry_run=dry_run)
    if left or not whole:
        sys.exit(1)


def _without_registers(config: Path, files: tuple[Path, ...], *, dry_run: bool) -> tuple[tuple[Path, ...], bool]:
    """The files that hold notes, when the sources of the others are in; and whether all of those are."""
    sources = []
    for file in files:
        try:
            content = read_file(file, shown(file))
        except PostilError:
            continue  # told with the files of notes
        if is_register(content, shown(file)):
            sources.append((file, content))
    if not sources:
        return files, True
    whole = import_sources(configured(config).docs_dir, sources, dry_run=dry_run)
    taken = [file for file, _ in sources]
    return tuple(file for file in files if file not in taken), whole


def _importer(site: Site, author: str | None, *, own: bool) -> Importer:
    settings = site.context.settings
    known = list(settings.authors)
    if author is None and len(known) != 1:
        raise click.UsageError(f"say who brings the notes in: --author with one of {', '.join(known)}")
    if author is not None and author not in known:
        raise click.UsageError(
            f"the author {author!r} is unknown{nearest(author, known)}; there are {', '.join(known)}"
        )
    return Importer(settings, site.context.sources, author or known[0], today(), own)


def _read(files: tuple[Path, ...], site: Site, wanted: Wanted, language: str) -> list[Batch]:
    """The notes of all files; a file that cannot be read ends the command, when all have been looked at."""
    batches: list[Batch] = []
    problems: list[Problem] = []
    for file in files:
        try:
            content = read_file(file, shown(file))
            batches.append(read_notes(content, shown(file), site.context.settings, wanted, language))
        except PostilError as error:
            problems += error.problems
    if problems:
        tell_problems(PostilError(problems))
        click.echo("Nothing was imported.", err=True)
        sys.exit(1)
    for line in (line for batch in batches for line in batch.told):
        click.echo(line)
    return batches


def _rendered(config: Path) -> Report:
    """The site with its pages; mistakes that keep none from being read are left to `check`."""
    report = run(Order(config=config), tell_nothing)
    if not report.pages:
        for complaint in report.complaints:
            tell_mistake(complaint)
        end_if_failed(report, "Mend this first; nothing was imported.")
    return report


def _by_article(
    batches: list[Batch], wanted: str | None, docs: Path, pages: Mapping[str, PageReport]
) -> dict[str, Intake]:
    """What comes in, by article; ends the command where that of a note is not known."""
    # Without a word on the article it is the one that has a notes file.
    articles = with_notes(pages, docs)
    intakes, astray = by_article(
        batches,
        {name: page.url for name, page in pages.items()},
        wanted=_named(wanted, pages, docs) if wanted else None,
        otherwise=articles[0] if len(articles) == 1 else None,
    )
    if astray:
        lines = "\n".join(f"  {count} on {shortened(page)}" for page, count in astray.most_common())
        raise click.UsageError(f"these notes are on no page of this site; name their article with --article:\n{lines}")
    return intakes


def _named(wanted: str, pages: Collection[str], docs: Path) -> str:
    """The path inside of docs/ of the article that the user names."""
    found, hint = page_named(wanted, pages, docs)
    if found is None:
        raise click.UsageError(f"no page {wanted!r} in this site{hint}")
    return found


def _write(writes: dict[Path, bytes], left: int, *, dry_run: bool) -> None:
    changed = {file: content for file, content in writes.items() if not file.is_file() or file.read_bytes() != content}
    if dry_run:
        click.echo(f"Nothing was written. Without --dry-run: {', '.join(map(shown, changed)) or 'nothing to write'}")
        return
    for file, content in changed.items():
        try:
            writing.replace(file, content)
        except OSError as error:
            raise click.ClickException(f"{shown(file)}: {error.strerror}") from None
        click.echo(f"Wrote {shown(file)}")
    if not changed:
        click.echo("Nothing to write.")
    if left:
        click.echo(f"{left} without a place, or not read: see the file .unplaced.yml", err=True)
