"""MkDocs and ProperDocs: one class of events, which the hook `hooks/annotations.py` and the plug-in `postil` share."""

from __future__ import annotations

import importlib
import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.config.base import Config
from mkdocs.config.config_options import Type
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import File, InclusionLevel

from postil.adapters import reloading
from postil.editing import gate
from postil.editing.server import Server, marked
from postil.editing.session import Session

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

    from postil.build.last_site import LastSite
    from postil.build.steps import Build

log = logging.getLogger("mkdocs.plugins.postil")
_MARK = "postil_events"  # by this name a hook and a plug-in are found among the plug-ins of a site
LAN = "POSTIL_LAN"  # set by `postil serve --lan`
TWICE = "Postil is loaded twice, by `hooks:` and by `plugins:`; keep one of the two lines in {file}"


class Events:
    """What MkDocs calls while it builds a site, in this order.

    Attributes:
        serving: whether this is a live preview.
        adding: whether the build adds to the site that is there.
        enabled: whether the site has switched Postil on; authors' files stay out of the site in any case.
    """

    def __init__(self) -> None:
        self.serving = self.adding = False
        self.enabled = True
        self._build: Build | None = None
        self._last: LastSite | None = None
        self._code = reloading.state()
        self.session = Session()
        self.postil_events = self

    @property
    def build(self) -> Build:
        """The build that is going on."""
        if self._build is None:
            raise PluginError("Postil: the site is built without its configuration being read (`on_config`)")
        return self._build

    def on_startup(self, command: str, dirty: bool = False, **_: Any) -> None:
        """Remember whether this is a live preview, or adds to the site that is there."""
        self.serving, self.adding = command == "serve", dirty

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read all notes and sources; add the extension and the styles to the site."""
        if sum(hasattr(plugin, _MARK) for plugin in config.plugins.values()) > 1:
            raise PluginError(TWICE.format(file=Path(config.config_file_path or "mkdocs.yml").name))
        if self.serving:
            self._code = reloading.forget_changed(self._code)
        if not self.enabled:
            return config
        language = str(config.theme.get("language") or config.theme.get("locale") or "en")
        project = Path(config.config_file_path or ".").parent
        build = self._build = importlib.import_module("postil.build.steps").Build(
            Path(config.docs_dir),
            language,
            project / ".cache" / "postil",
            project / "dist",
            serving=self.serving,
            strict=bool(config.strict),
            site_name=config.site_name,
            site_url=config.site_url or "",
        )
        extensions: list[Any] = [name for name in config.markdown_extensions if name != "postil"]
        annotating = importlib.import_module("postil.adapters.markdown").PostilExtension
        extensions.append(
            annotating(
                build.site, own_pages=True, extensions=list(extensions), extension_configs=dict(config.mdx_configs)
            )
        )
        config.markdown_extensions = extensions
        config.extra_css = [*build.styles, *config.extra_css]
        config.extra_javascript = [*build.scripts, *config.extra_javascript]
        if polyfills := config.extra.get("polyfills"):
            config.extra["polyfills"] = build.own_shim(polyfills)
        return config

    def on_pre_build(self, config: MkDocsConfig, **_: Any) -> None:
        """Keep the last good site before MkDocs deletes it."""
        self._last = None
        if self.enabled and not self.serving and not self.adding:
            last_site = importlib.import_module("postil.build.last_site")
            self._last = last_site.LastSite(Path(config.site_dir).resolve())
            self._last.set_aside()

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Leave the authors' own files out of the site, and add what the notes need."""
        is_private = importlib.import_module("postil.site.folder").is_private
        for file in [file for file in files if is_private(file.src_uri)]:
            files.remove(file)
        if not self.enabled:
            return files
        generated = self.build.files()
        for file in [file for file in files if file.src_uri in generated]:
            files.remove(file)
        generated |= {path: text.encode() for path, text in self.build.pages().items() if path not in files.src_uris}
        for path, content in generated.items():
            files.append(File.generated(config, path, content=content))
        urls = {file.src_uri: file.url for file in files.documentation_pages()}
        for path, text in self.build.frames(urls).items():
            files.append(File.generated(config, path, content=text, inclusion=InclusionLevel.NOT_IN_NAV))
        return files

    def on_page_content(self, html: str, page: Page, **_: Any) -> str:
        """Make the notes known to the link checker."""
        if not self.enabled:
            return html
        title = str(page.meta.get("title") or page.title)  # the navigation may have a shorter one
        html, anchors = self.build.rendered(page.file.src_uri, page.url, title, html, page.meta)
        page.present_anchor_ids = (page.present_anchor_ids or set()) | anchors
        return html

    def on_env(self, env: Any, files: Files, **_: Any) -> Any:
        """Fill in the pages that are made from the data, and report every mistake: all is rendered, nothing written."""
        if not self.enabled:
            return env
        for page in (file.page for file in files.documentation_pages() if file.page):
            page.content, anchors = self.build.filled(page.file.src_uri, page.content or "")
            page.present_anchor_ids = (page.present_anchor_ids or set()) | anchors
        if texts := os.environ.get("POSTIL_TEXTS"):
            self.build.write_texts(Path(texts))
        for problem in self.build.problems():
            log.log(logging.getLevelNamesMapping()[problem.severity.upper()], "%s", problem)
        if failure := self.build.failure():
            raise PluginError(failure)
        return env

    @event_priority(100)
    def _before_indexing(self, context: Any, /, page: Page, **_: Any) -> Any:
        """Show search plugins the article without its notes: they become entries of their own."""
        if self.enabled:
            page.content = self.build.for_search(page.file.src_uri, page.content or "")
        return context

    @event_priority(-100)
    def _after_indexing(self, context: Any, /, page: Page, **_: Any) -> Any:
        """Put the notes back."""
        if self.enabled:
            page.content = self.build.after_search(page.file.src_uri, page.content or "")
            if self.serving:
                page.content = marked(page.content or "")
        return context

    on_page_context = CombinedEvent(_before_indexing, _after_indexing)

    def on_post_page(self, output: str, page: Page, **_: Any) -> str:
        """Add the data for machines and the running head for paper."""
        return self.build.finished(page.file.src_uri, page.url, output) if self.enabled else output

    def on_post_build(self, config: MkDocsConfig, **_: Any) -> None:
        """Write each note's own page, all exports and downloads, make each note an entry of the search."""
        if not self.enabled:
            return
        if self.serving:
            self.session.begin(self.build.site)
        self.build.write_exports(Path(config.site_dir))
        self.build.add_to_search(Path(config.site_dir))
        self.build.put_downloads(Path(config.site_dir))
        if report := os.environ.get("POSTIL_REPORT"):
            self.build.write_report(Path(report))
        if editions := os.environ.get("POSTIL_EDITIONS"):
            self.build.write_editions(Path(editions), config.site_name)
        if self._last:
            self._last.finished()

    def on_build_error(self, **_: Any) -> None:
        """Put the last good site back."""
        if self._last:
            self._last.put_back()

    def on_shutdown(self, **_: Any) -> None:
        """Throw away the site that was replaced, or put it back if the build was broken off."""
        if self._last:
            self._last.end()

    def on_serve(self, server: LiveReloadServer, config: MkDocsConfig, **_: Any) -> LiveReloadServer:
        """Watch the engine too, and let notes be written where they are read."""
        server.watch(str(reloading.PACKAGE))
        if self.enabled:
            open_to_writing(server, self.session, config.dev_addr.host, config.dev_addr.port)
        return server


def open_to_writing(server: LiveReloadServer, session: Session, host: str, port: int) -> None:
    """Let the preview take notes from its own pages; one that others can reach only where the author has said so."""
    if not gate.is_loopback(host) and not os.environ.get(LAN):
        log.info("notes are not written here: others can reach this preview; `postil serve --lan` allows it")
        return
    app = Server(server.get_app(), session, gate.hosts(host, port), server.mount_path)  # type: ignore[arg-type]
    server.set_app(app)


class PostilOptions(Config):  # type: ignore[no-untyped-call]  # MkDocs leaves it untyped
    """The options below `plugins: - postil:`. What belongs to the notes is set in docs/postil.yml."""

    enabled = Type(bool, default=True)


class PostilPlugin(Events, BasePlugin[PostilOptions]):  # type: ignore[no-untyped-call]
    """`plugins: [postil]`."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """As the hook, unless the site has switched it off."""
        self.enabled = self.config.enabled
        return super().on_config(config)


def hook() -> dict[str, Any]:
    """The same as what MkDocs looks for in a module that `hooks:` names."""
    events = Events()
    names = [name for name in dir(events) if name.startswith("on_")]
    return {_MARK: events, **{name: getattr(events, name) for name in names}}
