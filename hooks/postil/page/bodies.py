"""The Markdown of notes → HTML, with the site's own extensions, and ids that clash with nothing on the page."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from postil.model.annotation import Annotation

# The body of a note as HTML, rendered as the site's own pages are.
RenderBody = Callable[[Annotation], str]

_DANGEROUS = re.compile(
    r"""\b(?:href|src|action|formaction)\s*=\s*["']?\s*((?:javascript|vbscript|data):[^"'\s>]*)""", re.I
)
# Extensions that make nothing of plain words, whatever is set for them, save words of the author's own choice.
_CHOSEN = ("glossary", "marker")
_LEAVES_WORDS = frozenset(
    "abbr admonition attr_list codehilite def_list extra fenced_code footnotes legacy_attrs md_in_html sane_lists "
    "tables toc pymdownx.arithmatex pymdownx.betterem pymdownx.caret pymdownx.details pymdownx.emoji pymdownx.extra "
    "pymdownx.highlight pymdownx.inlinehilite pymdownx.keys pymdownx.magiclink pymdownx.mark pymdownx.saneheaders "
    "pymdownx.superfences pymdownx.tabbed pymdownx.tasklist pymdownx.tilde".split()
)
# Paragraphs of such words: each line begins with a letter, and nowhere is a sign that Markdown knows.
_LINE = r"[^\W\d_](?:[^\W_]| (?! |$)|[,.;?!'\"’‘“”–—…()%]|-(?!-)|:(?= ))*+$"
_WORDS = re.compile(rf"(?:{_LINE}\n{{0,2}})+\Z", re.MULTILINE)
HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])


class Bodies:
    """Renders the bodies of notes, one after the other.

    Args:
        extensions: Markdown extensions, as Python-Markdown takes them.
        configs: their settings.
    """

    def __init__(self, extensions: Sequence[Any], configs: Mapping[str, Any]) -> None:
        self._markdown = Markdown(extensions=extensions, extension_configs=configs)
        self._ids = _OwnIds()
        self._links: Treeprocessor | None = None
        self._leaves_words = not any(name in str(configs) for name in _CHOSEN) and _LEAVES_WORDS.issuperset(
            name.removeprefix("markdown.extensions.") if isinstance(name, str) else "" for name in extensions
        )
        # After the table of contents (5), which gives ids to headings; before MkDocs' links (0), which checks anchors.
        self._markdown.treeprocessors.register(self._ids, "postil_own_ids", 1)

    def render(self, annotation: Annotation, links: Treeprocessor | None) -> str:
        """The note's body as HTML; that of a note which was written elsewhere is cleaned.

        Args:
            annotation: the note.
            links: what resolves and checks the links of the page that the note is on.
        """
        if self._leaves_words and annotation.origin is None and (html := _as_it_stands(annotation.note)):
            return html
        self._markdown.reset()
        self._ids.prefix = f"note-{annotation.id}--"
        if links is not None and links is not self._links:
            self._markdown.treeprocessors.register(links, "relpath", 0)
            self._links = links
        html = self._markdown.convert(annotation.note)
        if annotation.origin is None:
            return html
        from postil.page.cleaning import clean  # only notes of others need it

        return clean(html)


def _as_it_stands(note: str) -> str:
    """Plain words as Markdown renders them, which takes it fifty times as long; an empty text for all else."""
    words = note.strip("\n")
    if "www." in words or not _WORDS.match(words):
        return ""
    return "".join(f"<p>{paragraph}</p>\n" for paragraph in words.split("\n\n")).rstrip("\n")


class _OwnIds(Treeprocessor):
    """Gives the ids of a note, and the links to them, the note's id: two notes may both have a footnote 1.

    Headings have none, since a search index would begin a section at each.
    """

    prefix = ""

    def run(self, root: Element) -> None:
        elements = list(root.iter())
        for heading in (element for element in elements if element.tag in HEADINGS):
            heading.attrib.pop("id", None)
            for link in [child for child in heading if child.get("class") == "headerlink"]:
                heading.remove(link)
        elements = [element for element in root.iter() if element.attrib]
        ids = {element.get("id") for element in elements} - {None}
        for element in elements:
            if (name := element.get("id")) is not None:
                element.set("id", self.prefix + name)
            if (address := element.get("href", "")).startswith("#") and address[1:] in ids:
                element.set("href", f"#{self.prefix}{address[1:]}")


def dangerous_addresses(html: str) -> list[str]:
    """Addresses in rendered HTML that would run something: `javascript:` and the like."""
    small = html.lower()  # nearly no note has one, and it is looked for in all
    return _DANGEROUS.findall(html) if "script:" in small or "data:" in small else []
