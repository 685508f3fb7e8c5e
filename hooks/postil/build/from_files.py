"""A build by a generator that leaves files: the same steps as under MkDocs, on the pages that it has built.

Notes are put into the finished pages, so that no cache of a generator ever holds one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from postil.build import assets, marks, search_entries, staging, write
from postil.build.fill import failure, filled, views
from postil.build.finish import finished, shown
from postil.build.generator import Configured, Generator
from postil.build.links import PageLinks, Targets
from postil.build.marks import Content
from postil.build.read import AuthoredSite, read
from postil.build.render import Rendering, annotated
from postil.build.rendered import RenderedSite
from postil.build.told_links import at_note
from postil.page.bodies import Bodies, RenderBody
from postil.page.fragment import Fragment
from postil.site.byline import line
from postil.site.urls import elsewhere, file_of, note_url, relative, url_of
from postil.text.markup import ids
from postil.views.fill import DIRECTIVE, fill

_MISSING = "A reference to '{}' is included in the 'nav' configuration, which is not found in the documentation files."
_MAPPED_FRAME = re.compile(r"\s*<url>\s*<loc>[^<]*/postil-frame(?:/|\.html)</loc>.*?</url>", re.DOTALL)


@dataclass(frozen=True)
class _Page:
    """A page that a generator has built: what stands before its content, the content, what stands after it."""

    url: str
    before: str
    content: Content
    after: str

    def around(self, html: str) -> str:
        return f"{self.before}{html}{self.after}"


class FileBuild:
    """One build, in a folder of its own that later builds of the same site may use again.

    Args:
        generator: of the site.
        configured: what its configuration says.
        folder: for the sources and the site.

    Attributes:
        complaints: what was found, in the order in which it is told.
        rendered: the site, once all pages are rendered.
        failure: in a line why the build had to stop, when all mistakes had been told.
        site: the folder of the built site.
    """

    def __init__(self, generator: Generator, configured: Configured, folder: Path) -> None:
        self._generator = generator
        self._configured = configured
        self._docs = folder / configured.options.docs.name
        self.site = folder / "built"
        self.complaints: list[str] = []
        self.failure = ""
        self.rendered: RenderedSite | None = None
        self._pages: dict[str, _Page] = {}
        self._frames: dict[str, _Page] = {}
        self._filled: dict[str, str] = {}
        self._to_read: dict[str, str] = {}  # the pages with views as a search shall read them, by their address

    def render(self) -> RenderedSite:
        """Steps 1 to 3: read, let the generator render, put notes and views in. Nothing of it is written yet."""
        authored = read(self._configured.options)
        paths = staging.prepare(self._configured, authored, self._docs)
        hidden = staging.hidden_pages(self._configured, authored)
        self.complaints += self._generator.render(self._docs, self.site, hidden)
        self._read_pages()
        pages = {path: page.url for path, page in self._pages.items()}
        targets = Targets({path: url_of(path) for path in paths if not staging.is_frame(path)} | pages)
        in_notes = self._annotate(authored, targets)
        rendering = Rendering(authored)
        for path, page in self._pages.items():
            content = page.content
            html, _ = rendering.add(path, page.url, content.title, content.html, content.meta)
            self._filled[path] = html
        self.rendered = rendered = rendering.done()
        drawing, anchors = views(rendered), {}
        for path, html in self._filled.items():
            self._filled[path], more = filled(rendered, drawing, path, html)
            anchors[path] = frozenset(ids(self._filled[path])) | more
            page, notes = self._pages[path], rendered.pages[path].notes
            if DIRECTIVE.search(page.content.html):
                self._to_read[page.url], _ = fill(drawing, page.url, notes.source if notes else html)
        self._check(rendered, replace(targets, anchors=anchors), in_notes)
        return rendered

    def write(self, mark: Callable[[str], str] = str) -> None:
        """Steps 4 and 5: put all of it into the built site.

        Args:
            mark: puts something around the content of each page, as the preview needs it.
        """
        rendered = self.rendered
        if rendered is None:
            raise RuntimeError("nothing is rendered")
        for path, page in self._pages.items():
            html = page.around(mark(self._filled[path]))
            (self.site / file_of(page.url)).write_text(self._finished(path, page.url, html), "utf-8", newline="\n")
        write.write(rendered, self._draw, self.site)
        for frame in self._frames.values():
            _remove(self.site / file_of(frame.url), self.site)
        if (site_map := self.site / "sitemap.xml").is_file():
            site_map.write_text(_MAPPED_FRAME.sub("", site_map.read_text("utf-8")), "utf-8", newline="\n")
        search_entries.renew(self.site, self._to_read)
        write.add(rendered, self.site)
        write.missing(assets.files(rendered.authored), self.site)

    def _read_pages(self) -> None:
        for file in sorted(self.site.rglob("*.html")):
            text = file.read_text("utf-8")
            address = file.relative_to(self.site).as_posix()
            if self._configured.directory_urls and file.name == "index.html":
                address = address.removesuffix("index.html")
            url = url_of(address)
            if parts := marks.split(text, url):
                before, content, after = parts
                pages = self._frames if staging.is_frame(content.path) else self._pages
                pages[content.path] = _Page(url, before, content, after)
            elif marks.is_marked(text):  # it only quotes other pages
                file.write_text(marks.unmarked(text), "utf-8", newline="\n")

    def _annotate(self, authored: AuthoredSite, targets: Targets) -> dict[str, list[str]]:
        """Put the notes of each page into it; the links of the notes, by page."""
        named: dict[str, list[str]] = {}
        for path, page in self._pages.items():
            named[path] = []
            if not authored.site.notes.get(path) and authored.site.fragments is None:
                continue
            register = targets.urls.get("sources.md", "")
            fragment = Fragment(
                path,
                page.url,
                page.content.html,
                self._body(PageLinks(path, targets, named[path])),
                relative(register, page.url) if "sources.md" in targets.urls else "",
                relative(note_url(page.url, "{id}"), page.url),
                line(page.content.meta or {}, authored.site.context.settings, authored.site.context.text),
            )
            content = replace(page.content, html=annotated(authored.site, fragment))
            self._pages[path] = replace(page, content=content)
        return named

    @cached_property
    def _bodies(self) -> Bodies:
        return Bodies(self._configured.extensions, self._configured.configs)

    def _body(self, links: PageLinks) -> RenderBody:
        return lambda annotation: self._bodies.render(annotation, links)

    def _check(self, rendered: RenderedSite, targets: Targets, in_notes: dict[str, list[str]]) -> None:
        """Find what is wrong with links and notes, in the order in which MkDocs tells it."""
        before, after = list[str](), list[str]()
        for path in self._configured.options.named:
            if path not in targets.urls and path.endswith(".md") and "://" not in path:
                before.append(_MISSING.format(path))
        for path, page in self._pages.items():
            for link in dict.fromkeys((*page.content.links, *in_notes[path])):
                wrong = targets.wrong(path, link)
                if wrong and wrong.rule not in self._configured.ignored:
                    message = at_note(rendered.site, wrong.message)
                    (after if wrong.rule == "anchors" else before).append(message)
        problems = rendered.site.all_problems()
        told = [str(problem) for problem in problems if problem.severity in ("error", "warning")]
        self.failure = failure(problems, serving=self._configured.options.serving)
        self.complaints += [*before, *told, *(() if self.failure else after)]

    def _finished(self, path: str, url: str, page: str) -> str:
        """A whole page with all that belongs to what is in it of ours; any other stays as it is."""
        rendered = self.rendered
        if rendered is None or not assets.needs(self._filled.get(path, page)):
            return page
        page = self._dressed(url, page)
        return shown(rendered, path, finished(rendered, path, url, page))

    def _dressed(self, url: str, page: str) -> str:
        """A page with our styles, before those of the site."""
        links = "".join(f'<link rel="stylesheet" href="{relative(path, url)}">' for path in assets.styles_of(page))
        own = [re.escape(relative(path, url)) for path in self._configured.styles]
        first = re.search(rf"<link [^>]*href=[\"']?(?:{'|'.join(own)})[\"' >]", page) if own else None
        place = first.start() if first else page.find("</head>")
        return f"{page[:place]}{links}{page[place:]}"

    def _draw(self, path: str, content: str, meta: dict[str, Any]) -> tuple[str, str]:  # noqa: ARG002
        """A page around a note, cut out of the one that the generator has drawn at the same depth (see `own_page`)."""
        url = url_of(path).removesuffix("index.html") if self._configured.directory_urls else url_of(path)
        frame = min(self._frames.values(), key=lambda frame: abs(frame.url.count("/") - url.count("/")))
        page = elsewhere(frame.around(content), frame.url, url).replace(frame.url, url)
        return url, self._finished(staging.FRAME_FILE, url, self._generator.small(page))


def _remove(file: Path, top: Path) -> None:
    """Remove a file, and the folders below `top` that are empty then."""
    file.unlink()
    for folder in file.relative_to(top).parents:
        if folder.name and not any((top / folder).iterdir()):
            (top / folder).rmdir()
