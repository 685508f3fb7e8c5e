"""An article as the HTML of which a PDF is made."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path
from typing import Literal

from markupsafe import Markup

from postil.files.translations import texts
from postil.offline.archive import made
from postil.offline.edition import Edition, Row
from postil.offline.inlining import fonts, pictures
from postil.offline.sections import sections
from postil.page.paper import css_string
from postil.page.styles import PAPER, joined, resolved
from postil.page.templating import template

Layout = Literal["margin", "book", "below"]
_BREAK = re.compile(r"\s*\n\s*")
END = "--end"  # of the id at the end of a note
_NAME = re.compile(r'\sid="note-([^"]+)"')
_OPEN = re.compile(r' <a class="postil-note__open".*?</a>')
_PARAGRAPH = re.compile(r"<p(?=[\s>])")
_WIDE = re.compile(r"<(?:h1|table|figure|pre|img|div)\b")


def render(edition: Edition, site: Path, site_name: str, layout: Layout) -> str:
    """The whole document, with nothing to load.

    Args:
        edition: the article.
        site: the folder of the built site: its fonts and pictures.
        site_name: of the whole site.
        layout: where the notes stand: beside the text, at the foot of the page, or below their paragraphs.
    """
    row = {"margin": _beside, "book": _within, "below": _below}[layout]
    # The addresses of sources are in the list at the end, to which each note leads.
    article = _OPEN.sub("", "\n".join(map(row, edition.rows)))
    parts = sections(edition, pictures(site), article)
    written = "".join(part.html for part in parts) + edition.title
    assets = files("postil").joinpath("assets/offline")
    sheets = [assets.joinpath(f"{name}.css").read_text("utf-8") for name in ("print", layout)]
    sheets = [fonts(site, edition.article.url, written), joined(PAPER), *sheets]
    text = texts(edition.language)
    return template("printed").render(
        edition=edition,
        parts=parts,
        imprint=edition.imprint(site_name, text),
        styles=Markup(resolved("\n".join(sheets))),  # noqa: S704 (our own)
        start="right" if edition.direction == "rtl" else "left",
        head=Markup(css_string(edition.title)),  # noqa: S704 (escaped for CSS)
        made=made().strftime("%Y-%m-%dT%H:%M:%SZ"),
    )


def _beside(row: Row) -> str:
    kind = (" row--wide" if _WIDE.match(row.block) else "") + ("" if row.notes else " row--alone")
    beside = "\n".join(row.notes)
    return f'<div class="row{kind}">\n<div class="text">{row.block}</div>\n<div class="notes">{beside}</div>\n</div>'


def _within(row: Row) -> str:
    """The block with each note straight after the link to it, so that it comes to the foot of that page.

    HTML lets no note stand in a `p` (4.4.1), so paragraphs with notes are written as `div`.
    """
    block = _PARAGRAPH.sub(r'<div role="paragraph"', row.block).replace("</p>", "</div>") if row.notes else row.block
    for note in row.notes:
        name = _NAME.findall(note)[0]
        link = block.index(f'id="ref-{name}"')
        place = block.index("</a>", link) + len("</a>")
        while block.count("<mark", 0, place) > block.count("</mark>", 0, place):  # its line would go on under the note
            place = block.index("</mark>", place) + len("</mark>")
        # WeasyPrint takes a line break in a footnote for one that is to be seen.
        folded = note if "<pre" in note else _BREAK.sub(" ", note)
        folded = folded.replace('class="postil-note__back"', f'class="postil-note__back" id="note-{name}{END}"')
        block = block[:place] + folded + block[place:]
    return block


def _below(row: Row) -> str:
    return "\n".join([row.block, *row.notes])
