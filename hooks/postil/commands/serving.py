"""`postil serve`: the live preview, in which notes are written."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import click

from postil.build import choice
from postil.build.generator import Refused
from postil.commands.common import CONFIG, GENERATOR, tell_mistake


@click.command()
@CONFIG
@GENERATOR
@click.option("-a", "--dev-addr", help="Where to, as 127.0.0.1:8000.")
@click.option("--lan", is_flag=True, help="Let others in this network see it and write, as a phone of yours.")
def serve(config: Path, generator: str, dev_addr: str | None, lan: bool) -> None:
    """Show the site as it is written; notes are written in it, and a saved file shows in the open page."""
    try:
        chosen = choice.generator(config, generator)
    except choice.Unknown as error:
        raise click.ClickException(str(error)) from None
    address = dev_addr or ("0.0.0.0:8000" if lan else None)
    if lan:
        click.echo("Everybody in this network can read the drafts and write notes while this runs.", err=True)
    if chosen == "zensical":
        _serve_files(config, address or "127.0.0.1:8000", lan)
        return
    command = [sys.executable, "-m", chosen, "serve", "-f", str(config)]
    command += ["--livereload"] if chosen == "mkdocs" else []  # ProperDocs does so anyway
    command += ["-a", address] if address else []
    environment = {**os.environ, **({"POSTIL_LAN": "1"} if lan else {})}
    environment.setdefault("NO_MKDOCS_2_WARNING", "1")  # Material's notice about its own future
    try:
        sys.exit(subprocess.run(command, env=environment, check=False).returncode)
    except KeyboardInterrupt:
        sys.exit(130)


def _serve_files(config: Path, address: str, lan: bool) -> None:
    """Serve the site of a generator that runs no plug-ins."""
    from postil.adapters.files_preview import Preview

    host, _, port = address.rpartition(":")
    try:
        preview = Preview(config, host, int(port), writing=lan, tell=tell_mistake)
    except ValueError:
        raise click.BadParameter(f"expected HOST:PORT, found {address!r}", param_hint="--dev-addr") from None
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    except OSError as error:
        raise click.ClickException(f"{address}: {error.strerror or error}; another one: --dev-addr") from None
    signal.signal(signal.SIGTERM, lambda *_: preview.end())
    click.echo(f"Serving on http://{host}:{preview.port}/")
    try:
        preview.run()
    except KeyboardInterrupt:
        preview.end()
        sys.exit(130)
