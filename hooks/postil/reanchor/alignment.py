"""Two texts → which word of the one is which word of the other; blocks that were moved are found, too.

Stretches of words that each text has exactly once are the landmarks (as in "patience" diffs); between two landmarks
the longest common subsequence decides.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cached_property

from rapidfuzz.distance import LCSseq

from postil.reanchor.words import Tokens, encoded

LANDMARKS = (5, 3, 2)  # words of a stretch that is a landmark where it is unique; longer ones go first
MAX_CELLS = 400_000_000  # a gap of more pairs of words is not compared: it would take seconds


def weight(word: str) -> float:
    """What a word counts: long words say more than short ones, punctuation marks next to nothing."""
    return min(len(word), 12.0) if word[0].isalnum() else 0.2


class Alignment:
    """Which words of an old text are in a new one, and where.

    Args:
        old: the old text.
        new: the new text.

    Attributes:
        kept: for each old word the number of the new one, in the same order; -1 where it is not there.
        moved: the same for words that are at another place of the order.
    """

    def __init__(self, old: Tokens, new: Tokens) -> None:
        self.old, self.new = old, new
        self._old, self._new = encoded(old.keys, new.keys)
        self.kept = [-1] * len(self._old)
        self.moved = [-1] * len(self._old)
        self._compare(0, len(self._old), 0, len(self._new), LANDMARKS)
        self._move(_unique_pairs(self._old, self._new, LANDMARKS[0]))

    @cached_property
    def weights(self) -> list[float]:
        """What each old word counts."""
        return [weight(word) for word in self.old.keys]

    @cached_property
    def taken(self) -> frozenset[int]:
        """The new words that an old one has become."""
        return frozenset(place for places in (self.kept, self.moved) for place in places if place >= 0)

    def _compare(self, i: int, i_end: int, j: int, j_end: int, lengths: tuple[int, ...]) -> None:
        """Fill `kept` between two places of either text: what both begin and end with, then landmark by landmark."""
        while i < i_end and j < j_end and self._old[i] == self._new[j]:
            self.kept[i] = j
            i, j = i + 1, j + 1
        while i < i_end and j < j_end and self._old[i_end - 1] == self._new[j_end - 1]:
            i_end, j_end = i_end - 1, j_end - 1
            self.kept[i_end] = j_end
        if i == i_end or j == j_end:
            return
        if not lengths:
            self._common(i, i_end, j, j_end)
            return
        i_base, j_base = i, j
        for first, second in _rising(_unique_pairs(self._old[i:i_end], self._new[j:j_end], lengths[0])):
            i_mark, j_mark = first + i_base, second + j_base
            if i_mark < i or j_mark < j:
                continue  # the last landmark went on to here
            self._compare(i, i_mark, j, j_mark, lengths[1:])
            i, j = i_mark, j_mark
            while i < i_end and j < j_end and self._old[i] == self._new[j]:
                self.kept[i] = j
                i, j = i + 1, j + 1
        self._compare(i, i_end, j, j_end, lengths[1:])

    def _common(self, i: int, i_end: int, j: int, j_end: int) -> None:
        """Fill `kept` with the longest common subsequence."""
        if (i_end - i) * (j_end - j) > MAX_CELLS:
            return
        for block in LCSseq.opcodes(self._old[i:i_end], self._new[j:j_end]):
            if block.tag == "equal":
                for step in range(block.src_end - block.src_start):
                    self.kept[i + block.src_start + step] = j + block.dest_start + step

    def _move(self, landmarks: Iterable[tuple[int, int]]) -> None:
        """Fill `moved` from landmarks out of the order, as far as the words go on alike and have no other place."""
        taken = {place for place in self.kept if place >= 0}
        for first, second in landmarks:
            if self.kept[first] >= 0 or self.moved[first] >= 0:
                continue
            for step in (1, -1):
                i, j = (first, second) if step == 1 else (first - 1, second - 1)
                while 0 <= i < len(self._old) and 0 <= j < len(self._new) and self._old[i] == self._new[j]:
                    if self.moved[i] >= 0 or j in taken:
                        break
                    self.moved[i] = j
                    i, j = i + step, j + step


def _unique_pairs(old: str, new: str, length: int) -> Iterator[tuple[int, int]]:
    """Places of the stretches of words that each text has exactly once, in the order of the old text."""
    here, there = _unique(old, length), _unique(new, length)
    for stretch, place in here.items():
        if place >= 0 and there.get(stretch, -1) >= 0:
            yield place, there[stretch]


def _unique(words: str, length: int) -> dict[str, int]:
    """Each stretch and its place; -1 where it has several."""
    places: dict[str, int] = {}
    for place in range(len(words) - length + 1):
        stretch = words[place : place + length]
        places[stretch] = -1 if stretch in places else place
    return places


def _rising(found: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of the pairs in which both numbers rise (they come with the first one rising)."""
    pairs = list(found)
    tails: list[int] = []
    chain: list[int] = []
    before: list[int] = []
    for number, (_, second) in enumerate(pairs):
        place = bisect_left(tails, second)
        before.append(chain[place - 1] if place else -1)
        tails[place : place + 1] = [second]
        chain[place : place + 1] = [number]
    result = []
    number = chain[-1] if chain else -1
    while number >= 0:
        result.append(pairs[number])
        number = before[number]
    return result[::-1]
