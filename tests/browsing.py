"""A real browser for the tests: the repository's site on a port of this machine, pages of any width."""

from __future__ import annotations

import functools
import http.server
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from find_browser import find

ROOT = Path(__file__).resolve().parent.parent
WIDTHS = (320, 390, 820, 1100, 1280, 1440, 1920)
ARTICLE = "articles/us-iraq-alliance/"

# How many notes overlap; how far, in pixels, each note stands from the link to it.
OVERLAPS = """() => {
    const boxes = [...document.querySelectorAll(".postil-note")].filter(n => getComputedStyle(n).visibility !== "hidden")
        .map(n => n.getBoundingClientRect()).filter(b => b.width && b.height).sort((a, b) => a.top - b.top)
    return boxes.filter((box, i) => i && box.top < boxes[i - 1].bottom - .5).length
}"""
DRIFT = """() => [...document.querySelectorAll(".postil-note")].map(n => Math.abs(
    n.getBoundingClientRect().top - document.getElementById("ref-" + n.id.slice(5)).getBoundingClientRect().top))"""


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing."""


def build(source: Path, folder: Path) -> Path:
    """Build a site as its author would."""
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "-q", "-d", str(folder)], cwd=source, check=True
    )
    return folder


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder on a port of this machine."""
    handler = functools.partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


@contextmanager
def launched() -> Iterator[Browser]:
    """The browser that tests/find_browser.py finds."""
    path = find()
    assert path, "no browser: run tests/find_browser.py"
    arguments = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--no-first-run"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


def open_page(
    browser: Browser, address: str, width: int, *, height: int = 900, show: str = "all", **options: Any
) -> Page:
    """A page in a context of its own, with the notes that a reader chose: `read`, `key`, `all`, or "" for a new one."""
    context = browser.new_context(viewport={"width": width, "height": height}, **options)
    if show:
        context.add_init_script(f"localStorage.getItem('postil-show') || localStorage.setItem('postil-show', '{show}')")
    page = context.new_page()
    page.goto(address)
    choice = page.locator(f".postil-filter input[value='{show}']")
    if show and options.get("java_script_enabled") is False and choice.count():
        choice.check(force=True)
    return page


def boxes(page: Page, selector: str) -> list[dict[str, float]]:
    script = "all => all.map(e => e.getBoundingClientRect().toJSON()).filter(b => b.width && b.height)"
    found: list[dict[str, float]] = page.eval_on_selector_all(selector, script)
    return found


def violations(page: Page, context: str | None = None) -> list[tuple[str, str, str]]:
    """The rules of accessibility (axe) that a page, or one element of it, breaks: rule, where, what to do."""
    return [
        (item["id"], node["html"][:120], node["failureSummary"])
        for item in Axe().run(page, context=context).response["violations"]
        for node in item["nodes"]
    ]
