"""The built site in a real browser: without styles, without scripts, from the disk; search; the pages made from data."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest
from mkdocs.utils import get_theme_dir
from playwright.sync_api import Browser, expect

from browsing import ARTICLE, WIDTHS, boxes, open_page, violations
from conftest import Project

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_overflows_and_no_two_notes_overlap(browser: Browser, address: str, width: int) -> None:
    page = open_page(browser, address + ARTICLE, width)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    notes = sorted(boxes(page, ".postil-note"), key=lambda box: box["top"])
    assert bool(notes) == (width >= 800)
    for above, below in itertools.pairwise(notes):
        assert above["bottom"] <= below["top"] + 0.5
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_what_we_add_breaks_no_rule_of_accessibility(browser: Browser, address: str, width: int, scheme: Any) -> None:
    page = open_page(browser, address + ARTICLE, width, color_scheme=scheme, reduced_motion="reduce")
    if width < 800:
        page.goto(address + ARTICLE + "#note-troop-count")
    assert violations(page, "article") == []
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "path",
    [
        "", "claims/", "timeline/", "people/", "sources/", "corrections/", "method/", "data/", "since/",
        "lost-in-translation/", f"{ARTICLE}notes/where-danger-lay/",
    ],
)  # fmt: skip
def test_made_pages_are_accessible_and_fit_a_phone(browser: Browser, address: str, path: str, scheme: Any) -> None:
    page = open_page(browser, address + path, 320, color_scheme=scheme, reduced_motion="reduce")
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    wide = "all => all.filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.outerHTML.slice(0, 80))"
    own = "article :is(.md-typeset__scrollwrap:has(th[data-sort]), .postil-claims, .postil-verdicts)"
    assert page.eval_on_selector_all(own, wide) == []
    assert violations(page, "article") == []
    page.context.close()


def test_the_text_begins_on_the_first_screen_of_a_phone(browser: Browser, address: str) -> None:
    page = open_page(browser, address + ARTICLE, 390, height=844, has_touch=True, is_mobile=True)
    first = page.locator("article h2 + p").first
    end = """p => {
        const range = document.createRange(), text = p.firstChild
        range.setStart(text, 0)
        range.setEnd(text, text.data.indexOf(".") + 1)
        return range.getBoundingClientRect().bottom
    }"""
    assert first.evaluate(end) < 700  # the browser's own bars take some of the 844 pixels
    assert "In this article" in str(page.locator(".md-sidebar--secondary .md-nav__title").text_content())
    parts = page.locator(".postil-head__parts")
    parts.locator("summary").tap()
    assert violations(page, ".postil-filter") == []
    parts.get_by_role("link").last.tap()
    assert page.locator("article > h2:visible").last.bounding_box()["y"] < 300  # type: ignore[index]
    assert page.evaluate("scrollY") > 1000
    page.context.close()


@pytest.mark.parametrize("width", [390, 1366, 1920])
def test_every_page_begins_at_the_same_line(browser: Browser, address: str, width: int) -> None:
    lefts = set()
    for path in ("", "claims/", "sources/", "method/", f"{ARTICLE}notes/where-danger-lay/"):
        page = open_page(browser, address + path, width)
        lefts.add(round(boxes(page, "article h1")[0]["left"]))
        page.context.close()
    assert len(lefts) == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_address_that_leads_nowhere_helps(browser: Browser, address: str, scheme: Any) -> None:
    page = open_page(browser, address + "404.html", 390, color_scheme=scheme, reduced_motion="reduce")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    links = page.eval_on_selector_all("article a[href]", "all => all.map(link => link.href)")
    assert address + ARTICLE in links
    assert all(page.request.get(link).ok for link in links)
    page.get_by_label("Search this site").fill("Soleimani")
    page.get_by_role("button", name="Search", exact=True).click()
    page.wait_for_selector(".md-search-result__item")
    page.context.close()


@pytest.mark.parametrize(("background", "text"), [("#0d1b2a", "#e0e6ee"), ("#f4ecd8", "#3b2f1e")])
def test_notes_fit_a_scheme_of_the_site_s_own(browser: Browser, address: str, background: str, text: str) -> None:
    page = open_page(browser, address + ARTICLE, 1280, reduced_motion="reduce")
    names = " ".join(f"--md-{name}: {text};" for name in ("default-fg-color", "typeset-color", "typeset-a-color"))
    colours = f"--md-default-bg-color: {background}; {names}"
    page.add_style_tag(content=f'[data-md-color-scheme="own"] {{ {colours} }} * {{ transition: none !important }}')
    page.evaluate("document.body.dataset.mdColorScheme = 'own'")
    page.keyboard.press("j")
    assert violations(page, ".postil-on") == []
    assert violations(page, ".postil-filter") == []
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_leads_somewhere_has_one_colour(browser: Browser, address: str, scheme: Any) -> None:
    page = open_page(browser, address + ARTICLE, 1920, color_scheme=scheme, reduced_motion="reduce")
    page.keyboard.press("j")
    leads = ".postil-tools button, .postil-on :is(.postil-note__source, .postil-note__foot > *:not(.postil-note__by)), .standfirst a:not(.postil-ref)"
    colour = "all => all.map(one => getComputedStyle(one).color)"
    found = page.eval_on_selector_all(leads, colour)
    page.goto(f"{address}sources/")
    found += page.eval_on_selector_all(".postil-register a", colour)
    assert len(found) > 100
    assert len(set(found)) == 1
    page.context.close()


def test_claims_are_sorted_and_filtered(browser: Browser, address: str) -> None:
    page = open_page(browser, address + "claims/", 1280)
    rows = page.locator(".postil-claims tbody tr:visible")
    total = rows.count()
    page.get_by_label("Verdict").select_option("Disputed")
    assert 0 < rows.count() < total
    assert page.locator(".postil-claims output").inner_text() == f"{rows.count()} of {total} notes"
    page.get_by_label("Verdict").select_option("")
    page.locator(".postil-claims__filter input[name=words]").fill("mckenzie")
    assert 0 < rows.count() < total
    page.locator(".postil-claims__filter input[name=words]").fill("")
    page.get_by_role("button", name="Finding").click()
    titles = page.locator(".postil-claims tbody td:nth-child(3)").all_inner_texts()
    assert titles == sorted(titles, key=str.lower)
    page.get_by_role("button", name="No.").click()
    assert page.locator(".postil-claims tbody td").first.inner_text() == "1"
    page.context.close()


@pytest.mark.parametrize(
    ("path", "entries", "words", "choice"),
    [
        ("sources/", ".postil-register > li", "ain al-asad", "low reliability"),
        ("timeline/", ".postil-timeline > li", "embassy", "2019"),
    ],
)
def test_long_lists_are_filtered_by_the_keyboard(
    browser: Browser, address: str, path: str, entries: str, words: str, choice: str
) -> None:
    page = open_page(browser, address + path, 390)
    rows, told = page.locator(f"{entries}:visible"), page.locator(".postil-list output")
    total = rows.count()
    high = page.evaluate("document.documentElement.scrollHeight")
    field = page.get_by_role("searchbox", name="Search").last
    field.focus()
    page.keyboard.type(words.upper())
    some = rows.count()
    assert 0 < some < 20
    assert all(words in text.lower() for text in rows.all_text_contents())
    assert (told.text_content() or "").startswith(f"{some} of {total} ")
    assert page.get_by_role("status").and_(told).count() == 1  # it is read out
    assert page.evaluate("document.documentElement.scrollHeight") < high / 3
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.press("Delete")
    page.keyboard.press("Shift+Tab")
    page.keyboard.type(choice)
    assert 0 < rows.count() < total / 2
    failed: list[str] = []
    page.on("pageerror", lambda error: failed.append(str(error)))
    page.evaluate("location.hash = '#100%'")  # what is no address leads nowhere, and stops nothing
    # A link to what was filtered out shows all again, with the entry in sight.
    out = page.locator(f"{entries}[hidden]").last
    page.evaluate("id => { location.hash = id }", out.get_attribute("id"))
    page.wait_for_function("() => document.querySelector(':target').getBoundingClientRect().height > 0")
    assert rows.count() == total
    assert 0 <= page.evaluate("document.querySelector(':target').getBoundingClientRect().top") < 900
    assert failed == []
    page.context.close()
    page = open_page(browser, address + path, 390, java_script_enabled=False)
    assert page.locator(f"{entries}:visible").count() == total
    assert page.locator(".postil-list:visible").count() == 0
    page.context.close()


def test_a_dot_of_the_axis_leads_to_its_entry_the_one_nearest_to_a_finger(browser: Browser, address: str) -> None:
    page = open_page(browser, f"{address}timeline/", 390, has_touch=True)
    axis = page.locator(".postil-axis").first
    assert axis.get_attribute("role") == "img"  # one picture for those who do not see it; the list follows
    assert axis.locator("a").count() == 0
    dot = axis.locator("circle").first  # alone at its place
    box = dot.bounding_box()
    assert box is not None
    page.touchscreen.tap(box["x"] + box["width"] / 2 + 11, box["y"] + box["height"] / 2)
    entry = dot.get_attribute("data-entry")
    page.wait_for_function("entry => location.hash === '#' + entry", arg=entry)
    assert (dot.text_content() or "").partition(": ")[2] in (page.locator(f"#{entry}").text_content() or "")
    for other in page.locator(".postil-axis circle").all():
        assert page.locator(f"#{other.get_attribute('data-entry')}").count() == 1
    page.context.close()


def test_without_scripts_a_link_opens_the_note_and_leads_back(browser: Browser, address: str) -> None:
    page = open_page(browser, address + ARTICLE, 390, java_script_enabled=False)
    note = page.locator("#note-troop-count")
    assert not note.is_visible()
    page.click("#ref-troop-count")
    assert note.is_visible()
    assert "Confirmed" in note.inner_text()
    note.locator("[role=doc-backlink]").click()
    assert not note.is_visible()
    assert page.url.endswith("#ref-troop-count")
    page.context.close()


def test_without_styles_the_page_is_a_document(browser: Browser, address: str) -> None:
    page = open_page(browser, address + ARTICLE, 820, java_script_enabled=False)
    page.route("**/*.css", lambda route: route.abort())
    page.reload()
    note = page.locator("#note-troop-count")
    assert note.is_visible()
    for words in ("Fact check", "Confirmed", "Sources", "The editors", "22 November 2026", "Back to the passage"):
        assert words in note.inner_text()
    passage = page.locator('mark[aria-details="note-troop-count"]').first.bounding_box()
    below = note.bounding_box()
    assert passage
    assert below
    assert passage["y"] < below["y"]
    page.context.close()


def test_search_leads_to_the_note(browser: Browser, address: str) -> None:
    page = open_page(browser, address + ARTICLE, 1440)
    page.click(".md-search__input")
    ready = "!/initiali/i.test(document.querySelector('.md-search-result__meta').textContent)"
    page.wait_for_function(ready)
    page.keyboard.type("brain injuries")
    hit = page.locator(".md-search-result__link[href*='#note-']").first
    hit.wait_for()
    assert "#note-" in (hit.get_attribute("href") or "")
    hit.click()
    page.wait_for_url("**#note-*")
    assert page.locator(".postil-note:target").is_visible()
    page.context.close()


# What a script of Material's search answers to queries, its index made from the site's entries in these languages.
ANSWERS = """async ([script, languages, queries]) => {
    const worker = new Worker(new URL(script, location))
    const ask = (type, data) => new Promise((done, failed) => {
        worker.onmessage = event => done(event.data)
        worker.onerror = failed
        worker.postMessage({type, data})
    })
    const index = await (await fetch("search/search_index.json")).json()
    await ask(0, {...index, config: {...index.config, lang: languages}, options: {suggest: true}})
    const answers = []
    for (const query of queries) answers.push((await ask(2, query)).data)
    worker.terminate()
    return answers
}"""


@pytest.mark.parametrize("languages", [["en"], ["ar"], ["en", "ar"]], ids=" ".join)
def test_the_lighter_search_finds_what_material_s_finds(browser: Browser, address: str, languages: list[str]) -> None:
    workers = Path(get_theme_dir("material"), "assets/javascripts/workers")
    original = next(workers.glob("search.*.js"))
    page = open_page(browser, address, 1280)
    page.context.route("**/plain.js", lambda route: route.fulfill(path=original, content_type="text/javascript"))
    queries = [
        "soldiers",
        "s",
        "+iraq -soleimani",
        "-iraq",
        "title:check",
        "injuris~1",
        "fact check confirmed",
        "the",
        "",
    ]
    plain, ours = (
        page.evaluate(ANSWERS, [f"assets/javascripts/workers/{script}", languages, queries])
        for script in ("plain.js", original.name)
    )
    assert page.request.get(f"{address}assets/javascripts/workers/{original.name}").body() != original.read_bytes()
    assert sum(len(answer["items"]) for answer in plain) > 20
    assert ours == plain
    page.context.close()


def test_the_text_that_is_read_has_no_numbers_of_notes(browser: Browser, address: str) -> None:
    page = open_page(browser, address + ARTICLE, 1440)
    text = page.evaluate("""() => {
        const article = document.querySelector("article").cloneNode(true)
        article.querySelectorAll("aside, .headerlink").forEach(e => e.remove())
        return article.textContent.replace(/\\s+/g, " ")
    }""")
    assert "Roughly 5,200 American troops are stationed in Iraq" in text
    selected = page.evaluate("""() => {
        const p = document.querySelector("mark[aria-details='note-troop-count']").closest("p")
        getSelection().selectAllChildren(p)
        return getSelection().toString()
    }""")
    assert selected.startswith("Roughly 5,200 American troops are stationed in Iraq, on Iraqi bases")
    page.context.close()


def test_from_the_disk_no_request_goes_elsewhere(browser: Browser, published: Path) -> None:
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((published / ARTICLE / "index.html").as_uri())
    page.wait_for_timeout(500)
    assert page.locator(".postil-note.postil-key").first.is_visible()
    page.keyboard.press("j")
    assert page.locator(".postil-on .postil-note__body").is_visible()
    assert [address for address in asked if not address.startswith(("file:", "blob:", "data:"))] == []
    page.context.close()


def test_a_table_on_several_pages_is_filtered_and_sorted_as_a_whole_from_the_disk(
    browser: Browser, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("postil.views.claims.ROWS", 2)
    words = ("gamma", "beta", "alpha", "delta", "omega")
    notes = [
        f"{{id: {word}, quote: {word}, kind: context, note: x, title: '<{word}>', author: editors, created: 2026-01-01}}"
        for word in words
    ]
    text = {
        "docs/a.md": f"# B\n\n{' '.join(words)}.\n",
        "docs/a.annotations.yml": f"annotations: [{', '.join(notes)}]\n",
    }
    assert project.write({"docs/index.md": "# A\n", **text}).build() == []
    page = open_page(browser, (project.folder / "site/claims/claims-2/index.html").as_uri(), 1280)
    rows, told = page.locator(".postil-claims tbody tr"), page.locator(".postil-claims output")
    assert told.inner_text() == "2 of 5 notes" and page.locator(".postil-claims__parts a").count() == 3
    page.get_by_role("button", name="Passage").click()
    expect(rows).to_have_count(5)
    assert [row.split()[1] for row in rows.all_inner_texts()] == sorted(words)
    assert not page.locator(".postil-claims__parts").is_visible()
    page.locator(".postil-claims__filter input[name=words]").fill("<omega>")
    assert told.inner_text() == "1 of 5 notes"
    with page.expect_navigation():
        rows.get_by_role("link").click()
    assert page.url.endswith("/a/#note-omega") or "/a/index.html" in page.url
    page.context.close()
