"""Straight quotation marks, apostrophes and primes → those that the language of the text has."""

from __future__ import annotations

import re

from postil.text import markup
from postil.text.languages import language_of

# Opening and closing, outer and inner; a space in them stands between the mark and the words.
_MARKS = {
    "de": ("„", "“", "‚", "‘"),
    "fr": ("«\u00a0", "\u00a0»", "“", "”"),
    "es": ("«", "»", "“", "”"),
    "it": ("«", "»", "“", "”"),
    "ru": ("«", "»", "„", "“"),
    "uk": ("«", "»", "„", "“"),
    "ar": ("«", "»", "“", "”"),
    "fa": ("«", "»", "“", "”"),
    "el": ("«", "»", "“", "”"),
    "pl": ("„", "”", "«", "»"),
    "ja": ("「", "」", "『", "』"),
}
_ENGLISH = ("“", "”", "‘", "’")
_STARTS = frozenset(" \t\n([{—–-/\u00a0„“‘‚«‹「『")
# Words that have lost their beginning, and years that have: ’tis, ’bout, ’n’, ’99.
_ELISION = re.compile(
    r"(?:\d\ds?|tis|twas|twere|twill|em|til|till|cause|bout|round|neath|gainst|cos|n|kay|scuse|fraid|specially)\b"
    r"(?!['’]\w)",
    re.IGNORECASE,
)
_FEET = re.compile(r"\d(?=[\"'])")


def marks_of(language: str) -> tuple[str, str, str, str]:
    """The quotation marks of a language: opening and closing, then those inside of others."""
    return _MARKS.get(language, _ENGLISH)


def curled(html: str, language: str = "") -> str:
    """HTML whose straight quotation marks and apostrophes are typographic ones, code left out.

    Args:
        html: a fragment, or a text without elements.
        language: a code of ISO 639-1; without one that of the text.
    """
    language = language or language_of(re.sub("<[^>]*>", " ", html), "en")
    curler = _Curler(marks_of(language))
    parts: list[str] = []
    position, in_code = 0, 0
    for token in markup.TOKEN.finditer(html):
        text = html[position : token.start()]
        parts += [text if in_code else curler.curled(text), token[0]]
        position = token.end()
        close, name, _ = token.groups()
        if name and name.lower() in ("code", "pre"):
            in_code = max(0, in_code + (-1 if close else 1))
        if name and name.lower() in markup.BLOCKS | {"br"}:
            curler.new_block()
    return "".join([*parts, curler.curled(html[position:])])


class _Curler:
    """Goes through the texts of a fragment; knows what stood before, and which quotations are open."""

    def __init__(self, marks: tuple[str, str, str, str]) -> None:
        self._marks = marks
        self._is_spaceless = marks[0] == "「"  # no space tells where a quotation begins
        self._before = " "
        self._open: list[str] = []  # the straight marks of the open quotations

    def new_block(self) -> None:
        """A paragraph begins: no quotation goes on into it."""
        self._before = " "
        self._open.clear()

    def curled(self, text: str) -> str:
        """One text between two tags."""
        text = text.replace("&quot;", '"').replace("&#39;", "'").replace("&#x27;", "'")
        parts = []
        for number, sign in enumerate(text):
            written = self._sign(sign, text[number + 1 :][:40]) if sign in "\"'" else sign
            parts.append(written)
            self._before = written[-1:].replace("\u00a0", " ") if sign in "\"'" and written != sign else sign
        return "".join(parts)

    def _sign(self, sign: str, after: str) -> str:
        is_open = sign in self._open
        is_apart = self._before in _STARTS or (self._is_spaceless and not is_open)
        opens = is_apart and bool(after[:1].strip())
        if self._before.isdigit() and not is_open and (sign == '"' or after[:1].isdigit()):
            return "″" if sign == '"' else "′"  # 5′10″
        if sign == "'":
            if self._before.isalnum() and after[:1].isalnum():
                return "’"
            if _ELISION.match(after) and (opens or not is_open) and not self._before.isalnum():
                return "’"
            if not opens and not is_open:
                return "’"  # the soldiers’ bases, rock ’n’ roll
        if opens and not (is_open and sign == '"'):
            self._open.append(sign)
            return self._mark(len(self._open), sign, opening=True)
        if is_open:
            depth = len(self._open) - self._open[::-1].index(sign)
            del self._open[depth - 1 :]
            return self._mark(depth, sign, opening=False)
        return self._mark(1, sign, opening=False)

    def _mark(self, depth: int, sign: str, *, opening: bool) -> str:
        """Outer marks for the outermost quotation; in English single and double stay what they were."""
        is_inner = sign == "'" if self._marks == _ENGLISH else depth > 1
        return self._marks[(2 if is_inner else 0) + (not opening)]
