r"""A quote that goes over formulas, as a browser has set them → its place in a text that has their sources.

`E=mc^2` in the source is read as E=mc², in the letters of mathematics, with spaces of its own, or twice, once for
screen readers. So only letters and figures are compared; what a command of TeX is read as nobody can tell (`\alpha`,
`\frac`): there a few may stand. The words beside a formula must be those of the text, to the letter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from postil.text.anchor import Span
from postil.text.atoms import Atom

MOST = 6  # formulas in one quote
FEWEST = 6  # letters and figures of words beside formulas
_COMMAND = re.compile(r"\\[a-zA-Z]+")


def place(quote: str, text: str, atoms: Sequence[Atom]) -> Span | None:
    """The one place of a quote that has formulas in it; None where there is none, or several.

    Args:
        quote: the words as they were copied.
        text: the reading text of the article, in which a formula is its source.
        atoms: of the text.
    """
    wanted = "".join(sign for sign, _ in _letters(quote, 0))
    formulas = [atom for atom in atoms if atom.base == atom.start < atom.end]
    found = {span for at in range(len(formulas)) for span in _from(at, formulas, text, wanted)} if wanted else set()
    return found.pop() if len(found) == 1 else None


def _from(at: int, formulas: Sequence[Atom], text: str, wanted: str) -> Iterator[Span]:
    """The places of quotes of which this formula is the first."""
    line = text.rfind("\n", 0, formulas[at].start) + 1
    stop = text.find("\n", formulas[at].end)
    stop = stop if stop >= 0 else len(text)
    if at and formulas[at - 1].end > line:
        line = formulas[at - 1].end
    before = list(_letters(text[line : formulas[at].start], line))
    heads = [size for size in range(len(before) + 1) if wanted.startswith(_signs(before[len(before) - size :]))]
    pattern, between = "", 0
    for last in range(at, min(at + MOST, len(formulas))):
        one = formulas[last]
        if one.start >= stop:
            return
        if last > at:
            words = _signs(list(_letters(text[formulas[last - 1].end : one.start], 0)))
            pattern, between = pattern + re.escape(words), between + len(words)
        pattern += _as_read(text[one.start : one.end])
        end = min(stop, formulas[last + 1].start) if last + 1 < len(formulas) else stop
        after = list(_letters(text[one.end : end], one.end))
        tails = [size for size in range(len(after) + 1) if wanted.endswith(_signs(after[:size]))]
        for head in heads:
            for tail in tails:
                if head + between + tail >= FEWEST and re.fullmatch(pattern, wanted[head : len(wanted) - tail]):
                    start = before[len(before) - head][1] if head else formulas[at].start
                    yield Span(start, after[tail - 1][1] + 1 if tail else one.end)


def _letters(text: str, offset: int) -> Iterator[tuple[str, int]]:
    """Letters and figures of a text as they are typed, small, each with its place."""
    for number, sign in enumerate(text, offset):
        for part in unicodedata.normalize("NFKC", sign).casefold():
            if part.isalnum():
                yield part, number


def _signs(letters: Sequence[tuple[str, int]]) -> str:
    return "".join(sign for sign, _ in letters)


def _as_read(source: str) -> str:
    """A pattern for what a reader may find in the place of a formula: it, its source, or several of them."""
    plain = _signs(list(_letters(source, 0)))
    parts = _COMMAND.split(source)
    read = ".{0,6}".join(re.escape(_signs(list(_letters(part, 0)))) for part in parts)
    return f"(?:{read}|{re.escape(plain)}){{1,3}}"
