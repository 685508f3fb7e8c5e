"""The body of a note that has nothing for Markdown in it is what Markdown would make of it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown

from postil.model.annotation import Annotation
from postil.page import bodies

EXTENSIONS = sorted(name for name in bodies._LEAVES_WORDS if name not in ("pymdownx.extra", "legacy_attrs"))
MARKDOWN = Markdown(extensions=EXTENSIONS)
WORDS = "word Straße بحر 1931 3.5 12:30 e.g. it's “so” well-known a--b (c) 50% www.x.org a_b *so* # > - 1. : ... … – — ; ! ?"
SIGNS = "& < [a] {b} `c` $d$ ~e~ :smile: ++k++ 😀 x@y.org http://x.org"
PIECES = [*WORDS.split(), *SIGNS.split(), " ", "  ", "\n", "\n\n", "\n\n\n", ": ", "    "]


def _note(words: str) -> Annotation:
    told = {"id": "a", "quote": "q", "kind": "context", "note": words, "author": "editors", "created": "2026-01-01"}
    return Annotation.model_validate(told)


@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=12))
def test_words_are_as_markdown_renders_them(pieces: list[str]) -> None:
    words = " ".join(pieces) if len(pieces) % 2 else "".join(pieces)
    if found := bodies._as_it_stands(words):
        assert found == MARKDOWN.reset().convert(words)


@pytest.mark.parametrize(
    "words", ["One word.", "Two lines\nof it: “so”, he said (1931).", "One.\n\nTwo, three – and four.\n"]
)
def test_plain_words_need_no_markdown(words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = MARKDOWN.reset().convert(words)
    found = bodies.Bodies(EXTENSIONS, {})
    monkeypatch.setattr(Markdown, "convert", None)
    assert found.render(_note(words), None) == expected


@pytest.mark.parametrize(
    ("extensions", "configs"),
    [
        (["smarty"], {}),
        (["abbr"], {"abbr": {"glossary": {"HTML": "x"}}}),
        (["toc"], {"toc": {"marker": "Contents"}}),
        (["some.other"], {}),
        ([object()], {}),
    ],
)
def test_extensions_that_may_change_words_are_asked(extensions: list[object], configs: dict[str, object]) -> None:
    found = bodies.Bodies([], {})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bodies, "Markdown", lambda **_: Markdown())
        found = bodies.Bodies(extensions, configs)
    assert not found._leaves_words
