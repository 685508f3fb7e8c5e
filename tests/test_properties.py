"""What holds for any text: properties, tried on random input."""

from __future__ import annotations

import html as html_library
import unicodedata
from html.parser import HTMLParser

import markdown
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from postil.files.notes_file import read_annotations
from postil.files.sources_file import read_sources
from postil.files.yamltext import read_yaml
from postil.model.problem import PostilError
from postil.page.annotate import annotate
from postil.page.context import Context
from postil.page.inserted import Inserted, spliced
from postil.page.weave import Woven, insertions, splice
from postil.text.anchor import Anchorer, Refusal, Span
from postil.text.normalizing import fold
from postil.text.reading import read, words
from postil.text.typed import fold_typed

LETTERS = st.sampled_from("abc éß\u0301\u0308א ب字𝔘😀👩\u200d🚀\u00ad\u00a0“”–…-.,&<>\"'\n\t")
WORDS = st.text(LETTERS, min_size=1, max_size=12)


def element(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    names = st.sampled_from("p em strong a li ul blockquote div td tr table h2 span code pre details summary".split())
    return st.builds(lambda name, parts: f"<{name}>{''.join(parts)}</{name}>", names, st.lists(inner, max_size=3))


TEXT = WORDS.map(html_library.escape)
JUNK = st.sampled_from(
    ["<p>", "</p>", "<li>", "</em>", "<br>", "<!-- x", "<!-- x -->", "<", "&amp", "&#x1F600;", "<a href='", "</"]
)
SCRIPTS = st.sampled_from(
    ["<script>a<b</script>", "<svg><text>no</text></svg>", '<a class="headerlink" href="#x">¶</a>']
)
ATOMS = st.sampled_from(
    [
        '<img alt="a b" src="c">',
        '<picture><source><img alt="é"></picture>',
        '<span class="arithmatex">\\(a &lt; b\\)</span>',
        "<math><mi>c</mi></math>",
        "<svg aria-label='b'></svg>",
    ]
)
GOOD = st.lists(st.recursive(TEXT | SCRIPTS, element, max_leaves=12), max_size=5).map("".join)
WITH_ATOMS = st.lists(st.recursive(TEXT | ATOMS, element, max_leaves=12), max_size=5).map("".join)
ANY = st.lists(GOOD | JUNK | ATOMS | st.text(max_size=6), max_size=6).map("".join)
NUMBERS = st.tuples(st.floats(0, 1), st.floats(0, 1))


def spans(text: str, shares: list[tuple[float, float]]) -> list[Span]:
    """Spans of the text at the shares given, none of them empty or only of white space."""
    found = []
    for one, other in shares:
        start, end = sorted((int(one * len(text)), int(other * len(text))))
        if text[start:end].strip():
            start += len(text[start:end]) - len(text[start:end].lstrip())
            found.append(Span(start, start + len(text[start:end].strip())))
    return found


def woven(passages: list[Span]) -> list[Woven]:
    return [
        Woven(f"n{number}", span, number, "label", "k", f'<aside id="note-n{number}"></aside>')
        for number, span in enumerate(passages, 1)
    ]


class Passages(HTMLParser):
    """The text below each mark, and whether elements close in the order in which they opened; independent of the engine."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.stack: list[tuple[str, str]] = []
        self.texts: dict[str, str] = {}
        self.nested = True

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("br", "img"):
            self.stack.append((tag, dict(attrs).get("aria-details") or ""))

    def handle_endtag(self, tag: str) -> None:
        if not self.stack or self.stack.pop()[0] != tag:
            self.nested = False

    def handle_data(self, data: str) -> None:
        for name in {name for _, name in self.stack if name}:
            self.texts[name] = self.texts.get(name, "") + data


def text_content(html: str) -> str:
    """The DOM's textContent, notes left out."""

    class Text(HTMLParser):
        text, notes = "", 0

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            self.notes += tag in ("aside", "section")

        def handle_endtag(self, tag: str) -> None:
            self.notes -= tag in ("aside", "section")

        def handle_data(self, data: str) -> None:
            self.text += "" if self.notes else data

    parser = Text(convert_charrefs=True)
    parser.feed(html)
    parser.close()
    # The note itself begins on a new line, which shows nowhere.
    return "\n".join(filter(None, parser.text.split("\n")))


def squeezed(text: str) -> str:
    """Without the white space that HTML folds: block ends have none in the source and a line break in the reading."""
    return "".join(character for character in text if character not in " \t\n\f\r")


@given(ANY, st.lists(NUMBERS, max_size=6))
def test_take_the_insertions_out_and_the_bytes_are_the_input(html: str, shares: list[tuple[float, float]]) -> None:
    reading = read(html)
    inserted = insertions(html, reading, woven(spans(reading.text, shares)))
    result = splice(html, inserted)
    rest: list[str] = []
    kept = position = 0
    for offset, addition, _, _ in inserted:
        rest.append(result[position : position + offset - kept])
        position += offset - kept
        assert result[position:].startswith(addition)
        position += len(addition)
        kept = offset
    assert "".join([*rest, result[position:]]) == html


@given(GOOD, st.lists(NUMBERS, max_size=6))
def test_each_mark_is_on_the_words_of_its_passage_and_tags_nest(html: str, shares: list[tuple[float, float]]) -> None:
    reading = read(html)
    passages = spans(reading.text, shares)
    before, after = Passages(), Passages()
    before.feed(html)
    after.feed(splice(html, insertions(html, reading, woven(passages))))
    for number, span in enumerate(passages, 1):
        assert squeezed(after.texts[f"note-n{number}"]) == squeezed(reading.text[span.start : span.end])
    assert after.nested == before.nested


@given(st.lists(WORDS.map(lambda words: f"<p>{html_library.escape(words)}</p>")).map("\n".join) | ANY)
def test_the_text_alone_is_that_of_the_whole_reading(html: str) -> None:
    assert words(html) == read(html).text


@given(GOOD, st.lists(NUMBERS, max_size=5))
def test_what_was_put_in_is_the_same_when_it_was_packed(html: str, shares: list[tuple[float, float]]) -> None:
    reading = read(html)
    notes = [
        Woven(f"n{number}", span, number, f"Note {number}: “é”", "k", f"\n<aside>{number} ש</aside>")
        for number, span in enumerate(spans(reading.text, shares), 1)
    ]
    inserted = insertions(html, reading, notes)
    packed = Inserted.of(inserted)
    assert packed.unpacked() == inserted
    assert spliced(html, packed) == splice(html, inserted)
    assert packed.offsets(("note",)) == tuple(one.offset for one in inserted if one.what == "note")


@given(ANY)
def test_the_reading_text_is_clean(html: str) -> None:
    text = read(html).text
    assert text == text.strip(" \t\n\f\r")
    assert not any(pair in text for pair in ("  ", "\n\n", " \n", "\n ", "\t", "\r"))


@given(ANY)
def test_every_character_of_the_reading_text_is_where_it_is_said_to_be(html: str) -> None:
    reading = read(html)
    for offset, character in enumerate(reading.text):
        if character != "\n":
            (piece,) = reading.pieces(offset, offset + 1)
            assert (
                character in html_library.unescape(html[piece.start : piece.end]).replace("\n", " ") or character == " "
            )


@given(WITH_ATOMS, NUMBERS)
def test_what_is_found_without_pictures_and_formulas_is_found_with_them(html: str, share: tuple[float, float]) -> None:
    bare = html
    for atom in ATOMS.elements:  # type: ignore[attr-defined]
        bare = bare.replace(atom, "")
    plain = read(bare).text
    for span in spans(plain, [share]):
        quote = plain[span.start : span.end]
        before = Anchorer(plain).find(quote)
        if isinstance(before, Span) and fold(plain).text.count(fold(quote).text.strip()) == 1:
            reading = read(html)
            now = Anchorer(reading.text, reading.hidden, reading.atoms).find(quote)
            assert isinstance(now, Span)
            kept = reading.prose[now.start : now.end]
            assert fold(quote).text.strip().replace(" ", "") in fold(kept).text.replace(" ", "")


@given(st.text(LETTERS | st.characters(), max_size=60))
def test_folding_as_typed_knows_where_each_character_came_from(text: str) -> None:
    folded = fold_typed(text)
    assert folded.starts is not None
    assert folded.ends is not None
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    assert all(0 <= start < end <= len(text) for start, end in zip(folded.starts, folded.ends, strict=True))
    assert folded.starts == sorted(folded.starts)
    for offset, character in enumerate(folded.text):
        start, end = folded.original(offset, offset + 1)
        assert character in fold_typed(text[start:end]).text or character in ' "'


@given(st.text(LETTERS | st.characters(), min_size=1, max_size=60), NUMBERS)
def test_what_is_found_as_it_stands_is_found_as_typed(text: str, share: tuple[float, float]) -> None:
    for span in spans(text, [share]):
        quote = text[span.start : span.end]
        if fold(quote).text.strip() in fold(text).text and (wanted := fold_typed(quote).text.strip()):
            assert wanted.strip('" ') in fold_typed(text).text


@given(st.text(LETTERS, max_size=60))
def test_folding_knows_where_each_character_came_from(text: str) -> None:
    folded = fold(text)
    assert fold(folded.text).text == folded.text or "-" in text or "." in text
    for offset in range(len(folded.text)):
        start, end = folded.original(offset, offset + 1)
        assert 0 <= start < end <= len(text)
        assert folded.text[offset] in fold(text[start:end]).text
    assert unicodedata.is_normalized("NFC", folded.text) or not unicodedata.is_normalized("NFC", text)


@given(st.text(LETTERS, min_size=1, max_size=80), NUMBERS)
def test_a_quote_of_the_text_is_found_where_it_was_taken_or_refused(text: str, share: tuple[float, float]) -> None:
    for span in spans(text, [share]):
        quote = text[span.start : span.end]
        found = Anchorer(text).find(quote)
        if isinstance(found, Span):
            # A letter takes the marks that sit on it along.
            assert fold(quote).text.strip() in fold(text[found.start : found.end]).text
        else:
            assert found.reason in ("ambiguous", "empty", "missing")
            assert (
                found.reason != "missing" or not unicodedata.is_normalized("NFC", text) or "-" in quote or "." in quote
            )


@given(st.text(LETTERS, max_size=80), st.text(max_size=20), st.text(max_size=5), st.text(max_size=5))
def test_anchoring_never_raises(text: str, quote: str, prefix: str, suffix: str) -> None:
    found = Anchorer(text, (quote,)).find(quote, prefix, suffix)
    assert isinstance(found, Span | Refusal)
    if isinstance(found, Refusal):
        assert "\n" not in found.message


@given(st.text(st.sampled_from("abc *_`#>-1.|[]()<>!&\n\t\"'😀é"), max_size=200), NUMBERS)
@settings(max_examples=60)
def test_textcontent_of_an_article_is_the_same_with_notes(source: str, share: tuple[float, float]) -> None:
    html = markdown.markdown(source, extensions=["tables", "footnotes", "toc", "attr_list"])
    reading = read(html)
    found = spans(reading.text, [share])
    assume(found)
    quote = reading.text[found[0].start : found[0].end].replace("'", "''").replace("\n", " ")
    assume(quote.isprintable())
    notes = f"annotations:\n- {{id: a, kind: context, note: x, author: e, created: 2026-01-01, quote: '{quote}'}}\n"
    read_notes, problems = read_annotations(notes.encode(), "n.yml")
    assert not problems
    context = Context()
    context.settings.authors["e"] = context.settings.authors["editors"]
    page = annotate(html, read_notes.entries, context, lambda note: note.note)
    assert len(page.notes) + len(page.problems) == 1
    assert text_content(page.html) == text_content(html)


PIECES = st.sampled_from(
    [
        "annotations:",
        "references:",
        "\n",
        "  ",
        "- ",
        "id: ",
        "a",
        "quote: ",
        "x",
        '"',
        "'",
        ": ",
        "[",
        "]",
        "{",
        "}",
        ",",
        "&a",
        "*a",
        "!!t ",
        "---\n",
        "kind: context",
        "\t",
        "# c",
        "|\n",
        ">\n",
        "created: 2026-01-01",
        "sources: ",
        "issued: ",
        "title: ",
        "\x00",
        "é",
    ]
)
YAML = st.lists(PIECES | st.text(max_size=4), max_size=40).map("".join)


@given(YAML.map(lambda text: text.encode("utf-8", "replace")) | st.binary(max_size=60))
@settings(max_examples=300)
def test_readers_raise_nothing_but_their_own_error_and_places_lie_in_the_file(content: bytes) -> None:
    lines = content.decode("utf-8", "replace").splitlines() or [""]
    try:
        read_yaml(content, "f.yml")
        problems = []
    except PostilError as error:
        problems = list(error.problems)
    problems += read_annotations(content, "f.yml")[1]
    problems += read_sources(content, "f.yml")[1]
    for problem in problems:
        assert 1 <= problem.place.line <= len(lines) + 1
        assert problem.place.column >= 1
        assert "\n" not in str(problem)
