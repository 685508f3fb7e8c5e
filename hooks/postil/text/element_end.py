"""Where an element ends whose text is not read, or is read as one thing."""

from __future__ import annotations

import re

from postil.text.markup import RAW_TEXT, TOKEN


def element_end(html: str, name: str, position: int) -> tuple[int, int]:
    """Where the end tag of an element begins, and the offset behind it; the end of the HTML where it has none."""
    if name in RAW_TEXT:
        tag = re.compile(rf"</{re.escape(name)}[\s/>]|\Z", re.IGNORECASE).search(html, position)
        stop = tag.start() if tag else len(html)
        close = html.find(">", stop)
        return stop, len(html) if close < 0 else close + 1
    depth = 1
    for token in TOKEN.finditer(html, position):
        if token.start() < position:
            continue
        found = (token["name"] or "").lower()
        if found == name and not token["attributes"].endswith("/"):
            depth += -1 if token["close"] else 1
            if not depth:
                return token.start(), token.end()
        elif found in RAW_TEXT and not token["close"]:
            position = element_end(html, found, token.end())[1]
    return len(html), len(html)
