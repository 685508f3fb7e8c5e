"""Pages made from the data: real builds of small sites, and their drawings."""

from __future__ import annotations

import datetime
import json
import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT, Project
from postil.site.urls import relative
from postil.views import drawing, maps

ARTICLE = "# The bridge\n\nThe bridge was opened in 1931 by Mayor Falk.\n\nIt fell in 1950.\n"
NOTES = """\
annotations:
  - id: opened
    quote: opened in 1931
    kind: fact-check
    verdict: partly
    title: A year too early
    note: It was 1932.
    sources: [S1, {id: S2, says: opened at last}]
    tags: [dates, key]
    author: editors
    created: 2026-11-20
    changed: [{date: 2026-11-25, what: The year was put right.}, {date: 2026-11-23, what: A comma.}]
    claimed: The bridge was opened in 1931.
    claimant: Edda Falk
    claimed_on: 1931-05~
    since: [{date: 1951-05~, what: It was rebuilt., sources: [S2]}, {date: 1950, what: It fell by flood.}]
  - id: fell
    quote: It fell
    kind: context
    note: Nobody was hurt.
    sources: [S2]
    caution: Rests on a repost only.
    author: editors
    created: 2026-11-21
uncovered:
  - {quote: "1950", reason: Nobody doubts it.}
"""
SOURCES = """\
references:
  - {id: S1, type: report, title: A report, author: [{literal: The Office}], issued: 2020-02-09, URL: "https://example.org/r?a=1&b=2"}
  - {id: S2, title: "News: <u>bold</u>", container-title: The Herald, issued: 1932-05~, custom: {copy: repost}}
  - {id: S3, title: Not used, issued: {literal: undated}, note: Nobody cites it.}
"""
EVENTS = """\
events:
  - {date: 1931-05-02/1931-05-04, when: article, what: The opening., sources: [S1], notes: [opened], confidence: high}
  - {date: "1950", when: after, what: The fall., note: By flood.}
  - {date: 2030-01, when: after, what: A new bridge., planned: "yes"}
"""
PEOPLE = """\
people:
  - {id: falk, name: Edda Falk, role: Mayor., names: [Falk], sources: [S2]}
places:
  - {id: bridge, name: "Lindhaven", what: Where it stood., lat: "33.3", lon: "44.4", names: [bridge]}
  - {id: far, name: Davos, what: Elsewhere., lat: "46.8", lon: "9.8"}
"""


@pytest.fixture
def site(project: Project) -> Project:
    project.write(
        {
            "docs/index.md": "# Home\n\n<!-- postil: articles -->\n\n<!-- postil: tally -->\n\n<!-- postil: findings -->\n\n<!-- postil: nothing -->\n",
            "docs/articles/bridge.md": ARTICLE,
            "docs/articles/bridge.annotations.yml": NOTES,
            "docs/method.md": "# Method\n\n<!-- postil: verdicts -->\n\n<!-- postil: coverage -->\n",
            "docs/sources.yml": SOURCES,
            "docs/events.yml": EVENTS,
            "docs/people.yml": PEOPLE,
            "docs/maps/iraq.geojson": (ROOT / "docs/maps/iraq.geojson").read_bytes(),
        }
    )
    assert project.build() == []
    return project


def content(page: str) -> str:
    return page[page.index("<article") : page.index("</article>")]


def test_every_note_is_in_the_table_of_claims_and_leads_to_its_passage(site: Project) -> None:
    page = content(site.read("claims/index.html"))
    assert page.count("<tr data-verdict") == 2
    assert 'href="../articles/bridge/#note-opened"' in page
    assert "A year too early" in page
    assert '<time datetime="2026-11-25">2026-11-25</time>' in page


def test_a_column_that_says_the_same_in_every_row_is_left_out(site: Project) -> None:
    heads = re.findall(r'<th scope="col"[^>]*>([^<]*)', content(site.read("claims/index.html")))
    assert {"No.", "Passage", "Finding", "Verdict"} <= set(heads)
    assert "Author" not in heads  # all are by the editors


def test_the_front_page_shows_tally_key_findings_and_last_change(site: Project) -> None:
    page = content(site.read("index.html"))
    assert 'aria-label="1 Partly right"' in page
    assert "Context (1)" in page
    assert '<a href="articles/bridge/">The bridge</a>' in page
    assert "2 notes: Partly right (1), Context (1)." in page
    assert "A year too early" in page
    assert "Nobody was hurt" not in page
    assert "last change on 25 November 2026" in page
    assert "<!-- postil: nothing -->" in page


def test_sources_have_references_marks_and_their_notes(site: Project) -> None:
    page = content(site.read("sources/index.html"))
    assert '<li id="source-S1">' in page
    assert "The Office (2020)" in page
    assert '<a href="https://example.org/r?a=1&amp;b=2">' in page
    assert "News: &lt;u&gt;bold&lt;/u&gt;" in page
    assert "repost" in page
    assert "Not used in any note." in page
    note = content(site.read("articles/bridge/index.html"))
    assert 'href="../../sources/#source-S1"' in note
    assert 'href="../articles/bridge/#note-opened"' in page
    assert "Caution: Rests on a repost only." in note


def test_the_timeline_is_drawn_and_listed(site: Project) -> None:
    page = content(site.read("timeline/index.html"))
    assert page.count("postil-axis__dot") == 3 + 1, "one is only planned"
    assert '<li id="event-1931-05-02-1931-05-04" data-year="1931">' in page
    assert "2 May 1931 – 4 May 1931" in page
    assert 'href="../sources/#source-S1"' in page
    assert 'href="../articles/bridge/#note-opened"' in page
    assert "There are no events here yet." in page, "none before"
    assert "Planned; whether it happened is not known." in page


def test_people_and_places_lead_to_the_passages_that_name_them(site: Project) -> None:
    page = content(site.read("people/index.html"))
    assert "Named in the article (1):" in page
    assert "#:~:text=" in page
    assert "by Mayor Falk" in page
    assert page.count("postil-map__dot") == 1, "Davos is not in Iraq"
    assert '<li id="far">' in page


def test_changes_are_listed_newest_first(site: Project) -> None:
    page = content(site.read("corrections/index.html"))
    assert page.index("The year was put right.") < page.index("A comma.")


def test_what_happened_since_is_last_in_the_note_and_listed_by_date(site: Project) -> None:
    page = content(site.read("since/index.html"))
    assert page.index("It fell by flood.") < page.index("c. May 1951") < page.index("It was rebuilt.")
    assert 'href="../sources/#source-S2"' in page and 'href="../articles/bridge/#note-opened"' in page
    article = re.sub(r"<script.*?</script>", "", content(site.read("articles/bridge/index.html")))
    assert article.index("A comma.") < article.index("What happened since") < article.index("It was rebuilt.")
    assert article.index("It was rebuilt.") < article.index("It fell by flood."), "in the order of the author"
    assert "It was rebuilt." in site.read("search/search_index.json")


def test_a_finding_names_the_claim_and_who_made_it(site: Project) -> None:
    assert "The claim: The bridge was opened in 1931. (Edda Falk, c. May 1931)" in content(site.read("index.html"))


def test_method_shows_the_scale_and_the_coverage(site: Project) -> None:
    page = content(site.read("method/index.html"))
    assert "Independent sources say the same." in page
    assert "and 1 of 2 figures and dates. For 1 of the figures" in page


def test_links_of_made_pages_are_good(site: Project) -> None:
    folder = site.folder / "site"
    for page in folder.rglob("*.html"):
        if page.name == "404.html":
            continue
        html = page.read_text("utf-8")
        for address in re.findall(r'<a [^>]*href="([^"#:]*)(?:#([^":]*))?"', content(html)):
            target = (page.parent / address[0]).resolve() if address[0] else page
            target = target / "index.html" if target.is_dir() else target
            assert target.is_file(), (page, address)
            if address[1]:
                assert f'id="{address[1]}"' in target.read_text("utf-8"), (page, address)


def test_an_own_page_goes_before_a_made_one(project: Project) -> None:
    files: dict[str, str | bytes] = {
        "docs/index.md": ARTICLE,
        "docs/index.annotations.yml": NOTES,
        "docs/sources.yml": SOURCES,
    }
    assert project.write(files | {"docs/claims.md": "# My claims\n\n<!-- postil: claims -->\n"}).build() == []
    page = content(project.read("claims/index.html"))
    assert "My claims" in page
    assert page.count("<tr data-verdict") == 2


def test_a_new_site_with_one_note_looks_right(project: Project) -> None:
    notes = (
        "annotations:\n- {id: one, quote: bridge, kind: question, note: Which?, author: editors, created: 2026-01-01}\n"
    )
    project.write({"docs/index.md": "# A\n\nThe bridge.\n", "docs/index.annotations.yml": notes})
    (project.folder / "docs/sources.yml").unlink()
    assert project.build() == []
    assert "There are no sources yet." in project.read("sources/index.html")
    assert "No note has been changed since it was published." in project.read("corrections/index.html")
    assert "Open question (1)" in project.read("claims/index.html")
    assert not project.exists("timeline/index.html")


def test_an_unknown_citation_style_is_told(project: Project) -> None:
    files: dict[str, str | bytes] = {
        "docs/index.md": ARTICLE,
        "docs/index.annotations.yml": NOTES,
        "docs/sources.yml": SOURCES,
        "docs/postil.yml": "citation_style: no-such-style\n",
    }
    assert project.write(files).build()[0].startswith("docs/postil.yml:1:1: citation_style: there is no citation style")


def test_an_excuse_for_words_that_are_not_there_is_told(project: Project) -> None:
    files: dict[str, str | bytes] = {
        "docs/index.md": ARTICLE,
        "docs/index.annotations.yml": NOTES.replace('"1950"', '"1960"'),
        "docs/sources.yml": SOURCES,
    }
    assert "index.annotations.yml:26:13: uncovered: '1960': these words are not" in project.write(files).build()[0]


def test_search_finds_the_events_but_no_note_twice(site: Project) -> None:
    entries = json.loads(site.read("search/search_index.json"))["docs"]
    assert any("The opening." in entry["text"] for entry in entries)
    assert sum("Nobody was hurt" in entry["text"] for entry in entries) == 1


ADDRESSES = st.sampled_from(["", "a/", "a/b/", "c/d/e/", "c.html", "a/c.html", "a/b/d.html"])


@given(ADDRESSES, ADDRESSES)
def test_relative_addresses_lead_where_they_should(url: str, base: str) -> None:
    from urllib.parse import urljoin

    assert urljoin(f"https://x.org/{base}", relative(url, base)) == f"https://x.org/{url}"


DATES = st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 1, 1))


ONE_NOTE = """\
    annotations:
      - {id: a, quote: Words, kind: context, note: Said., author: editors, created: 2026-11-20}
    """
OSLO = """\
    places:
      - {id: oslo, name: Oslo, what: A town., lat: 59.9, lon: 10.7}
    """


ENTRIES = st.from_regex(r"(event-[0-9-]{1,9})?", fullmatch=True)


@given(st.lists(st.builds(drawing.Dot, DATES, st.text(max_size=5), entry=ENTRIES), max_size=12))
def test_an_axis_is_well_formed_and_shows_every_event(dots: list[drawing.Dot]) -> None:
    svg = str(drawing.axis(dots, "label", str))
    assert svg.count("<circle") == len(dots)
    if dots and all(dot.title.isprintable() for dot in dots):
        height = float(ElementTree.fromstring(svg).get("height", ""))
        assert all(0 <= float(value) <= height for value in re.findall(r' cy="([-\d.]+)"', svg))
        places = [float(value) for value in re.findall(r' cx="([-\d.]+)%"', svg)]
        assert len(places) == len(dots)
        assert all(0 <= place <= 100 for place in places)


@given(st.lists(st.tuples(st.floats(29, 38), st.floats(38, 49)), max_size=15))
def test_names_on_a_map_do_not_lie_on_one_another(spots: list[tuple[float, float]]) -> None:
    iraq = maps.read_outline(ROOT / "docs/maps/iraq.geojson")
    assert iraq
    svg = str(maps.chart(iraq, [maps.Spot("Name", lat, lon) for lat, lon in spots], "map"))
    boxes = []
    for x, y, anchor in re.findall(r'<text [^>]*x="(\d+)" y="(\d+)" text-anchor="(\w+)"', svg):
        left = int(x) - (26 if anchor == "end" else 0)
        boxes.append((left, int(y) - 10, left + 26, int(y)))
    for number, one in enumerate(boxes):
        for other in boxes[:number]:
            assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


def test_a_map_is_drawn_only_where_places_lie_on_an_outline_of_the_site(project: Project) -> None:
    page: dict[str, str | bytes] = {
        "docs/index.md": "# A\n\nWords.\n",
        "docs/index.annotations.yml": ONE_NOTE,
        "docs/people.yml": OSLO,
    }
    assert project.write(page).build() == []
    assert "postil-map" not in project.read("people/index.html")
    outline = (ROOT / "docs/maps/iraq.geojson").read_text("utf-8")
    assert project.write({"docs/maps/iraq.geojson": outline}).build() == []
    assert "postil-map" not in project.read("people/index.html")
    box = "[[[4, 58], [12, 58], [12, 62], [4, 62], [4, 58]]]"
    data = f'{{"geometry": {{"type": "Polygon", "coordinates": {box}}}, "properties": {{"name": "N", "source": "us"}}}}'
    assert project.write({"docs/maps/n.geojson": data}).build() == []
    assert project.read("people/index.html").count("postil-map__dot") == 1
    assert (
        project.write({"docs/maps/n.geojson": "{}"})
        .build()[0]
        .startswith("docs/maps/n.geojson:1:1: expected a GeoJSON")
    )


def test_a_long_table_goes_on_upon_further_pages_and_a_file_has_all_rows(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("postil.views.claims.ROWS", 2)
    words = ("alpha", "beta", "gamma", "delta", "epsilon")
    notes = [
        f"{{id: {word}, quote: {word}, kind: context, note: x, author: editors, tags: [t-{word}], created: 2026-01-01}}"
        for word in words
    ]
    project.write(
        {
            "docs/index.md": "# A\n\nNo notes.\n",
            "docs/a.md": f"# B\n\n{' '.join(words)}.\n",
            "docs/a.annotations.yml": f"annotations: [{', '.join(notes)}]\n",
        }
    )
    assert project.build() == []
    paths = ["claims/index.html", "claims/claims-2/index.html", "claims/claims-3/index.html"]
    found, folder = [], project.folder / "site"
    for number, path in enumerate(paths, 1):
        page = content(project.read(path))
        rows = re.findall(
            r'<td class="postil-claims__number">(\d)</td>\n<td class="postil-claims__passage"><a href="([^"]*)">(\w+)</a>',
            page,
        )
        found += [(row, name) for row, _, name in rows]
        assert [
            (folder / path).parent.joinpath(address.partition("#")[0], "index.html").is_file() for _, address, _ in rows
        ]
        assert re.findall(r'aria-current="page">(\d)<', page) == [str(number)]
        leads = re.findall(r'href="([^"]*)"', page.partition("postil-claims__parts")[2])
        assert [(folder / path).parent.joinpath(lead, "index.html").resolve() for lead in leads] == [
            (folder / other).resolve() for other in paths
        ]
        assert page.count("<option>t-") == len(words)  # of all rows, not of those that stand here
        assert 'claims.js" defer' in page
    assert found == [(str(row), word) for row, word in enumerate(words, 1)]
    data = json.loads(project.read("claims/claims.js").removeprefix("window.postilClaimRows = ").rstrip(";\n"))
    assert [(data["articles"][row[0]], row[1], row[2]) for row in data["rows"]] == [("../a/", w, w) for w in words]
    assert not project.exists("claims/claims-4/index.html")


def test_a_short_table_is_whole(site: Project) -> None:
    assert "postil-claims__parts" not in site.read("claims/index.html")
    assert not site.exists("claims/claims.js")


def test_what_a_publisher_types_is_set_as_code(site: Project) -> None:
    assert "run <code>postil offline</code>, then build" in content(site.read("downloads/index.html"))
