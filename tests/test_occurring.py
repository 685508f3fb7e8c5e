"""Looking up thousands of passages gives what reading the text for each would give."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from statistics import median_low

import pytest

from postil.importing.positions import _ASKED, _Shifts
from postil.text import attribution, occurring
from postil.text.anchor import Span
from postil.text.occurring import Occurring


def read_for(text: str, words: str) -> list[int]:
    """Every place of some words, by looking at each."""
    return [start for start in range(len(text)) if words and text.startswith(words, start)]


def a_text(chance: random.Random) -> str:
    """Few different words, so that much of it is there again, and overlaps itself."""
    words = ["".join(chance.choice("ab é") for _ in range(chance.choice([1, 2, 5, 9]))) for _ in range(6)]
    return "".join(chance.choice(words) for _ in range(chance.choice([0, 3, 50, 400])))


@pytest.mark.parametrize("alike", [occurring._ALIKE, 5], ids=["by samples", "much alike"])
def test_every_place_is_found_as_by_reading(alike: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(occurring, "_ASKED", 3)
    monkeypatch.setattr(occurring, "_ALIKE", alike)
    for seed in range(150):
        chance = random.Random(seed)
        text = a_text(chance)
        there = Occurring(text)
        for _ in range(25):
            start = chance.randrange(len(text) + 1)
            words = text[start : start + chance.choice([0, 1, 10, 30, 31, 32, 45, 60, 100])]
            words += chance.choice(["", "", "x"])
            assert there.starts(words) == read_for(text, words)
            assert there.starts(words, 2) == read_for(text, words)[:2]


def test_a_text_is_not_read_again_for_each_passage() -> None:
    class Counted(str):
        read = 0

        def find(self, *given: object) -> int:
            Counted.read += 1
            return super().find(*given)  # type: ignore[arg-type]

    passages = [f"passage {number} of {number**2} in {number**3}, {number**4}" for number in range(1_000, 3_000)]
    there = Occurring(Counted(" ".join(passages)))
    for passage in passages:
        assert len(there.starts(passage)) == 1
    assert Counted.read == 2 * occurring._ASKED


def test_the_nearest_notes_say_by_how_much_others_are_off() -> None:
    for seed in range(300):
        chance = random.Random(seed)
        shifts = [(chance.randrange(30), chance.randrange(-5, 5)) for _ in range(chance.randrange(25))]
        known = _Shifts(shifts)
        assert known.moved(None) is None
        for start in range(-2, 33):
            near = sorted(shifts, key=lambda shift: abs(shift[0] - start))[:_ASKED]
            wanted = max(0, start + median_low(shift for _, shift in near)) if near else None
            assert known.moved(start) == wanted


def test_the_sentences_of_an_article_are_sought_once_for_all_its_passages(monkeypatch: pytest.MonkeyPatch) -> None:
    class Counted:
        read = 0

        def finditer(self, text: str) -> Iterator[re.Match[str]]:
            Counted.read += 1
            return found(text)

    found = attribution._END.finditer
    monkeypatch.setattr(attribution, "_END", Counted())
    text = " ".join(f"The mayor {'said so' if number % 2 else 'came'} {number} times." for number in range(500))
    passages = [match.span() for match in re.finditer(r"\d+ times", text)]
    told = [attribution.is_attributed(text, Span(*passage), "en") for passage in passages]
    assert told == [False, True] * 250
    assert Counted.read == 1
