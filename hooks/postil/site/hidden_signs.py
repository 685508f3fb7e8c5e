"""Signs and markup that a citation processor must neither change nor count, each as one private character.

Processors change the case of titles and cut names: `&amp;` would become `&AMP;`, and a tag a word.
"""

from __future__ import annotations

import re

from markupsafe import escape

from postil.model import rich_text

_FIRST = 0xF0000  # the first character for private use beyond the basic plane
_ALWAYS = ("&amp;", "&lt;", "&gt;")
# The signs that a style may write, too, for `str.translate`.
SIGNS = {ord(sign): chr(_FIRST + number) for number, sign in enumerate("&<>")}
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")  # which processors set as print does
_ESCAPED = re.compile("[&<>\"']")
_PRIVATE = re.compile("[\U000f0000-\U000ffffd]")


class HiddenSigns:
    """What is hidden in the texts of one list of references."""

    def __init__(self) -> None:
        self._html: list[str] = [*_ALWAYS]

    def hide(self, text: str) -> str:
        """A text with markup as plain text: each tag, each sign that HTML escapes and what keeps its case is hidden."""
        found: list[str] = []
        kept, depth = "", 0
        plain = _APOSTROPHE.sub("’", _PRIVATE.sub("", text))
        for sign, words in rich_text.pieces(plain):
            depth += sign if words == "nocase" else 0
            if sign and words == "nocase" and not depth:
                found.append(self._sign(kept))
                kept = ""
            elif depth:
                kept += rich_text.tag(sign, words) if sign else str(escape(words))
            elif sign:
                found.append(self._sign(rich_text.tag(sign, words)))
            else:
                found.append(_ESCAPED.sub(lambda one: self._sign(str(escape(one[0]))), words))
        return "".join(found)

    def shown(self, text: str) -> str:
        """What a processor has made of such texts, as HTML."""
        return _PRIVATE.sub(lambda found: self._html[ord(found[0]) - _FIRST], text)

    def _sign(self, html: str) -> str:
        """The character that stands for a piece of HTML."""
        if html not in self._html:
            self._html.append(html)
        return chr(_FIRST + self._html.index(html))
