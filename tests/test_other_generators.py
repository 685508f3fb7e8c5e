"""Generators that run nothing of ours: a third one in few lines, the choice among them, the preview of one."""

from __future__ import annotations

import json
import re
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import bare
from conftest import Project
from postil.adapters.files_worker import folder
from postil.build import choice
from postil.build.from_files import FileBuild
from postil.build.generator import Refused
from postil.build.marks import Content, marked, split
from postil.editing.alone import Alone
from test_command import postil

NOTES = """\
annotations:
- {id: one, quote: opened in 1931, kind: context, note: "See [it](b.md), [*](other.md#nowhere).", author: editors, created: 2026-01-01}
- {id: draft, quote: the mayor, kind: context, note: Secret., status: draft, author: editors, created: 2026-01-01}
"""
FILES: dict[str, str | bytes] = {
    "docs/index.md": "# Home\n\n[a](deep/a.md#note-one)\n\n<!-- postil: articles -->\n",
    "docs/deep/a.md": "---\ntitle: The bridge\n---\n\nThe bridge was opened in 1931 by the mayor.\n",
    "docs/deep/a.annotations.yml": NOTES,
    "docs/deep/b.md": "# B\n",
    "docs/deep/other.md": "# There\n\n[gone](nope.md)\n",
}


def test_a_third_generator_needs_few_lines(project: Project) -> None:
    """All of it but the extension: the model of an adapter has less than 150 lines, and nothing is missing."""
    assert len(Path(bare.__file__).read_text("utf-8").splitlines()) < 150
    project.write(FILES)
    generator = bare.Bare(project.folder)
    configured = generator.configured()
    with folder(configured) as aside:
        build = FileBuild(generator, configured, aside)
        build.render()
        assert build.complaints == [
            "Doc file 'deep/other.md' contains a link 'nope.md', but the target 'deep/nope.md' is not found among "
            "documentation files.",
            "docs/deep/a.annotations.yml:2:78: one: the note contains a link 'other.md#nowhere', but the doc "
            "'deep/other.md' does not contain an anchor '#nowhere'.",
        ]
        assert not build.failure
        build.write()
        build.site.rename(project.folder / "site")
    page = project.read("deep/a/index.html")
    assert 'id="note-one"' in page and '<a href="../b/">it</a>' in page and "Secret" not in page
    assert 'href="../../assets/postil/postil.css"' in page and "application/ld+json" in page
    own = project.read("deep/a/notes/one/index.html")
    assert "<title>Context: opened in 1931</title>" in own and 'href="../../#ref-one"' in own
    assert 'href="../../../../assets/postil/postil.css"' in own and "postil-frame" not in own
    assert "The bridge" in project.read("index.html") and "one" in project.read("claims/index.html")
    for name in ("feed.xml", "data/notes.csv", "deep/a/annotations.jsonld"):
        assert project.exists(name)
    names = {file.name for file in (project.folder / "site").rglob("*")}
    assert not {name for name in names if name.endswith(".yml") or "postil-frame" in name}
    assert not list((project.folder / ".cache/postil").glob("sources-*"))


def test_marks_hold_what_a_page_is_and_are_gone_from_what_is_published() -> None:
    told = Content("a.md", "<p>A</p>", "A -->", {"x": "<!--"}, ("b.md",), "a/")
    inner = marked(told)
    assert split(f"<main>{inner}</main>", "a/") == ("<main>", told, "</main>")
    assert split("<main>no page</main>", "a/") is None
    assert split(inner, "blog/archive/") is None, "another page quotes it"
    blog = marked(Content("blog.md", f"<h1>Blog</h1>{inner}", url="blog/")) + inner.removesuffix("<!--/postil-page-->")
    found = split(f"<main>{blog}</main>", "blog/")
    assert found and found[1].html == "<h1>Blog</h1><p>A</p>" and found[2] == "<p>A</p></main>"


def test_the_generator_is_chosen_by_a_line_or_by_the_name(project: Project) -> None:
    config = project.folder / "mkdocs.yml"
    assert choice.generator(config) == "mkdocs"
    text = config.read_text("utf-8")
    project.write({"base.yml": "extra:\n  postil: {generator: zensical}\n", "mkdocs.yml": "INHERIT: base.yml\n" + text})
    assert choice.read_loosely(config)["extra"] == {"postil": {"generator": "zensical"}}
    pytest.importorskip("zensical")
    assert choice.generator(config) == "zensical" and choice.generator(config, "mkdocs") == "mkdocs"
    project.write({**FILES, "docs/deep/other.md": "# There\n"})
    assert "1 mistake." in postil("check", code=1)  # the anchor; by Zensical, as the line says
    assert (project.folder / "docs/deep/a.annotations.yml").read_text("utf-8") == NOTES
    project.write(
        {
            "mkdocs.yml": text + "extra: {postil: {generator: zensicle}}\n",
            "zensical.toml": '[project]\nsite_name = "T"\n',
        }
    )
    assert "the generator 'zensicle' is unknown (did you mean 'zensical'?)" in postil("check", code=1)
    assert choice.generator(project.folder / "zensical.toml") == "zensical"
    (project.folder / "docs/deep/a.annotations.yml").write_text(NOTES.replace("#nowhere", ""), "utf-8")
    assert "1 note on 1 article" in postil("build", "-f", "zensical.toml")
    assert 'id="note-one"' in project.read("deep/a/index.html")
    good = project.read("deep/a/index.html")
    project.write({"docs/deep/a.annotations.yml": NOTES.replace("1931", "1932")})
    assert "these words are not on the page" in postil("build", "-f", "zensical.toml", code=1)
    assert project.read("deep/a/index.html") == good, "a failed build leaves the last good site"


@pytest.fixture
def preview(project: Project) -> Iterator[str]:
    """The address of a live preview under Zensical."""
    pytest.importorskip("zensical")
    from postil.adapters.files_preview import Preview

    project.write(FILES)
    told: list[str] = []
    preview = Preview(project.folder / "mkdocs.yml", "127.0.0.1", 0, writing=False, tell=told.append)
    thread = threading.Thread(target=preview.run)
    thread.start()
    yield f"http://127.0.0.1:{preview.port}/"
    preview.end()
    thread.join(30)
    assert not list((project.folder / ".cache/postil").glob("sources-*"))


def get(address: str, **headers: str) -> str:
    with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=60) as answer:
        return str(answer.read().decode())


def until(page: Callable[[], str], words: str) -> str:
    """What a page says, once it has the words."""
    for _ in range(300):
        try:
            if words in (text := page()):
                return text
        except urllib.error.HTTPError:  # there is no site yet
            pass
        time.sleep(0.1)
    raise AssertionError(words)


def ask(address: str, name: str, asked: object, token: str, **headers: str) -> dict[str, object]:
    known = {"Content-Type": "application/json", "Origin": address.rstrip("/"), "Postil-Token": token} | headers
    request = urllib.request.Request(f"{address}_postil/{name}", json.dumps(asked).encode(), known, method="POST")
    with urllib.request.urlopen(request, timeout=60) as answer:
        found: dict[str, object] = json.loads(answer.read())
        return found


def test_notes_are_written_in_the_preview_under_zensical(project: Project, preview: str) -> None:
    page = until(lambda: get(f"{preview}deep/a/"), 'id="note-one"')
    assert "Secret" in page, "drafts are shown"
    told = re.search(r'id="postil-writing">(.*?)</script>', page)
    token = json.loads(told[1])["token"] if told else ""
    assert json.loads(told[1])["epoch"] if told else 0
    selected = {"quote": "The bridge", "before": "", "after": " was opened in 1931", "share": 0.0}
    asked = {
        "page": "deep/a/",
        "selection": selected,
        "values": {"kind": "question", "note": "Which?", "author": "editors"},
    }
    for headers in ({"Origin": "http://evil.example"}, {"Host": "evil.example"}, {"Postil-Token": "no"}):
        with pytest.raises(urllib.error.HTTPError) as refused:
            ask(preview, "add", asked, token, **headers)
        assert refused.value.code in (403, 421)
    with pytest.raises(urllib.error.HTTPError):
        get(f"{preview}deep/a/", Host="evil.example")
    before = (project.folder / "docs/deep/a.annotations.yml").read_text("utf-8")
    assert ask(preview, "add", asked, token)["id"]
    after = (project.folder / "docs/deep/a.annotations.yml").read_text("utf-8")
    assert "Which?" in after and set(before.splitlines()) <= set(after.splitlines())
    until(lambda: get(f"{preview}deep/a/"), "Which?")
    project.write({"docs/deep/a.md": "The bridge was opened in 1932 by the mayor.\n"})
    page = until(lambda: get(f"{preview}deep/a/"), "postil-problems")
    assert "these words are not on the page" in page and "postil-lost" in page


def test_the_server_gives_out_the_site_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("s")
    site = tmp_path / "site"
    (site / "a b").mkdir(parents=True)
    (site / "a b/index.html").write_text("<body>A</body>")
    (site / "404.html").write_text("<body>none</body>")
    app, told = Alone(), list[str]()

    def answer(path: str, method: str = "GET") -> bytes:
        told.clear()
        environ = {"PATH_INFO": path.encode().decode("latin-1"), "REQUEST_METHOD": method}
        return b"".join(app(environ, lambda status, _: told.append(status)))

    answer("/")
    assert told[0].startswith("503")
    app.show(site)
    assert b"A<script>" in answer("/a b/") and told == ["200 OK"]
    answer("/a b")
    assert told[0].startswith("302")
    for path in ("/../secret", "/a b/../../secret", "//etc/passwd", "/none/"):
        assert b"none" in answer(path) and told[0].startswith("404")
    answer("/", "POST")
    assert told[0].startswith("405")
    assert int(answer("/livereload/0/1")) > 1


def test_what_a_plugin_of_zensical_makes_has_notes_where_they_belong(project: Project) -> None:
    """A blog with excerpts and an archive, in smaller pages."""
    pytest.importorskip("zensical")
    post = "---\ndate: 2026-11-20\n---\n\n# Post\n\nThe bridge was opened in 1931.\n"
    more = "\n<!-- more -->\n\nBy the mayor.\n"
    note = NOTES.splitlines()[1].replace("See [it](b.md), [*](other.md#nowhere).", "See [it](../../index.md).")
    text = (project.folder / "mkdocs.yml").read_text("utf-8")
    project.write(
        {
            "mkdocs.yml": text.replace("[search]", "[search, blog, minify: {minify_html: true}]"),
            "docs/index.md": "# Home\n\n<!-- postil: articles -->\n",
            "docs/blog/index.md": "# Blog\n",
            "docs/blog/posts/one.md": post,
            "docs/blog/posts/two.md": post.replace("Post", "Other") + more,
            "docs/blog/posts/one.annotations.yml": f"annotations:\n{note}\n",
            "docs/blog/posts/two.annotations.yml": f"annotations:\n{note.replace('id: one', 'id: two')}\n",
        }
    )
    assert "2 notes on 2 articles" in postil("build", "-g", "zensical")
    for path, name in (("post", "one"), ("other", "two")):
        assert f'id="note-{name}"' in project.read(f"blog/2026/11/20/{path}/index.html")
        assert "opened in 1931" in project.read(f"blog/2026/11/20/{path}/notes/{name}/index.html")
        assert "postil-frame" not in project.read(f"blog/2026/11/20/{path}/notes/{name}/index.html")
    for page in ("blog/index.html", "blog/archive/2026/index.html"):
        assert "opened in 1931" in project.read(page) and "postil-note" not in project.read(page)
    assert not [file for file in (project.folder / "site").rglob("*.html") if "<!--postil" in file.read_text("utf-8")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("site_name: B\ntheme: {name: [\n", "mkdocs.yml:3:1: expected the node content, but found '<stream end>'"),
        ("theme: {name: material}\n", "mkdocs.yml: Missing required setting: site_name"),
        ("site_name: B\ndocs_dir: nowhere\n", "mkdocs.yml: Docs directory does not exist: "),
    ],
)
def test_what_zensical_cannot_read_is_told_in_one_line(project: Project, text: str, told: str) -> None:
    pytest.importorskip("zensical")
    from postil.adapters.zensical import Zensical

    project.write({"mkdocs.yml": text})
    with pytest.raises(Refused) as refused:
        Zensical(project.folder / "mkdocs.yml").configured()
    assert str(refused.value).startswith(told) and "\n" not in str(refused.value)


def test_a_generator_that_breaks_off_is_told_in_one_line(project: Project) -> None:
    pytest.importorskip("zensical")
    text = (project.folder / "mkdocs.yml").read_text("utf-8")
    project.write({**FILES, "mkdocs.yml": text.replace("attr_list,", "no_such_extension, attr_list,")})
    told = postil("build", "-g", "zensical", code=1)
    assert "Zensical broke off: RuntimeError: Python error: ModuleNotFoundError: No module named 'no_such_exte" in told
    assert not project.exists("index.html")
