"""What is too long for its place loses words, never parts of words."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from browsing import ROOT
from postil.model.cutting import beginning, shortened

WORDS = st.lists(st.text("abcdé", min_size=1, max_size=12), min_size=1, max_size=60)


@given(WORDS, st.integers(40, 120))
def test_only_whole_words_are_left(words: list[str], limit: int) -> None:
    text = " ".join(words)
    for cut in (shortened(text, limit), beginning(text, limit)):
        assert len(cut) <= limit
        assert set(cut.split()) - {"…"} <= set(words)
        assert ("…" in cut) == (len(text) > limit)


def test_a_passage_keeps_its_end_and_a_title_its_beginning() -> None:
    told = "Some officers oppose an American departure, since they see the force as a shield against the militias."
    assert shortened(told) == "Some officers oppose an American … the force as a shield against the militias."
    assert beginning(told, 60) == "Some officers oppose an American departure, since they see …"
    assert beginning("One, two, three, four", 12) == "One, two …"


@pytest.mark.parametrize("text", ["这座桥于一九三一年建成" * 20, "e\u0301" * 200, "👩‍🚒" * 90])
def test_no_character_is_taken_apart_where_there_are_no_spaces(text: str) -> None:
    for cut in (shortened(text, 80), beginning(text, 80)):
        assert 40 < len(cut) <= 80
        parts = [part.strip() for part in cut.split("…")]
        assert text.startswith(parts[0])
        assert text.endswith(parts[-1])
        assert not any(unicodedata.combining(part[0]) or part[0] in "\u200d" for part in parts if part)


def test_nothing_else_cuts_what_a_reader_sees() -> None:
    """Labels, titles and descriptions are cut in one module."""
    engine = ROOT / "hooks" / "postil"
    cutting = ("rpartition(' ')[0]", "rsplit(' ', 1)[0]", "|truncate", 'rpartition(" ")[0]', "textwrap.shorten")
    found = [
        (file.name, sign)
        for file in sorted(engine.rglob("*"))
        if file.suffix in (".py", ".html") and file.name != "cutting.py"
        for sign in cutting
        if sign in file.read_text("utf-8").replace("| truncate", "|truncate")
    ]
    assert not found
