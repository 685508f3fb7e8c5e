"""What in a passage an editor must look at where it is another: figures, units, dates, names, negations, modals."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache

from postil.reanchor.telling_words import FIRST_WORDS, MODALS, NEGATIONS, TIMES
from postil.reanchor.words import SPACELESS
from postil.text.anchor import Span
from postil.text.languages import days, months
from postil.text.normalizing import fold
from postil.text.number_words import COUNTED, COUNTED_OR_NOT, NO_NUMBER

RULED = frozenset(NEGATIONS)  # the languages for which there are words

_SPACELESS = frozenset(["zh", "ja"])
_NUMERIC = "".join(sign for sign in map(chr, range(0x80, 0x3400)) if unicodedata.category(sign) in ("No", "Nl"))
_FIGURE = rf"(?:(?<!\w)[-+±])?[\d{_NUMERIC}](?:[\d{_NUMERIC}.,:/'-]*[\d{_NUMERIC}])?"
_SYMBOL = r"[%‰°×÷<>≤≥=≠~≈±§+]|[$€£¥₹₽₩₪¢]"
_LETTER = rf"[^\W\d_{SPACELESS}]"
_NAME_WORD = rf"{_LETTER}(?:{_LETTER}|[\d_])*(?:['.-](?:{_LETTER}|[\d_])+)*"
_KATAKANA = "[\u30a1-\u30fa][\u30a1-\u30fc]+"
_YEAR = re.compile(r"(?:1\d|20)\d\d\Z")
_NEXT_WORD = re.compile(rf"[\s-]*([{SPACELESS}]|{_LETTER}+|[%‰°])")
_SENTENCE_START = re.compile(r"(?:\A|[.!?…:。！？؟\n])[\s\"'([*•–—-]*\Z")
_PERCENT = re.compile(
    r"(?<=\d)\s*(?:per ?cent|prozent|pour cent|por ciento|por cento|(?:بال|في ال)(?:مئة|مائة))(?!\w)", re.IGNORECASE
)
_SPELT = {"まえ": "前"}  # the same word in other signs
_BLOCK = 2_000  # code points on either side in which a quotation may begin or end


@dataclass(frozen=True)
class Passage:
    """Words and what stands around them, as far as it is known."""

    words: str
    before: str = ""
    after: str = ""

    @classmethod
    def of(cls, text: str, span: Span) -> Passage:
        """A passage of a text with the rest of its block."""
        before = text[max(0, span.start - _BLOCK) : span.start].rpartition("\n")[2]
        after = text[span.end : span.end + _BLOCK].partition("\n")[0]
        return cls(text[span.start : span.end], before, after)


@dataclass(frozen=True)
class Mark:
    """Something that must not change: its kind, by what it is compared, its words."""

    kind: str
    key: str
    words: str


def small_words(text: str) -> frozenset[str]:
    """The words that a text has in small letters."""
    return frozenset(word for word in re.findall(r"(?<!\w)[^\W\d_]+", text) if word.islower())


def marks_of(passage: Passage, language: str, common: frozenset[str]) -> list[Mark]:
    """Everything in a passage that must not change, in its order."""
    text = _PERCENT.sub("%", fold(passage.words).text.strip())
    before = fold(passage.before).text
    if language in ("fr", ""):
        text = re.sub(r"\bn'", "ne ", text, flags=re.IGNORECASE)
    if language in ("en", ""):
        text = _in_full(text)
    found = []
    for match in _pattern(language).finditer(text):
        kind, words = str(match.lastgroup), match[0]
        if kind == "word":
            kind = _kind_of(words, before + text[: match.start()], common)
        if kind in ("", "nothing"):
            continue
        kind = {"katakana": "name", "symbol": "unit"}.get(kind, kind.rstrip("_"))
        found.append(Mark(kind, _key(kind, words), words))
        is_amount = kind == "figure" and not _YEAR.match(words)
        if (is_amount or match.lastgroup == "number") and (unit := _NEXT_WORD.match(text, match.end())):
            found.append(Mark("unit", unit[1].lower(), f"{unit[1]}"))
    return found


def _key(kind: str, words: str) -> str:
    """By what words of a kind are compared: a name without hyphens in it, Wal-Mart as Walmart."""
    if kind in ("name", "first"):
        first, *more = re.sub(r"(?:'s?|[^\w]|_)+\Z", "", words).split("-")
        return first + "".join(more).lower() if more else first
    return _in_ascii(words) if kind == "figure" else _SPELT.get(words, words.lower())


def without_capitals(marks: list[Mark], words: str, other: str) -> list[Mark]:
    """The marks of one side without names that the other side has in small letters: only a capital has changed.

    Args:
        marks: of one side.
        words: of that side.
        other: the words of the other side.
    """
    here = Counter(mark.key for mark in marks if mark.kind == "name" and mark.key[1:].islower())
    if not here:
        return marks
    there = _counted(other)
    there.subtract({word: count for word, count in _counted(words).items() if word[:1].islower()})
    left = {key: max(0, count - there[key]) for key, count in here.items()}  # the other side has as many without
    found = []
    for mark in marks:
        small = mark.key[:1].lower() + mark.key[1:]
        if mark.kind == "name" and left.get(mark.key) and there[small] > 0:
            left[mark.key] -= 1
            there[small] -= 1
            continue
        found.append(mark)
    return found


def _counted(text: str) -> Counter[str]:
    return Counter(re.findall(r"(?<!\w)[^\W\d_]+", fold(text).text))


def named(here: list[Mark], there: list[Mark]) -> tuple[list[Mark], list[Mark]]:
    """The marks of both sides; a first word of a sentence is a name there where it is one on the other side."""
    names = {mark.key for mark in (*here, *there) if mark.kind == "name"}

    def told(marks: list[Mark]) -> list[Mark]:
        named = [replace(mark, kind="name") if mark.key in names else mark for mark in marks]
        return [
            one if mark.kind == "first" else mark for mark, one in zip(marks, named, strict=True) if one.kind != "first"
        ]

    return told(here), told(there)


def _in_full(text: str) -> str:
    """English in which "isn't" and "is not", "can't", "cannot" and "can not" are the same words."""
    for short, full in (("can't", "can not"), ("cannot", "can not"), ("won't", "will not"), ("shan't", "shall not")):
        text = re.sub(rf"\b{short}\b", full, text, flags=re.IGNORECASE)
    return re.sub(r"(?<=\w)n't\b", " not", text, flags=re.IGNORECASE)


def _in_ascii(figure: str) -> str:
    """A figure with the digits 0 to 9 in the place of those of other scripts."""
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in figure)


def _kind_of(word: str, before: str, common: frozenset[str]) -> str:
    """Of a word in no list: "name" where it has a capital, "first" where that is the sentence's, else nothing."""
    small = word.lower()
    if word == small:
        return ""
    is_common = word[1:] == small[1:] and (small.partition("'")[0] in common or small in FIRST_WORDS)
    return "first" if is_common and _SENTENCE_START.search(before) else "name"


def _dates(language: str) -> str:
    """The names of days and months; where months have numbers (Korean), the figures tell."""
    return "|".join(re.escape(name) for name in (*months(language), *days(language)) if not name[0].isdigit())


@cache
def _pattern(language: str) -> re.Pattern[str]:
    """What finds the words that must not change in a text of this language."""
    languages = [language] if language in RULED else sorted(RULED - _SPACELESS) if not language else []
    open_ended = language in _SPACELESS
    parts = [rf"(?P<nothing>{NO_NUMBER[language]})"] if language in NO_NUMBER else []
    parts += [f"(?P<figure>{_FIGURE})", f"(?P<symbol>{_SYMBOL})"]
    for kind, lists in (
        ("date", {name: _dates(name) for name in languages or [language]}),
        ("number", COUNTED),
        ("number_", COUNTED_OR_NOT),
        ("date_", TIMES),
        ("negation", NEGATIONS),
        ("modal", MODALS),
    ):
        words = "|".join(filter(None, (lists.get(name, "") for name in languages or [language])))
        if words:
            prefix = r"[وفبلك]*(?:ال)?" if kind in ("date", "number", "number_") and "ar" in languages else ""
            parts.append(f"(?P<{kind}>{words})" if open_ended else rf"(?<!\w){prefix}(?P<{kind}>{words})(?!\w)")
    parts += [rf"(?P<katakana>{_KATAKANA})", rf"(?P<word>{_NAME_WORD})"]
    return re.compile("|".join(parts), re.IGNORECASE)
