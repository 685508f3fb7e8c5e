"""A passage → the selectors by which others find it: quote, position, text fragment, range."""

from __future__ import annotations

import html as html_library
from typing import Any

from postil.page.annotate import AnnotatedPage
from postil.page.note_view import NoteView
from postil.page.weave import What
from postil.text.markup import TOKEN
from postil.text.text_fragment import directive
from postil.text.words_around import words_beside

_WORDS: tuple[What, ...] = ("note", "filter", "room", "lost")  # what is woven into a page and has words of its own
TEXT_FRAGMENT = "https://wicg.github.io/scroll-to-text-fragment/"


def dom_selector(note: NoteView, page: AnnotatedPage) -> dict[str, Any]:
    """The TextQuoteSelector with every sign as the document has it: line breaks, indents, permalinks.

    The model wants the text of the document with its tags left out and its references decoded, and nothing folded; so
    programs that compare sign by sign find the passage in the `textContent` of the page.

    Args:
        note: a note of the page.
        page: the page.
    """
    if note.is_lost:
        return quote_selector(note, page.text)
    lies, source = page.stretches[note.number - 1], page.source
    exact = _content(source[lies.start : lies.end])
    if not exact:  # a picture: its description is in no `textContent`, and the model asks for words
        return quote_selector(note, page.text)
    prefix, suffix = _content(source[lies.before : lies.start]), _content(source[lies.end : lies.behind])
    selector = {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix}
    return {key: value for key, value in selector.items() if value}


def range_selector(note: NoteView, page: AnnotatedPage) -> list[dict[str, Any]]:
    """The W3C RangeSelector (4.2.9) of a passage within which another note stands on the published page.

    The words of such a passage are nowhere in one piece there, so its quote is not found sign by sign. A range from its
    first piece up to the words behind it is; what lies between has the words of the other note, too.

    Args:
        note: a note of the page.
        page: the page.

    Returns:
        The selector; none for any other passage, and none where one of both ends has no words that stand on the page
        once.
    """
    if note.is_lost:
        return []
    lies, source = page.stretches[note.number - 1], page.source
    if "<" not in source[lies.start : lies.end]:  # nothing can stand within it
        return []
    cuts = [offset for offset in page.inserted.offsets(_WORDS) if lies.start < offset < lies.end]
    if not cuts:
        return []
    ends = {
        "startSelector": (source[lies.before : lies.start], source[lies.start : cuts[0]]),
        "endSelector": (source[cuts[-1] : lies.end], source[lies.end : lies.behind]),
    }
    text, found = _content(page.html), {"type": "RangeSelector"} | dict[str, Any]()
    for name, (before, words) in ends.items():
        prefix, exact = _content(before), _content(words)
        if not exact.strip() or text.count(prefix + exact) != 1:
            return []
        selector = {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix}
        found[name] = {key: value for key, value in selector.items() if value}
    return [found]


def _content(html: str) -> str:
    """The text of a stretch of HTML, as `textContent` has it."""
    return html_library.unescape(TOKEN.sub("", html)) if "<" in html or "&" in html else html


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
    prefix, suffix = words_beside(text, note.span.start, note.span.end)
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
    """The directive of a passage, see `text_fragment.directive`; the text is the prose of the page.

    The words before and after are named where the notes file had to name them: the passage alone stands in several
    places then.
    """
    named = bool(note.annotation.prefix), bool(note.annotation.suffix)
    return directive(text, note.span, *named)
