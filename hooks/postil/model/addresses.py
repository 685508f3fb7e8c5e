"""Which addresses may stand on a page: those that a browser opens and never runs; and what may be an id on it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_FORBIDDEN = re.compile(r"[\s\x00-\x1f\x7f-\x9f\"<>\\^`{|}]")


def as_id(text: str) -> str:
    """A text as part of an id in HTML: letters, digits and `._-` as they are, all else by its number.

    `a b` → `a_20_b`. So it needs no encoding in an address, and is a name in XML.
    """
    return re.sub(r"[^\w.-]", lambda sign: f"_{ord(sign[0]):x}_", text)


def is_web_address(text: str) -> bool:
    """Whether a text is an address of the web: http or https, with a host and without signs that must be encoded."""
    try:
        parts = urlsplit(text)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False
    return good and not _FORBIDDEN.search(text)


def is_safe_link(text: str) -> bool:
    """Whether a text is a web address, or one that a mail goes to (RFC 6068)."""
    mail = re.fullmatch(r"mailto:[^@]+@[^@]+", text, re.IGNORECASE)
    return is_web_address(text) or (mail is not None and not _FORBIDDEN.search(text))
