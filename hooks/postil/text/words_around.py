"""The words beside a place of a text: 32 code points at most, no word and no character taken apart."""

from __future__ import annotations

import re
from functools import lru_cache

from postil.model.cutting import continues

CONTEXT = 32  # code points to either side, as Hypothesis and others have it


def beside(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and after a stretch on its own lines; no more of the text is looked at."""
    stop = text.find("\n", end)
    return text[text.rfind("\n", 0, start) + 1 : start], text[end : stop if stop >= 0 else len(text)]


@lru_cache(maxsize=4096)  # a page and each of its exports ask for them
def words_beside(text: str, start: int, end: int) -> tuple[str, str]:
    """The last words before a stretch and the first ones after it, on its own lines."""
    before, after = beside(text, start, end)
    return last_words(before), first_words(after)


def first_words(text: str) -> str:
    """The first code points, cut between words, or where no character is taken apart."""
    if len(text) <= CONTEXT:
        return text
    end = CONTEXT
    if cut := re.match(r"(.*\s)\S*$", text[: end + 1], re.DOTALL):
        return cut[1].rstrip() if cut[1].strip() else text[:end]
    while end > 1 and continues(text, end):
        end -= 1
    return text[:end]


def last_words(text: str) -> str:
    """The last code points, likewise."""
    if len(text) <= CONTEXT:
        return text
    start = len(text) - CONTEXT
    if cut := re.match(r"\S*\s+(\S.*)$", text[start - 1 :], re.DOTALL):
        return cut[1]
    while start < len(text) - 1 and continues(text, start):
        start += 1
    return text[start:]
