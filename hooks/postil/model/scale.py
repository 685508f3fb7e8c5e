"""Who judges claims, and on which scale."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator

from postil.model.fields import Record, Text, mistake
from postil.model.problem import nearest

# Verdicts that the default scale had once, and what an author writes instead.
RETIRED = {
    "lacks evidence": "write `unconfirmed`, which does not reproach anybody",
    "outdated": "judge as of the day of the article, and tell what came later with its date below `since:`",
}
COLOURS = ("green", "teal", "amber", "orange", "red", "violet", "blue", "grey")


def _checked_colour(value: str) -> str:
    if value not in COLOURS:
        raise mistake(f"the colour {value!r} is unknown{nearest(value, COLOURS)}; colours are {', '.join(COLOURS)}")
    return value


class Verdict(Record):
    """One verdict of the site's scale.

    Attributes:
        id: the word that a notes file uses.
        word: the word that a reader sees.
        meaning: one line.
        sign: one character that stands for the verdict without colour.
        colour: a name of the palette, which has a shade of each for light and dark pages.
        order: the place on the scale, 1 for the best; None for a verdict outside of the order.
    """

    id: Text
    word: Text
    meaning: Text
    sign: Text
    colour: Annotated[str, AfterValidator(_checked_colour)]
    order: int | None = None

    @property
    def slug(self) -> str:
        """The id as it stands in a class name or an address: `needs context` → `needs-context`."""
        return re.sub(r"[^a-z0-9]+", "-", self.id.lower()).strip("-")


class Author(Record):
    """Who writes notes.

    Attributes:
        name: as a reader sees it.
        url: a page about the author.
        type: whether it is one person or several; data formats of others ask for it.
    """

    name: Text
    url: str = ""
    type: Literal["person", "organisation"] = "person"
