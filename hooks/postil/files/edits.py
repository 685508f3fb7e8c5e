"""Changes to a YAML file of the author's that leave every other byte as it is: comments, order and layout stay.

A change is a splice at the offsets of `layout`. The result is read again and must say what the file said before, but
for the change; where that cannot be had, nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any

from postil.files.layout import Node, dash, layout, line_end, line_start, with_comments
from postil.files.yaml_writer import Value, as_yaml, block, can_be_block, flow, is_plain, quoted
from postil.files.yamltext import Path, read_yaml
from postil.model.annotation import Annotation
from postil.model.problem import Place, PostilError, Problem

# How a key without a value is read.
_NOTHING = read_yaml(b"x:", "").data["x"]
_BOM = "\ufeff"
KEYS = tuple(field.alias or name for name, field in Annotation.model_fields.items())


@dataclass(frozen=True)
class NoteEdit:
    """What shall become of one note.

    Attributes:
        values: new values by key; a new key stands behind those that precede it in `KEYS`, None takes a key out.
        record: the entry for the list `changed`, or None.
    """

    values: Mapping[str, Value | None]
    record: Mapping[str, str] | None = None


class _Splices:
    """Changes to one text that are carried out together.

    Attributes:
        text: as it is now.
        nodes: where each value stands.
        newline: what ends a line of the file.
        edits: start, end and new words of each change.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.nodes = layout(text)
        self.newline = "\r\n" if "\r\n" in text else "\n"
        self.edits: list[tuple[int, int, str]] = []

    def result(self) -> str:
        """The text with all changes; of those at one place the first comes first."""
        parts, position = [], 0
        for start, end, words in sorted(self.edits, key=lambda edit: edit[:2]):
            parts += [self.text[position:start], words]
            position = end
        return "".join([*parts, self.text[position:]])

    def replace(self, start: int, end: int, words: str) -> None:
        """Put words where others are."""
        self.edits.append((start, end, words))

    def line_below(self, place: int, column: int, lines: str) -> None:
        """Put whole lines below the line of a place, behind a comment there and those further in than a column."""
        end = with_comments(self.text, line_end(self.text, place), column)
        if self.text[:end].endswith("\n"):
            self.edits.append((end, end, lines))
        else:
            self.edits.append((end, end, self.newline + lines))


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
                    _take_out(splices, (*path, name), items[number])
                    del items[number][name]
            elif name in items[number]:
                items[number][name] = _set(splices, (*path, name), items[number][name], value)
            else:
                added[name] = value
        for name, value in sorted(added.items(), key=lambda item: _rank(item[0])):
            items[number][name] = _add(splices, path, name, value, items[number])
        if change.record is not None:
            earlier = items[number].get("changed") or []
            records = [*earlier, dict(change.record)]
            if "changed" in items[number]:
                items[number]["changed"] = _set(splices, (*path, "changed"), items[number]["changed"], records)
            else:
                items[number]["changed"] = _add(splices, path, "changed", records, items[number])
    return _verified(content, file, splices.result(), data)


def inserted(
    content: bytes | None, file: str, new: Sequence[tuple[int, Mapping[str, Any]]], *, key: str = "annotations"
) -> bytes:
    """A file with new items in its list.

    Args:
        content: the bytes of the file; None where there is none.
        file: its name, for messages.
        new: each item with the number of the item before which it goes, in the list as it is now; several before the
            same one keep their order.
        key: the list; an empty text where the file itself is one.

    Returns:
        The new bytes.

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
            _insert_in_flow(splices, path, number, len(items), flow(item))
    elif items:
        for number, item in new:
            _insert_lines(splices, path, number, [item])
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
        at.setdefault(number, []).append(_as_read(item))
    merged = [item for number in range(len(items) + 1) for item in [*at.get(number, []), *items[number : number + 1]]]
    if key:
        data[key] = merged
    else:
        data = merged
    return _verified(content, file, splices.result(), data)


def removed(content: bytes, file: str, number: int, *, key: str = "annotations") -> bytes:
    """A file without one item of its list; the comments above it stay.

    Raises:
        PostilError: where it cannot be taken out without changing something else.
    """
    data, splices = _opened(content, file)
    items = data[key] if key else data
    path: Path = (key, number) if key else (number,)
    _drop_item(splices, path, splices.nodes[path[:-1]], number, len(items))
    del items[number]
    if not items and key:
        data[key] = [] if splices.nodes[path[:-1]].style == "flow" else _NOTHING
    return _verified(content, file, splices.result(), data)


def _opened(content: bytes, file: str) -> tuple[Any, _Splices]:
    return deepcopy(read_yaml(content, file).data), _Splices(content.decode("utf-8-sig"))


def _verified(content: bytes, file: str, text: str, data: Any) -> bytes:
    result = ((_BOM if content.startswith(_BOM.encode()) else "") + text).encode()
    try:
        found = read_yaml(result, file).data
    except PostilError as error:
        found = error
    if found != data:
        raise _refusal(file)
    return result


def _refusal(file: str = "") -> PostilError:
    message = "this file cannot be changed without changing something else in it; change it by hand"
    return PostilError([Problem(Place(file), message)])


def _rank(key: str) -> int:
    return KEYS.index(key) if key in KEYS else len(KEYS)


def _as_read(value: Any) -> Any:
    """A value as it is read again from where `as_yaml` has written it."""
    if isinstance(value, Mapping):
        return {key: _as_read(item) for key, item in value.items()}
    return [_as_read(item) for item in value] if isinstance(value, list | tuple) else value


def _set(splices: _Splices, path: Path, old: Any, value: Value) -> Any:
    """Write a new value where an old one is; returns it as it will be read."""
    node = splices.nodes[path]
    if isinstance(value, str):
        return _set_text(splices, path, node, value)
    if isinstance(value, Mapping) or not isinstance(old, list):
        _put_words(splices, node, flow(value))
        return _as_read(value)
    _set_items(splices, path, node, old, list(value))
    return _as_read(value)


def _set_text(splices: _Splices, path: Path, node: Node, value: str) -> str:
    in_flow = any(splices.nodes[path[:length]].style == "flow" for length in range(len(path)))
    if node.style in ("|", ">"):  # the empty lines behind a block stay
        node = replace(node, end=node.start + len(splices.text[node.start : node.end].rstrip()))
    if not in_flow and not node.is_collection and can_be_block(value) and node.key is not None:
        column = node.key - line_start(splices.text, node.key)
        splices.replace(node.start, node.end, block(value, column, splices.newline))
        return f"{value}\n"
    if node.style == "|" and not in_flow and node.key is not None and "\n" not in value and value.isprintable():
        column = node.key - line_start(splices.text, node.key)
        splices.replace(node.start, node.end, f"|{splices.newline}{' ' * (column + 2)}{value.strip()}")
        return f"{value.strip()}\n"
    if node.style == "'" and value.isprintable():
        words = "'" + value.replace("'", "''") + "'"
    elif node.style in (None, "|", ">") and is_plain(value):
        words = value
    else:
        words = quoted(value)
    _put_words(splices, node, words)
    return value


def _put_words(splices: _Splices, node: Node, words: str) -> None:
    if node.key is not None and node.style == "block":  # it begins below its key: back to the line of the key
        colon = splices.text.index(":", node.key)
        splices.replace(colon + 1, node.end, f" {words}")
        return
    space = "" if splices.text[node.start - 1 : node.start] in (" ", "") or node.start < node.end else " "
    splices.replace(node.start, node.end, space + words)


def _set_items(splices: _Splices, path: Path, node: Node, old: list[Any], new: list[Any]) -> None:
    """Change a list item by item, so that comments at the items that stay do."""
    if not old or not new:
        _put_words(splices, node, flow(new))
        return
    matcher = SequenceMatcher(None, [repr(item) for item in old], [repr(_as_read(item)) for item in new], False)
    for tag, first, last, start, end in matcher.get_opcodes():
        if tag == "equal":
            continue
        both = min(last - first, end - start)
        for index in range(both):
            _put_words(splices, splices.nodes[*path, first + index], flow(new[start + index]))
        for number in range(first + both, last):
            _drop_item(splices, (*path, number), node, number, len(old))
        added = new[start + both : end]
        if node.style == "flow":
            for item in added:
                _insert_in_flow(splices, path, first + both, len(old), flow(item))
        elif added:
            _insert_lines(splices, path, first + both, added, in_one_line=True)


def _insert_in_flow(splices: _Splices, path: Path, number: int, count: int, words: str) -> None:
    """Put an item into a list in brackets that has some."""
    if number < count:
        start = splices.nodes[*path, number].start
        splices.replace(start, start, f"{words}, ")
    else:
        end = splices.nodes[*path, count - 1].end
        splices.replace(end, end, f", {words}")


def _insert_lines(
    splices: _Splices, path: Path, number: int, items: Iterable[Any], *, in_one_line: bool = False
) -> None:
    """Put items into a list in block style that has some: below the item before, else above the first."""
    column, newline = splices.nodes[path].column, splices.newline
    if in_one_line:
        lines = "".join(f"{' ' * column}- {flow(item)}{newline}" for item in items)
        gap = ""
    else:
        lines = newline.join(as_yaml([item], newline, column) for item in items)
        gap = newline
    if number == 0:
        place = dash(splices.text, splices.nodes[*path, 0], column) - column
        splices.replace(place, place, lines + gap)
    else:
        splices.line_below(splices.nodes[*path, number - 1].end, column, gap + lines)


def _drop_item(splices: _Splices, path: Path, whole: Node, number: int, count: int) -> None:
    node = splices.nodes[path]
    if whole.style == "flow":
        if number + 1 < count:
            splices.replace(node.start, splices.nodes[*path[:-1], number + 1].start, "")
        else:
            start = splices.nodes[*path[:-1], number - 1].end if number else node.start
            splices.replace(start, node.end, "")
        return
    start = dash(splices.text, node, whole.column) - whole.column
    end = with_comments(splices.text, line_end(splices.text, max(node.end - 1, node.start)), whole.column)
    blank = splices.newline
    if splices.text[:start].endswith(blank * 2) and (splices.text.startswith(blank, end) or end == len(splices.text)):
        start -= len(blank)  # of the two empty lines around it one is enough
    splices.replace(start, end, "")


def _take_out(splices: _Splices, path: Path, siblings: Mapping[str, Any]) -> None:
    """Take a key and its value out of a mapping."""
    node, text = splices.nodes[path], splices.text
    key = node.key or 0
    names = list(siblings)
    after = names[names.index(path[-1]) + 1 :] if path[-1] in names else []
    if splices.nodes[path[:-1]].style == "flow":
        if after:
            splices.replace(key, splices.nodes[*path[:-1], after[0]].key or key, "")
        else:
            before = [splices.nodes[*path[:-1], name].end for name in names[: names.index(str(path[-1]))]]
            splices.replace(max(before, default=key), node.end, "")
    elif text[line_start(text, key) : key].strip():  # on the line of the dash: the next key comes there
        end = (splices.nodes[*path[:-1], after[0]].key if after else None) or node.end
        if "#" in text[node.end : end]:  # a comment would go with it
            raise _refusal()
        splices.replace(key, end, "")
    else:
        start = line_start(text, key)
        splices.replace(start, with_comments(text, line_end(text, max(node.end - 1, key)), key - start), "")


def _add(splices: _Splices, path: Path, key: str, value: Value, siblings: Mapping[str, Any]) -> Any:
    """Write a key that is not there yet; returns the value as it will be read."""
    mapping, newline = splices.nodes[path], splices.newline
    there = [name for name in siblings if (*path, name) in splices.nodes]
    before = [name for name in there if _rank(name) < _rank(key)] or there[:1]
    last = max(before, key=lambda name: (_rank(name), splices.nodes[*path, name].end))
    place = splices.nodes[*path, last].end
    if mapping.style == "flow":
        splices.replace(place, place, f", {key}: {flow(value)}")
        return _as_read(value)
    indent = " " * mapping.column
    if isinstance(value, str) and can_be_block(value.rstrip("\n")):
        splices.line_below(
            place, mapping.column, f"{indent}{key}: {block(value.rstrip(chr(10)), mapping.column, newline)}{newline}"
        )
        return value.rstrip("\n") + "\n"
    splices.line_below(max(place - 1, 0), mapping.column, f"{indent}{key}: {flow(value)}{newline}")
    return _as_read(value)
