"""A text as words: comparable, each with its place, and as one character a word, so that fast code compares them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cached_property

from postil.text.anchor import Span
from postil.text.normalizing import levelled
from postil.text.sentences import sentences

# Scripts that have no spaces between words: Thai, Lao, Burmese, Khmer, Chinese, Japanese. There each letter with its
# marks is a word, and digits and letters of other scripts between them are words of their own.
SPACELESS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f"
    "\U00020000-\U0003ffff"
)
_DIGITS = "\u0e50-\u0e59\u0ed0-\u0ed9\u1040-\u1049\u17e0-\u17e9"  # of these scripts
_MARKS = "".join(sign for sign in map(chr, range(0xE00, 0x1800)) if unicodedata.category(sign) in ("Mn", "Mc"))
# What stands above or below a letter without being one, such as the vowel signs of Arabic and Hebrew.
_SIGNS = "".join(sign for sign in map(chr, range(0x300, 0xE00)) if unicodedata.category(sign) in ("Mn", "Mc"))
_LETTER = rf"[^\W_{SPACELESS}]"
WORD = re.compile(rf"[{_DIGITS}]+|[{SPACELESS}][{_MARKS}]*|{_LETTER}(?:{_LETTER}+|[{_SIGNS}]+)*|[^\s]")
_FIRST_CODE = 0x100
_SURROGATES = range(0xD800, 0xE000)
_CODES = 0x100000  # a text with more different words than this has some taken for the same


class Sentences:
    """The sentences of a text, each with its place; those that it has once are known by their words."""

    def __init__(self, text: str) -> None:
        self.spans: list[Span] = []
        start = 0
        for line in text.split("\n"):
            if line.strip():
                self.spans += [Span(*ends) for ends in sentences(text, start, start + len(line), "")]
            start += len(line) + 1
        self.words = [" ".join(text[span.start : span.end].split()) for span in self.spans]
        self._numbers: dict[str, list[int]] = {}
        for number, words in enumerate(self.words):
            self._numbers.setdefault(words, []).append(number)

    def only(self, words: str) -> int | None:
        """The number of the sentence with these words, where there is exactly one."""
        numbers = self._numbers.get(words, [])
        return numbers[0] if len(numbers) == 1 else None


class Tokens:
    """A text and its words.

    Args:
        text: any text; offsets are code points.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.plain = levelled(text)

    @cached_property
    def sentences(self) -> Sentences:
        """Its sentences; they need the lines and capitals that `plain` has not."""
        return Sentences(self.text)

    @cached_property
    def words(self) -> list[tuple[int, int]]:
        """Start and end of each word; punctuation marks are words, too."""
        return [match.span() for match in WORD.finditer(self.plain)]

    @cached_property
    def keys(self) -> list[str]:
        """Each word in the form in which words are compared."""
        plain = self.plain
        return [plain[start:end] for start, end in self.words]

    @cached_property
    def starts(self) -> list[int]:
        """Where each word starts."""
        return [start for start, _ in self.words]

    @cached_property
    def ends(self) -> list[int]:
        """Where each word ends."""
        return [end for _, end in self.words]


def encoded(*texts: Sequence[str]) -> list[str]:
    """Lists of words as strings of one character a word; the same word is the same character in all of them."""
    codes: dict[str, str] = {}
    result = []
    for words in texts:
        for word in words:
            if word not in codes:
                number = _FIRST_CODE + len(codes) % _CODES
                codes[word] = chr(number if number < _SURROGATES.start else number + len(_SURROGATES))
        result.append("".join(map(codes.__getitem__, words)))
    return result
