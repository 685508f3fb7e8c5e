"""Registers of sources, as reference managers write them, → Source: CSL-YAML, CSL-JSON, BibTeX, RIS."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from postil.files.json_text import read_json
from postil.files.validation import validated
from postil.files.yamltext import Document, Path, read_yaml, type_names
from postil.model.addresses import is_web_address
from postil.model.cutting import shortened
from postil.model.problem import Place, PostilError, Problem, counted, nearest
from postil.model.rich_text import IN_MARKDOWN, from_markdown
from postil.model.source import FIELDS, TYPES, VARIABLES, Source

FILE, KEY = "sources.yml", "references"
KEYS = (KEY, "items")  # pandoc, Better BibTeX and we; the web API of Zotero
PROGRAMS = (".json", ".bib", ".ris")  # a program writes these anew, so nobody can mend them by hand


def read_registers(contents: Mapping[str, bytes]) -> tuple[dict[str, Source], list[Problem]]:
    """Read the registers of a site, which may be several.

    Args:
        contents: the bytes of each file, by the name that messages give it; the ending says what it is.

    Returns:
        The sources by id, in the order of the files, and every mistake. A source with a mistake is left out, and of two
        with one id the second. What only should be known is a problem of the severity "warning".
    """
    problems: list[Problem] = []
    sources: dict[str, Source] = {}
    for file, content in contents.items():
        found, wrong = _documents(content, file)
        problems += wrong
        for document, path in found:
            problems += _add(document, path, sources)
    return sources, problems


def left_out(content: bytes, file: str) -> list[str]:
    """What of a file of BibTeX has no place in a register and is left out of it, a line for each field."""
    if PurePath(file).suffix.lower() != ".bib":
        return []  # the other formats tell it as problems, with the line
    from postil.files.bibtex import read_bibtex
    from postil.files.bibtex_csl import unread

    times = Counter(name for entry in read_bibtex(content, file)[0] for name in unread(entry))
    return [
        f"the field {name} ({counted(number, 'time')}) has no place in CSL; it was left out"
        for name, number in times.items()
    ]


def read_sources(content: bytes, file: str) -> tuple[dict[str, Source], list[Problem]]:
    """The same for one register."""
    return read_registers({file: content})


def _documents(content: bytes, file: str) -> tuple[list[tuple[Document, Path]], list[Problem]]:
    """The document of a file and where in it the list of sources is, if it can be read."""
    ending = PurePath(file).suffix.lower()
    if ending == ".bib":  # few sites have one of these two
        from postil.files import bibtex, bibtex_csl

        entries, problems = bibtex.read_bibtex(content, file)
        return [(bibtex_csl.register_of(entries, file), ())], problems
    if ending == ".ris":
        from postil.files import ris, ris_csl

        references, problems = ris.read_ris(content, file)
        document, told = ris_csl.register_of(references, file)
        return [(document, ())], [*problems, *told]
    try:
        document = read_json(content, file) if ending == ".json" else read_yaml(content, file)
    except PostilError as error:
        return [], list(error.problems)
    if not isinstance(document.data, dict):
        return _list(document, ())
    key = next((key for key in KEYS if key in document.data), KEY)
    problems = []
    for other in sorted(set(document.data) - {key}):
        place, has = document.key_place((other,)), key in document.data
        message = f"the key {other!r} is unknown; expected `{KEY}:`"
        problems.append(Problem(place, message, "warning" if has and not nearest(other, (KEY,)) else "error"))
    found, wrong = _list(document, (key,))
    return found, [*problems, *wrong]


def _list(document: Document, path: Path) -> tuple[list[tuple[Document, Path]], list[Problem]]:
    items = document.data.get(path[0]) if path else document.data
    if isinstance(items, list):
        return [(document, path)], []
    message = f"expected a list of sources below `{KEY}:`, found {type_names[type(items)]}"
    return [], [Problem(document.place(path), message)]


def _add(document: Document, path: Path, sources: dict[str, Source]) -> Iterable[Problem]:
    """Add the sources of a document to those that are known."""
    problems: list[Problem] = []
    by_program = document.file.lower().endswith(PROGRAMS)
    items = document.data[path[0]] if path else document.data
    for index, item in enumerate(items):
        here: Path = (*path, index)
        unknown = _unknown(document, here, item, by_program, problems) if isinstance(item, dict) else False
        if isinstance(item, dict):
            items[index] = _prepared(item, by_program, document, here, problems)
        source = validated(Source, document, here, problems)
        if source is None or unknown:
            continue
        place = document.place((*here, "id"))
        if source.id in sources:
            problems.append(Problem(place, _twice(source.id, sources[source.id].place, document.file)))
            continue
        sources[source.id] = source.model_copy(update={"place": place})
    return problems


def _unknown(
    document: Document, here: Path, item: Mapping[str, Any], by_program: bool, problems: list[Problem]
) -> bool:
    """Whether an item has keys that look like mistakes; those that a program has added are only told."""
    wrong = False
    for key in item:
        if key in FIELDS or key in VARIABLES:
            continue
        hint = nearest(key, [*FIELDS, *VARIABLES])
        is_mistake = bool(hint) and not by_program
        wrong |= is_mistake
        message = f"the key {key!r} is not a variable of CSL" + (hint if is_mistake else "; it is left out")
        problems.append(Problem(document.key_place((*here, key)), message, "error" if is_mistake else "warning"))
    return wrong


def _prepared(
    item: Mapping[str, Any], by_program: bool, document: Document, here: Path, problems: list[Problem]
) -> dict[str, Any]:
    """An item as the model takes it."""
    data = {key: value for key, value in item.items() if key in FIELDS or key in VARIABLES}
    if by_program and isinstance(kind := data.get("type"), str) and kind not in TYPES:
        message = f"'type': {kind!r} is not a type of CSL; it is taken for a document"
        problems.append(Problem(document.place((*here, "type")), message, "warning"))
        data["type"] = "document"
    if by_program and isinstance(address := data.get("URL"), str) and not is_web_address(address):
        data["URL"] = _mended(address)
        told = f"{data['URL']} is taken" if data["URL"] else "it is left out"
        message = f"'URL': {shortened(address)!r} is not an address; {told}"
        problems.append(Problem(document.place((*here, "URL")), message, "warning"))
    if not by_program:
        for key in IN_MARKDOWN:
            if isinstance(value := data.get(key), str):
                data[key] = from_markdown(value)
    return data


def _mended(text: str) -> str:
    """The first address in a text, with what browsers encode encoded; nothing where there is none."""
    found = re.search(r"(?:https?://|www\.)\S+", text, re.IGNORECASE)
    if found is None:
        return ""
    address = quote(found[0] if "://" in found[0] else f"https://{found[0]}", safe=":/?#[]@!$&'()*+,;=%~")
    return address if is_web_address(address) else ""


def _twice(name: str, first: Place, file: str) -> str:
    where = f"line {first.line}" if first.file == file else str(first)
    return f"the source {name!r} is here twice (first in {where})"
