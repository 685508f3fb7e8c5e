"""What the fields of a note from elsewhere hold: a day, an address, words; what is none of these is kept aside.

Such a note comes in without the value, which goes to the file of unplaced notes with the reason.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from postil.importing.days import Unclear, day_of
from postil.importing.markdown import from_html, from_markdown, measured
from postil.model.addresses import is_safe_link
from postil.model.cutting import shortened

A_DAY = "a date, expected one like 2026-03-02 or 2026-03-02T10:00:00Z"
AN_ADDRESS = "an address that may be shown, expected one that begins with https://, http:// or mailto:"


@dataclass(frozen=True)
class Left:
    """A value that a note came with and comes in without.

    Attributes:
        key: the field that has it where it comes from.
        text: the value as it stands there.
        reason: what is wrong and what was expected.
        where: the file and the place in it, where that is known better than that of its note.
    """

    key: str
    text: str
    reason: str
    where: str = ""


class Taking:
    """Reads the fields of one note.

    Attributes:
        left: what could not be read of them, in the order in which they were asked for.
    """

    def __init__(self) -> None:
        self.left: list[Left] = []

    def day(self, key: str, text: str) -> datetime.date | None:
        """The day of a field; an empty one has none."""
        try:
            found = day_of(text, None) if text.strip() else None
        except Unclear:
            self.leave(key, text, "does not tell which is the day and which the month, expected 2026-03-02")
            return None
        if text.strip() and found is None:
            self.leave(key, text, f"is not {A_DAY}")
        return found

    def address(self, key: str, text: str) -> str | None:
        """The address of a field, where a browser opens it and never runs it; an empty field has none."""
        if is_safe_link(text.strip()) or not text.strip():
            return text.strip() or None
        self.leave(key, text, f"is not {AN_ADDRESS}")
        return None

    def html(self, key: str, html: str) -> str:
        """HTML as Markdown; the words of a link stay where its address may not be shown.

        Raises:
            TooLong: when it has more than 20,000 code points.
        """
        return from_html(measured(html), dropped=self.dropping(key))

    def markdown(self, key: str, text: str) -> str:
        """Markdown as Markdown that is safe, likewise."""
        return from_markdown(measured(text), dropped=self.dropping(key))

    def leave(self, key: str, text: str, reason: str) -> None:
        """Take down a value that does not come in."""
        self.left.append(Left(key, text, f"{key}: {shortened(text.strip(), 60)!r} {reason}"))

    def dropping(self, key: str) -> Callable[[str], None]:
        """What takes down an address of a link in the words of a field (see `markdown.from_html`)."""
        reason = f"is the address of a link, and not {AN_ADDRESS}; its words stay"
        return lambda address: self.leave(key, address, reason)
