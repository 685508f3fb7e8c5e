"""MkDocs and ProperDocs: the plug-in `postil` and what the hook `hooks/annotations.py` gives; both are `events`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mkdocs.config.base import Config
from mkdocs.config.config_options import Type
from mkdocs.plugins import BasePlugin

from postil.adapters.events import MARK, Events

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig


class PostilOptions(Config):  # type: ignore[no-untyped-call]  # MkDocs leaves it untyped
    """The options below `plugins: - postil:`. What belongs to the notes is set in docs/postil.yml."""

    enabled = Type(bool, default=True)


class PostilPlugin(Events, BasePlugin[PostilOptions]):  # type: ignore[no-untyped-call]
    """`plugins: [postil]`."""

    def switched_on(self) -> bool:
        """Whether the site's configuration has Postil switched on."""
        return self.config.enabled


def hook() -> dict[str, Any]:
    """The same as what MkDocs looks for in a module that `hooks:` names."""
    events = Events()
    names = [name for name in dir(events) if name.startswith("on_")]
    return {MARK: events, **{name: getattr(events, name) for name in names}}


def events_of(config: MkDocsConfig) -> Events | None:
    """What Postil is to a site, or None where the site does not load it."""
    return next((getattr(plugin, MARK) for plugin in config.plugins.values() if hasattr(plugin, MARK)), None)
