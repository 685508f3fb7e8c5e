"""Reading in a real browser: widths, schemes, directions, scripts; keys, links, filter, sheet, paper."""

from __future__ import annotations

import datetime
import itertools
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from browsing import ARTICLE, DRIFT, OVERLAPS, ROOT, WIDTHS, build, open_page, violations
from conftest import Project
from postil.files.settings_file import default_settings
from postil.files.translations import is_plural, texts
from postil.page import filters, scripts, styles
from postil.page import margin as margin_styles
from postil.page.paper import css_string

pytestmark = pytest.mark.browser

FOOTER = """() => document.querySelector(".md-footer").getBoundingClientRect().top
    - Math.max(...[...document.querySelectorAll(".postil-note")].map(n => n.getBoundingClientRect().bottom))"""


@pytest.fixture(scope="session")
def arabic(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The Arabic test site."""
    folder = build(ROOT / "tests/sites/arabic", tmp_path_factory.mktemp("arabic") / "site")
    return (folder / "index.html").as_uri()


def opened(browser: Browser, address: str, width: int) -> Iterator[Page]:
    page = open_page(browser, address + ARTICLE, width)
    page.wait_for_selector(".postil-tools button", state="attached")
    yield page
    page.context.close()


@pytest.fixture
def article(browser: Browser, address: str) -> Iterator[Page]:
    """The real article on a wide screen."""
    yield from opened(browser, address, 1440)


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Page]:
    """The real article on a phone."""
    yield from opened(browser, address, 390)


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("width", WIDTHS)
def test_no_overlap_and_no_overflow(
    browser: Browser, address: str, arabic: str, width: int, direction: str, scripts: bool
) -> None:
    target = address + ARTICLE if direction == "ltr" else arabic
    page = open_page(browser, target, width, java_script_enabled=scripts)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.evaluate(OVERLAPS) == 0
    if width >= 800:
        assert page.evaluate(FOOTER) > 0
    page.context.close()


def test_notes_stay_near_their_passages(article: Page) -> None:
    drift = article.evaluate(DRIFT)
    assert sum(drift) / len(drift) <= 25
    assert max(drift) <= 120


def test_nothing_overlaps_while_the_window_is_resized(article: Page) -> None:
    for width in range(800, 1500, 60):
        article.set_viewport_size({"width": width, "height": 900})
        assert article.evaluate(OVERLAPS) == 0


def test_a_line_has_60_to_75_characters(article: Page) -> None:
    script = """() => {
        const p = document.querySelector("article > p:nth-of-type(4)"), range = document.createRange()
        const text = p.textContent, lines = p.getBoundingClientRect().height / parseFloat(getComputedStyle(p).lineHeight)
        return text.length / lines
    }"""
    assert 55 <= article.evaluate(script) <= 78


def test_25_notes_in_five_paragraphs(browser: Browser, project: Project) -> None:
    words = [[f"word{paragraph}{note} stands here" for note in range(5)] for paragraph in range(5)]
    text = "# Dense\n\n" + "\n\n".join(", and then ".join(line) + "." for line in words)
    notes = "annotations:\n" + "".join(
        f"- {{id: n-{quote.split()[0]}, quote: {quote}, kind: context, title: The finding on {quote}, "
        f"note: {'A long note. ' * 12}, author: editors, created: 2026-01-01}}\n"
        for line in words
        for quote in line
    )
    assert project.write({"docs/index.md": text, "docs/index.annotations.yml": notes}).build() == []
    for width in (1000, 1280):
        page = open_page(browser, (project.folder / "site/index.html").as_uri(), width)
        assert page.evaluate(OVERLAPS) == 0
        assert page.evaluate(FOOTER) > 0
        page.context.close()


@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_text_spacing_of_wcag_breaks_nothing(browser: Browser, address: str, size: str) -> None:
    width = 1280 if size == "wide" else 320
    page = open_page(browser, address + ARTICLE, width)
    page.add_style_tag(
        content="* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } "
        "p { margin-block-end: 2em !important }"
    )
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.evaluate(OVERLAPS) == 0
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 820, 1440])
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_whole_pages_break_no_rule(
    browser: Browser, address: str, arabic: str, width: int, scheme: Any, direction: str
) -> None:
    page = open_page(
        browser,
        address + ARTICLE if direction == "ltr" else arabic,
        width,
        color_scheme=scheme,
        reduced_motion="reduce",
    )
    # The plain theme of the test site has faults of its own: links in its text are told by their colour alone.
    if direction == "ltr":
        assert violations(page) == []
    else:
        assert [rule for rule in violations(page, "article") if rule[0] != "link-in-text-block"] == []
        assert violations(page, ".postil-note:last-of-type") == []
    page.context.close()


def test_keys_go_from_note_to_note(article: Page) -> None:
    ids = [note["id"] for note in article.eval_on_selector_all(".postil-note", "all => all.map(n => ({id: n.id}))")]
    for name in (ids[0], ids[1], ids[2]):
        article.keyboard.press("j")
        article.wait_for_function(f"location.hash === '#{name}'")
    article.keyboard.press("k")
    article.wait_for_function(f"location.hash === '#{ids[1]}'")
    article.keyboard.press("Escape")
    article.wait_for_function("!location.hash")
    assert article.locator(".postil-on").count() == 0


def test_single_keys_can_be_switched_off(article: Page) -> None:
    article.keyboard.press("?")
    dialog = article.locator(".postil-help")
    assert "Next note" in dialog.inner_text()
    dialog.get_by_role("checkbox").uncheck()
    article.keyboard.press("Escape")
    for key in "j?":
        article.keyboard.press(key)
        article.wait_for_timeout(200)
        assert "#" not in article.url
        assert not dialog.is_visible()


def test_a_followed_note_is_raised_to_its_passage(article: Page) -> None:
    article.goto(article.url + "#note-troop-count")
    article.wait_for_selector(".postil-on")
    note = article.locator("#note-troop-count").bounding_box()
    ref = article.locator("#ref-troop-count").bounding_box()
    assert note
    assert ref
    # Level with its passage, or lifted beside it where it is tall; that it fits is held by test_opening.
    assert 0 < note["y"] < ref["y"] + 30
    assert note["y"] + note["height"] > ref["y"]
    assert 0 < ref["y"] < 900


def test_passage_and_note_light_up_together(article: Page) -> None:
    color = "e => getComputedStyle(e).backgroundColor"
    mark, note = (
        article.locator('mark[aria-details="note-sanctions-threat"]').first,
        article.locator("#note-sanctions-threat"),
    )
    before = mark.evaluate(color), note.evaluate(color)
    note.hover()
    article.wait_for_timeout(300)
    assert mark.evaluate(color) != before[0]
    article.mouse.move(5, 5)
    mark.hover()
    article.wait_for_timeout(300)
    assert note.evaluate(color) != before[1]


@pytest.mark.parametrize("scripts", [True, False])
def test_the_filter_shows_one_verdict(browser: Browser, address: str, scripts: bool) -> None:
    page = open_page(browser, address + ARTICLE, 1440, java_script_enabled=scripts)
    label = page.locator(".postil-filter label", has_text="Disputed")
    count = int(re.sub(r"\D", "", label.inner_text()))
    label.click()
    page.wait_for_timeout(100)  # what is out of sight follows when the choice is painted
    visible = "() => [...document.querySelectorAll('.postil-note')].filter(n => n.getBoundingClientRect().height > 1)"
    assert page.evaluate(f"({visible})().length") == count
    assert page.evaluate(OVERLAPS) == 0
    page.locator(".postil-filter label", has_text="All").click()
    page.wait_for_timeout(100)
    assert page.evaluate(f"({visible})().length") > count
    page.context.close()


def test_the_sheet_keeps_the_place_and_closes_in_three_ways(phone: Page) -> None:
    note, ref = phone.locator("#note-troop-count"), phone.locator("#ref-troop-count")
    ref.scroll_into_view_if_needed()
    for way in ("Escape", "outside", "back"):
        ref.click()
        note.wait_for()
        assert phone.evaluate("document.querySelector(':popover-open').id") == "note-troop-count"
        assert phone.evaluate("document.activeElement.id") == "note-troop-count"
        place = phone.evaluate("scrollY")
        if way == "Escape":
            phone.keyboard.press("Escape")
        elif way == "outside":
            phone.mouse.click(3, 200)  # not on a passage
        else:
            phone.go_back()
        note.wait_for(state="hidden")
        assert phone.locator(":popover-open").count() == 0
        assert abs(phone.evaluate("scrollY") - place) <= 1


def test_notes_in_the_text_is_a_lasting_choice(phone: Page) -> None:
    phone.get_by_role("button", name="Show notes in the text").click()
    assert phone.locator("#note-troop-count").is_visible()
    phone.reload()
    phone.wait_for_selector(".postil-in-text")
    assert phone.locator("#note-tuesday-visit").is_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") == 390


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("show", ["read", "key", "all"])
def test_the_search_of_the_browser_finds_and_opens_a_note(
    browser: Browser, address: str, width: int, show: str
) -> None:
    page = open_page(browser, address, width, show=show)
    # A text fragment is found by the same means as what is typed into the search, which no test can open.
    page.goto(f"{address}{ARTICLE}#:~:text=was%20the%20figure%20in%20general%20use")
    page.wait_for_selector(".postil-on")
    assert "was the figure in general use" in page.locator(".postil-on .postil-note__body").inner_text()
    page.context.close()


def test_tab_goes_from_a_link_to_its_note_and_back(article: Page) -> None:
    article.locator("#ref-troop-count").focus()
    article.keyboard.press("Enter")
    article.wait_for_selector("#note-troop-count.postil-on")
    focused = "document.activeElement.closest('.postil-note')?.id"
    for _ in range(60):
        article.keyboard.press("Tab")
        if article.evaluate(focused) == "note-troop-count":
            break
    assert article.evaluate(focused) == "note-troop-count"
    article.locator("#note-troop-count [role=doc-backlink]").press("Enter")
    article.wait_for_function("!document.querySelector('.postil-on')")
    assert article.evaluate("document.activeElement.id") == "ref-troop-count"
    article.keyboard.press("Tab")
    article.keyboard.press("Shift+Tab")
    assert article.evaluate("document.activeElement.id") == "ref-troop-count"


def test_focus_goes_in_the_order_of_the_document(article: Page) -> None:
    stops = article.evaluate("""() => [...document.querySelectorAll("article a[href], article button, article input")]
        .filter(e => e.tabIndex > 0).length""")
    assert stops == 0
    order = article.evaluate("""() => [...document.querySelectorAll(".postil-note")].every(note =>
        document.getElementById("ref-" + note.id.slice(5)).compareDocumentPosition(note) & 4)""")
    assert order


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("scripts", [True, False])
def test_a_note_can_be_read_whenever_its_link_can(browser: Browser, address: str, width: int, scripts: bool) -> None:
    page = open_page(browser, address + ARTICLE, width, java_script_enabled=scripts, reduced_motion="reduce")
    for name in page.eval_on_selector_all(".postil-ref", "all => all.map(e => e.id.slice(4))")[::7]:
        page.goto(f"{address}{ARTICLE}#note-{name}")
        page.wait_for_timeout(100)
        box = page.locator(f"#note-{name}").bounding_box()
        body = page.locator(f"#note-{name} .postil-note__body").bounding_box()
        assert box
        assert body
        assert 0 <= box["x"] < box["x"] + box["width"] <= width
        assert body["height"] > 10
        assert -1 <= box["y"] < 900
    page.context.close()


def test_at_200_per_cent_nothing_is_lost(browser: Browser, address: str) -> None:
    page = open_page(browser, address + ARTICLE, 640)  # what a window of 1280 pixels holds at 200 %
    assert page.evaluate("document.documentElement.scrollWidth") == 640
    assert page.evaluate(OVERLAPS) == 0
    page.add_style_tag(content="html { font-size: 200% !important }")
    assert page.evaluate("document.documentElement.scrollWidth") == 640
    page.context.close()


def test_what_changed_since_the_last_visit_is_marked(article: Page) -> None:
    assert article.locator(".postil-new").count() == 0
    article.evaluate("localStorage.setItem('postil-visit:' + location.pathname, '2026-01-01')")
    article.reload()
    article.wait_for_selector(".postil-tools button", state="attached")
    assert article.locator(".postil-new").count() > 0


def test_links_to_note_and_passage_can_be_copied(browser: Browser, address: str) -> None:
    page = open_page(browser, address + ARTICLE, 1440, permissions=["clipboard-read", "clipboard-write"])
    page.goto(page.url + "#note-troop-count")
    note = page.locator("#note-troop-count")
    note.get_by_role("button", name="Copy the link").click()
    assert page.evaluate("navigator.clipboard.readText()").endswith("#note-troop-count")
    note.get_by_role("button", name="Copy a link to the passage").click()
    assert page.evaluate("navigator.clipboard.readText()").endswith("#:~:text=Roughly%205%2C200%20American%20troops")
    page.context.close()


def test_what_is_copied_from_the_article_is_its_text(article: Page) -> None:
    article.evaluate("getSelection().selectAllChildren(document.querySelector('article > p:nth-of-type(3)'))")
    assert not re.search(r"[a-z.]\d", article.evaluate("getSelection().toString()"))


def test_the_layout_does_not_shift(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.add_init_script(
        "window.shifts = []; new PerformanceObserver(l => l.getEntries().forEach(e => window.shifts.push("
        "[e.value, ...e.sources.map(s => [s.node?.className || s.node?.textContent, s.previousRect, s.currentRect])])))"
        ".observe({type: 'layout-shift', buffered: true})"
    )
    page.goto(address + ARTICLE)
    page.wait_for_timeout(800)
    shifts = page.evaluate("window.shifts")
    assert sum(shift[0] for shift in shifts) <= 0.02, shifts
    context.close()


@pytest.mark.parametrize("width", [820, 1100, 1440])
def test_half_a_page_is_as_wide_as_the_whole(browser: Browser, address: str, published: Path, width: int) -> None:
    places = """() => [...document.querySelectorAll("h1, .md-content, .md-sidebar--secondary")].map(one => {
        const { left, right } = one.getBoundingClientRect()
        return [one.tagName, left, right]
    })"""
    page = open_page(browser, address + ARTICLE, width)
    whole = page.evaluate(places)
    half = (published / ARTICLE / "index.html").read_text("utf-8").partition("</h1>")[0]
    page.route("**/" + ARTICLE, lambda route: route.fulfill(body=half, content_type="text/html"))
    page.reload()
    assert page.locator(".postil-note, .postil-filter").count() == 0
    assert page.evaluate(places) == whole
    page.context.close()


def test_the_text_waits_for_nothing_that_comes_later(browser: Browser, address: str) -> None:
    page = browser.new_page()
    held: list[Any] = []
    late = re.compile(r"/assets/(javascripts/bundle\.|postil/margin\.css|postil/notes\.js)")
    page.route(late, lambda route: held.append(route))
    page.goto(address + ARTICLE, wait_until="commit")
    page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length > 0")
    assert len(held) >= 2  # nothing of it has come, or been asked for
    assert page.locator("mark.postil-passage").first.is_visible()
    page.context.close()


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_on_paper_every_note_stands_beside_its_passage(browser: Browser, address: str, paper: str) -> None:
    page = open_page(browser, address + ARTICLE, {"A4": 688, "Letter": 710}[paper])  # what the sheet's margins leave
    page.emulate_media(media="print")
    boxes = page.eval_on_selector_all(".postil-note", "all => all.map(n => n.getBoundingClientRect().toJSON())")
    assert all(box["height"] > 30 for box in boxes)
    for above, below in itertools.pairwise(sorted(boxes, key=lambda box: box["top"])):
        assert above["bottom"] <= below["top"] + 0.5
    hidden = page.eval_on_selector_all(
        ".md-header, .md-tabs, .md-sidebar, .postil-filter fieldset", "all => all.map(e => e.offsetHeight)"
    )
    assert set(hidden) <= {0}
    beside = page.evaluate("""() => [...document.querySelectorAll("article > :has(.postil-ref):not(h1, .standfirst, aside)")].map(block => {
        const text = block.getBoundingClientRect(), note = block.nextElementSibling.getBoundingClientRect()
        return note.left > text.right && Math.abs(note.top - text.top) < 12
    })""")
    assert len(beside) > 10
    assert all(beside)
    page.context.close()


def test_on_paper_the_sources_stand_at_the_end(browser: Browser, address: str) -> None:
    page = open_page(browser, address + ARTICLE, 688)
    listed = page.locator(".postil-paper li")
    assert not listed.first.is_visible()
    page.emulate_media(media="print")
    assert listed.first.is_visible()
    cited = page.eval_on_selector_all(".postil-note__source", "all => [...new Set(all.map(e => +e.dataset.cited))]")
    assert cited == list(range(1, listed.count() + 1))
    # Styles draw the address in place of the sign that stands for it in the list.
    told = page.eval_on_selector_all(
        ".postil-paper li:nth-child(-n + 20) a:last-of-type",
        "all => all.map(a => [a.innerText, getComputedStyle(a, '::after').content, a.href])",
    )
    assert len(told) == 20
    for words, drawn, address_of in told:
        assert words == "" and address_of.startswith("http") and drawn in ("attr(href)", f'"{address_of}"')
    page.context.close()


def test_the_running_head_has_title_and_date(published: Path) -> None:
    html = (published / ARTICLE / "index.html").read_text("utf-8")
    assert '@top-left{content:"Still standing, but with cracks: the American' in html
    assert '@top-right{content:"Notes as of 26 November 2026"}' in html


def test_any_title_is_a_css_string() -> None:
    assert css_string('A "title"</style>') == '"A \\22 title\\22 \\3c \\2f style\\3e "'


def test_forced_colours_keep_the_lines(browser: Browser, address: str) -> None:
    page = open_page(browser, address + ARTICLE, 1280, forced_colors="active")
    styles = page.eval_on_selector_all(".postil-passage", "all => all.map(e => getComputedStyle(e).textDecorationLine)")
    assert set(styles) == {"underline"}
    page.context.close()


def test_what_15_notes_add_is_light(published: Path) -> None:
    import gzip

    folder = published / "assets/postil"
    script = len(gzip.compress((folder / "notes.js").read_bytes(), 9))
    assert script <= 8 * 1024
    margin = margin_styles.chain(15) + filters.rules(default_settings("en"))
    sheets = len(gzip.compress((folder / "postil.css").read_bytes() + margin.encode(), 9))
    assert script + sheets <= 16 * 1024


def test_the_page_of_the_article_is_light(published: Path) -> None:
    import gzip

    assert len(gzip.compress((published / ARTICLE / "index.html").read_bytes(), 9)) <= 52_000


def test_what_is_made_smaller_says_the_same() -> None:
    assert scripts.tight('if (a) { b = c ? " ( ) " : d + +e; }') == 'if(a){b=c?" ( ) ":d + +e;}'
    assert scripts.tight("const name = text.replace(/ , /g, ` = ${one}`)\nreturn [a, b]") == (
        "const name=text.replace(/ , /g,` = ${one}`)\nreturn[a,b]"
    )
    css = """a :is(b, c) > d { /* why */ content: " : , { } "; margin: 1px -2px; }\n@media screen and (width >= 60em) { x { y: z; } }"""
    assert styles.smaller(css) == (
        """a :is(b,c)>d{content:" : , { } ";margin:1px -2px;}@media screen and (width>= 60em){x{y:z;}}"""
    )


def test_translations_have_the_same_texts() -> None:
    import yaml

    def shape(data: Any, path: str = "") -> set[tuple[str, tuple[str, ...]]]:
        if is_plural(data):
            data = data["other"]
        if isinstance(data, dict):
            return {item for key, value in data.items() for item in shape(value, f"{path}.{key}")}
        return {(path, tuple(sorted(re.findall(r"\{\w+\}", json.dumps(data)))))}

    folder = ROOT / "hooks/postil/translations"
    english, *others = [
        shape(yaml.load((folder / f"{name}.yml").read_text("utf-8"), yaml.BaseLoader)) for name in ("en", "ar")
    ]
    for other in others:
        assert other == english


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_text_that_counts_has_every_plural_form_of_its_language(language: str) -> None:
    import yaml
    from babel import Locale

    def counting(data: Any) -> list[dict[str, str]]:
        if not isinstance(data, dict):
            return []
        return [data] if is_plural(data) else [found for value in data.values() for found in counting(value)]

    data = yaml.safe_load((ROOT / f"hooks/postil/translations/{language}.yml").read_text("utf-8"))
    forms = Locale.parse(data["locale"]).plural_form.tags | {"other"}
    assert len(forms) == {"en": 2, "ar": 6}[language]
    assert len(counting(data)) >= 6
    for text in counting(data):
        assert set(text) == forms, text


def test_counts_and_dates_as_a_reader_writes_them() -> None:
    english, arabic = texts("en"), texts("ar")
    assert [english("articles.count", count=count) for count in (0, 1, 2)] == ["0 notes:", "1 note:", "2 notes:"]
    assert [arabic("offline.cover", count=count) for count in (0, 1, 2, 3, 11, 100)] == [
        "بلا ملاحظات", "مع ملاحظة واحدة", "مع ملاحظتين", "مع 3 ملاحظات", "مع 11 ملاحظة", "مع 100 ملاحظة",
    ]  # fmt: skip
    day = datetime.date(2026, 11, 2)
    assert [english.date(day), english.day(day)] == ["2 November 2026", "2 Nov"]
    assert [arabic.date(day), arabic.day(day)] == ["2 نوفمبر 2026", "2 نوفمبر"]
    assert english.edtf("1932-05~/1933") == "c. May 1932 – 1933"
    assert arabic.edtf("1932-05") == "مايو 1932"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 820, 1366, 1920])
def test_the_blocks_of_the_front_page_end_at_one_edge(browser: Browser, address: str, width: int, scheme: Any) -> None:
    page = open_page(browser, address, width, color_scheme=scheme)
    edges = page.evaluate(
        """() => [...document.querySelectorAll(".md-typeset > h2, .postil-bar, .postil-bar rect:last-child, .postil-findings, .postil-articles")]
            .map(block => block.getBoundingClientRect().right)"""
    )
    assert len(edges) == 6
    assert max(edges) - min(edges) < 1
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.context.close()


@pytest.mark.parametrize("width", [320, 390, 820, 1366])
def test_the_words_below_an_axis_are_read_on_a_phone_and_do_not_meet(
    browser: Browser, address: str, width: int
) -> None:
    page = open_page(browser, f"{address}timeline/", width)
    for axis in page.locator(".postil-axis").all():
        words = axis.locator("text").evaluate_all(
            """all => all.map(text => text.getBoundingClientRect()).filter(box => box.width)
                .map(box => [box.left, box.right, box.height]).sort((a, b) => a[0] - b[0])"""
        )
        assert words
        assert all(height >= 11 for _, _, height in words)
        assert all(one[1] < other[0] for one, other in itertools.pairwise(words))
        assert words[0][0] >= 0
        assert words[-1][1] <= width
        dots = axis.locator("circle").evaluate_all(
            "all => all.map(dot => dot.getBoundingClientRect()).map(box => [box.left, box.right, box.top, box.bottom])"
        )
        for one, other in itertools.combinations(dots, 2):
            assert one[1] <= other[0] or other[1] <= one[0] or one[3] <= other[2] or other[3] <= one[2]
    page.context.close()


@pytest.mark.parametrize("width", [1366, 390])
def test_pages_that_share_an_entry_of_the_tabs_lead_to_each_other(browser: Browser, address: str, width: int) -> None:
    page = open_page(browser, f"{address}timeline/", width)
    row = page.get_by_role("navigation", name="Timeline").get_by_role("link", name="What happened since")
    if width < 1000:
        page.locator("label.md-header__button[for=__drawer]").click()
        row = page.locator(".md-nav--primary").get_by_role("link", name="What happened since")
    row.first.click()
    page.wait_for_url("**/since/")
    page.context.close()


@pytest.mark.parametrize("width", [390, 1366])
def test_the_text_of_a_notes_own_page_begins_where_that_of_others_does(
    browser: Browser, address: str, width: int
) -> None:
    found = []
    for path in ("claims/", f"{ARTICLE}notes/allawi/"):
        page = open_page(browser, address + path, width)
        found.append(page.locator(".md-typeset h1").evaluate("heading => heading.getBoundingClientRect().left"))
        page.context.close()
    assert abs(found[0] - found[1]) < 1
