"""What a site needs beside its pages: styles, scripts, and the schema of notes files for editors."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files as package_files
from typing import Any

from postil.build.read import AuthoredSite
from postil.page import filters, margin, scripts, styles
from postil.site import schema

STYLE, MARGIN = "assets/postil/postil.css", "assets/postil/margin.css"
NOTES, CLAIMS = "assets/postil/notes.js", "assets/postil/claims.js"
SHIM = "assets/postil/iframe-worker.js"
SCHEMA = "schema/annotations.json"
STYLES, SCRIPTS = (STYLE, MARGIN), (NOTES, CLAIMS)


def files(authored: AuthoredSite) -> dict[str, bytes]:
    """Every such file, by its path inside of the site."""
    site = authored.site
    longest = max(map(len, site.notes.values()), default=0)
    assets = package_files("postil").joinpath("assets")
    settings = site.context.settings
    style = styles.smaller(styles.with_margin(styles.joined(styles.SITE), settings.margin_from))
    beside = styles.with_margin(margin.chain(longest) + filters.rules(settings), settings.margin_from)
    made = {
        STYLE: style.encode(),
        NOTES: scripts.joined().encode(),
        CLAIMS: assets.joinpath("claims.js").read_bytes(),
        MARGIN: beside.encode(),
    }
    if not authored.options.root:  # the words in it are of one language
        made[SCHEMA] = schema.as_json(site.context).encode()
    if authored.options.for_disk:
        made[SHIM] = assets.joinpath("vendor/iframe-worker.js").read_bytes()
    return made


def with_own_shim(polyfills: Sequence[Any]) -> list[Any]:
    """The scripts of Material's offline plugin, with a copy of our own in place of the one on another host."""
    return [SHIM if "iframe-worker" in str(script) else script for script in polyfills]
