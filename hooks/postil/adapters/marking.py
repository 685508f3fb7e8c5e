"""The Python-Markdown extension that marks a page's content, for a generator that only leaves files."""

from __future__ import annotations

import re
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.treeprocessors import Treeprocessor

from postil.adapters.hosts import host_of
from postil.build.links import LINKING
from postil.build.marks import Content, marked
from postil.text.reading import read

_HEADING = re.compile(r"<h1\b[^>]*>(.*?)</h1>", re.DOTALL)
NAME = "postil_marks"  # by this the extension `postil` knows that its work is done later


class MarkingExtension(Extension):
    """Puts marks around each page."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the name is Python-Markdown's)
        """Register with one Markdown instance."""
        marks = _Marks(md)
        md.treeprocessors.register(_Links(marks), NAME, -1000)
        md.postprocessors.register(marks, NAME, -150)


class _Links(Treeprocessor):
    """Takes note of the links of a page; the next text is the whole page (postprocessors also run on headings)."""

    def __init__(self, marks: _Marks) -> None:
        super().__init__()
        self.marks = marks

    def run(self, root: Element) -> None:
        found = (element.get(LINKING[element.tag]) for element in root.iter() if element.tag in LINKING)
        self.marks.links = tuple(dict.fromkeys(link for link in found if link))


class _Marks(Postprocessor):
    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.links: tuple[str, ...] | None = None

    def run(self, text: str) -> str:
        host, links = host_of(self.md), self.links
        if links is None or host is None:
            return text
        self.links = None
        heading = _HEADING.search(text)
        title = str(host.meta.get("title") or host.title or (read(heading[1]).text.strip() if heading else ""))
        return marked(Content(host.path, text.strip(), title, host.meta, links, host.url))


def makeExtension(**options: Any) -> MarkingExtension:  # noqa: N802 (the name is Python-Markdown's)
    """Python-Markdown's entry."""
    return MarkingExtension(**options)
