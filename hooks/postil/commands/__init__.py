"""The command `postil`: each subcommand is a thin caller of the engine, a module here for each group of them.

In: what somebody types. Out: lines for a terminal, and an exit status.
"""

from __future__ import annotations

import click

from postil.commands import (
    building,
    export,
    importing,
    importing_article,
    offline,
    publishing,
    reanchoring,
    serving,
    starting,
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="postil")
def main() -> None:
    """Publish annotated articles."""


for command in (
    starting.new,
    building.check,
    building.build,
    serving.serve,
    publishing.publish,
    building.coverage,
    building.write_schema,
    export.export,
    importing.import_notes,
    importing_article.import_article,
    offline.offline,
    reanchoring.reanchor,
):
    main.add_command(command)
