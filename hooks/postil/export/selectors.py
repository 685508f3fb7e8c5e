"""A passage → the selectors by which others find it: quote, position, text fragment."""

from __future__ import annotations

import re
import unicodedata
from typing import Any
from urllib.parse import quote

from postil.page.note_view import NoteView

CONTEXT = 32  # code points to either side, as Hypothesis and others have it
TEXT_FRAGMENT = "https://wicg.github.io/scroll-to-text-fragment/"
_WORDS_AT_ENDS = 4
_JOINERS = "\u200d\ufe0e\ufe0f"


def quote_selector(note: NoteView, text: str) -> dict[str, Any]:
    """The W3C TextQuoteSelector (Web Annotation Data Model, 4.2.4).

    Args:
        note: a note in its place.
        text: the reading text of its page.

    Returns:
        `exact`, and up to 32 code points of its own line to either side, in whole words where there are spaces.
    """
    before = text[text.rfind("\n", 0, note.span.start) + 1 : note.span.start]
    after = text[note.span.end :].partition("\n")[0]
    prefix, suffix = _last(before), _first(after)
    selector = {"type": "TextQuoteSelector", "exact": note.passage, "prefix": prefix, "suffix": suffix}
    return {key: value for key, value in selector.items() if value}


def position_selector(note: NoteView) -> dict[str, Any]:
    """The W3C TextPositionSelector (4.2.5), in code points of the reading text."""
    return {"type": "TextPositionSelector", "start": note.span.start, "end": note.span.end}


def fragment_selector(note: NoteView, text: str) -> list[dict[str, Any]]:
    """The passage as a W3C FragmentSelector that holds a text fragment (WICG, Scroll to Text Fragment).

    Args:
        note: a note in its place.
        text: the prose of its page.

    Returns:
        The selector; none for a passage without words of its own (a picture).
    """
    value = text_fragment(note, text)
    return [{"type": "FragmentSelector", "conformsTo": TEXT_FRAGMENT, "value": value}] if value else []


def text_fragment(note: NoteView, text: str) -> str:
    """The directive `:~:text=[prefix-,]start[,end][,-suffix]` for a passage.

    Browsers find whole words only, and words across two blocks only as start and end. The words before and after are
    named where the notes file had to name them, since the passage alone is then in several places; and one of both
    where the passage is short, since a note above may have the same few words. What is blank in the text (a picture, a
    formula) is not named.
    """
    start, end = note.span.start, note.span.end
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
    before = _last(text[text.rfind("\n", 0, start) + 1 : start]).strip()
    after = _first(text[end:].partition("\n")[0]).strip()
    short = len(words) <= _WORDS_AT_ENDS
    if _has_words(before) and (note.annotation.prefix or short):
        parts.insert(0, f"{_encoded(before)}-")
    if _has_words(after) and (note.annotation.suffix or (short and not _has_words(before))):
        parts.append(f"-{_encoded(after)}")
    return f":~:text={','.join(parts)}"


def _has_words(text: str) -> bool:
    return any(map(str.isalnum, text))


def _encoded(words: str) -> str:
    return quote(words, safe="").replace("-", "%2D")


def _is_inside_word(text: str, place: int) -> bool:
    return text[place - 1].isalnum() and text[place].isalnum()


def _first(text: str) -> str:
    """The first code points, cut between words, or where no character is taken apart."""
    if len(text) <= CONTEXT:
        return text
    end = CONTEXT
    if cut := re.match(r"(.*\s)\S*$", text[: end + 1], re.DOTALL):
        return cut[1].rstrip() if cut[1].strip() else text[:end]
    while end > 1 and _continues(text, end):
        end -= 1
    return text[:end]


def _last(text: str) -> str:
    if len(text) <= CONTEXT:
        return text
    start = len(text) - CONTEXT
    if cut := re.match(r"\S*\s+(\S.*)$", text[start - 1 :], re.DOTALL):
        return cut[1]
    while start < len(text) - 1 and _continues(text, start):
        start += 1
    return text[start:]


def _continues(text: str, place: int) -> bool:
    """Whether the code points before and at `place` are one character for a reader (UAX 29, the common cases)."""
    here, before = text[place], text[place - 1]
    return (
        bool(unicodedata.combining(here))
        or here in _JOINERS
        or before == "\u200d"
        or "\U0001f3fb" <= here <= "\U0001f3ff"
        or "\U0001f1e6" <= here <= "\U0001f1ff"
    )
