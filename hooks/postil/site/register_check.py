"""What is to be known of the sources of a site: doubles, those without a date, those that nothing uses, copies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote

from postil.model.cutting import shortened
from postil.model.source import Source
from postil.site.folder import Site

Finding = Literal["double", "undated", "unvisited", "unused", "copy"]
# What each means, in the order in which somebody sees to them.
FINDINGS: dict[Finding, str] = {
    "double": "Doubles: the same DOI or address",
    "undated": "Undated",
    "unvisited": "On the web, without the day of access",
    "unused": "Used by no note and no record",
    "copy": "Copies that somebody else made",
}
_COPIES = {"mirror": "a mirror", "repost": "a repost", "translation": "a translation by machine", "relay": "a relay"}
_LASTING = ("DOI", "PMID", "PMCID", "ISBN", "ISSN")  # who has one of these needs no day of access
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+)", re.IGNORECASE)


@dataclass(frozen=True)
class Listed:
    """One source.

    Attributes:
        id: by which notes cite it.
        type: a type of CSL.
        title: plain.
        outlet: where it appeared, or an empty text.
        issued: EDTF text, or the words of a date; empty where it is undated.
        url: its address, or an empty text.
        place: file:line:column.
        uses: how many notes and records rest on it.
        findings: what is to be known, with a few words each.
    """

    id: str
    type: str
    title: str
    outlet: str
    issued: str
    url: str
    place: str
    uses: int
    findings: Mapping[Finding, str]


def listed(site: Site) -> list[Listed]:
    """Every source of a site in the order of its registers."""
    sources = site.context.sources
    doubles, used = _doubles(sources.values()), uses(site)
    found = []
    for name, source in sources.items():
        findings = dict(_findings(source, doubles.get(name, ""), used.get(name, 0)))
        found.append(
            Listed(
                name, source.type, shortened(source.title), source.outlet_name, source.issued, source.URL,
                str(source.place), used.get(name, 0), findings,
            )
        )  # fmt: skip
    return found


def doubled(site: Site) -> dict[str, str]:
    """Of each source that says the same DOI or address as one before it, the id of that one, and what is the same."""
    return _doubles(site.context.sources.values())


def _findings(source: Source, double_of: str, uses: int) -> Iterator[tuple[Finding, str]]:
    if double_of:
        yield "double", f"like {double_of}"
    if not source.issued:
        yield "undated", ""
    if source.URL and not source.accessed and not any(source.further(name) for name in _LASTING):
        yield "unvisited", source.URL
    if not uses:
        yield "unused", ""
    if source.custom.copy_of:
        yield "copy", _COPIES[source.custom.copy_of]


def uses(site: Site) -> dict[str, int]:
    """How many notes and records rest on a source, by its id; none where it is 0."""
    annotations = [entry.annotation for entries in site.notes.values() for entry in entries]
    annotations += [entry.annotation for entry in site.withheld.values()]
    counts = dict.fromkeys(site.records.cited, 1)
    for data in annotations:
        for name in {citation.id for citation in data.cited} | {*data.appearance}:
            counts[name] = counts.get(name, 0) + 1
    return counts


def _doubles(sources: Iterable[Source]) -> dict[str, str]:
    """Of each source that says the same DOI or address as one before it, the id of that one, and what is the same."""
    first: dict[str, str] = {}
    found: dict[str, str] = {}
    for source in sources:
        for key, words in known_by(source):
            if key in first and first[key] != source.id:
                found.setdefault(source.id, f"{first[key]!r} ({words})")
            first.setdefault(key, source.id)
    return found


def known_by(source: Source) -> Iterator[tuple[str, str]]:
    """What a source is known by beyond its id. Parts of a book share its ISBN, and pages of a document its address."""
    part = "|".join(source.further(name) for name in ("page", "chapter-number", "section", "part-number"))
    for text in (source.further("DOI"), source.URL):
        if match := _DOI.fullmatch(unquote(text.strip())):
            yield f"doi:{match[1].lower()}|{part}", f"DOI {match[1]}"
    if source.URL:
        yield f"{_bare(source.URL)}|{part}|{source.title.casefold()}", source.URL


def _bare(address: str) -> str:
    """An address without what changes nothing: http or https, www, the last slash, how its signs are encoded."""
    return re.sub(r"^https?://(?:www\.)?", "", unquote(address), flags=re.IGNORECASE).rstrip("/")
