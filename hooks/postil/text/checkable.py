"""What in a sentence can be checked: figures, dates, names, quotations, as far as its language has rules for them."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from postil.text.dates import dated
from postil.text.languages import days
from postil.text.number_words import COUNTED, NO_NUMBER

KINDS = ("quotation", "date", "figure", "name")

_WITHOUT_CAPITALS = frozenset("ar fa he hi ja ko th lo km zh".split())
_NOUNS_WITH_CAPITALS = frozenset(["de"])
_SPACELESS = frozenset(["zh", "ja"])

_QUOTATION = re.compile(
    '“[^”\n]+”|„[^“”\n]+[“”]|”[^”\n]+”|«[^»\n]+»|‹[^›\n]+›|「[^」\n]+」|『[^』\n]+』|"[^"\n]+"|(?<!\\w)‘[^’\n]+’(?!\\w)'
)
_MONEY = "[$€£¥₹₽₩₪¢]"
_SMALL = "of|the|al|bin|ibn|de|del|della|di|du|des|da|do|dos|van|von|der|den|zu|la|le|y|и|і"


@cache
def unseen(language: str) -> tuple[str, ...]:
    """What the rules do not see in a language: of "number_word", "date", "name"; figures, quotations are always seen.

    Args:
        language: a code of ISO 639-1, or "und" for one that is not known.
    """
    found = [] if language in COUNTED else ["number_word"]
    found += [] if days(language) else ["date"]
    found += ["name"] if language in _WITHOUT_CAPITALS | _NOUNS_WITH_CAPITALS else []
    return tuple(found)


def checkable(sentence: str, language: str) -> list[tuple[str, int, int]]:
    """What can be checked in a sentence: kind, start, end (code points), in order; no two overlap.

    A date is no figure, what stands in quotation marks is a quotation, the first word of a sentence no name.
    """
    found: list[tuple[str, int, int]] = []
    taken = bytearray(len(sentence))
    patterns = {"quotation": _QUOTATION, "date": dated(language), "figure": _figures(language)}
    if "name" not in unseen(language):
        patterns["name"] = _names()
    first = re.match(r"\W*\w+", sentence)
    for kind, pattern in patterns.items():
        for match in pattern.finditer(sentence):
            if match.lastgroup == "nothing":
                continue
            start, end = match.span()
            if kind == "name" and first and start < first.end() and not match[0].startswith(".", 1):
                # The first word of a sentence has a capital in any case; what follows it may be a name.
                rest = pattern.search(sentence, first.end() + 1, end)
                if rest is None:
                    continue
                start = rest.start()
            if taken.find(1, start, end) < 0:
                taken[start:end] = b"\1" * (end - start)
                found.append((kind, start, end))
    return sorted(found, key=lambda item: item[1])


def _signs(end: int, *categories: str) -> str:
    """The characters below a code point that are of some categories of Unicode."""
    return "".join(sign for sign in map(chr, range(0x21, end)) if unicodedata.category(sign) in categories)


@cache
def _names() -> re.Pattern[str]:
    """Words with a capital, with the small words between them."""
    capital = f"[{_signs(0x2000, 'Lu', 'Lt')}]"
    part = rf"(?:(?:{capital}\.){{2,}}|(?:St|Ste|{capital})\.(?= {capital})|{capital}[\w’'-]*)"
    return re.compile(rf"(?<!\w){part}(?: (?:(?:{_SMALL}) )?{part})*")


@cache
def _figures(language: str) -> re.Pattern[str]:
    """Digits of any script, and the number words of a language."""
    parts = [f"(?P<nothing>{NO_NUMBER[language]})"] if language in NO_NUMBER else []
    sign = f"[{_signs(0x3400, 'No', 'Nl')}]"
    digits = rf"\d{{1,3}}(?:[\u00a0\u202f ']\d{{3}})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,’']\d+)*{sign}?|{sign}+"
    parts += [rf"(?:{_MONEY}\s?)?(?:{digits})(?:\s?[%‰]|\s?{_MONEY})?"]
    if words := COUNTED.get(language):
        parts += [words if language in _SPACELESS else rf"(?<!\w)(?:{words})(?!\w)"]
    return re.compile("|".join(parts), re.IGNORECASE)
