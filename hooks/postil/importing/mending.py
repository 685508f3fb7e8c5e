"""Text that was broken on its way → what was meant: encodings, lost quotation marks.

ftfy mends what the characters still tell. Where the characters U+0080 to U+009F were thrown away too, of each quotation
mark and dash only `â` is left, and what it was is a guess from its place, which is told.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field

from postil.model.cutting import shortened

# What is left of … € ‹ › ‰ ′ ″ without the characters U+0080 to U+009F.
_REMAINS = {"â¦": "…", "â¬": "€", "â¹": "‹", "âº": "›", "â°": "‰", "â²": "′", "â³": "″"}
# Where no letter â can be: before a capital at the start of a word, behind a full stop, alone, between digits.
_NO_LETTER = re.compile(r"(?<!\w)â(?=[A-Z])|(?<=[.,!?;:…])â|(?<!\S)â(?!\S)|(?<=\d)â(?=\d)")
_CONTRACTED = re.compile(r"(?:s|t|re|ve|ll|d|m)\b")
_CHARSET = re.compile(rb"""<meta[^>]+charset=["']?([\w-]+)""", re.IGNORECASE)
_STARTS = frozenset(" \t\n([{—–-“‘/\u00a0")


@dataclass
class Mended:
    """Text and what was done to it.

    Attributes:
        text: as it was meant.
        told: what was mended, a line each, for the author.
    """

    text: str
    told: list[str] = field(default_factory=list)


def decoded(content: bytes) -> Mended:
    """The text of a file whose encoding nobody has told, or only the file itself (`<meta charset>`).

    UTF-8 and UTF-16 are read as they are; all else is read as ftfy guesses, and that is told. No bytes raise an error.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Mended(content.decode("utf-16", "replace"))
    try:
        return Mended(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        pass
    if match := _CHARSET.search(content[:4096]):
        try:
            return Mended(content.decode(match[1].decode()))
        except (LookupError, UnicodeDecodeError):
            pass
    import ftfy  # whose tables take long to load

    text, encoding = ftfy.guess_bytes(content)
    return Mended(text, [f"not UTF-8; read as {encoding}"])


def mended(text: str) -> Mended:
    """The text with its encoding mended, and the guesses that this took."""
    import ftfy

    fixed = ftfy.fix_text(
        text,
        uncurl_quotes=False,
        unescape_html=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        normalization="NFC",
    )
    told = ["broken encoding mended"] if _changed(text, fixed) else []
    return _with_lost_signs(Mended(fixed, told))


def _changed(before: str, after: str) -> bool:
    """Whether more than line ends and controls are others."""
    return re.sub(r"[\s\x00-\x1f]+", "", before) != re.sub(r"[\s\x00-\x1f]+", "", after)


def _with_lost_signs(found: Mended) -> Mended:
    if not (_NO_LETTER.search(found.text) or any(remains in found.text for remains in _REMAINS)):
        return found
    text = found.text
    for remains, sign in _REMAINS.items():
        text = text.replace(remains, sign)
    lines = [_Line(line, number, found.told).mended() for number, line in enumerate(text.split("\n"), 1)]
    return Mended("\n".join(lines), found.told)


class _Line:
    """One line in which some `â` are what is left of quotation marks, apostrophes and dashes."""

    def __init__(self, line: str, number: int, told: list[str]) -> None:
        self.line = line
        self.number = number
        self.told = told
        self.opened: list[str] = []  # the marks that would close what is open

    def mended(self) -> str:
        done, position = "", 0
        for match in re.finditer("â", self.line):
            done += self.line[position : match.start()]
            before, after = self.line[: match.start()], self.line[match.end() :]
            sign = self._sign(done, after)
            words = f"…{before[-20:]}[â]{after[:20]}…"
            if sign is None:
                self.told.append(f"line {self.number}: a letter? left as it is: {shortened(words)}")
                sign = "â"
            else:
                self.told.append(f"line {self.number}: guessed {sign.strip()} in {shortened(words)}")
            done += sign
            position = match.end()
        return done + self.line[position:]

    def _sign(self, before: str, after: str) -> str | None:
        """What stood here; None where the letter may be meant."""
        last, first = before[-1:], after[:1].replace("â", "")
        if (not last or last.isspace()) and (not first or first.isspace()):
            return "–"
        if last.isdigit() and first.isdigit():
            return "–"
        if not last or last in _STARTS:
            return "’" if re.match(r"\d0s\b", after) else self._open()
        if last.isalpha() and first.isalpha():
            if _CONTRACTED.match(after) or re.search(r"(?<!\w)[ODLdl]$", before):
                return "’"
            return None
        if last.isalpha() or last.isdigit():
            return self._after_word(last, after)
        # Behind a full stop or the like; the space that should follow may be lost as well.
        if not self.opened and first.isupper():
            return f" {self._open()}"
        return f"{self._close()} " if first.isalpha() else self._close()

    def _after_word(self, last: str, after: str) -> str:
        """A mark that closes, or the apostrophe of a plural: the soldiers’ bases."""
        is_plural = last == "s" and re.match(r"\s+[a-z]", after)
        closes_later = re.search(r"(?:\w|[.,!?…])â(?!\w)", after)
        return "’" if is_plural and (not self.opened or closes_later) else self._close()

    def _open(self) -> str:
        opening, closing = ("‘", "’") if self.opened else ("“", "”")
        self.opened.append(closing)
        return opening

    def _close(self) -> str:
        return self.opened.pop() if self.opened else "”"
