"""Changes to a YAML file of the author's that leave every other byte as it is: comments, order and layout stay.

A change is a splice at the offsets of `layout`. The result is read again and must say what the file said before, but
for the change; where that cannot be had, nothing is written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from postil.files.layout import line_end
from postil.files.splices import (
    Splices,
    add_key,
    as_read,
    drop_item,
    insert_in_flow,
    insert_lines,
    rank,
    refusal,
    set_value,
    take_out,
)
from postil.files.yaml_writer import Value, as_yaml, flow
from postil.files.yamltext import Document, Path, read_yaml
from postil.model.problem import PostilError

# How a key without a value is read.
_NOTHING = read_yaml(b"x:", "").data["x"]
_BOM = "\ufeff"


@dataclass(frozen=True)
class NoteEdit:
    """What shall become of one note.

    Attributes:
        values: new values by key; a new key stands behind those that precede it in `KEYS`, None takes a key out.
        record: the entry for the list `changed`, or None.
    """

    values: Mapping[str, Value | None]
    record: Mapping[str, str] | None = None


def edited(content: bytes, file: str, changes: Mapping[int, NoteEdit], *, key: str = "annotations") -> bytes:
    """A notes file, or a register, with changes to some of its items.

    Args:
        content: the bytes of the file.
        file: its name, for messages.
        changes: by the number of the item in its list, from 0.
        key: the list that holds the items; an empty text where the file itself is one.

    Returns:
        The new bytes; read again, they say what they said before, but for the changes.

    Raises:
        PostilError: where that cannot be had.
    """
    data, splices = _opened(content, file)
    items = data[key] if key else data
    for number, change in changes.items():
        path: Path = (key, number) if key else (number,)
        added = {}
        for name, value in change.values.items():
            if value is None:
                if name in items[number]:
                    take_out(splices, (*path, name), items[number])
                    del items[number][name]
            elif name in items[number]:
                items[number][name] = set_value(splices, (*path, name), items[number][name], value)
            else:
                added[name] = value
        for name, value in sorted(added.items(), key=lambda item: rank(item[0])):
            items[number][name] = add_key(splices, path, name, value, items[number])
        if change.record is not None:
            earlier = items[number].get("changed") or []
            records = [*earlier, dict(change.record)]
            if "changed" in items[number]:
                items[number]["changed"] = set_value(splices, (*path, "changed"), items[number]["changed"], records)
            else:
                items[number]["changed"] = add_key(splices, path, "changed", records, items[number])
    return _verified(content, file, splices.result(), data)


def inserted(
    content: bytes | None, file: str, new: Sequence[tuple[int, Mapping[str, Any]]], *, key: str = "annotations"
) -> bytes:
    """A file with new items in its list: see `inserted_and_read`."""
    return inserted_and_read(content, file, new, key=key)[0]


def inserted_and_read(
    content: bytes | None, file: str, new: Sequence[tuple[int, Mapping[str, Any]]], *, key: str = "annotations"
) -> tuple[bytes, Document]:
    """A file with new items in its list, and what was found when it was read again.

    Args:
        content: the bytes of the file; None where there is none.
        file: its name, for messages.
        new: each item with the number of the item before which it goes, in the list as it is now; several before the
            same one keep their order.
        key: the list; an empty text where the file itself is one.

    Returns:
        The new bytes, and what they say.

    Raises:
        PostilError: where nothing can be added without changing something else.
    """
    if content is None or not content.decode("utf-8-sig", "replace").strip():
        content = (content or b"") + f"{key}:\n".encode()
    data, splices = _opened(content, file)
    text = splices.text
    items = (data.get(key) if key else data) or []
    path: Path = (key,) if key else ()
    node = splices.nodes[path]
    if items and node.style == "flow":
        for number, item in new:
            insert_in_flow(splices, path, number, len(items), flow(item))
    elif items:
        for number, item in new:
            insert_lines(splices, path, number, [item])
    else:
        start = splices.nodes[path].start
        before = text[:start].rstrip(" ")
        splices.replace(len(before), node.end, "")
        written = splices.newline.join(as_yaml([item], splices.newline, 2) for _, item in new)
        end = line_end(text, node.end)
        lead = "" if text[:end].endswith("\n") else splices.newline
        splices.replace(end, end, lead + written)
    at: dict[int, list[Any]] = {}
    for number, item in new:
        at.setdefault(number, []).append(as_read(item))
    merged = [item for number in range(len(items) + 1) for item in [*at.get(number, []), *items[number : number + 1]]]
    if key:
        data[key] = merged
    else:
        data = merged
    return _read_again(content, file, splices.result(), data)


def removed(content: bytes, file: str, number: int, *, key: str = "annotations") -> bytes:
    """A file without one item of its list; the comments above it stay.

    Raises:
        PostilError: where it cannot be taken out without changing something else.
    """
    data, splices = _opened(content, file)
    items = data[key] if key else data
    path: Path = (key, number) if key else (number,)
    drop_item(splices, path, splices.nodes[path[:-1]], number, len(items))
    del items[number]
    if not items and key:
        data[key] = [] if splices.nodes[path[:-1]].style == "flow" else _NOTHING
    return _verified(content, file, splices.result(), data)


def _opened(content: bytes, file: str) -> tuple[Any, Splices]:
    return deepcopy(read_yaml(content, file).data), Splices(content.decode("utf-8-sig"))


def _verified(content: bytes, file: str, text: str, data: Any) -> bytes:
    return _read_again(content, file, text, data)[0]


def _read_again(content: bytes, file: str, text: str, data: Any) -> tuple[bytes, Document]:
    result = ((_BOM if content.startswith(_BOM.encode()) else "") + text).encode()
    try:
        found = read_yaml(result, file)
    except PostilError:
        raise refusal(file) from None
    if found.data != data:
        raise refusal(file)
    return result, found
