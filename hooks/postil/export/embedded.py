"""The data for machines inside of a page: links to feeds and annotations, the annotations, schema.org."""

from __future__ import annotations

from markupsafe import Markup

from postil.export import feeds, jsonld, schema_org
from postil.export.dataset import Dataset, script
from postil.page.note_view import DATA_MARK
from postil.site.published import Published
from postil.site.urls import folder, relative

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
    """A whole page of an article with its annotations and NewsArticle in it, and a link to the annotations' own file.

    The form is that of the W3C Note "Embedding Web Annotations in HTML". Each annotation stands inside of its note: so
    near to the same words it costs a packed page half of what it does at the end.
    """
    file = relative(f"{folder(article.url)}{jsonld.FILE}", article.url)
    link = _ALTERNATE.format(jsonld.MEDIA_TYPE, dataset.context.text("data.jsonld.title"), file)
    html = html.replace("</head>", f"{link}</head>", 1)
    data = {
        note.annotation.id: script(jsonld.annotation(dataset, article, note), jsonld.MEDIA_TYPE)
        for note in article.page.notes
    }
    parts = DATA_MARK.split(html)  # in turn the page's own text and the id of a note
    filled = "".join(data.pop(part, "") if number % 2 else part for number, part in enumerate(parts))
    outline = script(jsonld.outline(dataset, article), jsonld.MEDIA_TYPE)
    head, found, body = filled.rpartition("</body>")
    left = "".join(data.values())  # another plug-in took the marks out
    return f"{head}{left}{outline}{script(schema_org.news_article(dataset, article))}\n{found}{body}"
