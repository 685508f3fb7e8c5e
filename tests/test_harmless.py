"""What may be written unasked: nothing that changes what a passage claims."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postil.reanchor import CERTAIN, Found, Selectors, reanchor
from postil.reanchor.harmless import Passage, small_words, telling_changes

# Texts of our own making, for no other use: one block before the passage, the passage, one behind it.
TEXTS = {
    "en": (
        "The harbour lies in the north of the town, and for many years it was the only one of the coast.",
        "In the spring the council counted 4,200 boats of 12 metres in the old basin, and most of them were empty.",
        "Nobody has counted them again, and the basin is now a park with trees and a pond.",
    ),
    "de": (
        "Der Hafen liegt im Norden der Stadt, und er war lange der einzige an der Küste.",
        "Im Frühjahr zählte der Rat der Stadt 4.200 Boote von 12 Metern in dem alten Becken, und die meisten waren leer.",
        "Seitdem hat sie niemand mehr gezählt, und das Becken ist ein Park mit Bäumen und einem Teich.",
    ),
    "fr": (
        "Le port est dans le nord de la ville, et il a été pendant des années le seul de la côte.",
        "Au printemps le conseil de la ville a compté 4 200 bateaux de 12 mètres dans le vieux bassin, et la plupart "
        "étaient vides.",
        "On les a laissés là, et le bassin est devenu un parc avec des arbres et une mare.",
    ),
    "ar": (
        "يقع الميناء في شمال المدينة، وكان على مدى سنوات طويلة الوحيد على الساحل.",
        "في الربيع أحصى مجلس المدينة 4200 قارب بطول 12 مترا في الحوض القديم، وكان معظمها خاليا من الناس.",
        "ومن ذلك الوقت صار الحوض حديقة فيها أشجار وبركة ماء صغيرة.",
    ),
    "zh": (
        "港口位于城市的北部，多年来是这条海岸上唯一的港口。",
        "春天，市议会在旧港池里数出了4200条12米长的船，其中大多数是空的。",
        "后来再也没有人数过它们，港池变成了一座有树和池塘的公园。",
    ),
}
LANGUAGES = st.sampled_from(sorted(TEXTS))


def outcome(language: str, new: str, old: str | None = None) -> Found:
    """What becomes of the passage where its words are now others."""
    before, passage, after = TEXTS[language]
    passage = old or passage
    text = f"{before}\n{passage}\n{after}"
    known = Selectors(passage, start=len(before) + 1, end=len(before) + 1 + len(passage))
    (found,) = reanchor(text, f"{before}\n{new}\n{after}", [known])
    assert isinstance(found, Found)
    return found


@given(LANGUAGES, st.sampled_from(["4,200|4.200|4 200|4200", "12"]), st.integers(0, 99_999))
@settings(max_examples=150, deadline=None)
def test_a_changed_figure_is_never_written_unasked(language: str, figures: str, number: int) -> None:
    passage = TEXTS[language][1]
    figure = next(one for one in figures.split("|") if one in passage)
    found = outcome(language, passage.replace(figure, str(number), 1))
    if str(number) != figure:
        assert not found.is_certain
        assert found.confidence < CERTAIN
        assert any(change.kind in ("figure", "end") for change in found.changes)


@given(LANGUAGES, st.data())
@settings(max_examples=150, deadline=None)
def test_words_that_an_end_has_lost_are_never_cut_off_unasked(language: str, data: st.DataObject) -> None:
    passage = TEXTS[language][1]
    words = list(passage) if language == "zh" else passage.split(" ")
    count = data.draw(st.integers(1, 4))
    kept = words[count:] if data.draw(st.booleans()) else words[:-count]
    sign = "" if language == "zh" else " "
    assert not outcome(language, sign.join(kept)).is_certain


@given(LANGUAGES, st.integers(1, 9), st.data())
@settings(max_examples=60, deadline=None)
def test_a_figure_that_is_put_in_or_taken_out_is_asked(language: str, number: int, data: st.DataObject) -> None:
    passage = TEXTS[language][1]
    places = [place for place, sign in enumerate(passage) if sign == " " or language == "zh"][3:-3]
    place = data.draw(st.sampled_from(places))
    assert not outcome(language, f"{passage[:place]} {number} {passage[place:].lstrip()}").is_certain
    old = f"{passage[:place]} {number} {passage[place:].lstrip()}"
    assert not outcome(language, passage, old).is_certain


HARMLESS = {
    "en": ("the old basin", "the old and wide basin"),
    "de": ("dem alten Becken", "dem alten und breiten Becken"),
    "fr": ("le vieux bassin", "le vieux et large bassin"),
    "ar": ("الحوض القديم", "الحوض الكبير القديم"),
    "zh": ("旧港池里", "旧的港池里"),
}


@pytest.mark.parametrize(("language", "words"), HARMLESS.items())
def test_a_harmless_change_is_written(language: str, words: tuple[str, str]) -> None:
    found = outcome(language, TEXTS[language][1].replace(*words))
    assert found.changes == ()
    assert found.is_certain


# language, old words, new words, the kind that is seen (None: harmless)
CHANGES = [
    ("en", "The tower cost four", "The tower cost", "end"),
    ("en", "The tower cost four million", "The tower cost nine million", "number"),
    ("en", "item number 30 came", "item number 30", "end"),
    ("en", "rose by 12 per cent", "rose by 21 per cent", "figure"),
    ("en", "rose by 12 per cent", "rose by 12 points", "unit"),
    ("en", "rose by 12 %", "rose by 12", "unit"),
    ("en", "in 1931 the bridge fell", "in 1931 the old bridge fell", None),
    ("en", "it fell in May and was sold", "it fell in June and was sold", "date"),
    ("en", "as Edda Falk said there", "as Edda Berg said there", "name"),
    ("en", "so the bridge was open", "so the bridge was not open", "negation"),
    ("en", "so it wasn’t open then", "so it was open then", "negation"),
    ("en", "it may fall soon", "it must fall soon", "modal"),
    ("en", "the alleged thief was there", "the thief was there", "modal"),
    ("en", "he said “it is red” to me", "he said “it was red” to me", "quotation"),
    ("en", "he said it is red to me", "he said “it is red” to me", "quotation"),
    ("en", "he said “it is red” to me", 'he said "it is red" to me', None),
    ("en", "the colour of the bridge is grey", "the color of the bridge is grey", None),
    ("en", "so the bridge isn’t open", "so the bridge is not open", None),
    ("en", "they cannot see it here", "they can’t see it here", None),
    ("en", "they couldn’t see it here", "they shouldn’t see it here", "modal"),
    ("en", "he said “it is red.” Then", "he said “it is red”. Then", None),
    ("en", "he said “it is red.” Then", "he said “it is red?” Then", "quotation"),
    ("en", "so Wal-Mart sold it there", "so Walmart sold it there", None),
    ("en", "it is in chapter 16 of it", "it is in Chapter 16 of it", None),
    ("en", "they asked us for it", "they asked US for it", "name"),
    ("en", "a chapter of the book", "a chapter of the Chapter book", "name"),
    ("en", "so they sold nine boats there", "so they sold 9 boats there", "number"),
    ("en", "rose by 12 per cent there", "rose by 12% there", None),
    ("en", "he said “how do I go” there", "he said “How do I go” there", None),
    ("en", "he said “how do I go” there", "he said “How did I go” there", "quotation"),
    ("ja", "手紙を出すまえに読む", "手紙を出す前に読む", None),
    ("de", "der Turm kostete vier Millionen", "der Turm kostete neun Millionen", "number"),
    ("de", "es waren einundzwanzig Boote da", "es waren zweiundzwanzig Boote da", "number"),
    ("de", "er darf das Haus bauen", "er muss das Haus bauen", "modal"),
    ("de", "das war kein guter Plan", "das war ein guter Plan", "negation"),
    ("de", "es war im März schon da", "es war im Mai schon da", "date"),
    ("fr", "la tour a coûté quatre millions", "la tour a coûté neuf millions", "number"),
    ("fr", "il n’est pas venu ce jour", "il est venu ce jour", "negation"),
    ("fr", "il doit venir ce jour", "il peut venir ce jour", "modal"),
    ("fr", "c’était en mars à la gare", "c’était en avril à la gare", "date"),
    ("es", "el puente no estaba abierto", "el puente estaba abierto", "negation"),
    ("pt", "a ponte pode cair logo", "a ponte deve cair logo", "modal"),
    ("ar", "كلف البرج أربعة ملايين دينار", "كلف البرج تسعة ملايين دينار", "number"),
    ("ar", "لم يكن الجسر مفتوحا هناك", "كان الجسر مفتوحا هناك", "negation"),
    ("ar", "ولم يكن الجسر مفتوحا هناك", "وقد كان الجسر مفتوحا هناك", "modal"),
    ("ar", "كان ذلك في مارس هناك", "كان ذلك في مايو هناك", "date"),
    ("ar", "بلغ العدد ١٢ شخصا هناك", "بلغ العدد 12 شخصا هناك", None),
    ("zh", "这座桥长三百米左右", "这座桥长五百米左右", "number"),
    ("zh", "这座桥没有开放过", "这座桥有开放过", "negation"),
    ("zh", "这座桥可能倒塌过", "这座桥必须倒塌过", "modal"),
    ("zh", "这是一个很好的桥", "这是个很好的桥", None),
    ("ja", "橋を1931年に開いた", "橋を1932年に開いた", "figure"),
    ("ja", "橋はロンドンにあった", "橋はベルリンにあった", "name"),
    ("und", "most został otwarty rano", "most został zamknięty rano", "word"),
]


@pytest.mark.parametrize(("language", "old", "new", "kind"), CHANGES)
def test_what_is_seen(language: str, old: str, new: str, kind: str | None) -> None:
    found = telling_changes(Passage(old, "so "), Passage(new, "so "), language, small_words(old + new))
    assert {change.kind for change in found} >= ({kind} if kind else set())
    assert bool(found) == bool(kind), [str(change) for change in found]


def test_the_first_word_of_a_sentence_is_no_name_where_the_text_has_it_in_small_letters() -> None:
    common = small_words("the bridge and its mayor")
    assert telling_changes(Passage("Mayor came."), Passage("The mayor came."), "en", common) == ()
    (change,) = telling_changes(Passage("Falk came."), Passage("Berg came."), "en", common)
    assert (change.kind, change.old, change.new) == ("name", "Falk", "Berg")


def test_the_first_word_of_a_sentence_is_a_name_where_it_is_one_on_the_other_side() -> None:
    common = small_words("rust on the iron of the bridge, and why it's there")
    one, other = Passage("Rust is a language."), Passage("The Rust language is one.")
    assert "name" not in {change.kind for change in telling_changes(one, other, "en", common)}
    assert telling_changes(Passage("Why did it fall?"), Passage("How did it fall?"), "en", frozenset()) == ()
    (change,) = telling_changes(Passage("Rust is old there."), Passage("Gold is old, Rust is there."), "en", common)[
        -1:
    ]
    assert change.kind == "name"


def test_a_quotation_that_begins_before_the_passage_is_seen() -> None:
    old, new = (
        Passage("it is red", "He said “now ", " and wide” there."),
        Passage("it was red", "He said “now ", " and wide” there."),
    )
    assert "quotation" in {change.kind for change in telling_changes(old, new, "en", frozenset())}


def test_a_sentence_that_goes_on_is_asked() -> None:
    old, new = Passage("It protects the site."), Passage("It protects the site", "", " through shared work.")
    (change,) = telling_changes(old, new, "en", frozenset(["it"]))
    assert (change.kind, change.new) == ("end", "through shared work.")
