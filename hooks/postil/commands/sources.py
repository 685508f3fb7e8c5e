"""`postil sources`: the sources as a list, and what is to be looked at, as text or as data."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Iterable
from pathlib import Path

import click

from postil.commands.common import CONFIG, configured
from postil.model.problem import Problem, counted, shown
from postil.site.loading import load_site
from postil.site.register_check import FINDINGS, Listed, listed


@click.command()
@CONFIG
@click.option("--all", "every", is_flag=True, help="List every source, not only those with something to look at.")
@click.option("--strict", is_flag=True, help="End with an error when there is anything to look at, but for copies.")
@click.option("--json", "as_json", is_flag=True, help="Every source, and what there is to look at, as JSON.")
def sources(config: Path, every: bool, strict: bool, as_json: bool) -> None:
    """List and check the sources.

    Doubles by DOI or address, undated ones, addresses without the day of access, sources that nothing uses, copies.
    Ends with 1 where a register has mistakes. Changes nothing.
    """
    report = configured(config)
    site = load_site(report.docs_dir, report.language)
    files = {shown(file) for file in site.registers}
    mistakes, warnings = (
        [problem for problem in sorted(told) if problem.place.file in files] for told in (site.problems, site.told)
    )
    found = listed(site)
    if as_json:
        data = {
            "registers": sorted(files),
            "mistakes": list(map(str, mistakes)),
            "warnings": list(map(str, warnings)),
            "sources": [dataclasses.asdict(one) for one in found],
        }
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        _tell(found, mistakes, warnings, every=every)
    if mistakes or (strict and any(set(one.findings) - {"copy"} for one in found)):
        sys.exit(1)


def _tell(found: list[Listed], mistakes: Iterable[Problem], warnings: Iterable[Problem], *, every: bool) -> None:
    for problem in mistakes:
        click.echo(problem)
    for problem in warnings:
        click.echo(f"warning: {problem}")
    for one in found if every else ():
        words = ", ".join(part for part in (one.type, one.title, one.outlet, one.issued or "undated") if part)
        click.echo(f"{one.place}: {one.id}: {words}; {counted(one.uses, 'use')}")
    for finding, title in FINDINGS.items():
        mine = [one for one in found if finding in one.findings]
        if mine:
            click.echo(f"{title} ({len(mine)})")
        for one in mine:
            why = f" ({one.findings[finding]})" if one.findings[finding] else ""
            click.echo(f"  {one.place}: {one.id}: {one.title}{why}")
    quiet = not any(one.findings for one in found)
    click.echo(f"{counted(len(found), 'source')}.{' There is nothing to look at.' if found and quiet else ''}")
