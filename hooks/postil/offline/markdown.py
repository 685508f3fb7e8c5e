"""An article as plain Markdown, its notes as footnotes, which pandoc, GitHub and most editors understand."""

from __future__ import annotations

import re
import textwrap
from typing import Any
from xml.etree import ElementTree

from postil.files.translations import Texts, texts
from postil.offline import xhtml
from postil.offline.drawing import Draw, as_on_its_page, drawn, nothing
from postil.offline.edition import Edition
from postil.offline.links import moved
from postil.page.note_view import NoteView
from postil.page.templating import template
from postil.page.weave import Insertion

_INDENT = "    "
_VERBATIM = "verbatim"  # the class of what is Markdown already


def render(edition: Edition, site_name: str) -> str:
    """The file: headline, article, and for each note a footnote with its passage, body and sources.

    Links to other pages of the site become plain text; pictures are left to their alternative text.
    """
    text = texts(edition.language)

    def reference(link: Insertion) -> str:
        return f'<span class="{_VERBATIM}">[^{edition.note(link).annotation.id}]</span>'

    none: Draw = {
        "mark": nothing,
        "end": nothing,
        "note": nothing,
        "filter": nothing,
        "room": nothing,
        "spoken": nothing,
    }
    draw: Draw = {**as_on_its_page(edition), **none, "link": reference}
    parts = [
        _markdown(drawn(edition.article.html, edition.inserted, draw)),
        f"*{_escaped(edition.imprint(site_name, text))}*",
    ]
    parts += [footnote(note, text) for note in edition.notes]
    return "\n\n".join(parts) + "\n"


def footnote(note: NoteView, text: Texts) -> str:
    """A note as a footnote."""
    words = template("note/footnote.md").render(note=note, text=text, escaped=_escaped, markdown=_markdown)
    return textwrap.indent(_settled(words), _INDENT).lstrip()


def _escaped(text: str) -> str:
    """A text on one line whose signs mean nothing in Markdown."""
    return re.sub(r"([\\`*_\[\]<])", r"\\\1", " ".join(text.split()))


def _markdown(html: str) -> str:
    """HTML of the article's page as Markdown."""
    from markdownify import ATX, MarkdownConverter

    class Converter(MarkdownConverter):
        """Leaves the signs of footnotes as they are."""

        def convert_span(self, node: Any, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
            return node.get_text() if _VERBATIM in node.get("class", []) else text

        def convert_q(self, _: Any, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
            return f"“{text}”"

    body = xhtml.parsed(moved(html, "", _nowhere, _no_picture))
    converter = Converter(heading_style=ATX, bullets="-", escape_underscores=True)
    return _settled(converter.convert(ElementTree.tostring(body, "unicode")))


def _settled(markdown: str) -> str:
    """Markdown with no more than one empty line between two, and without white space that means nothing."""
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+\n", "\n", markdown)).strip()


def _nowhere(*_: str) -> None:
    return None


def _no_picture(_: str) -> None:
    return None
