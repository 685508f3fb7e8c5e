"""A folder of articles, notes and sources as a whole, and what is wrong in it (`loading` reads it)."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from postil.files import snapshot
from postil.files.notes_file import Entry, Excuse, lacks
from postil.model.cutting import shortened
from postil.model.problem import Place, Problem, Severity, shown
from postil.model.records import Records
from postil.model.source import Source
from postil.page.annotate import AnnotatedPage
from postil.page.context import Context
from postil.page.fragment import Fragment
from postil.site.data_files import ARTICLE_SUFFIXES, DATA_FILES, NOTES_SUFFIXES, is_private
from postil.site.editorial import unreviewed
from postil.text.normalizing import fold

if TYPE_CHECKING:
    from postil.text.coverage import Coverage


@dataclass
class Site:
    """Everything that the articles of a site share, and what became of each while it was built.

    Attributes:
        docs: the folder of the articles.
        context: authors, verdicts, sources, texts of the interface.
        records: events, people, organisations, places.
        notes: the notes of each article, by its path inside of `docs` with slashes; those with mistakes are left out.
        problems: every mistake of every file, without those that show only when a page is rendered.
        told: what is not wrong but should be known, found while the site was built.
        pages: the pages that have been annotated, by the same path.
        unpublished: whether notes that are not published yet are shown, as in the live preview.
        withheld: those that are not, by id.
        fragments: what every page was annotated from, where somebody writes notes in the preview; else None.
        astray: notes files without an article in `docs`, by the path that they expect; a plug-in may yet make the page.
        registers: the files that name the sources.
        foreign: data files, by path, that are of another kind and left alone, since no article has notes.
        notes_files: all that there are, with mistakes in them or not.
        digests: of the bytes of each article's notes file as it was read, by the path of the article.
    """

    docs: Path
    context: Context = field(default_factory=Context)
    records: Records = field(default_factory=Records)
    notes: dict[str, list[Entry]] = field(default_factory=dict)
    excuses: dict[str, tuple[Excuse, ...]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    told: list[Problem] = field(default_factory=list)
    pages: dict[str, AnnotatedPage] = field(default_factory=dict)
    _measured: dict[str, tuple[AnnotatedPage, Coverage]] = field(default_factory=dict, repr=False)
    unpublished: bool = False
    withheld: dict[str, Entry] = field(default_factory=dict)
    fragments: dict[str, Fragment] | None = None
    astray: dict[str, Problem] = field(default_factory=dict)
    foreign: dict[str, Problem] = field(default_factory=dict)
    registers: tuple[Path, ...] = ()
    notes_files: list[str] = field(default_factory=list)
    digests: dict[str, bytes] = field(default_factory=dict)

    @property
    def has_notes_files(self) -> bool:
        """Whether there are notes files at all, with mistakes in them or not."""
        return bool(self.notes_files)

    @property
    def most_notes(self) -> int:
        """How many notes the article has that has most: the styles of the margin are made for as many."""
        return max(map(len, self.notes.values()), default=0)

    def has(self, name: str) -> bool:
        """Whether there is a data file of this name that is meant for us, with mistakes in it or not."""
        return (self.docs / name).is_file() and name not in self.foreign

    def is_private(self, path: str) -> bool:
        """Whether a file, by its path inside of docs/ with slashes, is never copied into the site."""
        return is_private(path) and path not in self.foreign

    def all_problems(self) -> list[Problem]:
        """The mistakes of all files and of all rendered pages, each once, in the order of files and lines."""
        rendered = (problem for page in self.pages.values() for problem in page.problems)
        return sorted({*self.problems, *rendered, *self._stale_excuses(), *self._unreviewed()})

    def hints(self) -> list[str]:
        """What the author should know of the snapshots of the articles that were rendered, and of others."""
        told = (snapshot.hint(self.docs / path, page.text) for path, page in sorted(self.pages.items()))
        return [line for line in (*told, *snapshot.orphans(self.docs, ARTICLE_SUFFIXES)) if line]

    def keep_texts(self) -> list[str]:
        """Keep the text of each rendered article of which none is kept and whose notes all have their passage."""
        texts = {path: page.text for path, page in sorted(self.pages.items()) if page.notes and not page.lost}
        return snapshot.keep_first(self.docs, texts)

    def excuses_of(self, article: str) -> list[tuple[str, str]]:
        """The words of an article that have no note, each with the reason."""
        return [(excuse.uncovered.quote, excuse.uncovered.reason) for excuse in self.excuses.get(article, ())]

    def coverage_of(self, article: str) -> Coverage:
        """How much of an article that has been rendered its notes touch."""
        from postil.text.coverage import coverage  # most builds show none

        page = self.pages[article]
        if article not in self._measured or self._measured[article][0] is not page:
            spans = (note.span for note in page.notes)
            found = coverage(page.prose, spans, self.excuses_of(article), self.context.text.language)
            self._measured[article] = page, found
        return self._measured[article][1]

    def based_on(self, article: str, names: Any) -> tuple[Source, ...]:
        """The sources that an article retells or reprints.

        Args:
            article: its path inside of docs/.
            names: what its front matter says below `based_on`: an id of the register, or several.

        Returns:
            The sources; an id that the register does not have is a problem.
        """
        known = self.context.sources
        found = []
        for name in map(str, [names] if isinstance(names, str) else names or ()):
            if name in known:
                found.append(known[name])
            elif not self.has_broken_register():
                message = f"based_on: {lacks(name, known)}"
                self.problems.append(Problem(_place_of("based_on", self.docs / article), message))
        return tuple(found)

    def _stale_excuses(self) -> list[Problem]:
        """A problem for each excuse whose words are not in its article."""
        found = []
        for path, page in self.pages.items():
            text = fold(page.text).text
            for excuse in self.excuses.get(path, ()):
                if fold(excuse.uncovered.quote).text not in text:
                    message = f"uncovered: {shortened(excuse.uncovered.quote)!r}: these words are not on the page"
                    found.append(Problem(excuse.place, message))
        return found

    def _unreviewed(self) -> list[Problem]:
        """A problem for each published fact check at which too few have looked."""
        entries = (entry for entries in self.notes.values() for entry in entries)
        severity: Severity = "error" if self.context.strict else "warning"
        return [Problem(*told, severity) for told in unreviewed(entries, self.context.settings)]

    def problems_of(self, article: str) -> list[Problem]:
        """The mistakes that keep notes off one article: those of its own files and of the site's."""
        stem = str(PurePosixPath(article).with_suffix(""))
        names = {shown(self.docs / f"{stem}{suffix}") for suffix in NOTES_SUFFIXES}
        names |= {shown(self.docs / name) for name in DATA_FILES} | {shown(file) for file in self.registers}
        page = self.pages.get(article)
        mine = [problem for problem in self.problems if problem.place.file in names]
        return sorted({*mine, *(page.problems if page else ())})

    def has_broken_register(self) -> bool:
        """Whether a register has mistakes, so that not all sources are known."""
        return any(self.has_problems(file.name) for file in self.registers)

    def has_problems(self, name: str) -> bool:
        """Whether a file at the top of docs/ has mistakes."""
        file = shown(self.docs / name)
        return any(problem.place.file == file for problem in self.problems)


def _place_of(key: str, file: Path) -> Place:
    """Where the front matter of a page has a key."""
    lines = file.read_text("utf-8-sig", errors="replace").splitlines()
    return Place(shown(file), next((number for number, line in enumerate(lines, 1) if line.startswith(key)), 1))
