"""A guest on the sites of others: their look stays, and pages without notes are what they were."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import pytest

import browsing

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from conftest import Project

SITE = {
    "docs/index.md": "# Home\n\nNothing here has a note.\n\n## A part\n\nWords.\n",
    "docs/bridge.md": """\
        # A bridge for Lindhaven

        The lock was opened in 1931, and the bridge beside it in the same year. It carries `two lanes` and a path. On
        a summer's day some 4,000 people cross it, which is more than live in the town, and nearly all of them walk.

        ## What it costs

        - Painting takes every seventh year.
        - The **steel** is checked each spring.

        ### The figures

        | year | cost |
        | ---- | ---- |
        | 1931 | 200  |

        !!! note "A box"
            The council pays half of it.

        ```python
        print("code")
        ```

        The last paragraph has no note.
        """,
    "docs/bridge.annotations.yml": """\
        annotations:
          - id: year
            quote: opened in 1931
            kind: context
            title: The plaque says so
            note: It is on the north wall.
            author: editors
            created: 2026-11-20
          - id: half
            quote: The council pays half
            kind: question
            note: Nobody could say who pays the other half of it, and the ledger of those years is lost.
            author: editors
            created: 2026-11-20
        """,
}
THEMES = {
    "material": "theme:\n  name: material\n  font: false\n"
    + "  palette:\n    - {media: '(prefers-color-scheme: light)', "
    "scheme: default}\n    - {media: '(prefers-color-scheme: dark)', scheme: slate, primary: teal}\n",
    "palette": "theme:\n  name: material\n  font: false\n  features: [navigation.tabs, navigation.sections]\n  palette:\n"
    "    scheme: house\nextra_css: [house.css]\n",
    "custom": "theme:\n  name: material\n  font: false\n  custom_dir: overrides\nextra_css: [house.css]\n",
}
HOUSE = """\
[data-md-color-scheme="house"] { --md-default-bg-color: #fffbe6; --md-default-fg-color: #332200; --md-typeset-a-color: #990000; }
.md-typeset { font-family: Georgia; font-size: .85rem; line-height: 1.7; }
.md-typeset h2 { color: #005500; letter-spacing: .1em; }
"""
EXTENSIONS = "markdown_extensions: [admonition, tables, pymdownx.highlight, pymdownx.superfences]\n"
LOOK = """() => {
    const names = ["font-family", "font-size", "font-weight", "font-style", "line-height", "letter-spacing", "color",
        "background-color", "width", "margin-left", "margin-right", "margin-top", "margin-bottom", "padding-left",
        "padding-right", "text-decoration-line", "border-top-width", "display", "float"]
    const ours = "[class^=postil-]"
    return [...document.querySelectorAll(".md-content :is(p, li, ul, h1, h2, h3, a, code, pre, strong, table, td, th, .admonition)")]
        .filter(element => !element.closest(ours)).map(element => {
            const style = getComputedStyle(element)
            return [element.tagName, ...names.map(name => `${name}: ${style.getPropertyValue(name)}`)]
        })
}"""


def _built(project: Project, theme: str, *, notes: bool) -> Path:
    hook = "hooks: [" + _hook(project) + "]\n" if notes else "exclude_docs: '*.yml'\n"
    project.write({**SITE, "docs/house.css": HOUSE, "overrides/main.html": '{% extends "base.html" %}\n'})
    settings = "site_name: T\nnav: [index.md, bridge.md]\n" + hook + EXTENSIONS + theme
    project.write({"mkdocs.yml": settings})
    folder = project.folder / ("with" if notes else "without")
    return browsing.build(project.folder, folder)


def _hook(project: Project) -> str:
    from conftest import ROOT

    return (ROOT / "hooks" / "annotations.py").as_posix()


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
@pytest.mark.parametrize("name", THEMES)
def test_the_look_of_the_host_stays(browser: Browser, project: Project, name: str) -> None:
    looks: dict[str, list[Any]] = {}
    for notes in (False, True):
        with browsing.served(_built(project, THEMES[name], notes=notes)) as address:
            for width in (390, 820, 1100, 1280, 1920):
                for scheme in ("light", "dark"):
                    page = browsing.open_page(browser, address + "bridge/", width, color_scheme=scheme)
                    looks.setdefault(f"{width} {scheme}", []).append(page.evaluate(LOOK))
                    if notes:
                        _contents_can_be_reached(page, width)
                    page.context.close()
    for case, (without, with_notes) in looks.items():
        assert len(without) > 15
        changed = [(one, set(two) - set(one)) for one, two in zip(without, with_notes, strict=True) if one != two]
        assert not changed, case


def _contents_can_be_reached(page: Page, width: int) -> None:
    """The table of contents is in the drawer on narrow windows, beside the text on wide ones; no note lies on it."""
    if width < 1220:
        page.locator('label.md-header__button[for="__drawer"]').click()
        link = page.locator(".md-sidebar--primary .md-nav--secondary a", has_text="What it costs")
        toggle = page.locator('.md-sidebar--primary label[for="__toc"]').first
        if width < 960:
            toggle.wait_for()
            toggle.click()
            link.wait_for()
            return
        page.locator(".md-overlay").click(position={"x": width - 20, "y": 500})
    page.locator(".md-sidebar--secondary").hover()
    link = page.locator(".md-sidebar--secondary a", has_text="What it costs")
    link.click()
    assert page.url.endswith("#what-it-costs")


@pytest.mark.parametrize("theme", ["material", "readthedocs", "mkdocs"])
def test_pages_without_notes_are_what_they_were(project: Project, theme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")  # MkDocs' own themes name the time of the build
    settings = f"theme:\n  name: {theme}\n" + ("  font: false\n" if theme == "material" else "")
    without, with_notes = (_built(project, settings, notes=notes) for notes in (False, True))
    pages = {file.relative_to(without): file for file in without.rglob("*.html")}
    assert len(pages) >= 3
    for name, file in pages.items():
        if name.parts[0] != "bridge":
            navigation = with_notes.joinpath(name).read_text("utf-8")
            assert navigation == file.read_text("utf-8"), name
    page = (with_notes / "bridge/index.html").read_text("utf-8")
    assert page.count("assets/postil/postil.css") == 1
    assert page.count("assets/postil/notes.js") == (theme == "material")


# In which of some properties an element looks otherwise than what it stands in.
BESIDE = """([selector, names]) => [...document.querySelectorAll(selector)].flatMap(one => names.split(" ").filter(name =>
    getComputedStyle(one)[name] !== getComputedStyle(one.parentElement)[name]))"""


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_can_be_clicked_has_the_colour_of_the_links_of_the_site(
    browser: Browser, project: Project, scheme: Any
) -> None:
    palette = (
        "theme:\n  name: material\n  font: false\n  palette:\n"
        "    - {media: '(prefers-color-scheme: light)', scheme: default, primary: teal}\n"
        "    - {media: '(prefers-color-scheme: dark)', scheme: slate, primary: teal}\n"
    )
    with browsing.served(_built(project, palette, notes=True)) as address:
        page = browsing.open_page(browser, address + "bridge/#note-year", 1280, color_scheme=scheme)
        page.wait_for_selector(".postil-on .postil-note__copy")
        colour = "all => [...new Set(all.map(one => getComputedStyle(one).color))]"
        links = page.eval_on_selector_all("#note-year .postil-note__back", colour)
        assert len(links) == 1
        assert page.eval_on_selector_all(".postil-note__copy, .postil-tools button", colour) == links
        page.context.close()


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
@pytest.mark.parametrize("theme", ["readthedocs", "mkdocs"])
def test_with_another_theme_notes_stand_below_their_blocks(browser: Browser, project: Project, theme: str) -> None:
    with browsing.served(_built(project, f"theme: {theme}\n", notes=True)) as address:
        for width in (390, 1280):
            page = browsing.open_page(browser, address + "bridge/", width)
            passage, note = (browsing.boxes(page, selector)[0] for selector in (".postil-passage", ".postil-note"))
            assert passage["bottom"] <= note["top"] < passage["bottom"] + 200
            assert note["right"] <= width
            assert page.evaluate(BESIDE, [".postil-passage", "fontStyle fontWeight fontSize fontFamily color"]) == []
            page.locator("#ref-year").click()
            assert page.locator("#note-year").is_visible()
            page.context.close()


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
@pytest.mark.parametrize("theme", ["readthedocs", "mkdocs"])
def test_with_another_theme_the_choices_stand_apart(browser: Browser, project: Project, theme: str) -> None:
    kinds = ("context", "question", "definition", "correction")
    notes = "".join(
        f"- {{id: {kind}, quote: the {kind}, kind: {kind}, note: Yes., author: editors, created: 2026-11-20}}\n"
        for kind in kinds
    )
    project.write(
        {
            "mkdocs.yml": f"site_name: T\ntheme: {theme}\nhooks: [{_hook(project)}]\n",
            "docs/index.md": "# A\n\n" + ", ".join(f"the {kind}" for kind in kinds) + ".\n",
            "docs/index.annotations.yml": f"annotations:\n{notes}",
        }
    )
    assert project.build() == []
    with browsing.served(project.folder / "site") as address:
        page = browsing.open_page(browser, address, 1280)
        labels = browsing.boxes(page, ".postil-filter label")
        assert len(labels) == 6
        gaps = [two["left"] - one["right"] for one, two in itertools.pairwise(labels) if two["left"] > one["left"]]
        assert len(gaps) >= 4
        assert min(gaps) > 8
        page.context.close()


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
def test_notes_work_where_pages_are_swapped(browser: Browser, project: Project) -> None:
    (project.folder / "with").mkdir()
    with browsing.served(project.folder / "with") as address:
        theme = "theme:\n  name: material\n  font: false\n  features: [navigation.instant]\n"
        _built(project, f"site_url: {address}\n{theme}", notes=True)
        page = browsing.open_page(browser, address, 1280)
        told: list[str] = []
        page.on("pageerror", lambda error: told.append(str(error)))
        page.evaluate("window.sameDocument = true")
        for _ in range(2):
            page.locator(".md-nav--primary a", has_text="A bridge for Lindhaven").first.click()
            page.wait_for_selector("#note-year")
            page.wait_for_function("window.postilNotes")
            page.wait_for_timeout(200)
            data = page.locator("script[type='application/ld+json']")
            assert data.count() == 1 and "A bridge for Lindhaven" in (data.text_content() or "")
            page.keyboard.press("j")
            page.wait_for_function("location.hash === '#note-year'")
            assert page.locator("#note-year").evaluate("note => getComputedStyle(note).position") == "absolute"
            page.locator(".md-nav--primary a", has_text="Home").first.click()
            page.wait_for_selector("text=Nothing here has a note.")
            assert data.count() == 0  # a program that reads the page is not told of another
        assert page.evaluate("window.sameDocument")
        assert told == []


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
@pytest.mark.parametrize("theme", ["material", "mkdocs", "readthedocs"])
def test_a_resting_note_without_a_title_shows_its_first_words_without_scripts(
    project: Project, browser: Browser, theme: str
) -> None:
    words = "nobody could say who pays the other half of it, and the ledger of those years is lost to all of us. " * 3
    numbers = ("One", "Two", "Three", "Four", "Five")
    notes = "".join(
        f"- {{id: n{at}, quote: part {number}, kind: {kind}, note: '{number}: {words}', author: editors, created: 2026-11-20}}\n"
        for at, (number, kind) in enumerate(
            zip(numbers, ("context", "question", "definition", "context", "context"), strict=True)
        )
    )
    text = "# A bridge\n\n" + " and ".join(f"part {number}" for number in numbers) + ".\n"
    configured = (
        (project.folder / "mkdocs.yml")
        .read_text("utf-8")
        .replace("{name: material, font: false}", f"{{name: {theme}}}")
    )
    if theme == "material":
        configured = (project.folder / "mkdocs.yml").read_text("utf-8")
    project.write(
        {"mkdocs.yml": configured, "docs/bridge.md": text, "docs/bridge.annotations.yml": f"annotations:\n{notes}"}
    )
    assert project.build() == []
    with browsing.served(project.folder / "site") as address:
        page = browsing.open_page(browser, f"{address}bridge/", 1366, show="", java_script_enabled=False)
        assert page.evaluate(browsing.OVERLAPS) == 0
        for at, number in enumerate(numbers):
            body = page.locator(f"#note-n{at} .postil-note__body")
            box = body.bounding_box()
            assert box, number
            assert box["height"] > 10, number
            assert box["width"] > 100, number
            assert body.inner_text().startswith(f"{number}: nobody could say")
        if theme == "material":
            resting = page.locator(".postil-rest .postil-note__body")
            assert resting.count() >= 4
            assert all(box["height"] < 50 for one in resting.all() if (box := one.bounding_box()))
        page.context.close()


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
@pytest.mark.parametrize("theme", ["mkdocs", "readthedocs"])
def test_in_a_theme_that_is_not_material_the_choice_hides_notes_and_the_look_of_a_passage_stays(
    project: Project, browser: Browser, theme: str
) -> None:
    kinds = ("context", "question", "definition", "context")
    tags = ("[key]", "[]", "[]", "[]")
    notes = "".join(
        f"- {{id: n{at}, quote: part {at}, kind: {kind}, tags: {tag}, sources: [S1], note: Yes., author: editors, created: 2026-11-20}}\n"
        for at, (kind, tag) in enumerate(zip(kinds, tags, strict=True))
    )
    text = "# A bridge\n\n" + " and ".join(f"part {at}" for at in range(4)) + ", and more.\n"
    configured = (project.folder / "mkdocs.yml").read_text("utf-8")
    configured = configured.replace("{name: material, font: false}", f"{{name: {theme}}}")
    project.write(
        {"mkdocs.yml": configured, "docs/bridge.md": text, "docs/bridge.annotations.yml": f"annotations:\n{notes}"}
    )
    assert project.build() == []
    shown = "all => all.filter(note => getComputedStyle(note).display !== 'none').map(note => note.id)"
    with browsing.served(project.folder / "site") as address:
        page = browsing.open_page(browser, f"{address}bridge/", 1000, show="", java_script_enabled=False)
        for choice, expected in {
            "": ["n0"],  # key notes, at first
            "read": [],
            "all": ["n0", "n1", "n2", "n3"],
            "kind-context": ["n0", "n3"],
        }.items():
            if choice:
                page.locator(f".postil-filter input[value='{choice}']").check(force=True)
            assert page.locator(".postil-note").evaluate_all(shown) == [f"note-{name}" for name in expected], choice
        page.goto(f"{address}bridge/#note-n2")  # a link leads to a note whatever is chosen
        assert "note-n2" in page.locator(".postil-note").evaluate_all(shown)
        look = "mark => ['font-style', 'font-weight', 'font-size', 'color'].map(name => getComputedStyle(mark)[name] === getComputedStyle(mark.parentElement)[name])"
        assert page.locator("mark.postil-passage").first.evaluate(look) == [True] * 4
        page.emulate_media(media="print")
        assert len(page.locator(".postil-note").evaluate_all(shown)) == 4
        page.context.close()


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
def test_no_page_asks_its_own_site_for_what_is_not_there(browser: Browser, project: Project) -> None:
    place = project.folder / "with"
    place.mkdir()
    with browsing.served(place) as address:
        _built(project, f"site_url: {address}\ntheme: {{name: material, font: false}}\nplugins: [search]\n", notes=True)
        page = browser.new_page()
        missing: list[str] = []
        page.on("response", lambda answer: missing.append(answer.url) if answer.status >= 400 else None)
        for path in ("", "bridge/", "bridge/notes/year/", "claims/", "sources/"):
            page.goto(address + path)
            page.wait_for_timeout(300)
        assert "application/json+oembed" in (place / "bridge/notes/year/index.html").read_text("utf-8")
        assert missing == []
        page.close()
