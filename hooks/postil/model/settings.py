"""What a site says once for all of its notes: who writes them and on which scale claims are judged."""

from __future__ import annotations

from dataclasses import dataclass, field

from postil.model.annotation import Annotation
from postil.model.editorial import Reviewing
from postil.model.scale import Author, Verdict

DEFAULT_STYLE = "harvard-cite-them-right"
DEFAULT_MARGIN = "60em"  # where Material has a column beside the text

PAGES = ("claims", "sources", "corrections", "since", "timeline", "people", "downloads", "data")


@dataclass(frozen=True)
class MadePages:
    """Which pages are made from the data.

    Attributes:
        names: of those that are made where the navigation does not name them.
        in_menu: whether they show in a menu that nobody wrote.
    """

    names: tuple[str, ...] = PAGES
    in_menu: bool = True


@dataclass(frozen=True)
class Settings:
    """The settings of a site.

    Attributes:
        authors: by id.
        verdicts: by id, in the order in which a site shows them.
        citation_style: the style of the sources page: a name that citeproc-py knows, or a CSL file below docs/.
        namespace: any text that no other site has; the lasting names of the notes are made from it.
        rights: the address of the licence of the notes, or an empty text.
        pages: which pages are made from the data.
        margin_from: from which width of the window on the notes stand in a margin, as CSS writes it.
        review: what is demanded of reviews, and what readers are told of them.
        report: the address to which readers report mistakes, or an empty text.
    """

    authors: dict[str, Author] = field(default_factory=dict)
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    citation_style: str = DEFAULT_STYLE
    namespace: str = ""
    rights: str = ""
    margin_from: str = DEFAULT_MARGIN
    pages: MadePages = MadePages()
    review: Reviewing = field(default_factory=Reviewing)
    report: str = ""

    def author_of(self, annotation: Annotation) -> Author:
        """Who wrote a note: an author of the site, or whoever wrote it where it comes from."""
        origin = annotation.origin
        return Author(name=origin.author or origin.via) if origin else self.authors[annotation.author]
