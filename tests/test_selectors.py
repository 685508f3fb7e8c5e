"""The selectors that are given out find their passage on the published page, by a matcher that knows nothing of ours."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser

from conftest import Project
from postil.commands import main
from postil.files.notes_file import read_annotations


class Content(HTMLParser):
    """`textContent` of the article of a page, with every sign of white space; menus repeat its headings."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.feed(html.partition("<article")[2].partition(">")[2].partition("</article>")[0])

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def content(page: Path) -> str:
    return "".join(Content(page.read_text("utf-8")).parts)


def selectors(document: dict[str, Any]) -> list[dict[str, str]]:
    items = [item for item in document["first"]["items"] if isinstance(item["target"], dict)]
    return [one for item in items for one in item["target"]["selector"] if one["type"] == "TextQuoteSelector"]


def unfound(text: str, quotes: list[dict[str, str]]) -> list[str]:
    """The quotes that do not stand in a text exactly once, with the words around them, sign by sign."""
    whole = [one.get("prefix", "") + one["exact"] + one.get("suffix", "") for one in quotes]
    return [one for one in whole if text.count(one) != 1]


def test_every_passage_of_our_site_is_found_sign_by_sign(published: Path) -> None:
    seen = 0
    for file in published.rglob("annotations.jsonld"):
        text = content(file.with_name("index.html"))
        quotes = selectors(json.loads(file.read_text("utf-8")))
        assert unfound(text, quotes) == []
        hypothesis = json.loads(file.with_name("annotations.hypothesis.json").read_text("utf-8"))["annotations"]
        assert unfound(text, [one["target"][0]["selector"][0] for one in hypothesis]) == []
        seen += len(quotes)
    assert seen >= 30


CONSTRUCTS = """\
# Opened & shut

The *bridge* was
    opened  in&nbsp;1931 &mdash; “at
last” by `Mayor  Falk`, who
wept.[^1] It cost 3&thinsp;000&nbsp;crowns.

A line<br>
broken here. ![The bridge in snow](x.png) After a picture.

- An item that
  runs on
- Another <b>bold</b> item

| Length | Cost |
| --- | --- |
| 410 metres | 2 million |

> Said the mayor:
> “It stands.”

## A heading that is long

<ruby>橋<rt>はし</rt></ruby>は長い。 H<sub>2</sub>O <!-- hidden --> flows.

    code  with   spaces
    and lines

Term of art
:   What it means 😀 to many.

First paragraph here.

Second paragraph there.

[^1]: A footnote
    of two lines.
"""
ON = (
    "was opened in 1931 — “at last” by Mayor Falk", "who wept. It", "3 000 crowns", "A line broken", "here. The bridge in snow After",
    "item that runs on", "Another bold item", "410 metres", "“It stands.”", "heading that is long", "は長い", "H2O flows",
    "code with spaces and lines", "means 😀 to many", "Opened & shut", "First", "paragraph here. Second paragraph", "footnote of two lines",
)  # fmt: skip


@pytest.fixture
def constructs(project: Project) -> Project:
    quotes = [
        f'- {{id: n{number}, quote: "{quote}", kind: context, note: Note {number} says this., author: editors, created: 2026-01-01}}'
        for number, quote in enumerate(ON)
    ]
    files: dict[str, str | bytes] = {
        "docs/index.md": CONSTRUCTS,
        "docs/x.png": b"",
        "docs/index.annotations.yml": "\n".join(["annotations:", *quotes]),
    }
    assert project.write(files).build() == []
    return project


def test_every_construct_is_found_sign_by_sign(constructs: Project) -> None:
    document = json.loads(constructs.read("annotations.jsonld"))
    text = content(constructs.folder / "site/index.html")
    quotes = selectors(document)
    assert len(quotes) == len(ON)
    # Between two paragraphs stands the note on the first, so nothing of one piece is there.
    (missing,) = unfound(text, quotes)
    assert "paragraph here.\nSecond paragraph" in missing
    (crossing,) = (
        item for item in document["first"]["items"] if item["target"]["selector"][-1]["type"] == "RangeSelector"
    )
    ends = crossing["target"]["selector"][-1]
    first, last = ends["startSelector"], ends["endSelector"]
    assert unfound(text, [first, last]) == []
    start, end = (text.index(one["prefix"] + one["exact"]) + len(one["prefix"]) for one in (first, last))
    between = text[start:end]
    assert between.startswith("paragraph here.") and between.endswith("Second paragraph")
    assert "Note 15 says this." in between, "what a range over the page covers, and why its quote is not there"
    assert any("\n" in one["exact"] for one in quotes) and any("\u2009" in one["exact"] for one in quotes)


def test_a_range_alone_leads_back_to_its_passage(constructs: Project) -> None:
    document = json.loads(constructs.read("annotations.jsonld"))
    for item in document["first"]["items"]:
        ranges = [one for one in item["target"]["selector"] if one["type"] == "RangeSelector"]
        if ranges:
            item["target"]["selector"] = ranges
            (constructs.folder / "one.json").write_text(json.dumps(item), "utf-8")
    constructs.write({"docs/index.annotations.yml": "annotations: []\n"})
    result = CliRunner().invoke(main, ["import", "one.json", "--article", "index.md"])
    assert result.exit_code == 0, result.output
    (entry,) = read_annotations((constructs.folder / "docs/index.annotations.yml").read_bytes(), "x")[0].entries
    assert " ".join(entry.annotation.quote.split()) == "paragraph here. Second paragraph"


@pytest.mark.browser
def test_a_browser_finds_them_too_with_all_that_scripts_have_added(
    browser: Browser, published: Path, address: str
) -> None:
    page = browser.new_page()
    for file in published.rglob("annotations.jsonld"):
        page.goto(f"{address}{file.parent.relative_to(published).as_posix()}/")
        text = page.evaluate("document.querySelector('article').textContent")
        assert unfound(text, selectors(json.loads(file.read_text("utf-8")))) == []
    page.close()
