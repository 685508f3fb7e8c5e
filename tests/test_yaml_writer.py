"""What is added to the author's files is written as PyYAML would write it, and read again as it was."""

from __future__ import annotations

from typing import Any

import yaml
from hypothesis import given
from hypothesis import strategies as st

from postil.files import yaml_writer

_SIGNS = "abXY019-_.,:;#'\"[]{}&*!|>%@`~?=<+/()é漢ع“ \n\t\u2028\xa0\x85\ufeff😀"
_HARD = (
    "yes|no|null|~|1:30|2020-01-02|1e3|0x1|a: b|a #b|- a|a:|a#b|=|<<|--- a|...|a, b|(a)|it's| a|a | a\nb|a\n|a\n\n|\na|"
    "a\n b|b \nc|# a\nb|a\n\nb|a\n...\nb|https://example.org/a?b=1#c|A title: the end|“So”, he said."
).split("|")
_TEXTS = st.one_of(st.sampled_from(_HARD), st.text(_SIGNS, max_size=30))
_KEYS = st.one_of(st.from_regex("[a-z_-]{1,9}", fullmatch=True), st.sampled_from(["no", "a: b", "a\nb", "ü", ""]))
_DATA: st.SearchStrategy[Any] = st.recursive(
    _TEXTS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=3), max_leaves=9
)


@given(st.lists(_DATA, min_size=1, max_size=3))
def test_it_is_what_pyyaml_writes(items: list[Any]) -> None:
    # An item behind the others, without which PyYAML marks an open end by three dots.
    whole = yaml.dump([*items, ""], Dumper=_Plain, allow_unicode=True, sort_keys=False, width=100_000)
    wanted = whole.removesuffix("- ''\n")
    given = yaml_writer.as_yaml(items)
    assert given.replace("\n...\n", "\n") == "\n".join(
        line.rstrip(" ") if not line.strip() else line for line in wanted.split("\n")
    )
    assert yaml.load(given, yaml.BaseLoader) == _texts(items)


class _Plain(yaml_writer._Dumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


def _texts(value: Any) -> Any:
    """What reads lists and mappings in the same way, but takes every scalar as text."""
    if isinstance(value, dict):
        return {key: _texts(item) for key, item in value.items()}
    return [_texts(item) for item in value] if isinstance(value, list) else value


def test_a_note_by_hand() -> None:
    note = {
        "id": "longest",
        "quote": "the longest: of all",
        "note": "By which measure?\nNobody has said so.\n",
        "sources": ["a", "b"],
        "created": "2026-11-22",
        "origin": {"url": "https://example.org/a#b", "tags": []},
        "says": "yes",
    }
    assert yaml_writer.as_yaml([note], column=2) == (
        "  - id: longest\n"
        "    quote: 'the longest: of all'\n"
        "    note: |\n"
        "      By which measure?\n"
        "      Nobody has said so.\n"
        "    sources:\n"
        "      - a\n"
        "      - b\n"
        "    created: 2026-11-22\n"
        "    origin:\n"
        "      url: https://example.org/a#b\n"
        "      tags: []\n"
        "    says: 'yes'\n"
    )
