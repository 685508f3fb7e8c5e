"""An article as plain Markdown, its notes as footnotes, which pandoc, GitHub and most editors understand."""

from __future__ import annotations

import re
import textwrap
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from postil.files.translations import Texts, texts
from postil.offline import xhtml
from postil.offline.edition import Edition
from postil.offline.links import moved

_INDENT = "    "


def render(edition: Edition, site_name: str) -> str:
    """The file: headline, article, and for each note a footnote with its passage, body and sources.

    Links to other pages of the site become plain text; pictures are left to their alternative text.
    """
    text = texts(edition.language)
    body = xhtml.parsed(moved(edition.article.html, edition.article.url, _nowhere, _no_picture))
    for name in ("postil-filter", "postil-tail", "postil-spoken"):
        xhtml.taken_out(body, name)
    notes = xhtml.taken_out(body, "postil-note")
    for link in xhtml.with_class(body, "postil-ref"):
        link.text = f"[^{link.get('id', '').removeprefix('ref-')}]"
        link.tag = "span"
        link.set("class", "verbatim")
    parts = [_markdown(body), f"*{_escaped(edition.imprint(site_name, text))}*"]
    parts += [_footnote(note, edition, text) for note in notes]
    return "\n\n".join(parts) + "\n"


def _footnote(note: Element, edition: Edition, text: Texts) -> str:
    name = note.get("id", "").removeprefix("note-")
    heads, titles = (xhtml.taken_out(note, f"postil-note__{part}") for part in ("head", "title"))
    xhtml.taken_out(note, "postil-note__back")
    for sources in xhtml.with_class(note, "postil-note__sources"):
        for item in sources:
            _link_to_source(item)
    head = "".join("".join(head.itertext()) for head in heads)
    title = " ".join("".join("".join(part.itertext()) for part in titles).split())
    passage = " ".join(edition.passages[name].split())
    lines = [
        f"[^{name}]: **{note.get('data-number')}. {_escaped(head)}.** {_escaped(title)}".rstrip(),
        _escaped(text("offline.on", passage=passage)),
        _markdown(note),
    ]
    return textwrap.indent("\n\n".join(lines), _INDENT).lstrip()


def _escaped(text: str) -> str:
    """A text whose signs mean nothing in Markdown."""
    return re.sub(r"([\\`*_\[\]<])", r"\\\1", text)


def _link_to_source(item: Element) -> None:
    """Let the title of a source lead to the source itself: the site's list of sources is not at hand."""
    opened = xhtml.taken_out(item, "postil-note__open")
    title = item.find("a")
    if opened and title is not None:
        title.set("href", opened[0].get("href", ""))


def _markdown(element: Element) -> str:
    from markdownify import ATX, MarkdownConverter

    class Converter(MarkdownConverter):
        """Leaves the signs of footnotes as they are."""

        def convert_span(self, node: Any, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
            return node.get_text() if "verbatim" in node.get("class", []) else text

        def convert_q(self, _: Any, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
            return f"“{text}”"

    html = ElementTree.tostring(element, "unicode")
    converted: str = Converter(heading_style=ATX, bullets="-", escape_underscores=True).convert(html)
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+\n", "\n", converted)).strip()


def _nowhere(*_: str) -> None:
    return None


def _no_picture(_: str) -> None:
    return None
