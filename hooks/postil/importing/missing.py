"""What of an article has not come in: its words and figures compared with those of the result, sentence by sentence."""

from __future__ import annotations

import re

from rapidfuzz.distance import LCSseq

from postil.model.cutting import shortened
from postil.reanchor.words import SPACELESS, encoded
from postil.text.languages import language_of
from postil.text.normalizing import fold
from postil.text.sentences import sentences

_LETTER = rf"[^\W{SPACELESS}]"
_WORD = re.compile(rf"[{SPACELESS}]|{_LETTER}+(?:[.,:/'-]{_LETTER}+)*")
_MAX_CELLS = 2_000_000_000  # longer texts are compared by which words they have, not by their order


def missing(source: str, result: str) -> list[str]:
    """Compare two texts.

    Args:
        source: the words of an article where it comes from, a paragraph a line.
        result: the words of the article as it was written.

    Returns:
        A line for each sentence of which words or figures are missing: the words, and where.
    """
    language = language_of(source, "en")
    found = []
    wanted: list[str] = []
    spans: list[tuple[str, int, int]] = []
    for line in re.finditer(r"[^\n]+", source):
        for first, last in sentences(source, line.start(), line.end(), language):
            words = _words(source[first:last])
            spans.append((source[first:last].strip(), len(wanted), len(wanted) + len(words)))
            wanted += words
    there = _words(result)
    kept = _kept(wanted, there)
    for sentence, first, last in spans:
        lost = [wanted[number] for number in range(first, last) if not kept[number]]
        if not lost:
            continue
        if len(lost) == last - first:
            found.append(f"missing: “{shortened(sentence, 160)}”")
        else:
            told = ", ".join(f"“{word}”" for word in lost[:8]) + (" …" if len(lost) > 8 else "")
            found.append(f"missing {told} of “{shortened(sentence, 120)}”")
    return found


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text).text.lower())


def _kept(wanted: list[str], there: list[str]) -> list[bool]:
    """For each word whether it is there, in order; a word that has only moved is there, too."""
    kept = [False] * len(wanted)
    taken = [False] * len(there)
    if len(wanted) * len(there) <= _MAX_CELLS:
        for block in LCSseq.opcodes(*encoded(wanted, there)):
            if block.tag == "equal":
                for step in range(block.src_end - block.src_start):
                    kept[block.src_start + step] = taken[block.dest_start + step] = True
    left: dict[str, int] = {}
    for number, word in enumerate(there):
        if not taken[number]:
            left[word] = left.get(word, 0) + 1
    for number, word in enumerate(wanted):
        if not kept[number] and left.get(word):
            left[word] -= 1
            kept[number] = True
    return kept
