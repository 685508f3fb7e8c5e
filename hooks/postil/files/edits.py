"""Changes to single values of a YAML file that leave every other byte as it is: comments, order and layout stay."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from postil.files.yamltext import Path, read_yaml
from postil.model.problem import Place, PostilError, Problem

_BOM = "\ufeff"


@dataclass(frozen=True)
class _Value:
    """Where a value stands: offsets in the text, code points.

    Attributes:
        start: where it starts.
        end: the offset behind it; of a block of text behind its last word.
        style: of a text: None (plain), "'", '"', "|" or ">"; of a list or mapping "flow" or "block".
        column: of a mapping or list, where its first key or dash stands.
    """

    start: int
    end: int
    style: str | None
    column: int


@dataclass(frozen=True)
class NoteEdit:
    """What shall become of one note.

    Attributes:
        values: new texts by key (`quote`, `prefix`, `suffix`); a key that is not there yet is added below `quote`.
        record: the entry for the list `changed`, or None.
    """

    values: Mapping[str, str]
    record: Mapping[str, str] | None = None


def edited(content: bytes, file: str, changes: Mapping[int, NoteEdit]) -> bytes:
    """A notes file with changes.

    Args:
        content: the bytes of the file.
        file: its name, for messages.
        changes: by the number of the note in its file, from 0.

    Returns:
        The new bytes; read again, they say what they said before, but for the changes.

    Raises:
        PostilError: where that cannot be had; nothing is written then.
    """
    text = content.decode("utf-8-sig")
    newline = "\r\n" if "\r\n" in text else "\n"
    values = _values(text)
    data = read_yaml(content, file).data
    edits: list[tuple[int, int, str]] = []
    for number, change in changes.items():
        note = ("annotations", number)
        added = {}
        for key, value in change.values.items():
            if (*note, key) in values:
                found = values[*note, key]
                edits.append((found.start, found.end, _written(value, found)))
            else:
                added[key] = value
            data["annotations"][number][key] = value
        edits += _additions(values, note, added, text, newline)
        if change.record is not None:
            edits.append(_recorded(values, note, data["annotations"][number], change.record, text, newline))
    for start, end, words in sorted(edits, reverse=True, key=lambda edit: (edit[0], edit[1])):
        text = text[:start] + words + text[end:]
    result = ((_BOM if content.startswith(_BOM.encode()) else "") + text).encode()
    if _read_again(result, file) != data:
        message = "this file cannot be changed without changing something else in it; change the quotes by hand"
        raise PostilError([Problem(Place(file), message)])
    return result


def _read_again(content: bytes, file: str) -> Any:
    try:
        return read_yaml(content, file).data
    except PostilError:
        return None


def _values(text: str) -> dict[Path, _Value]:
    """Every value of a file by its path. The file has been read without mistakes before."""
    found: dict[Path, _Value] = {}
    lines = [0]
    for line in text.split("\n"):
        lines.append(lines[-1] + len(line) + 1)

    def offset(mark: Any) -> int:
        return min(lines[int(mark.line)] + int(mark.column), len(text))

    def walk(event: Any, events: Iterator[Any], path: Path) -> None:
        start, column = offset(event.start_mark), event.start_mark.column
        if isinstance(event, yaml.ScalarEvent):
            end = start + len(text[start : offset(event.end_mark)].rstrip())  # a block goes on over empty lines
            found[path] = _Value(start, end, event.style, column)
            return
        number = 0
        while not isinstance(step := next(events), yaml.SequenceEndEvent | yaml.MappingEndEvent):
            if isinstance(event, yaml.SequenceStartEvent):
                walk(step, events, (*path, number))
                number += 1
            else:
                walk(next(events), events, (*path, step.value))
        style = "flow" if event.flow_style else "block"
        found[path] = _Value(start, offset(step.end_mark), style, column)

    # The parser in Python: the one in C counts lines otherwise after unusual line breaks.
    events: Iterator[Any] = iter(yaml.parse(text, Loader=yaml.SafeLoader))
    for event in events:
        if isinstance(event, yaml.NodeEvent):
            walk(event, events, ())
    return found


def _written(value: str, old: _Value) -> str:
    """A text in the style of the one that it replaces; a block of text becomes a quoted one."""
    if old.style == "'" and value.isprintable():
        return "'" + value.replace("'", "''") + "'"
    if old.style is None and _is_plain(value):
        return value
    return _quoted(value)


def _quoted(value: str) -> str:
    """A double-quoted text; what JSON escapes YAML reads in the same way."""
    escaped = json.dumps(value, ensure_ascii=False)
    return "".join(sign if sign.isprintable() or sign == " " else _escape(sign) for sign in escaped)


def _escape(sign: str) -> str:
    return f"\\u{ord(sign):04x}" if ord(sign) < 0x10000 else f"\\U{ord(sign):08x}"


def _is_plain(value: str) -> bool:
    """Whether a text can stand without quotation marks in any place, in brackets, too."""
    if not value.isprintable() or value != value.strip() or any(sign in value for sign in ",[]{}#:"):
        return False
    try:
        return bool(yaml.safe_load(f"[{value}]") == [value])
    except (yaml.YAMLError, ValueError):
        return False


def _additions(
    values: Mapping[Path, _Value], note: Path, added: Mapping[str, str], text: str, newline: str
) -> list[tuple[int, int, str]]:
    if not added:
        return []
    quote = values[*note, "quote"]
    if values[note].style == "flow":
        words = "".join(f", {key}: {_quoted(value)}" for key, value in added.items())
        return [(quote.end, quote.end, words)]
    indent = " " * values[note].column
    lines = (f"{indent}{key}: {_quoted(value)}{newline}" for key, value in added.items())
    return [_line_after(quote, "".join(lines), text, newline)]


def _recorded(
    values: Mapping[Path, _Value], note: Path, data: dict[str, Any], record: Mapping[str, str], text: str, newline: str
) -> tuple[int, int, str]:
    """The edit that adds an entry to the list `changed` of a note, and makes the list where there is none."""
    entry = f"{{date: {record['date']}, what: {_quoted(record['what'])}}}"
    path = (*note, "changed")
    earlier = data.get("changed") or []
    data["changed"] = [*earlier, dict(record)]
    if path in values and values[path].style in ("flow", "block"):
        changed = values[path]
        if changed.style == "flow":
            place = changed.end - 1
            return place, place, f", {entry}" if earlier else entry
        return _line_after(_last_text(values, path), f"{' ' * changed.column}- {entry}{newline}", text, newline)
    if path in values:  # the key without a value
        return values[path].start, values[path].end, f" [{entry}]"
    if values[note].style == "flow":
        place = _last_text(values, note, own=True).end
        return place, place, f", changed: [{entry}]"
    created = values.get((*note, "created"), values[*note, "quote"])
    return _line_after(created, f"{' ' * values[note].column}changed: [{entry}]{newline}", text, newline)


def _last_text(values: Mapping[Path, _Value], path: Path, *, own: bool = False) -> _Value:
    """The last value inside of a list or mapping; `own` for the last of its own values."""
    inside = [
        value
        for place, value in values.items()
        if place[: len(path)] == path
        and (len(place) == len(path) + 1 if own else len(place) > len(path) and value.style not in ("block",))
    ]
    return max(inside, key=lambda value: value.end)


def _line_after(value: _Value, line: str, text: str, newline: str) -> tuple[int, int, str]:
    """The edit that puts a line below the one on which a value ends, behind a comment there."""
    end = text.find("\n", value.end)
    if end < 0:
        return len(text), len(text), f"{newline}{line}"
    return end + 1, end + 1, line
