"""Real builds with MkDocs and Material."""

from __future__ import annotations

import json
import re

import pytest

from conftest import Project

ARTICLE = """\
# The bridge

The bridge was *opened in 1931* by the mayor.
It is nightly lit.

## Its end

It fell in 1950.
"""

NOTES = """\
annotations:
  - id: opened
    quote: opened in 1931
    kind: fact-check
    verdict: confirmed
    title: The office says so
    note: |
      The report **agrees**; see [the other page](other.md#here) and [the next note](#note-fell).

      ## A heading in a note

      A footnote[^1].

      [^1]: Zanzibar.
    sources: [{id: S1, locator: p. 12, says: it was opened}]
    author: editors
    created: 2026-11-22
    changed: [{date: 2026-11-23, what: A word was put right.}]
  - id: fell
    quote: It fell
    kind: context
    note: "Heavy <rain> & wind. A footnote[^1].\\n\\n[^1]: Quagga."
    author: editors
    created: 2026-11-22
"""


@pytest.fixture
def site(project: Project) -> Project:
    project.write(
        {
            "docs/index.md": "# Home\n\n[to a note](articles/bridge.md#note-fell)\n",
            "docs/articles/bridge.md": ARTICLE,
            "docs/articles/bridge.annotations.yml": NOTES,
            "docs/articles/bridge.annotations.yml~": "a copy",
            "docs/articles/other.draft.md": "# A draft\n",
            "docs/articles/other.md": "# Other\n\n## Here\n",
            "docs/postil.yml": "authors:\n  editors: {name: The context}\n",
        }
    )
    text = (project.folder / "mkdocs.yml").read_text("utf-8")
    (project.folder / "mkdocs.yml").write_text(f"{text}draft_docs: '*.draft.md'\n", "utf-8")
    assert project.build() == []
    return project


def test_notes_stand_after_their_block(site: Project) -> None:
    page = site.read("articles/bridge/index.html")
    order = [page.index(words) for words in ("is nightly lit", 'id="note-opened"', "<h2", 'id="note-fell"')]
    assert order == sorted(order)


def test_a_note_says_everything_and_leads_back(site: Project) -> None:
    page = site.read("articles/bridge/index.html")
    start = page.index('<aside class="postil-note')
    note = page[start : page.index("</aside>", start)]
    for words in ("Fact check", "Confirmed", "The office says so", "<strong>agrees</strong>", "A report", "The Office"):
        assert words in note
    for words in (
        "9 February 2020",
        "p. 12",
        "<q>it was opened</q>",
        "The context",
        "22 November 2026",
        "A word was put right.",
    ):
        assert words in note
    assert 'href="https://example.org/report"' in note
    assert 'href="#ref-opened"' in note
    assert 'id="ref-opened"' in page


def test_a_notes_own_page_has_our_styles_and_feeds(site: Project) -> None:
    page = site.read("articles/bridge/notes/opened/index.html")
    assert 'href="../../../../assets/postil/postil.css"' in page
    assert "feed.xml" in page
    assert "postil-frame" not in page


def test_what_can_wait_for_the_text_is_told_so_where_there_are_notes(site: Project) -> None:
    page = site.read("articles/bridge/index.html")
    assert 'href="../../assets/postil/margin.css" media="(scripting: none), print"' in page
    assert len(re.findall(r'src="[^"]*/bundle\.[^"]*" fetchpriority="low"', page)) == 1
    assert "fetchpriority" not in site.read("articles/other/index.html")


def test_links_in_notes_are_links_of_the_page(site: Project) -> None:
    assert 'href="../other/#here"' in site.read("articles/bridge/index.html")


def test_ids_are_unique(site: Project) -> None:
    page = site.read("articles/bridge/index.html")
    content = page[page.index("<article") : page.index("</article>")]
    ids = re.findall(r'\sid="([^"]+)"', content)
    assert len(ids) == len(set(ids))
    assert "note-opened--fn:1" in ids
    assert "note-fell--fn:1" in ids
    assert 'href="#note-fell--fn:1"' in content


def test_broken_links_in_notes_are_reported(project: Project) -> None:
    bad = NOTES.replace("other.md#here", "nowhere.md").replace("#note-fell", "#note-none")
    lines = project.write({"docs/index.md": ARTICLE, "docs/index.annotations.yml": bad}).build()
    told = "\n".join(lines)
    assert "docs/index.annotations.yml:8:51: opened: the note contains a link 'nowhere.md', but the target" in told
    assert "docs/index.annotations.yml:8:83: opened: the note contains a link '#note-none', but there is no" in told
    assert not any("Doc file" in line for line in lines)


def test_search_finds_notes_and_words(site: Project) -> None:
    entries = json.loads(site.read("search/search_index.json"))["docs"]
    by_place = {entry["location"]: entry for entry in entries}
    note = by_place["articles/bridge/#note-opened"]
    assert note["title"] == "Confirmed: The office says so"
    assert "The report agrees" in note["text"]
    fell = by_place["articles/bridge/#note-fell"]
    assert fell["title"] == "Context: It fell"
    assert "&amp; wind" in fell["text"]
    article = by_place["articles/bridge/"]
    assert article["title"] == "The bridge"
    assert article["text"] == "<p>The bridge was opened in 1931 by the mayor. It is nightly lit.</p>"
    assert by_place["articles/bridge/#its-end"]["text"] == "<p>It fell in 1950.</p>"
    assert not any("agrees" in entry["text"] for entry in entries if "#note-" not in entry["location"])
    assert len(entries) == len({entry["location"] for entry in entries})


def test_a_page_left_out_of_the_search_keeps_its_notes_out(project: Project) -> None:
    text = "---\nsearch: {exclude: true}\n---\n" + ARTICLE
    notes = NOTES.replace("other.md#here", "index.md")
    project.write({"docs/index.md": "# H\n", "docs/a.md": text, "docs/a.annotations.yml": notes}).build()
    assert "#note-" not in project.read("search/search_index.json")


def test_authors_files_and_drafts_are_not_published(site: Project) -> None:
    published = [path.relative_to(site.folder / "site").as_posix() for path in (site.folder / "site").rglob("*")]
    assert not [path for path in published if path.endswith((".yml", "~")) or "draft" in path]
    assert "articles/bridge/index.html" in published


def test_the_schema_is_published_and_knows_the_site(site: Project) -> None:
    import jsonschema
    import yaml

    schema = json.loads(site.read("schema/annotations.json"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    data = yaml.load(NOTES, yaml.BaseLoader)
    assert list(validator.iter_errors(data)) == []
    data["annotations"][0]["verdict"] = "maybe"
    data["annotations"][1]["author"] = "nobody"
    assert len(list(validator.iter_errors(data))) == 2
    assert "S1" in json.dumps(schema["$defs"]["Citation"])


def test_nothing_comes_from_another_host(site: Project) -> None:
    for page in (site.folder / "site").rglob("*.html"):
        html = page.read_text("utf-8")
        assert not re.findall(r'<(?:script|link|img|iframe)[^>]+(?:src|href)="https?://(?!localhost)[^"]*"', html)


def test_two_builds_give_the_same_bytes(site: Project) -> None:
    def files() -> dict[str, bytes]:
        folder = site.folder / "site"
        return {
            path.as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.suffix != ".gz"
        }

    first = files()
    site.build()
    assert files() == first


def test_a_site_without_notes_builds(project: Project) -> None:
    (project.folder / "docs/sources.yml").unlink()
    assert project.write({"docs/index.md": "# Home\n"}).build() == []


def test_an_empty_notes_file_is_a_beginning(project: Project) -> None:
    files = {"docs/index.md": "# Home\n", "docs/index.annotations.yml": "annotations:\n"}
    assert project.write(dict(files)).build() == []


def test_a_saved_notes_file_shows_after_a_rebuild(project: Project) -> None:
    project.write({"docs/index.md": "# A\n\nThe bridge.\n"}).build(serving=True)
    assert "note-one" not in project.read("index.html")
    notes = "annotations:\n- {id: one, quote: bridge, kind: context, note: x, author: editors, created: 2026-01-01}\n"
    project.write({"docs/index.annotations.yml": notes}).build(serving=True)
    assert 'id="note-one"' in project.read("index.html")


def test_the_extension_alone_gives_the_same_page(site: Project) -> None:
    """Without the hook, as under a generator that has none."""
    with_hook = site.read("articles/bridge/index.html")
    text = (site.folder / "mkdocs.yml").read_text("utf-8")
    text = re.sub(r"hooks: .*\n", "", text).replace("markdown_extensions: [", "markdown_extensions: [postil, ")
    extensions = "[attr_list, admonition, footnotes, tables, def_list, md_in_html]"
    text += "exclude_docs: '*.yml'\nmdx_configs: {}\n"
    text = text.replace("[postil, ", f"[{{postil: {{docs: docs, extensions: {extensions}}}}}, ")
    (site.folder / "mkdocs.yml").write_text(text.replace("mdx_configs: {}\n", ""), "utf-8")
    site.build()
    with_hook = re.sub('<script type="application/ld.*?</script>', "", with_hook)
    article = re.compile(r"<h1.*</article>", re.DOTALL)
    alone = article.search(site.read("articles/bridge/index.html"))
    hooked = article.search(with_hook)
    assert alone
    assert hooked
    until_sources = '<ul class="postil-note__sources">'
    assert alone[0].partition(until_sources)[0] == hooked[0].partition(until_sources)[0]
    assert 'href="https://example.org/report">A report</a>' in alone[0], "without a page of sources"
    assert 'id="note-fell"' in alone[0]
