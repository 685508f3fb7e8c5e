"""Step 4, finish: a whole page, as the theme drew it, gets its data for machines and its running head for paper.

What can wait until the text is painted is told to the browser, too.
"""

from __future__ import annotations

from postil.build.loading import text_first
from postil.build.rendered import RenderedSite
from postil.export import embedded
from postil.page import paper


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
