"""Fact checks as search engines and fact-checkers exchange them (schema.org, ClaimReview), alone or in a feed."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

from postil.importing.files import items_of, mapping_of, text_of, texts_of
from postil.importing.foreign import Batch, Foreign, Wanted, origin
from postil.importing.markdown import escaped, from_text, measured, name_like, plain
from postil.importing.taking import Taking

VIA = "ClaimReview"
_HOLDERS = ("@graph", "dataFeedElement", "item", "itemListElement")


def annotations_of(data: Any) -> list[Any] | None:
    """The fact checks of a page's data, a list, a graph or a feed (Data Commons); None for other data."""
    return list(_reviews(data)) or None


def _reviews(data: Any) -> Iterator[dict[str, Any]]:
    """A JSON file is at most 32 levels deep."""
    for item in map(mapping_of, items_of(data)):
        if "ClaimReview" in texts_of(item.get("@type")):
            yield item
        else:
            for key in _HOLDERS:
                yield from _reviews(item.get(key))


def read(annotations: list[Any], file: str, ratings: frozenset[str], wanted: Wanted) -> Batch:  # noqa: ARG001
    """Read fact checks as notes on the words of their claims; the signature is that of all forms of JSON."""
    batch = Batch()
    for number, item in enumerate(annotations, 1):
        where = f"{file}, fact check {number}"
        with batch.refusing(where, item):
            batch.notes.append(_note(item, where))
    return batch


def _note(item: dict[str, Any], where: str) -> Foreign:
    rating, claim = mapping_of(item.get("reviewRating")), mapping_of(item.get("itemReviewed"))
    verdict, title = text_of(rating.get("alternateName")), name_like(text_of(item.get("name")))
    told = next(
        filter(None, (text_of(part) for part in (rating.get("ratingExplanation"), item.get("reviewBody")))),
        text_of(item.get("description")),
    )
    body = from_text(measured(told or title or verdict))
    taking = Taking()
    works = [*items_of(claim.get("appearance")), *items_of(claim.get("firstAppearance"))]
    return Foreign(
        where=where,
        origin=origin(
            VIA,
            url=taking.address("url", text_of(item.get("url"))),
            author=_name(item.get("author")),
            created=taking.day("datePublished", text_of(item.get("datePublished"))),
            modified=taking.day("dateModified", text_of(item.get("dateModified"))),
            verdict=verdict,
        ),
        page=next(filter(None, map(_address, works)), ""),
        quote=plain(text_of(item.get("claimReviewed")) or text_of(claim.get("name")) or text_of(claim.get("text"))),
        body="\n\n".join(filter(None, [body, _sources(item, taking), _claimants(claim)])),
        title=title if told else "",
        left=tuple(taking.left),
    )


def _sources(item: dict[str, Any], taking: Taking) -> str:
    """What the check rests on, as a list of links."""
    works = [(_name(work) or _address(work), _address(work)) for work in items_of(item.get("citation"))]
    links = (
        f'<li><a href="{escape(address)}">{escape(name)}</a></li>' if address else f"<li>{escape(name)}</li>"
        for name, address in works
        if name
    )
    return taking.html("url", f"<ul>{''.join(links)}</ul>")


def _claimants(claim: dict[str, Any]) -> str:
    names = [escaped(name) for author in items_of(claim.get("author")) if (name := _name(author))]
    names += [escaped(date)] if (date := name_like(text_of(claim.get("datePublished")))) else []
    return f"({', '.join(names)})" if names else ""


def _name(thing: Any) -> str:
    thing = next(iter(items_of(thing)), None)
    return name_like(text_of(mapping_of(thing).get("name")) or text_of(mapping_of(thing).get("headline")))


def _address(thing: Any) -> str:
    return text_of(thing) or text_of(mapping_of(thing).get("url")) or text_of(mapping_of(thing).get("@id"))
