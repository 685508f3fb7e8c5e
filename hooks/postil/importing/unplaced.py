"""NAME.unplaced.yml: what an import could not put on a passage, with the reason. It is never published."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from postil.files.appending import as_data, as_yaml
from postil.importing.foreign import Foreign, Unread
from postil.importing.placing import Outcome
from postil.importing.selectors import Told

SUFFIX = ".unplaced.yml"
HEAD = """\
# What could not be put on a passage. To take a note in, mend its quote and move what stands below `note:` to the notes
# file; delete what you do not want.
unplaced:
"""


def entry(outcome: Outcome) -> dict[str, Any]:
    """A note that has no place, as plain data: all that is known of it, since the file that it came in may go."""
    foreign = outcome.foreign
    data: dict[str, Any] = {"reason": f"{outcome.status}: {outcome.reason}", "from": foreign.where}
    if foreign.page:
        data["page"] = foreign.page
    data["note"] = as_data(outcome.annotation) if outcome.annotation else foreign.own or _as_read(foreign)
    return data | ({"passage": told} if (told := _told(foreign.told)) else {})


def raw_entry(unread: Unread) -> dict[str, Any]:
    """A part of a file that is no note, as plain data."""
    return {"reason": unread.reason, "from": unread.where, "raw": unread.raw}


def added(content: bytes | None, entries: Iterable[dict[str, Any]]) -> bytes:
    """The file with entries behind its own; those that are there already are left out.

    Args:
        content: the file as it is, None where there is none.
        entries: plain data.
    """
    text = (content or HEAD.encode()).decode("utf-8", "surrogateescape")
    if not text.endswith("\n"):
        text += "\n"
    for data in entries:
        item = as_yaml([data], column=2)
        if _without_reason(item) not in text:
            text += item
    return text.encode("utf-8", "surrogateescape")


def _without_reason(item: str) -> str:
    """An entry from its note on: another import of the same file may have another reason."""
    for mark in ("\n    note:", "\n    raw:"):
        if mark in item:
            return item[item.index(mark) :]
    return item


def _told(told: Told) -> Any:
    """How a passage is told, where that is not by its words."""
    if told.raw:
        return told.raw
    if told.until is not None:
        return f"from “{told.words.exact}” to “{told.until.exact}”"
    is_position = not told.words.exact and told.start is not None
    return f"characters {told.start} to {told.end}" if is_position else ""


def _as_read(note: Foreign) -> dict[str, Any]:
    told = {"quote": note.quote, "prefix": note.prefix, "suffix": note.suffix, "title": note.title, "note": note.body}
    data: dict[str, Any] = {key: value for key, value in told.items() if value}
    if note.tags:
        data["tags"] = list(note.tags)
    return data | {"origin": note.origin.model_dump(mode="json", exclude_defaults=True)}
