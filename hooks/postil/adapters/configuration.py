"""The configuration of MkDocs → what a build needs to know; the Markdown extension → the configuration."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from postil.adapters import added_files, languages
from postil.adapters.markdown import PostilExtension
from postil.build.read import Options
from postil.site.folder import Site

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig


def options(config: MkDocsConfig, *, serving: bool, drafts: bool = False) -> Options:
    """What the configuration says of the site."""
    polyfills = config.extra.get("polyfills") or ()
    return Options(
        docs=Path(config.docs_dir),
        language=languages.language(config),
        theme=str(config.theme.name or ""),
        site_name=config.site_name,
        site_url=config.site_url or "",
        cache=added_files.cache(config),
        downloads=Path(config.config_file_path or ".").parent / "dist",
        serving=serving,
        strict=bool(config.strict),
        root=languages.folder(config),
        named=tuple(added_files.named(config.nav)),
        for_disk=any("iframe-worker" in str(script) for script in polyfills),  # Material's offline plug-in
        drafts=drafts,
    )


def add_extension(config: MkDocsConfig, site: Site) -> PostilExtension:
    """The extension that annotates pages, last among those of the site, in place of one that is there."""
    others: list[Any] = [
        name for name in config.markdown_extensions if name != "postil" and not isinstance(name, PostilExtension)
    ]
    configs = dict(config.mdx_configs)
    extension = PostilExtension(site, own_pages=True, extensions=list(others), extension_configs=configs)
    config.markdown_extensions = [*others, extension]  # type: ignore[list-item]
    return extension
