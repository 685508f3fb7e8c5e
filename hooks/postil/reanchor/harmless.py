"""Whether a passage may be written anew without asking: only where what has changed changes nothing that is claimed.

A note was written, and its verdict given, for the old words. An editor is asked where a word at either end of the
passage has lost its counterpart, and where a figure, a number word, a unit, a date, a name, a negation, a quotation or
a modal has changed, come or gone. Figures, names with capitals, quotations and units are seen in every
language; for the rest there are words by language (`telling_words`). In a language without such words every changed
word is asked about.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from rapidfuzz.distance import LCSseq

from postil.reanchor.telling_words import FIRST_WORDS, MODALS, NEGATIONS, TIMES
from postil.reanchor.words import SPACELESS, WORD, encoded
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
_QUOTATION = re.compile(
    "“[^”\n]*(?:”|\\Z|(?=\n))|„[^“”\n]*(?:[“”]|\\Z|(?=\n))|«[^»\n]*(?:»|\\Z|(?=\n))|”[^”\n]*”|「[^」\n]*(?:」|\\Z|(?=\n))"
    '|『[^』\n]*(?:』|\\Z|(?=\n))|"[^"\n]*(?:"|\\Z|(?=\n))|(?<!\\w)‘[^’\n]*(?:’(?!\\w)|\\Z|(?=\n))'
)
_SAID = re.compile(r"\w+|[?!？！؟¿¡]")  # what counts in a quotation; its commas go to either side of the marks
_STOPS = tuple(".!?…:;。！？：；؟۔।")
_BLOCK = 2_000  # code points on either side in which a quotation may begin or end


@dataclass(frozen=True)
class Change:
    """Something in a passage that an editor must look at.

    Attributes:
        kind: "end" (words at an end without counterpart), "figure", "number", "unit", "date", "name", "negation",
            "quotation", "modal", "word" (any, in a language without rules).
        old: the words that were there; empty where there were none.
        new: the words that are there now.
    """

    kind: str
    old: str
    new: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.old or '–'} → {self.new or '–'}"


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
class _Mark:
    kind: str
    key: str
    words: str


def telling_changes(old: Passage, new: Passage, language: str, common: frozenset[str]) -> tuple[Change, ...]:
    """What an editor must look at before the new words of a passage are written for the old ones.

    Args:
        old: the passage as it was.
        new: the passage as it is.
        language: of the text, a code of ISO 639-1; "" where it is too short to tell: then the words of all languages
            count; any other without rules makes every changed word count.
        common: words that the text has in small letters: at the start of a sentence they are no names.

    Returns:
        Nothing where the change is harmless.
    """
    if fold(old.words).text == fold(new.words).text:
        return ()
    found = [*_ends(old.words, new.words), *_open_end(old, new), *_quotations(old, new)]
    marks = _named(_marks(old, language, common), _marks(new, language, common))
    for kinds in (("figure", "number", "unit"), ("date",), ("name",), ("negation",), ("modal",)):
        here = [mark for mark in marks[0] if mark.kind in kinds]
        there = [mark for mark in marks[1] if mark.kind in kinds]
        found += _differences(here, there)
    if not found and language not in RULED and language:
        words = [[_Mark("word", word, word) for word in _words(passage.words)] for passage in (old, new)]
        found += _differences(*words)
    return tuple(found)


def small_words(text: str) -> frozenset[str]:
    """The words that a text has in small letters."""
    return frozenset(word for word in re.findall(r"(?<!\w)[^\W\d_]+", text) if word.islower())


def _words(text: str) -> list[str]:
    """The words of a passage in small letters, without punctuation marks."""
    return [word for word in WORD.findall(fold(text).text.lower()) if word[0].isalnum()]


def _ends(old: str, new: str) -> Iterator[Change]:
    """Words at the ends of the old passage in whose place there are fewer, or none."""
    here, there = _words(old), _words(new)
    blocks = [block for block in LCSseq.opcodes(*encoded(here, there)) if block.tag == "equal"]
    if not blocks:
        yield Change("end", " ".join(here), " ".join(there))
        return
    first, last = blocks[0], blocks[-1]
    if first.src_start > first.dest_start:
        yield Change("end", " ".join(here[: first.src_start]), " ".join(there[: first.dest_start]))
    if len(here) - last.src_end > len(there) - last.dest_end:
        yield Change("end", " ".join(here[last.src_end :]), " ".join(there[last.dest_end :]))


def _open_end(old: Passage, new: Passage) -> Iterator[Change]:
    """A sentence that the old passage ended and the new one does not: it goes on in words that nobody has seen."""
    mark = old.words.rstrip()[-1:]
    if mark in _STOPS and new.words.rstrip()[-1:] not in _STOPS and new.after.lstrip()[:1] not in _STOPS:
        following = new.after.split()
        yield Change("end", mark, " ".join(following[:3]) + (" …" if len(following) > 3 else ""))


def _quotations(old: Passage, new: Passage) -> Iterator[Change]:
    """Words of a quotation that are others, and quotation marks that have come or gone."""
    here, there = ([fold(words).text.strip() for words in _quoted(passage)] for passage in (old, new))
    if [_SAID.findall(words) for words in here] != [_SAID.findall(words) for words in there]:
        yield Change("quotation", " … ".join(here), " … ".join(there))


def _quoted(passage: Passage) -> Iterator[str]:
    block = passage.before + passage.words + passage.after
    start, end = len(passage.before), len(passage.before) + len(passage.words)
    for match in _QUOTATION.finditer(block):
        if match.start() < end and start < match.end():
            yield block[max(start, match.start()) : min(end, match.end())]


def _differences(here: list[_Mark], there: list[_Mark]) -> Iterator[Change]:
    """What the one list has and the other has not, in order: 12 and 21 changed about are two changes."""
    old, new = encoded([f"{mark.kind} {mark.key}" for mark in here], [f"{mark.kind} {mark.key}" for mark in there])
    i = j = 0
    equal = [block for block in LCSseq.opcodes(old, new) if block.tag == "equal"]
    for i_end, j_end, i_next, j_next in [
        *((block.src_start, block.dest_start, block.src_end, block.dest_end) for block in equal),
        (len(here), len(there), 0, 0),
    ]:
        gone, come = here[i:i_end], there[j:j_end]
        if gone or come:
            kind = (gone or come)[0].kind
            yield Change(kind, " ".join(mark.words for mark in gone), " ".join(mark.words for mark in come))
        i, j = i_next, j_next


def _marks(passage: Passage, language: str, common: frozenset[str]) -> list[_Mark]:
    """Everything in a passage that must not change, in its order."""
    text = fold(passage.words).text.strip()
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
        key = re.sub(r"(?:'s?|[^\w]|_)+\Z", "", words) if kind in ("name", "first") else words.lower()
        found.append(_Mark(kind, _in_ascii(key) if kind == "figure" else key, words))
        is_amount = kind == "figure" and not _YEAR.match(words)
        if (is_amount or match.lastgroup == "number") and (unit := _NEXT_WORD.match(text, match.end())):
            found.append(_Mark("unit", unit[1].lower(), f"{unit[1]}"))
    return found


def _named(here: list[_Mark], there: list[_Mark]) -> tuple[list[_Mark], list[_Mark]]:
    """The marks of both sides; a first word of a sentence is a name there where it is one on the other side."""
    names = {mark.key for mark in (*here, *there) if mark.kind == "name"}

    def told(marks: list[_Mark]) -> list[_Mark]:
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
