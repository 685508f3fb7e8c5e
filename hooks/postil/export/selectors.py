"""A passage → the selectors by which others find it: quote, position, text fragment."""

from __future__ import annotations

import html as html_library
from functools import lru_cache
from typing import Any

from postil.page.note_view import NoteView
from postil.text.anchor import Span
from postil.text.markup import TOKEN
from postil.text.reading import read
from postil.text.reading_text import Reading
from postil.text.text_fragment import directive
from postil.text.words_around import first_words, last_words

TEXT_FRAGMENT = "https://wicg.github.io/scroll-to-text-fragment/"


def dom_selector(note: NoteView, text: str, source: str) -> dict[str, Any]:
    """The TextQuoteSelector with every sign as the document has it: line breaks, indents, permalinks.

    The model wants the text of the document with its tags left out and its references decoded, and nothing folded; so
    programs that compare sign by sign find the passage in the `textContent` of the page.

    Args:
        note: a note in its place.
        text: the reading text of its page.
        source: the page's fragment.
    """
    shown, span = quote_selector(note, text), note.span
    if note.is_lost:
        return shown
    start, end = span.start - len(shown.get("prefix", "")), span.end + len(shown.get("suffix", ""))
    words = _words(source, start, span.start, span.end, end)
    if not words["exact"]:
        return shown  # a picture: its description is in no `textContent`, and the model asks for words
    return {"type": "TextQuoteSelector", **{key: found for key, found in words.items() if found}}


@lru_cache(maxsize=4096)  # two exports have it of each note of an article
def _words(source: str, start: int, opening: int, closing: int, end: int) -> dict[str, str]:
    """What a document has of a passage and around it, by the places in the reading text where each part begins."""
    reading = _reading(source)
    pieces = reading.pieces(opening, closing)
    first, last = pieces[0].start, pieces[-1].end
    before = reading.pieces(start, opening)[0].start if start < opening else first
    behind = reading.pieces(closing, end)[-1].end if closing < end else last
    parts = {"exact": source[first:last], "prefix": source[before:first], "suffix": source[last:behind]}
    return {key: _content(part) for key, part in parts.items()}


@lru_cache(maxsize=8)
def _reading(source: str) -> Reading:
    """The notes of a page are given out one after the other."""
    return read(source)


def _content(html: str) -> str:
    """The text of a stretch of HTML, as `textContent` has it."""
    return html_library.unescape(TOKEN.sub("", html))


def quote_selector(note: NoteView, text: str) -> dict[str, Any]:
    """The W3C TextQuoteSelector (Web Annotation Data Model, 4.2.4).

    Args:
        note: a note in its place.
        text: the reading text of its page.

    Returns:
        `exact`, and up to 32 code points of its own line to either side, in whole words where there are spaces; of a
        note whose words are gone those that its file has.
    """
    if note.is_lost:
        data = note.annotation
        written = {"type": "TextQuoteSelector", "exact": data.quote, "prefix": data.prefix, "suffix": data.suffix}
        return {key: value for key, value in written.items() if value}
    prefix, suffix = _words_beside(text, note.span)
    selector = {"type": "TextQuoteSelector", "exact": note.passage, "prefix": prefix, "suffix": suffix}
    return {key: value for key, value in selector.items() if value}


@lru_cache(maxsize=4096)  # each export of an article has them
def _words_beside(text: str, passage: Span) -> tuple[str, str]:
    before, after = beside(text, passage)
    return last_words(before), first_words(after)


def beside(text: str, passage: Span) -> tuple[str, str]:
    """What stands before and after a passage on its own lines; no more of the text is looked at."""
    end = text.find("\n", passage.end)
    before = text[text.rfind("\n", 0, passage.start) + 1 : passage.start]
    return before, text[passage.end : end if end >= 0 else len(text)]


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
    """The directive of a passage, see `text_fragment.directive`; the text is the prose of the page.

    The words before and after are named where the notes file had to name them: the passage alone stands in several
    places then.
    """
    named = bool(note.annotation.prefix), bool(note.annotation.suffix)
    return directive(text, note.span, *named)
