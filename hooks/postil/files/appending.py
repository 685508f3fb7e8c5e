"""Notes → the bytes of a notes file, behind those that it holds; what is there stays byte for byte."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import yaml

from postil.files.notes_file import read_annotations
from postil.model.annotation import Annotation
from postil.model.problem import Place, PostilError, Problem

HEAD = "# yaml-language-server: $schema={schema}\nannotations: []\n"
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines as blocks, and dates without quotation marks, since every value is text."""

    # A list below a key is indented, as in the notes files of this site.
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        super().increase_indent(flow, False)


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _text)
_Dumper.yaml_implicit_resolvers = {
    sign: [pair for pair in pairs if pair[0] != "tag:yaml.org,2002:timestamp"]
    for sign, pairs in yaml.SafeDumper.yaml_implicit_resolvers.items()
}


def as_yaml(items: Sequence[Any], newline: str = "\n", column: int = 0) -> str:
    """Plain data as the items of a YAML list.

    Args:
        items: mappings, lists and texts.
        newline: what ends a line.
        column: how many spaces stand before each item.
    """
    text = yaml.dump(list(items), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100_000)
    lines = (f"{' ' * column}{line}" if line else "" for line in text.split("\n"))
    return "\n".join(lines).rstrip(" ").replace("\n", newline)


def as_data(annotation: Annotation) -> dict[str, Any]:
    """A note as plain data, without what it leaves to the defaults."""
    data: dict[str, Any] = annotation.model_dump(mode="json", exclude_defaults=True)
    for part in (data, *data.get("since", ())):  # the short forms, where there is nothing but the id or the name
        if "sources" in part:
            part["sources"] = [source["id"] if len(source) == 1 else source for source in part["sources"]]
    if "claimant" in data and len(data["claimant"]) == 1:
        data["claimant"] = data["claimant"]["name"]
    return data


def new_file(schema: str) -> bytes:
    """A notes file without notes.

    Args:
        schema: the address of the JSON Schema as seen from the file.
    """
    return HEAD.format(schema=schema).encode()


def appended(content: bytes | None, annotations: Sequence[Annotation], file: str = "") -> bytes:
    """A notes file with notes behind its own.

    Args:
        content: the file as it is, without mistakes; None where there is none.
        annotations: the notes.
        file: its name, for messages.

    Returns:
        The new content. It has been read again: the notes that were there and the new ones are in it, and no others.

    Raises:
        PostilError: when that is not so, as with a file that would be larger than 1 MiB.
    """
    if content is None:
        content = b"annotations:\n"
    before, problems = read_annotations(content, file)
    if problems:
        raise PostilError(problems)
    text = content.decode("utf-8-sig")
    newline = "\r\n" if "\r\n" in text else "\n"
    head = content[: len(content) - len(text.encode())]  # a mark of the byte order
    result = head + _inserted(text, [as_data(annotation) for annotation in annotations], newline).encode()
    after, problems = read_annotations(result, file)
    if problems:
        raise PostilError(problems)
    if [entry.annotation for entry in after.entries] != [*(entry.annotation for entry in before.entries), *annotations]:
        raise PostilError([Problem(Place(file), "the notes cannot be added to a file that is written like this")])
    return result


def _inserted(text: str, items: list[dict[str, Any]], newline: str) -> str:
    root: Any = yaml.compose(text, Loader=_Loader)
    key, notes = next(pair for pair in root.value if pair[0].value == "annotations")
    if notes.value and notes.flow_style:  # a list in brackets
        place = notes.value[-1].end_mark.index
        return f"{text[:place]}, {', '.join(json.dumps(item, ensure_ascii=False) for item in items)}{text[place:]}"
    if notes.value:
        place, column, gap = _line_end(text, _last_mark(notes)), notes.start_mark.column, newline
    else:  # `annotations: []`, or nothing behind the colon: the notes begin on the next line
        text = text[: notes.start_mark.index].rstrip(" ") + text[notes.end_mark.index :]
        place, column, gap = _line_end(text, key.end_mark), 2, ""
    before = text[:place] if text[:place].endswith(("\n", "\r")) else f"{text[:place]}{newline}"
    return before + gap + newline.join(as_yaml([item], newline, column) for item in items) + text[place:]


def _line_end(text: str, mark: yaml.Mark) -> int:
    """The offset behind the line that holds the mark, or the mark's own at the start of a line."""
    end = mark.index if mark.column == 0 else text.find("\n", mark.index) + 1
    return end or len(text)


def _last_mark(node: yaml.Node) -> yaml.Mark:
    """Where the last value of a list or mapping ends, comments behind it left out."""
    while node.value and isinstance(node, yaml.CollectionNode) and not node.flow_style:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    return node.end_mark
