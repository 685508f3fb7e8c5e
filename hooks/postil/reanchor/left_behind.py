"""Whether unchanged words are a copy: the passage itself was rewritten where it stood, and they stand elsewhere.

A difference of two texts follows the words. In a short text that is not enough: who rewrites a sentence and repeats its
old words further down has changed what the note is about.
"""

from __future__ import annotations

from rapidfuzz import fuzz

from postil.reanchor.alignment import Alignment
from postil.text.anchor import Span

_ALIKE = 50  # of 100: a sentence at the old place that is as alike may be the old one, rewritten


def left_behind(alignment: Alignment, place: Span, found: Span) -> bool:
    """Whether the sentences beside the old place now stand beside another one, which is much like the passage.

    Args:
        alignment: of the old text and the new one.
        place: of the passage in the old text, code points.
        found: where its words are in the new text.
    """
    old, new = alignment.old.sentences, alignment.new.sentences
    here = [number for number, span in enumerate(old.spans) if span.start < place.end and place.start < span.end]
    there = {number for number, span in enumerate(new.spans) if span.start < found.end and found.start < span.end}
    if not here or not there:
        return False
    pointed = []
    for neighbour, step in ((here[0] - 1, 1), (here[-1] + 1, -1)):
        number = new.only(old.words[neighbour]) if 0 <= neighbour < len(old.words) else None
        if number is not None and old.only(old.words[neighbour]) is not None:
            pointed.append(number + step)
    if not pointed or not all(0 <= number < len(new.words) for number in pointed) or there & {*pointed}:
        return False
    words = " ".join(old.words[number] for number in here)
    return all(old.only(new.words[number]) is None and _is_alike(words, new.words[number]) for number in pointed)


def _is_alike(one: str, other: str) -> bool:
    return fuzz.ratio(one, other) >= _ALIKE
