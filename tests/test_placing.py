"""Notes from elsewhere on their passages here, or the reason why not: each rule by itself."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from postil.files.settings_file import default_settings
from postil.importing.days import day
from postil.importing.foreign import Foreign
from postil.importing.placing import Importer, Outcome
from postil.importing.selectors import Told
from postil.model.annotation import Annotation, Origin, Reply

TEXT = (
    "The bridge was opened in 1931 by the mayor. It is the longest of the country.\n"
    "It was painted by the mayor in 1932. Nobody came."
)
LASTING = "0123456789abcdef"  # as short as an identifier may be


def note(quote: str = "opened in 1931", body: str = "Seen.", *, via: str = "Hypothesis", **more: Any) -> Foreign:
    origin = Origin(via=via, id=more.pop("id", ""))
    return Foreign("x.json", origin, quote=quote, body=body, **more)


def placed(
    *notes: Foreign, text: str = TEXT, present: tuple[Annotation, ...] = (), own: bool = False, author: str = "editors"
) -> list[Outcome]:
    today = day("2026-01-01")
    assert today is not None
    importer = Importer(default_settings("en"), {}, author, today, own)
    return importer.place(notes, text, present, {one.id for one in present})


def taken(outcome: Outcome) -> Annotation:
    assert outcome.annotation is not None, outcome.reason
    return outcome.annotation


def statuses(outcomes: list[Outcome]) -> list[str]:
    return [outcome.status for outcome in outcomes]


# What the note is here


def test_a_note_is_ours_by_author_and_day_and_theirs_by_origin() -> None:
    origin = Origin(via="Hypothesis", id=LASTING, author="Ana", replies=(Reply(note="Yes."),))
    (outcome,) = placed(dataclasses.replace(note(title="T", tags=("a",)), origin=origin))
    found = taken(outcome)
    assert (outcome.status, found.author, str(found.created)) == ("found", "editors", "2026-01-01")
    assert (found.quote, found.title, found.tags, found.origin) == ("opened in 1931", "T", ("a",), origin)


def test_words_are_ours_and_those_that_they_came_with_are_kept_where_they_differ() -> None:
    changed, same = placed(
        note("opened in 1930 by the mayor", prefix="The bridge was ", suffix=". It is"),
        note("painted  by\nthe mayor", "Which?"),
    )
    assert taken(changed).quote == "opened in 1931 by the mayor"
    assert taken(changed).origin == Origin(via="Hypothesis", quote="opened in 1930 by the mayor")
    assert taken(same).quote == "painted by the mayor"
    assert taken(same).origin == Origin(via="Hypothesis")


def test_a_passage_is_named_by_our_words_around_it() -> None:
    (outcome,) = placed(note("the mayor", prefix="It was painted by ", suffix=" in 1932"))
    found = taken(outcome)
    assert outcome.status in ("found", "uncertain")
    assert (found.quote, bool(found.prefix or found.suffix)) == ("the mayor", True)
    assert (found.prefix, found.suffix) != ("It was painted by", "in 1932"), "no more words than are needed"


def test_one_place_is_enough_where_no_words_around_it_are_told() -> None:
    alone, several, strange = placed(
        note("opened in 1931", prefix=" ", suffix="\n"), note("the mayor"), note("a zebra of glass")
    )
    assert (alone.status, alone.reason) == ("found", "100%: its words stand in exactly one place")
    assert several.status in ("refused", "uncertain") and strange.status == "refused"


def test_a_highlight_without_words_is_told() -> None:
    (outcome,) = placed(note(body=" \n"))
    assert (outcome.status, outcome.annotation) == ("refused", None)
    assert "a highlight without words" in outcome.reason


def test_a_note_on_the_whole_page_keeps_its_draft() -> None:
    (outcome,) = placed(note("  "))
    assert outcome.status == "refused" and outcome.reason.startswith("a note on the whole page")
    assert taken(outcome).note == "Seen."


def test_bare_offsets_are_a_guess_that_says_so() -> None:
    start = TEXT.index("longest")
    (outcome,) = placed(note("", told=Told(start=start, end=start + len("longest"))))
    assert (outcome.status, taken(outcome).quote) == ("uncertain", "longest")
    assert outcome.reason.startswith("only its offsets are told; here they are on “longest”")


def test_a_guess_that_nothing_names_is_refused() -> None:
    text = "\n".join(["the same words again"] * 60)
    start = text.index("same", 600)
    (outcome,) = placed(note("", told=Told(start=start, end=start + len("same words"))), text=text)
    assert outcome.status == "refused" and "only the offsets" in outcome.reason
    (outcome,) = placed(note("same words", prefix="again\nthe ", suffix=" again", start=start), text=text)
    assert outcome.status == "refused" and taken(outcome).note == "Seen."


@pytest.mark.parametrize("sign", ["\x07", "\x7f", "\ufffe", "\ud800"])
def test_what_a_notes_file_cannot_hold_is_refused(sign: str) -> None:
    outcomes = [
        *placed(note(body=f"A bell: {sign}")),
        *placed(restored(since=[{"date": "1931", "what": sign}]), own=True),
    ]
    assert [outcome.reason for outcome in outcomes] == ["it has characters that a notes file cannot hold"] * 2


def test_what_the_site_would_complain_of_is_refused() -> None:
    author = placed(note(), author="nobody")
    assert author[0].status == "refused" and "nobody" in author[0].reason and author[0].annotation is not None


def test_what_was_refused_is_not_known_afterwards() -> None:
    outcomes = placed(note(body="A bell: \x07"), note(body="A bell: \x07"))
    assert statuses(outcomes) == ["refused", "refused"]


# Notes that are here already


def test_the_same_words_on_the_same_passage_are_one_note() -> None:
    (first,) = placed(note())
    outcomes = placed(note(via="CSV"), present=(taken(first),))
    assert (statuses(outcomes), outcomes[0].reason) == (["duplicate"], "it is here already")


def test_white_space_and_quotation_marks_make_no_other_note() -> None:
    (first,) = placed(note(body="A “good” day."))
    assert statuses(placed(note(body='A "good"  day.', via="CSV"), present=(taken(first),))) == ["duplicate"]


def test_one_passage_may_have_several_notes_and_one_note_several_passages() -> None:
    outcomes = placed(note(body="Seen."), note(body="Heard."), note("the longest", body="Seen."))
    assert statuses(outcomes) == ["found"] * 3


def test_a_note_is_known_by_the_words_that_it_was_on() -> None:
    moved = note("opened in 1930 by the mayor", prefix="The bridge was ", suffix=". It is")
    (first,) = placed(moved)
    again = dataclasses.replace(moved, origin=Origin(via="CSV"))
    assert statuses(placed(again, present=(taken(first),))) == ["duplicate"]


def test_a_lasting_identifier_is_known_again_whatever_the_note_says_now() -> None:
    (first,) = placed(note(id=LASTING))
    same = placed(note("the longest", "Edited since.", id=LASTING), present=(taken(first),))
    assert (statuses(same), same[0].reason) == (["duplicate"], "it is here already")
    other = placed(note("the longest", "Edited since.", id=LASTING, via="Recogito"), present=(taken(first),))
    assert statuses(other) == ["found"]


def test_a_short_identifier_only_counts_the_notes_of_one_file() -> None:
    (first,) = placed(note(id=LASTING[:-1]))
    assert statuses(placed(note("the longest", "Another.", id=LASTING[:-1]), present=(taken(first),))) == ["found"]


def test_a_note_without_an_identifier_is_known_by_the_id_that_was_made_of_it() -> None:
    first, second = placed(note(), note("the longest"))
    edited = tuple(taken(one).model_copy(update={"note": "Better.", "quote": "Nobody"}) for one in (first, second))
    again = placed(note(), note("the longest"), present=edited)
    assert statuses(again) == ["duplicate", "duplicate"]
    assert again[0].reason == f"it is here already, as {taken(first).id}"
    assert statuses(placed(note(body="Other words."), present=edited)) == ["found"]


def test_one_text_may_say_the_same_on_the_same_words_in_two_places() -> None:
    first, second = (TEXT.index("the mayor"), TEXT.rindex("the mayor"))
    two = [
        note("the mayor", "Which?", prefix=TEXT[start - 9 : start], suffix=TEXT[start + 9 : start + 18], start=start)
        for start in (first, second)
    ]
    outcomes = placed(*two)
    assert [outcome.status != "duplicate" for outcome in outcomes] == [True, True]
    ids = [taken(outcome).id for outcome in outcomes]
    assert ids[1] == f"{ids[0]}-2"
    assert statuses(placed(*two, two[0]))[2] == "duplicate"
    assert {outcome.status for outcome in placed(*two, present=tuple(map(taken, outcomes)))} == {"duplicate"}


# Ids: another import gives the same ones


@pytest.mark.parametrize(
    ("via", "name", "made"),
    [
        ("Hypothesis", "https://hypothes.is/a/AbC_1/", "hypothesis-abc-1"),
        ("A Very Long Name of a Service", "x", "a-very-long-name-of-x"),
        ("Twenty signs and then", "x", "twenty-signs-and-the-x"),
        ("CSV", "row 7", "csv-row-7"),
        ("注", "7", "7"),
        ("CSV", "7" * 80, "csv-" + "7" * 54),
        ("CSV", "7" * 53 + " 8", "csv-" + "7" * 53),
    ],
)
def test_an_id_is_made_of_where_a_note_comes_from(via: str, name: str, made: str) -> None:
    (outcome,) = placed(note(id=name, via=via))
    assert taken(outcome).id == made


def test_a_note_without_an_identifier_has_one_of_its_words() -> None:
    ids = [taken(one).id for one in placed(note(), note(body="Heard."), note("the longest"), note(via="CSV"))[:3]]
    assert len(set(ids)) == 3
    assert all(name.startswith("hypothesis-") and len(name) == len("hypothesis-") + 10 for name in ids)
    assert [taken(one).id for one in placed(note(), note(body="Heard."), note("the longest"))] == ids


def test_ids_that_are_taken_are_numbered() -> None:
    outcomes = placed(note(id="7"), note("the longest", id="7"), note("Nobody came", id="7"))
    assert [taken(one).id for one in outcomes] == ["hypothesis-7", "hypothesis-7-2", "hypothesis-7-3"]


# Our own exports, where the user vouches for the file


def restored(**more: Any) -> Foreign:
    own = {"id": "a", "quote": "opened in 1931", "kind": "context", "note": "Seen.", "author": "editors"}
    return dataclasses.replace(note(), own=own | {"created": "2025-05-05"} | more)


def test_a_note_of_our_own_comes_back_as_it_was() -> None:
    (outcome,) = placed(restored(), own=True)
    assert (outcome.status, outcome.reason) == ("found", "as it was")
    assert (taken(outcome).id, str(taken(outcome).created), taken(outcome).origin) == ("a", "2025-05-05", None)


def test_without_the_word_of_the_user_it_is_a_strangers() -> None:
    (outcome,) = placed(restored())
    assert (taken(outcome).id != "a", str(taken(outcome).created)) == (True, "2026-01-01")


def test_a_note_of_our_own_that_is_here_is_the_same_or_another() -> None:
    (first,) = placed(restored(), own=True)
    (same,) = placed(restored(), present=(taken(first),), own=True)
    (other,) = placed(restored(note="Heard."), present=(taken(first),), own=True)
    assert (same.status, same.reason) == ("duplicate", "a is here already")
    assert (other.status, other.reason) == ("refused", "the id 'a' is that of another note here")
    assert taken(other).note == "Heard."
    assert statuses(placed(restored(), restored(), own=True)) == ["found", "duplicate"]


def test_a_note_of_our_own_that_is_none_says_where() -> None:
    (outcome,) = placed(restored(sources=[{"id": "S1", "locator": []}]), own=True)
    assert (outcome.status, outcome.annotation) == ("refused", None)
    assert outcome.reason.startswith("sources.0.locator: ")


def test_a_note_of_our_own_whose_passage_is_gone_says_so() -> None:
    (outcome,) = placed(restored(quote="a zebra of glass"), own=True)
    assert outcome.status == "refused" and "not on the page" in outcome.reason and taken(outcome).id == "a"
    (outcome,) = placed(restored(quote="the mayor", prefix="painted by"), own=True)
    assert outcome.status == "found"
