"""What the exports of one build share: the site's data, its address, and the lasting names of things."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape
from pydantic_core import to_json

from postil.model.addresses import is_web_address
from postil.model.annotation import Annotation
from postil.model.scale import Author, Verdict
from postil.model.source import Source
from postil.page.context import Context
from postil.page.note_view import NoteView
from postil.site.published import Published
from postil.site.urls import note_url, relative

POSTIL = uuid.UUID("96f52a8f-196e-4a51-8cf9-c941fe4bf860")  # names the program, and is the root of all names it makes


@dataclass(frozen=True)
class Dataset:
    """The site that is built.

    Attributes:
        context: authors, verdicts, sources, texts.
        articles: in the order of their paths.
        site_name: as readers see it.
        site_url: its address, with a slash at the end; an empty text where it is not known.
        language: of the articles and notes, a BCP 47 tag.
        urls: the address of every page inside of the site, by its path inside of docs/.
        root: the folder inside of the site for the files of all articles, with a slash at its end if it is another.
    """

    context: Context
    articles: tuple[Published, ...]
    site_name: str
    site_url: str = ""
    language: str = "en"
    urls: Mapping[str, str] = field(default_factory=dict)
    root: str = ""

    @property
    def sources(self) -> list[Source]:
        """The register, in the order of its file."""
        return list(self.context.sources.values())

    def urn(self, name: str) -> str:
        """A name for good: it depends on the site's `namespace` and the text, and on no address (RFC 9562, 5.5)."""
        return _urn(f"{self.context.settings.namespace}/{name}")

    def iri(self, url: str, name: str) -> str:
        """The address of a page or file of the site where that of the site is known, else a lasting name."""
        return f"{self.site_url}{url}" if self.site_url else self.urn(name)

    def absolute(self, url: str) -> str:
        """The whole address of a page or file, or an empty text where that of the site is not known."""
        if is_web_address(url):
            return url
        return f"{self.site_url}{url.removeprefix('./')}" if self.site_url else ""

    def canonical(self, article: Published, note: NoteView) -> str:
        """The name of a note that never changes."""
        return self.urn(f"{article.name}#{note.annotation.id}")

    def note_iri(self, article: Published, note: NoteView) -> str:
        """The address of a note's own page, or its lasting name."""
        return self.iri(note_url(article.url, note.annotation.id), f"{article.name}#{note.annotation.id}")

    def entry_iri(self, page: str, kind: str, slug: str, name: str) -> str:
        """The address of an entry (`#verdict-wrong`) of one of the site's pages, or the entry's lasting name."""
        return self.iri(f"{self.urls.get(page, '')}#{kind}-{slug}", f"{kind} {name}")

    def register(self, base: str) -> str:
        """The address of the page of sources as the page `base` writes it, or an empty text."""
        return relative(self.urls["sources.md"], base) if "sources.md" in self.urls else ""

    def author(self, note: NoteView) -> Author:
        """Who wrote a note, here or elsewhere."""
        return self.context.settings.author_of(note.annotation)

    @property
    def names_reviewers(self) -> bool:
        """Whether it is told who has reviewed a note: where the site shows it, and to colleagues."""
        return self.context.internal or self.context.settings.review.show == "names"

    def whole(self, annotation: Annotation) -> dict[str, Any]:
        """All fields of a note, for the way back."""
        hidden = set() if self.names_reviewers else {"reviews"}
        return annotation.model_dump(mode="json", exclude_defaults=True, exclude=hidden)

    def rating(self, verdict: Verdict) -> dict[str, Any]:
        """A verdict in schema.org's words: numbers only where it has a place in the order, the worst is 1.

        schema.org/Rating; a scale of one verdict has no numbers, since `bestRating` must exceed `worstRating`.
        """
        rating: dict[str, Any] = {"alternateName": verdict.word}
        best = max((other.order or 0 for other in self.context.settings.verdicts.values()), default=0)
        if verdict.order is not None and best > 1:
            rating |= {"ratingValue": best + 1 - verdict.order, "bestRating": best, "worstRating": 1}
        return rating


@lru_cache(1024)  # every note names its authors, verdicts and sources
def _urn(name: str) -> str:
    return uuid.uuid5(POSTIL, name).urn


def utc(day: datetime.date) -> str:
    """A day as the moment with which it begins, in UTC as the W3C model wants it: 2026-11-22T00:00:00Z."""
    return f"{day.isoformat()}T00:00:00Z"


def filled(data: dict[str, Any]) -> dict[str, Any]:
    """The data without what is empty."""
    return {key: value for key, value in data.items() if value or value == 0}


def as_json(data: object) -> bytes:
    """Data as the bytes of a JSON file: UTF-8, on one line, so that thousands of them stay small."""
    return to_json(data) + b"\n"


def script(data: object, kind: str = "application/ld+json") -> str:
    """Data as an element of a page, which no text in the data can end (HTML, 4.12.1.3: `<` is written as an escape)."""
    text = to_json(data).decode()
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(f'<script type="{escape(kind)}">{text}</script>')  # noqa: S704 (escaped above)
