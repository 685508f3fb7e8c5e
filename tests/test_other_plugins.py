"""Strict builds with notes beside other plug-ins: each a tiny site, what is there and what must not be."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

import pytest
from mkdocs import config as mkdocs_config
from mkdocs.commands import build as mkdocs_build

import browsing
from conftest import SOURCES, Project
from postil.adapters.mkdocs import events_of
from postil.build.isolated import Order, run
from postil.editing import requests
from postil.files.translations import texts

PAGE = """\
# The bridge

The bridge was *opened in 1931* by the mayor.

It fell in 1950.
"""
NOTES = """\
annotations:
- {id: opened, quote: opened in 1931, kind: fact-check, verdict: confirmed, sources: [S1], title: The office says so,
   note: "See [the other](other.md).", author: editors, created: 2026-11-22}
- {id: fell, quote: It fell, kind: context, note: Zanzibar., author: editors, created: 2026-11-22}
"""
ARABIC = "# الجسر\n\nافتتح الجسر في عام 1931.\n"
ARABIC_NOTES = "annotations:\n- {id: opened, quote: في عام 1931, kind: context, note: نعم., author: editors, created: 2026-11-22}\n"
POST = "---\ndate: 2026-11-{day}\ncategories: [News]\n---\n\n# Post {day}\n\nThe lock was opened in 1931.\n\n<!-- more -->\n\nMore words here.\n"
POST_NOTES = """\
annotations:
- {{id: a, quote: opened in 1931, kind: context, note: Note {day}., author: editors, created: 2026-11-22}}
- {{id: b, quote: More words, kind: question, note: Why {day}?, author: editors, created: 2026-11-22}}
"""
LANGUAGES = (
    "languages: [{locale: en, default: true, name: English, build: true}, {locale: ar, name: Arabic, build: true}]"
)
CONFIG = """\
site_name: Test
site_url: https://example.org/t/
theme: {{name: material, font: false, features: [{features}]}}
plugins: [search, postil{plugins}]
markdown_extensions: [attr_list, admonition, footnotes, tables, md_in_html, {{toc: {{permalink: true}}}}, pymdownx.snippets]
validation: {{omitted_files: ignore, anchors: warn, unrecognized_links: warn}}
{more}
"""
ARTICLE = "articles/bridge/index.html"


@dataclass(frozen=True)
class Case:
    """A site and what is tried on it.

    Attributes:
        plugins: as in mkdocs.yml, after `search` and `postil`.
        files: added to the common ones; None takes one away.
        more: lines of mkdocs.yml.
        features: of the theme.
        checks: what is tried beyond the two notes on the article.
    """

    plugins: str = ""
    files: dict[str, str | None] = field(default_factory=dict)
    more: str = ""
    features: str = ""
    checks: Callable[[Project], None] = lambda _: None
    article: str = ARTICLE


def everything(project: Project, pattern: str = "*.html") -> str:
    return "\n".join(file.read_text("utf-8", "replace") for file in sorted((project.folder / "site").rglob(pattern)))


def ids(html: str) -> list[str]:
    return re.findall(r"\sid=[\"']?([^\"'\s>]+)", html)


def check_blog(project: Project) -> None:
    for day in (20, 21):
        post = project.read(f"blog/2026/11/{day}/post-{day}/index.html")
        assert 'id="note-a"' in post
        assert f"Note {day}." in post
        assert f"Note {day}." in project.read(f"blog/2026/11/{day}/post-{day}/notes/a/index.html")
    for page in ("blog/index.html", "blog/archive/2026/index.html", "blog/category/news/index.html"):
        excerpt = project.read(page)
        assert "The lock was opened in 1931" in excerpt
        assert "postil-note" not in excerpt
        assert "postil-mark" not in excerpt
    assert "blog/2026/11/20/post-20/#note-a" in project.read("claims/index.html")


def check_languages(project: Project) -> None:
    english, arabic = project.read(ARTICLE), project.read(f"ar/{ARTICLE}")
    assert "Fact check" in english
    assert 'id="note-fell"' in english
    assert "نعم." in arabic
    assert "سياق" in arabic
    assert "Context" not in arabic.partition("<article")[2].partition("</article>")[0]
    assert "Zanzibar." in project.read("articles/bridge/notes/fell/index.html")
    assert "نعم." in project.read("ar/articles/bridge/notes/opened/index.html")
    assert project.exists("index.html")
    assert project.exists("ar/index.html")
    assert "It fell" in project.read("claims/index.html")
    assert "It fell" not in project.read("ar/claims/index.html")
    assert "It fell" in project.read("data/notes.csv")
    assert "It fell" not in project.read("ar/data/notes.csv")
    locations = {entry["location"] for entry in json.loads(project.read("search/search_index.json"))["docs"]}
    assert {"articles/bridge/#note-fell", "ar/articles/bridge/#note-opened"} <= locations
    assert "/ar/articles/bridge/notes/opened/" in project.read("sitemap.xml")
    assert "/t/articles/bridge/notes/fell/" in project.read("sitemap.xml")
    mapped = re.findall("<loc>(.*?)</loc>", project.read("sitemap.xml"))
    assert len(mapped) == len(set(mapped))
    for page in ("claims", "sources", "data", "corrections", "downloads"):
        assert {f"https://example.org/t/{page}/", f"https://example.org/t/ar/{page}/"} <= set(mapped)
    assert all(project.exists(f"{place.removeprefix('https://example.org/t/')}index.html") for place in mapped)
    assert [entry.name for entry in project.folder.glob(".postil-*")] == []


def check_minified(project: Project) -> None:
    for name in (ARTICLE, "articles/bridge/notes/fell/index.html"):
        page = project.read(name)
        assert "\n\n" not in page
        files = re.findall(r"(?:href|src)=[\"']?([^\"'\s>]*assets/postil/[^\"'\s>]*)", page)
        assert files
        for file in files:
            assert (project.folder / "site" / name).parent.joinpath(file).resolve().is_file(), file
    assert "postil-own__passage" in project.read("articles/bridge/notes/fell/index.html")
    assert "note-opened" in ids(project.read(ARTICLE))


def check_printed(project: Project) -> None:
    page = project.read("print_page/index.html")
    names = [name for name in ids(page) if "note-" in name or "ref-" in name]
    assert len(names) == len(set(names))
    for target in re.findall(r'href="#([^"]*(?:note|ref)-[^"]*)"', page):
        assert target in names, target
    for target in re.findall(r'aria-details="([^"]*)"', page):
        assert set(target.split()) <= set(names)


def check_private(project: Project) -> None:
    public = (
        everything(project)
        + everything(project, "*.json")
        + everything(project, "*.xml")
        + everything(project, "*.csv")
    )
    assert "Zanzibar" not in public
    assert "It fell" not in public


def check_feed(project: Project) -> None:
    feed = project.read("feed_rss_created.xml")
    assert "articles/bridge/" in feed
    assert "postil-frame" not in feed


def check_made_page(project: Project) -> None:
    assert 'id="note-g"' in project.read("articles/g/index.html")


def check_unsearched(project: Project) -> None:
    assert "Zanzibar" not in project.read("search/search_index.json")


def check_nothing_from_elsewhere(project: Project) -> None:
    ours = everything(project, "postil*.css") + everything(project, "notes*.js") + everything(project, "claims*.js")
    assert not re.search(r"url\(\s*['\"]?https?:|import\s+['\"]https?:|fetch\(['\"]https?:", ours)


CASES = {
    "tags": Case(
        "tags",
        {
            "docs/articles/bridge.md": f"---\ntags: [a]\n---\n{PAGE}",
            "docs/tags.md": "# Tags\n\n<!-- material/tags -->\n",
        },
    ),
    "blog": Case(
        "blog",
        {
            "docs/blog/index.md": "# Blog\n",
            **{f"docs/blog/posts/{day}.md": POST.format(day=day) for day in (20, 21)},
            **{f"docs/blog/posts/{day}.annotations.yml": POST_NOTES.format(day=day) for day in (20, 21)},
        },
        checks=check_blog,
    ),
    "i18n-suffix": Case(
        f"{{i18n: {{docs_structure: suffix, {LANGUAGES}}}}}",
        {"docs/articles/bridge.ar.md": ARABIC, "docs/articles/bridge.ar.annotations.yml": ARABIC_NOTES},
        checks=check_languages,
    ),
    "i18n-folder": Case(
        f"{{i18n: {{docs_structure: folder, {LANGUAGES}}}}}",
        {
            **dict.fromkeys(
                [
                    "docs/index.md",
                    "docs/articles/bridge.md",
                    "docs/articles/other.md",
                    "docs/articles/bridge.annotations.yml",
                ]
            ),
            "docs/en/index.md": "# Home\n",
            "docs/en/articles/bridge.md": PAGE,
            "docs/en/articles/other.md": "# Other\n",
            "docs/en/articles/bridge.annotations.yml": NOTES,
            "docs/ar/index.md": "# H\n",
            "docs/ar/articles/bridge.md": ARABIC,
            "docs/ar/articles/bridge.annotations.yml": ARABIC_NOTES,
        },
        checks=check_languages,
    ),
    "macros, table-reader, section-index, redirects, meta, social": Case(
        "macros, table-reader, section-index, {redirects: {redirect_maps: {old.md: articles/bridge.md}}}, meta, {social: {enabled: false}}",
        {
            "docs/articles/bridge.md": PAGE.replace("1931", "{{ 1900 + 31 }}") + "\n{{ read_csv('t.csv') }}\n",
            "t.csv": "a,b\n1,2\n",
            "docs/articles/index.md": "# Articles\n",
            "docs/articles/.meta.yml": "description: A description\n",
        },
    ),
    "include-markdown and snippets": Case(
        "include-markdown",
        {
            "docs/articles/bridge.md": "# The bridge\n\n{% include-markdown './part.inc' %}\n\n--8<-- 'end.inc'\n",
            "docs/articles/part.inc": "The bridge was *opened in 1931* by the mayor.\n",
            "end.inc": "It fell in 1950.\n",
        },
    ),
    "awesome-nav and glightbox": Case(
        "awesome-nav, glightbox", {"docs/.nav.yml": "nav:\n- index.md\n- articles\n- '*'\n"}
    ),
    "rss and git-revision-date-localized": Case(
        "{rss: {use_git: false, date_from_meta: {as_creation: date}}}, git-revision-date-localized",
        {"docs/articles/bridge.md": f"---\ndate: 2026-11-20\n---\n{PAGE}"},
        checks=check_feed,
    ),
    "minify": Case(
        "{minify: {minify_html: true, minify_js: true, minify_css: true, js_files: [assets/postil/notes.js], css_files: [assets/postil/postil.css]}}",
        checks=check_minified,
    ),
    "print-site": Case("print-site", checks=check_printed),
    "privacy": Case("{privacy: {assets_exclude: ['unpkg.com/*']}}", checks=check_nothing_from_elsewhere),
    "gen-files": Case(
        "{gen-files: {scripts: [gen.py]}}",
        {
            "gen.py": "import mkdocs_gen_files\nwith mkdocs_gen_files.open('articles/g.md', 'w') as file:\n    print('# G\\n\\nThe gate is shut.\\n', file=file)\n",
            "docs/articles/g.annotations.yml": "annotations:\n- {id: g, quote: gate is shut, kind: context, note: x, author: editors, created: 2026-11-22}\n",
        },
        checks=check_made_page,
    ),
    "encryptcontent": Case(
        "encryptcontent",
        {"docs/articles/bridge.md": f"---\npassword: a-long-one-Nobody-kn0ws-9x-of-the-bridge\n---\n{PAGE}"},
        checks=check_private,
        article="",
    ),
    "a page without search": Case(
        files={"docs/articles/bridge.md": f"---\nsearch: {{exclude: true}}\n---\n{PAGE}"}, checks=check_unsearched
    ),
    "features of the theme": Case(
        features="navigation.instant, navigation.instant.prefetch, navigation.instant.progress, navigation.prune, "
        "navigation.tabs, navigation.sections, navigation.indexes, navigation.footer, navigation.path, toc.integrate, "
        "content.tooltips, content.footnote.tooltips, content.code.annotate, search.highlight, search.share, header.autohide",
        checks=lambda project: None,
    ),
    "mike, no folders as addresses": Case("mike", more="use_directory_urls: false", article="articles/bridge.html"),
}


def write(project: Project, case: Case) -> None:
    files: dict[str, str | None] = {
        "mkdocs.yml": CONFIG.format(
            plugins=f", {case.plugins}" if case.plugins else "", more=case.more, features=case.features
        ),
        "docs/index.md": "# Home\n",
        "docs/articles/bridge.md": PAGE,
        "docs/articles/other.md": "# Other\n",
        "docs/articles/bridge.annotations.yml": NOTES,
        "docs/sources.yml": SOURCES,
        **case.files,
    }
    project.write({path: content for path, content in files.items() if content is not None})


@pytest.mark.filterwarnings("ignore")  # of the plug-ins
@pytest.mark.parametrize("name", CASES)
def test_a_strict_build_with_notes(name: str, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISABLE_MKDOCS_2_WARNING", "true")
    case = CASES[name]
    write(project, case)
    if "git" in name:
        commit(project.folder)
    assert project.build() == []
    if case.article:
        page = project.read(case.article)
        assert {"note-opened", "ref-opened", "note-fell", "ref-fell"} <= set(ids(page))
        assert (
            len(
                [
                    file
                    for file in (project.folder / "site").glob("**/notes/fell*")
                    if file.is_file() or (file / "index.html").is_file()
                ]
            )
            == 1
        )
    left = [file.name for file in (project.folder / "site").rglob("*") if ".annotations." in file.name]
    assert left == []
    case.checks(project)


def commit(folder: Path) -> None:
    for command in (
        ["init", "-q"],
        ["add", "-A"],
        ["-c", "user.email=a@b.org", "-c", "user.name=A", "commit", "-qm", "x"],
    ):
        subprocess.run(["git", *command], cwd=folder, check=True)


def test_commands_know_every_language(project: Project) -> None:
    write(project, CASES["i18n-suffix"])
    report = run(Order(config=project.folder / "mkdocs.yml"), print)
    assert report.succeeded, report.complaints
    assert report.articles == {"articles/bridge.md": "articles/bridge/", "articles/bridge.ar.md": "ar/articles/bridge/"}
    assert sum(count for _, count in report.tally) == 3
    assert not project.exists("index.html")
    wrong = ARABIC_NOTES.replace("1931", "1932")
    project.write({"docs/articles/bridge.ar.annotations.yml": wrong})
    report = run(Order(config=project.folder / "mkdocs.yml"), print)
    assert [line.partition(": opened")[0] for line in report.complaints] == [
        "docs/articles/bridge.ar.annotations.yml:2:23"
    ]


def test_notes_are_written_in_every_language(project: Project) -> None:
    write(project, CASES["i18n-suffix"])
    loaded = mkdocs_config.load_config(str(project.folder / "mkdocs.yml"), site_dir=str(project.folder / "site"))
    events = events_of(loaded)
    assert events is not None
    loaded.plugins.on_startup(command="serve", dirty=False)
    mkdocs_build.build(loaded, serve_url="http://localhost/")
    arabic, english = (
        events.session.answer(requests.State(page=page)) for page in ("ar/articles/bridge/", "articles/bridge/")
    )
    assert (len(arabic["notes"]), arabic["texts"]["save"]) == (1, texts("ar")("writing.save"))
    assert (len(english["notes"]), english["texts"]["save"]) == (2, texts("en")("writing.save"))
    words = requests.Selected(quote="الجسر", share=0.0)
    values = {"kind": "context", "note": "x", "author": "editors", "id": "new"}
    assert (
        "new"
        in events.session.answer(requests.Add(page="ar/articles/bridge/", selection=words, values=values))["notes"]
    )
    assert "id: new" in (project.folder / "docs/articles/bridge.ar.annotations.yml").read_text("utf-8")
    loaded.plugins.on_shutdown()


def test_commands_know_the_posts_of_a_blog(project: Project) -> None:
    write(project, CASES["blog"])
    report = run(Order(config=project.folder / "mkdocs.yml"), print)
    assert report.succeeded, report.complaints
    assert report.articles["blog/posts/20.md"] == "blog/2026/11/20/post-20/"


@pytest.mark.filterwarnings("ignore")
def test_with_privacy_nothing_is_loaded_from_another_host(
    project: Project, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Script, style, pictures of article and note lie on a foreign host; so do links and a source."""
    monkeypatch.setenv("DISABLE_MKDOCS_2_WARNING", "true")
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    picture = bytes.fromhex(
        "89504e470d0a1a0a0000000d494844520000000100000001080600000" + "01f15c4890000000049454e44ae426082"
    )
    for name in ("article.png", "note.png", "own.png"):
        (elsewhere / name).write_bytes(picture)
    (elsewhere / "s.js").write_text("window.there = 1;")
    (elsewhere / "x.css").write_text(".x { color: red; }")
    with browsing.served(elsewhere) as host:
        case = Case(
            "{privacy: {assets_exclude: ['unpkg.com/*'], links_attr_map: {target: _blank}}}",
            more=f"extra_javascript: ['{host}s.js']\nextra_css: ['{host}x.css']\n",
            files={
                "docs/articles/bridge.md": f"{PAGE}\n![A picture]({host}article.png)\n",
                "docs/articles/bridge.annotations.yml": NOTES.replace(
                    "[the other](other.md)", f"[there]({host}page) and ![a plan]({host}note.png)"
                ),
                "docs/sources.yml": SOURCES.replace("https://example.org/report", f"{host}report"),
            },
        )
        write(project, case)
        assert project.build() == []
        assert 'id="note-opened"' in project.read(ARTICLE)
        loads = re.compile(r"<(?:img|script|source|iframe|link)\b[^>]*?(?:src|href)=[\"']?(?:https?:)?//[^>]*>")
        for file in (project.folder / "site").rglob("*.html"):
            asked = [tag for tag in loads.findall(file.read_text("utf-8")) if "https://example.org/t/" not in tag]
            assert asked == [], file.relative_to(project.folder)
        own = project.read("articles/bridge/notes/opened/index.html")
        shown = re.search(r'<img alt="a plan" src="([^"]+)"', own)
        assert shown
        assert (project.folder / "site/articles/bridge/notes/opened" / shown[1]).resolve().is_file()
        assert re.search(rf'<a href="{host}page" target="_blank" rel="noopener"', own)
        (shown_in_feed,) = re.findall(r'&lt;img alt="a plan" src="([^"]+)"', project.read("feed.xml"))
        items = json.loads(project.read("feed.json"))["items"]
        assert sum(f'<img alt="a plan" src="{shown_in_feed}"' in item["content_html"] for item in items) == 1
        address = shown_in_feed.removeprefix("https://example.org/t/")
        assert address != shown_in_feed and project.exists(unquote(address))
        assert "https://example.org/t/articles/bridge/notes/opened/" in project.read("feed.xml")
