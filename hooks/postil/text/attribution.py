"""Whether a passage tells what somebody said: by the words with which a language reports speech."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache

from postil.text.anchor import Span

_WORDS = {
    "en": (
        r"says?|said|saying|tells?|told|[Aa]ccording to|announce[sd]?|claims?|claimed|argue[sd]?|state[sd]|"
        r"explain(?:s|ed)|"
        r"warn(?:s|ed)|concede[sd]?|add(?:s|ed)|insist(?:s|ed)?|den(?:y|ies|ied)|predict(?:s|ed)|forecast|"
        r"[Ii]n (?:his|her|their) view|[Aa]s (?:he|she|they|the \w+) sees? it"
    ),
    "ar": (
        r"قال(?:ت|وا)?|يقول(?:ون)?|تقول|صرّ?ح(?:ت)?|أعلن(?:ت)?|أكّ?د(?:ت)?|ذكر(?:ت)?|أضاف(?:ت)?|أوضح(?:ت)?|زعم(?:ت)?|"
        r"بحسب|وفق[اًا]* ?ل|على حد قول|نفى|نفت"
    ),
}
_END = re.compile(r"[.!?؟…][”’»\")]*(?=\s|$)|\n")


def is_attributed(text: str, span: Span, language: str) -> bool:
    """Whether the sentences in which a passage stands report what somebody said.

    Args:
        text: the reading text of the article.
        span: the passage, code points.
        language: of the article, a BCP 47 tag; of a language that is not known here nothing is said.
    """
    words = _WORDS.get(language.partition("-")[0])
    if words is None:
        return False
    ends = _ends(text)
    before, behind = bisect_right(ends, span.start), bisect_left(ends, span.end)
    start = ends[before - 1] if before else 0
    end = ends[behind] if behind < len(ends) else len(text)
    return re.search(rf"\b(?:{words})\b", text[start:end]) is not None


@lru_cache(2)  # all passages of an article are asked for one after the other
def _ends(text: str) -> list[int]:
    """Where the sentences of a text end, in order."""
    return [match.end() for match in _END.finditer(text)]
