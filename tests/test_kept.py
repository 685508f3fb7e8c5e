"""What is kept from one build to the next: a warm build gives the bytes and the warnings of a cold one, after any change."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from mkdocs.structure.pages import Page

from changing import configured, notes, renamed
from conftest import Project
from postil.build import kept
from postil.page.weave import Insertion
from test_command import postil

LINKED = '"See [the other](b.md#part) and [it](c.md)."'


@pytest.fixture
def site(project: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    for name in ("a", "b", "c"):
        text = f"# The bridge {name}\n\nIt was opened by the mayor[^1]. Nobody came.\n\n## Part\n\n[C](c.md)\n\n[^1]: Yes.\n"
        project.write({f"docs/{name}.md": text, f"docs/{name}.annotations.yml": notes(**{f"n{name}": "One."})})
    project.write({"docs/a.annotations.yml": notes(na=LINKED), "docs/index.md": "# Home\n\n[A](a.md#note-na)\n"})
    return project


def files(folder: Path) -> dict[str, bytes]:
    found = (file for file in folder.rglob("*") if file.is_file() and file.suffix != ".gz")
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in found}


def write(files: dict[str, str]) -> Callable[[Project], Any]:
    return lambda project: project.write(dict(files))


SOURCE = "references:\n- {id: S1, type: report, title: Another title, issued: 2020}\n"
# What is changed, and how many pages are rendered because of it; None for all.
CHANGES: dict[str, tuple[Callable[[Project], Any], int | None]] = {
    "nothing": (lambda _: None, 0),
    "a note": (write({"docs/b.annotations.yml": notes(nb="Two.")}), 1),
    "a deleted note": (write({"docs/b.annotations.yml": "annotations: []\n"}), 1),
    "an article": (write({"docs/b.md": "# B\n\nOne day the mayor came.\n\n## Part\n"}), 1),
    "a source": (write({"docs/sources.yml": SOURCE}), None),
    "a setting": (write({"docs/postil.yml": "authors: {editors: {name: Others}}\n"}), None),
    "the language": (configured("{name: material,", "{name: material, language: ar,"), None),
    "an extension": (configured("admonition,", "admonition, abbr,"), None),
    "a renamed article": (renamed("c", "z"), 3),  # itself, and those that link to it
    "a broken anchor": (write({"docs/b.md": "# B\n\nOne day the mayor came.\n"}), 1),
    "a draft": (write({"docs/b.annotations.yml": notes(nb="Two.").replace("created:", "status: draft, created:")}), 1),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_warm_build_gives_the_bytes_and_the_warnings_of_a_cold_one(
    what: str, site: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    change, count = CHANGES[what]
    site.build(strict=False)
    change(site)
    rendered, render = list[str](), Page.render

    def counted(page: Page, *given: Any) -> None:
        rendered.append(page.file.src_uri)
        render(page, *given)

    monkeypatch.setattr(Page, "render", counted)
    told = site.build(strict=False)
    warm, seen = files(site.folder / "site"), list(rendered)
    shutil.rmtree(site.folder / ".cache" / "postil" / "pages")
    rendered.clear()
    assert site.build(strict=False) == told
    cold = files(site.folder / "site")
    assert {path for path in warm.keys() | cold.keys() if warm.get(path) != cold.get(path)} == set()
    assert len(seen) == (len(rendered) if count is None else count), seen
    assert bool(told) == (what in ("a renamed article", "a broken anchor")), told


def test_what_is_for_colleagues_is_never_taken_for_what_is_published(site: Project) -> None:
    state = "reviews: [{by: ada, date: 2026-01-02, note: Between us.}], created:"
    site.write({"docs/postil.yml": "authors: {editors: {name: E}, ada: {name: Ada}}\n"})
    site.write({"docs/b.annotations.yml": notes(nb="Two.").replace("created:", state)})
    told = postil("export", "docs/b.md", "--drafts")
    assert "nb" in told
    site.build(strict=False)
    found = files(site.folder / "site")
    assert not [path for path, content in found.items() if b"Between us" in content]
    shutil.rmtree(site.folder / ".cache" / "postil" / "pages")
    site.build(strict=False)
    assert files(site.folder / "site") == found


def test_another_engine_or_package_makes_all_anew(site: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    site.build(strict=False)
    before = kept.installed()
    kept.installed.cache_clear()
    monkeypatch.setattr(kept, "version", lambda name: "99" if name == "Markdown" else "1")
    assert kept.installed() != before
    rendered, render = list[str](), Page.render

    def counted(page: Page, *given: Any) -> None:
        rendered.append(page.url)
        render(page, *given)

    monkeypatch.setattr(Page, "render", counted)
    site.build(strict=False)
    kept.installed.cache_clear()
    assert len(rendered) > 4


def test_a_warning_of_rendering_and_an_unknown_extension_keep_nothing(site: Project) -> None:
    telling = (
        "import logging\nfrom markdown.extensions import Extension\nfrom markdown.preprocessors import Preprocessor\n"
        "class Telling(Preprocessor):\n    def run(self, lines):\n        logging.getLogger('mkdocs.x').warning('told')\n"
        "        return lines\nclass Ext(Extension):\n    def extendMarkdown(self, md):\n"
        "        md.preprocessors.register(Telling(md), 'telling', 1)\n"
    )
    site.write({"telling_here.py": telling + "makeExtension = Ext\n"})
    configured("admonition,", "admonition, telling_here,")(site)
    import sys

    sys.path.insert(0, str(site.folder))
    try:
        first = site.build(strict=False)
        assert first.count("told") > 3
        assert site.build(strict=False) == first
        assert not list((site.folder / ".cache/postil/pages").rglob("*"))
    finally:
        sys.path.remove(str(site.folder))
        sys.modules.pop("telling_here", None)


def test_what_is_damaged_or_foreign_is_made_anew(tmp_path: Path) -> None:
    store, wanted = kept.Kept(tmp_path), kept.key(["a"])
    store.put("x", wanted, {"one": Insertion(1, "two", "note")})
    assert store.get("x", wanted) == {"one": Insertion(1, "two", "note")}
    assert store.get("x", kept.key(["b"])) is None and store.get("y", wanted) is None
    (file,) = tmp_path.iterdir()
    good = file.read_bytes()
    for wrong in (b"", good[:-3], good[:70] + b"x" + good[71:]):
        file.write_bytes(wrong)
        assert store.get("x", wanted) is None
    store.put("x", wanted, Path(tmp_path))  # a class of others: nothing of it is called
    assert store.get("x", wanted) is None
    another = kept.Kept(tmp_path)
    another.put("z", wanted, 1)
    another.end()
    assert store.get("x", wanted) is None and another.get("z", wanted) == 1


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"docs/b.annotations.yml": notes(nb="One.") + "uncovered:\n- {quote: Nobody came., reason: It is known.}\n"},
        {"docs/b.annotations.yml": "annotations: []\n"},
        {"docs/b.md": "# The bridge b\n\nIt was opened by the mayor in 1931. Nobody came.\n\n## Part\n"},
    ],
    ids=["nothing", "a reason", "no note", "an article"],
)
def test_what_has_no_note_is_told_as_if_nothing_were_kept(change: dict[str, str | bytes], site: Project) -> None:
    first = postil("coverage")
    site.write(change)
    warm = postil("coverage")
    shutil.rmtree(site.folder / ".cache" / "postil")
    assert postil("coverage") == warm
    assert (warm == first) == (not change)
