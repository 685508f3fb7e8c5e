"""An HTML fragment → the text that a reader reads, with the way back to the bytes.

The text has one line per block, white space folded to one space, without scripts, styles, comments and the signs
that Markdown's extensions add (permalinks, footnote numbers, line numbers). Offsets into it are Unicode code points,
as the W3C Web Annotation Data Model wants them (4.2.5, Text Position Selector).
"""

from __future__ import annotations

import html as html_library
import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import NamedTuple

from postil.text import markup


class Run(NamedTuple):
    """A stretch of reading text that lies in the HTML in one piece.

    Attributes:
        text: where it starts in the reading text.
        start: where it starts in the HTML.
        length: its length in the reading text, in code points.
        width: its length in the HTML; the same as `length`, save for a character reference or folded white space.
        flow: the number of the flow (line of reading) that it belongs to.
        link_end: the number of the element after which a link may follow; -1 where one may follow at once.
    """

    text: int
    start: int
    length: int
    width: int
    flow: int
    link_end: int


class Piece(NamedTuple):
    """A stretch of HTML between two tags that shows a part of a passage.

    Attributes:
        start: its offset in the HTML.
        end: the offset behind it.
    """

    start: int
    end: int


@dataclass(frozen=True)
class Reading:
    """The reading text of a fragment.

    Attributes:
        text: what a reader reads; blocks are separated by line breaks.
        hidden: texts that are in the HTML but not shown, for messages.
    """

    text: str
    hidden: tuple[str, ...]
    _runs: list[Run]
    _run_starts: list[int]
    _note_places: list[int]
    _element_ends: list[int]

    def pieces(self, start: int, end: int) -> list[Piece]:
        """The stretches of HTML, each between two tags, that show the text from `start` to `end`."""
        pieces: list[Piece] = []
        for run in self._runs_between(start, end):
            if run.length == run.width:
                first = run.start + max(start - run.text, 0)
                last = run.start + min(end - run.text, run.length)
            else:
                first, last = run.start, run.start + run.width
            if pieces and pieces[-1].end == first:
                first = pieces.pop().start
            pieces.append(Piece(first, last))
        return pieces

    def note_place(self, end: int) -> int:
        """The HTML offset straight after the block that holds the character before `end`, where a note may stand."""
        return self._note_places[self._run_before(end).flow]

    def link_place(self, end: int) -> int:
        """The first HTML offset after the character before `end` where a link may stand."""
        run = self._run_before(end)
        if run.link_end >= 0:
            return self._element_ends[run.link_end]
        return self.pieces(end - 1, end)[-1].end

    def _run_before(self, end: int) -> Run:
        return self._runs[bisect_right(self._run_starts, end - 1) - 1]

    def _runs_between(self, start: int, end: int) -> list[Run]:
        first = bisect_right(self._run_starts, start) - 1
        last = bisect_right(self._run_starts, end - 1)
        return [run for run in self._runs[max(first, 0) : last] if run.text + run.length > start]


def read(html: str) -> Reading:
    """Read an HTML fragment; any text is accepted, however broken its tags are."""
    return _Reader(html).reading()


_NO_CLASSES: frozenset[str] = frozenset()


def _hides(attributes: str, names: frozenset[str]) -> bool:
    return bool(names & markup.HIDDEN_CLASSES or markup.HIDDEN_ATTRIBUTE.search(attributes))


class _Open(NamedTuple):
    """An element that is open; a note on its text waits for the end of the element `holder`, if that is not -1."""

    name: str
    number: int
    holder: int


class _Reader:
    """One pass over the tokens of a fragment."""

    def __init__(self, html: str) -> None:
        self.html = html
        self.parts: list[str] = []
        self.runs: list[Run] = []
        self.note_places: list[int] = []
        self.element_ends: list[int] = []
        self.hidden: list[str] = []
        self.length = 0
        self.stack: list[_Open] = []
        self.no_links: list[int] = []  # open elements that may not hold a link
        self.waiting: dict[int, list[int]] = {}  # element → flows whose notes stand after it
        self.in_flow = False
        self.new_line = True
        self.after_space = True

    def reading(self) -> Reading:
        html, position = self.html, 0
        for token in markup.TOKEN.finditer(html):
            start = token.start()
            if start < position:  # inside of an element that was skipped
                continue
            if start > position:
                self._text(position, start)
            position = token.end()
            close, name, attributes = token.groups()
            if name is None:
                if html.startswith("<!--", start):
                    self.hidden.append(html[start + 4 : position - 3])
            elif close:
                self._end_tag(name.lower(), start, position)
            else:
                position = self._start_tag(name.lower(), attributes, start, position)
        if position < len(html):
            self._text(position, len(html))
        self._end_flow(len(html))
        while self.stack:
            self._pop(len(html))
        starts = [run.text for run in self.runs]
        text = "".join(self.parts)
        return Reading(text, tuple(self.hidden), self.runs, starts, self.note_places, self.element_ends)

    # Tags

    def _start_tag(self, name: str, attributes: str, start: int, end: int) -> int:
        """Open an element; returns the offset from which to read on."""
        names = markup.classes(attributes) if attributes else _NO_CLASSES
        if name in markup.HIDDEN or (attributes and _hides(attributes, names)):
            return end if name in markup.VOID else self._skip(name, end)
        if name in markup.BLOCKS:
            self._imply_ends(name, start)
            self._end_flow(start)
        elif name == "br":
            self._end_line()
        if name in markup.VOID or attributes.endswith("/"):
            return end
        number = len(self.element_ends)
        self.element_ends.append(-1)
        holds = name in markup.HOLDERS or (names and names & markup.HOLDING_CLASSES)
        self.stack.append(_Open(name, number, self._holder(name, number, names) if holds else -1))
        if name in markup.NO_LINKS:
            self.no_links.append(number)
        return end

    def _holder(self, name: str, number: int, names: frozenset[str]) -> int:
        """The number of the element after which the notes on this one's text stand."""
        if names & markup.HOLDING_CLASSES:
            return number
        holder = markup.HOLDERS[name]
        if holder == name:
            return number
        return next((element.number for element in reversed(self.stack) if element.name == holder), number)

    def _end_tag(self, name: str, start: int, end: int) -> None:
        is_open = bool(self.stack) and self.stack[-1].name == name
        if not is_open and all(element.name != name for element in self.stack):
            return
        while self.stack[-1].name != name:
            self._pop(start)
        if name in markup.CLOSED_BLOCKS:
            self._pop(end)
            self._end_flow(end)
        else:
            if name in markup.BLOCKS:
                self._end_flow(start)
            self._pop(end)

    def _pop(self, end: int) -> None:
        element = self.stack.pop()
        self.element_ends[element.number] = end
        if self.no_links and self.no_links[-1] == element.number:
            self.no_links.pop()
        for flow in self.waiting.pop(element.number, ()):
            self.note_places[flow] = end

    def _imply_ends(self, name: str, start: int) -> None:
        """Close what the start of a block closes without an end tag (HTML 13.1.2.4)."""
        for depth in range(len(self.stack) - 1, -1, -1):
            opened = self.stack[depth].name
            if opened == "p" or name in markup.IMPLIED_END.get(opened, ()):
                self._end_tag(opened, start, start)
                return
            if opened in markup.SCOPES:
                return

    def _skip(self, name: str, position: int) -> int:
        """The offset behind a hidden element; its text is kept for messages."""
        if name in markup.RAW_TEXT:
            end = re.compile(rf"</{re.escape(name)}[\s/>]|\Z", re.IGNORECASE).search(self.html, position)
            stop = end.start() if end else len(self.html)
            close = self.html.find(">", stop)
            self.hidden.append(self.html[position:stop])
            return len(self.html) if close < 0 else close + 1
        depth, texts, last = 1, [], position
        for token in markup.TOKEN.finditer(self.html, position):
            texts.append(self.html[last : token.start()])
            last = token.end()
            if (token["name"] or "").lower() == name and not token["attributes"].endswith("/"):
                depth += -1 if token["close"] else 1
            if not depth:
                self.hidden.append(html_library.unescape("".join(texts)))
                return last
        self.hidden.append(self.html[position:])
        return len(self.html)

    # Text

    def _end_line(self) -> None:
        """What follows stands on a new line; a space before the break is not read."""
        if self.after_space and not self.new_line:
            self.length -= 1
            last = self.runs.pop()
            self.parts[-1] = self.parts[-1][:-1]
            if last.length > 1:
                self.runs.append(last._replace(length=last.length - 1, width=last.width - 1))
        self.new_line, self.after_space = True, True

    def _end_flow(self, place: int) -> None:
        """The block's text ends here; `place` is where its notes stand, unless something holds them back."""
        self._end_line()
        if not self.in_flow:
            return
        self.in_flow = False
        flow = len(self.note_places)
        self.note_places.append(place)
        holder = next((element.holder for element in self.stack if element.holder >= 0), -1)
        if holder >= 0:
            self.waiting.setdefault(holder, []).append(flow)

    def _text(self, start: int, end: int) -> None:
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
        link_end = self.no_links[0] if self.no_links else -1
        self.runs.append(Run(self.length, start, length, width, len(self.note_places), link_end))
        self.parts.append(shown)
        self.length += length
        self.after_space = shown[-1] == " "
