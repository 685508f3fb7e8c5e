"""What every page of a site shares while notes are put in and given out."""

from __future__ import annotations

from dataclasses import dataclass, field

from postil.files.settings_file import Settings
from postil.files.sources_file import Source
from postil.files.translations import Texts


@dataclass
class Desk:
    """Everything that a note refers to.

    Attributes:
        settings: authors and verdicts.
        sources: the register.
        text: the texts of the interface.
        strict: whether a note without its passage stops the build; else it is shown at the end of the article.
    """

    settings: Settings = field(default_factory=Settings)
    sources: dict[str, Source] = field(default_factory=dict)
    text: Texts = field(default_factory=Texts)
    strict: bool = True
