"""Opening a note in a real browser: by touch, by keys, by its address; where it stands, and the way back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from browsing import ARTICLE, open_page, served, violations
from conftest import Project

pytestmark = pytest.mark.browser

# The note that is open: its id and box, the box of its passage, the bottom of the theme's bar, the top of the footer.
OPEN = """() => {
    const note = document.querySelector(".postil-on")
    if (!note) return null
    const marks = [...document.querySelectorAll(`mark[aria-details="${note.id}"]`)].map(m => m.getBoundingClientRect())
    const box = note.getBoundingClientRect()
    return {id: note.id, top: box.top, bottom: box.bottom, first: marks[0].top, last: marks.at(-1).bottom,
            bar: document.querySelector(".md-header").getBoundingClientRect().bottom,
            end: document.querySelector(".md-footer").getBoundingClientRect().top}
}"""


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Page]:
    """The real article on a phone."""
    page = open_page(browser, address + ARTICLE, 390, height=844, has_touch=True, is_mobile=True)
    page.wait_for_selector(".postil-ready")
    yield page
    page.context.close()


def opened(page: Page) -> dict[str, Any]:
    page.wait_for_selector(".postil-on")
    page.wait_for_timeout(100)  # the passage is brought above the sheet in the next frame
    found: dict[str, Any] = page.evaluate(OPEN)
    return found


def test_a_tap_on_the_words_opens_their_note_below_them(phone: Page) -> None:
    mark = phone.locator('mark[aria-details="note-sanctions-threat"]').first
    mark.tap()
    seen = opened(phone)
    assert seen["bar"] <= seen["first"]
    assert seen["last"] <= seen["top"]
    sheet = phone.locator(".postil-on")
    assert sheet.locator(".postil-note__passage").is_visible()
    sheet.get_by_role("button", name="Next note").tap()
    after = opened(phone)
    assert after["id"] != seen["id"]
    assert after["last"] <= after["top"]
    phone.get_by_role("button", name="Close the note").tap()
    phone.wait_for_selector(".postil-on", state="detached")


def test_a_shared_address_shows_passage_and_note(phone: Page, address: str) -> None:
    for name in ("kurds-and-sunnis", "sanctions-threat"):
        phone.goto("about:blank")
        phone.goto(f"{address}{ARTICLE}#note-{name}")
        seen = opened(phone)
        assert seen["id"] == f"note-{name}"
        assert seen["bar"] <= seen["first"]
        assert seen["last"] <= seen["top"]


def test_one_step_back_leaves_the_article(phone: Page, address: str) -> None:
    phone.goto(address + "method/")
    phone.goto(address + ARTICLE)
    phone.wait_for_selector(".postil-ready")
    before = phone.evaluate("history.length")
    for number in range(4):
        phone.locator(".postil-ref").nth(5 + 3 * number).tap()
        opened(phone)
        phone.get_by_role("button", name="Next note").tap()
        opened(phone)
        phone.get_by_role("button", name="Close the note").tap()
        phone.wait_for_selector(".postil-on", state="detached")
        phone.wait_for_function("!location.hash")
    assert phone.evaluate("history.length") <= before + 1
    phone.go_back()
    assert phone.url == address + "method/"


def test_a_click_on_a_link_or_a_selection_opens_nothing(browser: Browser, address: str) -> None:
    page = open_page(browser, address + ARTICLE, 1366)
    page.evaluate("""() => {
        const mark = document.querySelector('mark[aria-details="note-sanctions-threat"]')
        getSelection().selectAllChildren(mark)
        mark.dispatchEvent(new MouseEvent("click", {bubbles: true}))
    }""")
    assert page.locator(".postil-on").count() == 0
    page.evaluate("getSelection().removeAllRanges()")
    page.locator('mark[aria-details="note-sanctions-threat"]').first.click()
    assert opened(page)["id"] == "note-sanctions-threat"
    page.context.close()


def test_of_nested_passages_the_innermost_opens_and_leads_to_the_others(browser: Browser, project: Project) -> None:
    notes = "".join(
        f"- {{id: {name}, quote: {quote}, kind: context, note: Text., author: editors, created: 2026-01-01}}\n"
        for name, quote in (("outer", "one two three four"), ("inner", "two three"))
    )
    files: dict[str, str | bytes] = {
        "docs/index.md": "# Nested\n\nWords one two three four.\n",
        "docs/index.annotations.yml": f"annotations:\n{notes}",
    }
    assert project.write(files).build() == []
    page = open_page(browser, (project.folder / "site/index.html").as_uri(), 1366)
    page.locator('mark[aria-details="note-inner"]').first.click()
    assert opened(page)["id"] == "note-inner"
    page.locator(".postil-on .postil-note__others a").click()
    assert opened(page)["id"] == "note-outer"
    page.context.close()


@pytest.mark.parametrize(("width", "height"), [(1366, 657), (1440, 789), (820, 1180)])
def test_an_open_note_lies_inside_the_window(browser: Browser, address: str, width: int, height: int) -> None:
    page = open_page(browser, address + ARTICLE, width, height=height)
    names = page.eval_on_selector_all(".postil-note", "all => all.map(e => e.id)")
    for name in names:
        page.keyboard.press("j")
        page.wait_for_function("id => document.querySelector('.postil-on')?.id === id", arg=name)
        seen = page.evaluate(OPEN)
        assert seen["bar"] <= seen["top"]
        assert seen["bottom"] <= min(height, seen["end"])
        assert seen["bar"] < seen["last"] < height
    page.context.close()


def test_what_rests_is_no_stop_of_the_tab_key_and_not_read_out(browser: Browser, address: str) -> None:
    page = open_page(browser, address + ARTICLE, 1366)
    stops = """() => [...document.querySelectorAll(".postil-note")].flatMap(note =>
        [...note.querySelectorAll("a, button")].filter(e => e.tabIndex >= 0 && e.checkVisibility() && note.ariaHidden === "true"))
        .length"""
    assert page.evaluate(stops) == 0
    assert page.locator(".postil-note.postil-brief:not([aria-hidden])").count() == 0
    page.context.close()


def test_a_heading_is_named_by_its_own_words(browser: Browser, project: Project) -> None:
    note = "- {id: n, quote: bridge of steel, kind: context, note: Text., author: editors, created: 2026-01-01}\n"
    files: dict[str, str | bytes] = {
        "docs/index.md": "# A bridge of steel\n\nText.\n",
        "docs/index.annotations.yml": f"annotations:\n{note}",
    }
    assert project.write(files).build() == []
    page = open_page(browser, (project.folder / "site/index.html").as_uri(), 1366)
    assert "Note" not in page.get_by_role("heading", level=1).aria_snapshot()
    page.locator(".postil-spoken").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "note-n"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('.postil-spoken')")
    page.context.close()


def test_the_choice_of_the_reader_is_kept(browser: Browser, address: str) -> None:
    page = open_page(browser, address + ARTICLE, 1366, show="")
    visible = (
        "() => [...document.querySelectorAll('.postil-note')].filter(n => n.getBoundingClientRect().height > 1).length"
    )
    every, key = page.locator(".postil-note").count(), page.locator(".postil-note.postil-key").count()
    assert page.evaluate(visible) == key < every  # an article with a note for every few words begins with the key notes
    page.locator(".postil-filter input[value=read]").check(force=True)
    page.goto(address)
    page.goto(address + ARTICLE)
    page.wait_for_selector(".postil-read")
    lines = "all => all.map(e => getComputedStyle(e).textDecorationColor)"
    assert set(page.eval_on_selector_all("mark.postil-passage", lines)) == {"rgba(0, 0, 0, 0)"}
    page.locator("mark.postil-passage").nth(8).click()
    assert opened(page)
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1366])
def test_every_state_is_accessible(browser: Browser, address: str, width: int, scheme: Any) -> None:
    page = open_page(browser, address + ARTICLE, width, color_scheme=scheme, reduced_motion="reduce")
    page.locator('.postil-ref[href="#note-troop-count"]').click()
    opened(page)
    assert violations(page) == []
    page.keyboard.press("Escape")
    for value in ("verdict-disputed", "key", "read", "all"):
        page.locator(f".postil-filter input[value={value}]").check(force=True)
        assert violations(page) == []
    if width == 390:
        page.locator(".postil-tools__in-text").click()
        assert violations(page) == []
    page.keyboard.press("?")
    assert page.locator(".postil-help").is_visible()
    assert violations(page) == []
    page.goto(address + "404.html")
    # A page without notes stays as the theme draws it; Material gives its search no name.
    assert {rule for rule, _, _ in violations(page)} <= {"aria-dialog-name"}
    page.context.close()


def test_instant_navigation_goes_in_and_out_without_an_error(browser: Browser, project: Project) -> None:
    config = project.folder / "mkdocs.yml"
    config.write_text(
        config.read_text("utf-8").replace(
            "{name: material, font: false}", "{name: material, font: false, features: [navigation.instant]}"
        )
        + "site_url: http://127.0.0.1/\n",
        "utf-8",
    )
    note = (
        "- {{id: n{0}, quote: word{0} stands, kind: context, note: Text {0}., author: editors, created: 2026-01-01}}\n"
    )
    text = "\n\n".join(f"Here word{number} stands." for number in range(6))
    project.write({
        "docs/index.md": "# Home\n\n[To the article](article.md)\n",
        "docs/article.md": f"# Article\n\n{text}\n\n[Home](index.md)\n",
        "docs/article.annotations.yml": "annotations:\n" + "".join(note.format(number) for number in range(6)),
    })  # fmt: skip
    assert project.build() == []
    with served(project.folder / "site") as url:
        site = project.folder / "site"
        for file in [*site.rglob("*.html"), site / "sitemap.xml"]:
            file.write_text(file.read_text("utf-8").replace("http://127.0.0.1/", url), "utf-8")
        page = browser.new_context(viewport={"width": 1366, "height": 700}).new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.goto(url)
        for _ in range(2):
            page.evaluate("window.kept = true")
            page.get_by_role("link", name="To the article").click()
            page.wait_for_selector(".postil-ready")
            for name in ("n0", "n1"):
                page.keyboard.press("j")
                assert opened(page)["id"] == f"note-{name}"
            page.locator('mark[aria-details="note-n4"]').click()
            assert opened(page)["id"] == "note-n4"
            page.keyboard.press("Escape")
            page.get_by_role("link", name="Home").last.click()
            page.wait_for_selector("text=To the article")
            assert page.evaluate("window.kept")  # the document was not loaded again
        assert errors == []
        page.context.close()
