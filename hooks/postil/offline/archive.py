"""The whole site as a zip archive that is unpacked and opened from the disk."""

from __future__ import annotations

import datetime
import os
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

from postil.offline.problem import OfflineError

# Feeds, data, other languages: the theme asks for a site map beside each, which no browser allows from the disk.
_ALTERNATE = re.compile(rb"""<link\b[^>]*\brel=["']?alternate\b["']?[^>]*>""")
_NOT_FOUND = "404.html"  # only a server shows it, and its addresses are those of a server
_EARLIEST = 315619200  # 1980-01-02, the first whole day that a zip archive can name in every time zone


def epoch() -> int:
    """The time that is written into files, in seconds: `SOURCE_DATE_EPOCH` (reproducible-builds.org), else 1980."""
    try:
        return max(int(os.environ.get("SOURCE_DATE_EPOCH", "0")), _EARLIEST)
    except ValueError:
        raise OfflineError(
            "SOURCE_DATE_EPOCH is not a number of seconds; unset it or: git log -1 --format=%ct"
        ) from None


def made() -> datetime.datetime:
    """The same time as a date in UTC."""
    return datetime.datetime.fromtimestamp(epoch(), datetime.UTC)


def pack(file: Path, members: Mapping[str, bytes | Path], stored: tuple[str, ...] = ()) -> None:
    """Write a zip archive whose bytes depend on nothing but its members and `epoch`.

    Args:
        file: to write.
        members: contents, or files to read them from, by their names in the archive, in the order of the archive.
        stored: names of members that are not compressed.
    """
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name, made().timetuple()[:6])
            info.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            info.create_system = 3  # Unix, also where it is made on another system
            archive.writestr(info, content.read_bytes() if isinstance(content, Path) else content)


def write(file: Path, site: Path, readme: str) -> None:
    """Pack a site that was built for the disk, in a folder named as the archive, with a README.txt.

    Raises:
        OfflineError: when the site was not built for the disk.
    """
    if (site / "search/search_index.json").is_file() and not (site / "search/search_index.js").is_file():
        line = "- offline: {enabled: !ENV [POSTIL_OFFLINE, false]}"
        raise OfflineError(f"links and search would not work from the disk; add below plugins: in mkdocs.yml: {line}")
    paths = sorted(path for path in site.rglob("*") if path.is_file() and path != site / _NOT_FOUND)
    members: dict[str, bytes | Path] = {f"{file.stem}/README.txt": readme.encode()}
    members |= {f"{file.stem}/{path.relative_to(site).as_posix()}": _for_disk(path) for path in paths}
    pack(file, members)


def _for_disk(path: Path) -> bytes | Path:
    """A page without what a browser would ask for in vain; any other file as it is."""
    return _ALTERNATE.sub(b"", path.read_bytes()) if path.suffix == ".html" else path
