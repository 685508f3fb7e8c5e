"""A docs folder → the site: every data file is read and checked, on its own and against the others."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Any

from postil.files.notes_file import Entry, NotesFile, check_references, read_annotations, unknown_names, unknown_sources
from postil.files.records_files import read_records
from postil.files.settings_file import default_settings, read_settings
from postil.files.sources_file import KEY, PROGRAMS, read_registers
from postil.files.translations import texts
from postil.files.yamltext import has_key
from postil.model.problem import Place, Problem, nearest, shown
from postil.model.records import Records
from postil.page.context import Context
from postil.site.data_files import ARTICLE_SUFFIXES, NOTES_SUFFIXES, RECORD_FILES, SETTINGS_FILE, data_files
from postil.site.folder import Site
from postil.site.registers import registers

ReadNotes = Callable[[bytes, str], tuple[NotesFile, list[Problem]]]


def load_site(
    docs: Path, language: str = "en", *, unpublished: bool = False, read_notes: ReadNotes = read_annotations
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
    site = Site(docs, unpublished=unpublished)
    settings = default_settings(language)
    if (file := docs / SETTINGS_FILE).is_file():
        settings, problems = read_settings(file.read_bytes(), shown(file), language)
        site.problems += problems
    site.registers = tuple(registers(docs))
    sources, problems = read_registers({shown(file): file.read_bytes() for file in site.registers})
    site.problems += [problem for problem in problems if problem.severity == "error"]
    site.told += [problem for problem in problems if problem.severity == "warning"]
    site.context = Context(settings, sources, texts(language))
    for file in data_files(docs):
        _load_notes(site, file, read_notes)
    _load_records(site)
    if not site.has_notes_files:
        _leave_alone_what_is_foreign(site)
    return site


def read_again(site: Site, article: str) -> None:
    """Read the notes of one article anew, which has changed itself or whose notes have.

    What goes beyond one article (the notes that records name, say) stays as it was found when all was read.

    Args:
        site: as it was read.
        article: its path inside of docs/.
    """
    stem = site.docs / PurePosixPath(article).with_suffix("")
    files = [stem.with_name(stem.name + suffix) for suffix in NOTES_SUFFIXES]
    mine = {shown(file) for file in (*files, site.docs / article)}
    site.problems = [problem for problem in site.problems if problem.place.file not in mine]
    site.notes_files = [name for name in site.notes_files if name not in mine]
    for known in (site.notes, site.excuses, site.pages, site.digests):
        known.pop(article, None)
    for file in files:
        if file.is_file():
            _load_notes(site, file, read_annotations)


def _load_notes(site: Site, file: Path, read_notes: ReadNotes) -> None:
    name = shown(file)
    suffix = next((suffix for suffix in NOTES_SUFFIXES if file.name.endswith(suffix)), None)
    if suffix is None:
        middle = file.name.split(".")[-2]
        if nearest(middle, ["annotations"]):
            message = f"this looks like a notes file, but its name does not end in {NOTES_SUFFIXES[0]}"
            site.problems.append(Problem(Place(name), f"{message}; rename it"))
        return
    stem = file.name.removesuffix(suffix)
    articles = [file.with_name(stem + ending) for ending in ARTICLE_SUFFIXES]
    article = next((article for article in articles if article.is_file()), None)
    site.notes_files.append(name)
    if article is None:
        article = articles[0]
        message = (
            f"notes for an article that does not exist: expected {stem}.md beside it{_renamed(site.docs, file, stem)}"
        )
        site.astray[article.relative_to(site.docs).as_posix()] = Problem(Place(name), message)
    content = file.read_bytes()
    site.digests[article.relative_to(site.docs).as_posix()] = hashlib.sha256(content).digest()
    read, problems = read_notes(content, name)
    site.problems += problems
    site.excuses[article.relative_to(site.docs).as_posix()] = read.excuses
    # Where a file itself is broken, that is told, and not every note that may rest on the lost part.
    settings_broken, sources_broken = site.has_problems(SETTINGS_FILE), site.has_broken_register()
    for entry in read.entries:
        found = check_references(entry, site.context.settings)
        lacking = unknown_sources(entry, site.context.sources)
        site.problems += [] if settings_broken else found
        site.problems += [] if sources_broken else lacking
        if not found and not lacking:
            _add(site, entry, article, name)
    for half in read.halves:
        site.problems += [] if settings_broken else unknown_names(half, site.context.settings)
        site.problems += [] if sources_broken else unknown_sources(half, site.context.sources)
    if read.entries:
        read.entries[0].document.forget_places(content)


def _renamed(docs: Path, file: Path, stem: str) -> str:
    """Where the article of a notes file may be by now, and what is to be done; empty where nothing is known of it."""
    moved = [
        other
        for suffix in ARTICLE_SUFFIXES
        for other in sorted(docs.rglob(f"{stem}{suffix}"))
        if not any(part.startswith(".") for part in other.relative_to(docs).parts) and not _has_notes(other)
    ]
    if len(moved) == 1:
        return f" (did you mean {shown(moved[0])}? then move {stem}.annotations.* to {shown(moved[0].parent)}/)"
    articles = {other.name: other.stem for other in file.parent.iterdir() if other.suffix in ARTICLE_SUFFIXES}
    free = [name for name, other in articles.items() if other != "index" and not _has_notes(file.with_name(name))]
    name = next((one for one in articles if repr(one) in nearest(f"{stem}.md", articles)), "")
    name = name if name in free or not free else free[0] if len(free) == 1 else name
    if not name:
        return ""
    then = f" then rename {stem}.annotations.* to {articles[name]}.annotations.*" if name in free else ""
    return f" (did you mean {name!r}?{then})"


def _has_notes(article: Path) -> bool:
    return any(article.with_suffix(suffix).exists() for suffix in NOTES_SUFFIXES)


def _load_records(site: Site) -> None:
    notes = set(site.withheld).union(entry.annotation.id for entries in site.notes.values() for entry in entries)
    sources = None if site.has_broken_register() else site.context.sources
    # Notes with mistakes are left out, so that only whole notes files tell which ids there are.
    known = None if any(problem.place.file.endswith(NOTES_SUFFIXES) for problem in site.problems) else notes
    found: dict[str, tuple[Any, ...]] = {}
    for name, keys in RECORD_FILES.items():
        if (file := site.docs / name).is_file():
            records, problems = read_records(file.read_bytes(), shown(file), keys, sources, known)
            site.problems += problems
            found |= records
    site.records = Records(**found)


def _leave_alone_what_is_foreign(site: Site) -> None:
    """Without notes a file that has the name of a data file and none of its keys is not meant for us."""
    names: dict[str, tuple[str, ...]] = {file.name: (KEY,) for file in site.registers}
    for name, keys in (names | RECORD_FILES).items():
        file = site.docs / name
        if file.suffix in PROGRAMS:  # of a bibliography for another plug-in, say
            _leave_alone(site, name)
            continue
        mine = [problem for problem in site.problems if problem.place.file == shown(file)]
        if mine and not has_key(file.read_bytes(), keys):
            site.foreign[name] = mine[0]
            site.problems = [problem for problem in site.problems if problem not in mine]


def _leave_alone(site: Site, name: str) -> None:
    """Without notes a register that another program has written is for somebody else."""
    place = Place(shown(site.docs / name))
    site.foreign[name] = Problem(place, "it is published as it is, since no article has notes")
    site.problems = [problem for problem in site.problems if problem.place.file != place.file]
    site.told = [problem for problem in site.told if problem.place.file != place.file]
    known = site.context.sources
    site.context.sources = {key: source for key, source in known.items() if source.place.file != place.file}


def _add(site: Site, entry: Entry, article: Path, name: str) -> None:
    path = article.relative_to(site.docs).as_posix()
    if entry.annotation.status and not site.unpublished:
        site.withheld[entry.annotation.id] = entry
        return
    entries = site.notes.setdefault(path, [])
    if entries and entries[0].document.file != name:
        first = entries[0].document.file
        message = f"the article has a notes file already, {first}; put these notes into it and delete this file"
        site.problems.append(Problem(Place(name), message))
        return
    entries.append(entry)
