"""The comments of a .docx document of Word or Google Docs (ECMA-376 part 1, 17.13.4; [MS-DOCX], commentsExtended).

Tracked changes are read as accepted: what is deleted is not there, what is inserted is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from postil.importing.comments import Comment, by_equal_ranges, notes, paragraph
from postil.importing.foreign import Batch
from postil.importing.package import opened, refused

VIA = "Word document"
_WORDS = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
# What stands for a sign; the article has the same (see `word_article`).
_SIGNS = {"tab": " ", "br": " ", "cr": " ", "noBreakHyphen": "\u2011"}
# What is not read: deleted or moved away, in a box beside the text, above other signs, an older program's copy.
_SKIPPED = frozenset(["del", "moveFrom", "txbxContent", "rt", "Choice"])


def read(content: bytes, file: str, *, resolved: bool = False) -> Batch:
    """Read the comments of a document as notes.

    Args:
        content: the bytes of the file.
        file: its name, for messages.
        resolved: whether comments that are marked as done come in, too.

    Raises:
        PostilError: for a file that is no such document, or that has no comments.
    """
    package = opened(content, file)
    document = package.related("").get("officeDocument", "word/document.xml")
    root = package.tree(document)
    if root is None:
        raise refused(file, "there is no document in this file; open it in a word processor and save it as .docx")
    parts = package.related(document)
    part = parts.get("comments", "word/comments.xml")
    listed = package.tree(part)
    if listed is None or not len(listed):
        raise refused(file, "this document has no comments; `postil import-article` takes its text")
    text = _Text().read(root)
    extended = package.tree(parts.get("commentsExtended", "word/commentsExtended.xml"))
    comments = _comments(listed, text, package.links(part), extended)
    found = by_equal_ranges(comments) if extended is None else comments
    return notes(text.text, found, file, VIA, resolved=resolved)


@dataclass
class _Text:
    """The text of a document, a line for each paragraph, and where in it which comment begins and ends."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    starts: dict[str, int] = field(default_factory=dict)
    ends: dict[str, int] = field(default_factory=dict)
    points: dict[str, int] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return "".join(self.parts)

    def read(self, root: Any) -> _Text:
        from lxml import etree

        skipped = 0
        for event, element in etree.iterwalk(root, events=("start", "end")):
            name = _name(element)
            if name in _SKIPPED and not _is_mark(element):
                skipped += 1 if event == "start" else -1
            elif event == "start":
                self._start(name, element, is_read=not skipped)
            elif name == "p" and not skipped and not _runs_on(element):
                self._add("\n")
        return self

    def span_of(self, key: str) -> tuple[int, int] | None:
        if key in self.starts and key in self.ends:
            return self.starts[key], max(self.starts[key], self.ends[key])
        return (self.points[key], self.points[key]) if key in self.points else None

    def _start(self, name: str, element: Any, *, is_read: bool) -> None:
        places = {"commentRangeStart": self.starts, "commentRangeEnd": self.ends, "commentReference": self.points}
        if name in places:
            places[name].setdefault(_value(element, "id"), self.length)
        elif is_read and name in _SIGNS and _name(element.getparent()) == "r":
            self._add(_SIGNS[name])
        elif is_read and name == "t":
            self._add(element.text or "")

    def _add(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)


def _comments(listed: Any, text: _Text, links: dict[str, str], extended: Any) -> list[Comment]:
    """The comments in the order of the file."""
    keys: dict[str, str] = {}  # a comment is known elsewhere by its last paragraph
    for item in listed:
        for element in item:
            if _name(element) == "p" and (name := _value(element, "paraId")):
                keys[name] = _value(item, "id")
    more = {keys.get(_value(item, "paraId"), ""): item for item in (extended if extended is not None else ())}
    found = []
    for item in listed:
        key = _value(item, "id")
        told = more.get(key)
        found.append(
            Comment(
                key=key,
                author=_value(item, "author"),
                created=_value(item, "date"),
                html="".join(paragraph(_runs(element, links)) for element in item.iter() if _name(element) == "p"),
                span=text.span_of(key),
                parent=keys.get(_value(told, "paraIdParent"), "") if told is not None else "",
                is_resolved=told is not None and _value(told, "done") in ("1", "true", "on"),
            )
        )
    return found


def _runs(block: Any, links: dict[str, str]) -> list[tuple[str, str]]:
    """The words of a paragraph of a comment, each with the address that it leads to."""
    runs: list[tuple[str, str]] = []
    for element in block.iter():
        name = _name(element)
        above = [_name(parent) for parent in element.iterancestors()]
        if (name not in _SIGNS and name != "t") or _SKIPPED.intersection(above):
            continue
        link = next((parent for parent in element.iterancestors() if _name(parent) == "hyperlink"), None)
        address = links.get(_value(link, "id"), "") if link is not None else ""
        words = _SIGNS.get(name) or element.text or ""
        if runs and runs[-1][1] == address:
            words = runs.pop()[0] + words
        runs.append((words, address))
    return runs


def _runs_on(block: Any) -> bool:
    """Whether the end of a paragraph is deleted, so that the next one goes on in its line."""
    return any(
        _name(mark) in ("del", "moveFrom")
        for properties in block
        if _name(properties) == "pPr"
        for run in properties
        if _name(run) == "rPr"
        for mark in run
    )


def _is_mark(element: Any) -> bool:
    """Whether `del` only marks the end of a paragraph, or a row of a table, as deleted."""
    parent = element.getparent()
    return parent is not None and _name(parent) in ("rPr", "trPr")


def _name(element: Any) -> str:
    """The name of an element of a text; of others only that of the choice between two forms."""
    if not isinstance(element.tag, str):
        return ""
    space, _, name = element.tag[1:].partition("}")
    return name if space in _WORDS or name in ("Choice", "commentEx") else ""


def _value(element: Any, name: str) -> str:
    """An attribute by its name without the namespace: Word has them in three."""
    return next((str(value) for key, value in element.items() if key.rpartition("}")[2] == name), "")
