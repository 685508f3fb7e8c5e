"""What a link to a page shows in a messenger: title, first words, picture (Open Graph, ogp.me; Twitter reads the same).

A theme or a plug-in that gives such tags itself has the last word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from markupsafe import Markup, escape

from postil.export.dataset import Dataset
from postil.model.cutting import beginning
from postil.site.published import Published
from postil.site.urls import is_inside, resolved
from postil.text.markup import TOKEN, attributes_of

LONGEST, SHORTEST = 200, 40  # code points: of a description, of a line that is one
_OTHERS = re.compile(r"""<meta\b[^>]*\b(?:property|name)\s*=\s*["']?(?:og|twitter):""", re.IGNORECASE)
_META = re.compile(r"<(?:meta|link)\b((?:[^>\"']|\"[^\"]*\"|'[^']*')*+)>", re.IGNORECASE)
_TITLE = re.compile(r"</title\s*>", re.IGNORECASE)
_HEAD = re.compile(r"</head\s*>|<body\b", re.IGNORECASE)
_SHOWN = (".png", ".jpg", ".jpeg", ".webp", ".gif")  # no messenger shows a drawing (SVG)


@dataclass(frozen=True)
class Card:
    """What is told of a page.

    Attributes:
        title: of the page.
        description: what it is about, or an empty text.
        url: its whole address, or an empty text.
        site_name: as readers see it.
        image: the whole address of a picture, or an empty text.
        kind: of Open Graph: `article` or `website`.
        published: the day, ISO 8601, or an empty text.
        updated: likewise.
    """

    title: str
    description: str = ""
    url: str = ""
    site_name: str = ""
    image: str = ""
    kind: str = "article"
    published: str = ""
    updated: str = ""


def tags(card: Card) -> str:
    """The card as elements of a head, a line each."""
    told = {
        "og:type": card.kind,
        "og:title": beginning(card.title, LONGEST),
        "og:description": card.description,
        "og:url": card.url,
        "og:site_name": card.site_name,
        "og:image": card.image,
        "article:published_time": card.published,
        "article:modified_time": card.updated,
    }
    lines = [f'<meta property="{name}" content="{escape(text)}">\n' for name, text in told.items() if text]
    size = "summary_large_image" if card.image else "summary"
    return "".join([*lines, f'<meta name="twitter:card" content="{size}">\n'])


def with_card(html: str, card: Card) -> str:
    """A whole page with what it does not say itself: its card, its description and its lasting address.

    Args:
        html: as theme and plug-ins made it.
        card: what is told; a page without a description of its own has that of its head.
    """
    end = _HEAD.search(html)
    if end is None:
        return html
    head = html[: end.start()]
    given = [attributes_of(found[1]) for found in _META.finditer(head)]
    about = next((one.get("content", "") for one in given if one.get("name", "").lower() == "description"), "")
    about = "" if about == "None" else about  # the theme `mkdocs` writes that where a site has none
    told: list[str] = []
    if not about and card.description:
        told.append(Markup('<meta name="description" content="{}">\n').format(card.description))
    if card.url and not any("canonical" in one.get("rel", "").lower().split() for one in given):
        told.append(Markup('<link rel="canonical" href="{}">\n').format(card.url))
    if not _OTHERS.search(head):
        told.append(tags(card if card.description else replace(card, description=about)))
    title = _TITLE.search(head)  # they stand early: some read no more than the beginning of a page
    place = title.end() if title else end.start()
    return f"{html[:place]}\n{''.join(told)}{html[place:]}"


def of_article(dataset: Dataset, article: Published) -> Card:
    """The card of an article; without a description in its front matter, with its first words."""
    return Card(
        title=article.title,
        description=article.description or _first_words(article),
        url=dataset.absolute(article.url),
        site_name=dataset.site_name,
        image=picture(dataset, article),
        published=article.byline.published,
        updated=article.byline.updated,
    )


def picture(dataset: Dataset, article: Published) -> str:
    """The whole address of an article's picture: of its front matter, else the site's own first one in it."""
    if article.byline.image:
        return dataset.absolute(article.byline.image)
    for token in TOKEN.finditer(article.page.source):
        if token[0][:4].lower() == "<img":
            source = attributes_of(token["attributes"] or "").get("src", "")
            there = resolved(source, article.url)[0] if is_inside(source) else ""
            if there.lower().endswith(_SHOWN):
                return dataset.absolute(there)
    return ""


def _first_words(article: Published) -> str:
    lines = (line.strip() for line in article.page.text.splitlines())
    first = next((line for line in lines if len(line) >= SHORTEST and line != article.title), "")
    return beginning(first, LONGEST)
