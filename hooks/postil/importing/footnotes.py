"""A Markdown article with footnotes → a note for each, on the words before the footnote's number.

Footnotes of pandoc, Quarto and Obsidian: `words[^1]` with `[^1]: the note`, or `words^[the note]`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from postil.importing.foreign import Batch, Foreign, origin
from postil.importing.markdown import from_html, plain
from postil.importing.taking import Taking
from postil.model.problem import Place, PostilError, Problem
from postil.text.reading import read as read_html
from postil.text.sentences import sentences

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

VIA = "footnotes"
_CONTEXT = 32
# Characters for private use stand in the HTML for a footnote's number, for the head of the notes, and for each of them.
_NUMBER, _HEAD, _NOTE = "\ue000", "\ue001", "\ue002"
_MARKS = re.compile(f"[{_NUMBER}{_HEAD}{_NOTE}]")
# Words with attributes, as pandoc and Quarto write them: the words are what a reader reads.
_SPAN = re.compile(r"\[([^\[\]\n]+)\]\{[.#=:][^{}\n]*\}")
_LANGUAGE = re.compile(r"\A---\n(?:.*\n)*?lang:[ \t]*[\"']?([a-z]{2,3})\b")
_UNDEFINED = re.compile(r"\[\^[^\]\s]+\](?!:)")


@dataclass(frozen=True)
class Footnoted:
    """A Markdown article whose footnotes are taken out.

    Attributes:
        html: the article without them. It is a stranger's: to be read, not to be shown.
        text: its reading text.
        places: for each reference its footnote's number and its offset in the text, code points.
        notes: each footnote as HTML, by its number.
        unused: the definitions to which nothing refers, by their label.
    """

    html: str
    text: str
    places: tuple[tuple[str, int], ...]
    notes: dict[str, str]
    unused: dict[str, str]


def article(text: str) -> Footnoted:
    """Read an article in CommonMark with tables, front matter, and footnotes as pandoc has them."""
    source = _SPAN.sub(r"\1", _MARKS.sub("", plain(text)))
    state: dict[str, Any] = {}
    html = _parser().render(source, state)
    labels = [label[1:] for label, number in state.get("footnotes", {}).get("refs", {}).items() if number < 0]
    body, _, rest = html.partition(_HEAD)
    parts = rest.split(_NOTE)
    places: list[tuple[str, int]] = []
    position = 0
    pieces = re.split(f"{_NUMBER}(\\d+);", read_html(body).text)
    for piece, number in zip(pieces[::2], pieces[1::2], strict=False):
        position += len(piece)
        places.append((number, position))
    plain_html = re.sub(f"{_NUMBER}\\d+;", "", body)
    notes = dict(zip(parts[1::2], parts[2::2], strict=False))
    unused = {label: _definition(source, label) for label in labels}
    return Footnoted(plain_html, "".join(pieces[::2]), tuple(places), notes, unused)


def _definition(source: str, label: str) -> str:
    """A definition as it is written, with the lines below it that belong to it."""
    match = re.search(
        rf"^ {{0,3}}\[\^{re.escape(label)}\]:.*(?:\n(?:[ \t]+.*|[ \t]*(?=\n[ \t]+\S)))*", source, re.MULTILINE
    )
    return match[0].strip() if match else label


def read(text: str, file: str, language: str = "") -> Batch:
    """Read the footnotes of an article as notes, one for each place that refers to one.

    Args:
        text: Markdown: `words[^1]`, and `[^1]: the note`.
        file: its name, for messages.
        language: of the text, by its code; an article says its own in its front matter (`lang`).

    Raises:
        PostilError: when the article has no footnote.
    """
    found = article(text)
    if not found.places and not found.unused:
        message = "no footnote in this article; expected words[^1] and [^1]: the note"
        raise PostilError([Problem(Place(file), message)])
    batch = Batch()
    if told := _LANGUAGE.match(text):
        language = told[1]
    for label, definition in found.unused.items():
        batch.refuse(f"{file}, footnote {label}", "a footnote to which no words refer", definition)
    if undefined := list(dict.fromkeys(_UNDEFINED.findall(found.text))):
        batch.told.append(f"{file}: no footnote stands behind {', '.join(undefined)}")
    last = 0
    for order, (number, end) in enumerate(found.places, 1):
        line = found.text.rfind("\n", 0, end) + 1
        starts = [start for start, _ in sentences(found.text, line, end, language)]
        start = max([line, *([last] if found.text[last:end].strip() else []), *starts])
        taking = Taking()
        body = from_html(found.notes.get(number, ""), dropped=taking.dropping("link"))
        batch.notes.append(
            Foreign(
                where=f"{file}, footnote {number}",
                origin=origin(VIA, id=f"{order}"),
                quote=found.text[start:end].strip(),
                prefix=found.text[max(0, start - _CONTEXT) : start],
                suffix=found.text[end : end + _CONTEXT],
                body=body,
                left=tuple(taking.left),
            )
        )
        last = end
    return batch


def _parser() -> MarkdownIt:
    """A parser that marks footnotes instead of writing them out."""
    from markdown_it import MarkdownIt  # only an article with footnotes needs them
    from mdit_py_plugins.footnote import footnote_plugin
    from mdit_py_plugins.front_matter import front_matter_plugin

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
