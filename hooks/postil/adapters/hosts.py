"""What the generator that renders a page knows of its site, read from what it leaves on the Markdown instance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from markdown import Markdown


@dataclass(frozen=True)
class Host:
    """A generator in the middle of a page.

    Attributes:
        path: of the page inside of the docs folder, with slashes.
        docs: the folder of the articles.
        language: of the interface.
        extensions: the Markdown extensions of the site, by name.
        configs: their settings.
        title: of the page in the navigation, if it has one there.
        meta: the front matter of the page.
        url: its address inside of the site, where it is known by then.
    """

    path: str
    docs: Path
    language: str = "en"
    extensions: tuple[str, ...] = ()
    configs: Mapping[str, Any] = field(default_factory=dict)
    title: str = ""
    meta: Mapping[str, Any] = field(default_factory=dict)
    url: str | None = None


def host_of(md: Markdown) -> Host | None:
    """The generator, or None where a text is rendered that is no page of a site."""
    if "relpath" in md.treeprocessors:  # MkDocs, ProperDocs
        links: Any = md.treeprocessors["relpath"]
        config: Any = links.config
        language = config.theme.get("language") or config.theme.get("locale") or "en"
        meta = getattr(links.file.page, "meta", None) or {}
        return Host(links.file.src_uri, Path(config.docs_dir), str(language), *_extensions(config), meta=meta)
    if "rendering_context" in md.preprocessors:  # Zensical
        context: Any = md.preprocessors["rendering_context"]
        config = context.config or {}
        docs = Path(config.get("root_dir") or ".") / config.get("docs_dir", "docs")
        language = (config.get("theme") or {}).get("language") or "en"
        page = context.page
        title, meta = str(getattr(page, "title_override", "") or ""), getattr(page, "meta", {})
        return Host(str(page.path), docs, str(language), *_extensions(config), title, meta, getattr(page, "url", None))
    return None


def _extensions(config: Any) -> tuple[tuple[str, ...], Mapping[str, Any]]:
    """The site's extensions without our own, and without what the generator adds for the page alone."""
    names = [name for name in config["markdown_extensions"] if isinstance(name, str) and name != "postil"]
    return tuple(names), {name: config["mdx_configs"].get(name, {}) for name in names}
