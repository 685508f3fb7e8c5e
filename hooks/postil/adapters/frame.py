"""The theme's page around a note, drawn for no page of the site: other plug-ins are not told of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mkdocs.commands.build import get_context
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from postil.adapters.dressing import dress

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation


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
        context = get_context(self.nav, self.files, self.config, page)
        html = self.env.get_template(meta.get("template", "main.html")).render(context)
        return page.url, self.config.plugins.on_post_page(html, page=page, config=self.config)
