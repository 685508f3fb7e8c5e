"""Entries of BibTeX and BibLaTeX → CSL, by the tables of biblatex's manual (2.1, 2.2)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from postil.files import latex_text
from postil.files.bibtex import BibEntry
from postil.files.csl_items import Item, document_of
from postil.files.yamltext import Document
from postil.model.edtf import is_edtf

_TYPES = {
    "article": "article-journal", "artwork": "graphic", "audio": "song", "book": "book", "bookinbook": "chapter",
    "booklet": "pamphlet", "collection": "book", "conference": "paper-conference", "dataset": "dataset",
    "electronic": "webpage", "image": "figure", "inbook": "chapter", "incollection": "chapter",
    "inproceedings": "paper-conference", "inreference": "entry-encyclopedia", "jurisdiction": "legal_case",
    "legislation": "legislation", "letter": "personal_communication", "manual": "report", "mastersthesis": "thesis",
    "movie": "motion_picture", "music": "song", "mvbook": "book", "mvcollection": "book", "mvproceedings": "book",
    "mvreference": "book", "online": "webpage", "patent": "patent", "performance": "performance",
    "periodical": "periodical", "phdthesis": "thesis", "proceedings": "book", "reference": "book", "report": "report",
    "review": "review", "software": "software", "standard": "standard", "suppbook": "chapter",
    "suppcollection": "chapter", "suppperiodical": "article-magazine", "techreport": "report", "thesis": "thesis",
    "unpublished": "manuscript", "video": "motion_picture", "www": "webpage",
}  # fmt: skip
_SUBTYPES = {"newspaper": "article-newspaper", "magazine": "article-magazine"}
_NAMES = {
    "author": "author", "editor": "editor", "translator": "translator", "bookauthor": "container-author",
    "holder": "author", "director": "director",
}  # fmt: skip
_EDITORS = {"compiler": "compiler", "director": "director", "founder": "series-creator", "organizer": "organizer"}
_PLAIN = {  # these are read as they are, or without markup
    "doi": "DOI", "isbn": "ISBN", "issn": "ISSN", "url": "URL", "pmid": "PMID", "pmcid": "PMCID", "volume": "volume",
    "edition": "edition", "pagetotal": "number-of-pages", "volumes": "number-of-volumes", "chapter": "chapter-number",
    "part": "part-number", "version": "version", "langid": "language", "language": "language", "library": "call-number",
    "keywords": "keyword", "pubstate": "status",
}  # fmt: skip
_TEXTS = {  # the first that is there counts
    "container-title": ("journaltitle", "journal", "booktitle", "maintitle"),
    "container-title-short": ("shortjournal",),
    "collection-title": ("series",),
    "publisher": ("publisher", "institution", "school", "organization"),
    "publisher-place": ("location", "address"),
    "title-short": ("shorttitle",),
    "event-title": ("eventtitle",), "event-place": ("venue",),
    "original-title": ("origtitle",), "original-publisher": ("origpublisher",),
    "original-publisher-place": ("origlocation",),
    "genre": ("type",), "abstract": ("abstract",), "note": ("note",), "annote": ("annote", "annotation"),
    "medium": ("howpublished",),
}  # fmt: skip
_DATES = {"urldate": "accessed", "origdate": "original-date", "eventdate": "event-date"}
_DEGREES = {"phdthesis": "PhD thesis", "mastersthesis": "Master’s thesis"}
_COUNTED = ("article-journal", "article-magazine", "article-newspaper", "periodical")
_EPRINTS = {
    "arxiv": "https://arxiv.org/abs/",
    "hdl": "https://hdl.handle.net/",
    "jstor": "https://www.jstor.org/stable/",
}


def register_of(entries: Iterable[BibEntry], file: str) -> Document:
    """Entries as a document of CSL items, which knows where each value stands."""
    return document_of(map(_item, entries), file)


def _item(entry: BibEntry) -> Item:
    values, origins = csl(entry)
    return Item(values, entry.place, {name: entry.places.get(key, entry.place) for name, key in origins.items()})


def csl(entry: BibEntry) -> tuple[dict[str, Any], dict[str, str]]:
    """An entry as CSL, and from which field each variable comes.

    Fields that CSL has no variable for, such as `file` or `owner`, are left out.
    """
    given = {name: value for name, value in entry.fields.items() if value.strip()}
    kind = _TYPES.get(entry.kind, "webpage" if entry.kind == "misc" and _address(given) else "document")
    if entry.kind == "article":
        kind = _SUBTYPES.get(given.get("entrysubtype", ""), kind)
    item: dict[str, Any] = {"id": entry.key, "type": kind}
    origins: dict[str, str] = {}

    def put(variable: str, value: Any, field: str) -> None:
        if value and variable not in item:
            item[variable], origins[variable] = value, field

    for field, variable in _NAMES.items():
        variable = _EDITORS.get(given.get("editortype", ""), variable) if field == "editor" else variable
        put(variable, latex_text.names(given.get(field, "")), field)
    put("title", _title(given, "title", "subtitle", "titleaddon"), "title")
    for variable, fields in _TEXTS.items():
        for field in fields:
            subtitle = {"booktitle": "booksubtitle", "journaltitle": "journalsubtitle"}.get(field, "")
            value = (
                "" if field == "howpublished" and _URL.search(given.get(field, "")) else _title(given, field, subtitle)
            )
            put(variable, value, field)
    for field, variable in _PLAIN.items():
        value = given.get(field, "")
        put(variable, _unescaped(value) if field in ("url", "doi") else latex_text.plain(value), field)
    put("URL", _address(given), "howpublished")
    put("genre", _DEGREES.get(entry.kind), "title")
    _numbers(given, kind, put)
    put("page", re.sub(r"\s*(?:--+|–)\s*", "-", given.get("pages", given.get("eid", ""))), "pages")
    put("issued", _issued(given), "date" if "date" in given else "year")
    for field, variable in _DATES.items():
        put(variable, _date(given.get(field, "")), field)
    return item, origins


# Read together with another field.
_BESIDE = (
    "title subtitle titleaddon booksubtitle journalsubtitle entrysubtype editortype number issue pages eid date year "
    "month day eprint eprinttype archiveprefix"
).split()
_READ = {*_NAMES, *_PLAIN, *_DATES, *_BESIDE, *(name for names in _TEXTS.values() for name in names)}


def unread(entry: BibEntry) -> list[str]:
    """The fields of an entry that `csl` does not read."""
    return [name for name, value in entry.fields.items() if value.strip() and name not in _READ]


_URL = re.compile(r"https?://[^\s{}]+")


def _numbers(given: dict[str, str], kind: str, put: Any) -> None:
    number = latex_text.plain(given.get("number", ""))
    put("issue", latex_text.plain(given.get("issue", "")), "issue")
    if kind in _COUNTED:
        put("issue", number, "number")
    else:
        put("collection-number" if kind in ("book", "chapter", "paper-conference") else "number", number, "number")


def _address(given: dict[str, str]) -> str:
    """The address of what stands nowhere else: in `howpublished`, or by the number of an archive."""
    if found := _URL.search(_unescaped(given.get("howpublished", ""))):
        return found[0]
    archive = given.get("eprinttype", given.get("archiveprefix", "")).lower()
    return (
        _EPRINTS[archive] + given["eprint"].strip()
        if archive in _EPRINTS and given.get("eprint")
        else given.get("url", "")
    )


def _unescaped(value: str) -> str:
    r"""An address as it is: some programs write `\_` and `\%`, others `\url{…}`."""
    return re.sub(r"\\url\{([^{}]*)\}", r"\1", re.sub(r"\\([_%&#~$])(?:\{\})?", r"\1", value)).strip()


def _title(given: dict[str, str], name: str, *more: str) -> str:
    parts = [latex_text.text(given[part]) for part in (name, *more) if part and given.get(part)]
    joint = "" if not parts else " " if parts[0][-1:] in ":?!.…" else ": "
    return joint.join(parts)


def _issued(given: dict[str, str]) -> str | dict[str, str]:
    if "date" in given:
        return _date(given["date"])
    year, month, day = (latex_text.plain(given.get(part, "")).strip() for part in ("year", "month", "day"))
    found = re.fullmatch(r"(\d{1,2})(?:\D.*)?|(?:\d{1,2}\s+)?([A-Za-z]{3})[a-z]*\.?.*", month)
    number = found[1] or _NUMBERS.get((found[2] or "").lower(), "") if found else ""
    written = "-".join(
        [year, *([number.zfill(2)] if number else []), *([day.zfill(2)] if number and day.isdigit() else [])]
    )
    return _date(written if is_edtf(written) else f"{month} {year}".strip())


_NUMBERS = {
    name: str(number) for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)
}


def _date(value: str) -> str | dict[str, str]:
    """A date of biblatex, which is EDTF; of BibTeX, which may be words."""
    text = latex_text.plain(value.partition("T")[0] if re.match(r"\d{4}-\d\d-\d\dT", value) else value)
    text = re.sub(r"(\d{4}(?:-(?!00)\d\d)?)(?:-00){1,2}(?=[/~?%]|$)", r"\1", text)  # what a program does not know
    return text if is_edtf(text) or not text else {"literal": text}
