"""Text as people type it: one fold more than `normalizing`, for words that were typed or copied from elsewhere.

Equal are compatibility forms (Unicode Annex 15: ligatures, full width, Roman numerals, the shapes of Arabic letters)
and the letters that they stand for, fractions and signs and what they are typed as, all signs that look like an
apostrophe; joiners, variation signs and tatweel count for nothing, nor does a space inside of quotation marks or
between two characters of Chinese or Japanese. Raised and lowered figures stay: 10⁶ is not 106.
"""

from __future__ import annotations

import re
import unicodedata

from postil.text.normalizing import Folded, composed, fold, plain

_APOSTROPHES = "`\u00b4\u02b9\u02bb\u02bd\u02be\u02bf\u02c8\u02ca\u02cb\u055a\u05f3\u2035\ua78c\uff07"
_QUOTATION_MARKS = "\u05f4\u301d\u301e\u301f\u2036\uff02"
# What the smart symbols of Markdown's extensions are typed as.
_SYMBOLS = {"\u00a9": "(c)", "\u00ae": "(r)", "\u2122": "(tm)", "\u00b1": "+/-", "\u2260": "=/="}
_SYMBOLS |= {"\u2192": "->", "\u2190": "<-", "\u2194": "<->"}
_UNSEEN = re.compile("[\u034f\u0640\u180b-\u180d\u200c\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_KEPT = frozenset({"<super>", "<sub>", "<circle>"})
_EAST_ASIAN = (
    "\u1100-\u115f\u2e80-\u303f\u3041-\u30ff\u3105-\u312f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\ufe30-\ufe4f\uff01-\uff60\uff65-\uff9f\U00020000-\U0003ffff"
)
_NO_SPACE = re.compile(rf' +(?=")|(?<=") +|(?<=[{_EAST_ASIAN}]) +(?=[{_EAST_ASIAN}])')


class _Typed(dict[str, str]):
    """What each character is typed as, looked up once."""

    def __missing__(self, sign: str) -> str:
        typed = self[sign] = _typed(sign)
        return typed


def _typed(sign: str) -> str:
    if sign in _APOSTROPHES:
        return "'"
    if sign in _QUOTATION_MARKS:
        return '"'
    if sign in _SYMBOLS or _UNSEEN.match(sign):
        return _SYMBOLS.get(sign, "")
    tag = unicodedata.decomposition(sign).partition(" ")[0]
    form = unicodedata.normalize("NFKC", sign)
    if not tag.startswith("<") or tag in _KEPT or form.startswith(" ") or sign == "\u2026":
        return sign
    form = form.replace("\u2044", "/")
    return plain(form).replace("`", "'")


_TYPED = _Typed()


def fold_typed(text: str) -> Folded:
    """Fold a text as `normalizing.fold` does, and then as people type it; every offset is in code points."""
    first = fold(text)
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    before = ""
    for place, sign in enumerate(first.text):
        typed = sign if " " <= sign <= "_" or "a" <= sign <= "~" else _TYPED[sign]
        if len(typed) > 1 and before.isdigit() and typed[0].isdigit():  # 1½ is 1 1/2
            typed = f" {typed}"
        elif not typed and ends:  # a variation sign goes with the sign before it
            ends[-1] = place + 1
        parts.append(typed)
        starts.extend([place] * len(typed))
        ends.extend([place + 1] * len(typed))
        before = sign
    return _without_spaces(composed(Folded("".join(parts), starts, ends))).of(first)


def _without_spaces(folded: Folded) -> Folded:
    text, starts, ends = folded
    if starts is None or ends is None:
        return folded
    kept: list[tuple[int, int]] = []
    position = 0
    for space in _NO_SPACE.finditer(text):
        kept.append((position, space.start()))
        position = space.end()
    kept.append((position, len(text)))
    return Folded(
        "".join(text[start:end] for start, end in kept),
        [offset for start, end in kept for offset in starts[start:end]],
        [offset for start, end in kept for offset in ends[start:end]],
    )
