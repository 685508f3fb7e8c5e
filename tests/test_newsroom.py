"""The state of a note from draft to retraction: what readers see of it, what is given out, what is told to the author."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import conforming
import validating
from conftest import Project
from postil.commands import main
from postil.files.translations import texts
from postil.page.reporting import report

ARTICLE = """\
# The bridge

The bridge was opened in 1931 by the mayor. It is the longest of the country. Nobody came. It fell in 1950.
"""
SETTINGS = """\
authors:
  editors: {name: The editors}
  mira: {name: Mira Solberg}
  jon: {name: Jon Halden, url: "https://example.org/jon"}
  ada: {name: Ada Lind}
review: {needed: "0", show: names}
"""
FULL = """\
annotations:
  - id: opened
    quote: opened in 1931
    kind: fact-check
    verdict: confirmed
    title: It was
    note: Seen in the register.
    sources: [S1, {id: S1, locator: 12-13, says: "opened; at last"}]
    caution: One source only.
    claim: [C1]
    claimed: It was opened in 1931.
    claimant: {name: The council, type: organisation}
    claimed_on: 1931-05
    appearance: [S1]
    tags: [key]
    author: mira
    created: 2026-01-01
    changed: [{date: 2026-02-01, what: A word.}]
    checked: 2026-03-01
    recheck: {date: 2027-01-01, why: Quibblesome.}
    reviews:
      - {by: jon, date: 2026-01-02}
      - {by: ada, date: 2026-01-03, verdict: partly, note: Quibblesome.}
    since: [{date: 1950, what: It fell., sources: [{id: S1, locator: p. 9, says: it fell}]}]
  - id: longest
    quote: the longest of the country
    prefix: "It is "
    suffix: ". Nobody"
    kind: fact-check
    verdict: wrong
    title: Another is longer
    note: It is not.
    sources: [S1]
    author: editors
    created: 2026-01-01
    retracted: {date: 2026-04-01, why: It rested on a forged page.}
  - {id: came, quote: Nobody came, kind: question, note: "Who says so?", author: editors, created: 2026-01-01}
"""
DAY = {"SOURCE_DATE_EPOCH": "1767225600"}  # 1 January 2026


@pytest.fixture
def site(project: Project) -> Project:
    return project.write(
        {
            "mkdocs.yml": (project.folder / "mkdocs.yml").read_text("utf-8") + "site_url: https://bridge.example/\n",
            "docs/index.md": "# Home\n\n<!-- postil: tally -->\n\n<!-- postil: corrections -->\n",
            "docs/bridge.md": ARTICLE,
            "docs/bridge.annotations.yml": FULL,
            "docs/postil.yml": SETTINGS,
        }
    )


def run(*arguments: str, code: int = 0, env: dict[str, str] | None = None) -> str:
    result = CliRunner().invoke(main, list(arguments), env=env or DAY)
    assert result.exit_code == code, result.output
    return result.output


def test_the_annotations_of_reviews_conform(site: Project) -> None:
    run("export", "docs/bridge.md", "-o", "export.json")
    document = json.loads((site.folder / "export.json").read_text("utf-8"))
    assert conforming.collection_musts(document) == []
    assert conforming.what_the_suite_leaves_out(document) == []
    assert conforming.lost_keys(document) == []
    items = document["first"]["items"]
    assert [item["motivation"] for item in items[3:]] == ["moderating", "assessing"]
    assert {item["target"] for item in items[3:]} == {items[0]["id"]}
    assert not any(body.get("purpose") == "classifying" for body in items[1]["body"]), "its verdict was taken back"


@pytest.mark.parametrize(
    ("show", "named", "counted"), [("names", True, True), ("count", False, True), ("nothing", False, False)]
)
def test_a_site_tells_of_reviews_what_it_wants(show: str, named: bool, counted: bool, site: Project) -> None:
    site.write({"docs/postil.yml": SETTINGS.replace("show: names", f"show: {show}")})
    assert site.build() == []
    note = site.read("bridge/index.html").partition('id="note-opened"')[2].partition("</aside>")[0]
    assert ("Jon Halden" in note) is named
    assert ("1 of 2 come to the same verdict" in note) is counted
    assert "Sources last checked on 1 March 2026." in note
    everything = b"".join(path.read_bytes() for path in (site.folder / "site").rglob("*") if path.is_file())
    assert (b"Jon Halden" in everything) is named
    assert b"Quibblesome" not in everything


def test_others_are_named_on_the_page_and_one_verdict_counts(site: Project) -> None:
    assert site.build() == []
    data = [
        json.loads(found)
        for found in re.findall(
            r'<script type="application/ld\+json">(.*?)</script>', site.read("bridge/notes/opened/index.html")
        )
    ]
    page = next(one for one in data if one["@type"] == "WebPage")
    assert page["lastReviewed"] == "2026-03-01"
    assert [one["name"] for one in page["reviewedBy"]] == ["Jon Halden", "Ada Lind"]
    assert conforming.schema_org_problems({key: page[key] for key in page if key != "@context"}) == []
    assert [one["reviewRating"]["alternateName"] for one in data if one["@type"] == "ClaimReview"] == ["Confirmed"]


def test_a_retracted_note_stays_and_claims_nothing(site: Project) -> None:
    assert site.build() == []
    note = site.read("bridge/index.html").partition('id="note-longest"')[2].partition("</aside>")[0]
    assert "Retracted on 1 April 2026: It rested on a forged page." in note
    assert note.index("forged") < note.index("It is not.")
    assert "<s>Another is longer</s>" in note and "Wrong" not in note
    own = site.read("bridge/notes/longest/index.html")
    assert "forged page" in own and "ClaimReview" not in own and "Wrong" not in own
    content = own[own.index("<article") :]
    assert content.count("Retracted on 1 April 2026") == 1 and content.index("forged") < content.index("<blockquote")
    home = site.read("index.html")
    assert "Wrong" not in home.partition("postil-tally")[2].partition("postil-corrections")[0]
    assert "forged page" in home.partition("postil-corrections")[2]
    feed = site.read("feed.xml")
    assert "Retracted: Another is longer" in feed and "2026-04-01T00:00:00Z" in feed
    # Its words may go, and that stops nothing.
    site.write({"docs/bridge.md": ARTICLE.replace("It is the longest of the country. ", "")})
    assert site.build() == []
    assert 'id="note-longest"' in site.read("bridge/index.html")
    own = site.read("bridge/notes/longest/index.html")
    assert "forged page" in own and 'href="../../#note-longest"' in own and "It is the longest" not in own
    assert "forged page" in site.read("index.html").partition("postil-corrections")[2]
    assert "Retracted: Another is longer" in site.read("feed.xml")
    assert "bridge/notes/longest/" in site.read("sitemap.xml")


DRAFT = (
    FULL
    + """\
  - id: fell
    quote: It fell in 1950
    kind: fact-check
    verdict: disputed
    title: Zinfandel
    note: Zinfandel says so.
    sources: [S1]
    author: mira
    status: review
    assigned: ada
    created: 2026-01-01
"""
)


def test_a_note_in_review_is_seen_in_the_preview_alone(site: Project) -> None:
    site.write(
        {"docs/bridge.annotations.yml": DRAFT, "docs/postil.yml": SETTINGS + "report: mailto:desk@example.org\n"}
    )
    assert site.build() == []
    for file in (path for path in (site.folder / "site").rglob("*") if path.is_file()):
        assert b"Zinfandel" not in file.read_bytes() and b"note-fell" not in file.read_bytes(), file
    for form in ("jsonld", "csv", "hypothesis", "atom", "json-feed"):
        run(
            "export",
            *([] if form in ("atom", "json-feed") else ["docs/bridge.md"]),
            "--format",
            form,
            "-o",
            f"export.{form}",
        )
        assert b"Zinfandel" not in (site.folder / f"export.{form}").read_bytes(), form
    assert "Not published: 1 in review." in run("check")
    site.build(serving=True)
    note = site.read("bridge/index.html").partition('id="note-fell"')[2].partition("</aside>")[0]
    assert "Zinfandel" in note and "In review, not published, Ada Lind" in note and "mailto" not in note


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("by: jon", "by: mira", ":22:14: 'mira' wrote this note; a reviewer is another than the author"),
        ("by: jon", "by: john", "the reviewer 'john' is unknown (did you mean 'jon'?)"),
        ("verdict: partly", "verdict: party", "the verdict 'party' is unknown (did you mean 'partly'?)"),
        ("    checked:", "    assigned: jon\n    checked:", "only a note that is not published is assigned"),
        ("why: It rested on a forged page.", "why: ''", "this text is empty"),
        ("checked: 2026-03-01", "checked: soon", "'soon' is not a date"),
        (
            "kind: question",
            "kind: question, reviews: [{by: jon, date: 2026-01-02, verdict: wrong}]",
            "a verdict belongs to a fact check",
        ),
    ],
)
def test_mistakes_in_the_state_are_told(old: str, new: str, told: str, site: Project) -> None:
    site.write({"docs/bridge.annotations.yml": FULL.replace(old, new, 1)})
    seen = site.build()
    assert any(told in line for line in seen), seen


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("review: {needed: some}", "'some' is not a number of reviews"),
        ("review: {show: all}", "'all' is unknown; it is nothing, count, names"),
        ("review: {need: 1}", "the key 'need' is unknown (did you mean 'needed'?)"),
        ("report: desk@example.org", "is no address to which readers can report"),
        ("report: javascript:alert(1)", "is no address to which readers can report"),
    ],
)
def test_mistakes_in_the_settings_are_told(line: str, told: str, site: Project) -> None:
    site.write({"docs/postil.yml": SETTINGS.partition("review:")[0] + line + "\n"})
    seen = site.build()
    assert any("docs/postil.yml:6:" in one and told in one for one in seen), seen


def test_a_fact_check_needs_the_reviews_that_the_site_demands(site: Project) -> None:
    demanded = SETTINGS.replace('needed: "0"', 'needed: "3"')
    site.write({"docs/postil.yml": demanded})
    told = [line for line in site.build() if "3 are needed" in line]
    assert len(told) == 1 and "bridge.annotations.yml:2:5: opened: this fact check has 2 reviews" in told[0]
    site.write({"docs/postil.yml": SETTINGS.replace('needed: "0"', "needed: 2")})
    assert site.build() == []


def test_what_is_due_and_what_differs_is_told_by_check(site: Project) -> None:
    told = run("check", "--due")
    assert "opened: ada comes to 'partly', the note says 'confirmed'" in told and "checked again" not in told
    later = {"SOURCE_DATE_EPOCH": "1798761600"}  # 1 January 2027
    assert "opened: to be checked again since 2027-01-01: Quibblesome." in run("check", env=later)
    run("check", "--due", code=1, env=later)


# ---- Report an error


def _href(page: str, name: str) -> str:
    """The address of the first link of a class, or in an element of it."""
    return html.unescape(page.partition(f'class="{name}"')[2].partition('href="')[2].partition('"')[0])


@pytest.mark.parametrize(
    ("address", "subject"),
    [
        ("mailto:desk@example.org", "subject"),
        ("https://github.com/owner/repo/issues/new", "title"),
        ("https://example.org/form?project=1", "title"),
    ],
)
def test_a_reader_reports_an_error_without_a_script(address: str, subject: str, site: Project) -> None:
    site.write({"docs/postil.yml": SETTINGS + f"report: {address}\n"})
    assert site.build() == []
    links = [_href(site.read("bridge/index.html"), "postil-note__report")]
    links.append(_href(site.read("bridge/notes/opened/index.html"), "postil-own__report"))
    for link in links:
        assert link.startswith(address) and link.isascii() and " " not in link
        asked = parse_qs(urlsplit(link).query, strict_parsing=True)
        assert "opened" in asked[subject][0]
        for words in ("opened in 1931", "https://bridge.example/bridge/notes/opened/", "\r\n"):
            assert words in asked["body"][0]


@given(st.text(min_size=1, max_size=4_000), st.sampled_from(["en", "ar"]))
def test_its_address_is_never_too_long(words: str, language: str) -> None:
    link = report(
        "mailto:desk@example.org", "troop-count", words, "https://example.org/a/notes/troop-count/", texts(language)
    )
    assert len(link) < 2_000 and link.isascii() and not re.search(r"[\s<>\"]", link)
    assert "troop-count" in parse_qs(urlsplit(link).query)["body"][0]


def test_without_an_address_there_is_no_link(site: Project) -> None:
    assert site.build() == []
    assert "__report" not in site.read("bridge/index.html") + site.read("bridge/notes/opened/index.html")


# ---- The work list


def test_the_work_list_has_all_there_is_to_do(site: Project) -> None:
    more = """\
  - {id: day, quote: by the mayor, kind: context, note: x, author: jon, status: draft, created: 2026-01-01}
  - {id: away, quote: not there any more, kind: context, note: x, author: editors, status: draft, created: 2026-01-01}
  - {id: mayor, quote: the mayor, kind: context, note: x, author: mira, status: review, created: 2026-01-01}
"""
    site.write({"docs/bridge.annotations.yml": DRAFT + more})
    site.write({"docs/postil.yml": SETTINGS.replace('needed: "0"', 'needed: "3"')})
    later = {"SOURCE_DATE_EPOCH": "1798761600"}
    data = json.loads(run("todo", "--json", "--author", "ada", env=later))
    assert data["day"] == "2027-01-01"
    assert [(task["group"], task["note"] or task["words"], task["mine"]) for task in data["tasks"]] == [
        ("lost", "away", False),
        ("draft", "day", False),
        ("draft", "away", False),
        ("review", "fell", True),
        ("review", "mayor", False),
        ("unreviewed", "fell", True),
        ("unreviewed", "opened", False),
        ("recheck", "opened", False),
        ("uncovered", "1950", False),
        ("question", "came", False),
    ]
    first = run("todo", "--author", "jon", env=later)
    assert "Drafts (2)\n  * docs/bridge.annotations.yml:" in first and "2 of 3 reviews" in first
    assert "To be checked again" not in run("todo")
    assert "did you mean 'jon'?" in run("todo", "--author", "john", code=2)


def test_where_all_is_done_the_list_is_empty(site: Project) -> None:
    site.write({"docs/bridge.md": "# The bridge\n\nNobody came.\n"})
    note = "{id: came, quote: Nobody came, kind: context, note: x, author: editors, created: 2026-01-01}"
    site.write({"docs/bridge.annotations.yml": f"annotations: [{note}]\n"})
    assert run("todo") == "There is nothing to do.\n"


# ---- A link to a page

PICTURED = """\
---
date: 2026-01-05
---
# The bridge

![The bridge](images/arch%20one.png?v=2)

The bridge was opened in 1931 by the mayor. It is the longest of the country. Nobody came. It fell in 1950.
"""
FIRST = "The bridge was opened in 1931 by the mayor. It is the longest of the country. Nobody came. It fell in 1950."
OTHERS = """\
from mkdocs.plugins import event_priority
CARD = '<meta property="og:title" content="Of the host" />'
@event_priority(50)
def on_post_page(output, page, config):
    return output.replace("</head>", CARD + "</head>") if "card" not in page.meta else output
"""


def told_of(site: Project, page: str) -> list[tuple[str, str]]:
    head = site.read(page).partition("</head>")[0]
    tag = r'<(?:meta (?:property|name)|link rel)="((?:og|twitter|article):\w+|description|canonical)" (?:content|href)="([^"]*)"'
    found: list[tuple[str, str]] = re.findall(tag, head)
    return sorted(found)


def test_a_link_to_an_article_and_to_a_page_that_is_made_shows_what_it_is(site: Project) -> None:
    """The theme of this site tells neither the description nor anything for messengers."""
    config = (site.folder / "mkdocs.yml").read_text("utf-8").replace("name: material, font: false", "name: mkdocs")
    site.write(
        {
            "mkdocs.yml": f"{config}site_description: Of bridges.\n",
            "docs/bridge.md": PICTURED,
            "docs/images/arch one.png": b"",
            "docs/plain.md": "# Plain\n",
        }
    )
    front = "---\ntitle: All of it\ndescription: On a bridge & its notes.\nimage: images/arch one.png\n---\n"
    site.write({"docs/index.md": f"{front}# Home\n\n<!-- postil: findings -->\n"})
    assert site.build() == []
    assert told_of(site, "bridge/index.html") == [
        ("article:published_time", "2026-01-05"),
        ("canonical", "https://bridge.example/bridge/"),
        ("description", FIRST),
        ("og:description", FIRST),
        ("og:image", "https://bridge.example/images/arch%20one.png"),
        ("og:site_name", "Test"),
        ("og:title", "The bridge"),
        ("og:type", "article"),
        ("og:url", "https://bridge.example/bridge/"),
        ("twitter:card", "summary_large_image"),
    ]
    assert told_of(site, "index.html") == [
        ("canonical", "https://bridge.example/"),
        ("description", "Of bridges."),
        ("og:description", "On a bridge &amp; its notes."),
        ("og:image", "https://bridge.example/images/arch%20one.png"),
        ("og:site_name", "Test"),
        ("og:title", "All of it"),
        ("og:type", "website"),
        ("og:url", "https://bridge.example/"),
        ("twitter:card", "summary_large_image"),
    ]
    made = dict(told_of(site, "claims/index.html"))
    assert (made["og:title"], made["og:url"]) == ("Claims", "https://bridge.example/claims/")
    note = dict(told_of(site, "bridge/notes/opened/index.html"))
    assert note["og:image"] == "https://bridge.example/images/arch%20one.png"
    assert [name for name, _ in told_of(site, "plain/index.html")] == ["canonical"]


def test_what_a_host_tells_of_a_page_is_not_told_twice(site: Project) -> None:
    """Without an address of the site nothing that needs one is told."""
    config = (site.folder / "mkdocs.yml").read_text("utf-8").replace("site_url: https://bridge.example/", "")
    hooks = config.replace("hooks: [", "hooks: [others.py, ")
    front = "---\ncard: no\ndescription: Of its own.\n---\n"
    site.write(
        {"mkdocs.yml": hooks, "others.py": OTHERS, "docs/index.md": f"{front}# Home\n\n<!-- postil: tally -->\n"}
    )
    site.write({"docs/bridge.md": PICTURED, "docs/images/arch one.png": b""})
    assert site.build() == []
    assert told_of(site, "bridge/index.html") == [("description", FIRST), ("og:title", "Of the host")]
    assert told_of(site, "index.html") == [
        ("description", "Of its own."),
        ("og:description", "Of its own."),
        ("og:site_name", "Test"),
        ("og:title", "Home"),
        ("og:type", "website"),
        ("twitter:card", "summary"),
    ]


# ---- A note elsewhere


def test_a_link_to_a_note_shows_its_finding_and_its_small_page_fits_a_frame(site: Project) -> None:
    arabic = "\u0643" * 90
    long = FULL.replace("note: Seen in the register.", f"note: Seen & <read> in it. {(arabic + ' ') * 60}")
    site.write({"docs/bridge.annotations.yml": long})
    assert site.build() == []
    own = site.read("bridge/notes/opened/index.html")
    told = dict(
        re.findall(r'<meta (?:property|name)="((?:og|twitter):\w+)" content="([^"]*)"', own.partition("</head>")[0])
    )
    assert told["og:title"] == "Confirmed: It was" and told["twitter:card"] == "summary"  # Twitter reads the others
    assert told["og:description"] == "Confirmed. Seen &amp; in it."
    assert told["og:url"] == "https://bridge.example/bridge/notes/opened/"
    address = html.unescape(own.partition('type="application/json+oembed"')[2].partition('href="')[2].partition('"')[0])
    data = json.loads(site.read(address.removeprefix("https://bridge.example/")))
    assert (data["version"], data["type"], data["provider_name"]) == ("1.0", "rich", "Test")
    assert html.escape(data["html"], quote=True).replace("&quot;", "&#34;") in own
    source = html.unescape(re.findall(r'src="([^"]*)"', data["html"])[0])
    page = site.read(f"{source.removeprefix('https://bridge.example/')}index.html")
    assert len(re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL).encode()) <= 4_096
    assert "<script" not in page and "color-scheme" in page and '<base target="_top">' in page
    assert "Confirmed" in page and 'href="https://bridge.example/bridge/notes/opened/"' in page
    gone = site.read("bridge/notes/longest/embed/index.html")
    assert "It rested on a forged page." in gone and "It is not." not in gone and "Wrong" not in gone


def test_without_the_address_of_the_site_there_is_no_small_page(site: Project) -> None:
    """The line to copy and the oEmbed data need the address; without them nobody would be led to the page."""
    config = (site.folder / "mkdocs.yml").read_text("utf-8").replace("site_url: https://bridge.example/", "")
    site.write({"mkdocs.yml": config})
    assert site.build() == []
    assert {path.name for path in (site.folder / "site/bridge/notes/opened").iterdir()} == {"index.html"}
    assert "embed" not in site.read("bridge/notes/opened/index.html")


@pytest.mark.parametrize(("day", "shown", "given"), [("1931-05", "May 1931", "1931-05"), ("1931~", "c. 1931", None)])
def test_the_day_of_a_claim_is_on_its_page_and_never_surer_than_it_is(
    day: str, shown: str, given: str | None, site: Project
) -> None:
    site.write({"docs/bridge.annotations.yml": FULL.replace("claimed_on: 1931-05", f"claimed_on: {day}")})
    assert site.build() == []
    page = site.read("bridge/notes/opened/index.html")
    assert f"(The council, {shown})" in page
    (data,) = (json.loads(text) for text in re.findall(r'ld\+json">(.*?)</script>', page) if "ClaimReview" in text)
    claim = next(one for one in (data if isinstance(data, list) else [data]) if one["@type"] == "ClaimReview")[
        "itemReviewed"
    ]
    assert claim.get("datePublished") == given
    site.write({"docs/bridge.annotations.yml": FULL.replace("claimed_on: 1931-05", "claimed_on: spring")})
    assert any(
        "'spring' is not a date; write 1931, 1931-05 or 1931-05-02, with ~ for about" in line for line in site.build()
    )


@pytest.mark.parametrize("alone", [False, True])
def test_a_note_taken_back_whose_words_are_gone_is_in_the_data_without_a_place(alone: bool, site: Project) -> None:
    site.write({"docs/bridge.md": ARTICLE.replace("It is the longest of the country. ", "")})
    lost = FULL[FULL.index("  - id: longest") : FULL.index("  - {id: came")]
    site.write({"docs/bridge.annotations.yml": f"annotations:\n{lost}" if alone else FULL})
    assert site.build() == []
    assert site.exists("bridge/notes/longest/index.html")
    items = json.loads(site.read("bridge/annotations.jsonld"))["first"]["items"]
    item = next(item for item in items if item["identifier"] == "longest")
    assert item["lost"] is True and item["withdrawn"] and "Retraction" in item["correction"][-1]["type"]
    (selector,) = item["target"]["selector"]
    assert selector["type"] == "TextQuoteSelector" and selector["exact"] == "the longest of the country"
    rows = list(csv.DictReader(io.StringIO((site.folder / "site/bridge/notes.csv").read_text("utf-8-sig"))))
    (row,) = [row for row in rows if row["id"] == "longest"]
    assert (row["lost"], row["rating"], row["exact"]) == ("yes", "", "the longest of the country")
    assert row["retracted"].startswith("2026-04-01") and all(
        row["lost"] == "" for row in rows if row["id"] != "longest"
    )
    assert "longest" in site.read("bridge/annotations.hypothesis.json")
    assert validating.w3c((site.folder / "site/bridge/annotations.jsonld").read_bytes()) == []
    assert "It rested on a forged page." in site.read("bridge/index.html")
