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

from postil.model.addresses import is_web_address
from postil.model.scale import Author
from postil.model.settings import Settings

_UPDATED = ("updated", "modified", "revision_date", "last_updated")


@dataclass(frozen=True)
class Byline:
    """Who wrote an article, when, and its picture.

    Attributes:
        authors: in the order of the front matter.
        published: ISO 8601, or an empty text.
        updated: likewise.
        image: an address of the web, or one inside of the site.
    """

    authors: tuple[Author, ...] = ()
    published: str = ""
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
        tuple(author for author in authors if author), _day(created), _day(changed), _image(meta.get("image"), path)
    )


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
    return image if is_web_address(image) else urljoin(f"/{path}", image).lstrip("/")
