"""Every export against its validator, on our own site and on one with every construct."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import validating
from test_export import SITE, built

NAMES = {
    "annotations.jsonld",
    "annotations.hypothesis.json",
    "notes.csv",
    "sources.csl.json",
    "sources.bib",
    "feed.xml",
    "feed.json",
}


def checked(site: Path) -> None:
    found = validating.problems(site)
    assert {path: lines for path, lines in found.items() if lines} == {}
    assert {Path(path).name for path in found} >= NAMES
    assert any("/notes/" in path for path in found)


def test_every_export_of_our_site_is_valid(published: Path) -> None:
    checked(published)


@pytest.mark.parametrize("more", [(), (f"site_url: {SITE}",)], ids=["without an address", "with one"])
def test_every_export_of_a_site_with_every_construct_is_valid(more: tuple[str, ...], tmp_path: Path) -> None:
    checked(built(tmp_path, *more).folder / "site")


BAD: dict[str, tuple[Any, bytes, str]] = {
    "feed": (validating.json_feed, b'{"version": "https://jsonfeed.org/version/1.1", "title": "x", "items": [{"id": "1"}], "item": 1}', "item"),
    "atom": (validating.atom, b'<feed xmlns="http://www.w3.org/2005/Atom"><id>x</id></feed>', "no address: x"),
    "csl": (validating.csl, b'[{"id": "1", "type": "books"}]', "'books' is not one of"),
    "bibtex": (validating.bibtex, b"@book{a, title = {One}}\n@book{a2, title = {Two}, title = {Three}}", "failed"),
    "table": (validating.table, b"a,b\r\n=1,2\r\n3\r\n", "runs: =1"),
    "no mark": (validating.table, b"a,b\r\n", "no mark at its head"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_the_validators_find_mistakes(name: str) -> None:
    check, content, line = BAD[name]
    assert any(line in found for found in check(content)), check(content)


def test_googles_rules_find_mistakes() -> None:
    review = {
        "claimReviewed": "It is wrong.",
        "reviewRating": {"alternateName": "Wrong", "worstRating": 1, "ratingValue": 5, "bestRating": 4},
        "author": {"@type": "Person", "name": "Mira"},
        "itemReviewed": {"author": [{"@type": "Person", "name": ""}]},
        "url": "/notes/a/",
    }
    assert validating.claim_review(review) == [
        "rating in the claim", "numbers in order", "an appearance", "claimants with names", "a whole address",
    ]  # fmt: skip
