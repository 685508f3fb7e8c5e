"""The comments of an OpenDocument text (.odt; ODF 1.3 part 3, 14.1 `office:annotation`), as LibreOffice writes them.

Tracked changes are read as accepted: deleted text stands apart, in `text:tracked-changes`, and is not read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from postil.importing.comments import Comment, by_equal_ranges, notes, paragraph
from postil.importing.foreign import Batch
from postil.importing.package import opened, refused

VIA = "OpenDocument text"
_SPACES = re.compile("[\t\n\r ]+")
_BLOCKS = frozenset(["text:p", "text:h"])
# Deleted text, footnotes, boxes beside the text, what a picture shows, signs above others, forms.
_SKIPPED = frozenset(
    "text:tracked-changes text:note draw:text-box svg:title svg:desc text:ruby-text office:forms".split()
)
_SPACES_OF_XML = {
    "urn:oasis:names:tc:opendocument:xmlns:office:1.0": "office",
    "urn:oasis:names:tc:opendocument:xmlns:text:1.0": "text",
    "urn:oasis:names:tc:opendocument:xmlns:table:1.0": "table",
    "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0": "draw",
    "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0": "svg",
    "urn:oasis:names:tc:opendocument:xmlns:style:1.0": "style",
    "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0": "fo",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://www.w3.org/1999/xlink": "xlink",
}


def read(content: bytes, file: str, *, resolved: bool = False) -> Batch:
    """Read the comments of a document as notes.

    Args:
        content: the bytes of the file.
        file: its name, for messages.
        resolved: whether comments that are marked as done come in, too.

    Raises:
        PostilError: for a file that is no such document, or that has no comments.
    """
    root = opened(content, file).tree("content.xml")
    if root is None:
        raise refused(file, "there is no document in this file; open it in a word processor and save it as .odt")
    text = _Text()
    text.read(root)
    if not text.annotations:
        raise refused(file, "this document has no comments; `postil import-article` takes its text")
    comments = [_comment(number, item, text) for number, item in enumerate(text.annotations, 1)]
    found = comments if any(comment.parent for comment in comments) else by_equal_ranges(comments)
    return notes("".join(text.parts), found, file, VIA, resolved=resolved)


@dataclass
class _Text:
    """The text of a document, a line for each paragraph, its comments and where in it each begins and ends."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    annotations: list[Any] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: dict[str, int] = field(default_factory=dict)

    def read(self, element: Any) -> None:
        """Read an element; `package` has seen that none is deep."""
        name = name_of(element)
        if name == "office:annotation":
            self.annotations.append(element)
            self.starts.append(self.length)
        elif name == "office:annotation-end":
            self.ends.setdefault(value_of(element, "name"), self.length)
        elif name not in _SKIPPED:
            self._add(sign_of(element))
            is_words = is_inside(element)
            self._add(_SPACES.sub(" ", element.text or "") if is_words else "")
            for child in element:
                self.read(child)
                self._add(_SPACES.sub(" ", child.tail or "") if is_words else "")
            self._add("\n" if name in _BLOCKS else "")

    def _add(self, text: str) -> None:
        if text:
            self.parts.append(text)
            self.length += len(text)


def _comment(number: int, item: Any, text: _Text) -> Comment:
    name = value_of(item, "name")
    start = text.starts[number - 1]
    fields = {name_of(child): child.text or "" for child in item}
    return Comment(
        key=name or str(number),
        author=fields.get("dc:creator", ""),
        created=fields.get("dc:date", ""),
        html="".join(paragraph(_runs(block)) for block in item.iter() if name_of(block) in _BLOCKS),
        span=(start, max(start, text.ends.get(name, start))),
        parent=value_of(item, "parent-name"),
        is_resolved=value_of(item, "resolved") == "true",
    )


def _runs(element: Any, address: str = "") -> list[tuple[str, str]]:
    """The words of a paragraph of a comment, each with the address that it leads to."""
    link = value_of(element, "href") if name_of(element) == "text:a" else address
    runs = [(sign_of(element) + _SPACES.sub(" ", element.text or ""), link)]
    for child in element:
        runs += [*_runs(child, link), (_SPACES.sub(" ", child.tail or ""), link)]
    merged: list[tuple[str, str]] = []
    for words, target in runs:
        if merged and merged[-1][1] == target:
            words = merged.pop()[0] + words
        if words:
            merged.append((words, target))
    return merged


def sign_of(element: Any) -> str:
    """The white space that an element stands for."""
    name = name_of(element)
    if name == "text:s":
        count = value_of(element, "c")
        return " " * min(int(count) if count.isascii() and count.isdigit() and len(count) < 5 else 1, 100)
    return " " if name in ("text:tab", "text:line-break") else ""


def is_inside(element: Any) -> bool:
    """Whether text straight in an element is words: it is a paragraph or stands in one."""
    return name_of(element) in _BLOCKS or any(name_of(above) in _BLOCKS for above in element.iterancestors())


def name_of(element: Any) -> str:
    """The name of an element as the standard writes it, whatever the file calls the namespace."""
    if not isinstance(element.tag, str):
        return ""
    space, _, name = element.tag[1:].partition("}")
    return f"{_SPACES_OF_XML[space]}:{name}" if space in _SPACES_OF_XML else ""


def value_of(element: Any, name: str) -> str:
    """An attribute by its name without the namespace: the newest ones have LibreOffice's own."""
    return next((str(value) for key, value in element.items() if key.rpartition("}")[2] == name), "")
