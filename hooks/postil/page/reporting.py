"""The address to which a reader reports a mistake in a note, filled in so that the newsroom knows which is meant."""

from __future__ import annotations

from urllib.parse import quote

from postil.files.translations import Texts
from postil.model.cutting import beginning

LIMIT = 2_000  # characters; longer addresses are cut or refused by mail programs and servers


def report(address: str, note: str, passage: str, where: str, text: Texts) -> str:
    """The address with a subject and a beginning of the message.

    Args:
        address: what the site says, mailto: or https:; an empty text gives one.
        note: the id of the note.
        passage: its words; they are cut where the address would become longer than `LIMIT`.
        where: the address of the note.
        text: the texts of the interface.

    Returns:
        An address of ASCII (RFC 3986; RFC 6068, 5 wants line breaks as %0D%0A).
    """
    if not address:
        return ""
    subject = "subject" if address.startswith("mailto:") else "title"
    joint = "&" if "?" in address else "?"
    words = " ".join(passage.split())
    first = quote(text("report.subject", note=note), safe="")
    # A percent-encoded letter of another script takes six to nine characters: halve until it fits.
    while True:
        body = quote(text("report.body", note=note, quote=words, address=where).replace("\n", "\r\n"), safe="")
        filled = f"{address}{joint}{subject}={first}&body={body}"
        if len(filled) < LIMIT or not words:
            return filled
        words = beginning(words, len(words) * 3 // 4) if len(words) > 8 else ""
