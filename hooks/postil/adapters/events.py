"""What MkDocs and ProperDocs call while they build a site, in one class, which the hook and the plug-in share."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from functools import cached_property
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.exceptions import PluginError
from mkdocs.plugins import CombinedEvent, event_priority

from postil.adapters import added_files, menu, preview, print_site, privacy, reloading
from postil.adapters.contents import Contents
from postil.adapters.frame import Theme

# What a build calls is imported where it is called: in a live preview it may be another than at the start.
if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page

    from postil.adapters.keeping import Keeping
    from postil.adapters.markdown import PostilExtension
    from postil.adapters.note_links import NoteLinks
    from postil.build.last_site import LastSite
    from postil.build.render import Rendering
    from postil.build.rendered import RenderedSite
    from postil.build.written import Carried
    from postil.editing.session import Session
    from postil.model.problem import Problem

log = logging.getLogger("mkdocs.plugins.postil")
MARK = "postil_events"  # by this name a hook and a plug-in are found among the plug-ins of a site
FOREIGN = "%s/%s is no data for notes (%s), and is left as it is; once an article has notes, give it another name"
TWICE = "Postil is loaded twice, by `hooks:` and by `plugins:`; keep one of the two lines in {file}"


class Enough(Exception):  # noqa: N818 (nothing is wrong)
    """All is rendered, and nothing shall be written."""


class Events:
    """What MkDocs calls while it builds a site, in this order.

    Attributes:
        serving: whether this is a live preview.
        adding: whether the build adds to the site that is there.
        enabled: whether the site has switched Postil on; authors' files stay out of the site in any case.
        stops_early: whether to end, by `Enough`, when all is rendered.
        keeps_texts: whether the first good build keeps the texts of the articles; a command does so itself.
        exports: a folder for the exports of a build that stops early.
        drafts: whether they are for colleagues, with what is not published.
        rendering: the pages that are rendered by now.
        rendered: the site, once all pages are rendered.
        keeping: pages as they were rendered in earlier builds.
        contents: the content of its pages, as they are rendered, filled and drawn.
        theme: draws pages that are none of the site's.
        preview: what the builds of a live preview share.
        built: the same of each language, where a plug-in builds the site once for each.
        carried: what is carried over from the last site (see `carrying`).
        failure: in a line why the build had to stop, when all mistakes had been told.
    """

    def __init__(self) -> None:
        self.serving = self.adding = self.stops_early = self.drafts = False
        self.enabled = self.keeps_texts = True
        self.failure = ""
        self.exports: Path | None = None
        self.rendered: RenderedSite | None = None
        self.postil_events = self
        self.rendering: Rendering | None = None
        self._extension: PostilExtension | None = None
        self.keeping: Keeping | None = None
        self._links: NoteLinks | None = None
        self.theme: Theme | None = None
        self._nav: Navigation | None = None
        self.built: list[RenderedSite] = []
        self._last: LastSite | None = None
        self.carried: Carried | None = None
        self.contents = Contents()
        self._code = reloading.state()
        self.preview = preview.Preview()

    def switched_on(self) -> bool:
        """Whether the site's configuration has Postil switched on."""
        return self.enabled

    @cached_property
    def session(self) -> Session:
        """What writing in the preview is answered by; a build loads nothing of it."""
        from postil.editing.session import Session

        return Session()

    def on_startup(self, command: str, dirty: bool = False, **_: Any) -> None:
        """Remember whether this is a live preview, or adds to the site that is there."""
        self.serving, self.adding = command == "serve", dirty
        self.built, self._last, self.preview = [], None, preview.Preview()

    @event_priority(1000)  # before all that look at the folder of the site
    def _begin(self, config: MkDocsConfig) -> MkDocsConfig:
        """Forget the last build."""
        self.rendering = self.rendered = self._extension = self._nav = self.theme = self.keeping = None
        self.contents = Contents()
        self.preview.begin(config, serving=self.serving, adding=self.adding)
        return config

    @event_priority(-150)  # after i18n, which sets the language of each of its builds
    def _read(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read all notes and sources; add the extension and the styles to the site."""
        self.enabled = self.switched_on()
        if sum(hasattr(plugin, MARK) for plugin in config.plugins.values()) > 1:
            raise PluginError(TWICE.format(file=Path(config.config_file_path or "mkdocs.yml").name))
        if self.serving:
            self._code = reloading.forget_changed(self._code)
        if not self.enabled:
            return config
        from postil.adapters.configuration import add_extension, options
        from postil.adapters.keeping import Keeping
        from postil.build import assets
        from postil.build.read import read
        from postil.build.render import Rendering

        self.rendering = Rendering(read(options(config, serving=self.serving, drafts=self.drafts)))
        self.listen_to_links()
        authored = self.rendering.authored
        self._extension = add_extension(config, authored.site)
        self.keeping = Keeping(config, authored.site, self._extension, authored.options)
        if polyfills := config.extra.get("polyfills"):
            config.extra["polyfills"] = assets.with_own_shim(polyfills)
        return config

    on_config = CombinedEvent(_begin, _read)

    def listen_to_links(self) -> None:
        """Put the place of a note before what is said of a link in it."""
        from postil.adapters.note_links import NoteLinks

        if self._links is None:
            self._links = NoteLinks()
        if self.rendering is not None:
            self._links.begin(self.rendering.authored.site)

    def on_pre_build(self, config: MkDocsConfig, **_: Any) -> None:
        """Keep the last good site before MkDocs deletes it, once in a command that builds several times."""
        if self.enabled and not self.serving and not self.adding and self._last is None:
            from postil.build.last_site import LastSite

            self._last = LastSite(Path(config.site_dir).resolve())
            self._last.set_aside()

    @event_priority(-200)  # after all that make files or give them other places
    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Leave the authors' own files out of the site, and add what the notes need."""
        self.preview.go_on()
        from postil.build import assets
        from postil.site.data_files import is_private

        site = self.rendering.authored.site if self.rendering else None
        keeps_back = site.is_private if site else is_private
        for file in [file for file in files if keeps_back(file.src_uri)]:
            files.remove(file)
        for name, problem in site.foreign.items() if site else ():
            log.info(FOREIGN, Path(config.docs_dir).name, name, problem)
        if self.rendering is not None:
            authored = self.rendering.authored
            pages = {path: text.encode() for path, text in authored.pages().items()}
            added_files.add(files, config, assets.files(authored))
            shows = added_files.inclusion_of_pages(config.nav, in_menu=authored.site.context.settings.pages.in_menu)
            added_files.add(files, config, pages, below=authored.options.root, inclusion=shows)
        return files

    def on_nav(self, nav: Navigation, config: MkDocsConfig, **_: Any) -> Navigation:
        """Leave out pages of ours with nothing on them; remember the navigation: the notes' own pages have it."""
        self.preview.go_on()
        if self.rendering is not None:
            empty, ours = self.rendering.authored.empty_pages(), added_files.cache(config)
            menu.leave_out(nav, lambda page: page.file.src_uri in empty and added_files.is_in(ours, page.file))
        self._nav = nav
        return nav

    @event_priority(-1000)  # the page is rendered straight after this
    def on_page_markdown(self, markdown: str, page: Page, **_: Any) -> str:
        """Tell the extension which page is rendered: what others render of it besides gets no notes."""
        self.preview.go_on()
        if self.rendering is not None:
            self.contents.put_away(self.rendering.pages)
        if self._extension is not None:
            self._extension.page_file, self._extension.is_sealed = page.file, is_sealed(page)
        if self.keeping is not None:
            self.keeping.take(page)
        return markdown

    def on_page_content(self, html: str, page: Page, **_: Any) -> str:
        """Take note of the page, and make its notes known to the link checker."""
        if self.rendering is None:
            return html
        # The navigation may have a shorter one; that of a heading is HTML.
        title = str(page.meta.get("title") or unescape(str(page.title)))
        html, anchors = self.rendering.add(
            page.file.src_uri, page.url, title, html, page.meta, is_sealed=is_sealed(page)
        )
        page.present_anchor_ids = (page.present_anchor_ids or set()) | anchors
        self.contents.rendered(page)
        return html

    def _fill(self, env: Any, /, config: MkDocsConfig, files: Files) -> Any:
        """Fill in the pages that are made from the data, and report every mistake: all is rendered, nothing written."""
        if self.rendering is None:
            return env
        from postil.adapters.to_fill import to_fill
        from postil.build.fill import failure, views

        self.contents.put_away(self.rendering.pages)
        if self.keeping is not None:
            self.keeping.end()
        self.rendered = self.rendering.done()
        root = self.rendered.options.root
        self.built = [other for other in self.built if other.options.root != root] + [self.rendered]
        if self._nav is not None:
            self.theme = Theme(config, files, self._nav, env)
        views(self.rendered)  # of all sources, which may have mistakes of their own
        for page in to_fill(self, config, files):
            self.preview.go_on()
            self.fill_page(config, page)
        problems = self.rendered.site.all_problems()
        self.tell(problems)
        self.failure = failure(problems, serving=self.serving)
        if self.failure:
            raise PluginError(self.failure)
        return env

    def fill_page(self, config: MkDocsConfig, page: Page) -> None:
        """Fill in one page."""
        if self.rendered is not None:
            self.contents.fill(self.rendered, page)
            print_site.give(config.plugins, page)

    def tell(self, problems: Iterable[Problem]) -> None:
        """Tell mistakes, each as what it is."""
        for problem in sorted(problems):
            log.log(logging.getLevelNamesMapping()[problem.severity.upper()], "%s", problem)

    @event_priority(-1000)
    def _stop_early(self, env: Any, /, config: MkDocsConfig, files: Files) -> Any:
        """End here if nothing shall be written; what MkDocs checks later is checked now."""
        if self._nav is not None:
            self.preview.site = config, files, self._nav, env
        if not self.stops_early or self.rendered is None:
            return env
        for page in (file.page for file in files.documentation_pages() if file.page):
            page.validate_anchor_links(files=files, log_level=config.validation.links.anchors)
        if self.exports:
            from postil.build import write

            write.exports(self.rendered, self.exports)
        raise Enough

    on_env = CombinedEvent(_fill, _stop_early)

    @event_priority(100)
    def _before_indexing(self, context: Any, /, page: Page, **_: Any) -> Any:
        """Show search plug-ins the article without its notes: they become entries of their own."""
        self.preview.go_on()
        if self.rendered:
            self.contents.take_notes_out(self.rendered, page)
        return context

    @event_priority(-100)
    def _after_indexing(self, context: Any, /, page: Page, **_: Any) -> Any:
        """Put the notes back."""
        self.contents.put_notes_back(page, marked=self.serving and self.switched_on())
        return context

    @event_priority(-1000)
    def _dress(self, context: Any, /, page: Page, config: MkDocsConfig, **_: Any) -> Any:
        """Let the theme load our styles where the page has anything of ours."""
        if self.rendered:
            from postil.adapters.dressing import dress

            dress(config, page.content or "")
        return context

    on_page_context = CombinedEvent(_before_indexing, _after_indexing, _dress)

    @event_priority(100)  # before those that make pages smaller
    def _finish(self, output: str, /, page: Page, **_: Any) -> str:
        """Add the data for machines and the running head for paper; mend what the theme gets wrong."""
        from postil.adapters import material
        from postil.build import assets
        from postil.build.finish import finished

        if self.rendered is None or not assets.needs(page.content or ""):
            return output

        output = material.mended(output, self.rendered.site.context.text("search"))
        return finished(self.rendered, page.file.src_uri, page.url, output)

    @event_priority(-1000)  # after those that tell the same
    def _show(self, output: str, /, page: Page, **_: Any) -> str:
        """Tell what a link to the page shows."""
        from postil.build import assets
        from postil.build.finish import shown

        content = page.content or ""
        self.contents.let_go(page)  # it was wanted whole for the theme only
        if self.rendered is None or not assets.needs(content):
            return output
        return shown(self.rendered, page.file.src_uri, output)

    on_post_page = CombinedEvent(_finish, _show)

    def _write(self, config: MkDocsConfig) -> None:
        """Write each note's own page, all exports and downloads; make each note an entry of the search."""
        self.preview.go_on()
        if self.rendered is None or self.theme is None:
            return
        from postil.build import write

        if self.preview.is_quick:
            preview.keep_beside(self, config)
            write.downloads(self.rendered, Path(config.site_dir))
        else:
            finish = privacy.finisher(config)
            write.write(self.rendered, self.theme.draw, Path(config.site_dir), self.carried, finish)
        write.add(self.rendered, Path(config.site_dir), self.carried)
        if self.keeps_texts and not self.serving:
            for line in self.rendered.site.keep_texts():
                log.info("%s", line)

    @event_priority(-200)
    def _write_last(self, config: MkDocsConfig) -> None:
        """Do again what others have undone: i18n writes index and map anew, minify gives our files other names."""
        from postil.build import assets, write

        for rendered in self.built if len(self.built) > 1 else ():
            write.add(rendered, Path(config.site_dir))
        if self.rendering is not None:
            write.missing(assets.files(self.rendering.authored), Path(config.site_dir))
        if self._last:
            self._last.finished()
        self.preview.done()
        if self.serving and not self.preview.is_live:
            self.begin_writing()

    on_post_build = CombinedEvent(_write, _write_last)

    def begin_writing(self) -> None:
        """What is written in the preview is answered from the data of the builds that are served."""
        if self.built:
            self.session.begin(*(rendered.site for rendered in self.built))

    def on_build_error(self, **_: Any) -> None:
        """Put the last good site back."""
        if self._last:
            self._last.put_back()

    def on_shutdown(self, **_: Any) -> None:
        """Throw away the site that was replaced, or put it back if the build was broken off."""
        self.preview.end()
        if self._last:
            self._last.end()
        self._last = None
        if self._links:
            self._links.end()

    @event_priority(1000)
    def _watch(self, server: LiveReloadServer, /, config: MkDocsConfig, **_: Any) -> LiveReloadServer:
        """Let the system tell what changes, in the engine too."""
        self.preview.watch(server, config)
        preview.watch_engine(server)
        return server

    @event_priority(-1000)
    def _open(self, server: LiveReloadServer, /, config: MkDocsConfig, **_: Any) -> LiveReloadServer:
        """Build what changes alone, and let notes be written where they are read."""
        if self.enabled:
            self.preview.open(server, self, config)
            preview.open_to_writing(server, self.session, config)
        return server

    on_serve = CombinedEvent(_watch, _open)


def is_sealed(page: Page) -> bool:
    """Whether the plug-in encryptcontent encrypts a page."""
    return hasattr(page, "encryptcontent")
