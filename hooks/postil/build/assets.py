"""What a site needs beside its pages: styles, scripts, and the schema of notes files for editors."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files as package_files
from typing import Any

from postil.build.read import AuthoredSite
from postil.model.settings import Settings
from postil.page import filters, margin, scripts, styles
from postil.site import schema
from postil.site.folder import Site
from postil.site.urls import relative

STYLE, MARGIN, MADE = "assets/postil/postil.css", "assets/postil/margin.css", "assets/postil/pages.css"
NOTES, CLAIMS, LISTS = (f"assets/postil/{name}.js" for name in ("notes", "claims", "lists"))
SHIM = "assets/postil/iframe-worker.js"
SCHEMA = "schema/annotations.json"
STYLES = (STYLE, MADE, MARGIN)
_OURS = 'class="postil-'


def needs(html: str) -> bool:
    """Whether a page's content has anything of ours; any other page stays as it is, byte for byte."""
    return _OURS in html


def styles_of(html: str) -> tuple[str, ...]:
    """The styles of a page, in the order of the cascade; none where it has nothing of ours."""
    if not needs(html):
        return ()
    if styles.is_own_page(html):
        return STYLE, MADE  # it has no margin
    return STYLES if styles.needs_made(html) else (STYLE, MARGIN)


def scripts_of(html: str, url: str, theme: str) -> str:
    """The scripts of a page, to stand at the end of its content: a theme that swaps pages runs what is new there.

    Args:
        html: the page's content.
        url: its address inside of the site.
        theme: in the plain style of a theme that is not Material notes stand in the text, where nothing opens them.
    """
    known = [("claims", CLAIMS), ("list", LISTS), ("timeline", LISTS)] + (
        [("note ", NOTES)] if styles.of_theme(theme) == styles.SITE else []
    )
    wanted = dict.fromkeys(path for name, path in known if _OURS + name in html)
    return "".join(f'\n<script src="{relative(path, url)}" defer></script>' for path in wanted)


def files(authored: AuthoredSite) -> dict[str, bytes]:
    """Every such file, by its path inside of the site."""
    site = authored.site
    assets = package_files("postil").joinpath("assets")
    settings = site.context.settings
    made = {
        STYLE: _sheet(settings, styles.of_theme(authored.options.theme)).encode(),
        MADE: _sheet(settings, styles.MADE).encode(),
        NOTES: scripts.joined().encode(),
        CLAIMS: scripts.of_views("claims").encode(),
        LISTS: scripts.of_views("lists").encode(),
        MARGIN: _beside(site).encode(),
    }
    if not authored.options.root:  # the words in it are of one language
        made[SCHEMA] = schema.as_json(site.context).encode()
    if authored.options.for_disk:
        made[SHIM] = assets.joinpath("vendor/iframe-worker.js").read_bytes()
    return made


def inside(site: Site) -> str:
    """The styles and the script of a page with notes, to stand in it where no generator links to them."""
    style = styles.smaller(_sheet(site.context.settings, styles.SITE) + _beside(site))
    return f"\n<style>{style}</style>\n<script>{scripts.joined()}</script>\n"


def _sheet(settings: Settings, names: tuple[str, ...]) -> str:
    more = filters.plain_rules(settings) if names == styles.PLAIN else ""
    return styles.smaller(styles.with_margin(styles.joined(names) + more, settings.margin_from))


def _beside(site: Site) -> str:
    """Where notes stand in the margin, and what the filter of notes shows: rules that are made for this site."""
    settings = site.context.settings
    return styles.with_margin(margin.chain(site.most_notes) + filters.rules(settings), settings.margin_from)


def with_own_shim(polyfills: Sequence[Any]) -> list[Any]:
    """The scripts of Material's offline plugin, with a copy of our own in place of the one on another host."""
    return [SHIM if "iframe-worker" in str(script) else script for script in polyfills]
