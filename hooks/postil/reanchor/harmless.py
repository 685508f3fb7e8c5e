"""Whether a passage may be written anew without asking: only where what has changed changes nothing that is claimed.

A note was written, and its verdict given, for the old words. An editor is asked where a word at either end of the
passage has lost its counterpart, and where a figure, a number word, a unit, a date, a name, a negation, a quotation or
a modal has changed, come or gone. Figures, names with capitals, quotations and units are seen in every
language; for the rest there are words by language (`telling_words`). In a language without such words every changed
word is asked about. How a thing is written is none of it: "per cent" for %, Walmart for Wal-Mart, Chapter
for chapter, the capital at the head of a quotation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

from postil.reanchor.marks import RULED, Mark, Passage, marks_of, named, small_words, without_capitals
from postil.reanchor.words import WORD, encoded
from postil.text.normalizing import fold

__all__ = ["Change", "Passage", "small_words", "telling_changes"]

_QUOTATION = re.compile(
    "“[^”\n]*(?:”|\\Z|(?=\n))|„[^“”\n]*(?:[“”]|\\Z|(?=\n))|«[^»\n]*(?:»|\\Z|(?=\n))|”[^”\n]*”|「[^」\n]*(?:」|\\Z|(?=\n))"
    '|『[^』\n]*(?:』|\\Z|(?=\n))|"[^"\n]*(?:"|\\Z|(?=\n))|(?<!\\w)‘[^’\n]*(?:’(?!\\w)|\\Z|(?=\n))'
)
_SAID = re.compile(r"\w+|[?!？！؟¿¡]")  # what counts in a quotation; its commas go to either side of the marks
_STOPS = tuple(".!?…:;。！？：；؟۔।")


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
    marks = named(marks_of(old, language, common), marks_of(new, language, common))
    marks = without_capitals(marks[0], old.words, new.words), without_capitals(marks[1], new.words, old.words)
    for kinds in (("figure", "number", "unit"), ("date",), ("name",), ("negation",), ("modal",)):
        here = [mark for mark in marks[0] if mark.kind in kinds]
        there = [mark for mark in marks[1] if mark.kind in kinds]
        found += _differences(here, there)
    if not found and language not in RULED and language:
        words = [[Mark("word", word, word) for word in _words(passage.words)] for passage in (old, new)]
        found += _differences(*words)
    return tuple(found)


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
    if list(map(_said, here)) != list(map(_said, there)):
        yield Change("quotation", " … ".join(here), " … ".join(there))


def _said(words: str) -> list[str]:
    """What counts in a quotation; a capital that its first word has got or lost does not."""
    first, *more = _SAID.findall(words) or [""]
    return [first[:1].lower() + first[1:], *more]


def _quoted(passage: Passage) -> Iterator[str]:
    block = passage.before + passage.words + passage.after
    start, end = len(passage.before), len(passage.before) + len(passage.words)
    for match in _QUOTATION.finditer(block):
        if match.start() < end and start < match.end():
            yield block[max(start, match.start()) : min(end, match.end())]


def _differences(here: list[Mark], there: list[Mark]) -> Iterator[Change]:
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
