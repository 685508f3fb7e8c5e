"""The MkDocs hook of Postil: MkDocs' events in, calls to the package `postil` beside this file out."""

from __future__ import annotations

import importlib
import logging
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.exceptions import PluginError
from mkdocs.plugins import CombinedEvent, event_priority
from mkdocs.structure.files import File, InclusionLevel

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

    from postil.build.last_site import LastSite
    from postil.build.steps import Build

HERE = str(Path(__file__).resolve().parent)
log = logging.getLogger("mkdocs.hooks.postil")
serving = adding = False
build: Build
last: LastSite | None = None


def on_startup(command: str, dirty: bool = False, **_: Any) -> None:
    """Remember whether this is a live preview, or adds to the site that is there."""
    global serving, adding
    serving, adding = command == "serve", dirty


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Read all notes and sources; add the extension and the styles to the site."""
    global build
    if HERE not in sys.path:  # MkDocs puts it there only while it loads this file
        sys.path.insert(0, HERE)
    if serving:  # import the engine afresh, so that a change of its code shows
        for name in [name for name in sys.modules if name.partition(".")[0] == "postil"]:
            del sys.modules[name]
    language = str(config.theme.get("language") or config.theme.get("locale") or "en")
    project = Path(config.config_file_path or ".").parent
    build = importlib.import_module("postil.build.steps").Build(
        Path(config.docs_dir),
        language,
        project / ".cache" / "postil",
        project / "dist",
        serving=serving,
        strict=bool(config.strict),
        site_name=config.site_name,
        site_url=config.site_url or "",
    )
    extensions: list[Any] = [name for name in config.markdown_extensions if name != "postil"]
    annotating = importlib.import_module("postil.adapters.markdown").PostilExtension
    extensions.append(
        annotating(build.site, own_pages=True, extensions=list(extensions), extension_configs=dict(config.mdx_configs))
    )
    config.markdown_extensions = extensions
    config.extra_css = [*build.styles, *config.extra_css]
    config.extra_javascript = [*build.scripts, *config.extra_javascript]
    if polyfills := config.extra.get("polyfills"):
        config.extra["polyfills"] = build.own_shim(polyfills)
    return config


def on_pre_build(config: MkDocsConfig, **_: Any) -> None:
    """Keep the last good site before MkDocs deletes it."""
    global last
    last = None
    if not serving and not adding:
        last = importlib.import_module("postil.build.last_site").LastSite(Path(config.site_dir).resolve())
        last.set_aside()


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Leave the authors' own files out of the site, and add what the notes need."""
    generated = build.files()
    for file in [file for file in files if build.is_private(file.src_uri) or file.src_uri in generated]:
        files.remove(file)
    generated |= {path: text.encode() for path, text in build.pages().items() if path not in files.src_uris}
    for path, content in generated.items():
        files.append(File.generated(config, path, content=content))
    urls = {file.src_uri: file.url for file in files.documentation_pages()}
    for path, text in build.frames(urls).items():
        files.append(File.generated(config, path, content=text, inclusion=InclusionLevel.NOT_IN_NAV))
    return files


def on_page_content(html: str, page: Page, **_: Any) -> str:
    """Make the notes known to the link checker."""
    title = str(page.meta.get("title") or page.title)  # the navigation may have a shorter one
    html, anchors = build.rendered(page.file.src_uri, page.url, title, html, page.meta)
    page.present_anchor_ids = (page.present_anchor_ids or set()) | anchors
    return html


def on_env(env: Any, files: Files, **_: Any) -> Any:
    """Fill in the pages that are made from the data, and report every mistake: all is rendered, nothing is written."""
    for page in (file.page for file in files.documentation_pages() if file.page):
        page.content, anchors = build.filled(page.file.src_uri, page.content or "")
        page.present_anchor_ids = (page.present_anchor_ids or set()) | anchors
    if texts := os.environ.get("POSTIL_TEXTS"):
        build.write_texts(Path(texts))
    for problem in build.problems():
        log.log(logging.getLevelNamesMapping()[problem.severity.upper()], "%s", problem)
    if failure := build.failure():
        raise PluginError(failure)
    return env


@event_priority(100)
def _before_indexing(context: Any, /, page: Page, **_: Any) -> Any:
    """Show search plugins the article without its notes: they become entries of their own."""
    page.content = build.for_search(page.file.src_uri, page.content or "")
    return context


@event_priority(-100)
def _after_indexing(context: Any, /, page: Page, **_: Any) -> Any:
    """Put the notes back."""
    page.content = build.after_search(page.file.src_uri, page.content or "")
    return context


on_page_context = CombinedEvent(_before_indexing, _after_indexing)


def on_post_page(output: str, page: Page, **_: Any) -> str:
    """Add the data for machines and the running head for paper; mend what the theme gets wrong for screen readers."""
    return build.finished(page.file.src_uri, page.url, output)


def on_post_build(config: MkDocsConfig, **_: Any) -> None:
    """Write each note's own page, all exports and downloads, make each note an entry of the search; leave a report."""
    build.write_exports(Path(config.site_dir))
    build.add_to_search(Path(config.site_dir))
    build.put_downloads(Path(config.site_dir))
    if report := os.environ.get("POSTIL_REPORT"):
        build.write_report(Path(report))
    if editions := os.environ.get("POSTIL_EDITIONS"):
        build.write_editions(Path(editions), config.site_name)
    if last:
        last.finished()


def on_build_error(**_: Any) -> None:
    """Put the last good site back."""
    if last:
        last.put_back()


def on_shutdown(**_: Any) -> None:
    """Throw away the site that was replaced, or put it back if the build was broken off."""
    if last:
        last.end()


def on_serve(server: LiveReloadServer, **_: Any) -> LiveReloadServer:
    """Watch the engine too."""
    server.watch(HERE)
    return server
