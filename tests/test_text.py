"""Reading, normalizing and anchoring by themselves: constants and edges, each with the value that it must have."""

from __future__ import annotations

import pytest

from postil.files.notes_file import read_annotations
from postil.reanchor.plan import steps
from postil.text.anchor import CONTEXT_WORDS, TOLD, Anchorer, Refusal, Span, _whole_words
from postil.text.markdown_signs import without_markdown
from postil.text.reading import read
from postil.text.reading_text import Reading
from postil.text.typed import fold_typed


def shown(reading: Reading, words: str) -> list[str]:
    """The HTML that shows some words of a reading text."""
    start = reading.text.index(words)
    return [f"{piece.start}-{piece.end}" for piece in reading.pieces(start, start + len(words))]


def after(html: str, words: str) -> str:
    """The HTML before the place where the note on some words stands."""
    reading = read(html)
    return html[: reading.note_place(reading.text.index(words) + len(words))]


# Reading: elements whose end tag is left out


@pytest.mark.parametrize(
    ("html", "words", "before"),
    [
        ("<ul><li>one<li>two</ul>", "one", "<ul><li>one"),
        ("<ul><li>one<ul><li>in</ul><li>two</ul>", "one", "<ul><li>one"),
        ("<ul><li>one<ul><li>in</ul><li>two</ul>", "in", "<ul><li>one<ul><li>in"),
        ("<p>one<p>two", "one", "<p>one"),
        ("<p>one <em>x<p>two</p>three</em>", "two", "<p>one <em>x<p>two</p>"),
        ("<dl><dt>a<p>b<dd>c</dd></dl>x", "c", "<dl><dt>a<p>b<dd>c"),
        ("<ul><li><em>a<p>b<li>c</li></ul>x", "c", "<ul><li><em>a<p>b<li>c"),
        ("<p>one<div>two</div>", "one", "<p>one"),
        ("<dl><dt>term<dd>sense<dt>next</dl>", "sense", "<dl><dt>term<dd>sense"),
        ("<dl><dt>term<dd>sense</dl>x", "term", "<dl><dt>term<dd>sense</dl>"),
        ("<table><tr><td>a<td>b<tr><td>c</table>x", "a", "<table><tr><td>a<td>b<tr><td>c</table>"),
        ("<select><option>a<option>b</select><p>c", "c", "<select><option>a<option>b</select><p>c"),
        ("<blockquote><p>one</blockquote><p>two", "one", "<blockquote><p>one</blockquote>"),
        ("<details><summary>one</summary><p>two</details>x", "one", "<details><summary>one</summary><p>two</details>"),
        ("<fieldset><legend>one</legend>two</fieldset>x", "one", "<fieldset><legend>one</legend>two</fieldset>"),
        ("<table><caption>one</caption><tr><td>a</table>x", "one", "<table><caption>one</caption><tr><td>a</table>"),
        ("<dt>one</dt>two", "one", "<dt>one</dt>"),  # without the element that should hold it
        ("<dl><dt>a</dt><dd><dl><dt>b</dt></dl></dd></dl>x", "b", "<dl><dt>a</dt><dd><dl><dt>b</dt></dl>"),
        ('<div class="highlight"><pre>a</pre></div>b', "a", '<div class="highlight"><pre>a</pre></div>'),
        ("<em><p>one</p></em>two", "one", "<em><p>one</p></em>"),
    ],
)
def test_where_a_note_stands(html: str, words: str, before: str) -> None:
    assert after(html, words) == before


def test_an_implied_end_reaches_no_further_than_its_list() -> None:
    html = "<ul><li>one<ol><li>in</ol>more</li></ul>"
    assert read(html).text == "one\nin\nmore"
    assert after(html, "more") == "<ul><li>one<ol><li>in</ol>more"


def test_a_link_waits_for_the_end_of_a_link() -> None:
    html = "<p>see <a href=x>the <em>list</em> there</a> now"
    reading = read(html)
    assert html[: reading.link_place(reading.text.index("list") + 4)] == "<p>see <a href=x>the <em>list</em> there</a>"
    assert html[: reading.link_place(3)] == "<p>see"


# Reading: one thing


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ('a <img alt="b &amp;  c"> d', "a b & c d"),
        ('a <img alt=""> d', "a d"),
        ('a <img title="x alt=y"> d', "a d"),
        ("a <img alt='q'>d", "a qd"),
        ('<svg role="img" aria-label="A drawing"><path/></svg> d', "A drawing d"),
        ("<svg><title>x</title></svg> d", "d"),
        ('x <span class="arithmatex">\\(a &lt; b\\)</span>', "x a < b"),
        ('x <span class="arithmatex"><span class="MathJax_Preview">p</span><script type="math/tex">a<b</script></span>', "x a<b"),
        ('x <math alttext="a^2"><mi>a</mi></math>', "x a^2"),
        ("x <math><mi>a</mi><mo>+</mo><mi>b</mi></math> y", "x a+b y"),
        ('x <span class="katex">no formula</span> y', "x no formula y"),
        ('x <span class="arithmatex">never closed', "x"),
        ('<div class="toc"><ul><li><a href="#a">A</a></li></ul></div><h1>A</h1>', "A"),
        ('<div class="toc"><p>Words of my own</p></div>', "Words of my own"),
        ("<ruby>橋<rt>はし<rp>)</ruby>を", "橋を"),
        ("a <rt>b", "a b"),
    ],
)  # fmt: skip
def test_what_stands_for_pictures_and_formulas(html: str, text: str) -> None:
    assert read(html).text == text


def test_an_atom_is_marked_as_a_whole() -> None:
    html = '<p>The law <span class="arithmatex">\\(E=mc\\)</span> holds'
    reading = read(html)
    assert reading.prose == "The law      holds"
    assert shown(reading, "mc") == [f"{html.index('<span')}-{html.index(' holds')}"]
    assert len(reading.pieces(0, len(reading.text))) == 1


# As people type


@pytest.mark.parametrize(
    ("page", "typed"),
    [
        ("oﬃcial ﬁgure", "official figure"),
        ("می‌خواهم", "میخواهم"),
        ("❤️ x", "❤ x"),
        ("« Non ! »", '"Non !"'),
        ("«Non»", "« Non »"),
        ("Hawaiʻi, O´Brien, rock`n", "Hawai'i, O'Brien, rock'n"),
        ("２０２４年、ＡＢ Ⅷ", "2024年、AB VIII"),
        ("ﻻ", "لا"),
        ("橋は 一九三一年", "橋は一九三一年"),
        ("½ © ™ ± ≠ → ← ↔ ℅", "1/2 (c) (tm) +/- =/= --> <-- <--> c/o"),
        ("1½", "1 1/2"),
        ("ｶﾞｽ", "ガス"),
        ("كــتاب", "كتاب"),
        ("ŉ", "'n"),
        ("a\ufe0fb", "ab"),
    ],
)
def test_typed_and_shown_are_one(page: str, typed: str) -> None:
    assert isinstance(Anchorer(f"x {page} y").find(typed), Span)
    assert fold_typed(page).text == fold_typed(typed).text


@pytest.mark.parametrize(
    ("page", "typed"), [("10⁶", "106"), ("H₂O", "H2O"), ("①", "1"), ("bear", "Bear"), ("1½", "11/2"), ("a b", "ab")]
)
def test_what_only_resembles_is_not_found(page: str, typed: str) -> None:
    assert isinstance(Anchorer(page).find(typed), Refusal)


def test_a_variation_sign_stays_with_its_sign() -> None:
    assert Anchorer("a ❤️ b").find("❤ b") == Span(2, 6)
    assert Anchorer("ab ❤️").find("b ❤") == Span(1, 5)
    assert Anchorer("a\ufe00\ufe0f b").find("a") == Span(0, 3)


def test_what_stands_as_it_is_comes_first() -> None:
    assert Anchorer("oﬃce and office").find("office") == Span(9, 15)
    assert isinstance(Anchorer("oﬃce and oﬃce").find("office"), Refusal)


# Refusals


def test_a_message_names_five_places() -> None:
    for count in (TOLD, TOLD + 1, TOLD + 2):
        found = Anchorer(" ".join(f"x{number} word" for number in range(count))).find("word")
        assert isinstance(found, Refusal)
        assert found.message.count("with prefix") == min(count, 5)
        assert ("more" in found.message) == (count > 5)
        assert ("and 1 more" in found.message) == (count == 6)
        assert ("and 2 more" in found.message) == (count == 7)
        assert len(found.candidates) == count


def test_a_hint_has_six_words_at_most() -> None:
    for count in (5, 6):
        shared = " ".join(f"w{number}" for number in range(count))
        before, after = f"{shared} word", f"word {shared}"
        found = Anchorer(f"a {before} b c {after[5:]} d. e {before} f {after[5:]} g").find("word")
        assert isinstance(found, Refusal)
    shared = "one two three four five"
    text = f"a {shared} word {shared} b. c {shared} word {shared} d"
    found = Anchorer(text).find("word")
    assert isinstance(found, Refusal)
    assert [candidate.hint for candidate in found.candidates] == [f'prefix: "a {shared}"', f'prefix: "c {shared}"']
    found = Anchorer(text.replace(shared, f"{shared} six")).find("word")
    assert isinstance(found, Refusal)
    assert [candidate.hint for candidate in found.candidates] == ["", ""]
    assert "(a longer quote is needed)" in found.message
    assert CONTEXT_WORDS == 6


def test_the_shorter_hint_wins_and_quotation_marks_are_kept() -> None:
    found = Anchorer('say "a word here. say "a word there').find("word")
    assert isinstance(found, Refusal)
    assert [candidate.hint for candidate in found.candidates] == ['suffix: "here."', 'suffix: "there"']
    found = Anchorer('an "old" word; a new word; an').find("word")
    assert isinstance(found, Refusal)
    assert found.candidates[0].hint == "prefix: '\"old\"'"


def test_the_nearest_words_are_half_alike_at_least() -> None:
    nearest = Anchorer("The bridge fell down in spring.").find("The bridges fell")
    assert isinstance(nearest, Refusal)
    assert [(candidate.text, round(candidate.score, 2)) for candidate in nearest.candidates] == [
        ("The bridge fell", 0.97)
    ]
    far = Anchorer("zzzz qqqq").find("The bridges fell")
    assert far == Refusal("missing", "these words are not on the page")
    for text, quote, is_named in (
        ("axbyz", "abcde", True),  # 57 %
        ("aUVWWX", "abc", True),  # 50 %
        ("XaXXbXXcXXdXX", "abcdefghij", False),  # 40 %
    ):
        found = Anchorer(text).find(quote)
        assert isinstance(found, Refusal)
        assert bool(found.candidates) == is_named, text


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (0, 3, "one"),
        (1, 3, "one"),
        (0, 2, "one"),
        (3, 6, "two"),
        (0, 4, "one"),
        (4, 9, "two,"),
        (4, 10, "two, three"),
        (4, 7, "two"),
        (4, 8, "two,"),
        (3, 4, ""),
    ],
)
def test_whole_words(start: int, end: int, words: str) -> None:
    text = "one two, three"
    first, last = _whole_words(text, start, end)
    assert text[first:last] == words


def test_what_stands_as_it_is_comes_first_without_its_context_too() -> None:
    found = Anchorer("oﬃce x office").find("office", prefix="zzz")
    assert isinstance(found, Refusal)
    assert [candidate.span for candidate in found.candidates] == [Span(7, 13)]


def test_a_place_at_the_beginning_is_named_by_what_follows() -> None:
    found = Anchorer("word b").find("word", prefix="x")
    assert isinstance(found, Refusal)
    assert [candidate.hint for candidate in found.candidates] == ['suffix: "b"']


def test_without_its_context_a_place_is_named() -> None:
    found = Anchorer("a word b").find("word", prefix="x")
    assert isinstance(found, Refusal)
    assert found.message == (
        "the words are on the page, but not with this prefix and suffix; they stand here: "
        '(1) …a [word] b… with prefix: "a"'
    )


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ("The wooden bridge was opened in 1933 by", "wooden bridge was opened in 1931 by"),
        ("wooden brigde was openned", "wooden bridge was opened"),
    ],
)
def test_the_nearest_words_are_whole_words_in_the_middle_of_a_text(quote: str, words: str) -> None:
    text = f"{'It rained all day in the old town. ' * 3}The long wooden bridge was opened in 1931 by the mayor himself."
    found = Anchorer(text).find(quote)
    assert isinstance(found, Refusal)
    (candidate,) = found.candidates
    assert (candidate.text, text[candidate.span.start : candidate.span.end]) == (words, words)


def test_of_several_places_each_is_shown_with_thirty_signs_on_either_side() -> None:
    text = f"{'a' * 29} b cat c {'d' * 40} cat {'e' * 40}"
    found = Anchorer(text).find("cat")
    assert isinstance(found, Refusal)
    assert found.message.startswith("these words are on the page 2 times; say which: ")
    assert found.candidates[0].text == f"…{'a' * 27} b [cat] c {'d' * 27}…"
    found = Anchorer("the cat saw the cat and the cat ran").find("cat", prefix="the")
    assert isinstance(found, Refusal)
    assert found.message.startswith("these words are on the page 3 times with this prefix and suffix; say which: ")


@pytest.mark.parametrize(
    ("quote", "words", "signs"),
    [
        ("*very*", "very", "the * or _ of emphasis"),
        ("a **very _old_** b", "a very old b", "the * or _ of emphasis"),
        ("the *very", "the very", "the * or _ of emphasis"),
        ("> said", "said", "the > of a block quotation"),
        ("- [x] done", "done", "the sign of a list, the box of a task"),
        ("3. third", "third", "the sign of a list"),
        ("## Head ##", "Head", "the # of a heading"),
        ("a `code` b", "a code b", "the ` of code"),
        ("[a](b.md) c", "a c", "the address of a link"),
        ("![a](b.png) c", "a c", "the address of a picture"),
        ("[a][b] c", "a c", "the address of a link"),
        ("a[^1] c", "a c", "the [^…] of a footnote"),
        ("<b>a</b> c", "a c", "the tags"),
        ("a &amp; c", "a & c", "the character references"),
        ("a \\* c", "a * c", "the \\ before a sign"),
        ("$x$ is", "x is", "the signs of a formula"),
        ("==a== ~~b~~ ^^c^^", "a b c", "the signs of marked, new, old, raised or lowered text"),
        ("{--a--}{++b++} c", "b c", "the signs of Critic Markup"),
        ("a | b", "a b", "the | of a table"),
        ("a{ .x } b", "a b", "the { … } with attributes"),
        (": sense", "sense", "the : of a definition"),
        ("<https://a.example>", "https://a.example", "the < and > of a link"),
        ("The king1 died", "The king died", "the number of a footnote"),
        ("“a b”", "a b", "the quotation marks around them"),
    ],
)
def test_every_sign_of_markdown_is_named(quote: str, words: str, signs: str) -> None:
    assert [(" ".join(found.split()), names) for found, names in without_markdown(quote)][-1] == (words, signs)
    found = Anchorer(f"x {words} y").find(quote)
    assert isinstance(found, Refusal)
    assert "are on the page without the" in found.message
    assert len(found.candidates) == 1


def test_a_quote_that_passes_over_a_formula_stays_in_place_for_reanchoring() -> None:
    notes = "annotations:\n- {id: a, kind: context, note: x, author: e, created: 2026-01-01, quote: The law holds}\n"
    entries = read_annotations(notes.encode(), "n.yml")[0].entries
    reading = read('<p>The law <span class="arithmatex">\\(a\\)</span> holds</p>')
    (step,) = steps(entries, None, reading.text, reading.atoms)
    assert step.is_kept
