"""The register of sources as BibTeX, in the entry types and fields that biblatex and BibTeX's newer styles know."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from postil.model import rich_text
from postil.model.contributors import Name
from postil.model.edtf import is_edtf, moments
from postil.model.source import Source

FILE = "sources.bib"
# Types of CSL → entry types of biblatex (its manual, 2.1); the rest is @misc.
_TYPES = {
    "article-journal": "article", "article-magazine": "article", "article-newspaper": "article", "article": "article",
    "book": "book", "chapter": "incollection", "dataset": "dataset", "paper-conference": "inproceedings",
    "post": "online", "post-weblog": "online", "report": "report", "thesis": "thesis", "webpage": "online",
}  # fmt: skip
_CONTAINERS = {"article": "journal", "incollection": "booktitle", "inproceedings": "booktitle"}
_PUBLISHERS = {"report": "institution", "thesis": "institution"}
# Variables of CSL → fields of biblatex (its manual, 2.2).
_FURTHER = {
    "publisher-place": "location", "collection-title": "series", "volume": "volume", "page": "pages",
    "edition": "edition", "genre": "type", "title-short": "shorttitle", "event-title": "eventtitle",
    "event-place": "venue", "version": "version", "chapter-number": "chapter", "number-of-pages": "pagetotal",
    "number-of-volumes": "volumes", "ISBN": "isbn", "ISSN": "issn", "keyword": "keywords", "abstract": "abstract",
}  # fmt: skip
_LATEX = str.maketrans(
    {
        **{sign: f"\\{sign}" for sign in "{}&%$#_"},
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)


def text(sources: Iterable[Source]) -> str:
    """The sources as the text of a .bib file in UTF-8; what LaTeX would take for a command is written out."""
    taken: set[str] = set()
    return "\n".join(_entry(source, _key(source.id, taken)) for source in sources)


def _key(name: str, taken: set[str]) -> str:
    """A key in ASCII, which every program reads, that no other entry has; numbered where two would be the same."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode() if not name.isascii() else name
    base = re.sub(r"[^\w.:/-]", "-", plain, flags=re.ASCII) or "source"
    number = 1
    while (key := base if number == 1 else f"{base}-{number}").lower() in taken:
        number += 1
    taken.add(key.lower())
    return key


def _entry(source: Source, key: str) -> str:
    kind = _TYPES.get(source.type, "misc")
    texts = {
        "title": "" if source.title_from else _latex(source, "title", source.title),
        _CONTAINERS.get(kind, "organization" if kind == "online" else "howpublished"): _latex(
            source, "container-title", source.container_title
        ),
        _PUBLISHERS.get(kind, "publisher"): _latex(source, "publisher", source.publisher),
        **{field: _latex(source, name, source.further(name)) for name, field in _FURTHER.items()},
        "number": source.further("issue" if kind == "article" else "number").translate(_LATEX),
        "langid": source.language.translate(_LATEX),
        "note": source.note.translate(_LATEX),
    }
    year = _year(source.issued)
    dates = {
        "date": source.issued if is_edtf(source.issued) else "",
        "year": year or ("" if is_edtf(source.issued) else source.issued.translate(_LATEX)),
        "origdate": source.original_date or "",
        "eventdate": source.event_date or "",
    }
    addresses = {"url": source.URL, "urldate": source.accessed or "", "doi": source.further("DOI")}
    people = {"author": source.author, "editor": source.editor, "translator": source.translator}
    written = {field: " and ".join(map(_name, names)) for field, names in people.items()} | texts | dates | addresses
    lines = ",\n".join(f"\t{name} = {{{value}}}" for name, value in written.items() if value)
    return f"@{kind}{{{key},\n{lines}\n}}\n"


def _latex(source: Source, variable: str, value: str) -> str:
    return rich_text.latex(source.markup.get(variable, value), _LATEX)


def _year(date: str) -> str:
    first = next(iter(moments(date)), None)
    return f"{first.year:04}" if first and first.years == 1 and first.year > 0 else ""


def _name(name: Name) -> str:
    """A name as BibTeX reads it: braces keep an organisation's name, and parts that look like more, in one piece."""
    if name.literal or not (name.family and name.given):
        return "{" + (name.literal or name.whole_family or name.given).translate(_LATEX) + "}"
    return ", ".join(filter(None, [_part(name.whole_family), _part(name.suffix), _part(name.given)]))


def _part(words: str) -> str:
    written = words.translate(_LATEX)
    return f"{{{written}}}" if re.search(r",|\band\b", words) else written
