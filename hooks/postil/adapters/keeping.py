"""Pages as Markdown has rendered them and their notes, kept from one build to the next.

A page is kept where all that it is made from is known: its text, its notes, what all notes refer to, the settings of
Markdown, the engine and the packages. What it has asked of the other files (where does this link lead?) is asked again,
so that a link that is broken by now is told, and the page is rendered anew where an answer is another. A page at whose
rendering anything was told, or with a mistake in its notes, is not kept: it is told again. With an extension that is
not known here nothing is kept: it may read what it likes.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.structure import pages as mkdocs_pages
from mkdocs.structure.toc import get_toc

from postil.build import kept
from postil.page.fragment import Fragment
from postil.site.byline import line

if TYPE_CHECKING:
    from markupsafe import Markup
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

    from postil.adapters.markdown import PostilExtension
    from postil.build.read import Options
    from postil.page.context import Context
    from postil.site.folder import Site

# Extensions that make of the same text the same HTML, and read nothing else.
_OF_MARKDOWN = (
    "abbr admonition attr_list codehilite def_list extra fenced_code footnotes legacy_attrs legacy_em md_in_html meta "
    "nl2br sane_lists smarty tables toc wikilinks"
).split()
_OF_PYMDOWNX = (
    "arithmatex betterem caret critic details emoji escapeall extra fancylists highlight inlinehilite keys magiclink "
    "mark progressbar saneheaders smartsymbols striphtml superfences tabbed tasklist tilde"
).split()
_KNOWN = frozenset(
    [*_OF_MARKDOWN, *(f"markdown.extensions.{name}" for name in _OF_MARKDOWN)]
    + [f"pymdownx.{name}" for name in _OF_PYMDOWNX]
)
_CALLED = ("material.", "pymdownx.", "markdown.")  # functions that settings may name


@dataclass
class _Rendered:
    """What a page's rendering leaves.

    Attributes:
        state: what MkDocs has of it: content (None where it is that of `notes`), table of contents, ids, title of its
            first heading.
        asked: where its links lead.
        source: the fragment without notes, where somebody may write some.
        register: see `page.annotate`.
        own: see `page.annotate`.
        notes: the page with its notes, if it has any.
    """

    state: tuple[str | None, Any, set[str], str | None]
    asked: dict[str, str]
    source: tuple[str, str, str] | None
    notes: Any


class Keeping:
    """The pages of one build.

    Args:
        config: of the site.
        site: the author's data.
        extension: annotates the pages.
        options: of the build.
    """

    def __init__(self, config: MkDocsConfig, site: Site, extension: PostilExtension, options: Options) -> None:
        self._config, self._site, self._extension, self._options = config, site, extension, options
        self._base: bytes | None = None
        mode = "preview" if options.serving else "copy" if options.for_disk else "site"
        folder = (
            options.cache / "pages" / "-".join(filter(None, [mode, options.root.strip("/")])) if options.cache else None
        )
        self._kept = kept.Kept(folder) if folder else None

    def forget(self) -> None:
        """What all notes refer to may be another by now."""
        self._base = None

    def take(self, page: Page) -> None:
        """Let a page that is about to be rendered be taken from what is kept, or be kept."""
        entries = self._site.notes.get(page.file.src_uri, ())
        if self._kept is not None and is_known(self._config) and all(entry.document.digest for entry in entries):
            page.render = lambda config, files: self._render(page, config, files)  # type: ignore[method-assign]

    def end(self) -> None:
        """All pages are rendered."""
        if self._kept is not None:
            self._kept.end()

    def _key(self, page: Page, files: Files) -> bytes:
        site, context = self._site, self._site.context
        if self._base is None:
            config = self._config
            names = [name for name in config.markdown_extensions if isinstance(name, str)]
            self._base = kept.key(
                [
                    kept.installed(),
                    (names, _plain(dict(config.mdx_configs)), config.use_directory_urls, config.theme.name),
                    shared(context),
                    (site.unpublished, site.fragments is not None, str(site.docs), str(Path.cwd())),
                ]
            )
        has_register = files.get_file_from_path("sources.md") is not None
        entries = [
            (entry.document.file, entry.document.digest, entry.index) for entry in site.notes.get(page.file.src_uri, ())
        ]
        return kept.key(
            [
                self._base,
                page.markdown,
                page.file.src_uri,
                page.file.url,
                self._extension.is_sealed,
                has_register,
                entries,
                self._signed(page),
            ]
        )

    def _render(self, page: Page, config: MkDocsConfig, files: Files) -> None:
        assert self._kept is not None  # noqa: S101
        path, given = page.file.src_uri, self._key(page, files)
        links: Any = mkdocs_pages._RelativePathTreeprocessor(page.file, files, config)
        found = self._kept.get(path, given)
        if found is not None and _answers(links, found[1], silently=True) == found[1]:
            _answers(links, found[1], silently=False)
            self._use(page, _Rendered(*found), links)
            return
        asked = self._extension.asked = dict[str, str]()
        try:
            with _listening() as told:
                type(page).render(page, config, files)
        finally:
            self._extension.asked = None
        notes = self._site.pages.get(path)
        if not told and not (notes and notes.problems):
            source = (self._site.fragments or {}).get(path)
            content = None if notes is not None and page.content == notes.html else page.content  # not kept twice
            state = (content, tokens(page.toc), page.present_anchor_ids, page._title_from_render)
            parts = (source.html, source.register, source.own) if source else None
            self._kept.put(path, given, (state, asked, parts, notes))

    def _use(self, page: Page, found: _Rendered, links: Any) -> None:
        """Leave what `Page.render` would leave, and the extension."""
        content, tokens, page.present_anchor_ids, page._title_from_render = found.state
        page.content = found.notes.html if content is None and found.notes is not None else content
        page.toc = get_toc(tokens)
        page.links_to_anchors = links.links_to_anchors
        path = page.file.src_uri
        if found.notes is not None:
            self._site.pages[path] = found.notes
        if found.source is not None and self._site.fragments is not None:
            html, register, own = found.source
            body = self._extension.body(links)
            signed = self._signed(page)
            self._site.fragments[path] = Fragment(path, str(page.file.url), html, body, register, own, signed)

    def _signed(self, page: Page) -> Markup:
        context = self._site.context
        return line(page.meta, context.settings, context.text)


def shared(context: Context) -> list[tuple[str, Any]]:
    """What all notes refer to, whatever is added to it; whether a lost passage stops the build is in no page."""
    shared = {field.name: getattr(context, field.name) for field in fields(context)}
    return sorted((shared | {"text": context.text.language, "strict": None}).items())


def is_known(config: MkDocsConfig) -> bool:
    """Whether a site has only extensions and settings of which all is known."""
    *names, last = config.markdown_extensions
    return (
        all(isinstance(name, str) and name in _KNOWN for name in names)
        and not isinstance(last, str)
        and all(_is_plain(settings) for name, settings in dict(config.mdx_configs).items())
    )


def _is_plain(value: Any) -> bool:
    if isinstance(value, dict):
        return "custom_icons" not in str(value) and all(map(_is_plain, value.values()))
    if isinstance(value, list | tuple):
        return all(map(_is_plain, value))
    if callable(value):
        return str(getattr(value, "__module__", "")).startswith(_CALLED) and "<" not in getattr(
            value, "__qualname__", "<"
        )
    return value is None or isinstance(value, str | int | float)


def _plain(value: Any) -> Any:
    """Settings without the addresses of functions in memory."""
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in sorted(value.items())}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return f"{value.__module__}.{value.__qualname__}" if callable(value) else value


def _answers(links: Any, asked: dict[str, str], *, silently: bool) -> dict[str, str]:
    """Where these links lead now; unless silently, what is wrong with them is told, as when they are rendered."""
    mkdocs_pages.log.disabled = silently
    try:
        return {address: links.path_to_url(address) for address in asked}
    finally:
        mkdocs_pages.log.disabled = False


@contextmanager
def _listening() -> Iterator[list[str]]:
    """What is told meanwhile, but of links, which are asked for again."""
    make, told = logging.getLogRecordFactory(), list[str]()

    def listen(*given: Any, **named: Any) -> logging.LogRecord:
        record = make(*given, **named)
        if record.name != mkdocs_pages.log.name and record.levelno > logging.DEBUG:
            told.append(record.name)
        return record

    logging.setLogRecordFactory(listen)
    try:
        yield told
    finally:
        logging.setLogRecordFactory(make)


def tokens(toc: Any) -> list[dict[str, Any]]:
    """A table of contents as Markdown gives it."""
    return [{"name": item.title, "id": item.id, "level": item.level, "children": tokens(item.children)} for item in toc]
