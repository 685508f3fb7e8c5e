"""Where the notes of an article stand in a PDF and in a file of Markdown."""

from __future__ import annotations

import base64
import datetime
import io
import re
from collections.abc import Sequence
from html.parser import HTMLParser
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from postil.files.notes_file import read_annotations
from postil.offline import markdown, pdf, printed
from postil.offline.edition import Chapter, Edition
from postil.offline.problem import OfflineError
from postil.offline.static_fonts import static
from postil.page.annotate import annotate
from postil.page.context import Context

ARTICLE = """\
<h1>The bridge</h1>
<p>It was <em>opened in 1931</em> by the mayor, and <mark>closed</mark> in 1990.</p>
<ul><li>A first toll</li><li><p>A second toll</p></li></ul>
<table><tr><td>Its length</td></tr></table>
"""
QUOTES = (
    "The bridge",
    "opened in 1931 by the mayor",
    "by the mayor",
    "closed",
    "first toll",
    "second toll",
    "Its length",
)
NOTE = "- {{id: n{}, quote: {}, kind: context, note: Of it., author: editors, created: 2026-01-01}}\n"


@pytest.fixture
def edition() -> Edition:
    """An article with notes in every kind of block, two of them on words that overlap, and one that is lost."""
    return edition_of(ARTICLE, (*QUOTES, "nowhere"), "<p>Of it.</p>\n<p>And more.</p>")


def edition_of(html: str, quotes: Sequence[str], body: str) -> Edition:
    notes = "".join(NOTE.format(number, quote) for number, quote in enumerate(quotes, 1))
    found, problems = read_annotations(f"annotations:\n{notes}".encode(), "notes.yml")
    assert problems == []
    page = annotate(html, found.entries, Context(), lambda _: body)
    return Edition(
        name="bridge",
        article=Chapter(path="index.md", url="", title="The bridge", html=page.source),
        inserted=tuple(page.inserted.unpacked()),
        notes=page.notes,
        lost=page.lost,
        chapters=(),
        description="",
        authors=("The editors",),
        changed=datetime.date(2026, 1, 1),
        language="en",
        direction="ltr",
    )


class Open(HTMLParser):
    """The elements that are open at each note, and what stood straight before it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.stack: list[tuple[str, str]] = []
        self.around: dict[str, list[str]] = {}  # names of elements and classes
        self.before: dict[str, str] = {}
        self._last = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "aside":
            self.around[values["id"]] = " ".join(f"{name} {classes}" for name, classes in self.stack).split()
            self.before[values["id"]] = self._last
        if values.get("id", "").startswith("ref-"):  # in a heading it has no role: there it is for eyes only
            self._last = values["id"]
        if tag not in ("meta", "br", "link"):
            self.stack.append((tag, values.get("class", "")))

    def handle_endtag(self, tag: str) -> None:
        while self.stack.pop()[0] != tag:
            pass


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The folder of a site with one page and no styles."""
    (tmp_path / "index.html").write_text("<html></html>", "utf-8")
    return tmp_path


def test_at_the_foot_of_a_page_each_note_follows_its_link_and_no_mark_goes_on_under_it(
    edition: Edition, site: Path
) -> None:
    html = printed.render(edition, site, "Press", "book")
    opened = Open(html)
    names = [f"note-n{number}" for number in range(1, len(QUOTES) + 1)]
    assert set(opened.around) == {*names, "note-n8"}
    for name in names:
        assert not {"p", "aside", "postil-passage"} & set(opened.around[name]), name
    assert [before for name, before in opened.before.items() if before != name.replace("note-", "ref-")] == ["ref-n7"]
    notes = re.findall(r'<aside class="postil-note .*?</aside>', html, re.DOTALL)
    assert len(notes) == len(QUOTES)
    assert "\n" not in "".join(notes)
    assert html.count('<div role="paragraph"') == 2
    assert [f'id="{name}--end"' in html for name in names] == [True] * len(names)


def test_beside_the_text_a_note_of_a_list_stays_in_it(edition: Edition, site: Path) -> None:
    around = Open(printed.render(edition, site, "Press", "margin")).around
    assert "li" in around["note-n5"]
    assert "p" not in around["note-n2"]
    below = Open(printed.render(edition, site, "Press", "below")).around
    assert below.keys() == around.keys()


def test_a_note_without_a_passage_is_in_every_copy(edition: Edition, site: Path) -> None:
    for layout in ("margin", "sections", "book", "below"):
        html = printed.render(edition, site, "Press", layout)
        assert "<q>nowhere</q>" in html
    assert "“nowhere”" in markdown.render(edition, "Press")


def test_more_notes_than_a_page_has_room_for_stand_below_their_paragraphs_and_none_is_cut(
    site: Path, tmp_path: Path
) -> None:
    words = [f"word{number}" for number in range(24)]
    long = "<p>A line of a note that says much about one word.</p>\n" * 12
    edition = edition_of(f"<h1>Much</h1>\n<p>{' '.join(words)}</p>", words, long)
    book, below = (printed.render(edition, site, "Press", layout) for layout in ("book", "below"))
    anchors = printed.anchors(edition)
    remark = pdf.with_footnotes(book, below, anchors, tmp_path / "book.pdf")
    assert remark == ", by WeasyPrint; notes below their paragraphs, since they do not fit at the foot of the pages"
    with pytest.raises(OfflineError, match="would cut a note"):
        pdf.with_footnotes(book, below, anchors | {"note-elsewhere"}, tmp_path / "none.pdf")
    assert not (tmp_path / "none.pdf").exists()


def variable_font(letters: str) -> str:
    """A font of squares that are wider the heavier it is, base64."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.ttLib.tables.TupleVariation import TupleVariation

    names = [".notdef", *letters]
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    for corner in ((0, 500), (500, 500), (500, 0)):
        pen.lineTo(corner)
    pen.closePath()
    square = pen.glyph()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(letter): letter for letter in letters})
    builder.setupGlyf(dict.fromkeys(names, square))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (600, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Squares", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    builder.setupFvar([("wght", 200, 400, 900, "Weight")], [])
    wider = TupleVariation({"wght": (0, 1, 1)}, [(0, 0)] * 5 + [(200, 0), (0, 0), (0, 0)])
    builder.setupGvar({name: [wider] for name in names})
    file = io.BytesIO()
    builder.save(file)
    return base64.b64encode(file.getvalue()).decode()


def test_a_variable_font_becomes_static_ones_with_the_letters_that_are_written() -> None:
    data = variable_font("Bridgexyz")
    source = f'src: url("data:font/ttf;base64,{data}") format("truetype");'
    rule = f'@font-face {{ font-family: "Squares"; font-weight: 200 650; {source} }}'
    found = static(rule, "Bridge")
    assert re.findall(r"font-weight: ?(\d+[\d ]*)", found) == ["400", "600"]
    fonts = [TTFont(io.BytesIO(base64.b64decode(text))) for text in re.findall(r"base64,([^\")]+)", found)]
    assert all("fvar" not in font and set(font.getBestCmap()) == set(map(ord, "Bridge")) for font in fonts)
    assert [font["hmtx"]["g"][0] for font in fonts] == [600, 680]
    for left_alone in (rule.replace("200 650", "400"), rule.replace(data, "AAAA")):
        assert static(left_alone, "Bridge") == left_alone


def test_notes_that_are_long_stand_after_their_section(site: Path) -> None:
    words = "<h1>One</h1><p>A first word.</p><h2>Two</h2><p>A second word.</p>" + "<p>More of it.</p>" * 30
    long, short = (edition_of(words, ("first", "second"), f"<p>{body}</p>") for body in ("And so on. " * 60, "So."))
    assert (printed.beside_or_after(long), printed.beside_or_after(short)) == ("sections", "margin")
    order = re.findall(r"<h2|id=\"note-n\d\"", printed.render(long, site, "Press", "sections"))
    assert order == ['id="note-n1"', "<h2", 'id="note-n2"']
