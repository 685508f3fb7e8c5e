"""Splices in one YAML text: values set, keys and items put in and taken out, each at the offsets of `layout`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Any

from postil.files.layout import Node, dash, layout, line_end, line_start, with_comments
from postil.files.yaml_writer import Value, as_yaml, block, can_be_block, flow, is_plain, quoted
from postil.files.yamltext import Path
from postil.model.annotation import Annotation
from postil.model.problem import Place, PostilError, Problem

KEYS = tuple(field.alias or name for name, field in Annotation.model_fields.items())


class Splices:
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


def set_value(splices: Splices, path: Path, old: Any, value: Value) -> Any:
    """Write a new value where an old one is; returns it as it will be read."""
    node = splices.nodes[path]
    if isinstance(value, str):
        return _set_text(splices, path, node, value)
    if isinstance(value, Mapping) or not isinstance(old, list):
        _put_words(splices, node, flow(value))
        return as_read(value)
    _set_items(splices, path, node, old, list(value))
    return as_read(value)


def _set_text(splices: Splices, path: Path, node: Node, value: str) -> str:
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


def _put_words(splices: Splices, node: Node, words: str) -> None:
    if node.key is not None and node.style == "block":  # it begins below its key: back to the line of the key
        colon = splices.text.index(":", node.key)
        splices.replace(colon + 1, node.end, f" {words}")
        return
    space = "" if splices.text[node.start - 1 : node.start] in (" ", "") or node.start < node.end else " "
    splices.replace(node.start, node.end, space + words)


def _set_items(splices: Splices, path: Path, node: Node, old: list[Any], new: list[Any]) -> None:
    """Change a list item by item, so that comments at the items that stay do."""
    if not old or not new:
        _put_words(splices, node, flow(new))
        return
    matcher = SequenceMatcher(None, [repr(item) for item in old], [repr(as_read(item)) for item in new], False)
    for tag, first, last, start, end in matcher.get_opcodes():
        if tag == "equal":
            continue
        both = min(last - first, end - start)
        for index in range(both):
            _put_words(splices, splices.nodes[*path, first + index], flow(new[start + index]))
        for number in range(first + both, last):
            drop_item(splices, (*path, number), node, number, len(old))
        added = new[start + both : end]
        if node.style == "flow":
            for item in added:
                insert_in_flow(splices, path, first + both, len(old), flow(item))
        elif added:
            insert_lines(splices, path, first + both, added, in_one_line=True)


def insert_in_flow(splices: Splices, path: Path, number: int, count: int, words: str) -> None:
    """Put an item into a list in brackets that has some."""
    if number < count:
        start = splices.nodes[*path, number].start
        splices.replace(start, start, f"{words}, ")
    else:
        end = splices.nodes[*path, count - 1].end
        splices.replace(end, end, f", {words}")


def insert_lines(splices: Splices, path: Path, number: int, items: Iterable[Any], *, in_one_line: bool = False) -> None:
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


def drop_item(splices: Splices, path: Path, whole: Node, number: int, count: int) -> None:
    """Take an item out of a list; of two empty lines around it one stays."""
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


def take_out(splices: Splices, path: Path, siblings: Mapping[str, Any]) -> None:
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
            raise refusal()
        splices.replace(key, end, "")
    else:
        start = line_start(text, key)
        splices.replace(start, with_comments(text, line_end(text, max(node.end - 1, key)), key - start), "")


def add_key(splices: Splices, path: Path, key: str, value: Value, siblings: Mapping[str, Any]) -> Any:
    """Write a key that is not there yet; returns the value as it will be read."""
    mapping, newline = splices.nodes[path], splices.newline
    there = [name for name in siblings if (*path, name) in splices.nodes]
    before = [name for name in there if rank(name) < rank(key)] or there[:1]
    last = max(before, key=lambda name: (rank(name), splices.nodes[*path, name].end))
    place = splices.nodes[*path, last].end
    if mapping.style == "flow":
        splices.replace(place, place, f", {key}: {flow(value)}")
        return as_read(value)
    indent = " " * mapping.column
    if isinstance(value, str) and can_be_block(value.rstrip("\n")):
        splices.line_below(
            place, mapping.column, f"{indent}{key}: {block(value.rstrip(chr(10)), mapping.column, newline)}{newline}"
        )
        return value.rstrip("\n") + "\n"
    splices.line_below(max(place - 1, 0), mapping.column, f"{indent}{key}: {flow(value)}{newline}")
    return as_read(value)


def rank(key: str) -> int:
    """The place of a key in the order in which a notes file is written."""
    return KEYS.index(key) if key in KEYS else len(KEYS)


def as_read(value: Any) -> Any:
    """A value as it is read again from where `as_yaml` has written it."""
    if isinstance(value, Mapping):
        return {key: as_read(item) for key, item in value.items()}
    return [as_read(item) for item in value] if isinstance(value, list | tuple) else value


def refusal(file: str = "") -> PostilError:
    """What is told where a change would change something else, too."""
    message = "this file cannot be changed without changing something else in it; change it by hand"
    return PostilError([Problem(Place(file), message)])
