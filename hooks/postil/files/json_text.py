"""JSON text → plain data that knows where each value stands, as `files.yamltext` gives it.

Every scalar is text there, so a year may be written 1931 or "1931"; null is nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from json.decoder import JSONDecodeError
from typing import Any

from postil.files.yamltext import MAX_DEPTH, MAX_VALUES, NOT_TEXT, Document, Path, decoded
from postil.model.problem import Place, PostilError, Problem

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[][{}:,]|[^\s][^\s\][{}:,]*')


def read_json(content: bytes, file: str) -> Document:
    """Read one JSON document.

    Args:
        content: the bytes of the file, UTF-8.
        file: its name, for messages.

    Returns:
        The data with the place of every value.

    Raises:
        PostilError: where it is not JSON, or holds what no register does: great depth, one key twice.
    """
    text = decoded(content, file)
    try:
        json.loads(text, parse_constant=_no_constant)
    except JSONDecodeError as error:
        place = Place(file, error.lineno, error.colno)
        message = f"this is not JSON: {error.msg[0].lower()}{error.msg[1:]}"
        raise PostilError([Problem(place, message)]) from None
    except RecursionError:
        raise PostilError([Problem(Place(file), f"nested deeper than {MAX_DEPTH} levels")]) from None
    except ValueError as error:  # a number of thousands of digits, or NaN
        raise PostilError([Problem(Place(file), f"this is not JSON: {error}")]) from None
    reader = _Reader(Document(file), text)
    reader.document.data = reader.value(())
    if reader.problems:
        raise PostilError(reader.problems)
    return reader.document


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not a value of JSON")


class _Reader:
    """Walks through JSON that is known to be well formed."""

    def __init__(self, document: Document, text: str) -> None:
        self.document = document
        self.problems: list[Problem] = []
        self.tokens: Iterator[re.Match[str]] = _TOKEN.finditer(text)
        self.text, self.line, self.begin, self.line_begin = text, 0, 0, 0

    def value(self, path: Path, match: re.Match[str] | None = None) -> Any:
        match = match or next(self.tokens)
        self.document.values[path] = self.at(match)
        if len(self.document.values) > MAX_VALUES or len(path) > MAX_DEPTH:
            limit = (
                f"nested deeper than {MAX_DEPTH} levels"
                if len(path) > MAX_DEPTH
                else f"more than {MAX_VALUES:,} values"
            )
            raise PostilError([Problem(self.document.place(path), limit)])
        token = match[0]
        if token == "[":  # noqa: S105 (a bracket)
            return self.items(path)
        if token == "{":  # noqa: S105
            return self.mapping(path)
        return self.scalar(token)

    def at(self, match: re.Match[str]) -> tuple[int, int]:
        """Line and column, from 0, of a token; they are asked for in order."""
        start = match.start()
        if breaks := self.text.count("\n", self.begin, start):
            self.line += breaks
            self.line_begin = self.text.rindex("\n", self.begin, start) + 1
        self.begin = start
        return self.line, start - self.line_begin

    def scalar(self, token: str) -> str | None:
        """A scalar as text; what no page can hold, such as a control character of an abstract, becomes a space."""
        if token == "null":  # noqa: S105 (not a password)
            return None
        value = json.loads(token) if token[0] == '"' else token
        return NOT_TEXT.sub(" ", value.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))

    def items(self, path: Path) -> list[Any]:
        found: list[Any] = []
        while (match := next(self.tokens))[0] != "]":
            if match[0] != ",":
                found.append(self.value((*path, len(found)), match))
        return found

    def mapping(self, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while (match := next(self.tokens))[0] != "}":
            if match[0] == ",":
                continue
            key, place = json.loads(match[0]), self.at(match)
            here = (*path, key)
            if here in self.document.keys:
                message = f"the key {key!r} is here twice (first in line {self.document.keys[here][0] + 1}); keep one"
                self.problems.append(Problem(Place(self.document.file, place[0] + 1, place[1] + 1), message))
                here = (*path, key + "\0")  # so that the first value keeps its place
            self.document.keys[here] = place
            next(self.tokens)  # the colon
            value = self.value(here)
            if here[-1] == key:
                found[key] = value
        return found
