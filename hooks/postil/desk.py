"""What every page of a site shares while notes are put in and given out."""

from __future__ import annotations

from dataclasses import dataclass, field

from postil.settings import Settings
from postil.sources import Source
from postil.texts import Texts


@dataclass
class Desk:
    """Everything that a note refers to.

    Attributes:
        settings: authors and verdicts.
        sources: the register.
        text: the texts of the interface.
    """

    settings: Settings = field(default_factory=Settings)
    sources: dict[str, Source] = field(default_factory=dict)
    text: Texts = field(default_factory=Texts)
