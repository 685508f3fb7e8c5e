"""Parts of a reference that stand on lines or in columns of their own (CSL 1.0.2, `display`, `second-field-align`).

citeproc-py sets them one behind the other without a space. Here each is a block as citeproc-js writes it; where a
reference stands in a sentence or a list, a block begins on a new line, and a column is parted by a space.
"""

from __future__ import annotations

import re
from typing import Any

_CSL = "{http://purl.org/net/xbiblio/csl}"
_KINDS = ("block", "indent", "left-margin", "right-inline")
_FIRST = 0x100000  # a private character for each; those of `hidden_signs` are of another plane
_END = chr(_FIRST + len(_KINDS))
_OPEN = {chr(_FIRST + number): f'<div class="csl-{kind}">' for number, kind in enumerate(_KINDS)}
_SIGNS = {**{ord(sign): tag for sign, tag in _OPEN.items()}, ord(_END): "</div>"}
_LEFT = chr(_FIRST + _KINDS.index("left-margin"))
_RIGHT = chr(_FIRST + _KINDS.index("right-inline"))


def mark(root: Any) -> None:
    """Put signs before and behind what a style sets apart, in place.

    Args:
        root: the first element of the style.
    """
    for element in root.iter(f"{_CSL}*"):
        kind = element.attrib.pop("display", "")
        if kind in _KINDS:
            _enclose(element, chr(_FIRST + _KINDS.index(kind)))
    for bibliography in root.iterfind(f"{_CSL}bibliography"):
        fields = bibliography.findall(f"{_CSL}layout/{_CSL}*")
        if bibliography.get("second-field-align") and len(fields) > 1:
            _enclose(fields[0], _LEFT)


def _enclose(element: Any, sign: str) -> None:
    element.set("prefix", sign + element.get("prefix", ""))
    element.set("suffix", element.get("suffix", "") + _END)


def blocks(text: str, *, second_field: bool) -> str:
    """What citeproc-py has set, with a `div` for each part.

    Args:
        text: with the signs.
        second_field: whether what follows the first field is a column, too.
    """
    start = text.find(_END)
    if second_field and text.startswith(_LEFT) and start > 0:
        text = f"{text[: start + 1]}{_RIGHT}{text[start + 1 :].lstrip()}{_END}"
    text = re.sub(rf"(?<=[.?!…]) *{_END}\.", _END, text)  # one stop is enough
    text = re.sub(rf" *{_END}([.,;:]*)", rf"\1{_END}", text)  # and it belongs to what it ends
    return text.translate(_SIGNS)


_BLOCK = re.compile(r'<div class="csl-(?:block|indent)">(.*?)</div>')
_COLUMN = re.compile(r'<div class="csl-(?:left-margin|right-inline)">(.*?)</div>')
_LINES = re.compile(r"\s*(?:<br>\s*)+")


def in_line(html: str) -> str:
    """The same without blocks, as it may stand in a sentence: blocks on lines of their own, a space between columns."""
    html = _COLUMN.sub(r"\1 ", _BLOCK.sub(r"<br>\1<br>", html))
    html = _LINES.sub("<br>", html).strip()
    return re.sub(r" {2,}", " ", html.removeprefix("<br>").removesuffix("<br>"))
