"""Clean HTML → Markdown by markdownify, in the dialect of Python-Markdown."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from markdownify import MarkdownConverter

from postil.importing.markdown import LINK, escaped

_IN_ADDRESS = re.compile(r"[()\[\]*_'~$!]")
_HOLDERS = frozenset(["li", "blockquote", "td", "th"])
_INLINE = frozenset(["a", "strong", "em", "del", "code", "_inline"])


def converted(html: str) -> str:
    """Clean HTML as Markdown, with `LINK` before each link."""
    return str(_Converter().convert(html))


class _Converter(MarkdownConverter):
    """markdownify's converter, told the dialect of Python-Markdown."""

    def __init__(self) -> None:
        super().__init__(heading_style="atx", wrap=True, wrap_width=None, autolinks=False, table_infer_header=True)
        self._items: Counter[int] = Counter()
        self._starts_line = True

    def process_text(self, el: Any, parent_tags: set[str] | None = None) -> str:
        before = el.previous_sibling
        self._starts_line = before is None or before.name in ("br", "ul", "ol", "p", "pre", "blockquote", "hr", "table")
        return str(super().process_text(el, parent_tags=parent_tags))  # type: ignore[misc]

    def escape(self, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002 (the library's signature)
        return escaped(text, starts_line=self._starts_line)

    def convert_br(self, el: Any, _text: str, parent_tags: set[str]) -> str:  # noqa: ARG002 (called so)
        # Two spaces at the end of a line are lost in many editors, and `<br>` is raw HTML.
        return " " if parent_tags & _INLINE else "\n\n"

    def convert_a(self, el: Any, text: str, parent_tags: set[str]) -> str:
        address = _IN_ADDRESS.sub(lambda match: f"%{ord(match[0]):02X}", el.get("href") or "")
        words = " ".join(text.split())
        return f"{LINK}[{words}]({address})" if words and address and "_noformat" not in parent_tags else text

    def convert_li(self, el: Any, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002 (called by keyword)
        self._items[id(el.parent)] += 1
        bullet = f"{self._items[id(el.parent)]}.".ljust(4) if el.parent.name == "ol" else "-   "
        lines = text.strip().splitlines() or [""]
        end = "\n\n" if "" in lines else "\n"
        return bullet + "\n".join([lines[0], *(f"    {line}" if line else "" for line in lines[1:])]) + end

    def convert_pre(self, el: Any, text: str, parent_tags: set[str]) -> str:
        if parent_tags & _HOLDERS or _includes_files(text):
            lines = (" ".join(line.split()) for line in text.splitlines())
            return "\n\n" + "\n\n".join(self._code(el, line) for line in lines if line) + "\n\n"
        fence = "`" * max([3, *(len(run) + 1 for run in re.findall("`+", text))])
        code = text.strip("\n")
        return f"\n\n{fence}\n{code}\n{fence}\n\n"

    def convert_code(self, el: Any, text: str, parent_tags: set[str]) -> str:
        return text if "pre" in parent_tags else self._code(el, " ".join(text.split()))

    def _code(self, el: Any, line: str) -> str:
        return escaped(line) if _includes_files(line) else str(super().convert_code(el, line, set()))  # type: ignore[misc]


def _includes_files(text: str) -> bool:
    """Whether an extension (snippets) would put a file of this machine in the place of the text, even in code."""
    return "8<-" in text
