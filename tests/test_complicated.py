"""Pages that a theme makes complicated: following each note shows note and passage together, in every construct."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from browsing import build, open_page, served
from conftest import ROOT, Project

pytestmark = pytest.mark.browser

CONFIG = """\
site_name: Test
site_url: SITE
theme: {name: material, font: false, features: [FEATURES]}
hooks: [HOOK]
plugins: [search]
extra_css: [own.css]
markdown_extensions: [attr_list, admonition, footnotes, tables, def_list, md_in_html, pymdownx.details,
    pymdownx.superfences, pymdownx.highlight, {pymdownx.tabbed: {alternate_style: true}},
    {pymdownx.tasklist: {custom_checkbox: true}}]
"""
FEATURES = "content.code.annotate, content.tooltips, content.footnote.tooltips, content.tabs.link"
TEXT = """\
# Everything

The first paragraph has a plain passage alpha in it.

=== "One"

    In the first tab a passage bravo is shown.

=== "Two"

    In the second tab a passage charlie is shown.

??? note "Closed"

    In a closed box a passage echo is shown.

- [x] A task with a passage golf in it
- [ ] Another

Some sentence with a marker and passage hotel here. (1)
{ .annotate }

1.  An annotation with a passage india in it.

``` yaml
theme: juliet # (1)!
```

1.  A code annotation with a passage kilo in it.

<div class="grid cards" markdown>

- A card with a passage lima in it.
- Another card.

</div>

<div class="own" markdown>

In a box of the author's own a passage november is shown.

</div>

<div class="own narrow" markdown>

In a narrow box of the author's own a passage oscar is shown.

</div>

A sentence with a footnote.[^1]

| A | B |
| --- | --- |
| cell quebec | c |

![A picture tango](x.svg)

=== "Outer"

    === "Inner one"

        Nested whiskey here.

    === "Inner two"

        Nested xray here.

[^1]: The footnote has a passage yankee in it.
"""
NOTES = (
    "alpha bravo charlie echo golf hotel india juliet kilo lima november oscar quebec tango whiskey xray yankee".split()
)
HIDDEN = ("charlie", "echo", "india", "kilo", "xray")
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="60"><rect width="200" height="60" fill="teal"/></svg>'
)

# Whether the note is seen, whether its passage is, whether the one covers the other.
TOGETHER = """id => {
    const note = document.getElementById("note-" + id), box = note.getBoundingClientRect()
    const seen = {opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true}
    const marks = [...document.querySelectorAll(`.postil-passage[aria-details="note-${id}"]`)].filter(m => m.checkVisibility(seen))
    const places = marks.flatMap(mark => [...(mark.querySelector("img") || mark).getClientRects()]).filter(place => place.width)
    const within = place => place.top >= 0 && place.bottom <= innerHeight && place.left >= 0 && place.right <= innerWidth + 1
    const covers = place => place.left < box.right - 1 && place.right > box.left + 1 && place.top < box.bottom - 1 && place.bottom > box.top + 1
    return [note.checkVisibility(seen) && within(box), places.some(within), places.some(covers)]
}"""


@pytest.fixture(scope="module", params=["", ", navigation.instant"], ids=["plain", "instant"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site."""
    folder: Path = tmp_path_factory.mktemp("complicated")
    place = folder / "site"
    place.mkdir()
    with served(place) as address:
        config = CONFIG.replace("SITE", address).replace("FEATURES", FEATURES + request.param)
        notes = "".join(
            f'- {{id: {name}, quote: "{"A picture tango" if name == "tango" else name}", kind: context, '
            f"title: On {name}, note: What there is to say of {name}., author: editors, created: 2026-01-01}}\n"
            for name in NOTES
        )
        Project(folder).write(
            {
                "mkdocs.yml": config.replace("HOOK", (ROOT / "hooks/annotations.py").as_posix()),
                "docs/own.css": ".own { position: relative; padding: 1rem; border: 1px solid } .narrow { width: 60% }",
                "docs/x.svg": SVG,
                "docs/index.md": TEXT,
                "docs/index.annotations.yml": f"annotations:\n{notes}",
                "docs/other.md": "# Other\n\n[The second tab](index.md#note-charlie)\n",
            }
        )
        build(folder, place)
        yield address


def opened(browser: Browser, address: str, width: int) -> tuple[Page, list[str]]:
    page = open_page(browser, address, width)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.wait_for_selector(".postil-ready, .md-typeset:not(:has(.postil-note))")
    return page, faults


def together(page: Page, name: str) -> Any:
    """Wait until the note and its passage are seen, neither on the other."""
    done = f"id => {{ const [note, passage, over] = ({TOGETHER})(id); return note && passage && !over }}"
    try:
        page.wait_for_function(done, arg=name, timeout=4000)
    except Exception:
        return name, page.evaluate(TOGETHER, name)
    return None


@pytest.mark.parametrize("width", [1280, 390])
def test_from_note_to_note(browser: Browser, site: str, width: int) -> None:
    page, faults = opened(browser, site, width)
    for name in NOTES:
        page.keyboard.press("j")
        page.wait_for_function("id => location.hash === '#note-' + id", arg=name)
        assert together(page, name) is None
    assert faults == []
    page.context.close()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", HIDDEN)
def test_a_shared_address(browser: Browser, site: str, width: int, name: str) -> None:
    page, faults = opened(browser, f"{site}#note-{name}", width)
    assert together(page, name) is None
    assert faults == []
    page.context.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_a_link_from_another_page(browser: Browser, site: str, width: int) -> None:
    page, faults = opened(browser, f"{site}other/", width)
    page.locator("article a", has_text="The second tab").click()
    page.wait_for_selector(".postil-ready")
    assert together(page, "charlie") is None
    page.evaluate("document.getElementById('ref-bravo').click()")
    assert together(page, "bravo") is None
    assert page.locator(".postil-on").count() == 1
    assert faults == []
    page.context.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_from_the_table_of_claims(browser: Browser, site: str, width: int) -> None:
    page, faults = opened(browser, f"{site}claims/", width)
    page.locator('article a[href$="#note-kilo"], article a[href$="#ref-kilo"]').first.click()
    page.wait_for_selector(".postil-ready")
    assert together(page, "kilo") is None
    assert faults == []
    page.context.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_from_a_search_hit(browser: Browser, site: str, width: int) -> None:
    page, faults = opened(browser, f"{site}other/", width)
    page.locator('label[for="__search"]').first.click() if width < 960 else page.locator(".md-search__input").click()
    page.keyboard.type("xray", delay=40)
    hit = page.locator('.md-search-result a[href*="#note-xray"], .md-search-result a[href*="#ref-xray"]').first
    hit.wait_for(state="attached", timeout=15_000)
    if not hit.is_visible():  # further hits on the same page are folded
        page.locator(".md-search-result details summary").first.click()
    hit.click()
    page.wait_for_function("location.hash.endsWith('-xray')")
    page.wait_for_selector(".postil-ready")
    assert together(page, "xray") is None
    assert faults == []
    page.context.close()


def test_the_copy_of_a_footnote_has_no_note(browser: Browser, site: str) -> None:
    page, _ = opened(browser, site, 1280)
    page.locator(".footnote-ref").hover()
    page.wait_for_selector(".md-tooltip2")
    page.wait_for_function("!document.querySelector('.md-tooltip2 .postil-note')")
    twice = "[...document.querySelectorAll('[id]')].map(e => e.id).filter((id, at, all) => all.indexOf(id) !== at)"
    assert page.evaluate(twice) == []
    page.context.close()


def test_at_rest_no_note_covers_a_passage(browser: Browser, site: str) -> None:
    for scripts in (True, False):
        page = open_page(browser, site, 1280, java_script_enabled=scripts)
        page.wait_for_timeout(500)
        covered = [name for name in NOTES if page.evaluate(TOGETHER, name)[2]]
        assert covered == [], scripts
        page.context.close()


OLD_TABS = {
    "docs/tabs.md": '# Tabs\n\n=== "Alpha"\n\n    The first tab says ten ducks.\n\n=== "Beta"\n\n    The second tab says nine swans.\n',
    "docs/tabs.annotations.yml": "annotations:\n"
    "- {id: d, quote: ten ducks, kind: context, title: D, note: Ducks., author: editors, created: 2026-11-22}\n"
    "- {id: s, quote: nine swans, kind: context, title: S, note: Swans., author: editors, created: 2026-11-22}\n",
}


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("way", ["link", "j"])
def test_a_note_in_a_second_tab_of_the_old_kind_is_reached(
    project: Project, browser: Browser, width: int, way: str
) -> None:
    """Without `alternate_style` this theme shows all tabs one below the other."""
    configured = (project.folder / "mkdocs.yml").read_text("utf-8")
    extensions = "[pymdownx.superfences, pymdownx.tabbed, attr_list,"
    project.write({**OLD_TABS, "mkdocs.yml": configured.replace("[attr_list,", extensions)})
    assert project.build() == []
    with served(project.folder / "site") as address:
        page = open_page(browser, f"{address}tabs/{'#note-s' if way == 'link' else ''}", width)
        page.wait_for_selector(".postil-tools button", state="attached")
        for _ in range(2 if way == "j" else 0):
            page.keyboard.press("j")
        page.wait_for_selector("#note-s.postil-on")
        assert page.url.endswith("#note-s")
        page.wait_for_timeout(300)
        passage, note = page.locator("mark[data-number='2']").bounding_box(), page.locator("#note-s").bounding_box()
        assert passage
        assert note
        assert note["height"] > 40
        assert note["x"] >= passage["x"] + passage["width"] or note["y"] >= passage["y"] + passage["height"]
        page.context.close()
