"""How a note from elsewhere tells its passage: words, offsets, a range of two of them (W3C Web Annotation 4.2)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from postil.importing.files import as_json, items_of, mapping_of, offset_of, text_of
from postil.importing.markdown import plain

_DIRECTIVE = re.compile(r":~:(?:[^#]*&)?text=([^&]*)")


_LONGEST = 20_000  # code points of an address


@dataclass(frozen=True)
class Words:
    """Words of a text, and those around them (TextQuoteSelector)."""

    exact: str = ""
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True)
class Told:
    """How a passage is told.

    Attributes:
        words: of the passage, or with which a range begins; empty where they are not told.
        until: the words with which a range ends; None where it is no range.
        is_whole: whether these last words belong to the range (they do in a text fragment, not in a RangeSelector).
        start: where the passage begins in the text and the units that it comes from; None where that is not told.
        end: where it ends there.
        raw: the selectors as they stand in the file, where none of them is read here.
    """

    words: Words = Words()
    until: Words | None = None
    is_whole: bool = False
    start: int | None = None
    end: int | None = None
    raw: str = ""


BY_WORDS = Told()


def told(target: dict[str, Any], address: str = "") -> Told:
    """Read the selectors of a target, and what refines them.

    Args:
        target: a SpecificResource, or the target of a Hypothesis annotation.
        address: of the page; it may end in a text fragment (WICG, Scroll to Text Fragment).
    """
    found: dict[str, dict[str, Any]] = {}
    waiting = items_of(target.get("selector"))
    while waiting:
        selector = mapping_of(waiting.pop(0))
        found.setdefault(text_of(selector.get("type")), selector)
        waiting += items_of(selector.get("refinedBy")) + items_of(selector.get("items"))
    position = found.get("TextPositionSelector", {})
    start, end = offset_of(position.get("start")), offset_of(position.get("end"))
    words = _words(found.get("TextQuoteSelector", {}))
    if words.exact.strip():
        return Told(words, start=start, end=end)
    fragment = text_of(found.get("FragmentSelector", {}).get("value"))
    for read in (_range(found.get("RangeSelector", {})), from_fragment(fragment), from_fragment(address)):
        if read is not None:
            return read
    if start is not None and end is not None:
        return Told(start=start, end=end)
    return Told(raw=as_json(target["selector"]) if items_of(target.get("selector")) else "")


def from_fragment(address: str) -> Told | None:
    """The passage of the one text fragment of an address: `#:~:text=prefix-,first words,last words,-suffix`."""
    directives = _DIRECTIVE.findall(address) if len(address) <= _LONGEST else []
    if len(directives) != 1 or "&text=" in address:
        return None
    parts = [part for part in directives[0].split(",") if part]
    prefix = _decoded(parts.pop(0)[:-1]) if parts and parts[0].endswith("-") else ""
    suffix = _decoded(parts.pop()[1:]) if parts and parts[-1].startswith("-") else ""
    if len(parts) == 1:
        return Told(Words(_decoded(parts[0]), prefix, suffix))
    if len(parts) == 2:
        return Told(Words(_decoded(parts[0]), prefix), until=Words(_decoded(parts[1]), suffix=suffix), is_whole=True)
    return None


def _range(selector: dict[str, Any]) -> Told | None:
    """A range from the first selector up to the second, which is not in it (4.2.9); ranges of XPaths are not read."""
    first, last = mapping_of(selector.get("startSelector")), mapping_of(selector.get("endSelector"))
    start, end = offset_of(first.get("start")), offset_of(last.get("start"))
    words, until = _words(first), _words(last)
    if words.exact.strip() and until.exact.strip():
        return Told(words, until=until, start=start)
    return Told(start=start, end=end) if start is not None and end is not None else None


def _words(selector: dict[str, Any]) -> Words:
    return Words(*(plain(text_of(selector.get(key))) for key in ("exact", "prefix", "suffix")))


def _decoded(part: str) -> str:
    return plain(unquote(part))
