"""YAML text → plain data that knows where each value stands.

Only what a notes file needs is read: mappings, lists and text. Every scalar stays text, so `no`, `1:30` and
`2026-11-22` never turn into something else. Anchors, aliases, tags, second documents, deep nesting and files of a size
that nobody writes are refused: they have no use here, and loaders answer some of them with a crash.
"""

from __future__ import annotations

import hashlib
import re
import sys
import zlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from postil.model.problem import Place, PostilError, Problem

MIB = 1024 * 1024
MAX_BYTES = 32 * MIB  # some 20,000 notes of one article
MAX_VALUES = 1_000_000  # a file of so few bytes may hold many more, each of which costs a hundred times its length
MAX_DEPTH = 8
SHORT = 24  # code points

# Text, a list or a mapping; None where nothing was written.
type_names = {str: "a text", list: "a list", dict: "a mapping (key: value)", type(None): "nothing"}

Path = tuple[str | int, ...]

# What no page, feed or e-book can hold (XML 1.0, 2.2); in a text in double quotes YAML has escapes for it.
NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

NON_PRINTABLE = yaml.reader.Reader.NON_PRINTABLE  # what YAML does not allow

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass
class Document:
    """The data of one YAML file.

    Attributes:
        file: the name that stands in messages.
        data: dicts, lists, texts and None.
        values: line and column, from 0, of each value, by its path: `("annotations", 0, "quote")`.
        keys: the same of each key of a mapping, by the path of its value.
        digest: of the file's bytes.
        content: these bytes, packed, once places are to be looked up anew when somebody asks for one.
    """

    file: str
    data: Any = None
    values: dict[Path, tuple[int, int]] = field(default_factory=dict)
    keys: dict[Path, tuple[int, int]] = field(default_factory=dict)
    digest: bytes = b""
    content: bytes = b""

    def forget_places(self, content: bytes) -> None:
        """Keep the file instead of the places of all its values, which few ask for: they take five times as much.

        Args:
            content: the bytes of the file.
        """
        self.content = zlib.compress(content, 1)
        self.values, self.keys = {}, {}

    def _look_up(self) -> None:
        if self.content:
            again = read_yaml(zlib.decompress(self.content), self.file)
            self.values, self.keys, self.content = again.values, again.keys, b""

    def place(self, path: Path) -> Place:
        """The place of the value at `path`, or of the nearest value that holds it."""
        self._look_up()
        while path and path not in self.values:
            path = path[:-1]
        line, column = self.values.get(path, (0, 0))
        return Place(self.file, line + 1, column + 1)

    def key_place(self, path: Path) -> Place:
        """The place of the key whose value is at `path`."""
        self._look_up()
        if path not in self.keys:
            return self.place(path)
        line, column = self.keys[path]
        return Place(self.file, line + 1, column + 1)


def read_yaml(content: bytes, file: str) -> Document:
    """Read one YAML document.

    Args:
        content: the bytes of the file, UTF-8.
        file: its name, for messages.

    Returns:
        The data with the place of every value.

    Raises:
        PostilError: with every mistake that can be told from one reading.
    """
    text = decoded(content, file)
    reader = _Reader(Document(file, digest=hashlib.sha256(content).digest()))
    try:
        reader.read(text)
    except yaml.MarkedYAMLError as error:
        reader.problems.append(_too_deep(error, text, file) or _explain(error, text, file))
    except yaml.reader.ReaderError as error:
        place = _place_of_offset(text, file, error.position)
        sign = f"U+{error.character:04X}" if isinstance(error.character, int) else repr(error.character)
        reader.problems.append(Problem(place, f"the character {sign} is not allowed in YAML; remove it"))
    except UnicodeEncodeError as error:
        reader.problems.append(Problem(_place_of_offset(text, file, error.start), "this is not a Unicode character"))
    if reader.problems:
        raise PostilError(reader.problems)
    return reader.document


def decoded(content: bytes, file: str) -> str:
    """The text of a file in UTF-8; a PostilError says where it is not, or that it is too long or empty."""
    if len(content) > MAX_BYTES:
        size, most = len(content) / MIB, MAX_BYTES // MIB
        how = "part the article into pages, each with its notes" if ".annotations." in file else "part it into several"
        message = f"the file is {size:.1f} MiB long; at most {most} MiB are read: {how}"
        raise PostilError([Problem(Place(file), message)])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8", "replace")
        message = f"the byte 0x{content[error.start]:02X} is not UTF-8; save the file in the encoding UTF-8"
        raise PostilError([Problem(_place_of_offset(before, file, len(before)), message)]) from None
    if not text.strip():
        raise PostilError([Problem(Place(file), "the file is empty")])
    return text


def _place_of_offset(text: str, file: str, offset: int) -> Place:
    before = text[:offset]
    return Place(file, before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1)


class _Reader:
    """Turns the events of PyYAML's parser into data; problems that leave the parser running are collected."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.problems: list[Problem] = []

    def read(self, text: str) -> None:
        events: Iterator[Any] = iter(yaml.parse(text, Loader=_Loader))
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._refuse(event, "a second document starts here (---); a file holds one")
                    return
            elif isinstance(event, yaml.NodeEvent):
                self.document.data = self._value(event, events, ())
        if not documents:
            self.problems.append(Problem(Place(self.document.file), "the file is empty (only comments)"))

    def _refuse(self, event: Any, message: str) -> None:
        self.problems.append(Problem(self._place(event), message))

    def _place(self, event: Any) -> Place:
        return Place(self.document.file, event.start_mark.line + 1, event.start_mark.column + 1)

    def _value(self, event: Any, events: Iterator[Any], path: Path) -> Any:
        mark = event.start_mark
        self.document.values[path] = (mark.line, mark.column)
        if len(self.document.values) > MAX_VALUES:
            raise _TooMuch(None, None, f"more than {MAX_VALUES:,} values in one file", mark)
        if isinstance(event, yaml.AliasEvent):
            self._refuse(event, f"an alias (*{event.anchor}) is not allowed here; write the text out, or quote it")
            return None
        if event.anchor is not None:
            self._refuse(event, f"an anchor (&{event.anchor}) is not allowed here; write the text out, or quote it")
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._refuse(event, f"a tag ({tag}) is not allowed here; put the text in quotes")
        if isinstance(event, yaml.ScalarEvent):
            if found := NOT_TEXT.search(event.value):
                self._refuse(event, f"the character U+{ord(found[0]):04X} cannot stand in a text; remove it")
            plain_and_empty = not event.value and event.style is None
            if plain_and_empty:
                return None
            # Kinds, verdicts, authors and sources are said thousands of times, and held once.
            return sys.intern(event.value) if len(event.value) <= SHORT else event.value
        if len(path) >= MAX_DEPTH:
            raise _TooMuch(None, None, f"nested deeper than {MAX_DEPTH} levels", event.start_mark)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(events, path)
        return self._mapping(events, path)

    def _list(self, events: Iterator[Any], path: Path) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            items.append(self._value(event, events, (*path, len(items))))
        return items

    def _mapping(self, events: Iterator[Any], path: Path) -> dict[str, Any]:
        items: dict[str, Any] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key_mark = event.start_mark
            is_plain_key = type(event) is yaml.ScalarEvent and event.anchor is None and event.tag is None
            key = event.value if is_plain_key else self._value(event, events, (*path, ""))
            if not isinstance(key, str):
                self._refuse(event, f"a key must be a text, found {type_names[type(key)]}")
                key = ""
            value_path = (*path, key)
            if value_path in self.document.keys and key:
                first = self.document.keys[value_path][0] + 1
                self._refuse(event, f"the key {key!r} is here twice (first in line {first}); keep one")
                value_path = (*path, key + "\0")  # so that the first value keeps its place
                self._value(next(events), events, value_path)
                continue
            self.document.keys[value_path] = (key_mark.line, key_mark.column)
            items[key] = self._value(next(events), events, value_path)
        return items


class _TooMuch(yaml.MarkedYAMLError):
    pass


def _too_deep(error: yaml.MarkedYAMLError, text: str, file: str) -> Problem | None:
    """Where a file is nested too deep: the parser of PyYAML 6.0.4 reads ahead, and stops a thousand levels in."""
    if error.problem_mark is None or "nesting depth" not in (error.problem or ""):
        return None
    try:  # each level takes a sign at least, so that enough of them are left
        _Reader(Document(file)).read(text[: error.problem_mark.index - 50 * MAX_DEPTH])
    except yaml.MarkedYAMLError as earlier:
        return _explain(earlier, text, file)
    return None


def _explain(error: yaml.MarkedYAMLError, text: str, file: str) -> Problem:
    """The parser's complaint in words that help: its own are about tokens."""
    mark = error.problem_mark or error.context_mark
    words, context = error.problem or "", error.context or ""
    if mark is None:
        return Problem(Place(file), f"this is not YAML: {words or context}")
    if "quoted scalar" in context and "unexpected" in words and error.context_mark is not None:
        # The parser complains at the end of the file; the mistake is where the quote opens.
        mark, message = error.context_mark, "this quotation mark is never closed"
    elif "could not find expected ':'" in words:
        mark, message = error.context_mark or mark, "a key without its colon; expected `key: value`"
    else:
        if error.context_mark is not None and ("an alias" in context or "an anchor" in context):
            mark = error.context_mark
        lines = text.splitlines() or [""]
        line = lines[min(mark.line, len(lines) - 1)]
        if "\t" in line[: mark.column + 1] and ("tab" in words or not line[: mark.column].strip()):
            return Problem(Place(file, mark.line + 1, line.index("\t") + 1), "a tab; YAML is indented with spaces only")
        message = _message(words, context, line[: mark.column].rstrip(), line[mark.column : mark.column + 1])
    return Problem(Place(file, mark.line + 1, mark.column + 1), message)


def _message(words: str, context: str, before: str, sign: str) -> str:
    quote_it = "put the whole text in quotation marks"
    if "nested deeper" in words or "values in one file" in words:
        return words
    if "mapping values are not allowed" in words:
        return f"a colon and a space inside a text; {quote_it} (or mend the indentation of this line)"
    if "cannot start any token" in words or "an alias" in context or "an anchor" in context:
        return f"a text cannot begin with {sign!r}; {quote_it}"
    if "expected ',' or" in words or "flow" in context:
        return "a list in [ ] or a mapping in { } is not closed, or a comma is missing"
    if "did not find expected" in words:
        if before.endswith(('"', "'")):
            return "text after a closing quotation mark; put the whole text in one pair of quotation marks"
        return "this line does not fit the lines above it; look at the indentation and at the quotation marks"
    return f"this is not YAML: {', '.join(filter(None, [words, context]))}"


def has_key(content: bytes, keys: Collection[str]) -> bool:
    """Whether a file is a mapping with one of these keys, or may be one, since it cannot be read."""
    try:
        data = read_yaml(content, "").data
    except PostilError:
        return any(re.search(rf"^{re.escape(key)} *:".encode(), content, re.MULTILINE) for key in keys)
    return isinstance(data, dict) and not data.keys().isdisjoint(keys)
