"""What tests share: sites drawn as a tree of files and really built, a browser, golden files."""

from __future__ import annotations

import logging
import os
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser

# How long one example takes says more of the machine than of the code.
settings.register_profile("postil", deadline=None)
settings.load_profile("postil")

ROOT = Path(__file__).resolve().parent.parent
# What a test starts is this checkout, whatever is installed.
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(ROOT / "hooks"), os.environ.get("PYTHONPATH")]))

MKDOCS_YML = """\
site_name: Test
theme: {name: material, font: false}
hooks: [HOOK]
plugins: [search]
markdown_extensions: [attr_list, admonition, footnotes, tables, def_list, md_in_html, {toc: {permalink: true}}]
validation: {omitted_files: ignore, anchors: warn, unrecognized_links: warn}
"""

SOURCES = """\
references:
  - id: S1
    type: report
    title: A report
    container-title: The Office
    issued: 2020-02-09
    URL: https://example.org/report
"""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-goldens", action="store_true", help="Write what the code gives into the golden files.")


@dataclass
class Project:
    """A site's folder in the making.

    `write` takes a tree: file names with slashes, and their contents.
    """

    folder: Path

    def write(self, files: dict[str, str | bytes]) -> Project:
        for name, content in files.items():
            file = self.folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(content, bytes):
                file.write_bytes(content)
            else:
                file.write_text(textwrap.dedent(content), "utf-8", newline="\n")
        return self

    def read(self, name: str) -> str:
        return (self.folder / "site" / name).read_text("utf-8")

    def exists(self, name: str) -> bool:
        return (self.folder / "site" / name).exists()

    def build(self, *, serving: bool = False, strict: bool = True) -> list[str]:
        """Build with MkDocs in this process; returns the warnings and errors."""
        from mkdocs import config
        from mkdocs.commands import build
        from mkdocs.exceptions import Abort

        seen: list[str] = []

        class Seen(logging.Handler):
            def emit(self, record: logging.LogRecord) -> None:
                seen.append(record.getMessage())

        handler = Seen(logging.WARNING)
        logger = logging.getLogger("mkdocs")
        logger.addHandler(handler)
        settings = config.load_config(str(self.folder / "mkdocs.yml"), strict=strict)
        settings.plugins.on_startup(command="serve" if serving else "build", dirty=False)
        try:
            build.build(settings, serve_url="http://localhost/" if serving else None)
        except Abort:
            pass
        finally:
            settings.plugins.on_shutdown()
            logger.removeHandler(handler)
        return seen


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """An empty site with one source; messages name files from its folder."""
    monkeypatch.chdir(tmp_path)
    hook = (ROOT / "hooks" / "annotations.py").as_posix()
    return Project(tmp_path).write({"mkdocs.yml": MKDOCS_YML.replace("HOOK", hook), "docs/sources.yml": SOURCES})


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str, str], None]:
    """Compares what the code gives with what a golden file holds below a heading line; `--update-goldens` writes it."""

    def compare(file: Path, marker: str, given: str) -> None:
        text = file.read_text("utf-8")
        head, found, expected = text.partition(marker)
        assert found, f"{file} has no line {marker!r}"
        if request.config.getoption("--update-goldens") and expected != given:
            file.write_text(head + marker + given, "utf-8", newline="\n")
        else:
            assert given == expected

    return compare


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's site, built."""
    import browsing

    return browsing.build(ROOT, tmp_path_factory.mktemp("built") / "site")


@pytest.fixture(scope="session")
def address(published: Path) -> Iterator[str]:
    """The repository's site on a port of this machine."""
    import browsing

    with browsing.served(published) as url:
        yield url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium or Chrome."""
    import browsing

    with browsing.launched() as browser:
        yield browser
