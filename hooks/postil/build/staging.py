"""The sources of a site as a generator that knows nothing of Postil shall see them: a folder beside the author's.

Without what is private, with the pages that are made from the data, and with a page around which a note's own is cut.
"""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

from postil.build import assets
from postil.build.generator import Configured
from postil.build.read import AuthoredSite
from postil.export import frame
from postil.site import schema
from postil.site.urls import note_url, path_of

FRAME_FILE = "postil-frame.md"


def prepare(configured: Configured, authored: AuthoredSite, docs: Path) -> frozenset[str]:
    """Make a folder of sources what it shall be; what is so already is not touched.

    Args:
        configured: what the site's configuration says.
        authored: the site.
        docs: the folder, which need not be there.

    Returns:
        The paths of all files in it.
    """
    source = authored.options.docs
    own = {path: source / path for path in _files(source) if not authored.site.is_private(path)}
    made = assets.files(authored) | {path: text.encode() for path, text in authored.pages().items()}
    made = {path: content for path, content in made.items() if path not in own or _is_our_schema(own[path])}
    made |= _frames(configured, authored)
    wanted = frozenset(own) | frozenset(made)
    for path in _files(docs) if docs.is_dir() else ():
        if path not in wanted:
            (docs / path).unlink()
    for path in wanted:
        (docs / path).parent.mkdir(parents=True, exist_ok=True)
        if path in made:
            _write(docs / path, made[path])
        else:
            _copy(own[path], docs / path)
    return wanted


def is_frame(path: str) -> bool:
    """Whether a page, by its path inside of the folder, is one around which notes' own pages are cut."""
    return path.rpartition("/")[2] == FRAME_FILE


def expected_url(path: str, *, directory_urls: bool) -> str:
    """The address that a page will have inside of the site, as MkDocs gives it."""
    stem = path.rpartition(".")[0]
    above, _, name = stem.rpartition("/")
    if name in ("index", "README"):
        stem = f"{above}/" if above else ""
        return stem if directory_urls else f"{stem}index.html"
    return f"{stem}/" if directory_urls else f"{stem}.html"


def _frames(configured: Configured, authored: AuthoredSite) -> dict[str, bytes]:
    """A page for each depth of address at which a note may have a page, and what else the theme is drawn around."""
    pages = {expected_url(path, directory_urls=configured.directory_urls) for path in authored.site.notes}
    deepest = max((note_url(url, "x").count("/") for url in pages), default=0)
    end = "/" if configured.directory_urls else ""
    addresses = {frame.frame_url(f"{'x/' * depth}x{end}") for depth in range(deepest + 1)} if pages else set()
    page = f"---\n{json.dumps({**frame.META, **configured.frame})}\n---\n\n{frame.CONTENT}\n".encode()
    return {f"{path_of(address).rstrip('/').removesuffix('.html')}.md": page for address in addresses}


def _is_our_schema(file: Path) -> bool:
    return file.suffix == ".json" and schema.is_ours(file.read_bytes())


def _files(folder: Path) -> list[str]:
    """Every file below a folder, hidden ones left out, as paths with slashes."""
    found = []
    for above, folders, names in os.walk(folder, followlinks=True):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [Path(above, name).relative_to(folder).as_posix() for name in sorted(names) if name[0] != "."]
    return found


def _write(file: Path, content: bytes) -> None:
    if not file.is_file() or file.read_bytes() != content:
        file.write_bytes(content)


def _copy(source: Path, file: Path) -> None:
    before, now = file.stat() if file.is_file() else None, source.stat()
    if before is None or (before.st_mtime_ns, before.st_size) != (now.st_mtime_ns, now.st_size):
        shutil.copy2(source, file)


def hidden_pages(configured: Configured, authored: AuthoredSite) -> list[str]:
    """The pages of the folder that stand in no menu: ours with nothing on them, or all of ours."""
    made, empty = authored.pages(), authored.empty_pages()
    shown = configured.nav is not None or authored.site.context.settings.pages.in_menu
    ours = (path for path in made if not (authored.options.docs / path).is_file())
    return [FRAME_FILE, *(path for path in ours if path in empty or not shown)]
