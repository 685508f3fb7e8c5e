"""What a site needs beside its pages: styles, scripts, and the schema of notes files for editors."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files as package_files
from typing import Any

from postil.build.read import AuthoredSite
from postil.page import filters, margin, styles
from postil.site import schema
from postil.site.urls import relative

STYLE, MARGIN = "assets/postil/postil.css", "assets/postil/margin.css"
NOTES, CLAIMS = "assets/postil/notes.js", "assets/postil/claims.js"
SHIM = "assets/postil/iframe-worker.js"
SCHEMA = "schema/annotations.json"
STYLES = (STYLE, MARGIN)
_OURS = 'class="postil-'


def needs(html: str) -> bool:
    """Whether a page's content has anything of ours; any other page stays as it is, byte for byte."""
    return _OURS in html


def scripts(url: str, html: str) -> str:
    """The scripts of a page, to stand at the end of its content: a theme that swaps pages runs what is new there.

    Args:
        url: the page's address inside of the site.
        html: its content.
    """
    wanted = [
        path for mark, path in (("postil-note ", NOTES), ("postil-claims", CLAIMS)) if f"{_OURS}{mark[7:]}" in html
    ]
    return "".join(f'\n<script src="{relative(path, url)}" defer></script>' for path in wanted)


def files(authored: AuthoredSite) -> dict[str, bytes]:
    """Every such file, by its path inside of the site."""
    site = authored.site
    longest = max(map(len, site.notes.values()), default=0)
    assets = package_files("postil").joinpath("assets")
    settings = site.context.settings
    style = styles.smaller(
        styles.with_margin(styles.joined(styles.of_theme(authored.options.theme)), settings.margin_from)
    )
    beside = styles.with_margin(margin.chain(longest), settings.margin_from)
    made = {
        STYLE: style.encode(),
        NOTES: assets.joinpath("notes.js").read_bytes(),
        CLAIMS: assets.joinpath("claims.js").read_bytes(),
        MARGIN: (beside + filters.rules(settings)).encode(),
    }
    if not authored.options.root:  # the words in it are of one language
        made[SCHEMA] = schema.as_json(site.context).encode()
    if authored.options.for_disk:
        made[SHIM] = assets.joinpath("vendor/iframe-worker.js").read_bytes()
    return made


def with_own_shim(polyfills: Sequence[Any]) -> list[Any]:
    """The scripts of Material's offline plugin, with a copy of our own in place of the one on another host."""
    return [SHIM if "iframe-worker" in str(script) else script for script in polyfills]
