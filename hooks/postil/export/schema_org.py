"""Articles and fact checks in schema.org's words, for the pages that show them.

Fact checks follow the profile that Google publishes (Fact Check structured data): one ClaimReview on a page of its own,
the rating named by its word, numbers only where the verdict has a place in the order.
"""

from __future__ import annotations

import re
from typing import Any

from postil.export.dataset import Dataset, filled
from postil.export.vocabulary import AGENTS
from postil.model.annotation import Kind
from postil.model.contributors import Name
from postil.model.scale import Author
from postil.model.source import Source
from postil.page.note_view import NoteView
from postil.site.published import Published
from postil.site.urls import note_url, relative

CONTEXT = "https://schema.org"
_ISO = re.compile(r"\d{4}(?:-(?:0\d|1[0-2])(?:-\d\d)?)?")  # a season of EDTF is no month
# Types of CSL → types of schema.org; the rest is a CreativeWork.
_TYPES = {
    "article": "Article", "article-journal": "ScholarlyArticle", "article-magazine": "Article",
    "article-newspaper": "NewsArticle", "bill": "Legislation", "book": "Book", "chapter": "Chapter",
    "dataset": "Dataset", "legislation": "Legislation", "map": "Map", "post": "SocialMediaPosting",
    "post-weblog": "BlogPosting", "regulation": "Legislation", "report": "Report", "thesis": "Thesis",
    "webpage": "WebPage",
}  # fmt: skip


def news_article(dataset: Dataset, article: Published) -> dict[str, Any]:
    """The article: who wrote it, when, its picture (Google, Article structured data); what it is based on, which
    sources its notes cite, its corrections, its fact checks.
    """
    notes = article.page.notes
    cited = dict.fromkeys(citation.id for note in notes for citation in note.annotation.cited)
    return filled(
        {
            "@context": CONTEXT,
            "@type": "NewsArticle",
            "url": dataset.absolute(article.url),
            "headline": article.title,
            "description": article.description,
            "inLanguage": dataset.language,
            "license": dataset.context.settings.rights,
            "author": [_author(author) for author in article.byline.authors],
            "datePublished": article.byline.published,
            "dateModified": article.byline.updated,
            "image": dataset.absolute(article.byline.image) if article.byline.image else "",
            "publisher": {"@type": "Organization", "name": dataset.site_name},
            "isBasedOn": [work(source) for source in article.based_on],
            "citation": [_mention(dataset.context.sources[name]) for name in cited],
            "correction": [comment for note in article.page.lasting for comment in _corrections(note)],
            "subjectOf": [
                {"@id": f"{_page(dataset, article, note, article.url)}#claimreview"} for note in notes if note.verdict
            ],
        }
    )


def claim_review(dataset: Dataset, article: Published, note: NoteView) -> dict[str, Any] | None:
    """The ClaimReview of a note's own page, or None when the note is not a fact check or was taken back.

    The claim is the note's own sentence for it (`claimed`), else the passage. In a retelling the passage is in words of
    this site: then nobody else is named as the author of it, and no other work as the place where it stands.
    """
    data, verdict = note.annotation, note.verdict
    if verdict is None:
        return None
    here = note_url(article.url, data.id)
    page = dataset.site_url + here if dataset.site_url else ""
    claimed = data.claimed or " ".join(note.passage.split())
    retelling = filled(
        {
            "@type": "NewsArticle",
            "headline": article.title,
            "url": dataset.absolute(article.url) or relative(article.url, here),
        }
    )
    works = _appearances(dataset, article, note) or [retelling]
    return filled(
        {
            "@context": CONTEXT,
            "@type": "ClaimReview",
            "@id": f"{page}#claimreview",
            "url": page,
            "name": data.title,
            "claimReviewed": claimed,
            "datePublished": str(data.created),
            "dateModified": str(data.last_changed) if data.changed else "",
            "inLanguage": dataset.language,
            "license": dataset.context.settings.rights,
            "author": _author(dataset.author(note)),
            "reviewRating": filled(
                {"@type": "Rating", **dataset.rating(verdict), "ratingExplanation": _explained(note)}
            ),
            "itemReviewed": filled(
                {
                    "@type": "Claim",
                    "name": claimed,
                    "author": _claimants(article, note),
                    "datePublished": _claimed_on(note, works),
                    "appearance": works,
                }
            ),
            "citation": [work(dataset.context.sources[citation.id]) for citation in data.sources],
            "correction": [_comment(change.what, str(change.date)) for change in data.changed],
        }
    )


def _claimed_on(note: NoteView, works: list[dict[str, Any]]) -> str:
    """The day of a claim, or that of the first work in which it is; one in doubt is left out: ISO 8601 has no doubt."""
    if told := note.annotation.claimed_on:
        return told if _ISO.fullmatch(told) else ""
    return next((work["datePublished"] for work in works if "datePublished" in work), "")


def note_page(dataset: Dataset, article: Published, note: NoteView) -> dict[str, Any] | None:
    """The note's own page where others have looked at the note: when last, and who, if the site shows it."""
    data, settings = note.annotation, dataset.context.settings
    seen = data.last_reviewed if settings.review.show != "nothing" else data.checked
    if seen is None:
        return None
    reviewers = [settings.authors[review.by] for review in data.reviewers] if settings.review.show == "names" else []
    return filled(
        {
            "@context": CONTEXT,
            "@type": "WebPage",
            "url": dataset.absolute(note_url(article.url, data.id)),
            "name": data.title or " ".join(note.passage.split()),
            "lastReviewed": str(seen),
            "reviewedBy": [_author(reviewer) for reviewer in reviewers],
        }
    )


def work(source: Source) -> dict[str, Any]:
    """A source as a CreativeWork, with the address of its archived copy."""
    return filled(
        {
            "@type": _TYPES.get(source.type, "CreativeWork"),
            "name": source.title,
            "url": source.URL,
            "author": [_named(name) for name in source.author],
            "publisher": {"@type": "Organization", "name": source.outlet_name} if source.outlet_name else None,
            "datePublished": source.issued if _ISO.fullmatch(source.issued) else "",
            "inLanguage": source.language,
            "archivedAt": source.archive_location if source.archive_location.startswith("http") else "",
        }
    )


def _mention(source: Source) -> dict[str, Any]:
    """A source by its address, or else by its kind and name: a page may cite a hundred."""
    if source.URL:
        return {"@id": source.URL}
    return {key: value for key, value in work(source).items() if key in ("@type", "name")}


def _page(dataset: Dataset, article: Published, note: NoteView, base: str) -> str:
    """The address of a note's own page; relative to `base` where that of the site is not known."""
    url = note_url(article.url, note.annotation.id)
    return dataset.absolute(url) or relative(url, base)


def _author(author: Author) -> dict[str, Any]:
    return filled({"@type": AGENTS[author.type], "name": author.name, "url": author.url})


def _named(name: Name) -> dict[str, Any]:
    if name.literal:
        return {"@type": "Organization", "name": name.literal}
    return {"@type": "Person", "name": " ".join(filter(None, [name.given, name.family, name.suffix]))}


def _explained(note: NoteView) -> str:
    """The reason for a verdict: the first paragraph of the note."""
    return note.said.partition("\n")[0]


def _is_own_wording(article: Published, note: NoteView) -> bool:
    """Whether the claim is told in words of this site: a passage of a retelling, for which the note has no sentence."""
    return bool(article.based_on) and not note.annotation.claimed


def _claimants(article: Published, note: NoteView) -> list[dict[str, Any]]:
    """Who made the claim: as the note says, else the authors of the work that the article retells, else nobody."""
    if _is_own_wording(article, note):
        return []
    if claimant := note.annotation.claimant:
        return [{"@type": AGENTS[claimant.type], "name": claimant.name}]
    return [_named(name) for source in article.based_on[:1] for name in source.author]


def _appearances(dataset: Dataset, article: Published, note: NoteView) -> list[dict[str, Any]]:
    """Where the claim was made: as the note says, else in the works that the article retells, else nowhere known."""
    if _is_own_wording(article, note):
        return []
    named = [dataset.context.sources[name] for name in note.annotation.appearance]
    return [work(source) for source in named or article.based_on]


def _corrections(note: NoteView) -> list[dict[str, Any]]:
    """What a note puts right in the article, and what was put right in the note."""
    data = note.annotation
    found = [_comment(data.title or note.passage, str(data.created))] if data.kind is Kind.CORRECTION else []
    found += [_comment(change.what, str(change.date)) for change in data.changed]
    return found + ([_comment(note.state.retracted, str(data.retracted.date))] if data.retracted else [])


def _comment(text: str, date: str) -> dict[str, Any]:
    return {"@type": "CorrectionComment", "text": text, "datePublished": date}
