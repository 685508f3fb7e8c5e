"""Passages that are told by other things than their words → their words in our text, or the reason why not."""

from __future__ import annotations

from dataclasses import replace

from postil.importing.foreign import Foreign
from postil.importing.selectors import Words
from postil.model.cutting import shortened
from postil.text.anchor import Anchorer, Span
from postil.text.naming import whole_words

_CONTEXT = 32


def located(note: Foreign, anchorer: Anchorer) -> Foreign:
    """A note on a range with the words of the range; one whose range is not found, and any other, as it is."""
    span = _range(note, anchorer)
    if span is None:
        return note
    text = anchorer.text
    return replace(
        note,
        quote=text[span.start : span.end],
        prefix=text[max(0, span.start - _CONTEXT) : span.start],
        suffix=text[span.end : span.end + _CONTEXT],
        start=span.start,
    )


def by_position(note: Foreign, text: str) -> Span | None:
    """The place of a passage of which only offsets are told, if whole words stand there in our text.

    Nothing tells which text the offsets count, so somebody has to look.
    """
    start, end = note.told.start, note.told.end
    if note.quote.strip() or start is None or end is None or not start < end <= len(text):
        return None
    span = Span(start, end)
    return span if whole_words(text, span) == span else None


def why_not(note: Foreign) -> str:
    """Why a note has no words, in words for the author; an empty text for one that has."""
    told = note.told
    if told.until is not None:
        first, last = shortened(told.words.exact, 40), shortened(told.until.exact, 40)
        return f"its passage goes from “{first}” to “{last}”, and these words are not found there, in this order"
    if note.quote.strip():
        return ""
    if told.raw:
        return (
            f"its passage is told in a way that is not read here ({shortened(told.raw, 60)}); write its words as quote"
        )
    if told.start is not None:
        return (
            f"of its passage only the offsets {told.start} to {told.end} are told, and no whole words stand there here"
        )
    return "a note on the whole page; here a note stands on a passage"


def _range(note: Foreign, anchorer: Anchorer) -> Span | None:
    told = note.told
    if told.until is None:
        return None
    first, last = _span(told.words, anchorer), _span(told.until, anchorer)
    if first is None or last is None or last.start < first.end:
        return None
    end = last.end if told.is_whole else last.start
    end = first.start + len(anchorer.text[first.start : end].rstrip())
    return Span(first.start, end)


def _span(words: Words, anchorer: Anchorer) -> Span | None:
    return anchorer.place(words.exact, words.prefix, words.suffix)
