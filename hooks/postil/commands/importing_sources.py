"""`postil import` of a reference manager's file: its sources go into the author's own register."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from postil.commands.common import tell_mistake, tell_problems
from postil.files import writing
from postil.files.registering import entry, with_entries
from postil.files.sources_file import read_registers
from postil.importing.sources import brought
from postil.model.problem import PostilError, Problem, counted, shown
from postil.site.registers import registers, writable


def import_sources(docs: Path, files: Sequence[tuple[Path, bytes]], *, dry_run: bool) -> bool:
    """Take the sources of some files into the register, and tell what was done.

    Args:
        docs: the folder of the articles.
        files: each with its bytes.
        dry_run: to tell only.

    Returns:
        Whether every source of the files is in the register now, or was there before.

    Raises:
        click.ClickException: where the register cannot be read or written; nothing is written then.
    """
    present = {shown(file): file.read_bytes() for file in registers(docs)}
    known, problems = read_registers(present)
    _refuse(problems, "Mend the register first; nothing was imported.")
    new, whole = [], True
    for file, content in files:
        found = brought(content, shown(file), known)
        for problem in found.problems:
            tell_mistake(f"warning: {problem}" if problem.severity == "warning" else str(problem))
        whole &= all(problem.severity == "warning" for problem in found.problems)
        for line in found.told:
            click.echo(line)
        click.echo(f"{shown(file)}: {counted(len(found.new), 'new source')}")
        new += found.new
        known |= {source.id: source for source in found.new}
    if new:
        target = writable(docs)
        content = _content(target, present, [entry(source) for source in new])
        after, problems = read_registers({**present, shown(target): content})
        lost = [source for source in new if source.id not in after or entry(after[source.id]) != entry(source)]
        problems += [Problem(source.place, f"{source.id} cannot be written as it is") for source in lost]
        _refuse(problems, "Nothing was imported.")
        if not dry_run:
            _write(target, content)
    if dry_run:
        click.echo("Nothing was written.")
    return whole


def _content(target: Path, present: dict[str, bytes], entries: list[dict[str, object]]) -> bytes:
    try:
        return with_entries(present.get(shown(target)), shown(target), entries)[0]
    except PostilError as error:
        tell_problems(error)
        raise click.ClickException("nothing was imported") from None


def _refuse(problems: Sequence[Problem], words: str) -> None:
    """End the command where there are mistakes."""
    wrong = [problem for problem in problems if problem.severity == "error"]
    if wrong:
        tell_problems(PostilError(wrong))
        raise click.ClickException(words)


def _write(target: Path, content: bytes) -> None:
    try:
        writing.replace(target, content)
    except OSError as error:
        raise click.ClickException(f"{shown(target)}: {error.strerror}") from None
    click.echo(f"Wrote {shown(target)}")
