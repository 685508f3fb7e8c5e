"""Every field of the model, down to the last, is in every export of the notes and comes back; what stays inside is written down."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, get_args

import pytest
import yaml
from click.testing import CliRunner
from pydantic import BaseModel

import validating
from conftest import Project
from postil.commands import main
from postil.export import vocabulary
from postil.model.annotation import Annotation
from test_newsroom import ARTICLE, DRAFT, SETTINGS

# A note of every field, with those of the newsroom.
FULL = (
    DRAFT
    + """\
  - id: mayor
    quote: by the mayor
    kind: context
    note: It was her deputy.
    author: mira
    created: 2026-01-01
    origin:
      via: Hypothesis
      id: x1
      url: https://example.org/x1
      author: Bo
      created: 2025-01-01
      modified: 2025-01-02
      motivation: commenting
      verdict: wrong
      quote: by a mayor
      replies: [{author: Cy, created: 2025-01-03, note: "No; she was."}]
"""
)
FORMS = {"jsonld": "json", "csv": "csv", "hypothesis": "json"}


def models(kind: Any) -> Iterator[type[BaseModel]]:
    """The models in the type of a field."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield kind
    for inner in get_args(kind):
        yield from models(inner)


def leaves(model: type[BaseModel], path: str = "") -> Iterator[str]:
    """The path of every field of a model that holds no further model: `sources.locator`."""
    for name, field in model.model_fields.items():
        inner = list(models(field.annotation))
        if inner:
            yield from (leaf for one in inner for leaf in leaves(one, f"{path}{name}."))
        else:
            yield f"{path}{name}"


def told(data: Any, path: str = "") -> Iterator[str]:
    """The path of every value in the data of a note."""
    if isinstance(data, dict):
        for name, value in data.items():
            yield from told(value, f"{path}.{name}" if path else name)
    elif isinstance(data, list) and data and isinstance(data[0], dict):
        for item in data:
            yield from told(item, path)
    else:
        yield path


def without(data: Any, inside: set[str], path: str = "") -> Any:
    """The data of a note without the fields that stay inside, and without what is empty for that."""
    if isinstance(data, dict):
        kept = {
            name: without(value, inside, f"{path}.{name}" if path else name)
            for name, value in data.items()
            if (f"{path}.{name}" if path else name) not in inside
        }
        return {name: value for name, value in kept.items() if value not in ({}, [])}
    return [without(item, inside, path) for item in data] if isinstance(data, list) else data


def written_down() -> set[str]:
    """What the table of `export.vocabulary` says is in no export."""
    (line,) = re.findall(r"Of the newsroom alone, and in no export: (.*?)\. With", vocabulary.__doc__ or "")
    return {name.replace("[]", "") for name in re.findall(r"`([^`]+)`", line)}


def fields(site: Project) -> list[dict[str, Any]]:
    """The notes as their file has them."""
    data = yaml.load((site.folder / "docs/bridge.annotations.yml").read_text("utf-8"), yaml.BaseLoader)
    return [
        Annotation.model_validate(note).model_dump(mode="json", exclude_defaults=True) for note in data["annotations"]
    ]


def run(*arguments: str) -> str:
    result = CliRunner().invoke(main, list(arguments), env={"SOURCE_DATE_EPOCH": "1767225600"})
    assert result.exit_code == 0, result.output
    return result.output


def inside() -> set[str]:
    """The paths of the leaves that stay inside."""
    names = written_down()
    return {leaf for leaf in leaves(Annotation) if any(leaf == name or leaf.startswith(f"{name}.") for name in names)}


@pytest.fixture
def site(project: Project) -> Project:
    files = {"docs/index.md": "# Home\n", "docs/bridge.md": ARTICLE, "docs/bridge.annotations.yml": FULL}
    return project.write({**files, "docs/postil.yml": SETTINGS})


def test_the_walk_sees_every_field() -> None:
    every = set(leaves(Annotation))
    assert {"sources.locator", "since.sources.says", "origin.replies.note", "reviews.note", "claimant.type"} <= every
    assert inside() == {"status", "assigned", "recheck.date", "recheck.why", "reviews.note"}


@pytest.mark.parametrize("form", FORMS)
def test_every_field_comes_back_or_is_known_to_stay_inside(form: str, site: Project) -> None:
    before = fields(site)
    lacking = set(leaves(Annotation)) - {path for note in before for path in told(note)}
    assert lacking == set(), "a new field needs a value in FULL"
    run("export", "docs/bridge.md", "--format", form, "-o", f"export.{FORMS[form]}")
    assert b"Quibblesome" not in (site.folder / f"export.{FORMS[form]}").read_bytes()
    site.write({"docs/bridge.annotations.yml": "annotations: []\n"})
    run("import", "--own", "--author", "editors", f"export.{FORMS[form]}")
    expected = {note["id"]: without(note, inside()) for note in before if "status" not in note}
    assert {note["id"]: note for note in fields(site)} == expected
    assert run("check")


@pytest.mark.parametrize("form", FORMS)
def test_with_drafts_nothing_stays_inside(form: str, site: Project) -> None:
    site.write({"docs/postil.yml": SETTINGS.replace("show: names", "show: nothing")})
    before = {note["id"]: note for note in fields(site)}
    run("export", "docs/bridge.md", "--drafts", "--format", form, "-o", f"export.{FORMS[form]}")
    site.write({"docs/bridge.annotations.yml": "annotations: []\n"})
    run("import", "--own", "--author", "editors", f"export.{FORMS[form]}")
    assert {note["id"]: note for note in fields(site)} == before


def test_an_export_of_drafts_conforms(site: Project) -> None:
    run("export", "docs/bridge.md", "--drafts", "-o", "export.json")
    content = (site.folder / "export.json").read_bytes()
    assert b"Quibblesome" in content and b"Zinfandel" in content
    assert validating.w3c(content) == []
