"""Step 4, finish: a whole page, as the theme drew it, gets its data for machines, its running head for paper
and what a link to it shows.

What can wait until the text is painted is told to the browser, too.
"""

from __future__ import annotations

from postil.build.loading import text_first
from postil.build.rendered import RenderedSite
from postil.export import embedded, open_graph
from postil.page import paper
from postil.site.byline import byline


def finished(rendered: RenderedSite, path: str, url: str, html: str) -> str:
    """A page as it is published.

    Args:
        rendered: the site.
        path: the page's path inside of docs/.
        url: its address inside of the site.
        html: the page as the theme drew it.
    """
    html = text_first(html)
    dataset = rendered.dataset
    if not dataset.articles:
        return html
    html = html.replace("</head>", f"{embedded.links(dataset, url)}</head>", 1)
    page = rendered.pages.get(path)
    if page is None or page.article is None:
        return html
    html = html.replace('class="md-content"', 'class="md-content postil-content"', 1)  # Material's; see margin.css
    head = paper.running_head(page.article.title, page.article.page, rendered.site.context.text)
    html = html.replace("</head>", f"<style>{head}</style></head>", 1)
    return embedded.with_data(dataset, page.article, html)


def shown(rendered: RenderedSite, path: str, html: str) -> str:
    """A finished page with what a link to it shows, where neither theme nor plug-in tells that: they go first.

    Args:
        rendered: the site.
        path: the page's path inside of docs/.
        html: the page, with all that others put into it.
    """
    page, dataset = rendered.pages.get(path), rendered.dataset
    if page is None or not dataset.articles or rendered.options.for_disk:
        return html
    if page.article is not None:
        return open_graph.with_card(html, open_graph.of_article(dataset, page.article))
    image = byline(page.meta, path, rendered.site.context.settings).image
    card = open_graph.Card(
        title=page.title,
        description=str(page.meta.get("description") or ""),
        url=dataset.absolute(page.url),
        site_name=dataset.site_name,
        image=dataset.absolute(image) if image else "",
        kind="website",
    )
    return open_graph.with_card(html, card)
