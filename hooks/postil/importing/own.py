"""The exports of this program, read back: every field of the notes file (see `export.jsonld` for where each stands).

Whoever writes such a file can claim any verdict, so what is read here counts only when the user vouches for the file.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from postil.export.dataset import filled
from postil.export.vocabulary import AGENTS, MOTIVATIONS
from postil.importing.files import items_of, mapping_of, text_of, texts_of

Fields = dict[str, Any]

_KINDS = {motivation: kind.value for kind, motivation in MOTIVATIONS.items()}


def reviewed(item: Any) -> str:
    """The id of the annotation that this one reviews, as `export.jsonld` writes reviews; else an empty text."""
    data = mapping_of(item)
    return text_of(data.get("target")) if "Review" in texts_of(data.get("type")) else ""


def from_w3c(item: dict[str, Any], answers: Sequence[dict[str, Any]] = ()) -> Fields | None:
    """The fields of a note from its annotation, or None for an annotation that is no export of ours.

    Args:
        item: the annotation.
        answers: those on it; reviews without a name stay out.
    """
    name, kind = text_of(item.get("identifier")), _KINDS.get(text_of(item.get("motivation")))
    bodies = [mapping_of(body) for body in items_of(item.get("body"))]
    if not name or kind is None or not bodies or bodies[0].get("format") != "text/markdown":
        return None
    written = mapping_of(item.get("written"))
    selectors = items_of(mapping_of(item.get("target")).get("selector"))
    quote = text_of(written.get("quote")) or text_of(mapping_of(next(iter(selectors), None)).get("exact"))
    cited = [body for body in bodies if body.get("purpose") == "linking"]
    ratings = [mapping_of(body.get("source")) for body in bodies if body.get("purpose") == "classifying"]
    return filled(
        {
            "id": name,
            "quote": quote,
            "prefix": text_of(written.get("prefix")),
            "suffix": text_of(written.get("suffix")),
            "kind": kind,
            "verdict": next((text_of(rating.get("identifier")) for rating in ratings), "")
            or text_of(item.get("withdrawn")),
            "title": text_of(item.get("title")),
            "note": text_of(bodies[0].get("value")),
            "sources": [_citation(body) for body in cited],
            "caution": text_of(item.get("caution")),
            "claim": texts_of(item.get("claim")),
            "claimed": text_of(item.get("claimed")),
            # An export from before a claimant could be an organisation has the name alone.
            "claimant": text_of(item.get("claimant")) or _claimant(mapping_of(item.get("claimant"))),
            "claimed_on": text_of(item.get("claimedOn")),
            "appearance": [
                text_of(mapping_of(source).get("identifier")) for source in items_of(item.get("appearance"))
            ],
            "tags": [text_of(body.get("value")) for body in bodies if body.get("purpose") == "tagging"],
            "author": text_of(mapping_of(item.get("publisher") or item.get("creator")).get("nickname")),
            "created": text_of(item.get("created"))[:10],
            "changed": [
                {
                    "date": text_of(mapping_of(change).get("datePublished")),
                    "what": text_of(mapping_of(change).get("text")),
                }
                for change in items_of(item.get("correction"))
                if not _is_retraction(change)
            ],
            "checked": text_of(item.get("checked")),
            "status": text_of(item.get("status")),
            "assigned": text_of(item.get("assigned")),
            "recheck": _recheck(mapping_of(item.get("recheck"))),
            "reviews": [review for answer in answers if (review := _review(answer))],
            "retracted": next(map(_retraction, filter(_is_retraction, items_of(item.get("correction")))), {}),
            "since": [_development(mapping_of(event)) for event in items_of(item.get("since"))],
            "origin": _origin(mapping_of(item.get("origin"))),
        }
    )


def from_hypothesis(item: dict[str, Any]) -> Fields | None:
    """The fields of a note from our export for Hypothesis, which carries them whole, or None for another annotation."""
    return mapping_of(item.get("postil")) or None


def _is_retraction(change: Any) -> bool:
    return "Retraction" in texts_of(mapping_of(change).get("type"))


def _retraction(change: Any) -> Fields:
    return {"date": text_of(change.get("datePublished")), "why": text_of(change.get("text"))}


def _recheck(told: Fields) -> Fields:
    return filled({"date": text_of(told.get("date")), "why": text_of(told.get("text"))})


def _review(item: dict[str, Any]) -> Fields:
    by = text_of(mapping_of(item.get("creator")).get("nickname"))
    bodies = [mapping_of(body) for body in items_of(item.get("body"))]
    ratings = (mapping_of(body.get("source")) for body in bodies)
    note = next((text_of(body.get("value")) for body in bodies if body.get("purpose") == "commenting"), "")
    verdict = next((text_of(rating.get("identifier")) for rating in ratings), "")
    date = text_of(item.get("created"))[:10]
    return filled({"by": by, "date": date, "verdict": verdict, "note": note}) if by and reviewed(item) else {}


def _claimant(agent: Fields) -> Fields:
    kind = "organisation" if agent.get("type") == AGENTS["organisation"] else ""
    return filled({"name": text_of(agent.get("name")), "type": kind})


def _development(event: Fields) -> Fields:
    sources = [_citation(mapping_of(body)) for body in items_of(event.get("citation"))]
    return filled({"date": text_of(event.get("date")), "what": text_of(event.get("text")), "sources": sources})


def _citation(body: dict[str, Any]) -> str | Fields:
    name = text_of(mapping_of(body.get("source")).get("identifier"))
    more = filled(
        {"locator": text_of(body.get("locator")), "says": text_of(mapping_of(body.get("selector")).get("exact"))}
    )
    return {"id": name, **more} if more else name


def _origin(data: Fields) -> Fields:
    """The origin of a note, with moments as the days that a notes file has."""
    days = {key: text_of(data[key])[:10] for key in ("created", "modified") if key in data}
    replies = (
        {"replies": [_origin(mapping_of(reply)) for reply in items_of(data["replies"])]} if "replies" in data else {}
    )
    return data | days | replies
