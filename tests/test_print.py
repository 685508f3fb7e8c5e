"""On paper: black on white from every scheme of the screen, and nothing left unsaid."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest

from browsing import ARTICLE, open_page
from pdf_text import pages_of, squeezed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

# Every text that is printed, with its contrast to white paper (WCAG 2.2, relative luminance): browsers leave
# backgrounds out. What is drawn by CSS counts too.
PALE = """() => {
    const part = value => { value /= 255; return value <= .04045 ? value / 12.92 : ((value + .055) / 1.055) ** 2.4 }
    const contrast = colour => {
        const [r, g, b, a = 1] = colour.match(/[\\d.]+/g).map(Number)
        const [x, y, z] = [r, g, b].map(value => part(value * a + 255 * (1 - a)))
        return 1.05 / (.2126 * x + .7152 * y + .0722 * z + .05)
    }
    const pale = new Set(), said = text => text && text.trim()
    for (const element of document.querySelectorAll("body *")) {
        if (!element.checkVisibility({visibilityProperty: true, opacityProperty: true}) || element.closest("svg, script, style")) continue
        const own = [...element.childNodes].some(node => node.nodeType === 3 && said(node.data))
        for (const drawn of [null, "::before", "::after"]) {
            const style = getComputedStyle(element, drawn)
            if (drawn ? !/"[^"]*[^\\s"]/.test(style.content) || style.display === "none" : !own) continue
            if (contrast(style.color) < 7) pale.add(`${element.tagName}.${element.className}${drawn || ""} ${style.color}`)
        }
    }
    return [...pale]
}"""
# Of each note on paper its title and the end of its passage, and of each heading what it says and how its text begins.
TOGETHER = """() => [
    [...document.querySelectorAll(".postil-note")].filter(note => note.checkVisibility({visibilityProperty: true})).map(note => {
        const marks = document.querySelectorAll(`mark[data-number="${note.dataset.number}"]`)
        return [note.querySelector(".postil-note__title").textContent, [...marks].at(-1).textContent.slice(-14)]
    }),
    [...document.querySelectorAll(".md-content h2")].map(heading => {
        let text = heading.nextElementSibling
        while (!text.matches("p, ol")) text = text.nextElementSibling
        return [heading.firstChild.textContent, (text.querySelector("li") || text).textContent.slice(0, 24)]
    }),
]"""
PAGES = (ARTICLE, "", "claims/", "timeline/", "people/", "sources/", "corrections/", "method/", "data/", "downloads/")
FOOT = 18  # millimetres that the sheet leaves free at its foot
SCHEMES: tuple[dict[str, Any], ...] = (
    {"color_scheme": "light"},
    {"color_scheme": "dark"},
    {"color_scheme": "dark", "forced_colors": "active"},
)


@pytest.mark.parametrize("scheme", SCHEMES, ids=["light", "dark", "forced"])
def test_every_page_is_printed_black_on_white(browser: Browser, address: str, scheme: dict[str, Any]) -> None:
    page = open_page(browser, address, 1280, **scheme)
    note = page.context.new_page()
    note.goto(address + ARTICLE)
    own = note.locator(".postil-note__own").first.get_attribute("href")
    for path in (*PAGES, ARTICLE + str(own), "404.html"):
        page.goto(address + path)
        page.add_style_tag(content="* { transition: none !important }")  # the theme lets links change slowly
        page.emulate_media(media="print")
        assert page.evaluate(PALE) == [], path
        page.emulate_media(media="screen")
    page.context.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_paper_has_the_notes_that_it_says_it_has(browser: Browser, address: str, scripts: bool) -> None:
    page = open_page(browser, address + ARTICLE, 1366, java_script_enabled=scripts, reduced_motion="reduce")
    seen = """kind => [...document.querySelectorAll(kind)]
        .filter(one => one.checkVisibility({ visibilityProperty: true }) && one.getBoundingClientRect().height > 5).length"""
    every = page.locator(".postil-note").count()
    for value in ("key", "verdict-disputed", "all", "read"):
        choice = page.locator(f'.postil-filter input[value="{value}"]')
        choice.check(force=True)
        page.wait_for_timeout(100)  # what is out of sight follows when the choice is painted
        label = choice.locator("xpath=..")
        wanted = int(re.sub(r"\D", "", label.text_content() or "") or every)
        page.emulate_media(media="print")
        assert page.evaluate(seen, ".postil-note") == wanted, value
        assert page.evaluate(seen, ".postil-ref") == wanted, value
        page.emulate_media(media="screen")
    page.context.close()


def test_a_note_that_is_open_is_printed_as_all_are(browser: Browser, address: str) -> None:
    page = open_page(browser, address + ARTICLE, 1366)
    page.add_style_tag(content="* { transition: none !important }")
    page.locator('.postil-filter input[value="all"]').check(force=True)
    page.locator(".postil-ref").nth(11).click()
    page.wait_for_selector(".postil-on")
    page.emulate_media(media="print")
    for kind in (".postil-note", ".postil-ref", "mark.postil-passage"):
        grounds = page.eval_on_selector_all(
            kind, "all => [...new Set(all.map(one => getComputedStyle(one).backgroundColor))]"
        )
        assert grounds == ["rgba(0, 0, 0, 0)"], kind
    page.context.close()


def test_a_filter_that_is_on_is_named_on_paper(browser: Browser, address: str) -> None:
    page = open_page(browser, address + ARTICLE, 1280)
    page.add_style_tag(content="* { transition: none !important }")
    for value, named in (("all", False), ("verdict-confirmed", True)):
        page.locator(f'.postil-filter input[value="{value}"]').check(force=True)
        page.emulate_media(media="print")
        chosen = page.locator('.postil-filter label:has(input[value="verdict-confirmed"]) span')
        assert chosen.is_visible() == named
        assert page.locator('.postil-filter label:has(input[value="all"]) span').is_visible() is False
        assert page.get_by_text("list at the end").is_visible()
        assert page.get_by_role("link", name="Link to this note").and_(page.locator(":visible")).count() == 0
        page.emulate_media(media="screen")
        assert page.get_by_text("list at the end").is_visible() is False
    page.context.close()


# What a reader printed, by the notes that were shown: how many pages at most, and what is blank at the foot of one, of a page
# in the middle and of the fullest of all but the last.
@pytest.mark.parametrize(("show", "most", "middle", "highest"), [("", 8, 0.06, 0.16), ("all", 12, 0.06, 0.2)])
def test_pages_are_printed_to_their_feet(
    browser: Browser, address: str, tmp_path: Path, show: str, most: int, middle: float, highest: float
) -> None:
    page = open_page(browser, address + ARTICLE, 1280, show=show)
    page.wait_for_selector(".postil-tools button", state="attached")
    page.pdf(path=tmp_path / "article.pdf", format="A4")
    page.emulate_media(media="print")
    notes, headings = page.evaluate(TOGETHER)
    addresses = page.eval_on_selector_all(
        ".postil-paper a", "all => all.map(link => [link.href, link.getAttribute('href')])"
    )
    page.context.close()
    with pikepdf.open(tmp_path / "article.pdf") as pdf:
        lowest = [min(y for y in _lines(sheet) if y > FOOT) for sheet in pdf.pages]
        leads = {
            str(link.A.URI) for sheet in pdf.pages for link in sheet.get("/Annots", []) if "/URI" in link.get("/A", {})
        }
    blank = [(y - FOOT) / (297 - 20 - FOOT) for y in lowest]
    assert len(blank) <= most
    assert blank[0] < 0.1  # that what comes next begins with a heading and a tall note leaves no gap
    assert sum(blank[:-1]) / len(blank[:-1]) < middle, blank
    assert max(blank[:-1]) < highest, blank
    sheets = pages_of(tmp_path / "article.pdf")

    def apart(pairs: list[tuple[str, str]]) -> list[str]:
        """What does not stand on the page on which the words do that it belongs to."""
        return [a for a, b in pairs if not any(squeezed(a) in sheet and squeezed(b) in sheet for sheet in sheets)]

    assert len(headings) == 7
    assert apart(headings) == []
    assert len(notes) >= 10
    # The addresses of the sources, which the page has but as links, are there to read and to follow.
    assert len(addresses) > 100
    assert {address for address, _ in addresses} <= leads
    assert not [written for _, written in addresses if squeezed(written) not in "".join(sheets)]
    # The last of many notes on one paragraph may follow overleaf.
    assert len(apart(notes)) <= (0 if show == "" else len(notes) // 10), apart(notes)


def _lines(sheet: pikepdf.Page) -> Iterator[float]:
    """How high each line of text stands on a printed page, in millimetres (ISO 32000-1, 8.3 and 9.4)."""
    now, kept = pikepdf.Matrix(), []
    for step in pikepdf.parse_content_stream(sheet):
        match str(step.operator):
            case "q":
                kept.append(now)
            case "Q":
                now = kept.pop()
            case "cm":
                now = _matrix(step) @ now
            case "Tm":
                yield (_matrix(step) @ now).f * 25.4 / 72


def _matrix(step: pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage) -> pikepdf.Matrix:
    a, b, c, d, e, f = (float(str(operand)) for operand in step.operands)
    return pikepdf.Matrix(a, b, c, d, e, f)
