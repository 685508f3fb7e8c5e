"""Pictures and footnotes of an imported article: a mark stands for each until its HTML is Markdown.

Cleaning would take both out, since a stranger's page must not load anything or link into ours.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from postil.importing.markdown import escaped, from_html, name_like
from postil.page.cleaning import ARTICLE_TAGS

# Characters for private use.
_FOOTNOTE, _PICTURE, _END = "\ue000", "\ue001", "\ue002"
_MARKS = re.compile(f"[{_FOOTNOTE}{_PICTURE}{_END}]")
_MARK = re.compile(f"([{_FOOTNOTE}{_PICTURE}])(\\d+){_END}")


@dataclass(frozen=True)
class Picture:
    """A picture of an article.

    Attributes:
        content: the bytes of its file.
        suffix: what the file is called at its end: png, jpg, gif, webp.
        description: what it shows, in words; empty where nobody has said.
    """

    content: bytes
    suffix: str
    description: str = ""


def without_marks(text: str) -> str:
    """Text in which nothing looks like a mark."""
    return _MARKS.sub("", text)


def removed(html: str) -> str:
    """HTML without its marks."""
    return _MARK.sub("", html)


def footnote(number: int) -> str:
    """The mark of a footnote's number."""
    return f"{_FOOTNOTE}{number}{_END}"


def picture(number: int) -> str:
    """The mark of a picture, counted from 1."""
    return f"{_PICTURE}{number}{_END}"


def file_name(number: int, shown: Picture) -> str:
    """What the file of a picture is called."""
    return f"picture-{number}.{shown.suffix}"


def filled(markdown: str, footnotes: list[str], pictures: list[Picture], folder: str) -> str:
    """Markdown with pictures and footnotes in the places of their marks.

    Args:
        markdown: the article.
        footnotes: their HTML; not clean.
        pictures: in the order of their numbers.
        folder: where their files lie, as seen from the article.
    """

    def insert(match: re.Match[str]) -> str:
        number = int(match[2])
        if match[1] == _FOOTNOTE:
            return f"[^{number}]" if number <= len(footnotes) else ""
        if not 0 < number <= len(pictures):
            return ""
        shown = pictures[number - 1]
        words = escaped(name_like(shown.description), starts_line=False)
        return f"![{words}]({folder}/{file_name(number, shown)})"

    notes = "".join(
        f"\n[^{number}]: {_indented(from_html(html, ARTICLE_TAGS))}\n" for number, html in enumerate(footnotes, 1)
    )
    return _MARK.sub(insert, f"{markdown.rstrip()}\n{notes}")


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" if line else "" for line in text.splitlines()).strip()
