"""A passage → the text fragment by which a browser finds it (WICG, Scroll to Text Fragment)."""

from __future__ import annotations

import re
from urllib.parse import quote

from postil.text.anchor import Span
from postil.text.words_around import first_words, last_words

_WORDS_AT_ENDS = 4


def directive(text: str, span: Span, prefix: bool = False, suffix: bool = False) -> str:
    """The directive `:~:text=[prefix-,]start[,end][,-suffix]` for a passage.

    Browsers find whole words only, and words across two blocks only as start and end. One of the words before and after
    is named where the passage is short, since a note above may have the same few words. What is blank in the text (a
    picture, a formula) is not named.

    Args:
        text: the prose of a page (see `Reading.prose`).
        span: the passage.
        prefix: whether the words before it must be named.
        suffix: whether the words after it must be.

    Returns:
        The directive; an empty text for a passage without words.
    """
    start, end = span.start, span.end
    while start > 0 and _is_inside_word(text, start):
        start -= 1
    while end < len(text) and _is_inside_word(text, end):
        end += 1
    words = text[start:end].split()
    if not words:
        return ""
    if "\n" in text[start:end] or "  " in text[start:end] or len(words) > 2 * _WORDS_AT_ENDS + 1:
        lines = [line for line in re.split(r"\n| {2,}", text[start:end]) if line.strip()]
        first, last = lines[0].split()[:_WORDS_AT_ENDS], lines[-1].split()[-_WORDS_AT_ENDS:]
        parts = [_encoded(" ".join(first)), _encoded(" ".join(last))]
    else:
        parts = [_encoded(" ".join(words))]
    before = last_words(text[text.rfind("\n", 0, start) + 1 : start]).strip()
    line_end = text.find("\n", end)
    after = first_words(text[end : line_end if line_end >= 0 else len(text)]).strip()
    short = len(words) <= _WORDS_AT_ENDS
    if _has_words(before) and (prefix or short):
        parts.insert(0, f"{_encoded(before)}-")
    if _has_words(after) and (suffix or (short and not _has_words(before))):
        parts.append(f"-{_encoded(after)}")
    return f":~:text={','.join(parts)}"


def _has_words(text: str) -> bool:
    return any(map(str.isalnum, text))


def _encoded(words: str) -> str:
    return quote(words, safe="").replace("-", "%2D")


def _is_inside_word(text: str, place: int) -> bool:
    return text[place - 1].isalnum() and text[place].isalnum()
