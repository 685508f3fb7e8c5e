"""The few elements of HTML that reference managers write into titles (CSL-JSON, rich text): plain text, HTML, LaTeX.

Only these, in pairs, are markup; every other `<` is a sign of the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from markupsafe import escape

_SMALL_CAPS = r'<span style="font-variant: ?small-caps;?">'
_NO_CASE = r'<span class=["\']?nocase["\']?>'
_UPRIGHT = r'<span class="nodecor">'
# What opens, the element that a page shows, the command of LaTeX.
_ELEMENTS = (
    ("<i>", "i", "emph"),
    ("<b>", "b", "textbf"),
    ("<sub>", "sub", "textsubscript"),
    ("<sup>", "sup", "textsuperscript"),
    ("<sc>", "small-caps", "textsc"),
    (_SMALL_CAPS, "small-caps", "textsc"),
    (_NO_CASE, "nocase", ""),
    (_UPRIGHT, "nodecor", "textnormal"),
)
_PAIR = re.compile(
    "|".join(f"(?:{begin})" for begin, _, _ in _ELEMENTS) + "|</(?:i|b|sub|sup|sc|span)>",
)
HTML = {
    "i": ("<i>", "</i>"),
    "b": ("<b>", "</b>"),
    "sub": ("<sub>", "</sub>"),
    "sup": ("<sup>", "</sup>"),
    "small-caps": ('<span style="font-variant:small-caps;">', "</span>"),
    "nocase": ("", ""),
    "nodecor": ('<span style="font-style:normal;">', "</span>"),
}
_LATEX = {name: (f"\\{command}{{" if command else "{", "}") for _, name, command in _ELEMENTS}

# A piece of a text: (0, words), or (1, element) where one opens, or (-1, element) where it ends.
Piece = tuple[int, str]


def pieces(text: str) -> list[Piece]:
    """The text in order: words, and where an element opens and ends; tags without a partner are words."""
    found: list[Piece] = []
    open_at: list[tuple[int, str, str]] = []  # the piece, the element, what was written
    position = 0
    for match in _PAIR.finditer(text):
        if match.start() > position:
            found.append((0, text[position : match.start()]))
        position = match.end()
        written = match[0]
        if not written.startswith("</"):
            name = next(name for begin, name, _ in _ELEMENTS if re.fullmatch(begin, written))
            open_at.append((len(found), name, written))
            found.append((0, written))
            continue
        closes = written[2:-1]
        if open_at and re.match(rf"<{closes}\b", open_at[-1][2]):
            index, name, _ = open_at.pop()
            found[index] = (1, name)
            found.append((-1, name))
        else:
            found.append((0, written))
    return [*found, (0, text[position:])] if position < len(text) else found


def _written(text: str, marks: Mapping[str, tuple[str, str]], words: Callable[[str], str]) -> str:
    return "".join(marks[part][0 if sign > 0 else 1] if sign else words(part) for sign, part in pieces(text))


def plain(text: str) -> str:
    """The text without its markup."""
    return "".join(words for sign, words in pieces(text) if not sign) if "<" in text else text


def tag(sign: int, element: str) -> str:
    """Where an element opens (1) or ends (-1), as HTML."""
    return HTML[element][0 if sign > 0 else 1]


def html(text: str) -> str:
    """The text as HTML: its markup as elements, all else escaped."""
    return _written(text, HTML, lambda words: str(escape(words)))


def latex(text: str, words: Mapping[int, str]) -> str:
    """The text as LaTeX.

    Args:
        text: with its markup.
        words: how each sign of the words is written, for `str.translate`.
    """
    return _written(text, _LATEX, lambda part: part.translate(dict(words)))


# The variables in which it is read.
IN_MARKDOWN = ("title", "container-title", "collection-title", "title-short", "original-title", "volume-title")
_SIGN, _ESCAPED = re.compile(r"([*\[])"), re.compile(r"\\([*\[])")
_MARKDOWN = (
    (re.compile(r"(?<![\w*\\])\*\*(?=\S)([^*]+)(?<=\S)\*\*(?![\w*])"), r"<b>\1</b>"),
    (re.compile(r"(?<![\w*\\])\*(?=\S)([^*]+)(?<=\S)\*(?![\w*])"), r"<i>\1</i>"),
    (re.compile(r"(?<!\\)\[([^][]+)\]\{\.nocase\}"), r'<span class="nocase">\1</span>'),
    (re.compile(r"(?<!\\)\[([^][]+)\]\{\.smallcaps\}"), r'<span style="font-variant:small-caps;">\1</span>'),
)


def from_markdown(text: str) -> str:
    """Emphasis as pandoc and Better BibTeX write it into CSL-YAML (`*Salmo*`) as the markup of CSL-JSON."""
    if "*" not in text and "]{." not in text:
        return text
    for pattern, tags in _MARKDOWN:
        text = pattern.sub(tags, text)
    return _ESCAPED.sub(r"\1", text)


def escaped_markdown(text: str) -> str:
    """A text with the markup of CSL-JSON, written so that `from_markdown` gives it back."""
    return text if from_markdown(text) == text else _SIGN.sub(r"\\\1", text)
