"""W3C Web Annotations (Data Model, Recommendation of 23 February 2017): one, a list, a page or a collection.

What Recogito and Annotorious write is read too: answers among the bodies, identifiers that are no addresses, and the
form of their own (see `recogito`).
"""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape
from typing import Any
from urllib.parse import unquote, urlsplit

from postil.importing.files import as_json, items_of, mapping_of, text_of, texts_of
from postil.importing.foreign import Batch, Foreign, Wanted, kind_of, origin, passage, rating_of, tags_of, threaded
from postil.importing.markdown import escaped, from_text, measured, name_like
from postil.importing.own import from_w3c, reviewed
from postil.importing.recogito import as_w3c
from postil.importing.selectors import told
from postil.importing.taking import Taking
from postil.model.addresses import is_safe_link
from postil.model.annotation import Reply

_NUMBER = re.compile(r"(?:urn:uuid:)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d+", re.IGNORECASE)
_SETS = ("Choice", "Composite", "List", "Independents", "oa:Choice", "as:OrderedCollection")


def annotations_of(data: Any) -> list[Any] | None:
    """The annotations of a collection with embedded pages, a page, a list or a single one; None for other data."""
    if isinstance(data, list):
        return [found for item in data for found in (annotations_of(item) or [item])]
    data = mapping_of(data)
    types = [name.rpartition(":")[2] for name in texts_of(data.get("type") or data.get("@type"))]
    if "AnnotationCollection" in types or "AnnotationPage" in types:
        parts = [*items_of(data.get("items"))]
        for key in ("first", "next"):
            parts += annotations_of(data[key]) or [] if isinstance(data.get(key), dict) else []
        return parts
    return [data] if {"target", "targets"} & data.keys() or "Annotation" in types else None


def read(annotations: list[Any], file: str, ratings: frozenset[str], wanted: Wanted) -> Batch:
    """Read W3C annotations, and what Recogito keeps; of one with several targets each is a note.

    Args:
        annotations: as their JSON has them.
        file: its name, for messages.
        ratings: the names of ratings in small letters; a tag that is one is the verdict of the note's author.
        wanted: what the user wants of the file.

    Returns:
        The notes, each with its answers, and what could not be read.
    """

    def notes(item: dict[str, Any], answers: list[dict[str, Any]], where: str) -> list[Foreign]:
        first, *more = items_of(item["target"])
        whole = _note(item, first, answers, where, ratings)
        return [whole, *(_also(whole, target, number) for number, target in enumerate(more, 2))]

    items = map(as_w3c, annotations)
    expected = "an annotation, a JSON object with a `target`"
    return threaded(items, file, expected, _answered, _closed, notes, wanted)


def _closed(item: dict[str, Any]) -> str:
    """Recogito Studio says of a note that only its author sees it; the model of the W3C has no such word."""
    return "for its author alone" if text_of(item.get("visibility")).upper() == "PRIVATE" else ""


def _answered(item: Any) -> str | None:
    """The identifier of the annotation that this one answers; empty for a note, None for what is no annotation."""
    if not isinstance(item, dict) or not items_of(item.get("target")):
        return None
    if review := reviewed(item):
        return review
    if "replying" not in texts_of(item.get("motivation")):
        return ""
    target = items_of(item["target"])[0]
    return text_of(target) or text_of(mapping_of(target).get("source")) or text_of(mapping_of(target).get("id"))


def _on(target: Any) -> dict[str, Any]:
    """The page of a target and its passage there, as fields of a note."""
    source = mapping_of(target).get("source", target)
    address = text_of(source) or text_of(mapping_of(source).get("id"))
    return {"page": _path(source) or address, **passage(told(mapping_of(target), address))}


def _also(note: Foreign, target: Any, number: int) -> Foreign:
    """The same note on another target."""
    named = {"id": f"{note.origin.id}#{number}"} if note.origin.id else {}
    return replace(
        note, where=f"{note.where}, target {number}", origin=note.origin.model_copy(update=named), **_on(target)
    )


def _note(
    item: dict[str, Any], target: Any, answers: list[dict[str, Any]], where: str, ratings: frozenset[str]
) -> Foreign:
    motivations = texts_of(item.get("motivation"))
    bodies = _bodies(item)
    tags = tags_of(_value(body) for body in bodies if _purposes(body) & {"tagging"})
    classes = [_rating(body) for body in bodies if _purposes(body) & {"classifying"}]
    verdict = next(filter(None, classes), "") or rating_of(tags, ratings)
    replies = [body for body in bodies if _purposes(body) & {"replying"}] + [
        answer for answer in answers if not reviewed(answer)
    ]
    other = [body for body in bodies if not _purposes(body) & {"tagging", "classifying", "replying"}]
    name = text_of(item.get("id"))
    taking = Taking()
    created = [("created", text_of(mapping_of(one).get("created"))) for one in (item, *other)]
    return Foreign(
        where=where,
        origin=origin(
            _named(item.get("generator")) or "W3C annotation",
            id=name,
            url=_url(item, taking),
            author=_creator(item) or next(filter(None, map(_creator, map(mapping_of, bodies))), ""),
            created=taking.day(*next((one for one in created if one[1]), created[0])),
            modified=taking.day("modified", text_of(item.get("modified"))),
            motivation=", ".join(motivations),
            verdict=verdict,
            replies=tuple(reply for body in replies if (reply := _reply(body, taking))),
        ),
        **_on(target),
        body="\n\n".join(filter(None, (_markdown(body, taking) for body in other))),
        title=name_like(text_of(item.get("title"))),
        tags=tuple(tag for tag in tags if tag != verdict),
        kind=kind_of([*motivations, *tags]),
        own=from_w3c(item, answers),
        left=tuple(taking.left),
    )


def _url(item: dict[str, Any], taking: Taking) -> str | None:
    """The first address under which it was found; others are told. Its identifier is one where it can be shown."""
    found = [address for text in texts_of(item.get("via")) if (address := taking.address("via", text))]
    for address in found[1:]:
        taking.leave("via", address, "is a second address of the note; one is kept")
    name = text_of(item.get("id"))
    return found[0] if found else name if is_safe_link(name) else None


def _bodies(item: dict[str, Any]) -> list[Any]:
    """The bodies, those of a set of bodies each for itself."""
    if "bodyValue" in item:
        return [{"type": "TextualBody", "value": text_of(item["bodyValue"])}]
    found: list[Any] = []
    waiting = items_of(item.get("body"))
    while waiting:
        body = waiting.pop(0)
        if isinstance(body, dict) and any(kind in _SETS for kind in texts_of(body.get("type"))):
            waiting = items_of(body.get("items")) + waiting
        else:
            found.append(body)
    return found


def _purposes(body: Any) -> set[str]:
    return set(texts_of(mapping_of(body).get("purpose")))


def _value(body: Any) -> str:
    """The words of a tag or a rating; Recogito Studio has an object with a label."""
    body = mapping_of(body)
    return text_of(body.get("value")) or _named(body.get("value")) or _named(body.get("source"))


def _rating(body: Any) -> str:
    """A rating as it is named: by its words, else by the end of its address."""
    named = _value(body)
    return unquote(named.rstrip("/").rpartition("/")[2].rpartition("#")[2]) if is_safe_link(named) else named


def _named(thing: Any) -> str:
    """The name of a thing: of an agent, a rating, a resource; else its address."""
    thing = thing if isinstance(thing, str) else mapping_of(next(iter(items_of(thing)), None))
    if isinstance(thing, str):
        return thing
    keys = ("name", "alternateName", "label", "title", "nickname", "value", "id")
    return next((text for key in keys if (text := text_of(thing.get(key)))), "")


def _creator(item: dict[str, Any]) -> str:
    """Who wrote it; a number that stands for somebody is no name."""
    name = name_like(_named(item.get("creator")))
    return "" if _NUMBER.fullmatch(name) else name


def _markdown(body: Any, taking: Taking) -> str:
    """The words of a body, or a link to what it points to."""
    if isinstance(body, dict) and "value" in body:
        if isinstance(body["value"], dict | list):
            return from_text(measured(_named(body["value"]) or as_json(body["value"])))
        text, form = measured(text_of(body["value"])), text_of(body.get("format")).lower()
        if form in ("text/html", "application/xhtml+xml"):
            return taking.html("value", text)
        return taking.markdown("value", text) if form == "text/markdown" else from_text(text)
    resource = mapping_of(body).get("source", body)
    address = text_of(resource) or text_of(mapping_of(resource).get("id"))
    words = _named(resource) or address
    if not address or (words != address and address.startswith(("urn:", "_:"))):  # a name for machines
        return escaped(name_like(words))
    key = "source" if isinstance(body, dict) and "source" in body else "id" if isinstance(body, dict) else "body"
    return taking.html(key, f'<a href="{escape(address)}">{escape(words)}</a>')


def _reply(item: Any, taking: Taking) -> Reply | None:
    """An answer: a body with the purpose `replying`, or an annotation of its own."""
    bodies = [item] if "purpose" in mapping_of(item) else _bodies(mapping_of(item))
    note = "\n\n".join(filter(None, (_markdown(body, taking) for body in bodies)))
    created = taking.day("created", text_of(mapping_of(item).get("created")))
    return Reply(author=_creator(mapping_of(item)), created=created, note=note) if note.strip() else None


def _path(source: Any) -> str:
    """The path of one of our own articles."""
    path = text_of(mapping_of(source).get("identifier"))
    return path if path.endswith(".md") and not urlsplit(path).scheme else ""
