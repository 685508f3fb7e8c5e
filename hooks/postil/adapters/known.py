"""Whether all that a page is drawn from is known: only then is it carried over from one build to the next.

A plug-in or a hook of others may make of a page what it likes; so may a theme that is none of those that come with
MkDocs and Material, and a template of the author's that looks at other pages than the one it draws.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, TemplateSyntaxError, nodes

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from postil.adapters.events import Events

_SEARCH = ("material.plugins.search.plugin", "mkdocs.contrib.search", "properdocs.contrib.search")
_OF_ONE_PAGE = ("material.plugins.meta.plugin",)  # what it adds is in the front matter
_UNLESS_ENABLED = ("material.plugins.offline.plugin",)
_THEMES = ("material", "mkdocs", "readthedocs")
# Settings that say where a site is built to or which of its files are pages; what comes of these is seen at the pages.
_ASIDE = {"site_dir", "dev_addr", "hooks", "plugins", "theme", "exclude_docs", "draft_docs", "not_in_nav", "watch"}
# What a template may ask for of any page. Of the one that is drawn it is known, but for the day of the build.
_OF_A_PAGE = {"content", "markdown", "toc", "content_string", "content_bytes", "present_anchor_ids"}
_OF_ALL = {"pages", "build_date_utc", "update_date", "random"}
_ADDRESS = " at 0x"  # of an object of which nothing else is known


def search(config: MkDocsConfig) -> Any:
    """The plug-in that makes the search index, or None."""
    return next((plugin for plugin in config.plugins.values() if type(plugin).__module__ in _SEARCH), None)


def is_known(config: MkDocsConfig, events: Events) -> bool:
    """Whether a site has only plug-ins, hooks, a theme and templates of which all is known.

    Args:
        config: of the site.
        events: our own part of it.
    """
    return (
        config.theme.name in _THEMES
        and all(_is_known(plugin, events) for plugin in config.plugins.values())
        and not any(_looks_elsewhere(text) for text in _templates(config))
    )


def settings(config: MkDocsConfig) -> list[Any] | None:
    """All that is set for a site, to make a key of; None where something cannot be told.

    Args:
        config: as it was loaded, before any plug-in changed it.
    """
    theme: Any = config.theme
    told = [
        type(config).__module__,  # MkDocs or ProperDocs, whose names stand in a page
        _plain({name: value for name, value in config.items() if name not in _ASIDE}),
        _plain({name: dict(getattr(plugin, "config", {})) for name, plugin in config.plugins.items()}),
        (theme.name, _plain(dict(theme)), sorted(theme.static_templates)),
        [(path, content) for path, content in _own_files(config)],
    ]
    return None if _ADDRESS in repr(told[:-1]) else told


def _is_known(plugin: Any, events: Events) -> bool:
    module = type(plugin).__module__
    if plugin is events or getattr(plugin, "postil_events", None) is events:  # a hook may have more than is ours
        return all(_is_ours(value, events) for name, value in vars(plugin).items() if name.startswith("on_"))
    return module in (*_SEARCH, *_OF_ONE_PAGE) or (module in _UNLESS_ENABLED and not plugin.config.enabled)


def _is_ours(called: Any, events: Events) -> bool:
    """Whether what is called for an event is a method of ours, or several of them."""
    return all(getattr(method, "__self__", None) is events for method in getattr(called, "methods", (called,)))


def _plain(value: Any) -> Any:
    """A value as one that is written the same in every process."""
    if isinstance(value, Mapping):
        return sorted((str(name), _plain(item)) for name, item in value.items())
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, set | frozenset):
        return sorted(map(repr, value))
    return f"{value.__module__}.{value.__qualname__}" if hasattr(value, "__qualname__") else repr(value)


def _own_files(config: MkDocsConfig) -> Iterator[tuple[str, bytes]]:
    """The files with which the site's author changes the theme."""
    if folder := config.theme.custom_dir:
        for file in sorted(Path(folder).rglob("*")):
            if file.is_file():
                yield file.relative_to(folder).as_posix(), file.read_bytes()


def _templates(config: MkDocsConfig) -> Iterator[str]:
    """Those of these files that may be part of a page; those that the theme draws once are drawn each time."""
    for path, content in _own_files(config):
        if path not in config.theme.static_templates:
            try:
                yield content.decode("utf-8")
            except UnicodeDecodeError:  # a picture
                continue


def _looks_elsewhere(template: str) -> bool:
    """Whether a template looks at what is in other pages, or at the day."""
    try:
        tree = Environment().parse(template)  # noqa: S701 (nothing is drawn with it)
    except TemplateSyntaxError:  # a script, say; a template that is wrong stops the build
        return False
    names = list(tree.find_all(nodes.Name))
    if any(name.name in _OF_ALL or (name.name == "page" and name.ctx == "store") for name in names):
        return True
    if any(filtered.name in _OF_ALL for filtered in tree.find_all(nodes.Filter)):
        return True
    for const in tree.find_all(nodes.Const):  # `map(attribute="content")`, `page["content"]`
        if isinstance(const.value, str) and set(const.value.split(".")) & (_OF_A_PAGE | _OF_ALL):
            return True
    return any(
        asked.attr in _OF_ALL
        or (asked.attr in _OF_A_PAGE and not (isinstance(asked.node, nodes.Name) and asked.node.name == "page"))
        for asked in tree.find_all(nodes.Getattr)
    )
