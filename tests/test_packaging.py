"""What is installed: the wheel in an environment of its own, the extras, and a start that loads no more than is used."""

from __future__ import annotations

import ast
import importlib.metadata
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner
from packaging.requirements import Requirement

import postil
from conftest import ROOT, SOURCES
from postil import commands
from postil.model.extras import EXTRAS, what_is_missing

PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
PACKAGE = ROOT / "hooks" / "postil"
FILES = "https://example.org/postil/"
SITE = {
    "mkdocs.yml": "site_name: T\ntheme: {name: material, font: false}\nplugins: [search, postil]\n",
    "docs/index.md": "# A\n\nThe bridge.\n",
    "docs/index.annotations.yml": "annotations:\n- {id: one, quote: bridge, kind: context, note: x, sources: [S1], author: editors, created: 2026-01-01}\n",
    "docs/sources.yml": SOURCES,
    "notes.csv": "page,exact,note\n,bridge,x\n",
}


def needed(*requirements: str) -> dict[str, importlib.metadata.Distribution]:
    """What these need, with all that it needs itself, as it is installed here."""
    found: dict[str, importlib.metadata.Distribution] = {}
    waiting = [Requirement(line) for line in requirements]
    while waiting:
        requirement = waiting.pop()
        if requirement.name.lower() in found:
            continue
        distribution = importlib.metadata.distribution(requirement.name)
        assert requirement.specifier.contains(distribution.version), f"{requirement}: {distribution.version}"
        found[requirement.name.lower()] = distribution
        for line in distribution.requires or ():
            further = Requirement(line)
            if further.marker is None or further.marker.evaluate({"extra": ""}):
                waiting.append(further)
    return found


def link(distribution: importlib.metadata.Distribution, packages: Path) -> None:
    """Put a distribution that is installed here into the packages of another environment."""
    for part in {file.parts[0] for file in distribution.files or ()} - {"..", "__pycache__"}:
        if not (packages / part).exists():
            (packages / part).symlink_to(str(distribution.locate_file(part)))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy of what belongs to the package."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, str(ROOT / "tools" / "wheel.py"), "--folder", str(folder), "--files", FILES]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return Path(told.strip())


class Installed:
    """The wheel in an environment of its own, with what it needs, MkDocs and Material, and nothing else."""

    def __init__(self, folder: Path, wheel: Path) -> None:
        environment = folder / "environment"
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(environment)], check=True)
        self.python = environment / ("Scripts" if os.name == "nt" else "bin") / "python"
        place = [str(self.python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
        self.packages = Path(subprocess.run(place, check=True, capture_output=True, text=True).stdout.strip())
        # A pip that runs for another Python may take what is installed beside itself for installed there.
        pip = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-index", "--ignore-installed"]
        subprocess.run([*pip, "--target", str(self.packages), str(wheel)], check=True)
        for distribution in needed(*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["mkdocs"]).values():
            link(distribution, self.packages)
        self.site = folder / "site"
        for name, content in SITE.items():
            file = self.site / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content, "utf-8")

    def run(self, *arguments: str, code: int = 0) -> str:
        """What a command prints that somebody runs in the folder of the site."""
        environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
        environment["NO_MKDOCS_2_WARNING"] = "1"
        process = subprocess.run(
            [str(self.python), "-m", *arguments],
            cwd=self.site,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        told = process.stdout + process.stderr
        assert process.returncode == code, told
        assert "Traceback" not in told
        return told


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    return Installed(tmp_path_factory.mktemp("installed"), wheel)


def test_the_wheel_has_every_file_of_the_package_and_no_article(wheel: Path) -> None:
    here = {
        f"postil/{file.relative_to(PACKAGE).as_posix()}"
        for file in PACKAGE.rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    there = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert there == here


def test_links_of_the_description_lead_into_the_repository(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    text = archive.read(next(name for name in archive.namelist() if name.endswith("/METADATA"))).decode()
    links = re.findall(r"\]\(([^)]*)\)", text.partition("\n\n")[2])
    assert sum(link.startswith(f"{FILES}screenshots/") for link in links) >= 5
    assert not [link for link in links if not re.match(r"https?://|#", link)]


@pytest.mark.xdist_group("wheel")
def test_the_plugin_of_the_wheel_builds_a_site(installed: Installed) -> None:
    where = installed.run("postil", "--version")
    assert where.strip() == f"postil, version {postil.__version__}"
    assert "WARNING" not in installed.run("mkdocs", "build", "--strict", "-q")
    page = (installed.site / "site" / "index.html").read_text("utf-8")
    assert 'id="note-one"' in page and 'id="ref-one"' in page
    assert not list((installed.site / "site").rglob("*.yml"))
    told = installed.run("postil", "check")
    assert told.startswith("All is well: 1 note on 1 article: context 1.")


@pytest.mark.xdist_group("wheel")
def test_the_package_alone_has_no_package_of_an_extra(installed: Installed) -> None:
    there = {folder.name for folder in installed.packages.iterdir()}
    extras = {module for extra in ("import", "offline", "styles") for module in EXTRAS[extra]}
    assert not there & (extras - {"lxml"})  # citeproc-py brings it along


@pytest.mark.xdist_group("wheel")
def test_what_an_extra_brings_is_told_in_a_line(installed: Installed) -> None:
    told = installed.run("postil", "import", "notes.csv", code=1)
    line = r"this needs the package \w+; pip install 'postil\[{}\]' installs it\n"
    assert re.fullmatch(f"Error: {line.format('import')}", told)
    told = installed.run("postil", "offline", "md", "-d", "out", code=1)
    assert re.search(rf"  index\.md: {line.format('offline')}", told)
    (installed.site / "docs" / "postil.yml").write_text("citation_style: apa\n", "utf-8")
    told = installed.run("postil", "check", code=1)
    (installed.site / "docs" / "postil.yml").unlink()
    assert "there is no citation style 'apa'; for 10,000 more: pip install 'postil[styles]'" in told
    (installed.packages / "mkdocs").rename(installed.packages / "mkdocs.away")
    told = installed.run("postil", "check", code=1)
    (installed.packages / "mkdocs.away").rename(installed.packages / "mkdocs")
    assert told.splitlines() == ["Error: this needs the package mkdocs; pip install 'postil[mkdocs]' installs it"]


# A plug-in of others, asked only where the site has loaded it.
OTHERS = {"mkdocs_print_site_plugin"}


def test_every_import_is_of_what_the_package_or_an_extra_brings() -> None:
    modules = importlib.metadata.packages_distributions()
    brought = {
        extra: {Requirement(line).name.lower().replace("_", "-") for line in lines}
        for extra, lines in {"": PROJECT["dependencies"], **PROJECT["optional-dependencies"]}.items()
    }
    for extra, names in EXTRAS.items():
        for module in names:
            for distribution in modules.get(module, []):
                assert distribution.lower().replace("_", "-") in brought[extra], module
    core = brought[""] | {"pydantic-core"}  # a part of pydantic
    wrong = set()
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            found = [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
            found += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            for name in (
                {name.partition(".")[0] for name in found} - {"postil", "__future__"} - OTHERS - sys.stdlib_module_names
            ):
                distributions = {one.lower().replace("_", "-") for one in modules.get(name, [])}
                if not distributions & core and not any(name in known for known in EXTRAS.values()):
                    wrong.add(f"{file.relative_to(PACKAGE)}: {name}")
    assert not wrong


def test_a_broken_package_is_not_taken_for_a_missing_one() -> None:
    assert what_is_missing(ImportError("x", name="jinja2")) == ""
    assert "postil[offline]" in what_is_missing(ImportError("x", name="markdownify"), "offline")
    assert "postil[import]" in what_is_missing(ImportError("x", name="markdownify"))


def test_help_loads_no_command() -> None:
    code = (
        "import sys\nfrom postil.commands import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        "print({'pydantic', 'jinja2', 'markdown', 'yaml', 'lxml', 'mkdocs', 'babel'} & set(sys.modules))"
    )
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert told.endswith("set()\n")
    lines = told.partition("Commands:")[2].splitlines()
    assert [line.split()[0] for line in lines if line[2:3].strip()][: len(commands.COMMANDS)] == list(commands.COMMANDS)


def test_every_command_is_where_the_table_says() -> None:
    group = commands.main
    assert isinstance(group, click.Group)
    for name in commands.COMMANDS:
        command = group.get_command(click.Context(group), name)
        assert command is not None
        assert command.name == name
        assert command.help


def test_a_command_that_is_none_names_the_nearest() -> None:
    told = CliRunner().invoke(commands.main, ["chek"])
    assert told.exit_code == 2
    assert "no such command: chek (did you mean 'check'?)" in told.output


def test_what_a_test_starts_is_this_checkout() -> None:
    code = "import postil; print(postil.__file__)"
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd="/").stdout
    assert Path(told.strip()).parent == PACKAGE
