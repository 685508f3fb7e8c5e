"""What stood around a passage, looked for in a text: beside a place, near it, or somewhere else.

Where the passage was deleted or copied, its old neighbours stand without it: that speaks against a place elsewhere,
however well the words agree. Where the neighbours were rewritten, too, they say nothing.
"""

from __future__ import annotations

from rapidfuzz import fuzz

from postil.reanchor.outcome import Selectors
from postil.reanchor.words import Tokens
from postil.text.anchor import Span
from postil.text.normalizing import levelled

EDGE = 32  # code points of prefix and suffix that are looked for
NEAR = 250  # code points beside a place in which its surroundings may have moved apart from it
STANDS = 0.85  # surroundings that are alike to this somewhere are still in the text
_LEAST = 8  # shorter surroundings are in any text
_UNKNOWN = 0.5  # what is said of surroundings that are too short
_TORN = 0.7  # less alike than this is not the same neighbour


class Surroundings:
    """Prefix and suffix of a passage in one text.

    Args:
        text: the text.
        known: what is known of the passage.

    Attributes:
        is_known: whether there is anything to go by.
        anywhere: how well the text has prefix and suffix anywhere, 0 to 1 each.
        closed_up: how well it has them side by side, as where the passage between them was cut out.
    """

    def __init__(self, text: Tokens, known: Selectors) -> None:
        before, after = known.prefix[-EDGE:], known.suffix[:EDGE]
        self._text = text.text
        self._plain = plain = text.plain
        self._sides = levelled(before).strip(), levelled(after).strip()
        # A paragraph that is moved leaves its neighbours, a sentence does not leave its own paragraph.
        self._rest = levelled(before.rpartition("\n")[2]), levelled(after.partition("\n")[0])
        self._lines = self._rest[0].strip(), self._rest[1].strip()
        self.is_known = any(self._sides)
        self.anywhere = self._anywhere(self._sides[0]), self._anywhere(self._sides[1])
        self.closed_up = 0.0
        if min(map(len, self._sides)) >= _LEAST:
            self.closed_up = fuzz.partial_ratio(" ".join(self._sides), plain) / 100

    def near(self, place: Span) -> tuple[float, float]:
        """How alike the best stretch near a place is to the prefix (before it) and the suffix (behind it)."""
        return self._near(self._sides, place)

    def is_whole(self, place: Span) -> bool:
        """Whether the rest of the paragraph, as far as known, is all there is: it is moved without its neighbours."""
        first, last = self._text.rfind("\n", 0, place.start) + 1, self._text.find("\n", place.end)
        rest = self._plain[first : place.start], self._plain[place.end : last if last >= 0 else len(self._plain)]
        return rest == self._rest

    def is_torn(self, place: Span) -> bool:
        """Whether words of the same paragraph that stood beside the passage stand elsewhere, and not near a place."""
        return any(
            len(line) >= _LEAST and near < _TORN and self._anywhere(line) >= STANDS
            for line, near in zip(self._lines, self._near(self._lines, place), strict=True)
        )

    def _near(self, sides: tuple[str, str], place: Span) -> tuple[float, float]:
        before, after = sides
        left = self._plain[max(0, place.start - NEAR) : place.start]
        right = self._plain[place.end : place.end + NEAR]
        return _alike(before, left), _alike(after, right)

    def _anywhere(self, words: str) -> float:
        return 1.0 if len(words) >= _LEAST and words in self._plain else _alike(words, self._plain)


def _alike(words: str, text: str) -> float:
    return fuzz.partial_ratio(words, text) / 100 if len(words) >= _LEAST else _UNKNOWN
