"""YAML text → where each value stands in it, so that a change can leave every other character as it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from postil.files.yamltext import Path

# Line breaks of Unicode that the parser in C does not count as the one in Python does.
_FastLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_UNUSUAL_BREAKS = "\x85\u2028\u2029\ufeff"


@dataclass(frozen=True)
class Node:
    """Where a value stands: offsets in the text, code points.

    Attributes:
        start: where it starts.
        end: the offset behind it; of a block of text behind its last word, of a list or mapping behind its last value.
        style: of a text: None (plain), "'", '"', "|" or ">"; of a list or mapping "flow" or "block".
        column: of a mapping or list, where its first key or dash stands.
        key: where its key starts, in a mapping.
    """

    start: int
    end: int
    style: str | None
    column: int
    key: int | None = None

    @property
    def is_collection(self) -> bool:
        """Whether it is a list or a mapping."""
        return self.style in ("flow", "block")


def layout(text: str) -> dict[Path, Node]:
    """Every value of a YAML text by its path. The text has been read without mistakes before."""
    found: dict[Path, Node] = {}
    lines = [0]
    for line in text.split("\n"):
        lines.append(lines[-1] + len(line) + 1)

    def offset(mark: Any) -> int:
        return min(lines[int(mark.line)] + int(mark.column), len(text))

    def walk(event: Any, events: Iterator[Any], path: Path, key: int | None) -> int:
        start, column = offset(event.start_mark), event.start_mark.column
        if isinstance(event, yaml.ScalarEvent):
            end = offset(event.end_mark)
            if not (event.style in ("|", ">") and "+" in text[start : start + 3]):
                end = start + len(text[start:end].rstrip())  # a block goes on over empty lines
            found[path] = Node(start, end, event.style or None, column, key)
            return end
        found[path] = Node(start, start, None, column, key)  # before the values in it
        number, last = 0, start
        while not isinstance(step := next(events), yaml.SequenceEndEvent | yaml.MappingEndEvent):
            if isinstance(event, yaml.SequenceStartEvent):
                last = walk(step, events, (*path, number), None)
                number += 1
            else:
                last = walk(next(events), events, (*path, step.value), offset(step.start_mark))
        end = offset(step.end_mark) if event.flow_style else last
        found[path] = Node(start, end, "flow" if event.flow_style else "block", column, key)
        return end

    loader = yaml.SafeLoader if any(sign in text for sign in _UNUSUAL_BREAKS) else _FastLoader
    events: Iterator[Any] = iter(yaml.parse(text, Loader=loader))
    for event in events:
        if isinstance(event, yaml.NodeEvent):
            walk(event, events, (), None)
    return found


def line_start(text: str, place: int) -> int:
    """The offset at which the line of a place begins."""
    return text.rfind("\n", 0, place) + 1


def line_end(text: str, place: int) -> int:
    """The offset behind the line of a place, its line break included."""
    return text.find("\n", place) + 1 or len(text)


def with_comments(text: str, end: int, column: int) -> int:
    """The offset behind the comments that follow a line's end and stand further in than a column: they belong above."""
    place = end
    while place < len(text):
        line = text[place : line_end(text, place)]
        bare = line.lstrip(" ")
        if bare.startswith("#") and len(line) - len(bare) > column:
            end = place + len(line)
        elif bare.strip():
            break
        place += len(line)
    return end


def dash(text: str, item: Node, column: int) -> int:
    """Where the dash of an item of a list in block style stands."""
    place = line_start(text, item.start)
    while not (text[place + column : place + column + 1] == "-" and place + column < max(item.start, 1)):
        if place == 0:
            break
        place = line_start(text, place - 1)
    return place + column
