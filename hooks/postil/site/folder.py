"""A folder of articles, notes and sources, read and checked as a whole."""

from __future__ import annotations

import fnmatch
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from postil.files import snapshot
from postil.files.notes_file import Entry, Excuse, NotesFile, check_references, lacks, read_annotations, unknown_sources
from postil.files.records_files import read_records
from postil.files.settings_file import default_settings, read_settings
from postil.files.sources_file import FILE as SOURCES_FILE
from postil.files.sources_file import KEY, PROGRAMS, read_registers
from postil.files.translations import texts
from postil.files.yamltext import has_key
from postil.model.problem import Place, Problem, Severity, nearest, shortened, shown
from postil.model.records import Records
from postil.model.source import Source
from postil.page.annotate import AnnotatedPage
from postil.page.context import Context
from postil.page.fragment import Fragment
from postil.site.editorial import unreviewed
from postil.site.registers import is_register, registers
from postil.text.coverage import Coverage, coverage
from postil.text.normalizing import fold

NOTES_SUFFIXES = (".annotations.yml", ".annotations.yaml")
SETTINGS_FILE = "postil.yml"
RECORD_FILES = {"events.yml": ("events",), "people.yml": ("people", "organisations", "places")}
ARTICLE_SUFFIXES = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")

ReadNotes = Callable[[bytes, str], tuple[NotesFile, list[Problem]]]

# Files that are the author's and never part of the site: data, editors' copies of it, drafts.
DATA_FILES = (SOURCES_FILE, SETTINGS_FILE, *RECORD_FILES)
PRIVATE = (
    "*.annotations.*", "*.annotations.*~", "*.unplaced.yml", "*.draft.*",
    *DATA_FILES, *(f"{name}?*" for name in DATA_FILES),
)  # fmt: skip


def is_private(path: str) -> bool:
    """Whether a file, by its path inside of docs/ with slashes, is never copied into the site."""
    name = PurePosixPath(path).name
    return is_register(path) or any(fnmatch.fnmatchcase(name, pattern) for pattern in PRIVATE)


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
        read_notes: reads a notes file, see `read_annotations`.
        foreign: data files, by path, that are of another kind and left alone, since no article has notes.
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
    read_notes: ReadNotes = read_annotations
    _notes_files: list[str] = field(default_factory=list)

    @classmethod
    def load(
        cls,
        docs: Path,
        language: str = "en",
        *,
        unpublished: bool = False,
        read_notes: ReadNotes = read_annotations,
    ) -> Site:
        """Read every data file below a folder.

        Args:
            docs: the folder.
            language: of the interface.
            unpublished: whether drafts are shown, too.
            read_notes: reads a notes file, or knows what it says.

        Returns:
            The site. It never raises for what an author wrote: mistakes are in `problems`.
        """
        site = cls(docs, unpublished=unpublished, read_notes=read_notes)
        settings = default_settings(language)
        if (file := docs / SETTINGS_FILE).is_file():
            settings, problems = read_settings(file.read_bytes(), shown(file), language)
            site.problems += problems
        site.registers = tuple(registers(docs))
        sources, problems = read_registers({shown(file): file.read_bytes() for file in site.registers})
        site.problems += [problem for problem in problems if problem.severity == "error"]
        site.told += [problem for problem in problems if problem.severity == "warning"]
        site.context = Context(settings, sources, texts(language))
        for file in _data_files(docs):
            site._load_notes(file)
        site._load_records()
        if not site.has_notes_files:
            site._leave_alone_what_is_foreign()
        return site

    @property
    def has_notes_files(self) -> bool:
        """Whether there are notes files at all, with mistakes in them or not."""
        return bool(self._notes_files)

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
        """What the author should know of the snapshots of the articles that have been rendered."""
        told = (snapshot.hint(self.docs / path, page.text) for path, page in sorted(self.pages.items()))
        return [line for line in told if line]

    def keep_texts(self) -> list[str]:
        """Keep the text of each rendered article of which none is kept and whose notes all have their passage."""
        texts = {path: page.text for path, page in sorted(self.pages.items()) if page.notes and not page.lost}
        return snapshot.keep_first(self.docs, texts)

    def excuses_of(self, article: str) -> list[tuple[str, str]]:
        """The words of an article that have no note, each with the reason."""
        return [(excuse.uncovered.quote, excuse.uncovered.reason) for excuse in self.excuses.get(article, ())]

    def coverage_of(self, article: str) -> Coverage:
        """How much of an article that has been rendered its notes touch."""
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
            elif not self._has_broken_register():
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

    def read_again(self, article: str) -> None:
        """Read the notes of one article anew, which has changed itself or whose notes have.

        What goes beyond one article (the notes that records name, say) stays as it was found when all was read.

        Args:
            article: its path inside of docs/.
        """
        stem = self.docs / PurePosixPath(article).with_suffix("")
        files = [stem.with_name(stem.name + suffix) for suffix in NOTES_SUFFIXES]
        mine = {shown(file) for file in (*files, self.docs / article)}
        self.problems = [problem for problem in self.problems if problem.place.file not in mine]
        self._notes_files = [name for name in self._notes_files if name not in mine]
        for known in (self.notes, self.excuses, self.pages):
            known.pop(article, None)
        for file in files:
            if file.is_file():
                self._load_notes(file)

    def _load_notes(self, file: Path) -> None:
        name = shown(file)
        suffix = next((suffix for suffix in NOTES_SUFFIXES if file.name.endswith(suffix)), None)
        if suffix is None:
            middle = file.name.split(".")[-2]
            if nearest(middle, ["annotations"]):
                message = f"this looks like a notes file, but its name does not end in {NOTES_SUFFIXES[0]}"
                self.problems.append(Problem(Place(name), f"{message}; rename it"))
            return
        stem = file.name.removesuffix(suffix)
        articles = [file.with_name(stem + ending) for ending in ARTICLE_SUFFIXES]
        article = next((article for article in articles if article.is_file()), None)
        self._notes_files.append(name)
        if article is None:
            article = articles[0]
            siblings = [other.name for other in file.parent.iterdir() if other.suffix in ARTICLE_SUFFIXES]
            hint = nearest(f"{stem}.md", siblings)
            message = f"notes for an article that does not exist: expected {stem}.md beside it{hint}"
            self.astray[article.relative_to(self.docs).as_posix()] = Problem(Place(name), message)
        read, problems = self.read_notes(file.read_bytes(), name)
        self.problems += problems
        self.excuses[article.relative_to(self.docs).as_posix()] = read.excuses
        # Where a file itself is broken, that is told, and not every note that may rest on the lost part.
        settings_broken, sources_broken = self._has_problems(SETTINGS_FILE), self._has_broken_register()
        for entry in read.entries:
            found = check_references(entry, self.context.settings)
            lacking = unknown_sources(entry, self.context.sources)
            self.problems += [] if settings_broken else found
            self.problems += [] if sources_broken else lacking
            if not found and not lacking:
                self._add(entry, article, name)

    def _load_records(self) -> None:
        notes = set(self.withheld).union(entry.annotation.id for entries in self.notes.values() for entry in entries)
        sources = None if self._has_broken_register() else self.context.sources
        # Notes with mistakes are left out, so that only whole notes files tell which ids there are.
        known = None if any(problem.place.file.endswith(NOTES_SUFFIXES) for problem in self.problems) else notes
        found: dict[str, tuple[Any, ...]] = {}
        for name, keys in RECORD_FILES.items():
            if (file := self.docs / name).is_file():
                records, problems = read_records(file.read_bytes(), shown(file), keys, sources, known)
                self.problems += problems
                found |= records
        self.records = Records(**found)

    def _leave_alone_what_is_foreign(self) -> None:
        """Without notes a file that has the name of a data file and none of its keys is not meant for us."""
        names: dict[str, tuple[str, ...]] = {file.name: (KEY,) for file in self.registers}
        for name, keys in (names | RECORD_FILES).items():
            file = self.docs / name
            if file.suffix in PROGRAMS:  # of a bibliography for another plug-in, say
                self._leave_alone(name)
                continue
            mine = [problem for problem in self.problems if problem.place.file == shown(file)]
            if mine and not has_key(file.read_bytes(), keys):
                self.foreign[name] = mine[0]
                self.problems = [problem for problem in self.problems if problem not in mine]

    def _leave_alone(self, name: str) -> None:
        """Without notes a register that another program has written is for somebody else."""
        place = Place(shown(self.docs / name))
        self.foreign[name] = Problem(place, "it is published as it is, since no article has notes")
        self.problems = [problem for problem in self.problems if problem.place.file != place.file]
        self.told = [problem for problem in self.told if problem.place.file != place.file]
        known = self.context.sources
        self.context.sources = {key: source for key, source in known.items() if source.place.file != place.file}

    def _has_broken_register(self) -> bool:
        """Whether a register has mistakes, so that not all sources are known."""
        return any(self._has_problems(file.name) for file in self.registers)

    def _has_problems(self, name: str) -> bool:
        """Whether a file at the top of docs/ has mistakes."""
        file = shown(self.docs / name)
        return any(problem.place.file == file for problem in self.problems)

    def _add(self, entry: Entry, article: Path, name: str) -> None:
        path = article.relative_to(self.docs).as_posix()
        if entry.annotation.status and not self.unpublished:
            self.withheld[entry.annotation.id] = entry
            return
        entries = self.notes.setdefault(path, [])
        if entries and entries[0].document.file != name:
            message = f"the article has a second notes file, {entries[0].document.file}; keep one"
            self.problems.append(Problem(Place(name), message))
            return
        entries.append(entry)


def _place_of(key: str, file: Path) -> Place:
    """Where the front matter of a page has a key."""
    lines = file.read_text("utf-8-sig", errors="replace").splitlines()
    return Place(shown(file), next((number for number, line in enumerate(lines, 1) if line.startswith(key)), 1))


def _data_files(docs: Path) -> list[Path]:
    """Every YAML file that holds notes, or may be meant to, in a lasting order."""
    found = []
    for folder, folders, names in os.walk(docs, followlinks=True):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.endswith((".yml", ".yaml")) and name.count(".") > 1 and not name.startswith("."):
                found.append(Path(folder, name))
    return found
