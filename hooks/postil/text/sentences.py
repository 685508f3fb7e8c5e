"""A paragraph → its sentences. A full stop after an abbreviation or an initial ends none."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Abbreviations that stand before other words of the same sentence, without their last full stop, in small letters.
_ABBREVIATIONS: dict[str, str] = {
    "en": "mr mrs ms dr prof rev fr gen col lt capt sgt maj adm gov sen rep hon pres st mt ft no nos vol pp p ed eds "
    "v vs jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thurs fri sat sun approx ca cf e.g i.e "
    "fig figs ch sec art par al inc ltd co corp jr sr u.s u.k u.n a.m p.m b.c a.d",
    "de": "z.b z b d.h d h u.a u a o.ä bzw ca dr prof st nr vgl s bd hrsg hg abs art abb kap str jh jhd mio mrd sog "
    "inkl evtl ggf usw etc v.chr n.chr jan feb mär apr jun jul aug sep sept okt nov dez u.u i.d.r i d r",
    "fr": "m mm mme mmes mlle mlles dr pr me st ste p.ex p ex c.-à-d cf art al éd vol p pp n° env av apr j.-c janv "
    "févr juil sept oct nov déc",
    "es": "sr sra sres srta d dª dr dra prof ud uds p.ej p ej pág págs núm art vol cap ee.uu ee uu a.c d.c aprox av",
    "pt": "sr sra srs dr dra prof p.ex p ex pág págs núm n.º art vol cap av eua a.c d.c aprox",
    "it": "sig sigg dott prof pag pagg art vol cap n ca p.es a.c d.c",
    "nl": "dhr mevr dr prof bijv b.v d.w.z nr blz ca o.a m.b.t",
}  # fmt: skip
_KNOWN = {language: frozenset(words.split()) for language, words in _ABBREVIATIONS.items()}
_END = re.compile(r"[.!?…؟۔।]+(?:[ \u00a0\u202f]?»|[”’\"')\]])*(?=\s|\Z)|[。！？]+[」』”’）]*")
_LAST_WORD = re.compile(r"(?:[^\W\d_]+[.\-])*[^\W\d_]+\Z")
_MOST = 24  # code points of an abbreviation, with all its parts


def sentences(text: str, start: int, end: int, language: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence of a paragraph; together they are all of it.

    Args:
        text: the text.
        start: where the paragraph starts, code points.
        end: the offset behind it.
        language: a code of ISO 639-1; in a language that is not known here only initials are no ends.
    """
    first = start
    for match in _END.finditer(text, start, end):
        if not _ends_nothing(text, first, match, end, language):
            yield first, match.end()
            first = match.end()
    if text[first:end].strip():
        yield first, end


def _ends_nothing(text: str, first: int, match: re.Match[str], end: int, language: str) -> bool:
    """Whether a full stop belongs to the word before it."""
    following = text[match.end() : match.end() + 3].lstrip()
    if following[:1].islower() or not following or match.end() >= end:
        return bool(following) and match.end() < end
    if match[0] != ".":
        return False
    word = _LAST_WORD.search(text, max(first, match.start() - _MOST), match.start())
    if word is None:
        return language == "de" and text[match.start() - 1 : match.start()].isdigit()  # "am 3. Mai"
    known = _KNOWN.get(language, _KNOWN["en"] if not language else frozenset())
    is_initial = len(word[0]) == 1 and word[0].isupper()
    return is_initial or word[0].lower() in known or (len(word[0]) > 1 and "." in word[0] and word[0][-2] == ".")
