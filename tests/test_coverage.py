"""What counts as a figure, a date, a name, a quotation; what counts as covered."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postil.text.anchor import Span
from postil.text.coverage import coverage

FOUND = {
    "It cost $1.045 billion and 45 per cent.": [("figure", "$1.045"), ("figure", "billion"), ("figure", "45")],
    "Two officers saw tens of thousands.": [("figure", "Two"), ("figure", "tens of"), ("figure", "thousands")],
    "On 3 January 2020 it was.": [("date", "3 January 2020")],
    "It was in 2011, on Tuesday, last month.": [("date", "2011"), ("date", "Tuesday"), ("date", "last month")],
    "The mayor, Edda Falk, spoke.": [("name", "Edda Falk")],
    "Falk spoke of the Bank of England.": [("name", "Bank of England")],
    "He called it “a day to remember” then.": [("quotation", "“a day to remember”")],
    "Nothing here to check.": [],
}


@pytest.mark.parametrize(("text", "expected"), FOUND.items())
def test_what_is_found(text: str, expected: list[tuple[str, str]]) -> None:
    found = coverage(text, [])
    assert [(gap.kind, gap.text) for sentence in found.sentences for gap in sentence.gaps] == expected


def test_a_passage_covers_what_it_touches() -> None:
    text = "There were 45 of them.\nThere were 46 more."
    found = coverage(text, [Span(text.index("45"), text.index("45") + 1)])
    assert found.covered["figure"] == (1, 2)
    assert [gap.text for gap in found.open("figure")] == ["46"]
    assert found.share == 0.5


def test_a_name_that_is_touched_once_is_not_covered_everywhere() -> None:
    text = "The mayor, Falk, spoke. It was Falk’s day."
    found = coverage(text, [Span(text.index("Falk"), text.index("Falk") + 4)])
    assert [gap.text for gap in found.open("name")] == ["Falk’s"]


def test_paragraphs_and_sentences_without_a_note_come_first() -> None:
    text = "The bridge\nIt was 45 long. It was wide.\nIt fell in 1950. Falk wept.\nNobody knows why."
    found = coverage(text, [Span(text.index("45"), text.index("45") + 2)], [("Nobody knows why.", "A view.")])
    assert [paragraph.text for paragraph in found.paragraphs] == ["It fell in 1950. Falk wept.", "Nobody knows why."]
    assert [(sentence.text, sentence.is_bare) for sentence in found.sentences] == [
        ("It was wide.", True),
        ("It fell in 1950.", True),
        ("Falk wept.", True),
        ("Nobody knows why.", True),
    ]
    assert [paragraph.text for paragraph in found.open_paragraphs] == ["It fell in 1950. Falk wept."]


def test_an_excuse_is_for_the_places_where_its_words_stand() -> None:
    text = "There were 45 of them.\nThere were 45 of us."
    found = coverage(text, [], [("There were 45 of us", "Counted.")])
    assert [gap.reason for sentence in found.sentences for gap in sentence.gaps] == ["", "Counted."]
    assert [sentence.reason for sentence in found.sentences] == ["", "Counted."]


def test_an_excuse_for_what_has_a_note_is_idle() -> None:
    text = "There were 45 of them in 1950."
    found = coverage(text, [Span(text.index("45"), text.index("45") + 2)], [("45", "x"), ("1950", "Well known.")])
    assert found.idle == ("45",)


def test_a_reason_excuses() -> None:
    found = coverage("There were 45 of them.", [], [("45 of them", "Nobody doubts it.")])
    assert found.open("figure") == []
    assert found.excused == 1


@given(st.text(max_size=80), st.lists(st.tuples(st.integers(0, 80), st.integers(0, 80)), max_size=4))
def test_any_text_can_be_measured(text: str, spans: list[tuple[int, int]]) -> None:
    passages = [Span(*sorted((min(one, len(text)), min(other, len(text))))) for one, other in spans]
    found = coverage(text, passages)
    assert 0 <= found.share <= 1
    assert 0 <= found.words <= 1
