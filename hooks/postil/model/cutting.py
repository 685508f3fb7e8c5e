"""Too many words for a place → fewer, cut between words, with an ellipsis where something is left out."""

from __future__ import annotations

import unicodedata

_JOINERS = "\u200d\ufe0e\ufe0f"
ELLIPSIS = "…"
LONGEST = 30  # code points; what has no space for longer is in a script without spaces, or no word


def shortened(text: str, limit: int = 80) -> str:
    """The text on one line, without its middle when it is longer than `limit` code points: its end tells, too."""
    line = " ".join(text.split())
    half = limit // 2
    if len(line) <= limit:
        return line
    start = first(line, half - 2)
    return f"{start} {ELLIPSIS} {last(line, limit - len(start) - 3)}"


def beginning(text: str, limit: int) -> str:
    """The text on one line, without its end when it is longer than `limit` code points."""
    line = " ".join(text.split())
    return line if len(line) <= limit else f"{first(line, limit - 2).rstrip('.,;:–—-… ')} {ELLIPSIS}"


def first(text: str, most: int) -> str:
    """The first code points of a text, cut between words, or where no character is taken apart."""
    if len(text) <= most:
        return text
    for end in range(most, max(0, most - LONGEST), -1):
        if text[end].isspace() or text[end - 1].isspace():
            return text[:end].rstrip()
    end = most
    while end > 1 and continues(text, end):
        end -= 1
    return text[:end]


def last(text: str, most: int) -> str:
    """The last code points of a text, likewise."""
    if len(text) <= most:
        return text
    least = len(text) - most
    for start in range(least, min(least + LONGEST, len(text) - 1)):
        if text[start].isspace() or text[start - 1].isspace():
            return text[start:].lstrip()
    start = least
    while start < len(text) - 1 and continues(text, start):
        start += 1
    return text[start:]


def continues(text: str, place: int) -> bool:
    """Whether the code points before and at `place` are one character for a reader (UAX 29, the common cases)."""
    here, before = text[place], text[place - 1]
    return (
        bool(unicodedata.combining(here))
        or here in _JOINERS
        or before == "\u200d"
        or "\U0001f3fb" <= here <= "\U0001f3ff"
        or "\U0001f1e6" <= here <= "\U0001f1ff"
    )
