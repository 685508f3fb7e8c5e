"""The thresholds by which the difference of two texts decides, each just below and just above."""

from __future__ import annotations

import datetime

import pytest

from postil.files.notes_file import Entry
from postil.files.translations import texts
from postil.files.yamltext import Document
from postil.model.annotation import Annotation
from postil.reanchor import CERTAIN, Found, Refused, Selectors, plan, reanchor
from postil.reanchor.by_difference import _confidence, _is_good
from postil.reanchor.traces import Trace
from postil.text.anchor import Span

HERE = Span(0, 40)


@pytest.mark.parametrize(
    ("survived", "alike", "beside", "moved", "length", "good"),
    [
        (0.45, 0.1, 0.5, False, 40, True),
        (0.44, 0.1, 0.5, False, 40, False),
        (0.30, 0.55, 0.5, False, 40, True),
        (0.29, 0.55, 0.5, False, 40, False),
        (0.30, 0.54, 0.5, False, 40, False),
        (0.45, 0.85, 0.49, False, 40, True),
        (0.45, 0.84, 0.49, False, 40, False),
        (0.80, 0.80, 0.49, False, 24, True),
        (0.80, 0.79, 0.49, False, 24, False),
        (0.80, 0.79, 0.49, False, 25, True),
        (0.70, 0.70, 0.0, True, 40, True),
        (0.69, 0.70, 0.0, True, 40, False),
        (0.70, 0.69, 0.0, True, 40, False),
    ],
)
def test_enough_of_a_passage(
    survived: float, alike: float, beside: float, moved: bool, length: int, good: bool
) -> None:
    assert _is_good(Trace(HERE, survived, alike, beside, 0.0, moved), length) == good
    assert _is_good(Trace(HERE, survived, alike, 0.0, beside, moved), length) == good


@pytest.mark.parametrize(
    ("survived", "alike", "beside", "certain"),
    [
        (0.60, 0.60, 0.5, True),
        (0.59, 0.60, 0.5, False),
        (0.60, 0.59, 0.5, False),
        (0.60, 0.60, 0.49, False),
        (0.98, 0.60, 0.49, False),
        (0.99, 0.60, 0.49, True),
    ],
)
def test_a_place_that_is_sure(survived: float, alike: float, beside: float, certain: bool) -> None:
    assert (_confidence(Trace(HERE, survived, alike, beside, 0.0)) >= CERTAIN) == certain


def entry(**values: str) -> Entry:
    data = {
        "id": "a",
        "quote": "the old bridge",
        "kind": "context",
        "note": "x",
        "author": "e",
        "created": "2026-01-01",
    }
    return Entry(Annotation.model_validate(data | values), 0, Document("x.yml"))


def test_prefix_and_suffix_of_a_note_follow_with_it() -> None:
    old = "We saw the old bridge fall. They saw the old bridge stand."
    new = "We all heard the old bridge fall. They saw the old bridge stand."
    (step,) = plan.steps([entry(prefix="We saw", suffix="fall")], old, new)
    assert step.values == {"prefix": "all heard", "suffix": "fall."}
    (kept,) = plan.steps([entry(prefix="They saw")], old, new)
    assert kept.is_kept
    change = plan.change(step, Span(13, 27), new, datetime.date(2026, 1, 1), texts("en"))
    assert change is not None
    assert change.record is None, "the words are the same"


def test_a_context_is_as_short_as_can_be() -> None:
    new = "One saw the old bridge fall. Two men saw the old bridge stand."
    (step,) = plan.steps([entry()], "One saw the old bridge fall. Two men saw it stand.", new)
    assert step.values == {"suffix": "fall."}


def test_words_at_another_place_than_the_old_text_tells_are_asked_about() -> None:
    old = "It is said that the old bridge fell in a night.\nThe new mill stood there for a hundred years."
    new = "It is said that the stone bridge fell in a night.\nThe new mill and the old bridge stood there for a hundred years."
    (step,) = plan.steps([entry()], old, new)
    assert not step.is_certain
    assert "but the words of the quote stand at another place" in step.told


@pytest.mark.parametrize(
    ("new", "certain"),
    [
        # The sentence was rewritten where it stood, and its old words stand further down.
        ("Rain. Fog came.\n\nThe bridge was closed in 1932.\n\nNobody came.\n\nThe bridge was opened in 1931.", False),
        ("Rain. Fog came. The bridge was closed in 1932. Nobody came. The bridge was opened in 1931.", False),
        # Another sentence was put before it, or behind it.
        ("Rain. Fog came.\n\nThe bridge was closed in 1932.\n\nThe bridge was opened in 1931.\n\nNobody came.", True),
        ("Rain. Fog came.\n\nThe bridge was opened in 1931.\n\nThe bridge was closed in 1932.\n\nNobody came.", True),
        # What stands at the old place is nothing like it.
        ("Rain. Fog came.\n\nAll of us went home early.\n\nNobody came.\n\nThe bridge was opened in 1931.", True),
    ],
)
def test_a_copy_of_the_old_words_is_not_taken_for_them_unasked(new: str, certain: bool) -> None:
    quote = "The bridge was opened in 1931."
    for old in (f"Rain. Fog came.\n\n{quote}\n\nNobody came.", f"Rain. Fog came. {quote} Nobody came."):
        (found,) = reanchor(old, new, [Selectors(quote)])
        assert isinstance(found, Found) and found.is_certain is certain, (old, found)
        assert not certain or new[found.span.start : found.span.end] == quote


def test_the_old_place_is_told_where_a_copy_is_found() -> None:
    quote = "The bridge was opened in 1931 by the mayor."
    new = f"It rained.\n\nThe bridge was closed in 1932 by a mayor.\n\nNobody came.\n\n{quote}"
    (found,) = reanchor(f"It rained.\n\n{quote}\n\nNobody came.", new, [Selectors(quote)])
    assert isinstance(found, Found) and not found.is_certain
    assert found.evidence[-1] == "but where it stood there are words much like it"


def test_one_word_of_a_passage_is_no_place_for_it() -> None:
    """What is offered for a passage that was rewritten is worth a look: not each "on" of the page."""
    old = "The plaque goes on. Nobody has counted them. On summer evenings the children jump from its middle pier."
    (found,) = reanchor(old, old.replace("On summer evenings", "In the hot months"), [Selectors("On summer evenings")])
    assert isinstance(found, Refused) and found.candidates == ()
