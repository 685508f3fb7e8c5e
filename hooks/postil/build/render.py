"""Step 2, render: each page is taken note of when the generator has rendered it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from postil.build.read import AuthoredSite
from postil.build.rendered import RenderedPage, RenderedSite
from postil.files.translations import Texts
from postil.model.problem import Problem
from postil.page.fragment import Fragment
from postil.site.byline import byline
from postil.site.folder import Site
from postil.site.published import Published
from postil.site.urls import note_url
from postil.views.fill import DIRECTIVE


class Rendering:
    """Collects the pages of one build.

    Args:
        authored: what was read; the extension that annotates the pages has the same.
    """

    def __init__(self, authored: AuthoredSite) -> None:
        self.authored = authored
        self.pages: dict[str, RenderedPage] = {}

    def add(
        self,
        path: str,
        url: str,
        title: str,
        html: str,
        meta: Mapping[str, Any] | None = None,
        *,
        is_sealed: bool = False,
    ) -> tuple[str, set[str]]:
        """Take note of a rendered page.

        Args:
            path: the page's path inside of docs/.
            url: its address inside of the site.
            title: its title.
            html: its content, already annotated by the extension.
            meta: its front matter.
            is_sealed: whether not everybody may read it, so that its notes go nowhere else.

        Returns:
            The content (in a live preview with the page's problems above it), and the ids that links may point to.
        """
        site, told, url = self.authored.site, meta or {}, _clean(url)
        notes, article = site.pages.get(path), None
        if notes is not None and notes.lasting and not is_sealed:
            based_on = site.based_on(path, told.get("based_on"))
            description = str(told.get("description") or "")
            signed = byline(told, path, site.context.settings)
            article = Published(path, url, title, notes, description, based_on, signed)
        own = None if notes is not None and html == notes.html else html
        self.pages[path] = RenderedPage(
            path, url, title, own, told, notes, article, is_sealed, bool(DIRECTIVE.search(html))
        )
        problems = site.problems_of(path) if self.authored.options.serving else []
        return (
            f"{problem_box(problems, site.context.text)}{html}" if problems else html,
            notes.anchors if notes else set(),
        )

    def done(self) -> RenderedSite:
        """The site, once all pages are there."""
        rendered = RenderedSite(self.authored, dict(self.pages))
        site = self.authored.site
        site.problems += _taken_addresses(rendered)
        site.problems += [problem for path, problem in site.astray.items() if path not in rendered.pages]
        return rendered


def annotated(site: Site, fragment: Fragment) -> str:
    """A page with its notes, if it has any; the site knows the page from then on."""
    entries = site.notes.get(fragment.path, [])
    if site.fragments is not None:
        site.fragments[fragment.path] = fragment
    if not entries:
        return fragment.html
    site.pages[fragment.path] = fragment.annotated(entries, site.context)
    return site.pages[fragment.path].html


def problem_box(problems: Sequence[Problem], text: Texts) -> str:
    """The mistakes of a page as the live preview shows them above it."""
    lines = Markup("").join(Markup("<li><code>{}</code></li>\n").format(str(problem)) for problem in problems)
    return Markup(
        '<div class="postil-problems" role="alert" data-search-exclude>\n<p><strong>{}</strong></p>\n'
        "<ul>\n{}</ul>\n<p>{}</p>\n</div>\n"
    ).format(text("problems"), lines, text("problems_hint"))


def _taken_addresses(rendered: RenderedSite) -> list[Problem]:
    """A mistake for each page that stands at the address of a note's own page."""
    paths = {url: path for path, url in rendered.urls.items()}
    found = []
    for path, entries in rendered.site.notes.items():
        for entry in entries:
            if taken := paths.get(note_url(rendered.urls.get(path, ""), entry.annotation.id)):
                message = f"{entry.annotation.id}: {taken} has the address of the note's own page; move that page"
                found.append(Problem(entry.place("id"), message))
    return found


def _clean(url: str) -> str:
    """An address inside of the site; the home page of MkDocs is at `./`, or at ``."""
    return url.removeprefix("./")
