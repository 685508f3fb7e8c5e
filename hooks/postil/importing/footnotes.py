"""A Markdown article with footnotes → a note for each, on the words before the footnote's number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from postil.importing.foreign import Batch, Foreign, origin
from postil.importing.markdown import from_html, plain
from postil.model.problem import Place, PostilError, Problem
from postil.text.reading import read as read_html

VIA = "footnotes"
_CONTEXT = 32
# Characters for private use stand in the HTML for a footnote's number, for the head of the notes, and for each of them.
_NUMBER, _HEAD, _NOTE = "\ue000", "\ue001", "\ue002"
_MARKS = re.compile(f"[{_NUMBER}{_HEAD}{_NOTE}]")
# The end of a sentence, and the signs that may close it.
_SENTENCE = re.compile(r"[.!?…][\"'”’»)\]]*\s+")


@dataclass(frozen=True)
class Article:
    """A Markdown article whose footnotes are taken out.

    Attributes:
        html: the article without them. It is a stranger's: to be read, not to be shown.
        text: its reading text.
        places: for each reference its footnote's number and its offset in the text, code points.
        notes: each footnote as HTML, by its number.
    """

    html: str
    text: str
    places: tuple[tuple[str, int], ...]
    notes: dict[str, str]


def article(text: str) -> Article:
    """Read an article in CommonMark with tables, front matter, and footnotes as pandoc has them."""
    html = _parser().render(_MARKS.sub("", plain(text)))
    body, _, rest = html.partition(_HEAD)
    parts = rest.split(_NOTE)
    places: list[tuple[str, int]] = []
    position = 0
    pieces = re.split(f"{_NUMBER}(\\d+);", read_html(body).text)
    for piece, number in zip(pieces[::2], pieces[1::2], strict=False):
        position += len(piece)
        places.append((number, position))
    plain_html = re.sub(f"{_NUMBER}\\d+;", "", body)
    return Article(plain_html, "".join(pieces[::2]), tuple(places), dict(zip(parts[1::2], parts[2::2], strict=False)))


def read(text: str, file: str) -> Batch:
    """Read the footnotes of an article as notes, one for each place that refers to one.

    Args:
        text: Markdown: `words[^1]`, and `[^1]: the note`.
        file: its name, for messages.

    Raises:
        PostilError: when the article has no footnote.
    """
    found = article(text)
    if not found.places:
        message = "no footnote in this article; expected words[^1] and [^1]: the note"
        raise PostilError([Problem(Place(file), message)])
    batch = Batch()
    last = 0
    for order, (number, end) in enumerate(found.places, 1):
        line = found.text.rfind("\n", 0, end) + 1
        sentences = [match.end() for match in _SENTENCE.finditer(found.text, line, max(line, end - 1))]
        start = max([line, *([last] if found.text[last:end].strip() else []), *sentences])
        batch.notes.append(
            Foreign(
                where=f"{file}, footnote {number}",
                origin=origin(VIA, id=f"{order}"),
                quote=found.text[start:end].strip(),
                prefix=found.text[max(0, start - _CONTEXT) : start],
                suffix=found.text[end : end + _CONTEXT],
                body=from_html(found.notes.get(number, "")),
            )
        )
        last = end
    return batch


def _parser() -> MarkdownIt:
    """A parser that marks footnotes instead of writing them out."""
    parser = MarkdownIt("commonmark", {"maxNesting": 20}).enable(["table", "strikethrough"])
    parser.use(footnote_plugin).use(front_matter_plugin)

    def rule(write: Any) -> Any:
        return lambda _renderer, tokens, index, *_: write(tokens[index])

    for name, write in {
        "footnote_ref": lambda token: f"{_NUMBER}{token.meta['id'] + 1};",
        "footnote_block_open": lambda _: _HEAD,
        "footnote_block_close": lambda _: "",
        "footnote_open": lambda token: f"{_NOTE}{token.meta['id'] + 1}{_NOTE}",
        "footnote_close": lambda _: "",
        "footnote_anchor": lambda _: "",
        "front_matter": lambda _: "",
    }.items():
        parser.add_render_rule(name, rule(write))
    return parser
