"""References of RIS → CSL, by the tables of the format and the way in which reference managers fill it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from postil.files.csl_items import Item, document_of
from postil.files.ris import RisEntry
from postil.files.ris_dates import date
from postil.files.yamltext import Document
from postil.model.edtf import is_edtf
from postil.model.problem import Place, Problem, counted, nearest

_TYPES = {
    "ABST": "article-journal", "ADVS": "motion_picture", "AGGR": "dataset", "ANCIENT": "classic", "ART": "graphic",
    "BILL": "bill", "BLOG": "post-weblog", "BOOK": "book", "CASE": "legal_case", "CHAP": "chapter", "CHART": "figure",
    "CLSWK": "classic", "COMP": "software", "CONF": "paper-conference", "CPAPER": "paper-conference", "CTLG": "book",
    "DATA": "dataset", "DBASE": "dataset", "DICT": "entry-dictionary", "EBOOK": "book", "ECHAP": "chapter",
    "EDBOOK": "book", "EJOUR": "article-journal", "ELEC": "webpage", "ENCYC": "entry-encyclopedia", "EQUA": "figure",
    "FIGURE": "figure", "GEN": "document", "GOVDOC": "report", "GRANT": "document", "HEAR": "hearing",
    "ICOMM": "personal_communication", "INPR": "article-journal", "INTV": "interview", "JFULL": "periodical",
    "JOUR": "article-journal", "LEGAL": "legislation", "MANSCPT": "manuscript", "MAP": "map",
    "MGZN": "article-magazine", "MPCT": "motion_picture", "MULTI": "webpage", "MUSIC": "musical_score",
    "NEWS": "article-newspaper", "PAMP": "pamphlet", "PAT": "patent", "PCOMM": "personal_communication",
    "POD": "broadcast", "PRESS": "document", "RPRT": "report", "SER": "book", "SLIDE": "speech", "SOUND": "song",
    "STAND": "standard", "STAT": "legislation", "THES": "thesis", "UNBILL": "bill", "UNPB": "manuscript",
    "UNPD": "manuscript", "VIDEO": "motion_picture", "WEB": "webpage",
}  # fmt: skip
_PARTS = ("article", "chapter", "entry", "paper", "post", "webpage", "broadcast", "review")  # of something larger
_COUNTED = ("article-journal", "article-magazine", "article-newspaper", "periodical")
_NAMES = {"author": ("AU", "A1"), "editor": ("ED", "A2"), "collection-editor": ("A3",), "translator": ("A4", "TA")}
_TEXTS = {  # the first that is there counts
    "title-short": ("ST",), "container-title-short": ("J2", "JA"), "publisher": ("PB",),
    "publisher-place": ("CY", "PP"), "volume": ("VL",), "edition": ("ET",), "number-of-volumes": ("NV",),
    "section": ("SE",), "language": ("LA",), "call-number": ("CN",), "archive": ("DB",),
    "archive_location": ("AV", "AN"), "source": ("DP",), "medium": ("M2",), "abstract": ("AB", "N2"),
    "reviewed-title": ("RI",), "URL": ("UR", "LK"),
}  # fmt: skip
_JOINED = {"note": ("N1", "\n"), "annote": ("RN", "\n"), "keyword": ("KW", ", ")}
_TITLES = ("TI", "T1", "CT")
_WHOLE = ("T2", "JF", "JO", "BT")  # what it is a part of
_DATES = ("DA", "PY", "Y1")
_MADE = (*(tag for tags in _NAMES.values() for tag in tags), "DO", "SP", "EP", "Y2", "RD")  # not as they stand there
# Where a file lies on a machine, and how a library lends it, are not of the source.
_OF_THE_LIBRARY = ("L1", "L2", "L3", "L4", "RP", "ID", "LB", "AD")
_DOI = re.compile(r"(?:doi:\s*|https?://(?:dx\.)?doi\.org/)?(10\.\d{4,9}/\S+)$", re.IGNORECASE)


def register_of(entries: Iterable[RisEntry], file: str) -> tuple[Document, list[Problem]]:
    """References as a document of CSL items, and what of them has no place in CSL."""
    left: Counter[str] = Counter()
    first: dict[str, int] = {}
    problems = []
    items = []
    for entry in entries:
        if entry.kind not in _TYPES:
            words = (
                f"'TY': {entry.kind!r} is not a type of RIS{nearest(entry.kind, _TYPES)}; it is taken for a document"
            )
            problems.append(Problem(Place(file, entry.place[0] + 1, entry.place[1] + 1), words, "warning"))
        items.append(_item(entry))
        for tag, line in _left(entry, items[-1].values):
            left[tag] += 1
            first.setdefault(tag, line)
    for tag, times in left.items():
        words = f"the field {tag} ({counted(times, 'time')}) has no place in CSL; it is left out"
        problems.append(Problem(Place(file, first[tag]), words, "warning"))
    problems += _named(items, file)
    return document_of(items, file), problems


def _left(entry: RisEntry, item: dict[str, Any]) -> Iterator[tuple[str, int]]:
    """The tag and the line of each value that is not in the item."""
    texts = "\n".join(value for value in item.values() if isinstance(value, str))
    issued = str(item.get("issued", ""))
    for tag, values in entry.fields.items():
        for value, (line, _) in values:
            year = re.search(r"\d{3,4}", value)
            is_date = tag in _DATES and (not year or year[0] in issued)
            if not is_date and tag not in _MADE and tag not in _OF_THE_LIBRARY and value not in texts:
                yield tag, line + 1


def _item(entry: RisEntry) -> Item:
    """A reference as CSL."""
    kind = _TYPES.get(entry.kind, "document")
    item: dict[str, Any] = {"id": entry.first("ID", "LB"), "type": kind}
    places: dict[str, tuple[int, int]] = {}

    def put(variable: str, value: Any, *tags: str) -> None:
        if value and variable not in item:
            item[variable], places[variable] = value, entry.place_of(*tags)

    is_part = kind.startswith(_PARTS)
    titles = _TITLES if is_part or any(entry.values(*_TITLES)) else ("BT",)
    put("title", entry.first(*titles), *titles)
    wholes = [tag for tag in _WHOLE if tag not in titles and tag in entry.fields]
    put("container-title" if is_part else "collection-title", entry.first(*wholes), *wholes)
    put("collection-title", entry.first("T3"), "T3")
    for variable, tags in _NAMES.items():
        put(variable, [_name(value) for value in entry.values(*tags) if value.strip(" ,")], *tags)
    for variable, (tag, between) in _JOINED.items():
        put(variable, between.join(entry.values(tag)), tag)
    doi = next((found[1] for value in entry.values("DO", "M3") if (found := _DOI.match(value))), "")
    put("DOI", doi or entry.first("DO"), "DO", "M3")
    put("genre", next((value for value in entry.values("M3") if not _DOI.match(value)), ""), "M3")
    for variable, tags in _TEXTS.items():
        put(variable, entry.first(*tags), *tags)
    if kind == "paper-conference":
        put("event-place", entry.first("C1"), "C1")
    put("page", _pages(entry), "SP", "EP")
    put("issue" if kind in _COUNTED else "number", entry.first("IS", "CP"), "IS", "CP")
    put("number", entry.first("M1"), "M1")
    put("ISSN" if re.match(r"\d{4}-?\d{3}[\dXx]\b(?!-)", entry.first("SN")) else "ISBN", entry.first("SN"), "SN")
    put("status", "in press" if entry.kind == "INPR" else "", "TY")
    put("issued", _issued(entry), "DA", "PY", "Y1")
    put("accessed", date(entry.first("Y2", "RD")), "Y2", "RD")
    return Item(item, entry.place, places)


def _name(text: str) -> dict[str, str]:
    """`Family, Given, Suffix`; a name without a comma, or with nothing behind it, is one whole."""
    family, _, rest = text.partition(",")
    given, _, suffix = rest.partition(",")
    parts = {"family": family.strip(), "given": given.strip(), "suffix": suffix.strip()}
    return {key: part for key, part in parts.items() if part} if parts["given"] and parts["family"] else {
        "literal": text.strip(" ,")
    }  # fmt: skip


def _pages(entry: RisEntry) -> str:
    begin, end = entry.first("SP"), entry.first("EP")
    return "-".join(dict.fromkeys(part for part in (begin, end) if part)) if end not in begin else begin


def _issued(entry: RisEntry) -> str | dict[str, str]:
    """The date that says most: `DA` has a day where `PY` has the year, but some programs write "May 2" into it."""
    year = re.search(r"\d{3,4}", entry.first("PY", "Y1"))
    found = [date(entry.first(tag), year[0] if year and tag == "DA" else "") for tag in ("DA", "PY", "Y1")]
    real = [one for one in found if isinstance(one, str) and is_edtf(one)]
    if real and year and isinstance(found[0], str) and not found[0].startswith(year[0].zfill(4)):
        real = [one for one in real if one != found[0]] or real  # of something else, such as the first edition
    return max(real, key=len, default=next((one for one in found if one), ""))


def _named(items: list[Item], file: str) -> list[Problem]:
    """Give an id to each reference that has none: of its first name and year, with its title where two would be alike.

    It hangs on nothing else, so that a file that is written anew in another order has the same ids.
    """
    without = [item for item in items if not item.values["id"]]
    short = {id(item): _words(_first_name(item.values), _year(item.values)) for item in without}
    times = Counter(short.values())
    for item in without:
        is_double = times[short[id(item)]] > 1
        item.values["id"] = _words(short[id(item)], item.values.get("title", "")) if is_double else short[id(item)]
    if not without:
        return []
    words = (
        f"{counted(len(without), 'reference')} without ID; `postil sources --all` shows the ids made of name and year"
    )
    return [Problem(Place(file, without[0].place[0] + 1), words, "warning")]


def _first_name(values: dict[str, Any]) -> str:
    for variable in (*_NAMES, "container-title", "publisher", "title"):
        if isinstance(value := values.get(variable), list):
            return str(value[0].get("family") or value[0].get("literal"))
        if value:
            return str(value)
    return "source"


def _year(values: dict[str, Any]) -> str:
    found = re.search(r"\d{3,4}", str(values.get("issued", "")))
    return found[0] if found else "undated"


def _words(*texts: str) -> str:
    """Texts as one id: at most five words of each, in small letters."""
    return "-".join(word for text in texts for word in re.findall(r"\w+", text.lower())[:5])
