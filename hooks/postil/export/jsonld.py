"""An article's notes as a W3C annotation collection (JSON-LD), from which the notes file can be made again.

Everything that a notes file holds for a note is in its annotation, in terms of the W3C Web Annotation Data Model
(Recommendation of 23 February 2017) where there are any, else of Dublin Core, schema.org or BIBO, else in a term of
Postil's own. The context declares all of them; its second part is written out in the file.

| notes file | JSON-LD (paths inside of one annotation) |
| --- | --- |
| `id` | `identifier` (dcterms:identifier). `id` is the address of the note's own page where that of the site is known,
  else the same `urn:uuid:` as `canonical`, which never depends on an address |
| `kind` | `motivation`: fact-check → assessing, context → commenting, correction → editing, definition → describing,
  question → questioning |
| `title` | `title` (dcterms:title); left out when empty, as every empty value is |
| `note` | `body[0]`: TextualBody, `purpose` as `motivation`, `format` text/markdown, `value`: the Markdown as written |
| `verdict` | `body[]`: SpecificResource, `purpose` classifying; `source.identifier`: the verdict's id; `source` is a
  schema:Rating: `alternateName` the word, `description` the meaning, and where the verdict has a place in the order
  `ratingValue`, `bestRating`, `worstRating` (1 is the worst) |
| `sources[]` | `body[]` in the same order: SpecificResource, `purpose` linking; `source.identifier`: the source's id in
  the register; `source.id`: its address; `source.title`; `state`: TimeState, `sourceDate` (read), `cached` (archive) |
| `sources[].locator` | `locator` of that body (bibo:locator) |
| `sources[].says` | `selector` of that body: TextQuoteSelector, `exact` |
| `tags[]` | `body[]` in the same order: TextualBody, `purpose` tagging, `value` |
| `quote` | `target.selector[0].exact`, sign by sign as the document has it, line breaks and all; with `prefix` and
  `suffix` around it, of the words in up to 32 code points of the reading text |
| `quote`, `prefix`, `suffix` as typed | `written.quote` where it differs from `exact`; `written.prefix`,
  `written.suffix` where the notes file has them (postil:written) |
| `claim[]` | `claim` (postil:claim), a list |
| `claimed` | `claimed` (schema:claimReviewed) |
| `claimant` | `claimant` (postil:claimant): `type` Person or Organization, `name` |
| `claimed_on` | `claimedOn` (postil:claimedOn), EDTF |
| `appearance[]` | `appearance` (schema:appearance), a list: `identifier`, the source's id; its address and title |
| `since[]` | `since` (postil:since), a list of schema:Event: `date` (dcterms:date, EDTF), `text`; `citation`
  (schema:citation), a list of the form of `sources[]` |
| `caution` | `caution` (postil:caution) |
| `author` | `creator.nickname`: the author's id; `creator.name`, `creator.homepage`. Of a note written elsewhere
  all of this is `publisher` (dcterms:publisher), and `creator.name` is who wrote it |
| `origin` | `origin` (postil:origin), a JSON literal, with days as moments; `via`: its address |
| `created` | `created`, the day at 00:00:00Z |
| `changed[]` | `correction` (schema:correction), a list of CorrectionComment: `datePublished` (a day), `text`;
  `modified` is the day of the last one at 00:00:00Z |
| `checked` | `checked` (schema:lastReviewed) |
| `reviews[]` | an annotation each on the same page, where the site shows reviews: `motivation` assessing with the
  verdict as body, or moderating where they agree; `target` the note; `creator.nickname` where it shows names |
| `retracted` | the last of `correction`, of the types CorrectionComment and Retraction; its `verdict` is in
  `withdrawn` (postil:withdrawn) and no body then. Where its words are gone, too, `lost` (postil:lost) says so, and
  `target.selector` has the words alone, without a position |

Of the newsroom alone, and in no export: `status`, `assigned`, `recheck`, `reviews[].note`. With `postil export
--drafts`, for colleagues, the first two are terms of that name, `recheck` has `date` and `text`, and the note of a
review is its body with the purpose commenting; reviews are there whatever the site shows.

Not in the notes file, made anew by each export: `canonical`, `modified`, `generator`, `rights`, `creator.name`; the
rating but for its identifier; the sources but for their identifier, locator and quotation; of `target`: `source`
(`identifier`: the path of the article in docs/), the TextPositionSelector (code points of the reading text) and the
FragmentSelector (text fragment). There is no `generated`: the same data give the same bytes.
"""

from __future__ import annotations

import re
from typing import Any

from postil import __version__
from postil.export.dataset import POSTIL, Dataset, filled, utc
from postil.export.selectors import dom_selector, fragment_selector, position_selector
from postil.model.annotation import Citation, Claimant, Development, Kind, Origin
from postil.model.editorial import Review
from postil.model.scale import Verdict
from postil.model.source import Source
from postil.page.note_view import NoteView
from postil.site.published import Published
from postil.site.urls import folder

FILE = "annotations.jsonld"
PROFILE = "http://www.w3.org/ns/anno.jsonld"
AGENTS = {"person": "Person", "organisation": "Organization"}
MEDIA_TYPE = f'application/ld+json;profile="{PROFILE}"'
MOTIVATIONS = {
    Kind.FACT_CHECK: "assessing",
    Kind.CONTEXT: "commenting",
    Kind.CORRECTION: "editing",
    Kind.DEFINITION: "describing",
    Kind.QUESTION: "questioning",
}
CONTEXT: list[Any] = [
    PROFILE,
    {
        "postil": f"{POSTIL.urn}#",
        "assessing": "oa:assessing",  # the context of the W3C has left it out
        "identifier": "dcterms:identifier",
        "title": "dcterms:title",
        "locator": "http://purl.org/ontology/bibo/locator",
        "written": "postil:written",
        "quote": "postil:quote",
        "claim": {"@id": "postil:claim", "@container": "@set"},
        "claimed": "schema:claimReviewed",
        "claimant": "postil:claimant",
        "claimedOn": "postil:claimedOn",
        "appearance": {"@id": "schema:appearance", "@container": "@set"},
        "since": {"@id": "postil:since", "@container": "@set"},
        "Event": "schema:Event",
        "date": "dcterms:date",
        "citation": {"@id": "schema:citation", "@container": "@set"},
        "origin": {"@id": "postil:origin", "@type": "@json"},
        "publisher": "dcterms:publisher",
        "caution": "postil:caution",
        "checked": {"@id": "schema:lastReviewed", "@type": "schema:Date"},
        "withdrawn": "postil:withdrawn",
        "lost": {"@id": "postil:lost", "@type": "http://www.w3.org/2001/XMLSchema#boolean"},
        "status": "postil:status",
        "assigned": "postil:assigned",
        "recheck": "postil:recheck",
        "Retraction": "postil:Retraction",
        "correction": {"@id": "schema:correction", "@container": "@set"},
        "CorrectionComment": "schema:CorrectionComment",
        "text": "schema:text",
        "datePublished": {"@id": "schema:datePublished", "@type": "schema:Date"},
        "Review": "schema:Review",
        "Rating": "schema:Rating",
        "alternateName": "schema:alternateName",
        "description": "schema:description",
        "ratingValue": "schema:ratingValue",
        "bestRating": "schema:bestRating",
        "worstRating": "schema:worstRating",
    },
]
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MEDIA = {"broadcast": "Video", "motion_picture": "Video", "dataset": "Dataset", "figure": "Image", "graphic": "Image"}


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
    return _collection(dataset, article, [*(dataset.note_iri(article, note) for note in notes), *reviews])


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
            "body": _bodies(dataset, note),
            "target": target,
            "written": written,
            "claim": list(data.claim),
            "claimed": data.claimed,
            "claimant": _claimant(data.claimant),
            "claimedOn": data.claimed_on,
            "appearance": [_told(dataset, dataset.context.sources[name]) for name in data.appearance],
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
                "body": [*([_rating(dataset, verdict)] if verdict else []), *_told_inside(dataset, review.note)],
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
            "citation": [_source(dataset, citation) for citation in development.sources],
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


def _bodies(dataset: Dataset, note: NoteView) -> list[dict[str, Any]]:
    data = note.annotation
    text = {
        "type": "TextualBody",
        "purpose": MOTIVATIONS[data.kind],
        "value": data.note,
        "format": "text/markdown",
        "language": dataset.language,
    }
    verdict = note.verdict
    return [
        text,
        *([_rating(dataset, verdict)] if verdict else []),
        *(_source(dataset, citation) for citation in data.sources),
        *({"type": "TextualBody", "purpose": "tagging", "value": tag} for tag in data.tags),
    ]


def _rating(dataset: Dataset, verdict: Verdict) -> dict[str, Any]:
    source = {
        "id": dataset.entry_iri("data.md", "verdict", verdict.slug, verdict.id),
        "type": "Rating",
        "identifier": verdict.id,
        "description": verdict.meaning,
        **dataset.rating(verdict),
    }
    return {"type": "SpecificResource", "purpose": "classifying", "source": source}


def _source(dataset: Dataset, citation: Citation) -> dict[str, Any]:
    source = dataset.context.sources[citation.id]
    return filled(
        {
            "type": "SpecificResource",
            "purpose": "linking",
            "source": _told(dataset, source),
            "locator": citation.locator,
            "selector": {"type": "TextQuoteSelector", "exact": citation.says} if citation.says else None,
            "state": _state(source),
        }
    )


def _told(dataset: Dataset, source: Source) -> dict[str, Any]:
    return filled(
        {
            "id": source.URL or dataset.entry_iri("sources.md", "source", source.id, source.id),
            "type": _MEDIA.get(source.type, "Text"),
            "identifier": source.id,
            "title": source.title,
            "language": source.language,
        }
    )


def _state(source: Source) -> dict[str, Any]:
    """The state in which a source was read (4.3.1 of the model): when, and where that copy is kept."""
    accessed = source.accessed or ""
    state = filled(
        {
            "sourceDate": f"{accessed}T00:00:00Z" if _DAY.fullmatch(accessed) else "",
            "cached": source.archive_location if source.archive_location.startswith(("https://", "http://")) else "",
        }
    )
    return {"type": "TimeState", **state} if state else {}


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
            dom_selector(note, article.page.text, article.page.source),
            *([] if note.is_lost else [position_selector(note), *fragment_selector(note, article.page.prose)]),
        ],
    }
