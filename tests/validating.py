"""Every file that a site gives out, held against its standard; each function gives what is wrong, a list of lines."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import feedparser
from bibtexparser.entrypoint import parse_string
from jsonschema import Draft7Validator, FormatChecker
from lxml import etree
from pybtex.database import parse_string as parse_bibtex
from pybtex.exceptions import PybtexError

import conforming

_FORMATS = FormatChecker(formats=["uri", "date-time"])
_DATA = re.compile(r'<script type="([^"]*ld\+json[^"]*)">(.*?)</script>', re.DOTALL)


def problems(site: Path) -> dict[str, list[str]]:
    """What is wrong with each file of a built site that has a standard, by its path; empty lists for good ones."""
    found: dict[str, list[str]] = {}
    for file in sorted(site.rglob("*")):
        check = _CHECKS.get(file.name)
        if check is not None:
            found[file.relative_to(site).as_posix()] = check(file.read_bytes())
        elif file.suffix == ".html" and "/notes/" in file.as_posix():
            found[file.relative_to(site).as_posix()] = own_page(file.read_text("utf-8"))
    return found


def w3c(content: bytes) -> list[str]:
    """Web Annotation Data Model: the assertions of the W3C's suite, what it leaves out, and JSON-LD."""
    document = json.loads(content)
    checks = (conforming.collection_musts, conforming.what_the_suite_leaves_out, conforming.lost_keys)
    return [line for check in checks for line in check(document)]


def json_feed(content: bytes) -> list[str]:
    validator = Draft7Validator(conforming.data("json-feed.json"), format_checker=_FORMATS)
    document = json.loads(content)
    ids = [item["id"] for item in document["items"]]
    return [error.message for error in validator.iter_errors(document)] + _twice(ids)


def atom(content: bytes) -> list[str]:
    """RFC 4287: its grammar, and a reader of feeds; ids are addresses and stand once, dates have a zone."""
    tree = etree.fromstring(content)
    schema = etree.RelaxNG(etree.parse(str(conforming.FOLDER / "atom.rng")))
    schema.validate(tree)
    found = [str(error) for error in schema.error_log]
    read = feedparser.parse(content)
    found += [str(read.bozo_exception)] if read.bozo else []
    names = {"a": "http://www.w3.org/2005/Atom"}
    found += [f"no address: {one}" for one in tree.xpath("//a:id/text()", namespaces=names) if ":" not in one]
    found += [
        f"no moment: {one}"
        for one in tree.xpath("//a:updated/text() | //a:published/text()", namespaces=names)
        if not re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:]{8}Z", one)
    ]
    return found + _twice(tree.xpath("//a:entry/a:id/text()", namespaces=names))


def csl(content: bytes) -> list[str]:
    document = json.loads(content)
    errors = Draft7Validator(conforming.data("csl-data.json")).iter_errors(document)
    return [error.message for error in errors] + _twice([item["id"] for item in document])


def bibtex(content: bytes) -> list[str]:
    """Two readers of BibTeX that know nothing of each other see the same entries, and nothing is left over."""
    text = content.decode()
    one = parse_string(text)
    try:
        other = parse_bibtex(text, "bibtex")
    except PybtexError as error:
        return [f"failed: {error}"]
    found = [f"failed: {block.error}" for block in one.failed_blocks]
    entries = {entry.key.lower(): entry for entry in one.entries}
    if len(entries) != len(other.entries) or set(entries) != {key.lower() for key in other.entries}:
        found.append(f"{len(entries)} entries for one reader, {len(other.entries)} for the other")
    for key, entry in other.entries.items():
        names = entries[key.lower()].fields_dict["author"].value if entry.persons.get("author") else ""
        persons = [str(person) for person in entry.persons.get("author", ())]
        if names and len(persons) != len(re.split(r"\s+and\s+(?![^{]*\})", names)):
            found.append(f"{key}: {names} are {persons}")
        if entry.fields.get("title", "") != entries[key.lower()].fields_dict["title"].value:
            found.append(f"{key}: two titles")
    return found


def table(content: bytes) -> list[str]:
    """RFC 4180 in UTF-8 with a mark: as many cells in each row as in the first; no cell begins as a formula."""
    found = [] if content.startswith(b"\xef\xbb\xbf") else ["no mark at its head"]
    text = content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    found += [f"{len(row)} cells" for row in rows if len(row) != len(rows[0])]
    found += [] if re.fullmatch(r'(?:[^"\n]|"(?:[^"]|"")*")*', text.replace("\r\n", "")) else ["bare line ends"]
    return found + [
        f"runs: {cell}" for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    ]


def hypothesis(content: bytes) -> list[str]:
    """What the client's import asks for: a list of annotations with target, tags, text, uri and document."""
    document = json.loads(content)
    found = []
    for one in document["annotations"]:
        kinds = {"text": str, "uri": str, "tags": list, "target": list, "document": dict}
        found += [f"{one['id']}: {key}" for key, kind in kinds.items() if not isinstance(one.get(key), kind)]
        found += [] if one["target"][0]["selector"][0]["exact"] else [f"{one['id']}: no words"]
    return found


def own_page(html: str) -> list[str]:
    """The data of a note's page: an annotation, and at most one ClaimReview, as Google's guide asks for it."""
    data = [(kind, json.loads(text)) for kind, text in _DATA.findall(html)]
    found = []
    for kind, one in data:
        if "anno.jsonld" in kind:
            found += conforming.musts("annotation", one)
        else:
            found += conforming.schema_org_problems({key: value for key, value in one.items() if key != "@context"})
    reviews = [one for kind, one in data if one.get("@type") == "ClaimReview"]
    found += ["several ClaimReviews"] if len(reviews) > 1 else []
    return found + [line for review in reviews for line in claim_review(review)]


def claim_review(review: dict[str, Any]) -> list[str]:
    """Google, Fact Check (ClaimReview) structured data: what is required, what is recommended, what must agree."""
    rating, claim = review.get("reviewRating", {}), review.get("itemReviewed", {})
    numbers = [rating.get(key) for key in ("worstRating", "ratingValue", "bestRating")]
    rules = {
        "claimReviewed": bool(review.get("claimReviewed", "").strip()),
        "alternateName": bool(rating.get("alternateName")),
        "author with a name": bool(review.get("author", {}).get("name")),
        "rating in the claim": rating.get("alternateName", "-").lower() not in review.get("claimReviewed", "").lower(),
        "numbers in order": numbers == [None] * 3 or 1 <= numbers[0] <= numbers[1] <= numbers[2] > numbers[0],
        "an appearance": bool(claim.get("appearance")),
        "claimants with names": all(author.get("name") for author in claim.get("author", ())),
        "claimants with types": all(one.get("@type") in ("Person", "Organization") for one in claim.get("author", ())),
        "a whole address": review.get("url", "https://").startswith("https://"),
    }
    return [rule for rule, holds in rules.items() if not holds]


def _twice(names: list[str]) -> list[str]:
    return [f"twice: {name}" for name in sorted({name for name in names if names.count(name) > 1})]


_CHECKS: dict[str, Callable[[bytes], list[str]]] = {
    "annotations.jsonld": w3c,
    "annotations.hypothesis.json": hypothesis,
    "notes.csv": table,
    "sources.csl.json": csl,
    "sources.bib": bibtex,
    "feed.xml": atom,
    "feed.json": json_feed,
}
