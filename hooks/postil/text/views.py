"""The ways to look at one reading text for the words of a quote, each with the way back to the reading text."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from postil.text.atoms import Atom
from postil.text.normalizing import Folded, fold
from postil.text.occurring import Occurring

_FEW, _MOST_KEPT = 9, 20_000


class View:
    """One way to look at a text; places are spans of the folded text, code points.

    Args:
        text: the reading text.
        shown: the same as `as_shown` has it; None where the reading text itself is looked at.
        folding: what makes texts comparable.
    """

    def __init__(self, text: str, shown: Folded | None, folding: Callable[[str], Folded]) -> None:
        self.fold = folding
        self.is_of_reading_text = shown is None
        self.folded = folding(shown.text).of(shown) if shown else folding(text)
        self._occurring = Occurring(self.folded.text)
        self._found: dict[str, list[tuple[int, int]]] = {}  # an import asks three times for the same words

    @classmethod
    def others(cls, text: str, shown: Folded | None) -> list[View]:
        """Those that follow on the first."""
        from postil.text.typed import fold_typed  # nearly every quote is found by the first

        return [
            *([cls(text, None, fold)] if shown else []),
            cls(text, None, fold_typed),
            *([cls(text, shown, fold_typed)] if shown else []),
        ]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span of the reading text that a place came from."""
        return self.folded.original(start, end)

    def occurrences(self, quote: str) -> list[tuple[int, int]]:
        """The places of some words."""
        wanted = self.fold(quote).text.strip()
        if wanted in self._found:
            return self._found[wanted]
        places = [(start, start + len(wanted)) for start in self._occurring.starts(wanted)]
        if len(places) < _FEW and len(self._found) < _MOST_KEPT:
            self._found[wanted] = places
        return places

    def fitting(self, places: list[tuple[int, int]], prefix: str, suffix: str) -> list[tuple[int, int]]:
        """Those places that stand straight after one and before another text, white space aside."""
        text = self.folded.text
        before, after = self.fold(prefix).text.strip(), self.fold(suffix).text.strip()
        # A folded text has no two spaces in a row.
        return [
            (start, end)
            for start, end in places
            if (not before or text[max(0, start - len(before) - 1) : start].rstrip().endswith(before))
            and (not after or text[end : end + len(after) + 1].lstrip().startswith(after))
        ]

    def context(self, place: tuple[int, int], others: list[tuple[int, int]], most: int) -> tuple[str, str] | None:
        """The shortest prefix or suffix in whole words that one of some places has alone, and which of both it is."""
        text = self.folded.text
        start, end = place
        before, after = text[max(0, start - 200) : start].split(), text[end : end + 200].split()
        for count in range(1, most + 1):
            for key, words in (("prefix", before[-count:]), ("suffix", after[:count])):
                found = {"prefix": "", "suffix": "", key: " ".join(words)}
                if words and self.fitting(others, **found) == [place]:
                    return key, found[key]
        return None


def as_shown(text: str, atoms: Sequence[Atom]) -> Folded:
    """A reading text with what a reader finds in the place of its pictures, formulas and ruby text.

    Args:
        text: the reading text.
        atoms: its atoms, in order.
    """
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    position = 0
    for atom in [*atoms, Atom(len(text), len(text), "", len(text))]:
        parts += [text[position : atom.start], atom.shown]
        starts += [*range(position, atom.start), *[atom.base] * len(atom.shown)]
        ends += [*range(position + 1, atom.start + 1), *[atom.end] * len(atom.shown)]
        position = atom.end
    return Folded("".join(parts), starts, ends)
