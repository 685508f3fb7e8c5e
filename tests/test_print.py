"""On paper: black on white from every scheme of the screen, and nothing left unsaid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from browsing import ARTICLE, open_page

if TYPE_CHECKING:
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
PAGES = (ARTICLE, "", "claims/", "timeline/", "people/", "sources/", "corrections/", "method/", "data/", "downloads/")
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
