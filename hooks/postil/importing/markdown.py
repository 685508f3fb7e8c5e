"""Text, Markdown and HTML of strangers → Markdown in which nothing is raw HTML and nothing means more than it says.

The dialect is Python-Markdown's: four spaces to nest a list, and backslashes only before the signs that it knows.
"""

from __future__ import annotations

import html as html_library
import re
from collections.abc import Callable
from functools import cache
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from postil.model.addresses import is_safe_link
from postil.page.cleaning import NOTE_TAGS, clean

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

MAX_LENGTH = 20_000  # code points of a note; about eight printed pages
MAX_DEPTH = 60  # of elements; deeper text is kept without its elements

# Controls (Python-Markdown uses two of them for itself), halves of characters, and what is no character.
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# Signs that Markdown or a common extension reads: emphasis, links, attributes, keys, marks, maths, tables, symbols.
_BACKSLASHED = re.compile(r"[\\`*{}\[\]]|(?<![^\W_])_|_(?![^\W_])")
_REFERRED = re.compile(r"<|&(?=#?\w+;)|[~^|$]|(?<=[=+])[=+]|[=+](?=[=+])|:(?=[a-zA-Z][\w+-]*:)")
# What begins a heading, a list, a quotation, a definition, a rule or a block of an extension at the start of a line.
_LINE_START = re.compile(
    r"(\s*)(?:([-+](?=\s|$)|[#>]|:(?=\s|::)|[!?/](?=[!?/]{2})|[-=](?=[-=]{2}))|(\d+)([.)])(?=\s|$))"
)
# Words and stops on one line: Markdown and HTML have nothing to say of them.
_WORDS = re.compile(r"[^\W\d_](?:[^\W_]|[,;.?()’“”…–](?![,;.?]{2})| (?![ ]))*(?<! )")
_NAMED = {"<": "&lt;", "&": "&amp;"}
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)[^>]*>")
LINK = "\x01"  # stands before each link while a text is converted
_VOID = frozenset(["br", "hr"])


class TooLong(Exception):  # noqa: N818 (it says what the note is)
    """A note that is longer than any reader would read; it is not taken apart."""


def measured(text: str) -> str:
    """The text of a note as it is.

    Raises:
        TooLong: when it has more than 20,000 code points.
    """
    if len(text) > MAX_LENGTH:
        raise TooLong(f"the note has {len(text):,} characters; at most {MAX_LENGTH:,} are taken")
    return text


def plain(text: str) -> str:
    """Text without characters that cannot be shown or kept; lines end with a line feed."""
    return _UNWANTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def name_like(text: str) -> str:
    """Text for one line, as a name or a tag: no markup, no signs that turn the direction of what follows."""
    return " ".join(_DIRECTION.sub("", plain(text)).split())


def escaped(text: str, *, starts_line: bool = True) -> str:
    """Text as Markdown that renders to exactly this text.

    Args:
        text: one line.
        starts_line: whether it stands where a line begins.
    """
    head = ""
    if starts_line and (match := _LINE_START.match(text)):
        space, sign, number, stop = match.groups()
        head = f"{space}&#{ord(sign)};" if sign else f"{space}{number}&#{ord(stop)};"
        text = text[match.end() :]
    text = _REFERRED.sub(lambda match: _NAMED.get(match[0]) or f"&#{ord(match[0])};", text)
    return head + _BACKSLASHED.sub(lambda match: f"\\{match[0]}", text)


def from_text(text: str) -> str:
    """Plain text → Markdown; an empty line ends a paragraph."""
    paragraphs = re.split(r"\n\s*\n", plain(text).strip())
    return "\n\n".join(escaped(" ".join(paragraph.split())) for paragraph in paragraphs)


def from_markdown(text: str, dropped: Callable[[str], None] | None = None) -> str:
    """A stranger's Markdown (CommonMark) → Markdown that is safe to render.

    Raw HTML, attributes and addresses that are none go, their words stay.

    Args:
        text: the Markdown.
        dropped: is told each address that goes and is not among the words.
    """
    if _WORDS.fullmatch(text):
        return text
    return from_html(commonmark().render(plain(text)), dropped=dropped)


@cache
def commonmark() -> MarkdownIt:
    """What reads a stranger's Markdown; of 50,000 opening brackets Python-Markdown would take minutes."""
    from markdown_it import MarkdownIt  # not every note has signs of Markdown

    return MarkdownIt("commonmark", {"maxNesting": 20}).enable(["table", "strikethrough"])


def from_html(html: str, tags: frozenset[str] = NOTE_TAGS, dropped: Callable[[str], None] | None = None) -> str:
    """A stranger's HTML → Markdown.

    Args:
        html: a fragment.
        tags: the elements that are kept (see `cleaning`); headings that are not among them become paragraphs.
        dropped: is told each address of a link that goes and is not among the words.

    Returns:
        Markdown; pictures are links to them.
    """
    if "h2" not in tags:
        html = re.sub(r"<(/?)h[1-6]\b[^>]*>", r"<\1p>", html, flags=re.IGNORECASE)
    html = _with_links_for_pictures(plain(html))
    written = _written(clean(html, tags))
    if dropped is not None:
        for address in _Unsafe.in_(html):
            if escaped(address, starts_line=False) not in written:
                dropped(address)
    return written


def _written(html: str) -> str:
    """Clean HTML as Markdown."""
    if _depth(html) > MAX_DEPTH:
        return from_text(html_library.unescape(_TAG.sub(" ", html)))
    html = html.replace("</code><code>", "")  # two runs of code side by side would be one with other backticks
    from postil.importing.converter import converted  # not every note is HTML

    written = converted(html)
    return plain(written.replace(f"!{LINK}", "\\!")).strip()  # an exclamation mark before a link is no picture


def _with_links_for_pictures(html: str) -> str:
    """Pictures are loaded from other hosts: a link with their words stands for them. What comes out is not clean."""
    names = {"b": "strong", "i": "em", "s": "del", "strike": "del"}

    def renamed(match: re.Match[str]) -> str:
        return f"<{match[1]}{names[match[2].lower()]}"

    def link(match: re.Match[str]) -> str:
        found = dict(re.findall(r"""\b(src|alt)\s*=\s*["']([^"']*)["']""", match[0], re.IGNORECASE))
        return f'<a href="{found.get("src", "")}">{found.get("alt") or found.get("src", "")}</a>'

    html = re.sub(r"<(/?)(b|i|s|strike)(?=[\s>])", renamed, html, flags=re.IGNORECASE)
    return re.sub(r"<img\b[^>]*>", link, html, flags=re.IGNORECASE)


class _Unsafe(HTMLParser):
    """Finds the addresses of links that `clean` takes away."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    @classmethod
    def in_(cls, html: str) -> list[str]:
        """The addresses in a fragment, each once."""
        reader = cls()
        if "href" in html.lower():
            reader.feed(html)
        return list(dict.fromkeys(reader.found))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        address = (dict(attrs).get("href") or "") if tag == "a" else ""
        if address.strip() and not is_safe_link(address.strip()):
            self.found.append(address)


def _depth(html: str) -> int:
    """How deep the elements of clean HTML are nested."""
    depth = deepest = 0
    for close, name in _TAG.findall(html):
        if name not in _VOID:
            depth += -1 if close else 1
            deepest = max(deepest, depth)
    return deepest
