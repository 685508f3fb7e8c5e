"""What notes files say, kept from one build to the next by their bytes: thousands need not be parsed for one."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from postil.build import kept
from postil.files.notes_file import Entry, Excuse, NotesFile, read_annotations
from postil.files.yamltext import Document
from postil.model.annotation import Annotation, Uncovered
from postil.model.problem import Place, Problem
from postil.site.folder import Site
from postil.site.loading import load_site

if TYPE_CHECKING:
    from postil.build.report import Report


class KeptNotes:
    """Reads notes files as `read_annotations` does, and keeps what one says that is without a mistake.

    The data as YAML has them are not kept: only who writes in the preview wants them.

    Args:
        folder: where it is kept; it may be deleted at any time.
    """

    def __init__(self, folder: Path) -> None:
        self._kept = kept.Kept(folder)

    def __call__(self, content: bytes, file: str) -> tuple[NotesFile, list[Problem]]:
        """See `read_annotations`."""
        wanted = kept.key([kept.installed(), file, content])
        found: tuple[list[tuple[Annotation, int]], list[tuple[Uncovered, Place]]] | None = self._kept.get(file, wanted)
        if found is not None:
            document = Document(file, digest=hashlib.sha256(content).digest())
            document.forget_places(content)
            entries = (Entry(annotation, index, document) for annotation, index in found[0])
            return NotesFile(tuple(entries), tuple(Excuse(*excuse) for excuse in found[1])), []
        read, problems = read_annotations(content, file)
        if read.entries:
            read.entries[0].document.data = None
        if not problems:
            notes = [(entry.annotation, entry.index) for entry in read.entries]
            self._kept.put(file, wanted, (notes, [(excuse.uncovered, excuse.place) for excuse in read.excuses]))
        return read, problems

    def end(self) -> None:
        """All notes files have been read."""
        self._kept.end()


def site_of(report: Report) -> Site:
    """The site that a build has read, with what is not published; notes files are not parsed a second time."""
    notes = KeptNotes(report.cache / "notes") if report.cache else read_annotations
    return load_site(report.docs_dir, report.language, unpublished=True, read_notes=notes)
