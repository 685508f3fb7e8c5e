"""One page, its notes file and the register, while one request of an author is answered.

What is written brings no new complaint, and nothing that somebody else has changed meanwhile is overwritten.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from postil.editing.lost import line_of_record, offered
from postil.editing.refusal import Refusal, by_field, data_of
from postil.editing.requests import Selected
from postil.editing.selection import Placed, Selection, place
from postil.files import snapshot
from postil.files.edits import NoteEdit, edited
from postil.files.notes_file import Entry, check_references, read_annotations, unknown_sources
from postil.files.registering import in_order, with_entries
from postil.files.sources_file import read_registers, read_sources
from postil.files.writing import replace
from postil.files.yamltext import read_yaml
from postil.model.annotation import Annotation
from postil.model.problem import PostilError, Problem, shown
from postil.page.annotate import AnnotatedPage
from postil.page.fragment import Fragment
from postil.site.data_files import NOTES_SUFFIXES
from postil.site.editorial import today
from postil.site.folder import Site
from postil.site.registers import registers, writable
from postil.text.anchor import Anchorer, Span
from postil.text.anchor import Refusal as Unplaced

# The content of a file (None where there is none) → the new one.
Edit = Callable[[bytes | None], bytes]


def notes_file_of(article: Path) -> Path:
    """The notes file of an article: the one that is there, or the one that would be made."""
    names = [article.with_suffix(suffix) for suffix in NOTES_SUFFIXES]
    return next((name for name in names if name.is_file()), names[0])


class Desk:
    """One page and its files while one request is answered."""

    def __init__(self, site: Site, fragment: Fragment, anchorer: Anchorer) -> None:
        self.site = site
        self.fragment = fragment
        self.anchorer = anchorer
        self.article = site.docs / fragment.path
        self.file = notes_file_of(self.article)
        self.name = shown(self.file)

    def ids(self) -> set[str]:
        """The ids of all notes of the site."""
        elsewhere = (entries for path, entries in self.site.notes.items() if path != self.fragment.path)
        others = {entry.annotation.id for entries in elsewhere for entry in entries}
        return others | {entry.annotation.id for entry in self.entries()}

    def entries(self) -> list[Entry]:
        """The notes of the page as its file has them now; those with mistakes are left out."""
        return self._read(self.file.read_bytes())[0] if self.file.is_file() else []

    def _read(self, content: bytes) -> tuple[list[Entry], list[Problem]]:
        read, problems = read_annotations(content, self.name)
        good = []
        for entry in read.entries:
            found = check_references(entry, self.site.context.settings)
            found += unknown_sources(entry, self.site.context.sources)
            problems += found
            good += [] if found else [entry]
        return good, problems

    def passages(self) -> list[tuple[Entry, Span]]:
        """The notes that have their passage, and where it is."""
        found = [(entry, self._passage(entry.annotation)) for entry in self.entries()]
        return [(entry, span) for entry, span in found if isinstance(span, Span)]

    def _passage(self, annotation: Annotation) -> Span | Unplaced:
        return self.anchorer.find(annotation.quote, annotation.prefix, annotation.suffix)

    def page(self, entries: list[Entry]) -> AnnotatedPage:
        """The page with these notes; a note without its passage is shown, not an error."""
        context = self.site.context
        return self.fragment.annotated(entries, context)

    def placed(self, selected: Selected) -> Placed:
        """Where a selection is.

        Raises:
            Refusal: with the words that say why it cannot be a passage.
        """
        found = place(self.anchorer, Selection(selected.quote, selected.before, selected.after, selected.share))
        if isinstance(found, str):
            raise Refusal(422, {"quote": self.site.context.text(f"writing.cannot.{found}")})
        return found

    def passage(self, placed: Placed) -> dict[str, str]:
        """The keys that name a passage."""
        return {key: words for key in ("quote", "prefix", "suffix") if (words := getattr(placed, key))}

    def entry(self, name: str, tag: str) -> Entry:
        """A note that is to be changed.

        Raises:
            Refusal: when it is gone, or another than the author has seen; both versions are told then.
        """
        found = next((entry for entry in self.entries() if entry.annotation.id == name), None)
        if found is None:
            raise Refusal(409, {"": self.site.context.text("writing.gone")})
        if _tag(found) != tag:
            theirs = data_of(found.document, found.index)
            raise Refusal(409, {"": self.site.context.text("writing.conflict")}, theirs=theirs, tag=_tag(found))
        return found

    def editing(self, entry: Entry, values: Mapping[str, Any], what: str, *, needs_word: bool) -> Edit:
        """The change of one note, with its line for `changed`; a draft needs none."""
        record = None
        if needs_word and not entry.annotation.status:
            if not what.strip():
                raise Refusal(422, {"what": self.site.context.text("writing.needs_what")})
            record = {"date": today().isoformat(), "what": what.strip()}
        return lambda content: edited(content or b"", self.name, {entry.index: NoteEdit(values, record)})

    def save(self, change: Edit, name: str) -> dict[str, Any]:
        """Write the notes file, once the page has been drawn with it.

        Args:
            change: what becomes of the file.
            name: the id of the note that is changed.

        Raises:
            Refusal: 422 with what is wrong, 409 when somebody else has changed the file meanwhile.
        """
        before = self.file.read_bytes() if self.file.is_file() else None
        old, known = self._read(before) if before is not None else ([], [])
        try:
            new = change(before)
        except PostilError as error:
            raise Refusal(422, {"": "; ".join(problem.message for problem in error.problems)}) from None
        entries, problems = self._read(new)
        fresh = _new(problems, known)
        if fresh:
            number = next(
                (index for index, item in enumerate(_items(new)) if isinstance(item, dict) and item.get("id") == name),
                0,
            )
            raise Refusal(422, by_field(fresh, new, number))
        page = self.page(entries)
        if page.problems and (wrong := _new(page.problems, self.page(old).problems)):
            raise Refusal(422, {"note": "; ".join(problem.message for problem in wrong)})
        if before != (self.file.read_bytes() if self.file.is_file() else None):
            raise Refusal(409, {"": self.site.context.text("writing.conflict")})
        self._write(self.file, new)
        self.site.notes[self.fragment.path] = entries
        if not page.lost and page.notes:
            snapshot.keep_first(self.site.docs, {self.fragment.path: self.anchorer.text})
        return self._answer(page, entries, name)

    def _write(self, file: Path, content: bytes) -> None:
        """Write a file as a whole; where that cannot be, it stays as it was, and so does what the author has typed."""
        try:
            replace(file, content)
        except OSError as error:
            text = self.site.context.text
            raise Refusal(422, {"": text("writing.unwritable", file=file.name, why=error.strerror or "")}) from None

    def drawn(self, name: str) -> dict[str, Any]:
        """The page as it is."""
        entries = self.entries()
        return self._answer(self.page(entries), entries, name)

    def _answer(self, page: AnnotatedPage, entries: list[Entry], name: str) -> dict[str, Any]:
        return {"id": name, "html": page.html, "notes": _notes(entries), "lost": self._lost(page, entries)}

    def _lost(self, page: AnnotatedPage, entries: Iterable[Entry]) -> list[dict[str, Any]]:
        names = {lost.note.annotation.id for lost in page.lost}
        lost = [entry for entry in entries if entry.annotation.id in names]
        return offered(lost, self.article, self.anchorer, self.site.context.text)

    def moving(self, entry: Entry, placed: Placed, what: str) -> Edit:
        """The change of one note that goes to other words."""
        values: dict[str, Any] = {key: None for key in ("prefix", "suffix") if getattr(entry.annotation, key)}
        values |= self.passage(placed)
        what = what.strip() or line_of_record(entry, placed, self.article, self.anchorer, self.site.context.text)
        return self.editing(entry, values, what, needs_word=True)

    def state(self) -> dict[str, Any]:
        """All that the form offers, and the notes of the page."""
        context, entries = self.site.context, self.entries()
        text, settings = context.text, context.settings
        return {
            "kinds": [{"id": name, "word": word} for name, word in text.all("kinds").items()],
            "verdicts": [
                {"id": name, "word": verdict.word, "meaning": verdict.meaning}
                for name, verdict in settings.verdicts.items()
            ],
            "authors": [{"id": name, "name": author.name} for name, author in settings.authors.items()],
            "sources": [
                {"id": name, "title": source.title, "outlet": source.outlet_name, "year": str(source.issued)[:4]}
                for name, source in context.sources.items()
            ],
            "notes": _notes(entries),
            "lost": self._lost(self.page(entries), entries),
            "texts": text.all("writing"),
        }

    def add_source(self, data: dict[str, Any]) -> dict[str, Any]:
        """Write an entry into a register in YAML, at its place where that is sorted by id.

        Registers in JSON, BibTeX and RIS are left to the programs that write them; a new one begins beside them.
        """
        docs = self.site.docs
        file = writable(docs)
        name = shown(file)
        before = file.read_bytes() if file.is_file() else None
        known = self.site.context.sources
        if data.get("id") in known:
            raise Refusal(422, {"id": f"a source with the id {data['id']!r} is here already"})
        try:
            new, (number,), key = with_entries(before, name, [in_order(data)])
        except PostilError as error:
            raise Refusal(422, {"": str(error)}) from None
        others = {shown(other): other.read_bytes() for other in registers(docs) if other != file}
        wrong = [problem for problem in read_sources(new, name)[1] if problem.severity == "error"]
        if wrong:
            raise Refusal(422, by_field(wrong, new, number, key))
        self._write(file, new)
        known.clear()
        known.update(read_registers({name: new, **others})[0])
        answer = {"id": data["id"], "sources": self.state()["sources"]}
        if others and before is None:
            told = self.site.context.text("writing.source_beside", file=file.name, others=", ".join(map(_base, others)))
            return answer | {"told": told}
        return answer


def _base(name: str) -> str:
    return name.rpartition("/")[2]


def _items(content: bytes) -> list[Any]:
    return read_yaml(content, "").data.get("annotations") or []


def _tag(entry: Entry) -> str:
    """Which state of a note somebody has seen."""
    data = data_of(entry.document, entry.index)
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()[:16]


def _new(problems: Iterable[Problem], known: Iterable[Problem]) -> list[Problem]:
    """The problems that were not there before; lines move, so their words tell."""
    old = [problem.message for problem in known]
    return [problem for problem in problems if problem.message not in old]


def _notes(entries: list[Entry]) -> dict[str, Any]:
    return {
        entry.annotation.id: {"tag": _tag(entry), "values": data_of(entry.document, entry.index)} for entry in entries
    }
