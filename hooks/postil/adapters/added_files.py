"""The files that Postil adds to a site: each a real one on the disk, since other plug-ins ask for its path."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.structure.files import File, InclusionLevel

from postil.site.schema import TITLE

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files


def add(
    files: Files,
    config: MkDocsConfig,
    folder: Path,
    contents: Mapping[str, bytes],
    *,
    below: str = "",
    inclusion: InclusionLevel = InclusionLevel.UNDEFINED,
) -> None:
    """Add files to a site; one of the author's own at the same place goes before, save a schema that is ours.

    Args:
        files: of the site.
        config: of the site.
        folder: where they are kept; what is there already is written only when it has changed.
        contents: by the path as if it were inside of docs/.
        below: the folder of the site in which they come to lie, with a slash at its end.
        inclusion: whether they show in the navigation.
    """
    for path, content in contents.items():
        own = files.get_file_from_path(path)
        if own is not None:
            if not _is_our_schema(own):
                continue
            files.remove(own)
        kept = folder / below / path
        if not kept.is_file() or kept.read_bytes() != content:
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_bytes(content)
        file = File.generated(config, path, abs_src_path=str(kept), inclusion=inclusion)
        file.dest_uri = f"{below}{file.dest_uri}"
        files.append(file)


def _is_our_schema(file: File) -> bool:
    """Whether an author's file is a schema that `postil schema` has written."""
    if not file.src_uri.endswith(".json"):
        return False
    try:
        data = json.loads(file.content_bytes)
    except ValueError:
        return False
    return isinstance(data, dict) and data.get("title") == TITLE
