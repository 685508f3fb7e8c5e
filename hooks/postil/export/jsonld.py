"""An article's notes as a W3C annotation collection (JSON-LD), from which the notes file can be made again.

Which key of the notes file is which term is told in `vocabulary`.
"""

from __future__ import annotations

from typing import Any

from postil import __version__
from postil.export.annotation_bodies import bodies, citation_body, rating, source_body
from postil.export.dataset import POSTIL, Dataset, filled, utc
from postil.export.selectors import dom_selector, fragment_selector, position_selector, range_selector
from postil.export.vocabulary import AGENTS, CONTEXT, MOTIVATIONS
from postil.model.annotation import Claimant, Development, Origin
from postil.model.editorial import Review
from postil.page.note_view import NoteView
from postil.site.published import Published
from postil.site.urls import folder

FILE = "annotations.jsonld"


def collection(dataset: Dataset, article: Published) -> dict[str, Any]:
    """The notes of an article as an AnnotationCollection with all of them on one embedded AnnotationPage.

    Args:
        dataset: the site.
        article: an article with at least one note, since a page of annotations may not be empty (5.2 of the model).

    Returns:
        The data of `annotations.jsonld`.
    """
    notes = article.page.lasting
    reviews = [review for note in notes for review in _reviews(dataset, article, note)]
    return _collection(dataset, article, [*(_annotation(dataset, article, note) for note in notes), *reviews])


def outline(dataset: Dataset, article: Published) -> dict[str, Any]:
    """The collection with no more than the ids of its annotations, for a page that has each of them elsewhere."""
    notes = article.page.lasting
    reviews = [review["id"] for note in notes for review in _reviews(dataset, article, note)]
    items = [*(dataset.note_iri(article, note) for note in notes), *reviews]
    return {**_collection(dataset, article, items), "@context": CONTEXT[0]}  # of our own terms it has none


def _collection(dataset: Dataset, article: Published, items: list[Any]) -> dict[str, Any]:
    name = dataset.iri(f"{folder(article.url)}{FILE}", article.name)
    page = f"{name}#page-1" if dataset.site_url else dataset.urn(f"{article.name}#page-1")
    collection = {"id": name, "type": "AnnotationCollection", "label": article.title, "total": len(items)}
    return {
        "@context": CONTEXT,
        **collection,
        "modified": utc(article.page.last_changed),
        "generator": _generator(),
        **_rights(dataset),
        "first": {
            "id": page,
            "type": "AnnotationPage",
            "partOf": {**collection, "first": page, "last": page},
            "startIndex": 0,
            "items": items,
        },
        "last": page,
    }


def _annotation(dataset: Dataset, article: Published, note: NoteView) -> dict[str, Any]:
    data = note.annotation
    origin = data.origin
    changes: list[dict[str, Any]] = [
        {"type": "CorrectionComment", "datePublished": str(change.date), "text": change.what} for change in data.changed
    ]
    if gone := data.retracted:
        kind = ["CorrectionComment", "Retraction"]
        changes.append({"type": kind, "datePublished": str(gone.date), "text": gone.why})
    target = _target(dataset, article, note)
    written = filled(
        {
            "quote": data.quote if data.quote != target["selector"][0].get("exact") else "",
            "prefix": data.prefix,
            "suffix": data.suffix,
        }
    )
    return filled(
        {
            "id": dataset.note_iri(article, note),
            "type": "Annotation",
            "identifier": data.id,
            "motivation": MOTIVATIONS[data.kind],
            "title": data.title,
            "created": utc(data.created),
            "modified": utc(data.last_changed) if changes else "",
            **_agents(dataset, note),
            "generator": _generator(),
            **(_rights(dataset) if origin is None else {}),  # what others wrote is not ours to license
            "canonical": dataset.canonical(article, note),
            "body": bodies(dataset, note),
            "target": target,
            "written": written,
            "claim": list(data.claim),
            "claimed": data.claimed,
            "claimant": _claimant(data.claimant),
            "claimedOn": data.claimed_on,
            "appearance": [source_body(dataset, dataset.context.sources[name]) for name in data.appearance],
            "caution": data.caution,
            "correction": changes,
            "withdrawn": data.verdict if data.retracted else None,
            "lost": note.is_lost or None,
            "checked": str(data.checked or ""),
            "status": data.status.value if data.status else "",
            "assigned": data.assigned,
            "recheck": filled({"date": str(data.recheck.date), "text": data.recheck.why}) if data.recheck else None,
            "since": [_development(dataset, development) for development in data.since],
            "origin": _origin(origin) if origin else None,
            "via": origin.url if origin else None,
        }
    )


def _reviews(dataset: Dataset, article: Published, note: NoteView) -> list[dict[str, Any]]:
    """What others found, an annotation on the note each; without names where the site does not tell them."""
    settings, target = dataset.context.settings, dataset.note_iri(article, note)
    if settings.review.show == "nothing" and not dataset.names_reviewers:
        return []

    def made(number: int, review: Review) -> dict[str, Any]:
        verdict = settings.verdicts[review.verdict] if review.verdict is not None else None
        return filled(
            {
                "id": dataset.urn(f"{article.name}#{note.annotation.id}/review-{number}"),
                "type": ["Annotation", "Review"],
                "motivation": "assessing" if verdict else "moderating",
                "created": utc(review.date),
                "creator": _agent(dataset, review.by) if dataset.names_reviewers else None,
                "body": [*([rating(dataset, verdict)] if verdict else []), *_told_inside(dataset, review.note)],
                "target": target,
            }
        )

    return [made(number, review) for number, review in enumerate(note.annotation.reviews, 1)]


def _told_inside(dataset: Dataset, note: str) -> list[dict[str, Any]]:
    """What a reviewer says to the author: no published note has it."""
    text = {"type": "TextualBody", "purpose": "commenting", "value": note, "format": "text/markdown"}
    return [{**text, "language": dataset.language}] if note else []


def _claimant(claimant: Claimant | None) -> dict[str, Any] | None:
    return {"type": AGENTS[claimant.type], "name": claimant.name} if claimant else None


def _development(dataset: Dataset, development: Development) -> dict[str, Any]:
    return filled(
        {
            "type": "Event",
            "date": development.date,
            "text": development.what,
            "citation": [citation_body(dataset, citation) for citation in development.sources],
        }
    )


def _origin(origin: Origin) -> dict[str, Any]:
    """Where a note comes from, with days as moments in UTC like all dates of an annotation."""
    data = origin.model_dump(exclude_defaults=True)
    for part in (data, *data.get("replies", ())):
        part |= {key: utc(part[key]) for key in ("created", "modified") if key in part}
    return data


def _agents(dataset: Dataset, note: NoteView) -> dict[str, Any]:
    """Who wrote a note; of one that was written elsewhere also who publishes it here."""
    origin = note.annotation.origin
    if origin is None:
        return {"creator": _creator(dataset, note)}
    creator = {"type": "Person", "name": origin.author} if origin.author else None
    return {"creator": creator, "publisher": _creator(dataset, note)}


def _creator(dataset: Dataset, note: NoteView) -> dict[str, Any]:
    return _agent(dataset, note.annotation.author)


def _agent(dataset: Dataset, name: str) -> dict[str, Any]:
    author = dataset.context.settings.authors[name]
    return filled(
        {
            "id": author.url or dataset.urn(f"author {name}"),
            "type": AGENTS[author.type],
            "name": author.name,
            "nickname": name,
            "homepage": author.url,
        }
    )


def _generator() -> dict[str, Any]:
    return {"id": POSTIL.urn, "type": "Software", "name": f"Postil {__version__}"}


def _rights(dataset: Dataset) -> dict[str, Any]:
    return filled({"rights": dataset.context.settings.rights})


def _target(dataset: Dataset, article: Published, note: NoteView) -> dict[str, Any]:
    return {
        "type": "SpecificResource",
        "source": {
            "id": dataset.iri(article.url, f"article {article.name}"),
            "type": "Text",
            "identifier": article.path,
            "title": article.title,
            "format": "text/html",
            "language": dataset.language,
        },
        "selector": [
            dom_selector(note, article.page),
            *([] if note.is_lost else [position_selector(note), *fragment_selector(note, article.page.prose)]),
            *range_selector(note, article.page),
        ],
    }
