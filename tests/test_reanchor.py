"""Passages found again after edits: what holds for any text, and how often it is right on made-up edits."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from conftest import ROOT
from edited import cases
from postil.files.snapshot import parse, render
from postil.reanchor import Found, Refused, Selectors, reanchor

# An article as it once was: another text would give other cases, and other shares.
ARTICLE = parse((ROOT / "tests/texts/article.txt").read_text("utf-8"))

# Latin, outside of the BMP, right to left, without spaces.
WORDS = [
    "bridge mayor harbour council winter engine river budget question paper letter garden station window".split(),
    "𝔟𝔯𝔦𝔡𝔤𝔢 𝔪𝔞𝔶𝔬𝔯 😀 𝔥𝔞𝔯𝔟𝔬𝔲𝔯 𝔠𝔬𝔲𝔫𝔠𝔦𝔩 🚀🚀 𝔴𝔦𝔫𝔱𝔢𝔯 𝔢𝔫𝔤𝔦𝔫𝔢 𝔯𝔦𝔳𝔢𝔯 𝔟𝔲𝔡𝔤𝔢𝔱 𝔮𝔲𝔢𝔰𝔱𝔦𝔬𝔫 𝔭𝔞𝔭𝔢𝔯 𝔩𝔢𝔱𝔱𝔢𝔯".split(),
    "الجسر العمدة الميناء المجلس الشتاء المحرك النهر الميزانية السؤال الورقة الرسالة الحديقة المحطة".split(),
    "大橋 市長 港湾 議会 冬季 機関 河川 予算 質問 新聞 手紙 庭園 駅舎 窓辺".split(),
]
ANY = st.text(st.sampled_from("abc éß\u0301א字𝔘😀\u00ad“”–.,\n\t\x00"), max_size=80)


@st.composite
def texts(draw: st.DrawFn) -> list[str]:
    """Eight paragraphs, no two of them alike: words by chance, and each has its number."""
    words = draw(st.sampled_from(WORDS))
    chance = draw(st.randoms(use_true_random=True))  # else all words are made the same, and so are the paragraphs
    return [" ".join(f"{chance.choice(words)}{number * 20 + place}" for place in range(20)) for number in range(8)]


PLACES = st.tuples(st.integers(0, 7), st.integers(0, 13), st.integers(6, 20))


def passage(paragraphs: list[str], place: tuple[int, int, int], *, snapshot: bool) -> tuple[str, str | None, Selectors]:
    """The text, what the engine is given of it, and a passage: paragraph, first word and number of words."""
    text = "\n".join(paragraphs)
    number, first, count = place
    words = paragraphs[number].split()[first : first + count]
    quote = " ".join(words)
    start = text.index(quote, sum(len(paragraph) + 1 for paragraph in paragraphs[:number]))
    end = start + len(quote)
    known = Selectors(quote, text[max(0, start - 32) : start], text[end : end + 32], start, end)
    return text, text if snapshot else None, known


@given(texts(), PLACES, st.booleans())
@settings(max_examples=25, deadline=None)
def test_an_unchanged_text_keeps_every_span(paragraphs: list[str], place: tuple[int, int, int], snapshot: bool) -> None:
    text, old, known = passage(paragraphs, place, snapshot=snapshot)
    (found,) = reanchor(old, text, [known])
    assert isinstance(found, Found)
    assert (found.span.start, found.span.end) == (known.start, known.end)
    assert found.is_certain


@given(texts(), PLACES, st.booleans())
@settings(max_examples=25, deadline=None)
def test_a_passage_that_was_cut_out_is_refused(
    paragraphs: list[str], place: tuple[int, int, int], snapshot: bool
) -> None:
    text, old, known = passage(paragraphs, place, snapshot=snapshot)
    assert known.start is not None and known.end is not None
    (refused,) = reanchor(old, text[: known.start] + text[known.end :], [known])
    assert isinstance(refused, Refused)


@given(texts(), PLACES, st.booleans(), st.lists(st.sampled_from(WORDS[0]), min_size=1, max_size=30))
@settings(max_examples=25, deadline=None)
def test_edits_far_away_change_nothing(
    paragraphs: list[str], place: tuple[int, int, int], snapshot: bool, words: list[str]
) -> None:
    _, old, known = passage(paragraphs, place, snapshot=snapshot)
    far = (place[0] + 4) % 8
    changed = [*paragraphs[:far], " ".join(words), *paragraphs[far + 1 :]]
    (found,) = reanchor(old, "\n".join(changed), [known])
    assert isinstance(found, Found)
    assert "\n".join(changed)[found.span.start : found.span.end] == known.quote


@given(texts(), PLACES, st.booleans(), st.integers(1, 7))
@settings(max_examples=25, deadline=None)
def test_a_note_moves_with_its_paragraph(
    paragraphs: list[str], place: tuple[int, int, int], snapshot: bool, step: int
) -> None:
    _, old, known = passage(paragraphs, place, snapshot=snapshot)
    other = (place[0] + step) % 8
    swapped = list(paragraphs)
    swapped[place[0]], swapped[other] = swapped[other], swapped[place[0]]
    (found,) = reanchor(old, "\n".join(swapped), [known])
    assert isinstance(found, Found)
    assert "\n".join(swapped)[found.span.start : found.span.end] == known.quote


@given(ANY | st.none(), ANY, ANY, ANY, ANY, st.integers(-3, 90), st.integers(-3, 90))
def test_no_text_raises(old: str | None, new: str, quote: str, prefix: str, suffix: str, start: int, end: int) -> None:
    for known in (Selectors(quote), Selectors(quote, prefix, suffix, start, end, prefix)):
        (outcome,) = reanchor(old, new, [known])
        if isinstance(outcome, Found):
            assert 0 <= outcome.span.start < outcome.span.end <= len(new)
            assert 0 <= outcome.confidence <= 1
        else:
            assert "\n" not in outcome.message
            assert all(0 <= candidate.score <= 1 for candidate in outcome.candidates)


EDITED = "It rained. The bridge was opened to all traffic in 1931 by the mayor of the town. Nobody came."
COPY = "The bridge was opened in 1931 by the mayor of the town."
FILLING = "\n".join(
    f"Paragraph {number} tells of the {word} and of the {other}."
    for number, (word, other) in enumerate(zip(WORDS[0], WORDS[0][3:], strict=False))
)
KNOWN = Selectors(COPY, "It rained. ", " Nobody came.", 11, 66)


def test_a_copy_out_of_its_context_never_beats_the_edited_passage() -> None:
    old = f"It rained. {COPY} Nobody came.\n{FILLING}"
    new = f"{EDITED}\n{FILLING}\nIn big letters: {COPY}"
    for known_text in (old, None):
        (outcome,) = reanchor(known_text, new, [KNOWN])
        assert isinstance(outcome, Refused) or outcome.span.end < len(EDITED)


def test_a_copy_elsewhere_is_not_the_passage_that_was_cut_out() -> None:
    beside = "The ferries were crowded that year, and the mills stood still."
    old = f"It rained all through that long summer. {COPY} Nobody came to see the ribbon cut."
    new = f"{old.replace(COPY + ' ', '')}\n{FILLING}\n{beside} {COPY} {beside}"
    start = old.index(COPY)
    known = Selectors(COPY, old[start - 32 : start], old[start + len(COPY) :][:32], start, start + len(COPY))
    (outcome,) = reanchor(None, new, [known])
    assert isinstance(outcome, Refused)
    assert outcome.reason == "elsewhere"
    assert new[outcome.candidates[0].span.start : outcome.candidates[0].span.end] == COPY


def test_a_refrain_in_the_same_surroundings_is_ambiguous() -> None:
    stanza = "It rained.\nThe bridge was open.\nNobody came."
    (outcome,) = reanchor(
        None, f"{stanza}\n{FILLING}\n{stanza}", [Selectors("The bridge was open.", "rained.\n", "\nNobody")]
    )
    assert isinstance(outcome, Refused)
    assert outcome.reason == "ambiguous"
    assert len(outcome.candidates) == 2


@pytest.mark.parametrize("snapshot", [True, False])
def test_a_clause_at_the_end_of_a_sentence_belongs_to_the_passage(snapshot: bool) -> None:
    grown = COPY.removesuffix(".") + ", who had a long speech ready and read it out in the rain to the last page."
    old = f"It rained. {COPY} Nobody came.\n{FILLING}"
    new = old.replace(COPY, grown)
    (outcome,) = reanchor(old if snapshot else None, new, [KNOWN])
    assert isinstance(outcome, Found)
    assert new[outcome.span.start : outcome.span.end] == grown


@pytest.mark.parametrize("snapshot", [True, False])
def test_words_at_the_edges_that_were_replaced_one_by_one_belong_to_the_passage(snapshot: bool) -> None:
    quote, new_quote = (
        "Roughly 45 lorries and carriages crossed it daily",
        "About 45 lorries and carriages crossed it hourly",
    )
    old = f"{FILLING}\nIt is closed. {quote}, they say. Nobody counts.\n{FILLING}"
    new = old.replace(quote, new_quote)
    start = old.index(quote)
    known = Selectors(quote, old[start - 32 : start], old[start + len(quote) :][:32], start, start + len(quote))
    (outcome,) = reanchor(old if snapshot else None, new, [known])
    assert isinstance(outcome, Found)
    assert new[outcome.span.start : outcome.span.end] == new_quote


def test_half_a_passage_between_other_neighbours_is_refused() -> None:
    before = "It rained all through that long summer, and each mill beside our canal stood empty."
    old = f"{FILLING}\n{before} {COPY} Nobody came.\nThe ferries were crowded for many years afterwards."
    other = "The bridge was closed by frost while the mayor of another place slept."
    new = f"{FILLING}\nTrains ran late on most lines. {other} Snow fell on roofs.\nHotels had no rooms left at Easter."
    start = old.index(COPY)
    known = Selectors(COPY, old[start - 32 : start], old[start + len(COPY) :][:32], start, start + len(COPY))
    (outcome,) = reanchor(old, new, [known])
    assert isinstance(outcome, Refused)
    assert outcome.candidates


@pytest.mark.parametrize(("shift", "found"), [(0, True), (2, True), (90, False)])
def test_a_refrain_is_told_by_its_position_where_that_is_clear(shift: int, found: bool) -> None:
    stanza = "It rained.\nThe bridge was open.\nNobody came."
    old = f"{FILLING}\n{stanza}\n{FILLING}\n{stanza}"
    start = old.index("The bridge was open.")
    known = Selectors("The bridge was open.", "rained.\n", "\nNobody", start, start + 20)
    (outcome,) = reanchor(None, "x" * shift + old, [known])
    assert isinstance(outcome, Found) == found
    if isinstance(outcome, Found):
        assert outcome.span.start == start + shift
        assert not outcome.is_certain


def test_a_heading_tells_two_places_apart() -> None:
    stanza = "It rained.\nThe bridge was open.\nNobody came."
    text = f"{stanza}\n{FILLING}\nIts end\n{stanza}"
    (outcome,) = reanchor(None, text, [Selectors("The bridge was open.", "rained.\n", "\nNobody", heading="Its end")])
    assert isinstance(outcome, Found)
    assert outcome.span.start > text.index("Its end")


@pytest.mark.parametrize(
    ("snapshot", "right", "wrong", "placed"), [(True, 0.95, 0.01, 0.01), (False, 0.88, 0.015, 0.1)]
)
def test_made_up_edits_of_the_article(snapshot: bool, right: float, wrong: float, placed: float) -> None:
    there, gone = Counter[str](), Counter[str]()
    for case in cases(ARTICLE, each=10, seed=2):
        known = Selectors(case.exact, case.prefix, case.suffix, case.start, case.end)
        (outcome,) = reanchor(case.old if snapshot else None, case.new, [known])
        if not isinstance(outcome, Found):
            what = "refused"
        elif case.truth is None:
            what = "placed"
        else:
            shared = min(outcome.span.end, case.truth[1]) - max(outcome.span.start, case.truth[0])
            whole = max(outcome.span.end, case.truth[1]) - min(outcome.span.start, case.truth[0])
            what = "right" if shared >= whole / 2 else "wrong"
        (there if case.truth else gone)[what] += 1
    assert there["right"] >= right * there.total(), there
    assert there["wrong"] <= wrong * there.total(), there
    assert gone["placed"] <= placed * gone.total(), gone


@given(st.lists(st.text(st.sampled_from("ab .!?。」”'é字😀\u2028\u00a0"), min_size=1, max_size=40), max_size=6))
def test_a_snapshot_gives_the_reading_text_back(blocks: list[str]) -> None:
    text = "\n".join(filter(None, (" ".join(part for part in block.split(" ") if part) for block in blocks)))
    assume(text == text.strip(" \n"))
    assert parse(render(text)) == text
    assert parse(render(text).replace("\n", "\r\n")) == text


def test_a_snapshot_has_one_sentence_a_line() -> None:
    text = "Its end\nIt fell. “Who knew?” asked Mr. X.\n橋が落ちた。誰も見なかった。"
    assert (
        render(text).split("\n\n", 1)[1]
        == "Its end\n\nIt fell.\n“Who knew?”\nasked Mr.\nX.\n\n橋が落ちた。\n\t誰も見なかった。\n"
    )
