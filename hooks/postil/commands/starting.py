"""`postil new`: a whole site of one's own."""

from __future__ import annotations

import importlib.metadata
import json
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Literal

import click

import postil
from postil.files.writing import replace
from postil.site.editorial import today
from postil.site.starter import LANGUAGES, Wish, starter

_PINNED = {"mkdocs": "1.6.1", "material": "9.8.1"}
_ENGINE = "engine"  # the folder of a new site that holds Postil, where it was not installed from an index


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--name", help="The name of the site.")
@click.option("--language", type=click.Choice(LANGUAGES), help="The language of the site.")
@click.option("--author", help="Who writes the notes.")
@click.option("--class", "for_class", is_flag=True, help="For teaching: a rubric, questions as notes, a second reader.")
def new(folder: Path, name: str | None, language: str | None, author: str | None, for_class: bool) -> None:
    """Make a site of your own in FOLDER: an article with notes, its sources, the pages that readers expect.

    Asks for what the options leave open. Files that are there are never overwritten.
    """
    default = folder.resolve().name.replace("-", " ").replace("_", " ").title()
    name = name or _asked("Name of the site", default)
    language = language or _asked("Language", "en", LANGUAGES)
    author = author if author is not None else _asked("Who writes the notes", "")
    requirement, engine = _engine()
    day = today()
    variant: Literal["class", "site"] = "class" if for_class else "site"
    made = starter(Wish(name, language, author, requirement, _versions(), day, variant))
    if sys.platform == "win32":
        del made["Makefile"]
    made |= engine
    there = sorted(path for path in made if (folder / path).exists())
    if there:
        listed = ", ".join(there[:5]) + (" …" if len(there) > 5 else "")
        raise click.ClickException(f"{folder} has {listed} already. Nothing was written; name a new folder.")
    try:
        for path, content in made.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            replace(folder / path, content)
    except OSError as error:
        raise click.ClickException(f"{error}") from None
    click.echo(f"{len(made) - len(engine)} files in {folder}/. Now:\n")
    if folder.resolve() != Path.cwd():
        click.echo(f"    cd {_quoted(str(folder))}")
    if "Makefile" in made:
        click.echo("    make serve")
    else:
        click.echo("    pip install -r requirements.txt && postil serve")


def _quoted(path: str) -> str:
    """A path as a shell takes it; those of Windows know double quotes, and no backslash that means another sign."""
    return subprocess.list2cmdline([path]) if sys.platform == "win32" else shlex.quote(path)


def _asked(question: str, default: str, choices: tuple[str, ...] = ()) -> str:
    """An answer from the terminal, or the default where nobody sits at one."""
    if not sys.stdin.isatty():
        return default
    kind = click.Choice(choices) if choices else str
    return str(click.prompt(question, default=default, type=kind, show_default=bool(default)))


def _versions() -> dict[str, str]:
    """The generator's version and the theme's: those installed here, else those that Postil was tried with."""
    found = dict(_PINNED)
    for key, package in (("mkdocs", "mkdocs"), ("material", "mkdocs-material")):
        try:
            found[key] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found


def _engine() -> tuple[str, dict[str, bytes]]:
    """How a new site gets Postil: from where it was installed, or by a copy of it where that is a folder.

    Returns:
        The lines for requirements.txt, and the files to go with the site.
    """
    try:
        distribution = importlib.metadata.distribution("postil")
        origin = json.loads(distribution.read_text("direct_url.json") or "{}")
    except importlib.metadata.PackageNotFoundError:
        distribution, origin = None, {"url": "file:"}
    if not origin:  # from an index
        return f"postil[offline,import]=={postil.__version__}", {}
    if "vcs_info" in origin:
        info = origin["vcs_info"]
        return f"postil[offline,import] @ {info['vcs']}+{origin['url']}@{info['commit_id']}", {}
    package = Path(postil.__file__).parent
    copied = {
        f"{_ENGINE}/postil/{file.relative_to(package).as_posix()}": file.read_bytes()
        for file in sorted(package.rglob("*"))
        if file.is_file() and "__pycache__" not in file.parts
    }
    requires = [] if distribution is None else distribution.requires or []
    return f"./{_ENGINE}[offline,import]", copied | {f"{_ENGINE}/pyproject.toml": _project(requires).encode()}


def _project(requires: list[str]) -> str:
    """What installs the copy."""
    needed: list[str] = []
    extras: dict[str, list[str]] = {"offline": [], "import": []}
    for line in requires:
        what, _, condition = line.partition(";")
        extra = re.search(r"extra\s*==\s*[\"']([^\"']+)[\"']", condition)
        (extras.setdefault(extra[1], []) if extra else needed).append(what.strip())
    lines = [
        "[build-system]",
        'requires = ["setuptools>=77"]',
        'build-backend = "setuptools.build_meta"',
        "",
        "[project]",
        'name = "postil"',
        f'version = "{postil.__version__}"',
        f"dependencies = {json.dumps(needed)}",
        "",
        "[project.scripts]",
        'postil = "postil.commands:main"',
        "",
        '[project.entry-points."markdown.extensions"]',
        'postil = "postil.adapters.markdown:PostilExtension"',
        "",
        '[project.entry-points."mkdocs.plugins"]',
        'postil = "postil.adapters.mkdocs:PostilPlugin"',
        "",
        "[project.optional-dependencies]",
        *(f"{name} = {json.dumps(packages)}" for name, packages in sorted(extras.items())),
        "",
        "[tool.setuptools.packages.find]",
        'include = ["postil*"]',
        "",
        "[tool.setuptools.package-data]",
        'postil = ["**/*"]',
        "",
    ]
    return "\n".join(lines)
