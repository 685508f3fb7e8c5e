"""What the browser asks for; anything else is refused before it is looked at."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

Words = Annotated[str, Field(max_length=100_000)]


class Asked(BaseModel):
    """Every request names its page by its address inside of the site."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    page: Annotated[str, Field(max_length=2_000)]


class Selected(BaseModel):
    """A selection, see `editing.selection`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    quote: Words
    before: Words = ""
    after: Words = ""
    share: float = Field(0.0, ge=0, le=1)


class State(Asked):
    """What the page has."""


class Place(Asked):
    """Where a selection is."""

    selection: Selected


class Preview(Asked):
    """The body of a note as HTML."""

    note: Words


class Add(Asked):
    """A new note on a selection; `values` are the keys of a notes file."""

    selection: Selected
    values: dict[str, Any]


class Change(Asked):
    """New values of a note; `tag` tells which state of the note the author has seen."""

    id: str
    tag: str
    values: dict[str, Any]
    what: Words = ""


class Move(Asked):
    """A note to other words, one that has lost its own, too."""

    id: str
    tag: str
    selection: Selected
    what: Words = ""


class Remove(Asked):
    """A draft goes."""

    id: str
    tag: str


class Todo(Asked):
    """What there is to do on the site; what is for `author` comes first."""

    author: str = ""


class AddSource(Asked):
    """A new source in the register; `values` are variables of CSL."""

    values: dict[str, Any]
