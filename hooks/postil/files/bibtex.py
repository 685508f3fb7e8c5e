"""BibTeX and BibLaTeX text → entries that know where each field stands.

bibtexparser takes the file apart; strings (`@string`, `#`) and entries that take fields from others (`crossref`,
`xdata`) are put together here.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from postil.files.yamltext import NOT_TEXT, decoded
from postil.model.extras import install
from postil.model.problem import Place, PostilError, Problem

_MONTHS = {
    name: str(number) for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)
}
# What a child takes from the entry that it is part of, under another name (manual of biblatex, appendix B).
_FROM_PARENT = {
    "title": "booktitle",
    "subtitle": "booksubtitle",
    "shorttitle": "",
    "crossref": "",
    "xref": "",
    "ids": "",
}


@dataclass
class BibEntry:
    """One entry.

    Attributes:
        kind: article, book, …, in small letters.
        key: by which it is cited.
        fields: values as LaTeX, by their name in small letters; strings are put together.
        places: line and column, from 0, of each field.
        place: the same of the entry.
    """

    kind: str
    key: str
    place: tuple[int, int]
    fields: dict[str, str] = field(default_factory=dict)
    places: dict[str, tuple[int, int]] = field(default_factory=dict)


def read_bibtex(content: bytes, file: str) -> tuple[list[BibEntry], list[Problem]]:
    """Read a .bib file.

    Args:
        content: its bytes, UTF-8.
        file: its name, for messages.

    Returns:
        The entries in the order of the file, and what could not be read, each with its line.
    """
    try:
        from bibtexparser.entrypoint import parse_string
        from bibtexparser.model import DuplicateBlockKeyBlock, DuplicateFieldKeyBlock, Entry, ParsingFailedBlock
    except ImportError:
        message = f"a register in BibTeX needs the package bibtexparser; {install('import')} installs it"
        return [], [Problem(Place(file), message)]
    try:
        text = NOT_TEXT.sub(" ", decoded(content, file))
    except PostilError as error:
        return [], list(error.problems)
    lines = text.split("\n")
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # what it says there is told below
    library = parse_string(text, parse_stack=[])
    strings = _MONTHS | {block.key.lower(): str(block.value) for block in library.strings}
    problems: list[Problem] = []
    entries = []
    for block in library.blocks:
        given: object = block
        if isinstance(block, DuplicateFieldKeyBlock):
            names = ", ".join(sorted(block.duplicate_keys))
            problems.append(
                Problem(Place(file, (block.start_line or 0) + 1), f"the field {names} is twice in this entry; keep one")
            )
        elif isinstance(block, DuplicateBlockKeyBlock):  # the register tells that its id is there twice
            given = block.ignore_error_block
        elif isinstance(block, ParsingFailedBlock):
            message = "this entry cannot be read; look for a brace that is not closed, or a comma that is missing"
            problems.append(Problem(Place(file, (block.start_line or 0) + 1), message))
        if isinstance(given, Entry):
            entries.append(_entry(given.entry_type.lower(), given.key.strip(), given, lines, strings))
    _inherit(entries)
    return entries, problems


def _entry(kind: str, key: str, block: object, lines: list[str], strings: Mapping[str, str]) -> BibEntry:
    start = getattr(block, "start_line", 0) or 0
    entry = BibEntry(kind, key, (start, _column(lines, start, "@")))
    for one in getattr(block, "fields", ()):
        name = one.key.strip().lower()
        line = one.start_line if one.start_line is not None else start
        entry.fields[name] = _joined(str(one.value), strings)
        entry.places[name] = (line, _column(lines, line, one.key.strip()))
    return entry


def _column(lines: list[str], line: int, word: str) -> int:
    return max(lines[line].find(word), 0) if line < len(lines) else 0


def _joined(raw: str, strings: Mapping[str, str], depth: int = 0) -> str:
    """The value of a field: texts in braces or quotation marks and names of strings, put together by `#`."""
    return " ".join("".join(_part(part.strip(), strings, depth) for part in _parts(raw)).split())


def _parts(raw: str) -> list[str]:
    """A raw value, cut at each `#` that is in no braces and no quotation marks."""
    parts, begin, braces, quoted = [], 0, 0, False
    for position, sign in enumerate(raw):
        escaped = position and raw[position - 1] == "\\"
        if sign == "{" and not escaped:
            braces += 1
        elif sign == "}" and not escaped:
            braces -= 1
        elif sign == '"' and not braces:
            quoted = not quoted
        elif sign == "#" and not braces and not quoted:
            parts.append(raw[begin:position])
            begin = position + 1
    return [*parts, raw[begin:]]


def _part(part: str, strings: Mapping[str, str], depth: int) -> str:
    if len(part) > 1 and (part[0], part[-1]) in (("{", "}"), ('"', '"')):
        return part[1:-1]
    if re.fullmatch(r"[^\s{}\"#,=]*[^\s{}\"#,=\d][^\s{}\"#,=]*", part) and part.lower() in strings and depth < 8:
        return _joined(strings[part.lower()], strings, depth + 1)
    return part


def _inherit(entries: list[BibEntry]) -> None:
    """Give children what their `crossref` has, and entries what their `xdata` has."""
    by_key = {entry.key: entry for entry in entries}
    for entry in entries:
        _take(entry, by_key, 0)
    entries[:] = [entry for entry in entries if entry.kind not in ("xdata", "set")]


def _take(entry: BibEntry, by_key: Mapping[str, BibEntry], depth: int) -> None:
    none: Mapping[str, str] = {}
    parents = [(key.strip(), none) for key in entry.fields.pop("xdata", "").split(",")]
    parents.append((entry.fields.pop("crossref", "").strip(), _FROM_PARENT))
    for key, names in parents:
        if key not in by_key or depth > 4:  # so deep that it goes in a circle
            continue
        _take(by_key[key], by_key, depth + 1)
        for name, value in by_key[key].fields.items():
            if own := names.get(name, name):
                entry.fields.setdefault(own, value)
                entry.places.setdefault(own, entry.place)
