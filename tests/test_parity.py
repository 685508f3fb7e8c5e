"""One site, three generators: what is ours is the same under MkDocs, ProperDocs and Zensical.

What differs by right is named here, and in README ("In another MkDocs site").
"""

from __future__ import annotations

import html
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT, Project
from postil.build.isolated import Order, run

pytest.importorskip("zensical", reason="Zensical has no package for this system; pip install zensical")
pytest.importorskip("properdocs", reason="ProperDocs is not installed; pip install properdocs")

SITES = {"ours": ROOT, "constructs": ROOT / "tests/sites/constructs", "arabic": ROOT / "tests/sites/arabic"}
OTHERS = ("properdocs", "zensical")
# Of the theme or of the search, by names of its own.
THEME = re.compile(r"assets/(javascripts|stylesheets|images|external)/|search/|search\.json|sitemap\.xml\.gz")
_CONTENT = re.compile(r'<article class="md-content__inner[^>]*>(.*?)</article>', re.DOTALL)
_HEAD = re.compile(
    r'<script type="application/ld\+json.*?</script>|<style>\.?[^<]*postil.*?</style>|<title>.*?</title>'
    r'|<(?:link|script)[^>]*postil[^>]*>|<link[^>]*rel="alternate"[^>]*>|<meta (?:name="description"|property)[^>]*>',
    re.DOTALL,
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, published: Path) -> dict[tuple[str, str], Path]:
    """Every site, built with every generator, strict: (site, generator) → folder."""
    folder = tmp_path_factory.mktemp("parity")
    found = {("ours", "mkdocs"): published}
    for site, source in SITES.items():
        for generator in ("mkdocs", *OTHERS):
            if (site, generator) not in found:
                place = folder / f"{site}-{generator}"
                command = ["build", "-f", str(source / "mkdocs.yml"), "-g", generator, "-d", str(place)]
                process = subprocess.run(
                    [sys.executable, "-m", "postil", *command], cwd=source, capture_output=True, text=True, check=False
                )
                assert process.returncode == 0, process.stdout + process.stderr
                found[site, generator] = place
    return found


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "pair" in metafunc.fixturenames:
        metafunc.parametrize(
            "pair", [(site, other) for site in SITES for other in OTHERS], ids="-".join, scope="module"
        )


@pytest.fixture
def both(built: dict[tuple[str, str], Path], pair: tuple[str, str]) -> tuple[Path, Path]:
    return built[pair[0], "mkdocs"], built[pair]


def files(folder: Path) -> set[str]:
    names = (file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())
    return {name for name in names if not THEME.match(name)}


def content(folder: Path, page: str) -> str:
    """What stands in the article's column, without the theme's own empty lines and its target of a link."""
    found = _CONTENT.search((folder / page).read_text("utf-8"))
    text = found[1].replace('<a id="__skip" tabindex="-1"></a>', "") if found else ""
    return re.sub(r"\n\s*\n+", "\n", text).strip()


def test_the_same_files_and_exports_byte_for_byte(both: tuple[Path, Path]) -> None:
    mkdocs, other = both
    assert files(mkdocs) == files(other)
    assert len(files(mkdocs)) > 25
    with_pages = {name for name in files(mkdocs) if name.endswith(".html") and "/embed/" not in name}
    differ = {
        name
        for name in files(mkdocs) - with_pages - {"sitemap.xml"}
        if (mkdocs / name).read_bytes() != (other / name).read_bytes()
    }
    assert not differ


def test_the_same_articles_notes_marks_links_and_made_pages(both: tuple[Path, Path]) -> None:
    mkdocs, other = both
    pages = sorted(name for name in files(mkdocs) if name.endswith("/index.html") or name == "index.html")
    assert sum("notes/" in page for page in pages) >= 8
    assert 'class="postil-note ' in "".join(content(mkdocs, page) for page in pages)
    for page in pages:
        assert content(mkdocs, page) == content(other, page), page


def test_the_same_data_for_machines_styles_and_scripts(both: tuple[Path, Path]) -> None:
    names = sorted(name for name in files(both[0]) if name.endswith(".html") and name != "404.html")
    for page in names:
        mine, theirs = (
            [tag for tag in _HEAD.findall((folder / page).read_text("utf-8")) if not _is_home_title(page, tag)]
            for folder in both
        )
        assert sorted(mine) == sorted(theirs), page


def _is_home_title(page: str, tag: str) -> bool:
    """Zensical gives the front page the title of its heading, Material that of the site alone."""
    return page == "index.html" and tag.startswith("<title>")


def test_the_same_search_entries(both: tuple[Path, Path]) -> None:
    mkdocs, other = (_entries(folder) for folder in both)
    assert list(mkdocs) and sorted(mkdocs) == sorted(other)
    for location, entry in mkdocs.items():
        theirs = other[location]
        assert entry["title"] == theirs["title"]
        if "#note-" in location:
            assert entry["text"] == theirs["text"]
        else:  # spaces around tags, and what is read of a drawing, are the indexer's own
            mine, read = set(_words(entry["text"])), set(_words(theirs["text"]))
            assert len(read - mine) <= 10 + len(read) / 10, location


def _entries(folder: Path) -> dict[str, dict[str, str]]:
    mkdocs, zensical = folder / "search/search_index.json", folder / "search.json"
    entries = json.loads((mkdocs if mkdocs.is_file() else zensical).read_text("utf-8"))
    return {entry["location"]: entry for entry in entries.get("docs") or entries["items"]}


def _words(text: str) -> list[str]:
    return re.findall(r"\w{3,}", html.unescape(re.sub(r"<[^>]*>", " ", text)))


def test_the_same_site_map(built: dict[tuple[str, str], Path]) -> None:
    maps = [(built["constructs", name] / "sitemap.xml").read_text("utf-8") for name in ("mkdocs", *OTHERS)]
    addresses = [set(re.findall("<loc>(.*?)</loc>", text)) for text in maps]
    assert addresses[0] == addresses[1] == addresses[2]
    assert "https://example.org/texts/essays/lock/notes/opened/" in addresses[0]


def test_nothing_private_is_published(built: dict[tuple[str, str], Path]) -> None:
    for folder in (built["constructs", name] for name in ("mkdocs", *OTHERS)):
        names = {file.name for file in folder.rglob("*")}
        assert not {name for name in names if name.endswith(".yml") or ".annotations.snapshot" in name}
        assert not {name for name in names if "secret" in name or "postil-frame" in name}
        everything = "".join(file.read_text("utf-8", "replace") for file in folder.rglob("*.*") if file.is_file())
        assert "Nobody shall read this" not in everything and "<!--postil" not in everything


BAD = {
    "docs/index.md": "# A\n\nThe bridge was opened in 1931. [no](nope.md) [id](b.md#nowhere) [x](b)\n",
    "docs/b.md": "# B\n\n[up](#up) [abs](/b/) [mail](a@b.c) [own](#b)\n",
}
NOTE = "- {{id: {0}, quote: {1}, kind: context, note: {2}, author: editors, created: 2026-01-01{3}}}\n"
MISTAKES = (
    "annotations:\n"
    + NOTE.format("lost", "opened in 1932", "x", "")
    + NOTE.format("source", "opened", "x", ", sources: [S9]")
    + NOTE.format("link", "bridge", '"See [it](gone.md)."', "")
)
LINKS = "annotations:\n" + NOTE.format("link", "opened", '"See [it](gone.md), [b](b.md#gone) and [c](#up)."', "")
WRONG = {
    "mistakes": (
        MISTAKES,
        ["lost: 'opened in 1932': these words are not on the page", "'S9'", "link: the note contains"],
    ),
    "links": (
        LINKS,
        ["'gone.md'", "'#gone'", "'nope.md'", "'c.md' is included in the 'nav'", "mailto", "no such anchor"],
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_strict_build_fails_with_the_same_lines(project: Project, case: str) -> None:
    notes, words = WRONG[case]
    text = (project.folder / "mkdocs.yml").read_text("utf-8").replace("ignore, ", "ignore, absolute_links: warn, ")
    project.write({**BAD, "docs/index.annotations.yml": notes, "mkdocs.yml": text + "nav: [index.md, b.md, c.md]\n"})
    told = {}
    for generator in ("mkdocs", "zensical"):
        report = run(Order(config=project.folder / "mkdocs.yml", generator=generator), lambda _: None)
        assert not report.succeeded
        told[generator] = sorted(report.complaints)
    assert told["mkdocs"] == told["zensical"]
    for part in words:
        assert any(part in line for line in told["zensical"]), part
