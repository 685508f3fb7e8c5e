"""What a browser selected → the span of the reading text.

The text of a page in a browser and the reading text of the engine differ in white space only, so both are compared
without any. The browser sends the words, what stands around them, and how far down the page they are.
"""

from __future__ import annotations

from dataclasses import dataclass

from postil.text.anchor import Anchorer, Span
from postil.text.naming import named, whole_words

ENOUGH = 20  # code points of context that must fit where the words stand in several places
NEARER = 10  # how many times nearer the one place must be where their context is the same, too


@dataclass(frozen=True)
class Selection:
    """A selection.

    Attributes:
        quote: the selected words.
        before: the text before them, some 200 characters.
        after: the text behind them.
        share: how far down the text they begin, 0 to 1.
    """

    quote: str
    before: str = ""
    after: str = ""
    share: float = 0.0


@dataclass(frozen=True)
class Placed:
    """A selection in its place.

    Attributes:
        span: code points of the reading text, whole words.
        quote: the words as a notes file names them.
        prefix: words before them, where they are needed.
        suffix: words behind them, where they are needed.
    """

    span: Span
    quote: str
    prefix: str = ""
    suffix: str = ""


def place(anchorer: Anchorer, selection: Selection) -> Placed | str:
    """Find a selection in a text.

    Args:
        anchorer: of the reading text of the page.
        selection: what was selected in the browser.

    Returns:
        The place, or why there is none: "empty", "elsewhere" (not words of the article) or "ambiguous".
    """
    text, origin = _squeezed(anchorer.text)
    quote, before, after = (_squeezed(part)[0] for part in (selection.quote, selection.before, selection.after))
    if not quote:
        return "empty"
    found = []
    start = text.find(quote)
    while start >= 0:
        fit = _alike(text[:start][::-1], before[::-1]) + _alike(text[start + len(quote) :], after)
        found.append((fit, start))
        start = text.find(quote, start + 1)
    if not found:
        return "elsewhere"
    best = max(fit for fit, _ in found)
    starts = [start for fit, start in found if fit == best]
    if len(found) > 1 and best < min(ENOUGH, len(before) + len(after)):
        return "ambiguous"
    starts.sort(key=lambda start: abs(start - selection.share * len(text)))
    if len(starts) > 1:
        near, far = (abs(start - selection.share * len(text)) for start in starts[:2])
        if far < NEARER * max(near, 1):
            return "ambiguous"
    first = starts[0]
    span = whole_words(anchorer.text, Span(origin[first], origin[first + len(quote) - 1] + 1))
    names = named(anchorer, span)
    return Placed(span, **names) if names else "ambiguous"


def _squeezed(text: str) -> tuple[str, list[int]]:
    """A text without white space and half characters, and where each of its characters stood."""
    kept = [(sign, index) for index, sign in enumerate(text) if not sign.isspace() and not "\ud800" <= sign <= "\udfff"]
    return "".join(sign for sign, _ in kept), [index for _, index in kept]


def _alike(one: str, other: str) -> int:
    """How many characters two texts have in common at their beginning."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count
