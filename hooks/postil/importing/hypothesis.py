"""Hypothesis: the export of its client, a result of its API's search, or a bare list of annotations.

Fields as in hypothesis/client and hypothesis/h (2026): `uri`, `text` (Markdown), `tags`, `user`, `target[0].selector`,
`references` (of an answer: the notes above it), `links.html`.
"""

from __future__ import annotations

from typing import Any

from postil.importing.files import items_of, mapping_of, offset_of, selectors_of, text_of, texts_of
from postil.importing.foreign import Batch, Foreign, day, kind_of, origin, rating_of, tags_of, threaded
from postil.importing.markdown import from_markdown, measured, name_like, plain
from postil.importing.own import from_hypothesis
from postil.model.annotation import Reply

VIA = "Hypothesis"


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


def read(annotations: list[Any], file: str, ratings: frozenset[str]) -> Batch:
    """Read annotations of Hypothesis.

    Args:
        annotations: as their JSON has them.
        file: its name, for messages.
        ratings: the names of ratings in small letters; a tag that is one is the verdict of the note's author.

    Returns:
        The notes, each with its answers, and what could not be read.
    """

    def note(item: dict[str, Any], answers: list[dict[str, Any]], where: str) -> Foreign:
        return _note(item, sorted(answers, key=lambda answer: text_of(answer.get("created"))), where, ratings)

    return threaded(annotations, file, "an annotation, a JSON object", _root, note)


def _root(item: Any) -> str | None:
    """The id of the note that an annotation answers, directly or not; empty for a note, None for no annotation."""
    if not isinstance(item, dict):
        return None
    references = texts_of(item.get("references"))
    return references[0] if references else ""


def _note(item: dict[str, Any], replies: list[dict[str, Any]], where: str, ratings: frozenset[str]) -> Foreign:
    target = mapping_of(next(iter(items_of(item.get("target"))), None))
    quote, position = selectors_of(target)
    tags = tags_of(texts_of(item.get("tags")))
    verdict = rating_of(tags, ratings)
    title = " ".join(texts_of(mapping_of(item.get("document")).get("title"))[:1])
    return Foreign(
        where=where,
        origin=origin(
            VIA,
            id=text_of(item.get("id")),
            url=text_of(mapping_of(item.get("links")).get("html")),
            author=_author(item),
            created=text_of(item.get("created")),
            modified=text_of(item.get("updated")),
            verdict=verdict,
            replies=tuple(reply for answer in replies if (reply := _reply(answer))),
        ),
        page=text_of(item.get("uri")) or text_of(target.get("source")) or title,
        quote=plain(text_of(quote.get("exact"))),
        prefix=plain(text_of(quote.get("prefix"))),
        suffix=plain(text_of(quote.get("suffix"))),
        start=offset_of(position.get("start")),
        body=from_markdown(measured(text_of(item.get("text")))),
        tags=tuple(tag for tag in tags if tag != verdict),
        kind=kind_of(tags),
        own=from_hypothesis(item),
    )


def _reply(item: dict[str, Any]) -> Reply | None:
    note = from_markdown(measured(text_of(item.get("text"))))
    created = day(text_of(item.get("created")))
    return Reply(author=_author(item), created=created, note=note) if note.strip() else None


def _author(item: dict[str, Any]) -> str:
    """The name that is shown, else the one in `acct:name@authority`."""
    shown = text_of(mapping_of(item.get("user_info")).get("display_name"))
    return name_like(shown or text_of(item.get("user")).removeprefix("acct:").partition("@")[0])
