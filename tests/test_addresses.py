"""Addresses are not paths: files with any name lie where a web server looks for them, in every output."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from browsing import served
from conftest import MKDOCS_YML, ROOT, SOURCES, Project
from crawler import Crawler
from postil.site.urls import file_of, folder, moved, note_url, path_of, relative, resolved, uri_of, url_of

PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c020000000b4944415478da6364f80f00010501012718e366"
    "0000000049454e44ae426082"
)
ARTICLES = {
    "Über uns/Die Brücke über den Fluß": "../bilder/Brücke & Fluß #1.png",
    "文章/桥 与 河": "../bilder/Brücke & Fluß #1.png",
    "مقالات/جسر": "../bilder/Brücke & Fluß #1.png",
    "c# & co/50% +1 v1.2": "../bilder/Brücke & Fluß #1.png",
    "it's (a) 100%25": "bilder/Brücke & Fluß #1.png",
}
SOURCE_IDS = ("S 1", "Straße#2", "源", "a%20b", "c++.v1")
NOTE = """\
annotations:
  - id: opened
    quote: opened in 1931
    kind: fact-check
    verdict: confirmed
    note: "As [the others](<LINK>) say; ![a picture](<PICTURE>)."
    sources: [IDS]
    author: editors
    created: 2026-01-01
  - {id: closed, quote: closed in 1950, kind: context, note: So it was., author: editors, created: 2026-01-01}
"""
SITE_URL = "https://news.example/a%20path/%C3%BC/"


def address(path: str) -> str:
    """A path as Markdown writes it in `<…>`: what begins a fragment or looks like an encoding is encoded."""
    return path.replace("%", "%25").replace("#", "%23")


def files(config: str) -> dict[str, str | bytes]:
    written: dict[str, str | bytes] = {
        "mkdocs.yml": config,
        "docs/index.md": "# Home\n\nWords.\n",
        "docs/bilder/Brücke & Fluß #1.png": PICTURE,
        "docs/sources.yml": SOURCES
        + "".join(
            SOURCES.split("\n", 1)[1].replace("S1", f'"{name}"').replace("A report", name) for name in SOURCE_IDS
        ),
    }
    names = list(ARTICLES)
    for number, (name, picture) in enumerate(ARTICLES.items()):
        up = "../" * name.count("/")
        link = address(f"{up}{names[number - 1]}.md")
        written[f"docs/{name}.md"] = (
            f"# {name}\n\nThe bridge opened in 1931. It closed in 1950. See [another](<{link}>).\n\n"
            f"![A picture](<{address(picture)}>)\n"
        )
        ids = ", ".join(f'"{source}"' for source in ("S1", *SOURCE_IDS))
        note = NOTE.replace("IDS", ids).replace("LINK", link).replace("PICTURE", address(picture))
        written[f"docs/{name}.annotations.yml"] = note
    return written


@pytest.fixture(scope="module", params=[True, False], ids=["folders", "html"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """The site, built as its author would."""
    folder = tmp_path_factory.mktemp("address")
    config = MKDOCS_YML.replace("HOOK", (ROOT / "hooks" / "annotations.py").as_posix())
    config += f"site_url: {SITE_URL}\nuse_directory_urls: {str(request.param).lower()}\n"
    config = config.replace("[search]", "[search, offline: {enabled: !ENV [POSTIL_OFFLINE, false]}]")
    project = Project(folder).write(files(config))
    command = [sys.executable, "-m", "postil", "build"]
    process = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert process.returncode == 0, process.stdout + process.stderr
    project.told = process.stdout  # type: ignore[attr-defined]
    yield project


def test_a_server_finds_every_address(site: Project) -> None:
    with served(site.folder / "site") as base:
        crawler = Crawler(base, SITE_URL)
        crawler.crawl("", "sitemap.xml", "feed.xml", "feed.json", *crawler.search())
        assert crawler.faults == []
        paths = {path_of(url.removeprefix(base)) for url in crawler.seen}
    for name in ARTICLES:
        own = [path for path in paths if f"{name}/notes/opened" in path]
        assert own, name
        for file in ("annotations.jsonld", "notes.csv", "annotations.hypothesis.json"):
            assert f"{name}/{file}" in paths
    assert not [path for path in (site.folder / "site").rglob("*") if "%C3" in path.name or "%E6" in path.name]


def test_nothing_is_missing_on_the_disk(site: Project) -> None:
    crawler = Crawler((site.folder / "site").as_uri() + "/").crawl("index.html")
    assert crawler.faults == []


def test_what_a_command_prints_can_be_opened(site: Project) -> None:
    printed = [word for line in site.told.splitlines() for word in line.split() if word.startswith("file:")]  # type: ignore[attr-defined]
    assert len(printed) == len(ARTICLES) + 1
    crawler = Crawler("file:///")
    assert crawler.crawl(*printed).faults == [] or not [fault for fault in crawler.faults if "start" in fault]


def test_copies_are_offered_where_they_are(site: Project, tmp_path: Path) -> None:
    copy = Project(tmp_path / "site")
    shutil.copytree(site.folder, copy.folder)
    command = [sys.executable, "-m", "postil", "offline", "zip", "html", "md", "epub"]
    process = subprocess.run(command, cwd=copy.folder, capture_output=True, text=True)
    assert process.returncode == 0, process.stdout + process.stderr
    subprocess.run([sys.executable, "-m", "postil", "build"], cwd=copy.folder, check=True, capture_output=True)
    downloads = [file for file in (copy.folder / "site/downloads").iterdir() if file.name != "index.html"]
    assert len(downloads) == 1 + 3 * len(ARTICLES)
    with served(copy.folder / "site") as base:
        crawler = Crawler(base, SITE_URL).crawl(
            "downloads/" if copy.exists("downloads/index.html") else "downloads.html"
        )
        assert crawler.faults == []
        seen = {path_of(url.removeprefix(base)) for url in crawler.seen}
    assert {f"downloads/{file.name}" for file in downloads} <= seen
    for file in downloads:
        if file.suffix == ".html":
            assert "data:image/png;base64" in file.read_text("utf-8")
        if file.suffix == ".epub":
            with zipfile.ZipFile(file) as book:
                assert any(name.endswith(".png") for name in book.namelist())
    archive = next(file for file in downloads if file.suffix == ".zip")
    shutil.unpack_archive(archive, tmp_path / "unpacked")
    (top,) = (tmp_path / "unpacked").iterdir()
    start = (top if top.is_dir() else tmp_path / "unpacked").as_uri() + "/"
    assert Crawler(start).crawl("index.html").faults == []


@pytest.mark.parametrize(
    ("path", "url"),
    [("a/桥 1.html", "a/%E6%A1%A5%201.html"), ("50% +1#.md", "50%25%20%2B1%23.md"), ("a%20b", "a%2520b"), ("a", "a")],
)
def test_encoding_is_undone_once(path: str, url: str) -> None:
    assert url_of(path) == url
    assert path_of(url) == path
    assert path_of(f"{url}?q#f") == path


@pytest.mark.parametrize(
    ("url", "file", "own", "note"),
    [
        ("", "index.html", "", "notes/n/"),
        ("a/", "a/index.html", "a/", "a/notes/n/"),
        ("a%20b/", "a b/index.html", "a%20b/", "a%20b/notes/n/"),
        ("a.html", "a.html", "a/", "a/notes/n.html"),
        ("v1.2%20x.html", "v1.2 x.html", "v1.2%20x/", "v1.2%20x/notes/n.html"),
        ("index.html", "index.html", "", "notes/n.html"),
        ("a/index.html", "a/index.html", "a/", "a/notes/n.html"),
    ],
)
def test_the_files_of_a_page(url: str, file: str, own: str, note: str) -> None:
    assert (file_of(url), folder(url), note_url(url, "n")) == (file, own, note)


@pytest.mark.parametrize(
    ("address", "base", "there", "rest"),
    [
        ("x.html#a", "a/b/", "a/b/x.html", "#a"),
        ("../x/", "a/b/", "a/x/", ""),
        ("..", "a/b/", "a/", ""),
        ("../../..", "a/", "", ""),
        ("#f", "a/b.html", "a/b.html", "#f"),
        ("?q=1#f", "a/b.html", "a/b.html", "?q=1#f"),
        ("桥 1/", "a/", "a/%E6%A1%A5%201/", ""),
        ("%E6%A1%A5%201/", "a/", "a/%E6%A1%A5%201/", ""),
        ("50%25", "", "50%25", ""),
        ("", "a/", "a/", ""),
    ],
)
def test_where_an_address_leads(address: str, base: str, there: str, rest: str) -> None:
    assert resolved(address, base) == (there, rest)


@pytest.mark.parametrize(
    ("typed", "uri"),
    [
        ("https://example.org/müller site/", "https://example.org/m%C3%BCller%20site/"),
        ("https://bücher.example/ü/", "https://xn--bcher-kva.example/%C3%BC/"),
        ("https://example.org/a%20b/", "https://example.org/a%20b/"),
        ("https://example.org:80/~a/?b=c&d#e", "https://example.org:80/~a/?b=c&d#e"),
        ("http://[::1/ü", "http://[::1/%C3%BC"),
    ],
)
def test_data_has_addresses_of_ascii(typed: str, uri: str) -> None:
    assert uri_of(typed) == uri
    assert uri_of(uri) == uri


def test_a_fragment_moves_with_its_links() -> None:
    html = '<p id="own">"<a href="../ü/#x">a</a> <img src=\'b &amp; c.png\'> <a href="#own">o</a> <a href="#far">f</a> '
    html += '<a href="https://e.example/">e</a> <a href="/r">r</a></p><code>&lt;a href="x"&gt;</code>'
    assert moved(html, "a/b/", "") == (
        '<p id="own">"<a href="a/%C3%BC/#x">a</a> <img src="a/b/b%20%26%20c.png"> <a href="#own">o</a> '
        '<a href="a/b/#far">f</a> <a href="https://e.example/">e</a> <a href="/r">r</a></p>'
        '<code>&lt;a href="x"&gt;</code>'
    )
    assert 'href="https://s.example/a/%C3%BC/#x"' in moved(html, "a/b/", "", "https://s.example/")
    assert relative("a/x/", "a/y/") == "../x/"
