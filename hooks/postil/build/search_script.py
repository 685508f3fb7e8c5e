"""The script of Material's search takes less time and memory on a site whose many notes are entries of their own."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

_WORKERS = "assets/javascripts/workers/search.*.js"
_BEGINS = b"/* postil: "


def lighten(site_dir: Path) -> None:
    """Put assets/search.js behind the script in which the theme makes its index, once.

    Another theme has no such script, and another search is not made of what ours speaks of (lunr): nothing is done.

    Args:
        site_dir: the folder of the built site.
    """
    for script in site_dir.glob(_WORKERS):
        content = script.read_bytes()
        if b"lunr" in content and _BEGINS not in content:
            ours = files("postil").joinpath("assets/search.js").read_bytes()
            script.write_bytes(content.rstrip(b"\n") + b"\n" + ours)
