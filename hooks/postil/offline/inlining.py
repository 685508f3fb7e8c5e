"""Styles, fonts and pictures as text inside of a file."""

from __future__ import annotations

import base64
import mimetypes
import re
from pathlib import Path

from postil.offline.links import Picture
from postil.site.urls import file_of, is_inside, path_of, resolved, url_of

_STYLE = re.compile(r'<link rel="stylesheet" href="([^"]+)"')
_URL = re.compile(r"""url\(\s*(["']?)(?!data:|#)([^"')]+)\1\s*\)""")
_FONT = re.compile(r"@font-face\s*\{[^}]*\}")
_RANGE = re.compile(r"unicode-range:\s*([^;}]+)")
_ROOT = re.compile(r":root\s*\{[^}]*\}")
_MAP = re.compile(r"/\*# sourceMappingURL=.*?\*/")


def pictures(site: Path) -> Picture:
    """A site's pictures as data addresses (RFC 2397)."""

    def find(path: str) -> str | None:
        file = site / path
        return data_address(file) if file.is_file() else None

    return find


def data_address(file: Path) -> str:
    """A file as a data address."""
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    return f"data:{kind};base64,{base64.b64encode(file.read_bytes()).decode()}"


def styles(site: Path, url: str, text: str) -> str:
    """The style sheets of one page as one, with all that they load inside.

    Args:
        site: the folder of the site.
        url: the page's address inside of the site.
        text: what is written with the styles; a font that has none of its characters is left out.
    """
    page = (site / file_of(url)).read_text("utf-8")
    sheets = [path_of(resolved(address, url)[0]) for address in _STYLE.findall(page) if is_inside(address)]
    characters = {ord(character) for character in text}
    return "\n".join(_inlined(site, path, characters) for path in sheets if (site / path).is_file())


def fonts(site: Path, url: str, text: str) -> str:
    """Of the same styles only the fonts, and the names and colours that they give to the whole page."""
    css = styles(site, url, text)
    roots = [rule for rule in _ROOT.findall(css) if "--postil-" in rule]
    classes = re.findall(r"\.postil-(?:colour|kind)-[\w, .-]+\{ ?--postil-colour:[^}]*\}", css)
    return "\n".join([*_FONT.findall(css), *roots, *classes])


def _inlined(site: Path, path: str, characters: set[int]) -> str:
    css = _MAP.sub("", (site / path).read_text("utf-8"))
    css = _FONT.sub(lambda rule: rule[0] if _shows(rule[0], characters) else "", css)

    def address(match: re.Match[str]) -> str:
        if not is_inside(match[2]):  # what is on another host is not asked for
            return 'url("data:,")'
        file = site / path_of(resolved(match[2], url_of(path))[0])
        return f'url("{data_address(file)}")' if file.is_file() else 'url("data:,")'

    return _URL.sub(address, css).replace("</", "<\\/")


def _shows(rule: str, characters: set[int]) -> bool:
    """Whether a font has one of the characters, by its `unicode-range` (CSS Fonts 4, 4.5)."""
    found = _RANGE.search(rule)
    if found is None:
        return True
    for part in found[1].split(","):
        first, _, last = part.strip().upper().removeprefix("U+").partition("-")
        low, high = int(first.replace("?", "0"), 16), int((last or first).replace("?", "F"), 16)
        if any(low <= character <= high for character in characters):
            return True
    return False
