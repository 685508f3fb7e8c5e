"""A passage → how a notes file names it: its words, and as little of the words around it as tells it from others."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from postil.model.annotation import Annotation
from postil.text.anchor import Anchorer, Span

MOST_CONTEXT = 12  # words that a prefix or suffix has at most
AROUND = 4_000  # code points beside a place of which prefix and suffix are made
_SMALL = frozenset(
    "a an and are as at by for from had has have in is it its of on or that the to was were with".split()
)


def named(anchorer: Anchorer, span: Span) -> dict[str, str] | None:
    """The words of a span, with as much of the words around them as names it alone.

    Args:
        anchorer: of the text.
        span: code points of the text.

    Returns:
        `quote`, and `prefix` or `suffix` or both where they are needed; None where nothing names it alone.
    """
    text = anchorer.text
    quote = " ".join(text[span.start : span.end].split())
    if _names(anchorer, span, quote):
        return {"quote": quote}
    for context in contexts(text, span, MOST_CONTEXT):
        if _names(anchorer, span, quote, **context):
            return {"quote": quote, **context}
    return None


def contexts(text: str, span: Span, most: int) -> Iterator[dict[str, str]]:
    """What may stand beside a quote to tell it from others: a word before it, behind it, on both sides, then two.

    Args:
        text: the reading text.
        span: of the passage.
        most: words on one side.

    Yields:
        `prefix` or `suffix` or both.
    """
    before = text[max(0, span.start - AROUND) : span.start].split()
    after = text[span.end : span.end + AROUND].split()
    for count in range(1, most + 1):
        prefix, suffix = " ".join(before[-count:]), " ".join(after[:count])
        yield from ({"prefix": prefix}, {"suffix": suffix}, {"prefix": prefix, "suffix": suffix})


def starts(anchorer: Anchorer, annotations: Iterable[Annotation]) -> dict[str, int]:
    """Where in a text the passage of each annotation begins, by its id; those without one place are left out."""
    found = {}
    for annotation in annotations:
        place = anchorer.place(annotation.quote, annotation.prefix, annotation.suffix)
        if place is not None:
            found[annotation.id] = place.start
    return found


def whole_words(text: str, span: Span) -> Span:
    """A span without white space at its ends, widened to whole words; in scripts without spaces it stays."""
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while 0 < start < end and _joined(text[start - 1], text[start]):
        start -= 1
    while start < end < len(text) and _joined(text[end - 1], text[end]):
        end += 1
    return Span(start, end)


def id_of(quote: str, taken: Iterable[str]) -> str:
    """An id of the first words of a passage that no note has yet; `note-3` where they have no Latin letters."""
    plain = unicodedata.normalize("NFKD", quote).encode("ascii", "ignore").decode().lower()
    words = [word for word in re.findall(r"[a-z0-9]+", plain) if word not in _SMALL] or re.findall(r"[a-z0-9]+", plain)
    base = "-".join(words[:4])[:40].strip("-") or "note"
    known = set(taken)
    number = 1
    while (name := base if number == 1 else f"{base}-{number}") in known:
        number += 1
    return name


def _joined(one: str, other: str) -> bool:
    """Whether two neighbours belong to one word: letters, figures and marks of scripts that part words by spaces."""
    return all(sign.isalnum() or unicodedata.category(sign).startswith("M") for sign in (one, other)) and not any(
        unicodedata.east_asian_width(sign) in "WF" or "\u0e00" <= sign <= "\u0eff" or "\u1780" <= sign <= "\u17ff"
        for sign in (one, other)
    )


def _names(anchorer: Anchorer, span: Span, quote: str, **context: str) -> bool:
    found = anchorer.place(quote, **context)
    return found is not None and found.start <= span.start and found.end >= span.end
