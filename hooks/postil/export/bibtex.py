"""The register of sources as BibTeX, in the entry types and fields that biblatex and BibTeX's newer styles know."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from postil.model.source import Name, Source

FILE = "sources.bib"
MEDIA_TYPE = "application/x-bibtex"
# Types of CSL → entry types of biblatex (its manual, 2.1); the rest is @misc.
_TYPES = {
    "article-journal": "article", "article-magazine": "article", "article-newspaper": "article", "article": "article",
    "book": "book", "chapter": "incollection", "dataset": "dataset", "paper-conference": "inproceedings",
    "post": "online", "post-weblog": "online", "report": "report", "thesis": "thesis", "webpage": "online",
}  # fmt: skip
_CONTAINERS = {"article": "journal", "incollection": "booktitle", "inproceedings": "booktitle"}
_SAME = ("volume", "issue", "page", "dataset", "DOI", "ISBN", "ISSN")
_PLAIN = ("url", "urldate", "date", "doi")  # these are read as they are
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
    more = {name: str(value) for name, value in (source.model_extra or {}).items() if name in _SAME}
    fields = {
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
    written = {name: value if name in _PLAIN else value.translate(_LATEX) for name, value in fields.items() if value}
    authors = {"author": " and ".join(map(_name, source.author))} if source.author else {}
    lines = ",\n".join(f"\t{name} = {{{value}}}" for name, value in (authors | written).items())
    return f"@{kind}{{{key},\n{lines}\n}}\n"


def _name(name: Name) -> str:
    """A name as BibTeX reads it: braces keep an organisation's name in one piece."""
    if name.literal:
        return "{" + name.literal.translate(_LATEX) + "}"
    family = " ".join(filter(None, [name.dropping_particle, name.non_dropping_particle, name.family]))
    return ", ".join(filter(None, [family, name.suffix, name.given])).translate(_LATEX)
