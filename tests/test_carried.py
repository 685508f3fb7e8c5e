"""What `postil build` carries over from the last site: a second build gives the bytes of a first one, after any change."""

from __future__ import annotations

import io
import logging
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from mkdocs.commands import build as mkdocs_build

from changing import configured, notes, renamed
from conftest import MKDOCS_YML, ROOT, SOURCES, Project
from postil.adapters.worker import Telling, work
from postil.build.isolated import Order, put_in_place
from test_command import postil

CONFIG = MKDOCS_YML.replace("HOOK", (ROOT / "hooks" / "annotations.py").as_posix()).replace(
    "theme: {name: material,", "site_url: https://example.org/x/\ntheme: {name: material, custom_dir: own,"
)
PLAIN = ("a", "b", "c", "deep/d")
TEXT = "# The bridge {0}\n\nIt was opened by the mayor[^1]. Nobody came.\n\n## Part\n\n{1}\n\n[^1]: Yes.\n"
ALL = None  # pages are drawn


def write(**files: str) -> Callable[[Project], Any]:
    return lambda project: project.write(dict(files))


def files(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def built(project: Project, *, place: str = "site") -> tuple[list[str], list[str]]:
    """As `postil build` does it, in this process: the pages that were drawn, and what was told."""
    drawn, draw = list[str](), mkdocs_build._build_page

    def counted(page: Any, *given: Any, **named: Any) -> None:
        drawn.append(page.file.src_uri)
        draw(page, *given, **named)

    aside, target = project.folder / ".aside", project.folder / place
    telling = Telling(io.StringIO())
    mkdocs_build._build_page = counted
    try:
        order = Order(config=project.folder / "mkdocs.yml", until="written", site_dir=aside / "site", place=target)
        report = work(order, telling)
        if report.succeeded:
            put_in_place(aside / "site", target, report.carried)
        assert report.succeeded or telling.told
    finally:
        mkdocs_build._build_page = draw
        shutil.rmtree(aside, ignore_errors=True)
        logging.getLogger("mkdocs").removeHandler(telling)
        logging.getLogger("properdocs").removeHandler(telling)
    assert not [entry.name for entry in project.folder.iterdir() if entry.name.startswith(".postil-")]
    return drawn, telling.told


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("carried")


@pytest.fixture
def site(before: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Project]:
    """A site that is built, in the same folder and with the same times of its files in each test."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    folder, first = before / "project", before / "first"
    project = Project(folder)
    if not first.exists():
        folder.mkdir()
        monkeypatch.chdir(folder)
        for name in PLAIN:
            link = "[C](../c.md)" if "/" in name else "[C](c.md#note-nc)"
            project.write({f"docs/{name}.md": TEXT.format(name, link)})
            project.write({f"docs/{name}.annotations.yml": notes(**{f"n{name[-1]}": "One."})})
        project.write({"docs/a.annotations.yml": notes(na='"See [it](c.md)."', more="Two.")})
        project.write({"docs/index.md": "# Home\n\n[A](a.md#note-na)\n", "docs/plain.md": "# Plain\n\n![](a.png)\n"})
        project.write({"mkdocs.yml": CONFIG, "docs/sources.yml": SOURCES, "docs/a.png": b"png", "own/x.html": "x"})
        project.write({"own/main.html": '{% extends "base.html" %}{% block footer %}{{ super() }}1{% endblock %}'})
        assert built(project)[1] == []
        shutil.copytree(folder, first)
    else:
        shutil.rmtree(folder)
        shutil.copytree(first, folder)
        monkeypatch.chdir(folder)
    yield project


def removed(*names: str) -> Callable[[Project], Any]:
    def change(project: Project) -> None:
        for name in names:
            (project.folder / name).unlink()

    return change


def by_hand(name: str, content: str) -> Callable[[Project], Any]:
    def change(project: Project) -> None:
        file = project.folder / "site" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, "utf-8")

    return change


def all_of(*changes: Callable[[Project], Any]) -> Callable[[Project], Any]:
    return lambda project: [change(project) for change in changes]


def hook(project: Project) -> None:
    project.write({"theirs.py": "def on_page_context(context, **_):\n    return context\n"})
    configured("plugins:", "  - theirs.py\nplugins:")(project)
    text = (project.folder / "mkdocs.yml").read_text("utf-8")
    project.write({"mkdocs.yml": text.replace("hooks: [", "hooks:\n  - ").replace("annotations.py]", "annotations.py")})


def in_our_hook(project: Project) -> None:
    ours = ROOT / "hooks" / "annotations.py"
    text = ours.read_text("utf-8").replace("Path(__file__).resolve().parent", f"Path({str(ours.parent)!r})")
    project.write({"mine.py": text + "\n\ndef on_post_page(output, **_):\n    return output + '<!-- mine -->'\n"})
    configured(ours.as_posix(), "mine.py")(project)


SOURCE = "references:\n- {id: S1, type: report, title: Another title, issued: 2020}\n"
PEOPLE = "people:\n- {id: mayor, name: The mayor, role: Opened the bridge., sources: [S1]}\n"
LATER = "{% block footer %}{{ super() }}1{{ build_date_utc }}{% endblock %}"
OTHERS = "{% block footer %}{% for page in nav.pages %}{{ page.content | length }}{% endfor %}{% endblock %}"
# What is changed, and which of the articles and plain pages are drawn because of it.
CHANGES: dict[str, tuple[Callable[[Project], Any], str | None]] = {
    "nothing": (lambda _: None, ""),
    "a note": (write(**{"docs/b.annotations.yml": notes(nb="Two.")}), "b"),
    "a note more": (write(**{"docs/b.annotations.yml": notes(nb="One.", n2="Two.")}), "b"),
    "a note less": (write(**{"docs/a.annotations.yml": notes(na='"See [it](c.md)."')}), "a"),
    "no note left": (write(**{"docs/b.annotations.yml": "annotations: []\n"}), "b"),
    "no notes file": (removed("docs/b.annotations.yml"), "b"),
    "a draft": (write(**{"docs/b.annotations.yml": notes(nb="One.").replace("created:", "status: draft, created:")}), "b"),
    "a text": (write(**{"docs/b.md": TEXT.format("b", "More.")}), "b"),
    "a title": (write(**{"docs/b.md": TEXT.format("of B", "[C](c.md#note-nc)")}), ALL),
    "front matter": (write(**{"docs/b.md": "---\ndescription: Of B\n---\n" + TEXT.format("b", "[C](c.md#note-nc)")}), ALL),
    "an article more": (write(**{"docs/e.md": "# E\n\nBy the mayor.\n", "docs/e.annotations.yml": notes(ne="One.")}), ALL),
    "an article less": (removed("docs/b.md", "docs/b.annotations.yml"), ALL),
    "an article of another name": (renamed("b", "z"), ALL),
    "a source": (write(**{"docs/sources.yml": SOURCE}), ALL),
    "records": (write(**{"docs/people.yml": PEOPLE}), ALL),
    "a setting of the notes": (write(**{"docs/postil.yml": "authors: {editors: {name: Others}}\n"}), ALL),
    "extra": (configured("plugins:", "extra: {generator: false}\nplugins:"), ALL),
    "the menu": (configured("plugins:", "nav: [index.md, b.md]\nplugins:"), ALL),
    "the theme": (configured("font: false", "font: false, language: ar"), ALL),
    "another theme": (configured("name: material", "name: mkdocs"), ALL),
    "a plug-in's option": (configured("[search]", "[{search: {separator: x}}]"), ALL),
    "a template": (write(**{"own/main.html": '{% extends "base.html" %}{% block footer %}2{% endblock %}'}), ALL),
    "a part of a template": (write(**{"own/x.html": "y"}), ALL),
    "a picture": (write(**{"docs/a.png": "another"}), ""),
    "a picture more": (write(**{"docs/b.png": "another"}), ""),
    "a file in the place of an export": (write(**{"docs/b/notes.csv": "mine"}), ALL),
    "files by hand": (
        all_of(by_hand("b/index.html", "x"), by_hand("c/notes/nc/index.html", "x"), by_hand("a/notes/x/index.html", "x")), "bc"
    ),
    "files gone": (removed("site/b/notes.csv", "site/index.html", "site/search/search_index.json"), "bhome"),
    "a file more in a folder": (all_of(by_hand("b/more.txt", "x"), by_hand("b/.hidden", "x"), by_hand("z/y", "x")), ""),
    "no site": (lambda project: shutil.rmtree(project.folder / "site"), ALL),
    "nothing kept": (lambda project: shutil.rmtree(project.folder / ".cache"), ALL),
    "a damaged record": (
        lambda project: [file.write_text("{") for file in (project.folder / ".cache/postil/written").iterdir()], ALL
    ),
    "addresses with endings": (configured("plugins:", "use_directory_urls: false\nplugins:"), ALL),
    "another day": (lambda _: os.environ.update(SOURCE_DATE_EPOCH="1760000000"), ""),
    "an extension that is not known": (configured("admonition,", "admonition, pymdownx.snippets,"), ALL),
    "a hook of theirs": (hook, ALL),
    "a hook of ours with more in it": (in_our_hook, ALL),
}  # fmt: skip
# Before the first build; whatever is set there, nothing is drawn again where nothing has changed, or all always.
KINDS: dict[str, tuple[Callable[[Project], Any], bool]] = {
    "addresses with endings": (configured("plugins:", "use_directory_urls: false\nplugins:"), True),
    "the other search": (configured("name: material", "name: mkdocs"), True),
    "notes on the home page": (write(**{"docs/index.md": "# Home\n\nBy the mayor.\n", "docs/index.annotations.yml": notes(ni="x")}), True),
    "no address": (configured("site_url: https://example.org/x/", "site_name: X"), True),
    "a template with the day": (write(**{"own/main.html": '{% extends "base.html" %}' + LATER}), False),
    "a template that looks elsewhere": (write(**{"own/main.html": '{% extends "base.html" %}' + OTHERS}), False),
    "a hook of theirs": (hook, False),
    "a hook of ours with more in it": (in_our_hook, False),
    "an extension that is not known": (configured("admonition,", "admonition, pymdownx.snippets,"), False),
    "a plug-in that is not known": (configured("[search]", "[search, tags]"), False),
}  # fmt: skip


def assert_as_cold(project: Project) -> list[str]:
    """Build once more, with nothing kept: the same files; returns the pages drawn."""
    warm = files(project.folder / "site")
    shutil.rmtree(project.folder / "site")
    shutil.rmtree(project.folder / ".cache")
    drawn, told = built(project)
    cold = files(project.folder / "site")
    assert told == []
    assert {path for path in warm.keys() | cold.keys() if warm.get(path) != cold.get(path)} == set()
    return drawn


def names(drawn: list[str]) -> str:
    """The articles and the plain pages among these; other pages show the whole site."""
    short = {"index.md": "home", "plain.md": "p"} | {f"{name}.md": name[-1] for name in PLAIN}
    return "".join(sorted(filter(None, map(short.get, drawn)), key="abcdhomep".index))


@pytest.mark.parametrize("what", CHANGES)
def test_a_second_build_gives_the_bytes_of_a_first_one(what: str, site: Project) -> None:
    change, expected = CHANGES[what]
    change(site)
    drawn, told = built(site)
    assert told == []
    every = assert_as_cold(site)
    assert sorted(drawn) == sorted(every) if expected is ALL else names(drawn) == expected, drawn


@pytest.mark.parametrize("what", KINDS)
def test_nothing_or_all_is_drawn_again_where_nothing_has_changed(what: str, site: Project) -> None:
    change, is_known = KINDS[what]
    change(site)
    assert built(site)[1] == []
    drawn, told = built(site)
    assert told == []
    assert names(drawn) in (("", "home") if is_known else (names(assert_as_cold(site)),))
    assert_as_cold(site)


def test_nothing_is_carried_over_from_a_site_that_another_generator_has_built(site: Project) -> None:
    postil("build", "-g", "properdocs")
    found = files(site.folder / "site")
    assert b"ProperDocs" in found["b/index.html"]
    shutil.rmtree(site.folder / "site")
    shutil.rmtree(site.folder / ".cache")
    postil("build", "-g", "properdocs")
    assert files(site.folder / "site") == found


def test_a_link_that_leads_nowhere_by_now_is_told_and_the_last_site_stays(site: Project) -> None:
    good = files(site.folder / "site")
    site.write({"docs/c.md": "# C\n\nBy the mayor.\n", "docs/c.annotations.yml": notes(other="One.")})
    for _ in range(2):
        _, told = built(site)
        assert any("'a.md' contains a link 'c.md#note-nc'" in line for line in told), told
        assert files(site.folder / "site") == good
    site.write({"docs/c.annotations.yml": notes(nc="Two.")})
    assert built(site)[1] == []
    assert_as_cold(site)


def test_a_site_that_cannot_come_to_its_place_leaves_the_last_one(
    site: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, rename, moved = files(site.folder / "site"), Path.rename, list[str]()

    def full(self: Path, target: Path) -> Path:
        moved.append(self.name)
        if self.parent.name == ".postil-site-kept" and self.name == "c":
            raise OSError("no space left")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", full)
    with pytest.raises(OSError, match="no space left"):
        built(site)
    assert "a" in moved
    monkeypatch.undo()
    shutil.rmtree(site.folder / ".aside", ignore_errors=True)
    assert files(site.folder / "site") == good


@pytest.mark.parametrize("fails", [False, True])
def test_a_build_that_was_killed_while_it_moved_loses_nothing(
    fails: bool, site: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, rename = files(site.folder / "site"), Path.rename

    class Killed(BaseException):
        """Not caught by anything."""

    def killed(self: Path, target: Path) -> Path:
        if self.parent.name == ".postil-site-kept" and self.name == "c":
            raise Killed
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", killed)
    with pytest.raises(Killed):
        built(site)
    monkeypatch.undo()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    monkeypatch.chdir(site.folder)
    assert (site.folder / ".postil-site-kept").exists()
    if fails:
        site.write({"docs/b.md": "# B\n\n[x](no.md)\n"})
        assert site.build()
        assert files(site.folder / "site") == good
    else:
        assert built(site)[1] == []
        assert_as_cold(site)
