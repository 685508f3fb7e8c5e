"""Notes that have lost their passage → a box at the end of the article, with all that they say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from postil.model.annotation import Annotation
from postil.model.problem import shortened
from postil.page import notes
from postil.page.context import Context
from postil.page.templating import template
from postil.text.anchor import Refusal


@dataclass(frozen=True)
class Lost:
    """A note without a place.

    Attributes:
        annotation: the note's data.
        refusal: why it has no place, and which places may have been meant.
        body: its Markdown, rendered.
        replies: what others answered to it where it was written, rendered likewise.
    """

    annotation: Annotation
    refusal: Refusal
    body: str
    replies: tuple[str, ...] = ()

    @property
    def passage(self) -> str:
        """The words that the note was on."""
        return self.annotation.quote


def lost_box(lost: Sequence[Lost], context: Context, cited: Sequence[str], register: str = "") -> str:
    """The box as a `section` with a heading; each note keeps its id, so that links to it still lead there.

    Args:
        lost: the notes.
        context: authors, verdicts, the register, the texts of the interface.
        cited: the sources of the whole page, in the order in which they are listed at its end.
        register: the address of the page that lists the sources, if there is one.
    """
    items = [
        (
            note.annotation.quote,
            shortened(note.refusal.candidates[0].text, 160) if note.refusal.candidates else "",
            Markup(  # noqa: S704 (made by the template of a note)
                notes.render(
                    note.annotation,
                    number=None,
                    passage=note.annotation.quote,
                    body=note.body,
                    context=context,
                    cited=cited,
                    replies=note.replies,
                    register=register,
                )
            ),
        )
        for note in lost
    ]
    return f"\n{template('lost').render(items=items, text=context.text)}\n"
