"""The lines of a text while it is read: white space folded, and where in the HTML each stretch of it stands."""

from __future__ import annotations

import html as html_library

from postil.text import markup
from postil.text.atoms import Atom
from postil.text.reading_text import Reading, Run


class Lines:
    """What has been read so far.

    Attributes:
        parts: the text, in pieces.
        runs: where each stretch of it stands in the HTML.
        atoms: what is one thing: pictures, formulas.
        length: of the text, in code points.
        flow: the number of the block whose text is read.
        link_end: the number of the outermost open element that may not hold a link, or -1.
        in_flow: whether the block has any text yet.
        new_line: whether what follows stands on a new line.
        after_space: whether a space that follows is not read.
    """

    def __init__(self, html: str) -> None:
        self.html = html
        self.parts: list[str] = []
        self.runs: list[Run] = []
        self.atoms: list[Atom] = []
        self.length = 0
        self.flow = 0
        self.link_end = -1
        self.in_flow = False
        self.new_line = True
        self.after_space = True

    def reading(self, hidden: tuple[str, ...], note_places: list[int], element_ends: list[int]) -> Reading:
        """All that has been read; the tree of elements adds what is hidden, where notes stand, where elements end."""
        starts = [run.text for run in self.runs]
        text = "".join(self.parts)
        whole = frozenset(atom.start for atom in self.atoms if atom.end > atom.start)
        return Reading(text, hidden, tuple(self.atoms), self.runs, starts, note_places, element_ends, whole)

    def end_line(self) -> None:
        """What follows stands on a new line; a space before the break is not read."""
        if self.after_space and not self.new_line:
            self.length -= 1
            last = self.runs.pop()
            self.parts[-1] = self.parts[-1][:-1]
            if last.length > 1:
                self.runs.append(last._replace(length=last.length - 1, width=last.width - 1))
        self.new_line, self.after_space = True, True

    def text(self, start: int, end: int) -> None:
        """Read a stretch of the HTML that lies between tags."""
        html = self.html
        if self.after_space:
            start = end - len(html[start:end].lstrip(markup.WHITE))
        if start == end:
            return
        flat = html[start:end].replace("\n", " ")
        if "  " not in flat and "&" not in flat and not markup.ODD_WHITE.search(flat):
            self._write(flat, start, end - start)
            return
        for fold in markup.FOLDS.finditer(html, start, end):
            if start < fold.start():
                self._write(html[start : fold.start()].replace("\n", " "), start, fold.start() - start)
            start = fold.end()
            shown = html_library.unescape(fold[0]) if fold[0][0] == "&" else " "
            if shown not in markup.WHITE:
                self._write(shown, fold.start(), start - fold.start())
            elif not self.after_space:
                self._write(" ", fold.start(), start - fold.start())
        if start < end:
            self._write(html[start:end].replace("\n", " "), start, end - start)

    def atom(self, words: str, start: int, width: int, shown: str) -> None:
        """Read a stretch of the HTML as one thing that has these words."""
        self._write(words, start, width)
        self.atoms.append(Atom(self.length - len(words), self.length, shown, self.length - len(words)))

    def _write(self, shown: str, start: int, width: int) -> None:
        """Words as a reader sees them, and the stretch of HTML that shows them."""
        if self.new_line:
            if self.parts:
                self.parts.append("\n")
                self.length += 1
            self.new_line, self.in_flow = False, True
        if self.after_space and shown[0] == " ":
            shown, start, width = shown[1:], start + 1, width - 1
        length = len(shown)
        self.runs.append(Run(self.length, start, length, width, self.flow, self.link_end))
        self.parts.append(shown)
        self.length += length
        self.after_space = shown[-1] == " "
