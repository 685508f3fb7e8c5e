"""The styles: one file for each concept in assets/styles/, put together for a screen, for a PDF and for an e-book."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

# In the order of the cascade. Without them the page is still a good document: passage, note, way back.
SITE = (
    *("tokens", "kinds", "passages", "notes", "lost", "margin", "resting", "calm", "sheet", "filter"),
    *("theme", "tools", "preferences", "print"),
)
# Of the pages that are made from the data and of a note's own page; what paper changes goes after it, again.
MADE = ("front", "claims", "registers", "figures", "downloads", "own", "data", "print")
# Without Material: notes below their blocks, nothing of a theme in the selectors.
PLAIN = ("tokens", "kinds", "plain", "figures")
_OWN_PAGE = 'class="postil-frame"'  # around a note's own page, whose content comes later
_CLASSES = re.compile(r'class="([^"]*)"')
_CLASS = re.compile(r"postil-[a-z]+(?:[-_]+[a-z]+)*")
PAPER = ("fonts", "kinds", "figures")
_SPACE = re.compile(r""""[^"]*"|(?: *([{};>])|([:,])) *""")  # before a colon or a bracket it may join two selectors
_RULES = re.compile(r":root\s*\{([^}]*)\}")
_TOKEN = re.compile(r"(--[\w-]+)\s*:\s*([^;]+)")
_USE = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,[^()]*)?\)")


def of_theme(name: str) -> tuple[str, ...]:
    """The files for a site with this theme."""
    return SITE if "material" in name.lower() else PLAIN


def needs_made(html: str, site: tuple[str, ...] = SITE) -> bool:
    """Whether a page has a part that only the styles in `MADE` know."""
    return site == SITE and any(name in _made_classes() for name in _CLASS.findall(" ".join({*_CLASSES.findall(html)})))


def is_own_page(html: str) -> bool:
    """Whether it is the frame around a note's own page."""
    return _OWN_PAGE in html


@cache
def _made_classes() -> frozenset[str]:
    return frozenset(_CLASS.findall(joined(MADE))) - frozenset(_CLASS.findall(joined(SITE)))


def joined(names: tuple[str, ...]) -> str:
    """Several files of assets/styles/ as one."""
    folder = files("postil").joinpath("assets/styles")
    return "\n".join(folder.joinpath(f"{name}.css").read_text("utf-8") for name in names)


def with_margin(css: str, width: str) -> str:
    """A stylesheet with its two named widths: `--wide`, where notes stand in the margin, and `--narrow`, the rest.

    Args:
        css: the stylesheet.
        width: from which width of the window on there is a margin: `60em`.
    """
    return css.replace("(--wide)", f"(width >= {width})").replace("(--narrow)", f"(width < {width})")


def smaller(css: str) -> str:
    """A stylesheet without its comments, and without the white space that says nothing; strings stay as they are."""
    bare = re.sub(r"/\*.*?\*/|^\s+|\n", "", css, flags=re.DOTALL | re.MULTILINE)
    return _SPACE.sub(lambda found: found[1] or found[2] or found[0], bare)


def tokens(css: str) -> dict[str, str]:
    """The custom properties that a stylesheet gives to its `:root`."""
    return {name: value.strip() for rules in _RULES.findall(css) for name, value in _TOKEN.findall(rules)}


def resolved(css: str) -> str:
    """A stylesheet with the values of its `:root` in place, for those who do not know custom properties.

    Many e-book readers do not, nor does WeasyPrint within drawings. What `:root` does not name stays.
    """
    known = tokens(css)
    for _ in range(9):  # a value may name another
        css = _USE.sub(lambda use: known.get(use[1], use[0]), css)
    return css
