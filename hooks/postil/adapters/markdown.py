"""The Python-Markdown extension that annotates a page. It runs unchanged under MkDocs, ProperDocs and Zensical."""

from __future__ import annotations

import posixpath
from pathlib import Path
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.treeprocessors import Treeprocessor

from postil.adapters import marking
from postil.adapters.hosts import Host, host_of
from postil.build import assets
from postil.build.render import annotated, problem_box
from postil.page.bodies import Bodies, RenderBody
from postil.page.fragment import Fragment
from postil.site.byline import line
from postil.site.folder import Site
from postil.site.loading import load_site
from postil.site.urls import note_url, relative


class PostilExtension(Extension):
    """Annotates every page that has a notes file beside it.

    Args:
        site: the site's data; a caller that gives it looks after problems, styles and scripts. Without it the extension
            reads the site's folder itself, shows what is wrong in a box above the page, and brings what notes need.
        extensions: the Markdown extensions of the site, for the bodies of notes.
        extension_configs: their settings.
        own_pages: whether the caller gives each note a page of its own, to which the note then leads.

    Attributes:
        page_file: the file of the page that is rendered, where a generator says so: a copy of it (the excerpt of a
            blog's post, say) gets no notes.
        is_sealed: whether a plug-in encrypts the page, so that its notes have no pages of their own.
        asked: takes down where the links of a page lead, by their addresses, while there is a dict.
    """

    def __init__(self, site: Site | None = None, *, own_pages: bool = False, **options: Any) -> None:
        self.config = {
            "docs": ["", "The folder of the articles; that of the site where it is not said"],
            "language": ["", "The language of the interface; that of the theme where it is not said"],
            "extensions": [[], "Markdown extensions for the bodies of notes; those of the site where none is named"],
            "extension_configs": [{}, "Their settings"],
        }
        super().__init__(**options)
        self.site = site
        self.own_pages = own_pages
        self.page_file: Any = None
        self.is_sealed = False
        self.asked: dict[str, str] | None = None
        self._bodies: Bodies | None = None

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the name is Python-Markdown's)
        """Register with one Markdown instance."""
        annotator = _Annotator(md, self)
        md.postprocessors.register(annotator, "postil", -100)
        md.treeprocessors.register(_Arm(annotator), "postil_arm", -1000)
        if self.asked is not None:
            md.treeprocessors.register(_TakeDown(md, self.asked), "postil_take_down", 0.5)

    def load(self, host: Host) -> Site:
        """The site: the caller's, or for a generator without hooks what its folder has now."""
        if self.site is not None:
            return self.site
        own = self.getConfig("docs")
        site = load_site(Path(own) if own else host.docs, self.getConfig("language") or host.language)
        site.context.strict = False  # a note without its passage stands at the end; the box says so
        return site

    def bodies(self, host: Host | None) -> Bodies:
        """What renders the bodies of notes: with the site's own extensions, if no others are named."""
        if self._bodies is None:
            named = self.getConfig("extensions")
            extensions, configs = (
                (named, self.getConfig("extension_configs"))
                if named
                else (
                    list(host.extensions) if host is not None and self.site is None else [],
                    dict(host.configs)
                    if host is not None and self.site is None
                    else self.getConfig("extension_configs"),
                )
            )
            self._bodies = Bodies(extensions, configs)
        return self._bodies

    def body(self, links: Any) -> RenderBody:
        """What renders the bodies of a page's notes: their links become links of the page, checked with them."""
        bodies = self.bodies(None)
        return lambda annotation: bodies.render(annotation, links)


class _TakeDown(Treeprocessor):
    """Takes down where links lead, before the first of them is looked at."""

    def __init__(self, md: Markdown, asked: dict[str, str]) -> None:
        super().__init__(md)
        self.asked = asked

    def run(self, root: Any) -> None:  # noqa: ARG002
        links: Any = self.md.treeprocessors["relpath"] if "relpath" in self.md.treeprocessors else None  # noqa: SIM401
        if links is None or "path_to_url" in vars(links):
            return
        answer, asked = links.path_to_url, self.asked

        def path_to_url(address: str) -> str:
            asked[address] = str(answer(address))
            return asked[address]

        links.path_to_url = path_to_url


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
        host = host_of(self.md)
        if host is None or self._is_copy() or marking.NAME in self.md.postprocessors:
            return text
        path, site = host.path, self.extension.load(host)
        if site.notes.get(path) or site.fragments is not None:
            body, signed = self._body(host), line(host.meta, site.context.settings, site.context.text)
            fragment = Fragment(path, self._url(), text, body, self._register(path), self._own(), signed)
            text = annotated(site, fragment)
        if self.extension.site is not None:
            return text
        if problems := site.problems_of(path):
            text = f"{problem_box(problems, site.context.text)}{text}"
        return text + (assets.inside(site) if site.notes.get(path) else "")

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

    def _body(self, host: Host) -> RenderBody:
        """What renders the bodies of this page's notes: their links become links of the page, checked with them."""
        bodies, links = self.extension.bodies(host), self._links()
        return lambda annotation: bodies.render(annotation, links)


def makeExtension(**options: Any) -> PostilExtension:  # noqa: N802 (the name is Python-Markdown's)
    """Python-Markdown's entry: `markdown_extensions: [postil]`."""
    return PostilExtension(**options)
