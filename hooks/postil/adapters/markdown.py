"""The Python-Markdown extension that annotates a page. It runs unchanged under MkDocs, ProperDocs and Zensical."""

from __future__ import annotations

import posixpath
from pathlib import Path
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.treeprocessors import Treeprocessor

from postil.model.problem import PostilError
from postil.page.bodies import Bodies, RenderBody
from postil.page.fragment import Fragment
from postil.site.folder import Site
from postil.site.urls import note_url, relative


class PostilExtension(Extension):
    """Annotates every page that has a notes file beside it.

    Args:
        site: the site's data; a caller that gives it looks after the problems. Without it the extension reads the
            folder `docs` itself, and a problem raises PostilError.
        extensions: the Markdown extensions of the site, for the bodies of notes.
        extension_configs: their settings.
        own_pages: whether the caller gives each note a page of its own, to which the note then leads.

    Attributes:
        page_file: the file of the page that is rendered, where a generator says so: a copy of it (the excerpt of a
            blog's post, say) gets no notes.
        is_sealed: whether a plug-in encrypts the page, so that its notes have no pages of their own.
    """

    def __init__(self, site: Site | None = None, *, own_pages: bool = False, **options: Any) -> None:
        self.config = {
            "docs": ["docs", "The folder of the articles"],
            "language": ["en", "The language of the interface"],
            "extensions": [[], "Markdown extensions for the bodies of notes"],
            "extension_configs": [{}, "Their settings"],
        }
        super().__init__(**options)
        self.site = site
        self.own_pages = own_pages
        self.page_file: Any = None
        self.is_sealed = False
        self._bodies: Bodies | None = None

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the name is Python-Markdown's)
        """Register with one Markdown instance."""
        annotator = _Annotator(md, self)
        md.postprocessors.register(annotator, "postil", -100)
        md.treeprocessors.register(_Arm(annotator), "postil_arm", -1000)

    def load(self) -> tuple[Site, bool]:
        """The site, and whether a problem must raise since nobody else looks after it."""
        if self.site is not None:
            return self.site, False
        return Site.load(Path(self.getConfig("docs")), self.getConfig("language")), True

    def bodies(self) -> Bodies:
        """What renders the bodies of notes."""
        if self._bodies is None:
            self._bodies = Bodies(self.getConfig("extensions"), self.getConfig("extension_configs"))
        return self._bodies


class _Arm(Treeprocessor):
    """Tells the annotator that the next text is the whole page: postprocessors also run on headings and footnotes."""

    def __init__(self, annotator: _Annotator) -> None:
        super().__init__()
        self.annotator = annotator

    def run(self, root: Any) -> None:  # noqa: ARG002
        self.annotator.armed = True


class _Annotator(Postprocessor):
    def __init__(self, md: Markdown, extension: PostilExtension) -> None:
        super().__init__(md)
        self.extension = extension
        self.armed = False

    def run(self, text: str) -> str:
        if not self.armed:
            return text
        self.armed = False
        path = page_path(self.md)
        if path is None or self._is_copy():
            return text
        site, must_raise = self.extension.load()
        entries = site.notes.get(path, [])
        if entries or site.fragments is not None:
            fragment = Fragment(path, self._url(), text, self._body(), self._register(path), self._own())
            if site.fragments is not None:
                site.fragments[path] = fragment
            if entries:
                site.pages[path] = fragment.annotated(entries, site.context)
                text = site.pages[path].html
        if must_raise and (problems := site.problems_of(path)):
            raise PostilError(problems)
        return text

    def _register(self, path: str) -> str:
        """The address of the page of sources as this page writes it, where the generator can tell."""
        links = self._links()
        files = getattr(links, "files", None)
        if files is None or files.get_file_from_path("sources.md") is None:
            return ""
        return str(links.path_to_url(posixpath.relpath("sources.md", posixpath.dirname(path) or ".")))

    def _own(self) -> str:
        """The address of a note's own page as this page writes it, with `{id}` for the note, if there are such."""
        file = getattr(self._links(), "file", None)
        if file is None or not self.extension.own_pages or self.extension.is_sealed:
            return ""
        return relative(note_url(file.url, "{id}"), file.url)

    def _is_copy(self) -> bool:
        expected = self.extension.page_file
        return expected is not None and getattr(self._links(), "file", None) is not expected

    def _links(self) -> Any:
        """What resolves and checks the links of the page, where the generator has such a thing."""
        processors = self.md.treeprocessors
        return processors["relpath"] if "relpath" in processors else None  # noqa: SIM401 (a registry has no get)

    def _url(self) -> str:
        file = getattr(self._links(), "file", None)
        return str(file.url) if file is not None else ""

    def _body(self) -> RenderBody:
        """What renders the bodies of this page's notes: their links become links of the page, checked with them."""
        bodies, links = self.extension.bodies(), self._links()
        return lambda annotation: bodies.render(annotation, links)


def page_path(md: Markdown) -> str | None:
    """The path of the page inside of docs/, from what each generator leaves on the Markdown instance, or None."""
    if "relpath" in md.treeprocessors:  # MkDocs, ProperDocs
        return str(md.treeprocessors["relpath"].file.src_uri)  # type: ignore[attr-defined]
    if "rendering_context" in md.preprocessors:  # Zensical
        return str(md.preprocessors["rendering_context"].page.path)  # type: ignore[attr-defined]
    return None


def makeExtension(**options: Any) -> PostilExtension:  # noqa: N802 (the name is Python-Markdown's)
    """Python-Markdown's entry: `markdown_extensions: [postil]`."""
    return PostilExtension(**options)
