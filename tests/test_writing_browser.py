"""Writing in the preview, in a real browser: select, fill in, save, and see the note; change, move, put back, conflict."""

from __future__ import annotations

import json
import random
import re
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import markdown
import pytest
from playwright.sync_api import Browser, Page, Route

import browsing
import firefox
from conftest import MKDOCS_YML, ROOT, SOURCES
from postil.files.yamltext import read_yaml
from postil.text.anchor import Anchorer, Span
from postil.text.reading import read
from serving import Preview
from test_writing import NOTES

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("writing")]

EVERYTHING = """\
# Every *construct* of `Markdown` {#top}

It rained all day. The bridge was **opened in 1931** by the [mayor](#top) of the town. Nobody came.
A second line of it, with “quotes”, a soft­hyphen, a no-break space, and 12 % of it.

It rained all day. The bridge was opened in 1931 by somebody else; see the footnote[^1].

## A list, and more

- one of three
    - nested: one of three
    - nested: *two* of three
- two of three

1. first
2. second

| Year | Count | Note |
| --- | --- | --- |
| 1931 | 2 | two |
| 1932 | 2 | two |
| 1933 | 3 | two |

```python
def bridge(year):
    return year == 1931  # opened
```

!!! note "An admonition"

    The council said so, and the mayor agreed.

=== "One"

    In the first tab the bridge is open.

=== "Two"

    In the second tab the bridge is closed.

??? question "Folded"

    Inside of the folded box somebody asks.

> A quotation of two lines
> that the page folds.

Term
:   Its definition, in a few words.

<p dir="rtl" markdown>افتتح الجسر في عام 1931 بحضور العمدة، ولم يأت أحد.</p>

橋は1931年に市長によって開通した。誰も来なかった。

Emoji 😀 and 👩‍👩‍👧 family, é as two signs: é. The end of it.

[^1]: The footnote says more.
"""

STATE = 'document.querySelector(".pw-switch button").getAttribute("aria-pressed") === "true"'
SELECT = """([words, number]) => {
    const walker = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT)
    for (let node, seen = 0; (node = walker.nextNode());) {
        const place = node.data.indexOf(words)
        if (place < 0 || seen++ < number || node.parentElement.closest(".postil-note, .pw")) continue
        const range = document.createRange()
        range.setStart(node, place)
        range.setEnd(node, place + words.length)
        getSelection().removeAllRanges()
        getSelection().addRange(range)
        return
    }
    throw new Error("these words are not there: " + words)
}"""


def kept_notes(preview: Preview, name: str = "index") -> list[dict[str, Any]]:
    """What the notes file of an article has."""
    found: list[dict[str, Any]] = read_yaml((preview.folder / f"docs/{name}.annotations.yml").read_bytes(), "").data[
        "annotations"
    ]
    return found


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    folder = tmp_path_factory.mktemp("preview")
    hook = (ROOT / "hooks" / "annotations.py").as_posix()
    extensions = ", pymdownx.details, pymdownx.superfences, {pymdownx.tabbed: {alternate_style: true}}, {toc:"
    (folder / "docs").mkdir()
    (folder / "mkdocs.yml").write_text(MKDOCS_YML.replace("HOOK", hook).replace(", {toc:", extensions), "utf-8")
    (folder / "docs/sources.yml").write_text(SOURCES, "utf-8")
    authors = "authors: {editors: {name: The editors, type: organisation}, ada: {name: Ada, type: person}}\n"
    (folder / "docs/postil.yml").write_text(authors, "utf-8")
    (folder / "docs/index.md").write_text(EVERYTHING, "utf-8")
    names = ["attr_list", "admonition", "footnotes", "tables", "def_list", "md_in_html", "pymdownx.details"]
    names += ["pymdownx.superfences", "pymdownx.tabbed", "toc"]
    configs = {"pymdownx.tabbed": {"alternate_style": True}, "toc": {"permalink": True}}
    (folder / "content.html").write_text(
        markdown.markdown(EVERYTHING, extensions=names, extension_configs=configs), "utf-8"
    )
    for name in ("bridge", "two", "phone", "firefox", "checked", "todo", "older"):
        article = "# The bridge\n\nIt rained all day. The bridge was opened in 1931 by the mayor. Nobody came.\n\nThe end of it.\n"
        (folder / f"docs/{name}.md").write_text(article, "utf-8")
    (folder / "docs/bridge.annotations.yml").write_text(textwrap.dedent(NOTES), "utf-8")
    found = Preview(folder)
    yield found
    found.end()


def open_page(preview: Preview, browser: Browser, path: str, width: int = 1366) -> Page:
    page = browsing.open_page(browser, preview.url + path, width, reduced_motion="reduce")
    page.wait_for_selector(".pw-switch button")
    page.wait_for_function('document.querySelector(".pw-switch button").textContent.length > 3')
    page.click(".pw-switch button")
    page.wait_for_function(STATE)
    return page


def select(page: Page, words: str, number: int = 0) -> None:
    page.evaluate(SELECT, [words, number])
    page.wait_for_selector(".pw-here:not([hidden]) button")


def write(page: Page, words: str, **values: str) -> None:
    select(page, words)
    page.click(".pw-here button")
    page.wait_for_selector(".pw-form")
    for name, value in ({"note": "Written here.", "kind": "context"} | values).items():
        control = page.locator(f'.pw-form [name="{name}"]')
        control.select_option(value) if control.evaluate("e => e.tagName") == "SELECT" else control.fill(value)


def saved(page: Page) -> None:
    page.click(".pw-form .pw-main")
    page.wait_for_selector(".pw-form", state="detached")


CHOOSE = """(picks) => {
    const unread = ".postil-note, .pw, .headerlink, script, style, .postil-filter, .postil-lost"
    const nodes = [], walker = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) if (!walker.currentNode.parentElement.closest(unread)) nodes.push(walker.currentNode)
    const total = nodes.reduce((sum, node) => sum + node.length, 0)
    const at = (share) => {
        let rest = Math.floor(share * total)
        for (const node of nodes) { if (rest < node.length) return [node, rest]; rest -= node.length }
        return [nodes.at(-1), nodes.at(-1).length]
    }
    const found = []
    for (const [first, length] of picks) {
        getSelection().setBaseAndExtent(...at(first), ...at(Math.min(1, first + length * length * .08)))
        const chosen = document.querySelector(".pw-switch").selected()
        if (chosen) found.push(chosen.selection)
    }
    getSelection().removeAllRanges()
    return found
}"""
SAVE = """async (selections) => {
    const { token } = JSON.parse(document.getElementById("postil-writing").textContent), told = []
    const headers = { "Content-Type": "application/json", "Postil-Token": token }
    for (const [number, selection] of selections.entries()) {
        const values = { kind: "context", note: "x", author: "editors", id: "n-" + number }
        const body = JSON.stringify({ page: "", selection, values })
        told.push((await fetch("/_postil/add", { method: "POST", headers, body })).status)
    }
    return told
}"""


def test_three_hundred_random_selections_are_saved_on_their_words(preview: Preview, browser: Browser) -> None:
    page = open_page(preview, browser, "")
    chance = random.Random(20)
    selections = page.evaluate(CHOOSE, [[chance.random(), chance.random()] for _ in range(300)])
    assert len(selections) > 250
    placed = 0
    for first in range(0, len(selections), 30):
        some = selections[first : first + 30]
        told = page.evaluate(SAVE, some)
        anchored, length = _anchored(preview)
        for number, one in enumerate(some):
            if told[number] != 200:
                continue
            before, text = anchored[f"n-{number}"]
            words = re.sub(r"\s", "", one["quote"])
            assert words in text, (words, text)
            assert abs(len(before) - one["share"] * length) < 0.03 * length, (one, before[-40:])
            placed += 1
        (preview.folder / "docs/index.annotations.yml").unlink()
    assert placed > 0.9 * len(selections)


def _anchored(preview: Preview) -> tuple[dict[str, tuple[str, str]], int]:
    """The text before each note of the first page and its words, as the engine anchors them, without white space."""
    html = (preview.folder / "content.html").read_text("utf-8")
    anchorer = Anchorer(read(html).text)
    found = {}
    for note in kept_notes(preview):
        place = anchorer.find(note["quote"], note.get("prefix", ""), note.get("suffix", ""))
        assert isinstance(place, Span), (note, place)
        parts = anchorer.text[: place.start], anchorer.text[place.start : place.end]
        found[note["id"]] = re.sub(r"\s", "", parts[0]), re.sub(r"\s", "", parts[1])
    return found, len(re.sub(r"\s", "", anchorer.text))


def test_write_change_move_and_delete(preview: Preview, browser: Browser) -> None:
    page = open_page(preview, browser, "two/")
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.evaluate("window.same = true")
    write(page, "opened in 1931", title="A title", id="opened")
    assert browsing.violations(page, ".pw-form") == []
    saved(page)
    assert "Written here." in page.inner_text("#note-opened")
    assert kept_notes(preview, "two")[0]["status"] == "draft"
    page.locator("#note-opened .pw-edit button").first.dispatch_event("click")
    page.fill('.pw-form [name="note"]', "Another text.")
    saved(page)
    assert "Another text." in page.inner_text("#note-opened")
    page.locator("#note-opened .pw-edit button").first.dispatch_event("click")
    page.click(".pw-form button:has-text('Move')")
    select(page, "Nobody came")
    page.click(".pw-here button")
    page.wait_for_selector(".pw-form", state="detached")
    assert kept_notes(preview, "two")[0]["quote"] == "Nobody came"
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator("#note-opened .pw-edit button").first.dispatch_event("click")
    page.click(".pw-form button:has-text('Delete')")
    page.wait_for_selector("#note-opened", state="detached")
    assert not kept_notes(preview, "two")
    assert page.evaluate("window.same") is True, "the page was not loaded again"
    assert errors == []


def test_errors_stand_at_their_fields_and_nothing_is_lost(preview: Preview, browser: Browser) -> None:
    page = open_page(preview, browser, "two/")
    write(page, "The end of it", kind="fact-check", note="Kept words.")
    page.click(".pw-form .pw-main")
    page.wait_for_selector('[data-field="verdict"] .pw-bad:not(:empty)')
    assert page.get_attribute('.pw-form [name="verdict"]', "aria-invalid") == "true"
    page.reload()
    page.wait_for_selector(".pw-form")
    assert page.input_value('.pw-form [name="note"]') == "Kept words.", "over a reload, too"
    page.on("dialog", lambda dialog: dialog.dismiss())
    page.keyboard.press("Escape")
    assert page.locator(".pw-form").count() == 1, "it asks before words are lost"


def test_a_lost_note_is_put_back_and_a_conflict_shows_both(preview: Preview, browser: Browser) -> None:
    page = open_page(preview, browser, "bridge/")
    other = open_page(preview, browser, "bridge/")
    page.locator("#note-gone .pw-edit button").nth(1).dispatch_event("click")
    select(page, "The end of it")
    page.click(".pw-here button")
    page.wait_for_selector(".pw-form", state="detached")
    assert page.locator(".postil-lost").count() == 0
    assert kept_notes(preview, "bridge")[1]["quote"] == "The end of it"
    other.locator("#note-rain .pw-edit button").first.dispatch_event("click")
    other.fill('.pw-form [name="title"]', "Mine")
    other.fill('.pw-form [name="what"]', "A title.")
    file = preview.folder / "docs/bridge.annotations.yml"
    file.write_text(file.read_text("utf-8").replace("One.", "Theirs."), "utf-8")
    other.click(".pw-form .pw-main")
    other.wait_for_selector(".pw-theirs")
    assert "Theirs." in other.inner_text(".pw-theirs") and "Mine" not in file.read_text("utf-8")
    assert other.input_value('.pw-form [name="title"]') == "Mine"


def test_a_note_is_assigned_reviewed_and_taken_back(preview: Preview, browser: Browser) -> None:
    page = open_page(preview, browser, "checked/")
    write(page, "opened in 1931", id="opened", assigned="ada")
    page.click("[data-checking] summary")
    page.fill('.pw-form [name="recheck.date"]', "2027-01-01")
    page.fill('.pw-form [name="recheck.why"]', "The census.")
    assert browsing.violations(page, ".pw-form") == []
    saved(page)
    note = kept_notes(preview, "checked")[0]
    assert note["assigned"] == "ada" and note["recheck"] == {"date": "2027-01-01", "why": "The census."}
    page.locator("#note-opened .pw-edit button").first.dispatch_event("click")
    page.select_option('.pw-form [name="review.by"]', "ada")
    page.fill('.pw-form [name="review.note"]', "Look again.")
    page.select_option('.pw-form [name="status"]', "")
    saved(page)
    note = kept_notes(preview, "checked")[0]
    assert "assigned" not in note and "status" not in note and note["recheck"]["why"] == "The census."
    assert [(review["by"], review["note"]) for review in note["reviews"]] == [("ada", "Look again.")]
    page.locator("#note-opened .pw-edit button").first.dispatch_event("click")
    assert "Ada" in page.inner_text(".pw-reviews")
    page.click("[data-taking-back] summary")
    page.fill('.pw-form [name="retracted.why"]', "A forged page.")
    saved(page)
    note = kept_notes(preview, "checked")[0]
    assert note["retracted"]["why"] == "A forged page." and len(note["reviews"]) == 1
    # The page that was built for the save before may come in between.
    page.wait_for_function("document.getElementById('note-opened')?.innerText.includes('A forged page.')")


def listed(page: Page, words: str) -> None:
    """Open the work list once it has these words: it knows what a build that is done has read."""
    for _ in range(200):
        page.click(".pw-switch button:has-text('To do')")
        page.wait_for_selector(".pw-form h3")
        if page.locator(f".pw-todo button:has-text('{words}')").count():
            return
        page.keyboard.press("Escape")
        page.wait_for_timeout(100)


def test_the_work_list_leads_to_what_there_is_to_do(preview: Preview, browser: Browser) -> None:
    page = open_page(preview, browser, "todo/")
    write(page, "by the mayor", id="mayor")
    saved(page)
    page.wait_for_function("document.querySelector('#note-mayor .pw-edit')")
    listed(page, "by the mayor")
    assert browsing.violations(page, ".pw-form") == []
    assert "Drafts" in page.inner_text(".pw-form")
    page.click(".pw-todo button:has-text('by the mayor')")
    page.wait_for_selector('.pw-form [name="note"]')
    assert page.input_value('.pw-form [name="id"]') == "mayor"
    page.keyboard.press("Escape")
    listed(page, "1931")
    page.click(".pw-todo button:has-text('1931')")
    page.wait_for_selector('.pw-form [name="note"]')
    assert page.inner_text(".pw-form blockquote") == "1931"


def test_a_page_built_for_an_earlier_save_never_takes_the_place_of_a_later_one(
    preview: Preview, browser: Browser
) -> None:
    page = open_page(preview, browser, "older/")
    write(page, "It rained", id="first")
    saved(page)
    deadline = time.monotonic() + 30
    while 'id="note-first"' not in (older := preview.get("older/")) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert '{"behind": false' in older
    given: list[str] = []

    def answer(route: Route) -> None:  # what a slow build of the first save leaves, the first time that it is asked for
        if given or route.request.resource_type != "fetch":
            return route.continue_()
        given.append(route.request.url)
        return route.fulfill(body=older.replace('{"behind": false', '{"behind": true'), content_type="text/html")

    page.route("**/older/", answer)
    write(page, "Nobody came", id="second")
    saved(page)
    page.evaluate("""() => { window.gone = 0
        new MutationObserver(() => { window.gone += !document.getElementById("note-second") })
            .observe(document.querySelector("article"), { childList: true, subtree: true }) }""")
    while not given and time.monotonic() < deadline + 30:
        page.wait_for_timeout(100)
    page.wait_for_timeout(3_000)
    assert given and page.evaluate("window.gone") == 0
    assert page.locator("#note-first").count() == page.locator("#note-second").count() == 1


def test_a_note_and_a_source_in_another_script_than_the_site(preview: Preview, browser: Browser) -> None:
    page = open_page(preview, browser, "todo/")
    write(page, "Nobody came", title="ملاحظة", note="لم يأت أحد، كما قال المجلس في عام 1931.", id="arabic")
    sides = "e => e.map(one => getComputedStyle(one).direction)"
    assert page.eval_on_selector_all('.pw-form [name="title"], .pw-form [name="note"]', sides) == ["rtl", "rtl"]
    page.locator(".pw-form [data-new-source] summary").click()
    for name, value in {"container-title": "صحيفة الجسر", "title": "افتتاح الجسر", "issued": "1931"}.items():
        page.fill(f'.pw-form [name="source.{name}"]', value)
    assert page.input_value('.pw-form [name="source.id"]') == "صحيفة-الجسر-1931"
    page.fill('.pw-form [name="source.container-title"]', "Dépêche de Møre")
    assert page.input_value('.pw-form [name="source.id"]') == "depeche-de-møre-1931"
    page.click(".pw-form [data-new-source] button")
    page.wait_for_selector('.pw-form [data-source="depeche-de-møre-1931"]')
    saved(page)
    (note,) = [one for one in kept_notes(preview, "todo") if one["id"] == "arabic"]
    assert note["title"] == "ملاحظة" and note["sources"] == ["depeche-de-møre-1931"]


def test_keyboard_only(preview: Preview, browser: Browser) -> None:
    page = open_page(preview, browser, "two/")
    page.evaluate(SELECT, ["by the mayor", 0])
    page.wait_for_timeout(50)
    page.keyboard.press("n")
    page.wait_for_selector(".pw-form")
    assert page.evaluate("document.activeElement.name") == "kind"
    page.locator('.pw-form [name="note"]').focus()
    page.keyboard.type("By hand.")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".pw-form", state="detached")
    assert kept_notes(preview, "two")[-1]["note"] == "By hand."


def test_on_a_phone_the_form_leaves_the_passage_to_be_seen(preview: Preview, browser: Browser) -> None:
    for width in (390, 820, 1366, 1440):
        page = open_page(preview, browser, "phone/", width)
        write(page, "opened in 1931")
        form = page.locator(".pw-form").bounding_box()
        assert form is not None
        words = page.evaluate(
            '() => { const b = CSS.highlights.get("postil-writing").values().next().value.getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom] }'
        )
        apart = words[2] <= form["x"] or words[0] >= form["x"] + form["width"] or words[3] <= form["y"]
        assert apart and words[1] > 48, (width, words, form)
        page.context.close()


@pytest.mark.skipif(firefox.find() is None, reason="no Firefox on this machine; POSTIL_FIREFOX names one")
def test_in_firefox_too(preview: Preview, tmp_path: Path) -> None:
    """A note by the form, then random selections, each found on its words."""
    with firefox.launched(firefox.find() or "", tmp_path) as tab:

        def until(what: str) -> Any:
            for _ in range(100):
                if found := tab.evaluate(
                    f"() => {{ const found = {what}; return found instanceof Element ? 1 : found ?? null }}"
                ):
                    return found
                time.sleep(0.1)
            raise TimeoutError(what)

        tab.open(preview.url + "firefox/", 1366)
        until('document.querySelector(".pw-switch button")?.textContent.length > 3')
        tab.click(".pw-switch button")
        until(STATE)
        tab.evaluate(f"() => {{ ({SELECT})(['opened in 1931', 0]); return 1 }}")
        until('document.querySelector(".pw-here:not([hidden]) button")')
        tab.click(".pw-here button")
        until('document.querySelector(".pw-form")')
        typed = 'const c = document.querySelector(".pw-form [name=note]"); c.value = "By Firefox."; return 1'
        tab.evaluate(f"() => {{ {typed} }}")
        tab.click(".pw-form .pw-main")
        until('[...document.querySelectorAll(".postil-note")].some(note => note.textContent.includes("By Firefox."))')
        assert kept_notes(preview, "firefox")[0]["quote"] == "opened in 1931"
        tab.open(preview.url, 1366)
        until('document.querySelector(".pw-switch button")?.textContent.length > 3')
        chance = random.Random(21)
        picks = [[chance.random(), chance.random()] for _ in range(60)]
        selections = tab.evaluate(f"() => ({CHOOSE})({json.dumps(picks)})")
        tab.evaluate(f"() => {{ ({SAVE})({json.dumps(selections)}).then(told => {{ window.told = told }}); return 1 }}")
        told = until("window.told")
        anchored, length = _anchored(preview)
        placed = [number for number, status in enumerate(told) if status == 200]
        assert len(placed) > 0.9 * len(selections) > 40
        for number in placed:
            before, text = anchored[f"n-{number}"]
            assert re.sub(r"\s", "", selections[number]["quote"]) in text
            assert abs(len(before) - selections[number]["share"] * length) < 0.03 * length
        (preview.folder / "docs/index.annotations.yml").unlink()
