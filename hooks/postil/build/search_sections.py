"""A page's content, cut at its headings, as a search index holds it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from postil.text.reading import read

# A plug-in that makes pages smaller leaves quotation marks out.
_HEADING = re.compile(r"<h([1-6])\b[^>]*?\bid=\"?([^\"\s>]*)[^>]*>(.*?)</h\1>", re.DOTALL)


def sections(html: str) -> Iterator[tuple[str, int, str, str]]:
    """The sections of a page that have something to read in them.

    Args:
        html: the page's content.

    Returns:
        For each: the id of its heading, its level, its title as HTML, its text as HTML. What stands before the
        first heading, or below one of the first level, is the page itself, of the level 1.
    """
    headings = list(_HEADING.finditer(html))
    if not headings or read(html[: headings[0].start()]).text.strip():
        yield "", 1, "", _text(html[: headings[0].start()] if headings else html)
    ends = [*(heading.start() for heading in headings[1:]), len(html)]
    for heading, end in zip(headings, ends, strict=False):  # without headings there is an end too many
        title = escape(read(heading[3]).text.strip(), quote=False)
        yield heading[2], int(heading[1]), title, _text(html[heading.end() : end])


def _text(html: str) -> str:
    lines = (line.strip() for line in read(html).text.splitlines())
    return "".join(f"<p>{escape(line, quote=False)}</p>" for line in lines if line)
