"""The data of a built site → an edition of each article."""

from __future__ import annotations

import re
from dataclasses import replace

from postil.build.rendered import RenderedSite
from postil.offline.edition import Chapter, Edition, names
from postil.offline.links import linked
from postil.page.weave import Insertion
from postil.text.reading import read
from postil.views.fill import fill
from postil.views.listing import Listing

_HEADLINE = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
FIRST, LAST = "timeline.md", "sources.md"


def editions(rendered: RenderedSite) -> tuple[Edition, ...]:
    """Every article with the pages that go with it, which tell of this article only, in the order of the paths."""
    site, articles, pages = rendered.site, rendered.dataset.articles, rendered.pages
    found = []
    paths = {page.url: path for path, page in pages.items()}
    file_names = names([article.path for article in articles])
    for article in articles:
        notes = [note.annotation for note in article.page.notes]
        cited = {citation.id for note in notes for citation in note.cited} | site.records.cited
        known = {name: html for name, html in rendered.references.items() if name in cited}
        listing = Listing(site, [article], known, rendered.urls, in_parts=False)
        linked_pages = [paths[url] for url in linked(article.page.html, article.url) if url in paths]
        with_notes = {article.path for article in articles}
        others = [path for path in linked_pages if path not in (*with_notes, FIRST, LAST)]
        chapters = []
        for path in (FIRST, *others, LAST):
            if path in pages:
                page = pages[path]
                html, _ = fill(listing, page.url, page.html)
                chapters.append(Chapter(path=path, url=page.url, title=page.title, html=html))
        authors = dict.fromkeys(site.context.settings.authors[note.author].name for note in notes)
        # The site names an article in its navigation as briefly as it likes; alone it needs its whole title.
        headline = _HEADLINE.search(article.page.source)
        meta = pages[article.path].meta
        title = str(meta.get("title") or (read(headline[1]).text if headline else article.title))
        edition = Edition(
            name=file_names[article.path],
            article=Chapter(path=article.path, url=article.url, title=title, html=article.page.source),
            inserted=tuple(_undrawn(insertion) for insertion in article.page.inserted.unpacked()),
            notes=tuple(replace(note, own="") for note in article.page.notes),
            lost=article.page.lost,
            chapters=tuple(chapters),
            description=str(meta.get("description") or ""),
            authors=tuple(authors),
            changed=article.page.last_changed,
            language=site.context.text.language,
            direction=site.context.text("direction"),
        )
        found.append(edition)
    return tuple(found)


def _undrawn(insertion: Insertion) -> Insertion:
    """An insertion without the page's own drawing of notes: each format has its own."""
    return insertion._replace(html="") if insertion.what in ("note", "lost") else insertion
