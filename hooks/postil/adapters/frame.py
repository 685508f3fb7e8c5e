"""The theme's page around a note, drawn for no page of the site: other plug-ins are not told of it.

It is a small one: the theme's own head and header, and no menu, so that it weighs the same in a site of any size.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mkdocs.commands.build import get_context
from mkdocs.structure.files import File
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from postil.adapters import material
from postil.adapters.dressing import dress

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

# The page of the site's theme, whatever the site has changed in it, without the columns that hold a menu.
_SMALL = '{% extends "main.html" %}{% block site_nav %}{% endblock %}'


@dataclass(frozen=True)
class Theme:
    """What the theme draws a page from.

    Attributes:
        config: of the site.
        files: of the site.
        nav: the navigation.
        env: the templates.
    """

    config: MkDocsConfig
    files: Files
    nav: Navigation
    env: Any

    def draw(self, path: str, content: str, meta: dict[str, Any]) -> tuple[str, str]:
        """A whole page.

        Plug-ins that change whole pages (minify, say) change this one too.

        Args:
            path: of its file inside of the site.
            content: HTML.
            meta: its front matter.

        Returns:
            Its address inside of the site, and the page.
        """
        file = File.generated(self.config, "postil.md", content="")
        file.dest_uri = path
        page = Page(None, file, self.config)
        page.meta, page.markdown, page.content, page.toc = meta, "", content, get_toc([])
        dress(self.config, content)
        context = get_context(_without_entries(self.nav), self.files, self.config, page)
        with material.small(self.config):
            html = self.env.from_string(_SMALL).render(context)
        return page.url, self.config.plugins.on_post_page(material.trimmed(html), page=page, config=self.config)


def _without_entries(nav: Navigation) -> Navigation:
    """A navigation that knows the home page and nothing else."""
    small = Navigation([], [])
    small.homepage = nav.homepage
    return small
