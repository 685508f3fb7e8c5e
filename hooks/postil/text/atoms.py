"""Pictures and formulas in HTML → the words that stand for them: a description, a source.

Each is one thing in the reading text: a passage holds all of it or nothing.
"""

from __future__ import annotations

import html as html_library
import re
from dataclasses import dataclass

from postil.text import markup

_SCRIPT = re.compile(r"<script\b[^>]*>(.*?)</script", re.DOTALL | re.IGNORECASE)
_ANNOTATION = re.compile(
    r"""<annotation\b[^>]*\bencoding\s*=\s*["']?application/x-tex\b[^>]*>(.*?)</annotation""", re.DOTALL | re.IGNORECASE
)
_MATH = re.compile(r"<math\b(?P<attributes>(?:[^>\"']|\"[^\"]*\"|'[^']*')*+)>", re.IGNORECASE)
_MATHML = re.compile(r"<math\b.*?</math\s*>", re.DOTALL | re.IGNORECASE)
_DELIMITED = re.compile(r"\\\((.*)\\\)|\\\[(.*)\\\]|\$\$(.*)\$\$|\$(.*)\$", re.DOTALL)
_IMAGE = re.compile(r"<img\b(?P<attributes>(?:[^>\"']|\"[^\"]*\"|'[^']*')*+)>", re.IGNORECASE)
# The second of two pictures that a theme shows by turns; the first has its description.
_OTHER_SCHEME = ("#only-dark", "#gh-dark-mode-only")


@dataclass(frozen=True)
class Atom:
    """Words that stand for something else, or beside something.

    Attributes:
        start: where they are in the reading text, code points.
        end: the offset behind them; the same as `start` for words beside the text (ruby text).
        shown: the words that a reader finds there when the thing is taken for plain text.
        base: where the stretch of reading text begins that is meant by those words; it ends at `end`.
    """

    start: int
    end: int
    shown: str
    base: int


def plain(html: str) -> str:
    """The words of a piece of HTML on one line, tags left out."""
    return " ".join(html_library.unescape(markup.TOKEN.sub("", html)).split(None))


def description(name: str, attributes: str, inner: str = "") -> str:
    """The words that stand for a picture: its `alt`, or the `aria-label` of a drawing; empty for an ornament.

    Args:
        name: img, picture or svg.
        attributes: the text of the tag's attributes.
        inner: what a picture holds.
    """
    if name == "picture":
        image = _IMAGE.search(inner)
        return description("img", image["attributes"]) if image else ""
    given = markup.attributes_of(attributes)
    if given.get("src", "").endswith(_OTHER_SCHEME):
        return ""
    return " ".join(given.get("aria-label" if name == "svg" else "alt", "").split())


def formula(inner: str, whole: str) -> str:
    """The source of a formula without the signs that mark it as one: TeX where it is there, else its words.

    Args:
        inner: what its element holds: of Arithmatex, MathML, or as KaTeX and MathJax write it at build time.
        whole: the element with its tags.
    """
    if script := _SCRIPT.search(inner):
        return _bare(script[1])
    if annotation := _ANNOTATION.search(inner):
        return _bare(html_library.unescape(annotation[1]))
    math = _MATH.search(whole)
    return _bare((math and markup.attributes_of(math["attributes"]).get("alttext")) or plain(inner))


def beside_mathml(html: str) -> str:
    """The words of a formula that a tool has set at build time; MathML beside them is for screen readers."""
    return plain(_MATHML.sub("", html))


def _bare(source: str) -> str:
    source = source.strip()
    delimited = _DELIMITED.fullmatch(source)
    return " ".join((next(filter(None, delimited.groups()), "") if delimited else source).split())
