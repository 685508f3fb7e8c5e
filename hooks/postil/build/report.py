"""What one process tells another of a build: the one report that the commands read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, Field

from postil.text.atoms import Atom
from postil.text.coverage import Coverage

if TYPE_CHECKING:
    from postil.offline.edition import Editions


class PageReport(BaseModel):
    """One page: its address inside of the site, what a reader reads of it, its pictures and formulas."""

    url: str
    title: str
    text: str
    atoms: tuple[Atom, ...] = ()


class Report(BaseModel):
    """How a build went, and what it knows of the site.

    Attributes:
        succeeded: whether all went well; with a warning in a strict build it did not.
        complaints: every warning and error, as it was told.
        docs_dir: the folder of the articles.
        site_dir: the folder of the site that the configuration names.
        cache: the folder of what is kept from one build to the next, if there is one.
        language: of the interface.
        nav: the navigation as the configuration has it.
        pages: by the path inside of docs/; they are there when all could be rendered, also of a build that failed.
        articles: the address of each page with notes, by its path.
        tally: how many notes of which verdict or kind, by its word.
        coverage: how much of each article its notes touch, by its path.
        withheld: how many notes are not published yet, by their status.
        due: what must be checked again by now.
        warnings: what is not wrong but should be looked at.
        hints: what the author should know of the snapshots.
        outdated: the copies in dist/ that were made of an earlier state.
        exports: the place of each export inside of the site, by the path of the article and the form.
        carried: what was not written, since it is the same in the site that is there, by the path inside of its folder.
        taken_along: the articles with all that goes with them, as plain data, when they were asked for.
    """

    succeeded: bool = False
    complaints: list[str] = Field(default_factory=list)
    docs_dir: Path = Path()
    site_dir: Path = Path()
    cache: Path | None = None
    language: str = "en"
    nav: Any = None
    pages: dict[str, PageReport] = Field(default_factory=dict)
    articles: dict[str, str] = Field(default_factory=dict)
    tally: list[tuple[str, int]] = Field(default_factory=list)
    coverage: dict[str, Coverage] = Field(default_factory=dict)
    withheld: dict[str, int] = Field(default_factory=dict)
    due: list[str] = Field(default_factory=list)
    warnings: list[str] = Field(default_factory=list)
    hints: list[str] = Field(default_factory=list)
    outdated: list[str] = Field(default_factory=list)
    exports: dict[str, dict[str, str]] = Field(default_factory=dict)
    carried: list[str] = Field(default_factory=list)
    taken_along: dict[str, Any] = Field(default_factory=lambda: {"site": "", "language": "en", "editions": ()})

    @property
    def editions(self) -> Editions:
        """The articles with all that goes with them."""
        from postil.offline.edition import Editions  # which a report without them does not need

        return Editions.model_validate(self.taken_along)
