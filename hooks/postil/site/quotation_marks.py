"""Quotation marks within quotation marks: those of a title, in the marks of the language and by their depth.

CSL 1.0.2, "Locales" and the attribute `quotes`; citeproc-py leaves the marks of a title as they are.
"""

from __future__ import annotations

import re
from typing import NamedTuple

STRAIGHT = "&#34;"  # as `html.escape` and MarkupSafe write it
_OPENS = re.compile(r"(?:^|[\s(\[/—–])$")


class Marks(NamedTuple):
    """The marks of a language: the outer pair, and that within it."""

    open: str
    close: str
    open_inner: str
    close_inner: str


def nested(html: str, marks: Marks) -> str:
    """A reference with the quotations within quotations set in the inner marks, and so on by turns.

    Straight double marks become those of the language where they stand as a pair; a single one (an inch) is left.

    Args:
        html: with its texts escaped; tags and what is in them are not touched.
        marks: of the language.
    """
    if not all(marks):
        return html
    sign = re.compile("|".join(["<[^>]*>", STRAIGHT, re.escape(marks.open), re.escape(marks.close)]))
    made: list[str] = []
    waiting: list[tuple[int, str]] = []  # the marks that are open: where in `made`, and as what they were written
    end, before = 0, ""
    for found in sign.finditer(html):
        words, mark = html[end : found.start()], found[0]
        made.append(words)
        end, before = found.end(), before + words
        made.append(mark)
        if mark.startswith("<"):
            continue
        is_open = any(written == mark for _, written in waiting)
        if mark == marks.open or (mark == STRAIGHT and _OPENS.search(before) and not is_open):
            waiting.append((len(made) - 1, mark))
            before += " "  # what follows may open another one
            continue
        before += mark
        wanted = marks.open if mark == marks.close else STRAIGHT
        place = next((at for at in reversed(range(len(waiting))) if waiting[at][1] == wanted), None)
        if place is None:
            continue
        is_inner = place % 2 == 1
        made[waiting[place][0]] = marks.open_inner if is_inner else marks.open
        made[-1] = marks.close_inner if is_inner else marks.close
        del waiting[place:]
    return "".join([*made, html[end:]])
