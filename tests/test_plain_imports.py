"""A stranger's note of plain words is taken as it is, without a parser: what the parser would have made of it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from postil.importing import markdown

_PIECES = st.sampled_from(
    ["The bridge", "é漢ع", " ", ", ", ". ", "(", ")", "’", "…", "–", "19", "1.", "a)", "www.x.org", "*", "_", "<"]
)


@given(st.lists(_PIECES, min_size=1, max_size=8).map("".join))
def test_plain_words_are_what_the_parser_makes_of_them(text: str) -> None:
    parsed = markdown.from_html(markdown.commonmark().render(markdown.plain(text)))
    assert markdown.from_markdown(text) == parsed


def test_most_notes_are_plain_words() -> None:
    for text in ("By which measure?", "Nobody has said so in print, not even in 1931.", "这座桥", "„Ja“, sagt sie."):
        assert bool(markdown._WORDS.fullmatch(text)) == ("„" not in text)
