"""A quote with Markdown in it → the words that a reader sees, for the message to its author."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

_BLOCK = [
    (r"^\s*(?:>\s?)+", "", "> of a block quotation"),
    (r"^\s*#{1,6}\s+", "", "# of a heading"),
    (r"^\s*(?:[-*+]|\d{1,9}[.)])\s+", "", "sign of a list"),
    (r"^\s*\[[ xX]\]\s+", "", "box of a task"),
    (r"^\s*:\s+", "", ": of a definition"),
    (r"^\s*(?:!!!|\?\?\?\+?)\s+[\w -]*", "", "head of an admonition"),
]
_INLINE = [
    (r"<!--.*?-->", "", "comment"),
    (r"\{--.*?--\}|\{>>.*?<<\}", "", "signs of Critic Markup"),
    (r"\{~~.*?~>(.*?)~~\}|\{\+\+(.*?)\+\+\}|\{==(.*?)==\}", r"\1\2\3", "signs of Critic Markup"),
    (r"\[\^[^\]]+\]", "", "[^…] of a footnote"),
    (r"!\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])", r"\1", "address of a picture"),
    (r"\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])", r"\1", "address of a link"),
    (r"<((?:https?|mailto):[^>\s]+)>", r"\1", "< and > of a link"),
    (r"\{:?\s*[.#][^}]*\}", "", "{ … } with attributes"),
    (r"</?[a-zA-Z][^>]*>", "", "tags"),
    (r"(`+)\s?(.+?)\s?\1", r"\2", "` of code"),
    (r"\$\$?([^$]+)\$\$?|\\\((.+?)\\\)|\\\[(.+?)\\\]", r"\1\2\3", "signs of a formula"),
    (r"(\*{1,3}|_{1,3})(?=\S)(.+?)(?<=\S)\1", r"\2", "* or _ of emphasis"),
    (r"(==|\^\^|~~|\+\+|\^|~)(?=\S)(.+?)(?<=\S)\1", r"\2", "signs of marked, new, old, raised or lowered text"),
    (r"(?<!\w)[*_]{1,3}(?=\w)|(?<=\w)[*_]{1,3}(?!\w)", "", "* or _ of emphasis"),
    (r"\s*\|\s*", " ", "| of a table"),
    (r"\\([\\`*_{}\[\]()#+\-.!>~|$])", r"\1", "\\ before a sign"),
    (r"\s+#+\s*$", "", "# of a heading"),
]
_NUMBER = [(r"(?<=[^\W\d])\d{1,3}(?=[\s.,;:!?]|$)|(?<=[.,;:!?])\d{1,3}(?=\s|$)", "", "number of a footnote")]
_QUOTED = [("^\\s*[\"'“„«‘‚‹](.+)[\"'”“»’‘›]\\s*$", r"\1", "quotation marks around them")]
_RULES = [
    [(re.compile(rule, re.DOTALL), by, name) for rule, by, name in rules]
    for rules in (_BLOCK, _INLINE, _NUMBER, _QUOTED)
]


def without_markdown(quote: str) -> Iterator[tuple[str, str]]:
    """A quote without what only its source has: signs of blocks and in the line, a footnote's number, quotation marks.

    Args:
        quote: as its author wrote it.

    Yields:
        The words, less of them each time, and what was taken out, as words of a message ("the `*` of …").
    """
    words, taken = quote, []
    for number, rules in enumerate(_RULES):
        for rule, by, name in rules:
            bare = rule.sub(by, words)
            if bare != words and name not in taken:
                taken.append(name)
            words = bare
        if number == 1 and (bare := html.unescape(words)) != words:
            taken.append("character references")
            words = bare
        if taken and words.strip():
            yield words, f"the {', the '.join(taken)}"
