"""The files that Postil adds to a site: each a real one on the disk, since other plug-ins ask for its path."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.structure.files import File, InclusionLevel

from postil.site import schema

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files


def cache(config: MkDocsConfig) -> Path:
    """The folder for what is costly to make again."""
    return Path(config.config_file_path or ".").parent / ".cache" / "postil"


def add(
    files: Files,
    config: MkDocsConfig,
    contents: Mapping[str, bytes],
    *,
    below: str = "",
    inclusion: Callable[[str], InclusionLevel] = lambda _: InclusionLevel.UNDEFINED,
) -> None:
    """Add files to a site; one of the author's own at the same place goes before, save a schema that is ours.

    Args:
        files: of the site.
        config: of the site.
        contents: by the path as if it were inside of docs/.
        below: the folder of the site in which they come to lie, with a slash at its end.
        inclusion: whether a file shows in the navigation, by its path.
    """
    for path, content in contents.items():
        own = files.get_file_from_path(path)
        if own is not None:
            if not (own.src_uri.endswith(".json") and schema.is_ours(own.content_bytes)):
                continue
            files.remove(own)
        kept = cache(config) / "files" / below / path  # written only when it has changed
        if not kept.is_file() or kept.read_bytes() != content:
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_bytes(content)
        file = File.generated(config, path, abs_src_path=str(kept), inclusion=inclusion(path))
        file.dest_uri = f"{below}{file.dest_uri}"
        files.append(file)


def is_in(folder: Path, file: File) -> bool:
    """Whether a file of the site is one of those that `add` wrote below the cache."""
    return file.abs_src_path is not None and Path(file.abs_src_path).is_relative_to(folder)


def named(nav: Any) -> Iterator[str]:
    """Every path and address that a configuration's `nav:` names."""
    if isinstance(nav, str):
        yield nav
    for item in nav.values() if isinstance(nav, dict) else nav if isinstance(nav, list) else ():
        yield from named(item)


def inclusion_of_pages(nav: Any, *, in_menu: bool) -> Callable[[str], InclusionLevel]:
    """Whether a page that is made shows in the navigation: where its author has named it, or has written none.

    Args:
        nav: `nav:` of the configuration.
        in_menu: whether it shows in a menu that nobody wrote.
    """
    known = set(named(nav))

    def inclusion(path: str) -> InclusionLevel:
        shows = path in known if nav is not None else in_menu
        return InclusionLevel.INCLUDED if shows else InclusionLevel.NOT_IN_NAV

    return inclusion
