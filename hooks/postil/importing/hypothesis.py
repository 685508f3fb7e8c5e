"""Hypothesis: the export of its client, a result of its API's search, or a bare list of annotations.

Fields as in hypothesis/client and hypothesis/h (2026): `uri`, `text` (Markdown), `tags`, `user`, `target[0].selector`,
`references` (of an answer: the notes above it), `links.html`. Who may read it: `permissions.read`, `group`, `hidden`,
`moderation_status`.
"""

from __future__ import annotations

from typing import Any

from postil.importing.files import items_of, mapping_of, text_of, texts_of
from postil.importing.foreign import Batch, Foreign, Wanted, kind_of, origin, passage, rating_of, tags_of, threaded
from postil.importing.markdown import name_like
from postil.importing.own import from_hypothesis
from postil.importing.selectors import told
from postil.importing.taking import Taking
from postil.model.annotation import Reply

VIA = "Hypothesis"
_WORLD = "__world__"
_HELD_BACK = ("PENDING", "DENIED", "SPAM")


def annotations_of(data: Any) -> list[Any] | None:
    """The annotations of any of the three forms, or None for other data."""
    if isinstance(data, dict):
        for key in ("annotations", "rows"):
            if isinstance(data.get(key), list) and "@context" not in data:
                return list(data[key])
        return None
    items = items_of(data)
    is_form = bool(items) and all(isinstance(item, dict) and "uri" in item and "@context" not in item for item in items)
    return items if is_form else None


def read(annotations: list[Any], file: str, ratings: frozenset[str], wanted: Wanted) -> Batch:
    """Read annotations of Hypothesis; those that not everybody may read there are left out unless they are wanted.

    Args:
        annotations: as their JSON has them.
        file: its name, for messages.
        ratings: the names of ratings in small letters; a tag that is one is the verdict of the note's author.
        wanted: what the user wants of the file.

    Returns:
        The notes, each with its answers, and what could not be read.
    """

    def notes(item: dict[str, Any], answers: list[dict[str, Any]], where: str) -> list[Foreign]:
        return [_note(item, sorted(answers, key=lambda answer: text_of(answer.get("created"))), where, ratings)]

    return threaded(annotations, file, "an annotation, a JSON object", _root, _closed, notes, wanted)


def _closed(item: dict[str, Any]) -> str:
    """Why not everybody may read an annotation there, or an empty text."""
    readers = texts_of(mapping_of(item.get("permissions")).get("read"))
    if item.get("hidden") is True or text_of(item.get("moderation_status")) in _HELD_BACK:
        return "hidden by moderators"
    if readers and not any(reader.startswith("group:") for reader in readers):
        return "for its author alone"
    groups = {reader.removeprefix("group:") for reader in readers} or {text_of(item.get("group"))}
    return "" if groups & {_WORLD, ""} else "of a group"


def _root(item: Any) -> str | None:
    """The id of the note that an annotation answers, directly or not; empty for a note, None for no annotation."""
    if not isinstance(item, dict):
        return None
    references = texts_of(item.get("references"))
    return references[0] if references else ""


def _note(item: dict[str, Any], replies: list[dict[str, Any]], where: str, ratings: frozenset[str]) -> Foreign:
    target = mapping_of(next(iter(items_of(item.get("target"))), None))
    tags = tags_of(texts_of(item.get("tags")))
    verdict = rating_of(tags, ratings)
    address = text_of(item.get("uri")) or text_of(target.get("source"))
    title = " ".join(texts_of(mapping_of(item.get("document")).get("title"))[:1])
    taking = Taking()
    return Foreign(
        where=where,
        origin=origin(
            VIA,
            id=text_of(item.get("id")),
            url=taking.address("html", text_of(mapping_of(item.get("links")).get("html"))),
            author=_author(item),
            created=taking.day("created", text_of(item.get("created"))),
            modified=taking.day("updated", text_of(item.get("updated"))),
            verdict=verdict,
            replies=tuple(reply for answer in replies if (reply := _reply(answer, taking))),
        ),
        page=address or title,
        **passage(told(target, address)),
        body=taking.markdown("text", text_of(item.get("text"))),
        tags=tuple(tag for tag in tags if tag != verdict),
        kind=kind_of(tags),
        own=from_hypothesis(item),
        left=tuple(taking.left),
    )


def _reply(item: dict[str, Any], taking: Taking) -> Reply | None:
    note = taking.markdown("text", text_of(item.get("text")))
    created = taking.day("created", text_of(item.get("created")))
    return Reply(author=_author(item), created=created, note=note) if note.strip() else None


def _author(item: dict[str, Any]) -> str:
    """The name that is shown, else the one in `acct:name@authority`."""
    shown = text_of(mapping_of(item.get("user_info")).get("display_name"))
    return name_like(shown or text_of(item.get("user")).removeprefix("acct:").partition("@")[0])
