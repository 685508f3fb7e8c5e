"""`postil serve`: the live preview, in which notes are written."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click

from postil.build import choice
from postil.commands.common import CONFIG


@click.command()
@CONFIG
@click.option("-a", "--dev-addr", help="Where to, as 127.0.0.1:8000.")
@click.option("--lan", is_flag=True, help="Let others in this network see it and write, as a phone of yours.")
def serve(config: Path, dev_addr: str | None, lan: bool) -> None:
    """Show the site as it is written; notes are written in it, and a saved file shows in the open page."""
    generator = choice.generator(config)
    address = dev_addr or ("0.0.0.0:8000" if lan else None)
    command = [sys.executable, "-m", generator, "serve", "-f", str(config)]
    command += ["--livereload"] if generator == "mkdocs" else []  # ProperDocs does so anyway
    command += ["-a", address] if address else []
    environment = {**os.environ, **({"POSTIL_LAN": "1"} if lan else {})}
    environment.setdefault("NO_MKDOCS_2_WARNING", "1")  # Material's notice about its own future
    if lan:
        click.echo("Everybody in this network can read the drafts and write notes while this runs.", err=True)
    try:
        sys.exit(subprocess.run(command, env=environment, check=False).returncode)
    except KeyboardInterrupt:
        sys.exit(130)
