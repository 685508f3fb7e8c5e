"""The data for machines inside of a page: links to feeds and annotations, the annotations, schema.org."""

from __future__ import annotations

from markupsafe import Markup

from postil.export import feeds, jsonld, schema_org, vocabulary
from postil.export.dataset import Dataset, script
from postil.site.published import Published
from postil.site.urls import folder, relative

_SWAPS = '"navigation.instant"'  # as Material tells its script
_ALTERNATE = Markup('<link rel="alternate" type="{}" title="{}" href="{}">')


def links(dataset: Dataset, url: str) -> Markup:
    """The feeds as `link` elements for the head of a page.

    Args:
        dataset: a site with notes.
        url: the page's address inside of the site.
    """
    known = ((feeds.ATOM_FILE, feeds.ATOM_TYPE), (feeds.JSON_FILE, feeds.JSON_TYPE))
    return Markup("").join(
        _ALTERNATE.format(
            kind, dataset.context.text("data.feed_of", site=dataset.site_name), relative(f"{dataset.root}{file}", url)
        )
        for file, kind in known
    )


def with_data(dataset: Dataset, article: Published, html: str) -> str:
    """A whole page of an article with its data: one graph, and in the head a link to the annotations' own file.

    Nothing of it stands in the text, where themes that swap pages would run it. What has an address is named by it:
    each annotation is whole in its file and on the note's own page. The graph stands at the end of the page, where a
    reader need not wait for it, and where it packs best: beside the list of sources, which has the same addresses. A
    theme that swaps pages takes no more of them than content and head.
    """
    file = relative(f"{folder(article.url)}{jsonld.FILE}", article.url)
    link = _ALTERNATE.format(vocabulary.MEDIA_TYPE, dataset.context.text("data.jsonld.title"), file)
    news = schema_org.news_article(dataset, article)
    graph = script({"@context": news.pop("@context"), "@graph": [news, jsonld.outline(dataset, article)]})
    content, tag, rest = html.rpartition("</body>")
    if not tag or _SWAPS in html:
        return html.replace("</head>", f"{link}{graph}</head>", 1)
    return f"{content}{graph}{tag}{rest}".replace("</head>", f"{link}</head>", 1)
