"""Articles and fact checks in schema.org's words, for the pages that show them.

Fact checks follow the profile that Google publishes (Fact Check structured data): one ClaimReview on a page of its own,
the rating named by its word, numbers only where the verdict has a place in the order.
"""

from __future__ import annotations

import re
from typing import Any

from postil.export.dataset import Dataset, filled
from postil.model.annotation import Kind
from postil.model.scale import Author
from postil.model.source import Name, Source
from postil.page.annotate import Note
from postil.site.published import Published, note_url, relative

CONTEXT = "https://schema.org"
# Types of CSL → types of schema.org; the rest is a CreativeWork.
_TYPES = {
    "article": "Article", "article-journal": "ScholarlyArticle", "article-magazine": "Article",
    "article-newspaper": "NewsArticle", "bill": "Legislation", "book": "Book", "chapter": "Chapter",
    "dataset": "Dataset", "legislation": "Legislation", "map": "Map", "post": "SocialMediaPosting",
    "post-weblog": "BlogPosting", "regulation": "Legislation", "report": "Report", "thesis": "Thesis",
    "webpage": "WebPage",
}  # fmt: skip


def news_article(dataset: Dataset, article: Published) -> dict[str, Any]:
    """The article: what it is based on, which sources its notes cite, its corrections, its fact checks."""
    notes = article.page.notes
    cited = dict.fromkeys(citation.id for note in notes for citation in note.annotation.sources)
    return filled(
        {
            "@context": CONTEXT,
            "@type": "NewsArticle",
            "url": _address(dataset, article.url),
            "headline": article.title,
            "description": article.description,
            "inLanguage": dataset.language,
            "license": dataset.context.settings.rights,
            "publisher": {"@type": "Organization", "name": dataset.site_name},
            "isBasedOn": [work(source) for source in article.based_on],
            "citation": [_mention(dataset.context.sources[name]) for name in cited],
            "correction": [comment for note in notes for comment in _corrections(note)],
            "subjectOf": [
                {"@id": f"{_page(dataset, article, note, article.url)}#claimreview"}
                for note in notes
                if note.annotation.kind is Kind.FACT_CHECK
            ],
        }
    )


def claim_review(dataset: Dataset, article: Published, note: Note) -> dict[str, Any] | None:
    """The ClaimReview of a note's own page, or None when the note is not a fact check."""
    data, verdict = note.annotation, dataset.verdict(note)
    if verdict is None:
        return None
    here = note_url(article.url, data.id)
    page = dataset.site_url + here if dataset.site_url else ""
    claimed = " ".join(note.passage.split())
    appearance = filled(
        {
            "@type": "NewsArticle",
            "headline": article.title,
            "url": _address(dataset, article.url) or relative(article.url, here),
        }
    )
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
            "reviewRating": filled({"@type": "Rating", **dataset.rating(verdict), "ratingExplanation": data.title}),
            "itemReviewed": filled(
                {
                    "@type": "Claim",
                    "text": claimed,
                    "author": _claimants(article, note),
                    "appearance": [appearance, *(work(source) for source in article.based_on)],
                }
            ),
            "citation": [work(dataset.context.sources[citation.id]) for citation in data.sources],
            "correction": [_comment(change.what, str(change.date)) for change in data.changed],
        }
    )


def work(source: Source) -> dict[str, Any]:
    """A source as a CreativeWork, with the address of its archived copy."""
    return filled(
        {
            "@type": _TYPES.get(source.type, "CreativeWork"),
            "name": source.title.strip("[]"),
            "url": source.URL,
            "author": [_named(name) for name in source.author],
            "publisher": {"@type": "Organization", "name": source.outlet_name} if source.outlet_name else None,
            "datePublished": source.issued if re.fullmatch(r"\d{4}(-\d\d){0,2}", source.issued) else "",
            "inLanguage": source.language,
            "archivedAt": source.archive_location if source.archive_location.startswith("http") else "",
        }
    )


def _mention(source: Source) -> dict[str, Any]:
    """A source by no more than its kind, name and address: a page may cite a hundred."""
    return {key: value for key, value in work(source).items() if key in ("@type", "name", "url", "archivedAt")}


def _address(dataset: Dataset, url: str) -> str:
    return f"{dataset.site_url}{url}" if dataset.site_url else ""


def _page(dataset: Dataset, article: Published, note: Note, base: str) -> str:
    """The address of a note's own page; relative to `base` where that of the site is not known."""
    url = note_url(article.url, note.annotation.id)
    return _address(dataset, url) or relative(url, base)


def _author(author: Author) -> dict[str, Any]:
    kind = {"person": "Person", "organisation": "Organization"}[author.type]
    return filled({"@type": kind, "name": author.name, "url": author.url})


def _named(name: Name) -> dict[str, Any]:
    if name.literal:
        return {"@type": "Organization", "name": name.literal}
    return {"@type": "Person", "name": " ".join(filter(None, [name.given, name.family, name.suffix]))}


def _claimants(article: Published, note: Note) -> list[dict[str, Any]]:
    """Who made the claim: as the note says, else the authors of the work that the article retells, else nobody."""
    if note.annotation.claimant:
        return [{"@type": "Person", "name": note.annotation.claimant}]
    return [_named(name) for source in article.based_on[:1] for name in source.author]


def _corrections(note: Note) -> list[dict[str, Any]]:
    """What a note puts right in the article, and what was put right in the note."""
    data = note.annotation
    found = [_comment(data.title or note.passage, str(data.created))] if data.kind is Kind.CORRECTION else []
    return found + [_comment(change.what, str(change.date)) for change in data.changed]


def _comment(text: str, date: str) -> dict[str, Any]:
    return {"@type": "CorrectionComment", "text": text, "datePublished": date}
