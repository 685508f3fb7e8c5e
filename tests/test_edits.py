"""Changes to the author's files: whatever the style of the YAML, all other bytes and every comment stay."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from postil.files.appending import appended
from postil.files.edits import NoteEdit, edited, inserted, removed
from postil.files.yamltext import read_yaml
from postil.model.annotation import Annotation
from postil.model.problem import PostilError

STYLES = """\
# first line
annotations:
  # above one
  - id: one   # at the id
    quote: 'it''s one'  # at the quote
    kind: context
    note: |
      One.

      Two # not a comment.

    sources:   # at the key
      # above S1
      - S1  # at S1
      - {id: S2, locator: p. 2}  # at S2
      # below S2
    tags: [a, "b"]  # at the tags
    author: editors
    created: 2026-01-01
    changed:
      - date: 2026-01-02
        what: A word.   # at what

  # above two
  - {id: two, quote: "a \\"b\\"", kind: context, note: Two., author: editors, created: 2026-01-01}  # at two
  -
    # in three
    verdict: confirmed
    id: three
    quote: >-
      folded
      words

    note: |+
      Kept.

    author: editors
    created: 2026-01-01
    sources:
    - S1
    - S2
  # at the end
  - id: four
    quote: plain
      words
    note: "Four."
    tags: one
    author: editors
    created: 2026-01-01
# last line"""
VALUES: list[tuple[str, Any]] = [
    ("quote", "simple"),
    ("quote", "it’s: “x” #1"),
    ("note", "One line."),
    ("note", "Several.\n\n- lines\n- of *text*: yes"),
    ("note", "- no list\n  and more"),
    ("title", "A title: with a colon"),
    ("title", None),
    ("verdict", "partly"),
    ("verdict", None),
    ("sources", ["S1"]),
    ("sources", ["S1", {"id": "S2", "locator": "p. 3"}, "S4"]),
    ("sources", ["S9", "S1", {"id": "S2", "locator": "p. 2"}]),
    ("sources", None),
    ("tags", ["key", "b"]),
    ("tags", []),
    ("prefix", "before it"),
    ("changed", [{"date": "2026-01-02", "what": "A word."}, {"date": "2026-01-03", "what": "B: more."}]),
]


def _comments(text: str) -> list[str]:
    return [line[line.index("# ") :].rstrip() for line in text.splitlines() if "# " in line and "not a" not in line]


def _data(content: bytes) -> Any:
    return read_yaml(content, "n.yml").data["annotations"]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("end", ["", "\n"])
@pytest.mark.parametrize(("key", "value"), VALUES)
def test_any_key_of_any_note(newline: str, end: str, key: str, value: Any) -> None:
    content = (STYLES + end).replace("\n", newline).encode()
    before = _data(content)
    for number in range(4):
        result = edited(content, "n.yml", {number: NoteEdit({key: value})})
        after = _data(result)
        assert [note for index, note in enumerate(after) if index != number] == [
            note for index, note in enumerate(before) if index != number
        ]
        found: Any = after[number].get(key)
        assert (found.rstrip("\n") if isinstance(found, str) else found) == value
        assert {name: after[number][name] for name in after[number] if name != key} == {
            name: before[number][name] for name in before[number] if name != key
        }
        lost = [line for line in _comments(STYLES) if line not in _comments(result.decode())]
        gone = 5 if (key, value) == ("sources", None) else 1 if (key, value) == ("sources", ["S1"]) else 0
        assert len(lost) <= gone if number == 0 else not lost, lost
        assert result.count(b"\n") == result.count(newline.encode())


def test_new_keys_come_in_the_order_of_a_notes_file() -> None:
    content = b"annotations:\n- id: a\n  quote: b\n  note: c\n"
    new = edited(content, "f", {0: NoteEdit({"suffix": "a", "prefix": "z", "kind": "m"})}).decode()
    assert [
        line.split(":")[0].strip("- ") for line in new.splitlines()[1:]
    ] == "id quote prefix suffix kind note".split()


def test_comments_inside_a_list_that_changes_stay() -> None:
    result = edited(STYLES.encode(), "n.yml", {0: NoteEdit({"sources": ["S0", "S1", "S5"]})}).decode()
    assert "      # above S1\n" in result and "- S1  # at S1\n" in result and "      # below S2\n" in result


def test_a_block_is_written_as_a_block() -> None:
    content = edited(STYLES.encode(), "n.yml", {3: NoteEdit({"note": "One.\n\nTwo."})}).decode()
    assert "    note: |\n      One.\n\n      Two.\n    tags: one\n" in content


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("place", range(5))
def test_a_note_goes_in_anywhere(newline: str, place: int) -> None:
    content = STYLES.replace("\n", newline).encode()
    item = {"id": "new", "quote": "x", "note": "New.\n\nTwo.\n", "author": "editors", "created": "2026-01-01"}
    result = inserted(content, "n.yml", [(place, item)])
    assert [note["id"] for note in _data(result)] == [
        *["one", "two", "three", "four"][:place], "new", *["one", "two", "three", "four"][place:],
    ]  # fmt: skip
    kept = iter(result.decode().splitlines())
    assert all(line in kept for line in STYLES.splitlines())


@pytest.mark.parametrize("number", range(4))
def test_a_note_goes_out(number: int) -> None:
    result = removed(STYLES.encode(), "n.yml", number)
    names = ["one", "two", "three", "four"]
    assert [note["id"] for note in _data(result)] == [*names[:number], *names[number + 1 :]]
    assert {"# first line", "# above two", "# at the end", "# last line"} <= set(_comments(result.decode()))


def test_into_files_without_notes() -> None:
    item = {"id": "new", "quote": "x", "note": "New."}
    for content in (None, b"", b"annotations: []\n", b"annotations:\n", b"# c\nannotations: [] # d\nuncovered: []\n"):
        result = inserted(content, "n.yml", [(0, item)])
        assert _data(result) == [item]
        for comment in (b"# c", b"# d"):
            assert (comment in result) == (comment in (content or b""))
    last = removed(inserted(b"annotations: []\n", "n.yml", [(0, item)]), "n.yml", 0)
    assert last == b"annotations:\n"


def test_a_register_with_and_without_its_key() -> None:
    item = {"id": "new", "type": "webpage", "title": "A: title"}
    assert inserted(b"references:\n  - id: a\n", "s.yml", [(1, item)], key="references").count(b"- id") == 2
    assert inserted(b"- id: b\n", "s.yml", [(0, item)], key="").startswith(b"- id: new\n")


def test_what_would_take_a_comment_along_is_refused() -> None:
    content = b"annotations:\n- verdict: x # why\n  id: a\n"
    with pytest.raises(PostilError, match="by hand"):
        edited(content, "n.yml", {0: NoteEdit({"verdict": None})})


def _note(name: str) -> Annotation:
    return Annotation.model_validate(
        {"id": name, "quote": name, "kind": "context", "note": "N.", "author": "editors", "created": "2026-01-01"}
    )


def test_notes_stand_in_the_order_of_the_article() -> None:
    places = {name: number * 10 for number, name in enumerate("abcdef")}
    for order in itertools.permutations("abcd"):
        content: bytes | None = None
        for name in order:
            content = appended(content, [_note(name)], places=places)
        assert content is not None
        assert [note["id"] for note in _data(content)] == list("abcd")
    assert [note["id"] for note in _data(appended(None, [_note("z"), _note("b")], places=places))] == ["b", "z"]
