"""Strangers' files: no reader falls over, and nothing that they hold runs or passes for a part of the page."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown import markdown
from playwright.sync_api import Browser, Dialog

import browsing
from conftest import Project
from postil.files.settings_file import default_settings
from postil.importing import article
from postil.importing.days import day
from postil.importing.formats import read_notes
from postil.importing.markdown import MAX_LENGTH, from_html, from_markdown, from_text
from postil.importing.placing import Importer
from postil.model.annotation import Annotation
from postil.model.problem import PostilError
from postil.page.cleaning import NOTE_TAGS, clean
from postil.text.reading import read as read_html

VECTORS = (Path(__file__).parent / "hostile" / "vectors.txt").read_text("utf-8").splitlines()
IMPORTS = Path(__file__).parent / "imports"
TEXT = "The bridge was opened in 1931 by the mayor. It is the longest of the country.\nThe end."
TODAY = day("2026-01-01")

CONFIG = """\
site_name: Test
theme: {name: material, font: false}
hooks: [HOOK]
markdown_extensions: [attr_list, admonition, footnotes, tables, def_list, abbr, md_in_html, pymdownx.superfences,
  pymdownx.snippets, pymdownx.arithmatex, pymdownx.caret, pymdownx.tilde, pymdownx.mark, pymdownx.keys,
  pymdownx.details, pymdownx.magiclink, pymdownx.emoji, pymdownx.critic, pymdownx.betterem, pymdownx.smartsymbols]
"""

# Everything that JSON can hold, with the keys that the readers look at more often than by chance.
KEYS = st.sampled_from(
    "annotations rows uri text tags target selector type exact prefix suffix references id created user links html body "
    "bodyValue value purpose format source items first motivation creator name start end refinedBy @context document "
    "identifier written origin postil generator via bodies targets quote visibility permissions read group hidden results "
    "highlights @type @graph claimReviewed reviewRating itemReviewed citation name startSelector endSelector ops insert itemType sortIndex annotationText".split()
)
WORDS = st.sampled_from(
    "Annotation ClaimReview AnnotationPage AnnotationCollection TextQuoteSelector Choice replying tagging classifying text/html "
    "opened https://example.org/x javascript:HIT() 2026-01-01 9999-12-31T23:59:59-23:59 \ud800".split()
)
SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | WORDS | st.sampled_from(VECTORS)
)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS | st.text(max_size=4), inner, max_size=6),
    max_leaves=25,
)
NAMES = st.sampled_from(["x.json", "x.jsonl", "x.csv", "x.tsv", "x.md", "x.qmd", "x.html", "x.txt", "x"])


def taken_in(content: bytes, name: str) -> None:
    """Read a file and place its notes: a result, or the error that authors are told."""
    assert TODAY is not None
    for own in (False, True):
        try:
            batch = read_notes(content, name, default_settings("en"))
        except PostilError as error:
            assert all(problem.message for problem in error.problems)
            return
        importer = Importer(default_settings("en"), {}, "editors", TODAY, own)
        outcomes = importer.place(batch.notes, TEXT, [], set())
        assert len(outcomes) == len(batch.notes)
        assert all(outcome.reason for outcome in outcomes)
        for outcome in outcomes:
            if outcome.status == "found" and outcome.annotation is not None and not own:
                assert outcome.annotation.verdict is None
                assert Annotation.model_validate(outcome.annotation.model_dump())


@given(st.binary(max_size=300), NAMES)
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_read_or_refused(content: bytes, name: str) -> None:
    taken_in(content, name)


@given(JSON)
@settings(max_examples=300, deadline=None)
def test_any_json_is_read_or_refused(data: object) -> None:
    taken_in(json.dumps(data).encode(), "x.json")
    taken_in(json.dumps({"annotations": data}).encode(), "x.json")


@given(st.sampled_from(sorted(IMPORTS.iterdir())), st.data())
@settings(max_examples=150, deadline=None)
def test_a_good_file_with_a_part_changed_is_read_or_refused(file: Path, data: st.DataObject) -> None:
    content = file.read_bytes()
    start = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(start, min(len(content), start + 60)))
    other = data.draw(st.binary(max_size=8) | st.sampled_from([vector.encode() for vector in VECTORS]))
    taken_in(content[:start] + other + content[end:], file.name)


@given(
    st.binary(max_size=300) | st.text(st.sampled_from("âé\x80\x9c“\"' .,aAbs1\n#<p>"), max_size=200).map(str.encode),
    st.data(),
)
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_an_article_or_refused(content: bytes, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(["x.txt", "x.md", "x.html"]))
    try:
        page = article.read(content, name).markdown()
    except PostilError as error:
        assert all(problem.message for problem in error.problems)
        return
    html = markdown(page.partition("\n---\n")[2], extensions=["tables", "fenced_code", "toc"])
    assert not dangers(html), page


PIECES = st.sampled_from(VECTORS) | st.text(st.sampled_from("ab <>&*_`[](){}#+-=.!|~^$\\:;\"'\n\t1"), max_size=12)


@given(st.lists(PIECES, max_size=6).map("".join))
@example('\\![x" onerror="HIT()](https://example.org/x.png)')  # "!" before a link is no picture
@example("`<img src=x onerror=HIT()>`<script></script>`<img src=x onerror=HIT()>``<img src=x onerror=HIT()>`")
@settings(max_examples=300, deadline=None)
def test_what_is_written_is_clean_markdown(text: str) -> None:
    for written in (from_markdown(text), from_html(text), from_text(text)):
        html = markdown(written, extensions=["extra", "admonition", "sane_lists"])
        assert dangers(html) == [], (text, written)


@given(st.text(st.sampled_from("ab <>&*_`[](){}#+-=.!|~^$\\:;\"'\t1ä字"), max_size=40))
@settings(max_examples=300, deadline=None)
def test_plain_text_says_what_it_said(text: str) -> None:
    html = markdown(
        from_text(text), extensions=["extra", "admonition", "sane_lists", "pymdownx.tilde", "pymdownx.caret"]
    )
    assert "".join(read_html(html).text.split()) == "".join(text.split())


def test_long_notes_take_no_longer() -> None:
    import time

    for text in ("[", "*a ", "<div>", "> ", "1. a\n", "![a](", "`a", "<b><p>", "&#", "|a|\n|-|\n"):
        started = time.process_time()
        written = from_markdown((text * MAX_LENGTH)[:MAX_LENGTH])
        markdown(written)
        assert time.process_time() - started < 8, text


class Dangers(HTMLParser):
    """What in HTML could run, pass for a part of the page, or load something; independent of the cleaner."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in NOTE_TAGS | set(
            "h1 h2 h3 h4 h5 h6 hr table thead tbody tr th td div sup section span dl dt dd abbr".split()
        ):
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            is_link = name == "href" and re.match(r"(https?://|mailto:|#fn)", value or "")
            harmless = name in ("rel", "style", "id", "class", "title", "colspan", "start") and not (value or "").count(
                "("
            )
            if name.startswith("on") or not (is_link or harmless):
                self.found.append(f"{name}={value}")


def dangers(html: str) -> list[str]:
    parser = Dangers()
    parser.feed(html)
    parser.close()
    return parser.found


def test_cleaning_leaves_no_attribute_but_addresses() -> None:
    for vector in VECTORS:
        html = clean(markdown(vector, extensions=["extra", "admonition"]))
        assert dangers(html) == []
        assert not re.search(r"<[^>]*\s(?:id|class|style|name|on\w+)=", html), html


# In the browser

WITNESS = "window.hits = []; window.HIT = () => window.hits.push(location.href);"
INSPECTED = """() => {
  const found = [];
  for (const part of document.querySelectorAll('.postil-note__body, .postil-note__replies li')) {
    for (const element of part.querySelectorAll('*')) {
      for (const { name, value } of element.attributes) {
        const allowed = name === 'rel' || name === 'datetime' || (name === 'href' && /^(https?:|mailto:)/.test(value));
        if (!allowed) found.push(`${element.localName} ${name}=${value}`);
      }
    }
  }
  for (const link of document.querySelectorAll('[href], [src], [action], [formaction]'))
    for (const name of ['href', 'src', 'action', 'formaction'])
      if (/^\\s*(javascript|vbscript|data:text)/i.test(link.getAttribute(name) || '')) found.push(link.outerHTML);
  for (const element of document.querySelectorAll('*'))
    for (const { name } of element.attributes) if (name.startsWith('on')) found.push(element.outerHTML.slice(0, 200));
  if (document.querySelector('main, .md-content') === null) found.push('the page is not there');
  return found;
}"""


def hostile_notes() -> list[dict[str, object]]:
    """Each vector as the body of a note in Markdown and in HTML, and as name, tag, title, verdict, address and answer."""
    notes: list[dict[str, object]] = []
    for number, vector in enumerate(VECTORS):
        for form in ("text/markdown", "text/html"):
            said = {"type": "TextualBody", "value": f"Said. {vector}" if number % 2 else vector, "format": form}
            words = {"type": "TextualBody", "value": "and words", "format": form}
            answer = {**said, "purpose": "replying", "creator": {"name": vector}}
            tag = {"type": "TextualBody", "purpose": "tagging", "value": vector}
            rating = {"type": "TextualBody", "purpose": "classifying", "value": vector}
            target = {
                "source": "index.md",
                "selector": {"type": "TextQuoteSelector", "exact": f"Passage {form[5:]} {number};"},
            }
            notes.append(
                {
                    "@context": "http://www.w3.org/ns/anno.jsonld",
                    "type": "Annotation",
                    "id": f"{vector} {form}",
                    "title": vector,
                }
                | {
                    "motivation": vector,
                    "creator": {"name": vector},
                    "generator": {"name": vector},
                    "via": vector,
                }
                | {"body": [said, words, answer, tag, rating], "target": target}
            )
    return notes


@pytest.mark.browser
def test_nothing_of_a_stranger_runs(project: Project, browser: Browser) -> None:
    from click.testing import CliRunner

    from postil.commands import main

    assert len(VECTORS) >= 60
    notes = hostile_notes()
    passages = " ".join(str(note["target"]["selector"]["exact"]) for note in notes)  # type: ignore[index]
    hook = (browsing.ROOT / "hooks" / "annotations.py").as_posix()
    project.write({"mkdocs.yml": CONFIG.replace("HOOK", hook), "docs/index.md": f"# Home\n\n{passages}\n"})
    project.write({"docs/index.annotations.yml": "annotations: []\n", "notes.json": json.dumps(notes)})
    result = CliRunner().invoke(main, ["import", "notes.json", "--article", "index.md"])
    # Their notes are taken, and what they have for addresses is told.
    assert result.exit_code == 1 and f"  {len(notes)} found, " in result.output, result.output[-2000:]
    assert project.build() == []
    count = len(notes)
    assert project.read("index.html").count('<aside class="postil-note ') == count
    assert "site_name:" not in project.read("index.html"), "no file of the machine is shown"
    own_pages = sorted(
        path.relative_to(project.folder / "site").as_posix()
        for path in (project.folder / "site").rglob("notes/*/index.html")
    )
    page = browser.new_context().new_page()
    page.add_init_script(WITNESS)
    seen: list[str] = []

    def dismissed(dialog: Dialog) -> None:
        seen.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismissed)
    page.on("request", lambda request: seen.append(request.url))
    with browsing.served(project.folder / "site") as address:
        for path in ("index.html", "claims/index.html", *own_pages[:: max(1, len(own_pages) // 8)]):
            page.goto(f"{address}{path}")
            page.evaluate(
                "() => document.querySelectorAll('a, mark, details, button').forEach(e => e.dispatchEvent(new MouseEvent('mouseover', {bubbles: true})))"
            )
            assert page.evaluate("window.hits") == [], path
            assert page.evaluate(INSPECTED) == [], path
    assert own_pages
    assert [url for url in seen if not url.startswith((address, "data:image/"))] == []
