"""The case of titles (CSL 1.0.2, Text-case), over signs that are no letters: marks, brackets, hidden markup.

citeproc-py changes the first sign of a word, whatever it is, so that a word in italics or quotation marks kept its
small letter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_VERSUS = ("v", "vs")  # between two parties, always small
_STOP_WORDS = frozenset(
    "a an and as at but by down for from in into nor of on onto or over so the till to up via with yet v vs".split()
)
_NO_WORD = re.compile(r"^[^\w]+|[^\w]+$")
_ENDS = re.compile(r"[:.?!—][^\w:.?!—]*$")  # behind it a new part of a title begins
_OPENS = re.compile(r"^[^\w]*[“‘«„]")  # and so does what is quoted
_LETTER = re.compile(r"[^\W_]")
_WORD = re.compile("[^\\W_]|[\U000f0000-\U000ffffd]")  # hidden is what keeps its case, too


def cased(text: str, how: str) -> str:
    """A text in the case that a style asks for.

    Args:
        text: with private characters for markup; white space becomes one space.
        how: `capitalize-first`, `capitalize-all`, `sentence` or `title`.
    """
    words = text.split()
    if how == "capitalize-all":
        return " ".join(word if _NO_WORD.sub("", word) in _VERSUS else _capitalized(word) for word in words)
    if how == "title":
        return " ".join(_in_title(words, number) for number in range(len(words)))
    if how == "sentence" and not text.isupper():
        words = [word if word.isupper() else word.lower() for word in words]
    first = next((number for number, word in enumerate(words) if _WORD.search(word)), 0)
    return " ".join(_capitalized(word) if number == first else word for number, word in enumerate(words))


def _in_title(words: Sequence[str], number: int) -> str:
    """A word of a title in title case: small letters only in small words that neither begin nor end a part."""
    word = words[number]
    if not word.islower():
        return word
    begins = not any(map(_WORD.search, words[:number])) or _ENDS.search(words[number - 1]) or _OPENS.search(word)
    is_small = _NO_WORD.sub("", word) in _STOP_WORDS
    return word if is_small and not begins and number < len(words) - 1 else _capitalized(word)


def _capitalized(word: str) -> str:
    """A word with a capital letter; one that begins with a figure stays as it is."""
    found = _LETTER.search(word)
    return word[: found.start()] + found[0].upper() + word[found.end() :] if found else word
