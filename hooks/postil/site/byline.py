"""The front matter of an article → who wrote it, when, and its picture, as other data formats tell them.

The keys are those that themes and plug-ins of MkDocs use: `author` or `authors`, `date` (a day, or a mapping with
`created` and `updated`), `updated`, `image`. What has another form there is somebody else's and is left alone.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from markupsafe import Markup

from postil.files.translations import Texts
from postil.model.addresses import is_web_address
from postil.model.scale import Author
from postil.model.settings import Settings
from postil.site.urls import uri_of

_SHOWN_BY_THE_THEME = ("blog-post.html",)
_UPDATED = ("updated", "modified", "revision_date", "last_updated")


@dataclass(frozen=True)
class Byline:
    """Who wrote an article, when, and its picture.

    Attributes:
        authors: in the order of the front matter.
        published: ISO 8601, or an empty text.
        dated: the same as the author wrote it, which may be no such date ("spring 2024").
        updated: likewise.
        image: an address of the web, or one inside of the site.
    """

    authors: tuple[Author, ...] = ()
    published: str = ""
    dated: str = ""
    updated: str = ""
    image: str = ""


def byline(meta: Mapping[str, Any], path: str, settings: Settings) -> Byline:
    """What the front matter of an article says.

    Args:
        meta: the front matter.
        path: of the article inside of docs/, from which a picture's path counts.
        settings: the site's authors, whom the front matter may name by their id.
    """
    days = meta.get("date")
    created, changed = (days.get("created"), days.get("updated")) if isinstance(days, dict) else (days, None)
    changed = changed or next((meta[key] for key in _UPDATED if key in meta), None)
    names = meta.get("authors") or meta.get("author")
    authors = (_author(name, settings) for name in (names if isinstance(names, list) else [names]))
    return Byline(
        authors=tuple(author for author in authors if author),
        published=_day(created),
        dated=str(created).strip() if isinstance(created, str | datetime.date) else "",
        updated=_day(changed),
        image=_image(meta.get("image"), path),
    )


def line(meta: Mapping[str, Any], settings: Settings, text: Texts) -> Markup:
    """Who wrote an article, and when, as its head says it; nothing where the front matter names neither.

    Args:
        meta: the front matter. That of a blog's post gives nothing: the theme shows it beside the post.
        settings: the site's authors.
        text: the texts of the interface.
    """
    if meta.get("template") in _SHOWN_BY_THE_THEME:
        return Markup("")
    signed = byline(meta, "", settings)
    told = []
    if signed.authors:
        names = text.listed([_linked(author) for author in signed.authors])
        told.append(Markup(text("head.by", names=names)))  # noqa: S704 (our own words, and Markup)
    told.append(_shown(signed, text))
    return Markup(" · ").join(filter(None, told))


def _linked(author: Author) -> Markup:
    name = Markup("{}").format(author.name)
    return Markup('<a rel="author" href="{}">{}</a>').format(author.url, name) if author.url else name


def _shown(signed: Byline, text: Texts) -> Markup:
    """The day in the reader's language; what is no date stands as the author wrote it."""
    day, _, time = signed.published.partition("T")
    if not day:
        return Markup("{}").format(text.edtf(signed.dated)) if signed.dated else Markup("")
    return Markup('<time datetime="{}">{}</time>').format(f"{day}T{time}" if time else day, text.edtf(day))


def _author(told: Any, settings: Settings) -> Author | None:
    """An author of the site, a name, or a mapping with a name and perhaps an address and a type."""
    if isinstance(told, str) and told.strip():
        return settings.authors.get(told.strip()) or Author(name=told.strip())
    if isinstance(told, dict) and isinstance(told.get("name"), str) and told["name"].strip():
        url, kind = str(told.get("url") or ""), told.get("type")
        name, address = told["name"].strip(), url if is_web_address(url) else ""
        return Author(name=name, url=address, type="organisation" if kind == "organisation" else "person")
    return None


def _day(told: Any) -> str:
    """A day or a moment as YAML gives it, or as a text in ISO 8601."""
    if isinstance(told, str):
        try:
            moment = datetime.datetime.fromisoformat(told.strip())
        except ValueError:
            return ""
        is_day = moment.time() == datetime.time() and moment.tzinfo is None
        return str(moment.date()) if is_day else str(moment.isoformat())
    return str(told.isoformat()) if isinstance(told, datetime.date) else ""


def _image(told: Any, path: str) -> str:
    """The address of a picture; a path counts from the article's file, as in Markdown."""
    if not isinstance(told, str) or not told.strip():
        return ""
    image: str = told.strip()
    return image if is_web_address(image) else uri_of(urljoin(f"/{path}", image).lstrip("/"))
