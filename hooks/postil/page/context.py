"""What every page of a site shares while notes are put in and given out."""

from __future__ import annotations

from dataclasses import dataclass, field

from postil.files.settings_file import default_settings
from postil.files.translations import Texts
from postil.model.settings import Settings
from postil.model.source import Source


@dataclass
class Context:
    """Everything that a note refers to.

    Attributes:
        settings: authors and verdicts.
        sources: the register.
        text: the texts of the interface.
        base: the address of the site with a slash at its end, or an empty text.
        internal: whether what is made is for colleagues, so that nothing of a note's state is left out.
        strict: whether a note without its passage stops the build; else it is shown at the end of the article.
    """

    settings: Settings = field(default_factory=lambda: default_settings("en"))
    sources: dict[str, Source] = field(default_factory=dict)
    text: Texts = field(default_factory=Texts)
    base: str = ""
    strict: bool = True
    internal: bool = False
