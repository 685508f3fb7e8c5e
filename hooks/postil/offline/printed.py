"""An article as the HTML of which a PDF is made."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Literal

from markupsafe import Markup

from postil.files.translations import Texts, texts
from postil.offline.archive import made
from postil.offline.drawing import Draw, drawn, html_of, nothing
from postil.offline.edition import Edition
from postil.offline.inlining import fonts, pictures
from postil.offline.rows import Row, rows
from postil.offline.sections import sections
from postil.offline.static_fonts import static
from postil.page.lost import lost_box
from postil.page.note_view import NoteView
from postil.page.paper import css_string
from postil.page.styles import PAPER, joined, resolved
from postil.page.templating import template
from postil.page.weave import Insertion
from postil.text.reading import read

_END = "note-{}--end"  # the id at the end of a note
Layout = Literal["margin", "sections", "book", "below"]
# So many times as long as the text notes may be to stand beside it. By the sizes in margin.css and print.css a page has
# room for three times as much; half of that is the room that a paragraph without a note, or with a long one, leaves.
LONG = 2
_BREAK = re.compile(r"\s*\n\s*")
_SIGNS = "0123456789.,:;()[]/-–—…·↑ "  # what the styles and the margins of the page write
_PARAGRAPH = re.compile(r"<p(?=[\s>])")
_SECTION = re.compile(r"\s*<h[12][\s>]")
_WIDE = re.compile(r"<(?:h1|table|figure|pre|img|div)\b")


def render(edition: Edition, site: Path, site_name: str, layout: Layout) -> str:
    """The whole document, with nothing to load.

    Args:
        edition: the article.
        site: the folder of the built site: its fonts and pictures.
        site_name: of the whole site.
        layout: where the notes stand: beside the text, after each section, at the foot of the page, or below their
            paragraphs.
    """
    text = texts(edition.language)
    draw, blocks = _draw(edition, text), rows(edition)
    if layout == "sections":
        article = "\n".join(_section(group, draw) for group in _sections(blocks))
    else:
        row = {"margin": _beside, "book": _within, "below": _below}[layout]
        article = "\n".join(row(block, draw) for block in blocks)
    parts = sections(edition, pictures(site), article)
    written = "".join(part.html for part in parts) + edition.title
    assets = files("postil").joinpath("assets/offline")
    sheets = [assets.joinpath(f"{name}.css").read_text("utf-8") for name in ("print", layout)]
    own = static(fonts(site, edition.article.url, written), written + text("sources") + _SIGNS)
    sheets = [joined(PAPER), own, *sheets]
    return template("printed").render(
        edition=edition,
        parts=parts,
        imprint=edition.imprint(site_name, text),
        styles=Markup(resolved("\n".join(sheets))),  # noqa: S704 (our own)
        start="right" if edition.direction == "rtl" else "left",
        head=Markup(css_string(edition.title)),  # noqa: S704 (escaped for CSS)
        made=made().strftime("%Y-%m-%dT%H:%M:%SZ"),
    )


def beside_or_after(edition: Edition) -> Layout:
    """Where the notes of an article stand in a PDF: beside it, or after each section where they are much longer."""
    text = texts(edition.language)
    drawn_notes = (template("note/print").render(note=note, text=text, end="") for note in edition.notes)
    notes = sum(len(read(html).text) for html in drawn_notes)
    return "sections" if notes >= LONG * len(read(edition.article.html).text) else "margin"


def anchors(edition: Edition) -> set[str]:
    """The ids at the beginning and at the end of each note that stands beside the text."""
    names = [note.annotation.id for note in edition.notes]
    return {anchor for name in names for anchor in (f"note-{name}", _END.format(name))}


def _on_paper(note: NoteView) -> NoteView:
    """A note whose sources lead to the list at the end, where their addresses are."""
    citations = tuple(replace(citation, url="") if citation.entry else citation for citation in note.citations)
    return replace(note, citations=citations)


def _draw(edition: Edition, text: Texts) -> Draw:
    def note(insertion: Insertion) -> str:
        paper = _on_paper(edition.note(insertion))
        return template("note/print").render(note=paper, text=text, end=_END.format(paper.annotation.id))

    def lost(_: Insertion) -> str:
        return lost_box([replace(lost, note=_on_paper(lost.note)) for lost in edition.lost], text)

    return {"note": note, "lost": lost, "filter": nothing, "room": nothing, "spoken": nothing}


def _beside(row: Row, draw: Draw) -> str:
    kind = (" row--wide" if _WIDE.match(row.block.strip()) else "") + ("" if row.beside else " row--alone")
    block = drawn(row.block, row.inserted, draw).strip()
    beside = "\n".join(draw["note"](note) for note in row.beside)
    return f'<div class="row{kind}">\n<div class="text">{block}</div>\n<div class="notes">{beside}</div>\n</div>'


def _sections(blocks: Sequence[Row]) -> list[list[Row]]:
    """The blocks of an article, from one heading to the next."""
    found: list[list[Row]] = []
    for block in blocks:
        if not found or _SECTION.match(block.block):
            found.append([])
        found[-1].append(block)
    return found


def _section(blocks: Sequence[Row], draw: Draw) -> str:
    text = "\n".join(drawn(row.block, row.inserted, draw).strip() for row in blocks)
    notes = "\n".join(draw["note"](note) for row in blocks for note in row.beside)
    after = f'<div class="notes">\n{notes}\n</div>\n' if notes else ""
    return f'<div class="group">\n<div class="text">\n{text}\n</div>\n{after}</div>'


def _below(row: Row, draw: Draw) -> str:
    return "\n".join([drawn(row.block, row.inserted, draw).strip(), *(draw["note"](note) for note in row.beside)])


def _within(row: Row, draw: Draw) -> str:
    """The block with each note straight after the link to it, so that it comes to the foot of that page.

    HTML lets no note stand in a `p` (4.4.1), so paragraphs with notes are written as `div`.
    """
    inserted = list(_at_links(row.inserted))
    has_notes = any(insertion.what == "note" for insertion in inserted)
    parts, position = [], 0
    for insertion in [*inserted, None]:
        own = row.block[position : insertion.offset if insertion else None]
        parts.append(_PARAGRAPH.sub('<div role="paragraph"', own).replace("</p>", "</div>") if has_notes else own)
        if insertion:
            html = html_of(insertion, draw)
            # WeasyPrint takes a line break in a footnote for one that is to be seen.
            parts.append(_BREAK.sub(" ", html) if insertion.what == "note" and "<pre" not in html else html)
            position = insertion.offset
    return "".join(parts).strip()


def _at_links(inserted: Sequence[Insertion]) -> Iterator[Insertion]:
    """What is inserted, with each note after the link to it and after the end of every mark that is open there.

    The line of a mark would go on under a note inside of it.
    """
    waiting: list[Insertion] = []
    marks = 0
    for insertion in inserted:
        if insertion.what == "note":
            continue
        yield insertion
        marks += (insertion.what == "mark") - (insertion.what == "end")
        if insertion.what == "link":
            waiting.append(insertion)
        if not marks:
            yield from (link._replace(what="note", offset=insertion.offset) for link in waiting)
            waiting = []
