"""Text made comparable: what typesetting changes is taken out, and every character knows where it came from.

Folded are white space of any kind, typographic quotation marks and dashes, three dots, soft hyphens, marks of writing
direction, and the two ways (NFC and NFD, Unicode Annex 15) to write a letter with its accent. Two folded texts can be
joined to one; the way back stays.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

_REPLACED = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u02bc\u2039\u203a", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    **dict.fromkeys("\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a", " "),
    **dict.fromkeys("\u202f\u205f\u3000", " "),
    **dict.fromkeys("\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029", " "),
}
_REPLACED_ASCII = {sign: plain for sign, plain in _REPLACED.items() if sign.isascii()}
# Characters that are seen by nobody, and runs that stand for one character.
_UNSEEN = "\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
_SHRUNK = re.compile(rf"[{_UNSEEN}]+ [ {_UNSEEN}]*| [ {_UNSEEN}]+|[{_UNSEEN}]+|--+|\.\.\.")


class Folded(NamedTuple):
    """A folded text.

    Attributes:
        text: the text to compare.
        starts: for each of its characters the offset in the original; None where both are the same.
        ends: for each the offset behind what it stands for.
    """

    text: str
    starts: list[int] | None = None
    ends: list[int] | None = None

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original text that the folded span (not an empty one) came from."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]

    def of(self, earlier: Folded) -> Folded:
        """This text with the way back through an earlier one, which it was made from."""
        if earlier.starts is None or earlier.ends is None:
            return self
        if self.starts is None or self.ends is None:
            return Folded(self.text, earlier.starts, earlier.ends)
        return Folded(
            self.text, [earlier.starts[start] for start in self.starts], [earlier.ends[end - 1] for end in self.ends]
        )


def levelled(text: str) -> str:
    """The text in small letters with plain quotation marks, dashes and spaces; offsets stay as they are."""
    text = plain(text)
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(small if len(small := sign.lower()) == 1 else sign for sign in text)


def fold(text: str) -> Folded:
    """Fold a text; every offset is in code points."""
    text = plain(text)
    runs = "  " in text or "--" in text or "..." in text
    if not runs and (text.isascii() or (unicodedata.is_normalized("NFC", text) and not _SHRUNK.search(text))):
        return Folded(text)
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    position = 0

    def keep(start: int, end: int) -> None:
        parts.append(text[start:end])
        starts.extend(range(start, end))
        ends.extend(range(start + 1, end + 1))

    for match in _SHRUNK.finditer(text):
        keep(position, match.start())
        position = match.end()
        kept = " " if " " in match[0] else {"-": "-", ".": "\u2026"}.get(match[0][0], "")
        if kept:
            parts.append(kept)
            starts.append(match.start())
            ends.append(position)
    keep(position, len(text))
    return composed(Folded("".join(parts), starts, ends))


def plain(text: str) -> str:
    """The text with each typographic sign replaced by one plain character."""
    for sign, replacement in (_REPLACED_ASCII if text.isascii() else _REPLACED).items():
        if sign in text:
            text = text.replace(sign, replacement)
    return text


def composed(folded: Folded) -> Folded:
    """The text in NFC, one group of characters that compose with each other at a time."""
    text, starts, ends = folded
    if starts is None or ends is None or unicodedata.is_normalized("NFC", text):
        return folded
    parts: list[str] = []
    new_starts: list[int] = []
    new_ends: list[int] = []
    first = 0
    for position in range(1, len(text) + 1):
        if position < len(text) and _joins(text[first:position], text[position]):
            continue
        joined = unicodedata.normalize("NFC", text[first:position])
        parts.append(joined)
        new_starts.extend([starts[first]] * len(joined))
        new_ends.extend([ends[position - 1]] * len(joined))
        first = position
    return Folded("".join(parts), new_starts, new_ends)


def _joins(group: str, following: str) -> bool:
    if unicodedata.combining(following):
        return True
    joined = unicodedata.normalize("NFC", group + following)
    return joined != unicodedata.normalize("NFC", group) + unicodedata.normalize("NFC", following)
