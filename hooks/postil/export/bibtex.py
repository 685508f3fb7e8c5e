"""The register of sources as BibTeX, in the entry types and fields that biblatex and BibTeX's newer styles know."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bibtexparser import Library, write_string
from bibtexparser.middlewares import LatexEncodingMiddleware
from bibtexparser.model import Entry, Field

from postil.sources import Name, Source

FILE = "sources.bib"
MEDIA_TYPE = "application/x-bibtex"
# Types of CSL → entry types of biblatex (its manual, 2.1); the rest is @misc.
_TYPES = {
    "article-journal": "article", "article-magazine": "article", "article-newspaper": "article", "article": "article",
    "book": "book", "chapter": "incollection", "dataset": "dataset", "paper-conference": "inproceedings",
    "post": "online", "post-weblog": "online", "report": "report", "thesis": "thesis", "webpage": "online",
}  # fmt: skip
_CONTAINERS = {"article": "journal", "incollection": "booktitle", "inproceedings": "booktitle"}
_SAME = ("volume", "issue", "page", "edition", "DOI", "ISBN", "ISSN")
_NOT_LATEX = ("url", "urldate", "date", "doi")  # these are read as they are


def text(sources: Iterable[Source]) -> str:
    """The sources as the text of a .bib file; what LaTeX would take for a command is written so that it is not."""
    library = Library([_entry(source) for source in sources])
    kept = {(entry.key, field.key): field.value for entry in library.entries for field in entry.fields}
    encoded = LatexEncodingMiddleware().transform(library)
    for entry in encoded.entries:
        for field in entry.fields:
            value = kept[entry.key, field.key] if field.key in _NOT_LATEX else field.value
            field.value = "{" + value + "}"
    return str(write_string(encoded))


def _entry(source: Source) -> Entry:
    kind = _TYPES.get(source.type, "misc")
    more = {name: str(value) for name, value in (source.model_extra or {}).items() if name in _SAME}
    fields = {
        "author": " and ".join(map(_name, source.author)),
        # Braces keep the capital letters; those of the title itself would be commands.
        "title": source.title,
        _CONTAINERS.get(kind, "organization" if kind == "online" else "howpublished"): source.container_title,
        "publisher": source.publisher,
        **{{"issue": "number", "page": "pages"}.get(name, name.lower()): value for name, value in more.items()},
        "date": source.issued if re.fullmatch(r"[-\d/~]+", source.issued) else "",
        "year": source.issued[:4] if source.issued[:4].isdigit() else "",
        "url": source.URL,
        "urldate": source.accessed or "",
        "langid": source.language,
        "note": source.note,
    }
    key = re.sub(r"[^\w.:/-]", "-", source.id, flags=re.ASCII)
    return Entry(kind, key, [Field(name, value) for name, value in fields.items() if value])


def _name(name: Name) -> str:
    """A name as BibTeX reads it: braces keep an organisation's name in one piece."""
    if name.literal:
        return "{" + name.literal + "}"
    family = " ".join(filter(None, [name.dropping_particle, name.non_dropping_particle, name.family]))
    return ", ".join(filter(None, [family, name.suffix, name.given]))
