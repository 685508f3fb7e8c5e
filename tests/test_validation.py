"""What an author is told of a value that is none, word for word: each mistake of a kind at its own place."""

from __future__ import annotations

import pytest
from pydantic import BaseModel, Field, field_validator, model_validator

from postil.files.notes_file import read_annotations
from postil.files.validation import validated
from postil.files.yamltext import read_yaml
from postil.model.fields import mistake
from postil.model.problem import Problem

NOTE = """annotations:
  - id: n
    quote: q
    kind: context
    note: Says.
    author: editors
    created: 2026-01-01
"""


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("title: [x]", "12: 'title': expected a text, found a list"),
        ("verdict: {}", "14: 'verdict': expected a text, found a mapping (key: value)"),
        ("changed: 5", "14: 'changed': expected a list, found a text"),
        ("changed: [5]", "15: 'changed': expected a mapping (key: value), found a text"),
        ("origin: 5", "13: 'origin': expected a mapping (key: value), found a text"),
        ("claimant: {name: N, type: robot}", "31: 'type': expected 'person' or 'organisation', found 'robot'"),
        ("retracted: {date: 2026-01-01}", "16: the key 'why' is missing (found date)"),
        ("origin: {via: V, replies: [{author: A, created: 2026-01-01}]}", "32: the key 'note' is missing (found author, created)"),
        ("claimant: {}", "15: the key 'name' is missing (found nothing)"),
        (
            "changed: [{date: 2026-01-02, what: y, whatt: x}]",
            "43: the key 'whatt' is unknown (did you mean 'what'?); keys are date, what",
        ),
        ("changed: [{date: 2026-01-02, what: y, zz: x}]", "43: the key 'zz' is unknown; keys are date, what"),
        (
            "retracted: {date: 2026-01-02, why: y, who: x}",
            "43: the key 'who' is unknown (did you mean 'why'?); keys are date, why",
        ),
        (
            "origin: {via: V, replies: [{nota: x, note: y}]}",
            "33: the key 'nota' is unknown (did you mean 'note'?); keys are author, created, note",
        ),
        (
            "since: [{date: 1931, what: x, sources: [{id: S1, idd: S1}]}]",
            "54: the key 'idd' is unknown (did you mean 'id'?); keys are id, locator, says",
        ),
        (
            "reviews: [{by: a, date: 2026-01-02}, {by: a, date: x}]",
            "56: 'date': 'x' is not a date; write year-month-day: 2026-11-22",
        ),
    ],
)  # fmt: skip
def test_a_mistake_is_told_where_it_stands(line: str, told: str) -> None:
    _, problems = read_annotations(f"{NOTE}    {line}\n".encode(), "a.yml")
    assert [str(problem) for problem in problems] == [f"a.yml:8:{told}"]


def test_a_key_of_the_note_itself_is_told_among_all_keys_of_a_note() -> None:
    _, problems = read_annotations(f"{NOTE}    tittle: x\n".encode(), "a.yml")
    (problem,) = map(str, problems)
    head = "a.yml:8:5: the key 'tittle' is unknown (did you mean 'title'?); keys are id, quote, prefix, suffix, kind, "
    assert problem.startswith(head)


def test_what_is_no_note_is_told_for_each() -> None:
    _, problems = read_annotations(b"annotations: [5, [], ]\n", "a.yml")
    assert [str(problem) for problem in problems] == [
        "a.yml:1:15: expected a mapping (key: value), found a text",
        "a.yml:1:18: expected a mapping (key: value), found a list",
    ]


class Part(BaseModel, extra="forbid"):
    name: str = Field(alias="Name")
    least: int = Field(1, ge=1)
    most: float = 1


class Whole(BaseModel, extra="forbid"):
    either: tuple[Part, ...] | None = None
    named: dict[str, Part] = {}
    word: str = ""

    @field_validator("word")
    @classmethod
    def _is_no_name(cls, value: str) -> str:
        if value == "Ana":
            raise mistake("Ana is a name")
        return value

    @model_validator(mode="after")
    def _says_one_thing(self) -> Whole:
        if self.either and self.named:
            raise mistake("Write `either` or `named`")
        return self


def told(text: str) -> list[str]:
    problems: list[Problem] = []
    found = validated(Whole, read_yaml(text.encode(), "w.yml"), (), problems)
    assert (found is None) == bool(problems)
    return [str(problem) for problem in problems]


def test_a_good_value_is_the_model() -> None:
    problems: list[Problem] = []
    document = read_yaml(b"here: {either: [{Name: x, least: 2}]}\n", "w.yml")
    found = validated(Whole, document, ("here",), problems)
    assert found is not None and found.either is not None and (found.either[0].name, problems) == ("x", [])


def test_a_key_has_the_name_that_the_author_writes() -> None:
    (problem,) = told("either: [{Name: x, nam: y}]\n")
    assert problem == "w.yml:1:20: the key 'nam' is unknown (did you mean 'Name'?); keys are Name, least, most"


def test_what_the_library_says_is_said_in_small_letters_behind_the_key() -> None:
    assert told("either: [{Name: x, least: 0}]\n") == [
        "w.yml:1:27: 'least': input should be greater than or equal to 1"
    ]


def test_every_mistake_is_told() -> None:
    assert told("either: [{Name: [], least: 0}, 5]\nnamed: []\n") == [
        "w.yml:1:17: 'Name': expected a text, found a list",
        "w.yml:1:28: 'least': input should be greater than or equal to 1",
        "w.yml:1:32: 'either': expected a mapping (key: value), found a text",
        "w.yml:2:8: 'named': expected a mapping (key: value), found a list",
    ]


def test_a_key_below_a_name_of_the_authors_own_is_one_of_its_part() -> None:
    for name in ("a", "least"):  # the name of a key of the part says nothing
        (problem,) = told(f"named: {{{name}: {{Name: x, zz: y}}}}\n")
        assert problem.endswith(": the key 'zz' is unknown; keys are Name, least, most")


def test_the_words_of_a_rule_of_ours_stay_as_they_are() -> None:
    assert told("word: Ana\n") == ["w.yml:1:7: 'word': Ana is a name"]
    assert told("either: [{Name: x}]\nnamed: {a: {Name: x}}\n") == ["w.yml:1:1: Write `either` or `named`"]


@pytest.mark.parametrize(("text", "found"), [("x", "a text"), ("[x]", "a list")])
def test_what_is_no_mapping_is_told_as_a_whole(text: str, found: str) -> None:
    assert told(f"{text}\n") == [f"w.yml:1:1: expected a mapping (key: value), found {found}"]
