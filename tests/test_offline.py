"""The copies that go with a reader: made as their author makes them, and opened."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from browsing import ROOT

NAME = "us-iraq-alliance"


def offline(*arguments: str | Path, cwd: Path = ROOT, code: int = 0, **environment: str) -> str:
    command = [sys.executable, "-m", "postil", "offline", *map(str, arguments)]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1700000000", **environment}
    process = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    told = process.stdout + process.stderr
    assert process.returncode == code, told
    assert "Traceback" not in told
    return told


@pytest.fixture(scope="session")
def copies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every copy of the repository's site."""
    folder = tmp_path_factory.mktemp("copies") / "dist"
    offline("-d", folder)
    return folder


class Recorded:
    """A page that remembers every request and every error of its scripts."""

    def __init__(self, browser: Browser, file: Path, width: int = 1280, **options: Any) -> None:
        self.page: Page = browser.new_context(viewport={"width": width, "height": 900}, **options).new_page()
        self.requests: list[str] = []
        self.errors: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.goto(file.as_uri())

    @property
    def foreign(self) -> list[str]:
        """Requests for anything but files of this machine."""
        return [url for url in self.requests if not url.startswith(("file://", "data:", "about:", "blob:"))]


@pytest.fixture(scope="session")
def unpacked(copies: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive, unpacked where the path has spaces and letters of other scripts."""
    folder = tmp_path_factory.mktemp("a b") / "Größe & أخبار #1"
    zipfile.ZipFile(copies / "postil-offline.zip").extractall(folder)
    return folder / "postil-offline"


@pytest.mark.browser
def test_the_archive_gives_from_the_disk_what_the_web_has(browser: Browser, unpacked: Path) -> None:
    opened = Recorded(browser, unpacked / "index.html")
    page = opened.page
    page.get_by_role("link", name="Read the article with its notes").click()
    page.wait_for_selector(".postil-note")
    page.keyboard.press("j")
    assert "#note-" in page.url
    assert page.evaluate("document.fonts.check('16px \"Source Serif 4 Variable\"')")
    assert page.evaluate("[...document.fonts].filter(font => font.status === 'loaded').length") > 1
    page.check("input[value=verdict-outdated]", force=True)
    shown = page.locator(".postil-note").evaluate_all(
        "all => all.filter(n => getComputedStyle(n).visibility != 'hidden').length"
    )
    assert shown == 4
    page.locator("label[title='Switch to dark']").click()
    assert page.get_attribute("body", "data-md-color-scheme") == "slate"
    for name, drawing in (("people.html", ".postil-map"), ("timeline.html", ".postil-axis")):
        page.goto((unpacked / name).as_uri())
        assert page.locator(drawing).first.is_visible()
    assert opened.foreign == []
    assert opened.errors == []


@pytest.mark.browser
@pytest.mark.parametrize("start", ["index.html", f"articles/{NAME}.html"])
def test_the_search_of_the_archive_finds_words_inside_of_notes(browser: Browser, unpacked: Path, start: str) -> None:
    opened = Recorded(browser, unpacked / start)
    page = opened.page
    page.keyboard.press("/")
    page.keyboard.type("image snap loosened", delay=10)  # words of that note only
    hit = page.locator('.md-search-result__link[href*="#note-headline-image"]').first
    hit.wait_for(state="attached")
    for more in page.locator(".md-search-result__more > summary").all():
        more.click()
    hit.click()
    page.wait_for_url("**/us-iraq-alliance.html*#note-headline-image")
    assert page.locator("#note-headline-image").is_visible()
    assert opened.foreign == []
    assert opened.errors == []


def test_the_archive_holds_no_address_that_a_page_would_load(unpacked: Path) -> None:
    pattern = re.compile(
        r"""<(?:script|img|iframe|source)[^>]*\ssrc=["']?(?:https?:)?//|<link[^>]*\shref=["']?(?:https?:)?//"""
    )
    assert [page.name for page in unpacked.rglob("*.html") if pattern.search(page.read_text("utf-8"))] == []
    assert (unpacked / "README.txt").read_text("utf-8").startswith("Postil: a copy to take along, of 14 November 2023")
    assert not (unpacked / "downloads").exists()
