"""Plain data → YAML, as a hand would write it: plain words plain, several lines as a block, dates without quotes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import yaml

_UNUSUAL_BREAKS = "\x85\u2028\u2029"  # which the writer takes for line breaks and not every reader does
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)

# What a key of a notes file or of the register may hold.
Value = str | Sequence[Any] | Mapping[str, Any]


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines as blocks, and dates without quotation marks, since every value is text."""

    # A list below a key is indented, as in the notes files of this site.
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        super().increase_indent(flow, False)


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    is_unusual = any(sign in text for sign in _UNUSUAL_BREAKS)
    return dumper.represent_scalar(
        "tag:yaml.org,2002:str", text, style='"' if is_unusual else "|" if "\n" in text else None
    )


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
    text = "\n".join([*_lines(list(items), ""), ""]) if items and _has_plain_keys(items) else _dumped(list(items))
    lines = (f"{' ' * column}{line}" if line else "" for line in text.split("\n"))
    return "\n".join(lines).rstrip(" ").replace("\n", newline)


def _dumped(items: list[Any]) -> str:
    text: str = yaml.dump(items, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100_000)
    return text


def _has_plain_keys(value: Any) -> bool:
    if isinstance(value, Mapping):
        return all(
            isinstance(key, str) and _KEY.fullmatch(key) and _has_plain_keys(item) for key, item in value.items()
        )
    return not isinstance(value, list | tuple) or all(map(_has_plain_keys, value))


def _lines(value: Any, first: str) -> Iterator[str]:
    """The lines of a mapping or a list, as PyYAML writes them, ten times as quickly.

    Args:
        value: it has something in it.
        first: what stands before its first line.
    """
    pairs: Iterable[tuple[str, Any]] = (
        ((f"{_scalar(key)}:", item) for key, item in value.items())
        if isinstance(value, dict)
        else (("-", item) for item in value)
    )
    indent = " " * len(first)
    for sign, item in pairs:
        if isinstance(item, dict | list) and item:
            if sign == "-":
                yield from _lines(item, f"{first}- ")
            else:
                yield first + sign
                yield from _lines(item, f"{indent}  ")
        else:
            head, *more = _scalar(item).split("\n")
            yield f"{first}{sign} {head}"
            yield from (f"{indent}  {line}" if line else "" for line in more)
        first = indent


_KEY = re.compile(r"[A-Za-z][A-Za-z_-]{0,60}")
# One line of signs that YAML may hold as they are; what begins or holds a sign with a meaning needs quotation marks
# (PyYAML, `Emitter.analyze_scalar`).
_LINE = re.compile(r"[ -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]*")
_BEGINS = re.compile(r"[#,\[\]{}&*!|>'\"%@`]|[?:-](?: |$)|---|\.\.\.| |$")
_HOLDS = re.compile(r":(?: |$)| #| $")
_LONGEST = 50_000  # code points; of longer ones PyYAML breaks the line


def _scalar(value: Any) -> str:
    """A text, or an empty list or mapping, as PyYAML writes it; lines after the first are not indented."""
    if isinstance(value, str) and len(value) < _LONGEST:
        if _LINE.fullmatch(value):
            return value if _is_words(value) else "'" + value.replace("'", "''") + "'"
        is_block = "\n" in value and not value.startswith(("\n", " ")) and " \n" not in value and "\n " not in value
        if is_block and not value.endswith(("\n\n", " ")) and all(map(_LINE.fullmatch, value.split("\n"))):
            return f"{'|' if value.endswith(chr(10)) else '|-'}\n{value.removesuffix(chr(10))}"
    return _slowly(value)


def _is_words(value: str) -> bool:
    """Whether one line is a text for every reader of YAML, without quotation marks."""
    if _BEGINS.match(value) or _HOLDS.search(value):
        return False
    resolvers = _Dumper.yaml_implicit_resolvers.get(value[0], [])
    return not any(pattern.match(value) for _, pattern in resolvers)


def _slowly(value: Any) -> str:
    """The same by PyYAML, which looks at every sign."""
    text = _dumped([value, ""])  # an item behind it, without which an open end would be marked
    head, *more = text.removesuffix("\n- ''\n").split("\n")
    return "\n".join([head.removeprefix("- "), *(line.removeprefix("  ") for line in more)])


def quoted(value: str) -> str:
    """A double-quoted text; what JSON escapes YAML reads in the same way."""
    escaped = json.dumps(value, ensure_ascii=False)
    return "".join(sign if sign.isprintable() or sign == " " else _escape(sign) for sign in escaped)


def _escape(sign: str) -> str:
    return f"\\u{ord(sign):04x}" if ord(sign) < 0x10000 else f"\\U{ord(sign):08x}"


def is_plain(value: str) -> bool:
    """Whether a text can stand without quotation marks in any place, in brackets, too."""
    if not value.isprintable() or value != value.strip() or any(sign in value for sign in ",[]{}#:"):
        return False
    if _DAY.fullmatch(value):  # every value is text, so a date needs no quotes either
        return True
    try:
        return bool(yaml.safe_load(f"[{value}]") == [value])
    except (yaml.YAMLError, ValueError):
        return False


def flow(value: Any) -> str:
    """A value on one line: `{date: 2026-11-22, what: "…"}`, `[S19, S20]`."""
    if isinstance(value, str):
        return value if is_plain(value) else quoted(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {flow(item)}" for key, item in value.items()) + "}"
    return "[" + ", ".join(map(flow, value)) + "]"


def can_be_block(value: str) -> bool:
    """Whether a text may stand as a block: several lines, nothing that a block cannot hold or would change."""
    lines = value.split("\n")
    return (
        len(lines) > 1
        and all(line.isprintable() or line == "" for line in lines)
        and not lines[0].startswith(" ")
        and bool(lines[0])
        and value == value.rstrip("\n")
    )


def block(value: str, column: int, newline: str) -> str:
    """A text as a block below its key, without the line break at its end.

    Args:
        value: the text; see `can_be_block`.
        column: of the key; the text stands two further.
        newline: what ends a line.
    """
    indent = " " * (column + 2)
    return newline.join(["|", *(f"{indent}{line}" if line else "" for line in value.split("\n"))])
