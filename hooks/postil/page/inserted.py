"""What was put into a page, packed: a build holds thousands of pages until its last file is written.

Most of a page's HTML is that of its notes, and a text of Python with one sign beyond Latin takes two bytes a sign.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import get_args

from postil.page.weave import Insertion, What, splice

_KINDS: tuple[What, ...] = get_args(What)
_CODES = {what: str(code) for code, what in enumerate(_KINDS)}


@dataclass(frozen=True, slots=True)
class Inserted:
    """Insertions in the order of their offsets.

    Attributes:
        packed: deflated UTF-8: a line with four numbers for each (its offset in the fragment, the code points of its
            HTML, what it is, its note's number), then the HTML of all.
    """

    packed: bytes = b""

    @classmethod
    def of(cls, insertions: Iterable[Insertion]) -> Inserted:
        """Pack insertions."""
        given = list(insertions)
        if not given:
            return cls()
        places = " ".join(f"{one.offset} {len(one.html)} {_CODES[one.what]} {one.number}" for one in given)
        text = f"{places}\n{''.join(one.html for one in given)}"
        return cls(zlib.compress(text.encode("utf-8", "surrogatepass"), 1))

    def unpacked(self) -> list[Insertion]:
        """The insertions."""
        return _unpacked(self.packed) if self.packed else []

    def offsets(self, kinds: tuple[What, ...]) -> tuple[int, ...]:
        """Where in the fragment those of some kinds stand."""
        return _offsets(self.packed, kinds) if self.packed else ()


@lru_cache(maxsize=2)  # asked for each note of a page
def _offsets(packed: bytes, kinds: tuple[What, ...]) -> tuple[int, ...]:
    return tuple(one.offset for one in _unpacked(packed) if one.what in kinds)


@lru_cache(maxsize=2)  # a page is asked for several times in a row
def spliced(source: str, inserted: Inserted) -> str:
    """A fragment with what was put into it."""
    return splice(source, inserted.unpacked())


def _unpacked(packed: bytes) -> list[Insertion]:
    text = zlib.decompress(packed).decode("utf-8", "surrogatepass")
    start = text.index("\n") + 1
    numbers = iter(map(int, text[: start - 1].split(" ")))
    found = []
    for offset, length, code, number in zip(numbers, numbers, numbers, numbers, strict=True):
        found.append(Insertion(offset, text[start : start + length], _KINDS[code], number))
        start += length
    return found
