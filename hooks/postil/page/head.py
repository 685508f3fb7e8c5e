"""What stands at the head of an article with notes: how long it takes, whose notes these are, the way to its parts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markupsafe import Markup

from postil.files.translations import Texts
from postil.page.note_view import NoteView
from postil.page.templating import template
from postil.text.markup import ids
from postil.text.reading import read

PACE = 230  # words in a minute: Brysbaert 2019, silent reading of non-fiction, 238 in English
MOST_NAMES = 3
FEWEST_PARTS = 3
_SIGNS = r"\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670"  # of vowels, above and below letters
_WORD = re.compile(rf"[^\W_]+(?:[’'\-{_SIGNS}]+[^\W_]+)*")
# Scripts without spaces: about two characters are a word, in Thai, Lao and Khmer about four.
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_THAI = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff]")
_PART = re.compile(r"<h2\b([^>]*)>(.*?)</h2\s*>", re.IGNORECASE | re.DOTALL)


def minutes(text: str) -> int:
    """How long a reading text takes, in minutes, one at least."""
    han, thai = len(_HAN.findall(text)), len(_THAI.findall(text))
    pieces = (_THAI.sub(" ", _HAN.sub(" ", text)) if han or thai else text).split()
    words = sum(1 if piece.isalnum() else len(_WORD.findall(piece)) for piece in pieces)
    return max(1, round((words + han / 2 + thai / 4) / PACE))


def parts(html: str) -> list[tuple[str, str]]:
    """The parts of an article, id and heading each; none where it has but a few."""
    found = [(ids(f" {attributes}"), read(heading).text.strip()) for attributes, heading in _PART.findall(html)]
    named = [(names[0], title) for names, title in found if names and title]
    return named if len(named) >= FEWEST_PARTS else []


def render(html: str, reading: str, notes: Sequence[NoteView], text: Texts, signed: Markup) -> Markup:
    """The head of an article.

    Args:
        html: the fragment without notes.
        reading: its reading text.
        notes: on the page, one at least.
        text: the texts of the interface.
        signed: who wrote the article, and when, if that is known.
    """
    names = list(dict.fromkeys(note.author.name for note in notes))
    told = text("comma").join(names[:MOST_NAMES]) + (" …" if len(names) > MOST_NAMES else "")
    changed = max(note.annotation.last_changed for note in notes)
    rendered = template("head").render(
        minutes=minutes(reading), names=told, changed=changed, parts=parts(html), text=text, signed=signed
    )
    return Markup(rendered.strip())  # noqa: S704 (the template escapes)
