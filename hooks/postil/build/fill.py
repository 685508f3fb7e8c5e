"""Step 3, fill: what is known only when all pages are rendered goes into them."""

from __future__ import annotations

from postil.build import assets
from postil.build.rendered import RenderedSite
from postil.model.problem import Problem, counted
from postil.views.fill import DIRECTIVE, fill
from postil.views.listing import Listing


def views(rendered: RenderedSite) -> Listing:
    """What draws the views of a site."""
    articles = list(rendered.dataset.articles)
    return Listing(
        rendered.site, articles, rendered.references, rendered.urls, rendered.downloads, rendered.options.root
    )


def filled(rendered: RenderedSite, drawing: Listing, path: str, html: str) -> tuple[str, set[str]]:
    """A page with its views in place, and the ids that it has because of them.

    An annotated page also gets its list of sources, for paper.

    Args:
        rendered: the site.
        drawing: of the function `views`.
        path: the page's path inside of docs/.
        html: its content; a plug-in may have changed it since it was rendered.
    """
    page = rendered.pages.get(path)
    if page is None or not (page.notes or DIRECTIVE.search(html)):
        return html, set()
    html, anchors = fill(drawing, page.url, html)
    return _ended(rendered, path, html), anchors


def whole(rendered: RenderedSite, path: str) -> str:
    """An annotated page without a view, with its list of sources and its scripts; what `filled` makes of it."""
    return _ended(rendered, path, rendered.pages[path].html)


def _ended(rendered: RenderedSite, path: str, html: str) -> str:
    """A page with what stands at its end: its list of sources, for paper, and its scripts."""
    html += rendered.on_paper(path)
    return html + assets.scripts_of(html, rendered.pages[path].url, rendered.options.theme)


def shows_the_site(rendered: RenderedSite, path: str) -> bool:
    """Whether a page has a view, so that any note of the site may show on it."""
    page = rendered.pages.get(path)
    return page is not None and page.has_view


def without_notes(rendered: RenderedSite, path: str, html: str) -> str | None:
    """A filled page as a search plug-in shall read it.

    None where the page has no notes, is another by now, or is encrypted by a plug-in.
    """
    bare = bare_of(rendered, path)
    if bare is None:
        return None
    return bare if html.endswith(_ended(rendered, path, rendered.pages[path].html.strip())) else None


def bare_of(rendered: RenderedSite, path: str) -> str | None:
    """An annotated page without its notes; None where it has none, or is encrypted by a plug-in."""
    page = rendered.pages.get(path)
    return None if page is None or page.notes is None or page.is_sealed else page.notes.source


def failure(problems: list[Problem], *, serving: bool) -> str:
    """Why a build with these problems must stop, or an empty text."""
    count = sum(problem.severity == "error" for problem in problems)
    if serving or not count:
        return ""
    return f"{counted(count, 'mistake')} in the notes, told above. Nothing was published."
