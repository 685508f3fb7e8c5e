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


# In every language the article itself tells which it is: a sentence of ours stands before each.
LANGUAGES = {
    "en": (
        "The town is on the river, and the mayor of it has been in his office for many years.",
        {
            "Mr. Falk paid 40 000 in the 1990s.": ["name Falk", "figure 40 000", "date 1990s"],
            "It fell on Sept. 11, 2001, in the U.S. Army’s yard.": ["date Sept. 11, 2001", "name U.S. Army’s"],
            "There were twenty-five, then fifteen, a fifth of it, ½ of all.": [
                "figure twenty-five", "figure fifteen", "figure a fifth", "figure ½"
            ],
            "At St. Mary’s she said \"it is late\" to them.": ["name St. Mary’s", "quotation \"it is late\""],
            "The singer Łukasz Żółw met Škoda and Óscar.": ["name Łukasz Żółw", "name Škoda", "name Óscar"],
        },
    ),
    "de": (
        "Die Stadt liegt an dem Fluss, und der Bürgermeister ist seit vielen Jahren im Amt.",
        {
            "Es waren z. B. am 3. Mai 2020 einundzwanzig.": ["date 3. Mai 2020", "figure einundzwanzig"],
            "Er nannte es „einen guten Tag“ und zahlte 4.200 €.": ["quotation „einen guten Tag“", "figure 4.200 €"],
        },
    ),
    "fr": (
        "La ville est sur le fleuve, et le maire est dans son bureau depuis des années.",
        {
            "Le 1er mai 2020 elle a, p. ex. pour M. Falk, payé 40 000 €.": ["date 1er mai 2020", "name M. Falk", "figure 40 000 €"],
            "Il a dit « non merci » à quatre personnes.": ["quotation « non merci »", "figure quatre"],
        },
    ),
    "ar": (
        "تقع المدينة على النهر، وكان العمدة في مكتبه من سنوات طويلة على هذا الحال.",
        {"في 3 مارس 2020 دفع ٤٥ دينارا.": ["date 3 مارس 2020", "figure ٤٥"], "قال «لا أعرف» ثم مضى.": ["quotation «لا أعرف»"]},
    ),
    "zh": (
        "这座城市位于河边，市长在任已经很多年了。",
        {"2020年3月4日他付了三百元。": ["date 2020年3月4日", "figure 三百"], "他说「不知道」。": ["quotation 「不知道」"]},
    ),
    "ru": (
        "Город стоит на реке, и мэр его не раз говорил, что это было давно и что он был в нём.",
        {"Тогда Анна Фальк заплатила 45 рублей 3 мая 2020 г. за это.": ["name Анна Фальк", "figure 45", "date 3 мая 2020 г."]},
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [(language, text, found) for language, (_, texts) in LANGUAGES.items() for text, found in texts.items()],
)
def test_what_is_found_in_other_languages(language: str, text: str, expected: list[str]) -> None:
    found = coverage(f"{LANGUAGES[language][0]}\n{text}", [])
    assert found.language == language
    gaps = [gap for sentence in found.sentences for gap in sentence.gaps]
    own = coverage(LANGUAGES[language][0], [])
    before = sum(len(sentence.gaps) for sentence in own.sentences)
    assert [f"{gap.kind} {gap.text}" for gap in gaps[before:]] == expected
    assert len([sentence for sentence in found.sentences if sentence.text in text]) == 1, "no sentence is torn"


def test_what_cannot_be_seen_is_said() -> None:
    assert coverage(LANGUAGES["en"][0], []).unseen == ()
    assert coverage(LANGUAGES["zh"][0], []).unseen == ("name",)
    russian = coverage(LANGUAGES["ru"][0], [])
    assert russian.unseen == ("number_word",)
    assert not russian.is_share_known
    unknown = coverage(
        "Vanhan kaupungin silta kaatui jokeen kovana pakkastalvena eikä kukaan ollut silloin paikalla. " * 3, []
    )
    assert (unknown.language, unknown.unseen) == ("und", ("number_word", "date"))


def test_a_hundred_thousand_figures_in_one_paragraph_take_no_longer_than_each_of_them() -> None:
    import time

    def seconds(count: int) -> float:
        text = ", ".join(f"{number},5" for number in range(count))
        started = time.process_time()
        assert coverage(text, []).covered["figure"] == (0, count)
        return time.process_time() - started

    small = min(seconds(10_000) for _ in range(3))
    assert seconds(100_000) < max(30 * small, 1.0)
