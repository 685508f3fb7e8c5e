"""The command `postil`: each subcommand is a thin caller of the engine, a module here for each group of them.

In: what somebody types. Out: lines for a terminal, and an exit status.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

from postil import __version__
from postil.model.extras import what_is_missing
from postil.model.problem import nearest

# In the order in which somebody needs them; where each is, and its line of help, so that `--help` loads none of them.
COMMANDS = {
    "new": ("starting:new", "Make a whole site of your own in a new folder."),
    "check": ("building:check", "Check all articles, notes and sources; publish nothing."),
    "build": ("building:build", "Build the site aside and put it in place when all is well."),
    "serve": ("serving:serve", "Show the site live, and write notes in its pages."),
    "publish": ("publishing:publish", "Check, build, and push the site to a branch or into a folder."),
    "todo": ("todo:todo", "List what there is to do: drafts, reviews, what is due, what has no note."),
    "sources": ("sources:sources", "List and check the sources: doubles, undated, unused, copies."),
    "coverage": ("building:coverage", "List what has no note."),
    "reanchor": ("reanchoring:reanchor", "Find the passages of notes again after an article was edited."),
    "import": ("importing:import_notes", "Bring in notes that were written elsewhere."),
    "import-article": ("importing_article:import_article", "Make an article of a web page, a text or a document."),
    "export": ("export:export", "Write notes in a standard form."),
    "offline": ("offline:offline", "Make copies to take along: archive, one file, e-book, PDF, Markdown."),
    "schema": ("building:write_schema", "Write the schema by which an editor completes and checks notes files."),
}


class Commands(click.Group):
    """Subcommands that are loaded when they are called; one that lacks a package says which line installs it."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The names, in the order in which somebody needs them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of this name, if there is one."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        command = getattr(import_module(f"postil.commands.{module}"), name)
        return command if isinstance(command, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is called, or an error that names the nearest."""
        if args[0] not in COMMANDS:
            ctx.fail(f"no such command: {args[0]}{nearest(args[0], COMMANDS)}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The list of commands in the help."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, told) for name, (_, told) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Load the command and do it."""
        try:
            return super().invoke(ctx)
        except ImportError as error:
            if told := what_is_missing(error):
                raise click.ClickException(told) from None
            raise


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="postil")
def main() -> None:
    """Publish annotated articles."""


# What other rooms may use.
PUBLIC = ()
