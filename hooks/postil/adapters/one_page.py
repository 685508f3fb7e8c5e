"""One page of a site that is built, built again by MkDocs: with the files, navigation and templates of that build."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

# MkDocs' own two steps for each page, which it has had since 1.0; ProperDocs has the same.
from mkdocs.commands.build import _build_page, _populate_page
from mkdocs.structure.files import InclusionLevel

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation


@dataclass(frozen=True)
class Whole:
    """What MkDocs has built a site from.

    Attributes:
        config: of the site.
        files: of the site.
        nav: the navigation.
        env: the theme's templates.
        state: what Postil knows of the build, see `again`.
    """

    config: MkDocsConfig
    files: Files
    nav: Navigation
    env: Any
    state: dict[str, Any]

    @property
    def site_dir(self) -> Path:
        """The folder of the site."""
        return Path(self.config.site_dir)

    def pages(self) -> list[str]:
        """The paths of the pages inside of docs/."""
        return [file.src_uri for file in self._page_files()]

    def others(self) -> list[str]:
        """The paths of the other files that lie in docs/."""
        docs = self.config.docs_dir
        return [file.src_uri for file in self.files if file.src_dir == docs and not file.is_documentation_page()]

    def populate(self, path: str) -> Any:
        """Read and render a page; it is returned."""
        page = self._file(path).page
        _populate_page(page, self.config, self.files)
        return page

    def draw(self, page: Any) -> None:
        """Let the theme draw a page that has been rendered, and write it."""
        excluded = page.file.inclusion.is_excluded()
        _build_page(page, self.config, self._page_files(), self.nav, self.env, excluded=excluded)
        page.validate_anchor_links(files=self.files, log_level=self.config.validation.links.anchors)

    def copy(self, path: str) -> None:
        """Copy a file that is no page."""
        file = self._file(path)
        if not file.inclusion.is_excluded():
            file.copy_file()

    def let_go(self) -> None:
        """Another site has taken its place. MkDocs keeps the configuration of its first as long as it serves."""
        self.config.markdown_extensions = []

    def _page_files(self) -> list[Any]:
        return list(self.files.documentation_pages(inclusion=InclusionLevel.is_in_serve))

    def _file(self, path: str) -> Any:
        file = self.files.get_file_from_path(path)
        if file is None:
            raise LookupError(path)
        return file
