"""An HTML fragment → the text that a reader reads, with the way back to the bytes.

The text has one line per block, white space folded to one space, without scripts, styles, comments and the signs
that Markdown's extensions add (permalinks, footnote numbers, line numbers). A picture is there with its description, a
formula with its source; each is one thing. Offsets into the text are Unicode code points, as the W3C Web Annotation
Data Model wants them (4.2.5, Text Position Selector).
"""

from __future__ import annotations

import html as html_library
import re
from typing import NamedTuple

from postil.text import atoms, markup
from postil.text.atoms import Atom
from postil.text.element_end import element_end
from postil.text.lines import Lines
from postil.text.reading_text import Reading


def read(html: str) -> Reading:
    """Read an HTML fragment; any text is accepted, however broken its tags are."""
    return _Reader(html).reading()


def words(html: str) -> str:
    """The text of an HTML fragment and nothing else: what `read` finds, sooner where there are but plain paragraphs."""
    if _PARAGRAPHS.fullmatch(html):
        return "\n".join(paragraph.replace("\n", " ") for paragraph in _PARAGRAPH.findall(html))
    return read(html).text


# Paragraphs of words with one space between them, as nearly all notes are.
_PARAGRAPHS = re.compile(r"(?:<p>[^\s<&]++(?:[ \n][^ \t\n\f\r<&]++)*+</p>\n?)++")
_PARAGRAPH = re.compile(r"<p>([^<]*)")
_NO_CLASSES: frozenset[str] = frozenset()


class _Open(NamedTuple):
    """An element that is open.

    Attributes:
        name: of the element.
        number: its number.
        holder: the number of the element whose end a note on its text waits for, or -1.
        annotated: the number of its first flow, if a list of annotations may follow it; else -1.
    """

    name: str
    number: int
    holder: int
    annotated: int


class _Reader:
    """One pass over the tokens of a fragment."""

    def __init__(self, html: str) -> None:
        self.html = html
        self.lines = Lines(html)
        self.note_places: list[int] = []
        self.element_ends: list[int] = []
        self.hidden: list[str] = []
        self.stack: list[_Open] = []
        self.no_links: list[int] = []  # open elements that may not hold a link
        self.waiting: dict[int, list[int]] = {}  # element → flows whose notes stand after it
        self.annotated: tuple[int, list[int]] = (
            -1,
            [],
        )  # where an annotated element ended, flows whose notes are there

    def reading(self) -> Reading:
        html, position = self.html, 0
        for token in markup.TOKEN.finditer(html):
            start = token.start()
            if start < position:  # inside of an element that was skipped
                continue
            if start > position:
                self.lines.text(position, start)
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
            self.lines.text(position, len(html))
        self._end_flow(len(html))
        while self.stack:
            self._pop(len(html))
        return self.lines.reading(tuple(self.hidden), self.note_places, self.element_ends)

    # Tags

    def _start_tag(self, name: str, attributes: str, start: int, end: int) -> int:
        """Open an element; returns the offset from which to read on."""
        names = markup.classes(attributes) if attributes else _NO_CLASSES
        if attributes and (
            markup.hides(name, attributes, names) or ("toc" in names and markup.TOC_START.match(self.html, end))
        ):
            return end if name in markup.VOID else self._skip(name, end)
        if name in markup.PICTURES:
            return self._picture(name, attributes, start, end)
        if (name in markup.FORMULAS or names & markup.FORMULA_CLASSES) and (
            behind := self._formula(name, names, start, end)
        ):
            return behind
        if name in markup.HIDDEN:
            return self._skip(name, end)
        if name in markup.GLOSSES and (behind := self._gloss(end)):
            return behind
        if name in markup.BLOCKS:
            self._imply_ends(name, start)
            self._end_flow(start)
        elif name == "br":
            self.lines.end_line()
        if name in markup.VOID or attributes.endswith("/"):
            return end
        number = len(self.element_ends)
        self.element_ends.append(-1)
        holder = -1
        if name in markup.HOLDERS or (names and names & markup.HOLDING_CLASSES):
            holder = self._holder(name, number, names)
        elif name == "ol" and self._has_annotations(start):
            holder = number
            self.waiting[number] = self.annotated[1]
        annotated = len(self.note_places) if names and names & markup.ANNOTATED_CLASSES else -1
        self.stack.append(_Open(name, number, holder, annotated))
        if name in markup.NO_LINKS:
            self.no_links.append(number)
            self.lines.link_end = self.no_links[0]
        return end

    def _has_annotations(self, start: int) -> bool:
        """Whether a list at `start` stands straight after what a theme's annotations may belong to."""
        end = self.annotated[0]
        return end >= 0 and not self.html[end:start].strip()

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
        annotated = self.stack[-1].annotated
        if name in markup.CLOSED_BLOCKS:
            self._pop(end)
            self._end_flow(end)
        else:
            if name in markup.BLOCKS:
                self._end_flow(start)
            self._pop(end)
        if annotated >= 0:
            flows = range(annotated, len(self.note_places))
            self.annotated = (end, [flow for flow in flows if self.note_places[flow] == end])

    def _pop(self, end: int) -> None:
        element = self.stack.pop()
        self.element_ends[element.number] = end
        if self.no_links and self.no_links[-1] == element.number:
            self.no_links.pop()
            self.lines.link_end = self.no_links[0] if self.no_links else -1
        for flow in self.waiting.pop(element.number, ()):
            self.note_places[flow] = end

    def _imply_ends(self, name: str, start: int) -> None:
        """Close what the start of a block closes without an end tag (HTML 13.1.2.4)."""
        for depth in range(len(self.stack) - 1, -1, -1):
            opened = self.stack[depth].name
            if opened == "p" or name in markup.IMPLIED_END.get(opened, ()):
                self._end_tag(opened, start, start)
            if opened in markup.SCOPES:
                return

    def _end_flow(self, place: int) -> None:
        """The block's text ends here; `place` is where its notes stand, unless something holds them back."""
        self.lines.end_line()
        if not self.lines.in_flow:
            return
        self.lines.in_flow = False
        flow = self.lines.flow
        self.lines.flow += 1
        self.note_places.append(place)
        holder = next((element.holder for element in self.stack if element.holder >= 0), -1)
        if holder >= 0:
            self.waiting.setdefault(holder, []).append(flow)

    # What is skipped, or one thing

    def _skip(self, name: str, position: int) -> int:
        """The offset behind a hidden element; its text is kept for messages."""
        stop, end = element_end(self.html, name, position)
        inner = self.html[position:stop]
        self.hidden.append(inner if name in markup.RAW_TEXT else html_library.unescape(markup.TOKEN.sub("", inner)))
        return end

    def _picture(self, name: str, attributes: str, start: int, end: int) -> int:
        stop, behind = (
            (end, end) if name in markup.VOID or attributes.endswith("/") else element_end(self.html, name, end)
        )
        inner = self.html[end:stop]
        if words := atoms.description(name, attributes, inner):
            self.lines.atom(words, start, behind - start, "")
        elif name == "svg":
            self.hidden.append(html_library.unescape(markup.TOKEN.sub("", inner)))
        return behind

    def _formula(self, name: str, names: frozenset[str], start: int, end: int) -> int:
        """The offset behind a formula; 0 where the element only bears the name of one."""
        stop, behind = element_end(self.html, name, end)
        inner = self.html[end:stop]
        if name not in markup.FORMULAS and "arithmatex" not in names and not markup.SET_FORMULA.search(inner):
            return 0
        source = atoms.formula(inner, self.html[start:behind])
        if not source or stop == behind:
            return self._skip(name, end)
        shown = "" if "arithmatex" in names else atoms.beside_mathml(self.html[start:behind])
        if name in markup.BLOCKS:  # no mark may hold it, so that the mark is in it
            self._imply_ends(name, start)
            self._end_flow(start)
            self.lines.atom(source, end, stop - end, shown)
            self._end_flow(behind)
        else:
            self.lines.atom(source, start, behind - start, shown)
        return behind

    def _gloss(self, position: int) -> int:
        """The offset behind ruby text, whose end tag may be left out (HTML 4.5.12); 0 where it has no end."""
        close = markup.GLOSS_END.search(self.html, position)
        if close is None:
            return 0
        words = atoms.plain(self.html[position : close.start()])
        base = self.lines.length
        if words and self.lines.runs and not self.lines.new_line:
            earlier = self.lines.atoms[-1] if self.lines.atoms and self.lines.atoms[-1].end == base else None
            start = earlier.base if earlier and earlier.start == base else self.lines.runs[-1].text
            self.lines.atoms.append(Atom(base, base, words, start))
        return close.end() if close["own"] else close.start()
