"""Sources → a register in YAML, at their place where it is sorted by id; every other byte stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from postil.files.edits import inserted
from postil.files.sources_file import KEY, read_sources
from postil.files.yamltext import read_yaml
from postil.model import rich_text
from postil.model.edtf import is_edtf
from postil.model.source import DATES, FIELDS, Source


def entry(source: Source) -> dict[str, Any]:
    """A source as an entry of a register in YAML; read again, it is the same source."""
    data: dict[str, Any] = source.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    data |= {"type": source.type, **source.markup}
    if source.title_from:
        del data["title"]
    for name, value in data.items():
        if name in rich_text.IN_MARKDOWN:
            data[name] = rich_text.escaped_markdown(value)
        elif name in DATES and not is_edtf(value):
            data[name] = {"literal": value}
    return in_order(data)


def in_order(data: Mapping[str, Any]) -> dict[str, Any]:
    """The variables of a source in the order in which a register has them."""
    return {key: data[key] for key in sorted(data, key=lambda key: FIELDS.index(key) if key in FIELDS else 99)}


def with_entries(before: bytes | None, file: str, entries: Sequence[Mapping[str, Any]]) -> tuple[bytes, list[int], str]:
    """A register with more entries.

    Args:
        before: the bytes of the register; None where there is none.
        file: its name, for messages.
        entries: each with an id that is not there.

    Returns:
        The new bytes; before which of the old sources each entry was put; the key of the list, an empty text where
        the register is a list.

    Raises:
        PostilError: where nothing can be added without changing something else.
    """
    is_list = before is not None and isinstance(read_yaml(before, file).data, list)
    key = "" if is_list else KEY
    ids = list(read_sources(before, file)[0]) if before is not None else []
    new = [dict(one) for one in entries]
    numbers = [len(ids)] * len(new)
    if ids == sorted(ids):
        new.sort(key=lambda one: str(one.get("id", "")))
        numbers = [sum(other < str(one.get("id", "")) for other in ids) for one in new]
    return inserted(before, file, list(zip(numbers, new, strict=True)), key=key), numbers, key
