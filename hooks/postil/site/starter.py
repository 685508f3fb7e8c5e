"""A whole new site: from a name, a language and an author to its files. Nothing here reads or writes a folder."""

from __future__ import annotations

import datetime
import uuid
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Literal

from jinja2 import Environment, StrictUndefined

from postil.files.yaml_writer import flow
from postil.files.yamltext import read_yaml
from postil.text.naming import id_of

LANGUAGES = ("en", "ar")
_WORDS = "words.yml"  # what differs between the languages in the files that all share
_DEFAULT_AUTHOR = {"en": "The editors", "ar": "هيئة التحرير"}


@dataclass(frozen=True)
class Wish:
    """What somebody wants.

    Attributes:
        name: of the site, as readers see it.
        language: one of `LANGUAGES`.
        author: who writes the notes; an empty text for an editors' office without a name.
        requirement: the lines of requirements.txt that install Postil.
        versions: of `mkdocs` and `material`, to be pinned.
        today: the day of the sample notes.
        variant: "site", or "class": for teaching, with a rubric, questions as notes, and a review by one other.
    """

    name: str
    language: str
    author: str
    requirement: str
    versions: dict[str, str]
    today: datetime.date
    variant: Literal["site", "class"] = "site"


def starter(wish: Wish) -> dict[str, bytes]:
    """The files of a new site by their path in its folder."""
    folder = files("postil").joinpath("starter")
    parts = ["all", wish.language]
    if wish.variant == "class":
        parts += ["class/all", f"class/{wish.language}"]
    words: dict[str, Any] = {}
    for part in parts:
        if (file := folder.joinpath(part, _WORDS)).is_file():
            words |= read_yaml(file.read_bytes(), _WORDS).data
    author = wish.author.strip() or _DEFAULT_AUTHOR[wish.language]
    is_person = author != _DEFAULT_AUTHOR[wish.language]
    sample: dict[str, Any] = {key: flow(value) for key, value in words["sample"].items() if key != "notes"}
    sample["notes"] = [{key: flow(value) for key, value in note.items()} for note in words["sample"]["notes"]]
    for note, plain in zip(sample["notes"], words["sample"]["notes"], strict=True):
        note["note"] = plain["note"]  # a block
    values = {
        "name": flow(wish.name),
        "title": wish.name,
        "language": wish.language,
        "author": flow(author),
        "author_plain": author,
        "author_id": id_of(author, ()) if is_person else "editors",
        "author_type": "person" if is_person else "organisation",
        "namespace": str(uuid.uuid4()),
        "requirement": wish.requirement,
        "versions": wish.versions,
        "today": wish.today.isoformat(),
        "words": {key: flow(value) for key, value in words.items() if key != "sample"},
        "sample": sample,
    }
    # Brackets, since GitHub's own files are full of braces.
    environment = Environment(
        variable_start_string="[[",
        variable_end_string="]]",
        block_start_string="[%",
        block_end_string="%]",
        comment_start_string="[##",
        comment_end_string="##]",
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 (YAML and Markdown of the author's own)
    )
    found = {}
    for part in parts:  # a later one takes the place of an earlier one
        for path, file in _walk(folder.joinpath(part)):
            if path != _WORDS:
                found[path] = environment.from_string(file.read_text("utf-8")).render(values).encode()
    return found


def _walk(folder: Traversable, path: str = "") -> list[tuple[str, Traversable]]:
    found = []
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        name = f"{path}{entry.name}"
        found += _walk(entry, f"{name}/") if entry.is_dir() else [(name, entry)]
    return found
