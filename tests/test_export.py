"""What a build gives out of its notes, held against the standards; `exports/` shows all of it for one small site."""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import feedparser
import jsonschema
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from lxml import etree

import conforming
from conftest import MKDOCS_YML, ROOT, Project
from postil import __version__
from postil.export import bibtex, csl
from postil.export.dataset import script
from postil.export.selectors import quote_selector, text_fragment
from postil.files.translations import Texts
from postil.model.annotation import Annotation
from postil.model.settings import Settings
from postil.model.source import Source
from postil.page.context import Context
from postil.page.note_words import view
from postil.site.byline import Byline, byline, line
from postil.site.loading import load_site
from postil.site.urls import file_of, folder, moved, note_url, relative
from postil.text.anchor import Span

ANNOTATIONS = f'application/ld+json;profile="{conforming.ANNO}"'
SITE = "https://bridge.example/press/"
ARTICLE = """\
---
description: On the bridge & what became of it.
based_on: S2
author: [mira, {name: The Agency, type: organisation, url: "javascript:x"}, Edda Falk]
date: 2026-11-20
updated: "2026-11-25T10:00:00+01:00"
image: ../pictures/bridge.png
---

# The bridge 😀 at Lindhaven

😀👩‍👩‍👧 The “old bridge” was *opened in 1931* by Mayor Falk, says `</script><b>`. It fell.

הגשר נפתח בשנת 1931 ליד הנהר.

=1+1 is what it cost. It fell in 1950.
"""
NOTES = """\
annotations:
  - id: opened
    quote: opened in 1931
    kind: fact-check
    verdict: partly
    title: A year too early, </script><script>alert(1)</script>
    note: |
      It was *1932*; see [the other page](../other.md#here), [the next note](#note-fell) and <https://example.org/>.

      A footnote[^1].

      [^1]: Zanzibar.
    sources:
      - {id: S1, locator: p. 12, says: opened at last}
      - S2
    claim: [C1, C2]
    claimed: "The old bridge was opened in 1931."
    claimant: Edda Falk
    claimed_on: 1931-05-02
    appearance: [S1]
    tags: [dates, "=HYPERLINK(1)"]
    author: mira
    created: 2026-11-20
    changed: [{date: 2026-11-25, what: The year was put right.}, {date: 2026-11-23, what: A comma.}]
    since:
      - {date: 1933-05~, what: "It was closed for a year [by flood]; then: repairs.", sources: [S3, {id: S1, says: closed}]}
      - {date: 1934, what: It was opened again.}
  - id: old
    quote: '"old bridge" was opened'
    kind: context
    note: "@ the start: it overlaps."
    author: editors
    created: 2026-11-21
  - {id: hebrew, quote: נפתח בשנת 1931, kind: definition, note: מימין לשמאל, author: editors, created: 2026-11-21}
  - id: fell
    quote: It fell
    suffix: in 1950
    kind: correction
    title: It fell in 1951
    note: Nobody was hurt.
    caution: Rests on a repost only.
    sources: [S3]
    author: editors
    created: 2026-11-21
  - id: cost
    quote: =1+1 is what it cost. It
    prefix: ""
    kind: fact-check
    verdict: unconfirmed
    claimant: {name: The council, type: organisation}
    note: Nobody knows.
    sources: [S3]
    author: editors
    created: 2026-11-21
"""
SOURCES = """\
references:
  - {id: S1, type: report, title: "Costs & {profits}: 100% of $5_000 #1 ~ ^ \\\\", author: [{family: Solberg, given: Mira}, {literal: The Office}], issued: 2020-02-09, accessed: 2020-03-01, URL: "https://example.org/r?a=1&b=2", archive_location: "https://archive.example/1"}
  - {id: S2, type: article-newspaper, title: "News: <u>bold</u>", author: [{literal: The Agency}], container-title: The Herald, issued: 1932-05~, URL: "https://example.org/herald", custom: {copy: repost}}
  - {id: S3, title: No address, issued: 1950/1951, note: Seen in a library.}
"""
POSTIL = """\
authors:
  editors: {name: The editors, type: organisation}
  mira: {name: Mira Solberg, url: "https://example.org/mira"}
namespace: 00000000-0000-4000-8000-000000000000
rights: https://creativecommons.org/licenses/by/4.0/
"""
FILES: dict[str, str | bytes] = {
    "docs/other.md": "# Other\n\n## Here\n",
    "docs/articles/bridge.md": ARTICLE,
    "docs/articles/bridge.annotations.yml": NOTES,
    # A second article with a note of the same id, the home page; its notes' own pages lie at another depth.
    "docs/index.md": "# The river\n\nIt fell by a metre.\n",
    "docs/index.annotations.yml": "annotations:\n- {id: fell, quote: It fell, kind: question, note: When?, author: editors, created: 2026-11-22}\n",
    "docs/sources.yml": SOURCES,
    "docs/postil.yml": POSTIL,
}
SHOWN = {
    "annotations.jsonld": "articles/bridge/annotations.jsonld",
    "annotations.hypothesis.json": "articles/bridge/annotations.hypothesis.json",
    "notes.csv": "articles/bridge/notes.csv",
    "sources.csl.json": "data/sources.csl.json",
    "sources.bib": "data/sources.bib",
    "feed.xml": "feed.xml",
    "feed.json": "feed.json",
}


def built(folder: Path, *more: str) -> Project:
    hook = (ROOT / "hooks" / "annotations.py").as_posix()
    config = MKDOCS_YML.replace("HOOK", hook) + "".join(f"{line}\n" for line in more)
    project = Project(folder).write(FILES | {"mkdocs.yml": config})
    assert project.build() == []
    return project


@pytest.fixture(scope="module")
def nowhere(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The site without an address."""
    return built(tmp_path_factory.mktemp("nowhere"))


@pytest.fixture(scope="module")
def somewhere(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The site with an address."""
    return built(tmp_path_factory.mktemp("somewhere"), f"site_url: {SITE}")


@pytest.fixture(params=["nowhere", "somewhere"])
def site(request: pytest.FixtureRequest) -> Project:
    """Either."""
    project: Project = request.getfixturevalue(request.param)
    return project


def collection(site: Project, article: str = "articles/bridge/") -> dict[str, Any]:
    document: dict[str, Any] = json.loads(site.read(f"{article}annotations.jsonld"))
    return document


class Scripts(HTMLParser):
    """The data of a page by their type, as a browser finds them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, Any]] = []
        self._kind = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kind = dict(attrs).get("type") or ""
        self._kind = kind if tag == "script" and "ld+json" in kind else ""

    def handle_endtag(self, tag: str) -> None:
        self._kind = ""

    def handle_data(self, data: str) -> None:
        if self._kind:
            self.found.append((self._kind, json.loads(data)))

    def of(self, kind: str) -> list[Any]:
        return [data for found, data in self.found if found == kind]


@pytest.mark.parametrize("name", SHOWN)
def test_the_export_is_as_shown(nowhere: Project, name: str, request: pytest.FixtureRequest) -> None:
    shown = ROOT / "tests" / "exports" / name
    given = (nowhere.folder / "site" / SHOWN[name]).read_bytes()
    if name.endswith(("json", "jsonld")):  # shown for people; a site has it on one line
        assert given.count(b"\n") == 1
        given = f"{json.dumps(json.loads(given), indent=1, ensure_ascii=False)}\n".encode()
    given = given.replace(f"Postil {__version__}".encode(), b"Postil").replace(f'version="{__version__}"'.encode(), b"")
    if request.config.getoption("--update-goldens"):
        shown.write_bytes(given)
    assert given == shown.read_bytes()


def test_annotations_keep_every_must_of_the_w3c(site: Project) -> None:
    for article in ("articles/bridge/", ""):
        document = collection(site, article)
        assert conforming.collection_musts(document) == []
        assert conforming.what_the_suite_leaves_out(document) == []
        assert conforming.lost_keys(document) == []


def test_the_suite_and_the_other_checks_find_mistakes(nowhere: Project) -> None:
    document = collection(nowhere)
    item = document["first"]["items"][0]
    item["created"] = "2026-11-20T00:00:00+00:00"
    item["unknown"] = "x"
    del item["target"]
    document["total"] = 9
    assert any("targetKeyFound" in line for line in conforming.collection_musts(document))
    assert len(conforming.what_the_suite_leaves_out(document)) == 2
    assert any("unknown" in line for line in conforming.lost_keys(document))


def test_selectors_count_code_points_of_the_reading_text(nowhere: Project) -> None:
    items = {item["identifier"]: item["target"]["selector"] for item in collection(nowhere)["first"]["items"]}
    text = "The bridge 😀 at Lindhaven\n😀👩‍👩‍👧 The “old bridge” was opened in 1931 by Mayor Falk, says </script><b>. It fell.\n"
    for name in ("opened", "old"):
        quoted, position, _ = items[name]
        assert text[position["start"] : position["end"]] == quoted["exact"]
        assert text[: position["start"]].endswith(quoted["prefix"])
        assert text[position["end"] :].startswith(quoted["suffix"])
    assert items["old"][0]["exact"] == "“old bridge” was opened"
    assert items["fell"][2]["value"] == ":~:text=%3D1%2B1%20is%20what%20it%20cost.-,It%20fell,-in%201950."
    assert items["cost"][2]["value"] == ":~:text=%3D1%2B1%20is%20what%20it%20cost.%20It"


def read_back(item: dict[str, Any]) -> Annotation:
    """A note made of its annotation by the table in `postil.export.jsonld` alone."""
    kinds = {"assessing": "fact-check", "commenting": "context", "editing": "correction", "describing": "definition", "questioning": "question"}  # fmt: skip
    kinds_of_agents = {"Person": "person", "Organization": "organisation"}
    claimant = item.get("claimant")

    def cited(body: dict[str, Any]) -> dict[str, str]:
        return {
            "id": body["source"]["identifier"],
            "locator": body.get("locator", ""),
            "says": body.get("selector", {}).get("exact", ""),
        }

    by_purpose: dict[str, list[Any]] = {}
    for body in item["body"]:
        by_purpose.setdefault(body["purpose"], []).append(body)
    quoted = item["target"]["selector"][0]
    return Annotation.model_validate(
        {
            "id": item["identifier"],
            "kind": kinds[item["motivation"]],
            "quote": item.get("written", {}).get("quote") or quoted["exact"],
            "prefix": item.get("written", {}).get("prefix", ""),
            "suffix": item.get("written", {}).get("suffix", ""),
            "verdict": next((body["source"]["identifier"] for body in by_purpose.get("classifying", ())), None),
            "title": item.get("title", ""),
            "note": item["body"][0]["value"],
            "sources": [cited(body) for body in by_purpose.get("linking", ())],
            "claim": item.get("claim", []),
            "claimed": item.get("claimed", ""),
            "claimed_on": item.get("claimedOn", ""),
            "claimant": claimant and {"name": claimant["name"], "type": kinds_of_agents[claimant["type"]]},
            "appearance": [source["identifier"] for source in item.get("appearance", ())],
            "since": [
                {"date": one["date"], "what": one["text"], "sources": [cited(body) for body in one.get("citation", ())]}
                for one in item.get("since", ())
            ],
            "caution": item.get("caution", ""),
            "tags": [body["value"] for body in by_purpose.get("tagging", ())],
            "author": item["creator"]["nickname"],
            "created": item["created"][:10],
            "changed": [{"date": one["datePublished"], "what": one["text"]} for one in item.get("correction", ())],
        }
    )


def test_annotations_hold_all_that_the_notes_file_holds(site: Project) -> None:
    notes = {
        entry.annotation.id: entry.annotation for entry in load_site(site.folder / "docs").notes["articles/bridge.md"]
    }
    items = collection(site)["first"]["items"]
    assert {item["identifier"]: read_back(item) for item in items} == notes
    hypothesis = json.loads(site.read("articles/bridge/annotations.hypothesis.json"))["annotations"]
    assert {one["postil"]["id"]: Annotation.model_validate(one["postil"]) for one in hypothesis} == notes


def test_lasting_names_depend_on_no_address(nowhere: Project, somewhere: Project) -> None:
    names = [
        [
            item["canonical"]
            for article in ("articles/bridge/", "")
            for item in collection(site, article)["first"]["items"]
        ]
        for site in (nowhere, somewhere)
    ]
    assert names[0] == names[1]
    assert len(set(names[0])) == 6
    items = collection(somewhere)["first"]["items"]
    assert items[0]["id"].startswith(f"{SITE}articles/bridge/notes/")
    for item in items:
        assert somewhere.exists(f"{item['id'].removeprefix(SITE)}index.html")


def test_pages_have_the_same_data_and_no_text_ends_them(site: Project) -> None:
    page = site.read("articles/bridge/index.html")
    head, _, body = page.partition("</head>")
    # At the end of the page: no reader waits for it, and it is no part of the text, in which themes that swap pages run scripts.
    content, _, end = body.partition("</article>")
    assert not Scripts(head).of("application/ld+json") and not Scripts(content).found
    (data,) = Scripts(end).of("application/ld+json")
    _, annotations = data["@graph"]
    assert annotations["first"]["items"] == [item["id"] for item in collection(site)["first"]["items"]]
    assert annotations["@context"] == collection(site)["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    known = set(conforming.data("anno.jsonld")["@context"])
    assert set(annotations) | set(annotations["first"]) | set(annotations["generator"]) <= known | {"@context"}
    assert "<script>" not in content.partition("<article")[2]
    assert "<script>alert" not in page
    assert 'href="annotations.jsonld"' in page
    assert page.count('href="../../feed.xml"') == 1


def test_schema_org_knows_every_term(site: Project) -> None:
    (data,) = Scripts(site.read("articles/bridge/index.html")).of("application/ld+json")
    article = data["@graph"][0]
    assert data["@context"] == "https://schema.org"
    assert conforming.schema_org_problems(article) == []
    assert article["isBasedOn"][0]["name"] == "News: <u>bold</u>"
    assert [one["text"] for one in article["correction"]] == [
        "A comma.",
        "The year was put right.",
        "It fell in 1951",
    ] or len(article["correction"]) == 3
    assert {source.get("name") for source in article["citation"]} >= {"No address"}
    assert article["author"] == [
        {"@type": "Person", "name": "Mira Solberg", "url": "https://example.org/mira"},
        {"@type": "Organization", "name": "The Agency"},
        {"@type": "Person", "name": "Edda Falk"},
    ]
    assert (article["datePublished"], article["dateModified"]) == ("2026-11-20", "2026-11-25T10:00:00+01:00")
    assert article.get("image", f"{SITE}pictures/bridge.png") == f"{SITE}pictures/bridge.png"
    assert ("image" in article) is ("url" in article)
    assert any(set(source) == {"@id"} for source in article["citation"])
    assert conforming.schema_org_problems({"@type": "ClaimReview", "claimReveiwed": "x", "author": {"@type": "Rating"}})


def test_a_fact_check_has_one_claim_review_on_its_own_page(site: Project) -> None:
    reviews: dict[str, Any] = {}
    for file in sorted((site.folder / "site").rglob("notes/*/index.html")):
        data = Scripts(file.read_text("utf-8"))
        assert len(data.of(ANNOTATIONS)) == 0  # it is in the file of all of them, to which the page leads
        assert len(data.of("application/ld+json")) <= 1
        for review in data.of("application/ld+json"):
            reviews[file.parent.name] = review
    assert sorted(reviews) == ["cost", "opened"]
    assert conforming.schema_org_problems(list(reviews.values())) == []
    review = reviews["opened"]
    assert review["claimReviewed"] == review["itemReviewed"]["name"] == "The old bridge was opened in 1931."
    assert [work["name"] for work in review["itemReviewed"]["appearance"]] == [
        "Costs & {profits}: 100% of $5_000 #1 ~ ^ \\"
    ]
    assert review["itemReviewed"]["datePublished"] == "1931-05-02"
    assert review["reviewRating"] == {
        "@type": "Rating",
        "alternateName": "Partly right",
        "ratingValue": 3,
        "bestRating": 4,
        "worstRating": 1,
        "ratingExplanation": "It was 1932; see the other page, the next note and https://example.org/.",
    }
    assert "ratingValue" not in reviews["cost"]["reviewRating"]
    assert review["itemReviewed"]["author"][0]["name"] == "Edda Falk"
    # A passage of a retelling is in words of this site: nobody is said to have used them.
    unsaid = reviews["cost"]["itemReviewed"]
    assert "author" not in unsaid and [work["headline"] for work in unsaid["appearance"]] == [
        "The bridge 😀 at Lindhaven"
    ]
    assert review["citation"][0]["archivedAt"] == "https://archive.example/1"
    assert review["author"] == {"@type": "Person", "name": "Mira Solberg", "url": "https://example.org/mira"}
    assert review.get("url", SITE).startswith(SITE)
    page = site.read("articles/bridge/notes/opened/index.html")
    assert "Partly right" in page and "opened in 1931</mark>" in page


def test_a_note_has_a_page_with_passage_history_and_the_way_back(site: Project) -> None:
    page = site.read("articles/bridge/notes/opened/index.html")
    content = page[page.index("<article") : page.index("</article>")]
    assert "<title>Partly right: A year too early, &lt;/script&gt;" in page
    assert (
        '<meta name="description" content="Partly right. It was 1932; see the other page, the next note and https://example.org/.">'
        in page
    )
    for words in ("Mayor Falk", "A comma.", "The year was put right.", "p. 12", "Zanzibar", "25 November 2026"):
        assert words in content
    assert 'href="../../#ref-opened"' in content
    assert 'href="../../../../other/#here"' in content
    assert 'href="../../#note-fell"' in content
    assert 'href="#note-opened--fn:1"' in content
    assert 'href="../../../../sources/#source-S1"' in content
    assert "postil-frame" not in page
    assert 'href="notes/opened/"' in site.read("articles/bridge/index.html")
    assert not list((site.folder / "site").rglob("*postil-frame*"))
    assert "notes/opened" not in site.read("search/search_index.json")
    assert "notes/" not in "".join(re.findall(r'<a [^>]*class="md-nav__link[^>]*>', site.read("index.html")))


def test_what_a_note_says_is_never_taken_for_a_mark_of_the_frame_around_it(project: Project) -> None:
    marks = "postil-frame-description, postil-frame-heading and notes/postil-frame/"
    note = f"{{id: a, quote: bridge, kind: context, title: 'On {marks}', note: '`</body>` postil-frame-content', "
    project.write(
        {
            "docs/index.md": "# The bridge\n\nAlpha.\n",
            "docs/index.annotations.yml": f"annotations:\n- {note}author: editors, created: 2026-01-01}}\n",
        }
    )
    assert project.build() == []
    page = project.read("notes/a/index.html")
    assert f"<h1>On {marks}</h1>" in page
    assert "<code>&lt;/body&gt;</code> postil-frame-content" in page
    (address,) = re.findall(r'<link rel="alternate" type="application/ld\+json[^>]*href="([^"]*)">', page)
    data = json.loads((project.folder / "site/notes/a" / address).read_text("utf-8"))
    assert data["first"]["items"][0]["body"][0]["value"] == "`</body>` postil-frame-content"
    assert page.count("</body>") == 1


def test_annotations_are_in_a_page_whose_comments_another_plug_in_took_out(project: Project) -> None:
    config = (project.folder / "mkdocs.yml").read_text("utf-8")
    note = "{id: a, quote: bridge, kind: context, note: x, author: editors, created: 2026-01-01}"
    project.write(
        {
            "mkdocs.yml": config.replace("hooks: [", "hooks: [bare.py, "),
            "bare.py": "import re\ndef on_page_content(html, **_):\n    return re.sub('<!--.*?-->', '', html)\n",
            "docs/index.md": "# The bridge\n\nAlpha.\n",
            "docs/index.annotations.yml": f"annotations: [{note}]\n",
        }
    )
    assert project.build() == []
    page = project.read("index.html")
    assert "<!-- postil" not in page
    (data,) = Scripts(page).of("application/ld+json")
    assert [part.get("type", part.get("@type")) for part in data["@graph"]] == ["NewsArticle", "AnnotationCollection"]


def test_links_of_notes_pages_lead_somewhere(site: Project) -> None:
    folder = site.folder / "site"
    for page in [*folder.rglob("notes/*/index.html"), folder / "data/index.html"]:
        for address, _, anchor in (
            href.partition("#") for href in re.findall(r'href="([^":]*)"', page.read_text("utf-8"))
        ):
            target = (page.parent / address) if address else page
            target = target / "index.html" if target.is_dir() else target
            assert target.is_file(), (page, address)
            if anchor and target.suffix == ".html":
                assert f'id="{anchor}"' in target.read_text("utf-8"), (page, address, anchor)


def test_the_site_map_has_the_notes_pages(somewhere: Project, nowhere: Project) -> None:
    places = re.findall("<loc>(.*?)</loc>", somewhere.read("sitemap.xml"))
    assert f"{SITE}articles/bridge/notes/opened/" in places
    assert not any("postil-frame" in place for place in places)
    assert len(places) == len(set(places)) == 8 + 7
    assert "notes" not in nowhere.read("sitemap.xml")


def test_feeds_are_valid_and_have_the_latest_note_first(site: Project) -> None:
    text = (site.folder / "site" / "feed.xml").read_bytes()
    schema = etree.RelaxNG(etree.parse(str(conforming.FOLDER / "atom.rng")))
    schema.assertValid(etree.fromstring(text))
    feed = feedparser.parse(text)
    assert not feed.bozo
    assert [entry.title.partition(":")[0] for entry in feed.entries][:2] == ["Partly right", "Open question"]
    assert len({entry.id for entry in feed.entries}) == 6
    assert feed.entries[0].updated.startswith("2026-11-25T00:00:00")
    assert feed.entries[0].published.startswith("2026-11-20T00:00:00")
    assert [[link.rel for link in entry.links] for entry in feed.entries[:2]] == [["alternate", "via"], ["alternate"]]
    listed = json.loads(site.read("feed.json"))
    assert listed["version"] == "https://jsonfeed.org/version/1.1"
    assert [item["id"] for item in listed["items"]] == [entry.id for entry in feed.entries]
    first = listed["items"][0]
    assert (first["date_modified"], first["date_published"]) == ("2026-11-25T00:00:00Z", "2026-11-20T00:00:00Z")
    root = SITE if site.read("sitemap.xml").count("<loc>") else ""
    assert f'href="{root}other/#here"' in first["content_html"]
    assert f'href="{root}articles/bridge/#ref-opened"' in first["content_html"]
    assert first.get("url", "") == (f"{SITE}articles/bridge/notes/opened/" if root else "")
    assert "<script>" not in first["content_html"]


def test_the_table_runs_nothing_in_a_spreadsheet(nowhere: Project) -> None:
    text = (nowhere.folder / "site" / "data" / "notes.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert len(rows) == 6
    assert not [value for row in rows for value in row.values() if value.startswith(("=", "+", "-", "@"))]
    by_id = {row["id"]: row for row in rows if row["article"] == "articles/bridge.md"}
    assert by_id["cost"]["exact"] == "'=1+1 is what it cost. It"
    assert by_id["old"]["note"] == "'@ the start: it overlaps."
    assert by_id["opened"]["sources"] == "S1; S2"
    assert by_id["hebrew"]["note"] == "מימין לשמאל"


def test_sources_are_csl_json_and_bibtex(nowhere: Project) -> None:
    items = json.loads(nowhere.read("data/sources.csl.json"))
    jsonschema.Draft7Validator(conforming.data("csl-data.json")).validate(items)
    register = list(load_site(ROOT / "docs").context.sources.values())
    jsonschema.Draft7Validator(conforming.data("csl-data.json")).validate(csl.items(register))
    assert items[2]["issued"] == {"date-parts": [[1950], [1951]]}
    assert items[1]["issued"] == {"date-parts": [[1932, 5]], "circa": True}


TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=40).filter(str.strip)


@given(TEXTS, TEXTS)
def test_bibtex_reads_back(title: str, author: str) -> None:
    from bibtexparser.entrypoint import parse_string

    source = Source.model_validate({"id": "S1", "title": title, "author": [{"literal": author}], "issued": "2020"})
    library = parse_string(bibtex.text([source]))
    (entry,) = library.entries
    assert not library.failed_blocks

    def plain(value: str) -> str:
        for sign, name in (("~", "asciitilde"), ("^", "asciicircum")):
            value = value.replace(rf"\text{name}{{}}", sign)
        value = value.replace(r"\textbackslash{}", "\0")
        return re.sub(r"\\([{}&%$#_])", r"\1", value).replace("\0", "\\")

    assert plain(entry["title"]).strip() == source.title
    assert plain(entry["author"].removeprefix("{").removesuffix("}")).split() == author.split()


# A reading text has no two white spaces side by side.
PAGE_TEXT = (
    st.text(st.sampled_from("ab -,.\n😀é\u0301\u200d👩🏽ש&"), min_size=1, max_size=120)
    .map(lambda text: re.sub(r"[ \n]*\n[ \n]*|  +", lambda run: "\n" if "\n" in run[0] else " ", text).strip())
    .filter(bool)
)


@given(PAGE_TEXT, st.data())
def test_selectors_fit_any_text(text: str, draw: st.DataObject) -> None:
    from urllib.parse import unquote

    start = draw.draw(st.integers(0, len(text) - 1))
    span = Span(start, draw.draw(st.integers(start + 1, len(text))))
    assume(text[span.start : span.end] == text[span.start : span.end].strip())  # as a quote is found
    annotation = Annotation.model_validate(
        {"id": "a", "quote": "x", "kind": "context", "note": "x", "author": "editors", "created": "2026-01-01"}
    )
    note = view(annotation, Context(), number=1, span=span, passage=text[span.start : span.end], body="")
    selector = quote_selector(note, text)
    assert text[: span.start].endswith(selector.get("prefix", ""))
    assert text[span.end :].startswith(selector.get("suffix", ""))
    assert max(len(selector.get(key, "")) for key in ("prefix", "suffix")) <= 32
    directive = text_fragment(note, text)
    assert re.fullmatch(r":~:text=([\w.~%]*-,)?[\w.~%]*(,[\w.~%]+)?(,-[\w.~%]+)?", directive, re.ASCII)
    for part in directive.removeprefix(":~:text=").split(","):
        assert unquote(part.strip("-")) in " ".join(text.split())


@given(st.recursive(st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_no_data_end_their_element(data: Any) -> None:
    element = script(data)
    assert element.count("<") == 2
    assert json.loads(element.partition(">")[2].removesuffix("</script>")) == data


ADDRESSES = st.sampled_from(["", "a/", "a/b/", "c/d/e/", "c.html", "a/c.html", "a/b/d.html"])


@given(ADDRESSES, ADDRESSES, ADDRESSES)
def test_moved_links_lead_to_the_same_place(old: str, new: str, target: str) -> None:
    from urllib.parse import urljoin

    html = f'<a href="{relative(target, old)}?q#x">x</a><a href="https://e.org/">y</a><img src="#z"><i id="w"></i><a href="#w">w</a>'
    there = moved(html, old, new)
    root = "https://site.example/"
    links = re.findall(r'(?:href|src)="([^"]*)"', there)
    assert urljoin(root + new, links[0]) == f"{root}{target}?q#x"
    assert links[1] == "https://e.org/"
    assert urljoin(root + new, links[2]) == f"{root}{old}#z"
    assert links[3] == "#w"
    assert re.findall(r'href="([^"]*)"', moved(html, old, "", root))[0] == f"{root}{target}?q#x"


@pytest.mark.parametrize(
    "head",
    ["# Fish & `a<b>` &amp;lt;", "---\ntitle: Fish & a<b> &lt;\n---\n# Another\n"],
    ids=["heading", "front matter"],
)
def test_a_title_is_plain_text_wherever_it_is_told(project: Project, head: str) -> None:
    note = "{id: n, quote: bridge, kind: context, note: x, author: editors, created: 2026-01-01}"
    project.write({"docs/a.md": f"{head}\n\nThe bridge.\n", "docs/a.annotations.yml": f"annotations: [{note}]\n"})
    assert project.build() == []
    page, own = project.read("a/index.html"), project.read(file_of(note_url("a/", "n")))
    title, shown = "Fish & a<b> &lt;", "Fish &amp; a&lt;b&gt; &amp;lt;"
    assert f'<meta property="og:title" content="{shown}">' in page
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert json.loads(data)["@graph"][0]["headline"] == title
    assert f">In the article: {shown}</a>" in own


def test_a_link_that_an_author_wrote_in_capitals_leads_there_from_the_notes_own_page(project: Project) -> None:
    note = "{id: n, quote: bridge, kind: context, note: 'See <A HREF=\"../c/\">c</A>.', author: editors, created: 2026-01-01}"
    project.write({"docs/a.md": "# A\n\nThe bridge.\n", "docs/a.annotations.yml": f"annotations: [{note}]\n"})
    assert project.build() == []
    (there,) = re.findall(r'HREF="([^"]*)"', project.read(file_of(note_url("a/", "n"))))
    assert there == "../../../c/"


@pytest.mark.parametrize(
    ("article", "files", "note"),
    [
        ("", "", "notes/n/"),
        ("a/b/", "a/b/", "a/b/notes/n/"),
        ("index.html", "", "notes/n.html"),
        ("a/index.html", "a/", "a/notes/n.html"),
        ("a/b.html", "a/b/", "a/b/notes/n.html"),
    ],
)
def test_addresses_of_what_belongs_to_an_article(article: str, files: str, note: str) -> None:
    assert folder(article) == files
    assert note_url(article, "n") == note


def test_addresses_that_end_in_html(tmp_path: Path) -> None:
    site = built(tmp_path, "use_directory_urls: false", f"site_url: {SITE}")
    assert 'href="bridge/notes/opened.html"' in site.read("articles/bridge.html")
    page = site.read("articles/bridge/notes/opened.html")
    assert 'href="../../bridge.html#ref-opened"' in page
    assert 'href="../../../other.html#here"' in page
    assert f'<link rel="canonical" href="{SITE}articles/bridge/notes/opened.html">' in page
    assert site.exists("articles/bridge/annotations.jsonld")


@pytest.mark.parametrize(
    ("meta", "expected"),
    [
        ({}, Byline()),
        ({"date": datetime.date(2026, 1, 2)}, Byline(published="2026-01-02", dated="2026-01-02")),
        (
            {"date": {"created": "2026-01-02", "updated": datetime.date(2026, 1, 3)}},
            Byline((), "2026-01-02", "2026-01-02", "2026-01-03"),
        ),
        ({"date": "soon", "author": 7, "image": ["x"]}, Byline(dated="soon")),
        ({"image": "https://example.org/x.png"}, Byline(image="https://example.org/x.png")),
        ({"image": "/top.png"}, Byline(image="top.png")),
    ],
)
def test_front_matter_says_who_when_and_which_picture(meta: dict[str, Any], expected: Byline) -> None:
    assert byline(meta, "articles/bridge.md", Settings()) == expected


BY_THREE = 'By Nora Falk, <a rel="author" href="https://example.org/ana">Ana &lt;Li&gt;</a> and The editors'


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("date: 2026-01-02", '<time datetime="2026-01-02">2 January 2026</time>'),
        ("date: '2026-01-02T10:30:00'", '<time datetime="2026-01-02T10:30:00">2 January 2026</time>'),
        ("date: {created: 2026-01-02, updated: 2026-02-02}", '<time datetime="2026-01-02">2 January 2026</time>'),
        ("date: 2026-02", "February 2026"),
        ("date: the spring of 2026", "the spring of 2026"),
        ("author: Nora Falk", "By Nora Falk"),
        ("authors: [Nora Falk, {name: Ana <Li>, url: https://example.org/ana}, editors]", BY_THREE),
        ("author: editors\ndate: 2026-01-02", 'By The editors · <time datetime="2026-01-02">2 January 2026</time>'),
        ("author: ''\ndate:", None),
        ("description: Of a bridge.", None),
    ],
)
def test_the_head_of_an_article_says_who_wrote_it_and_when(project: Project, front: str, expected: str | None) -> None:
    page = f"---\n{front}\n---\n\n# The bridge\n\nIt was opened in 1931.\n"
    notes = "annotations:\n- {id: a, quote: opened in 1931, kind: context, note: Yes., author: editors, created: 2026-01-03}\n"
    files: dict[str, str | bytes] = {"docs/bridge.md": page, "docs/bridge.annotations.yml": notes}
    files["docs/postil.yml"] = "authors: {editors: {name: The editors, type: organisation}}\n"
    assert project.write(files).build() == []
    found = re.search(r'<p class="postil-head__by">(.*?)</p>', project.read("bridge/index.html"))
    assert (found[1] if found else None) == expected


def test_the_theme_of_a_blog_shows_the_byline_itself() -> None:
    assert line({"author": "Nora Falk"}, Settings(), Texts())
    assert not line({"author": "Nora Falk", "template": "blog-post.html"}, Settings(), Texts())


def test_a_byline_follows_its_front_matter_from_build_to_build(project: Project) -> None:
    notes = "annotations:\n- {id: a, quote: opened in 1931, kind: context, note: Yes., author: editors, created: 2026-01-03}\n"
    for name in ("Nora Falk", "Ana Li"):
        page = f"---\nauthor: {name}\n---\n\n# The bridge\n\nIt was opened in 1931.\n"
        assert project.write({"docs/bridge.md": page, "docs/bridge.annotations.yml": notes}).build() == []
        assert f"By {name}</p>" in project.read("bridge/index.html")


def test_a_source_that_an_article_is_not_based_on_is_told(project: Project) -> None:
    lines = project.write(FILES | {"docs/articles/bridge.md": ARTICLE.replace("based_on: S2", "based_on: S22")}).build()
    assert any(
        "docs/articles/bridge.md:3:1: based_on: the source 'S22' is not in sources.yml" in line for line in lines
    )


def test_a_page_in_the_place_of_a_note_is_told_and_a_file_of_the_authors_own_stays(project: Project) -> None:
    more: dict[str, str | bytes] = {"docs/articles/bridge/notes/old.md": "# Mine\n", "docs/feed.xml": "mine"}
    assert project.write(FILES | more).build()[0] == (
        "docs/articles/bridge.annotations.yml:28:9: old: articles/bridge/notes/old.md has the address of the note's own "
        "page; move that page"
    )
    (project.folder / "docs/articles/bridge/notes/old.md").unlink()
    assert project.build() == []
    assert project.read("feed.xml") == "mine"


def test_a_site_without_notes_gives_nothing_out(project: Project) -> None:
    assert project.write({"docs/index.md": "# A\n"}).build() == []
    assert not project.exists("feed.xml")
    assert "ld+json" not in project.read("index.html")
