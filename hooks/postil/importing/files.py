"""Files of strangers → text and plain data, within limits: nothing large, nothing deep, no way to a traceback."""

from __future__ import annotations

import codecs
import json
import re
from pathlib import Path
from typing import Any

from postil.model.problem import Place, PostilError, Problem

MAX_BYTES = 32 * 1024 * 1024
MAX_DEPTH = 32

_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*"?|[\[\]{}]', re.DOTALL)


def read_file(path: Path, file: str) -> bytes:
    """The bytes of a file.

    Args:
        path: the file.
        file: its name, for messages.

    Raises:
        PostilError: when it cannot be read or is larger than 32 MiB.
    """
    try:
        with path.open("rb") as opened:
            content = opened.read(MAX_BYTES + 1)
    except OSError as error:
        raise _refused(file, f"cannot be read: {error.strerror or error}") from None
    if len(content) > MAX_BYTES:
        raise _refused(file, "the file is larger than 32 MiB; split it")
    return content


def decode(content: bytes, file: str) -> str:
    """Text in UTF-8, or in UTF-16 with a mark of its byte order, as spreadsheets write it; the mark is left out.

    Raises:
        PostilError: for bytes that are neither, with their place.
    """
    is_utf16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    encoding, shown = ("utf-16", "UTF-16") if is_utf16 else ("utf-8-sig", "UTF-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        before = content[: error.start].decode(encoding, "replace")
        message = f"the byte 0x{content[error.start]:02X} is not {shown}; save the file in UTF-8"
        raise PostilError([Problem(_place(before, file), message)]) from None
    if not text.strip():
        raise _refused(file, "the file is empty")
    return text


def read_json(text: str, file: str) -> Any:
    """Plain data of a JSON text (RFC 8259).

    Raises:
        PostilError: for what is not JSON, with its place, or is nested deeper than 32 levels.
    """
    depth = 0
    for match in _BRACKETS.finditer(text):
        if match[0] in ("[", "{"):
            depth += 1
            if depth > MAX_DEPTH:
                message = f"nested deeper than {MAX_DEPTH} levels; notes are not"
                raise PostilError([Problem(_place(text[: match.start()], file), message)])
        elif match[0] in ("]", "}"):
            depth -= 1
    try:
        return json.loads(text, parse_int=_number, parse_constant=lambda _: None)
    except json.JSONDecodeError as error:
        message = f"this is not JSON: {error.msg[0].lower()}{error.msg[1:]}"
        raise PostilError([Problem(Place(file, error.lineno, error.colno), message)]) from None


def _number(digits: str) -> int | float:
    """A number; Python refuses to read whole ones of more than 4,300 digits."""
    return int(digits) if len(digits) < 20 else float(digits)


def _place(before: str, file: str) -> Place:
    return Place(file, before.count("\n") + 1, len(before) - before.rfind("\n"))


def _refused(file: str, message: str) -> PostilError:
    return PostilError([Problem(Place(file), message)])


def as_json(data: Any) -> str:
    """Data of a JSON file as the text of one line; halves of characters stay written as numbers."""
    return json.dumps(data, ensure_ascii=True)


# What a value is where anything may stand.


def text_of(value: Any) -> str:
    """A text or a number as text; else an empty text."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def texts_of(value: Any) -> list[str]:
    """The texts of a list, or one text as a list."""
    return [text for item in items_of(value) if (text := text_of(item))]


def items_of(value: Any) -> list[Any]:
    """The items of a list, none for nothing, and all else as the only one, as JSON-LD reads it."""
    if isinstance(value, list):
        return list(value)
    return [] if value is None else [value]


def mapping_of(value: Any) -> dict[str, Any]:
    """A JSON object, or an empty one."""
    return value if isinstance(value, dict) else {}


def offset_of(value: Any) -> int | None:
    """A whole number from 0, or None."""
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None
