"""Why something was not written: told at the fields of the form that it concerns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from postil.files.layout import layout
from postil.files.yamltext import Document
from postil.model.problem import Problem


class Refusal(Exception):  # noqa: N818 (an answer, not a fault)
    """An answer other than yes.

    Attributes:
        status: of HTTP: 404, 409 or 422.
        fields: messages by the key of the note that they are about; "" for the whole.
        more: what else the browser needs to know.
    """

    def __init__(self, status: int, fields: Mapping[str, str], **more: Any) -> None:
        super().__init__("; ".join(fields.values()))
        self.status = status
        self.fields = dict(fields)
        self.more = more


def by_field(problems: Iterable[Problem], content: bytes, number: int, key: str = "annotations") -> dict[str, str]:
    """Mistakes of one item of a file by the key that each is about.

    Args:
        problems: of the file.
        content: its bytes.
        number: of the item.
        key: the list that holds it; an empty text where the file itself is one.
    """
    text = content.decode("utf-8-sig")
    path = (key, number) if key else (number,)
    lines = {
        text.count("\n", 0, node.key) + 1: str(place[len(path)])
        for place, node in layout(text).items()
        if len(place) == len(path) + 1 and place[: len(path)] == path and node.key is not None
    }
    found: dict[str, str] = {}
    for problem in problems:
        before = [line for line in lines if line <= problem.place.line]
        name = lines[max(before)] if before else ""
        if problem.message.startswith(("a fact check needs a verdict", "the key 'verdict'")):
            name = "verdict"
        if problem.message.startswith("a fact check needs at least one source"):
            name = "sources"
        message = problem.message.removeprefix(f"'{name}': ")  # it stands at its field
        found[name] = f"{found[name]}; {message}" if name in found else message
    return found


def data_of(document: Document, number: int) -> dict[str, Any]:
    """What a notes file says of one note, as it stands there."""
    return dict(document.data["annotations"][number])
