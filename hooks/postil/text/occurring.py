"""Where words stand in one text. Who asks for thousands of passages is answered without reading the text each time."""

from __future__ import annotations

_STEP = 12  # code points from the beginning of a sample of the text to that of the next
_SIZE = 20  # of a sample; the longer, the fewer are the same
_SHORTEST = _STEP + _SIZE - 1  # wherever so many code points stand there is a whole sample in them
_ASKED = 64  # as many questions as it takes until samples are worth their making
_ALIKE = 2_000  # where a text repeats the same samples so often, reading it is quicker


class Occurring:
    """Looks up words in a text.

    Args:
        text: any text; words are found where they stand sign by sign.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._asked = 0
        self._last: dict[str, int] = {}  # where each sample stands last
        self._earlier: dict[int, int] = {}  # from a sample to where the same stands before

    def starts(self, words: str, most: int | None = None) -> list[int]:
        """The offset of every place, in order; places may overlap.

        Args:
            words: what is looked for; nothing is nowhere.
            most: so many are enough.
        """
        self._asked += 1
        if self._asked > _ASKED and len(words) >= _SHORTEST:
            found = self._by_samples(words)
            if found is not None:
                return found[:most]
        return self._by_reading(words, most)

    def _by_reading(self, words: str, most: int | None) -> list[int]:
        found: list[int] = []
        start = self._text.find(words) if words else -1
        while start >= 0 and (most is None or len(found) < most):
            found.append(start)
            start = self._text.find(words, start + 1)
        return found

    def _by_samples(self, words: str) -> list[int] | None:
        if not self._last:
            self._take_samples()
        text, last, earlier = self._text, self._last, self._earlier
        found: list[int] = []
        looked_at = 0
        for offset in range(_STEP):  # the first sample in the words is at one of these
            at = last.get(words[offset : offset + _SIZE], -1)
            while at >= 0:
                if at >= offset and text.startswith(words, at - offset):
                    found.append(at - offset)
                looked_at += 1
                if looked_at > _ALIKE:
                    return None
                at = earlier.get(at, -1)
        return sorted(found)

    def _take_samples(self) -> None:
        text, last, earlier = self._text, self._last, self._earlier
        for at in range(0, len(text) - _SIZE + 1, _STEP):
            sample = text[at : at + _SIZE]
            if (before := last.get(sample)) is not None:
                earlier[at] = before
            last[sample] = at
