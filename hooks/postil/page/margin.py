"""The margin without scripts, estimated at build time: styles that chain note to note, and room below the text.

Scripts place the notes themselves (assets/notes/placing.js). Without them CSS does, and makes no article longer: where
the notes outrun the text only the build can leave room for them, so it estimates the heights of both. Lengths are in
rem, of the styles in assets/styles/.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

LINE_SIGNS = 66  # of the article
LINE = 1.44
BLOCK_GAP = 0.9
NOTE_SIGNS = 34  # of a line in a note, in the narrower margins of other sites
FIRST_SIGNS = 2 * NOTE_SIGNS  # of its text, which a note without a title shows at rest
NOTE_LINE = 0.86
NOTE_GAP = 0.5  # padding and the gap to the next
STEP = 4
MOST = 400
LONGEST = 100  # notes on a page; in a longer chain each change of one note takes the browser seconds


@dataclass(frozen=True)
class Sized:
    """A note as the margin sees it.

    Attributes:
        end: the end of its passage in the reading text, code points.
        brief: how many signs it shows at rest.
        full: how many signs it shows in full.
        blocks: how many paragraphs and lines of their own it has in full.
    """

    end: int
    brief: int
    full: int
    blocks: int

    def height(self, rests: bool) -> float:
        """The height in rem, with the gap to the next note."""
        if rests:
            return ceil(self.brief / NOTE_SIGNS) * NOTE_LINE + NOTE_GAP
        return (ceil(self.full / NOTE_SIGNS) + self.blocks) * NOTE_LINE + NOTE_GAP


def chain(count: int) -> str:
    """The styles that put note after note into the margin: at the height of its passage, below the note before it.

    Args:
        count: how many notes the page with the most of them has. One with more than LONGEST is left to floats.
    """
    rules = []
    note = ".md-typeset:not(:has(.postil-many)) .postil-note"
    count = min(count, LONGEST)
    for number in range(1, count + 1):
        before = f"calc(anchor(--postil-note-{number - 1} bottom, 0px) + var(--postil-step, .25rem))"
        below = before if number > 1 else "var(--postil-first, 0px)"
        if number > 2:
            # A chosen note leaves the chain (see margin.css), so that those below it stay about where they are.
            below += f",calc(anchor(--postil-note-{number - 2} bottom, 0px) + var(--postil-skip, 1.9rem))"
        rules.append(
            f'.postil-ref[data-number="{number}"]{{anchor-name:--postil-ref-{number}}}\n'
            f'{note}[data-number="{number}"]{{anchor-name:--postil-note-{number};'
            f"top:max(anchor(--postil-ref-{number} top, 0px),{below})}}"
        )
    links = "\n".join(_links(number) for number in range(1, count + 1))
    tails = (
        "\n".join(f".postil-tail-{size}{{height:{size}rem}}" for size in range(STEP, MOST + 1, STEP)) if count else ""
    )
    body = "\n".join(rules)
    wide = f"@media screen and (--wide){{@supports (anchor-name:--a){{\n{body}\n{tails}\n}}}}"
    return f"@media (scripting:none){{\n{links}\n{wide}\n}}\n"


def _links(number: int) -> str:
    """The styles by which passage and note of one number light up together."""
    this = f'[data-number="{number}"]'
    here = ":is(:hover,:focus-within,:focus-visible,:target)"
    return (
        f".md-typeset:has(:is(.postil-note,.postil-ref){this}{here}) .postil-passage{this},"
        f".md-typeset:has(.postil-passage{this}:hover) .postil-note{this}{{background-color:var(--postil-glow)}}"
    )


def arrange(text: str, notes: Sequence[Sized]) -> tuple[list[bool], int]:
    """Which notes rest, and how much room the margin needs below the text.

    A note is shown in full where it ends before the next one would begin; otherwise it rests.

    Args:
        text: the reading text of the article.
        notes: in their order.

    Returns:
        For each note whether it rests, and by how much the notes outrun the text, in rem, in steps of four.
    """
    breaks = [found.start() for found in re.finditer("\n", text)]

    def line(end: int) -> float:
        end = min(end, len(text))
        return ceil(end / LINE_SIGNS) * LINE + bisect_left(breaks, end) * BLOCK_GAP

    tops = [line(note.end) - LINE for note in notes]
    bottom = line(len(text))
    rests, reached = [], 0.0
    for number, note in enumerate(notes):
        top = max(tops[number], reached)
        limit = tops[number + 1] if number + 1 < len(notes) else bottom + STEP
        rests.append(top + note.height(rests=False) > limit)
        reached = top + note.height(rests=rests[-1])
    return rests, min(MOST, max(0, ceil((reached - bottom) / STEP) * STEP))
