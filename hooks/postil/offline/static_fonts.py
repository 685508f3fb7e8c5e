"""Variable fonts → static ones, of the weights that paper has and the characters that are written.

Chromium puts a variable font into a PDF as drawings of single letters (Type 3), unevenly spaced and hard to search.
"""

from __future__ import annotations

import base64
import io
import re
from functools import cache

WEIGHTS = (400, 600, 700)
_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
_WEIGHT = re.compile(r"font-weight:\s*(\d+)\s+(\d+)")
_SOURCE = re.compile(r"""src:\s*url\(["']?data:[^;,]*;base64,([^"')]+)["']?\)(?:\s*format\([^)]*\))?""")


def static(css: str, text: str) -> str:
    """Styles in which each variable font is several static ones; a font that cannot be read stays as it is.

    Args:
        css: with the fonts inside of it, as data.
        text: what is written with them.
    """
    characters = frozenset(text)
    return _FACE.sub(lambda rule: _faces(rule[0], characters), css)


def _faces(rule: str, characters: frozenset[str]) -> str:
    weight, source = _WEIGHT.search(rule), _SOURCE.search(rule)
    if weight is None or source is None:
        return rule
    wanted = tuple(value for value in WEIGHTS if int(weight[1]) <= value <= int(weight[2]))
    faces = []
    for value, font in zip(wanted, _instances(source[1], characters, wanted), strict=False):
        data = f'src:url("data:font/ttf;base64,{font}")'
        faces.append(rule.replace(weight[0], f"font-weight:{value}").replace(source[0], data))
    return "\n".join(faces) or rule


@cache
def _instances(font: str, characters: frozenset[str], weights: tuple[int, ...]) -> tuple[str, ...]:
    """A variable font (base64) at several weights; none where it has no weights or cannot be read."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont, TTLibError
    from fontTools.varLib.instancer import instantiateVariableFont

    try:
        whole = TTFont(io.BytesIO(base64.b64decode(font)))
    except (TTLibError, ImportError, ValueError):  # ImportError: WOFF2 needs brotli
        return ()
    if "fvar" not in whole or not any(axis.axisTag == "wght" for axis in whole["fvar"].axes):
        return ()
    axes = {axis.axisTag: axis.defaultValue for axis in whole["fvar"].axes}
    subsetter = Subsetter(Options(notdef_outline=True, name_IDs=["*"], name_languages=["*"]))
    subsetter.populate(text="".join(characters))
    subsetter.subset(whole)
    whole.flavor = None
    small = _bytes(whole)
    found = []
    for weight in weights:
        instance = instantiateVariableFont(
            TTFont(io.BytesIO(small), recalcTimestamp=False), {**axes, "wght": weight}, updateFontNames=False
        )
        found.append(base64.b64encode(_bytes(instance)).decode())
    return tuple(found)


def _bytes(font: object) -> bytes:
    file = io.BytesIO()
    font.save(file)  # type: ignore[attr-defined]
    return file.getvalue()
