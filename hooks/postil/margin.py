"""The margin, estimated at build time: styles that chain note to note, and room where the notes outrun the text.

Notes in the margin are placed by CSS and do not make the article longer. Without scripts only the build can leave room
for them, so it estimates the heights of text and notes. Lengths are in rem, of the styles in assets/postil.css.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil

LINE_SIGNS = 68  # of the article
LINE = 1.44
BLOCK_GAP = 0.9
TITLE_SIGNS = 30  # of a note's title
TITLE_LINE = 0.9
NOTE = 1.8  # its head, padding and gap
STEP = 4
MOST = 400


def chain(count: int) -> str:
    """The styles that put note after note into the margin: at the height of its passage, below the note before it.

    Args:
        count: how many notes the page with the most of them has.
    """
    rules = []
    for number in range(1, count + 1):
        below = f"calc(anchor(--postil-note-{number - 1} bottom, 0px) + .4rem)" if number > 1 else "0px"
        rules.append(
            f'.postil-ref[data-number="{number}"]{{anchor-name:--postil-ref-{number}}}\n'
            f'.postil-note[data-number="{number}"]{{anchor-name:--postil-note-{number};'
            f"top:max(anchor(--postil-ref-{number} top, 0px),{below})}}"
        )
    tails = (
        "\n".join(f".postil-tail-{size}{{height:{size}rem}}" for size in range(STEP, MOST + 1, STEP)) if count else ""
    )
    body = "\n".join(rules)
    return f"@media screen and (min-width:50em){{@supports (anchor-name:--a){{\n{body}\n{tails}\n}}}}\n"


def overhang(text: str, notes: Iterable[tuple[int, str]]) -> int:
    """By how much the notes at rest outrun the text, in rem, rounded up to steps of four.

    Args:
        text: the reading text of the article.
        notes: the end of each passage, in code points, and the note's title, in the order of the notes.
    """

    def height(end: int) -> float:
        before = text[:end]
        return ceil(len(before) / LINE_SIGNS) * LINE + before.count("\n") * BLOCK_GAP

    bottom = 0.0
    for end, title in notes:
        bottom = max(bottom, height(end) - LINE) + NOTE + ceil(len(title) / TITLE_SIGNS) * TITLE_LINE
    return min(MOST, max(0, ceil((bottom - height(len(text))) / STEP) * STEP))
