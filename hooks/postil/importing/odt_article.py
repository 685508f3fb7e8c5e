"""The article of an OpenDocument text (.odt): headings, lists, tables, links, emphasis, footnotes, pictures.

Tracked changes are read as accepted, comments are left to `odt`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape
from typing import Any

from postil.importing import inserts
from postil.importing.inserts import Picture
from postil.importing.odt import is_inside, name_of, sign_of, value_of
from postil.importing.package import Package, opened, picture_suffix, refused
from postil.model.problem import counted

_SKIPPED = frozenset(
    "text:tracked-changes office:annotation office:annotation-end svg:title svg:desc text:ruby-text office:forms "
    "text:table-of-content text:note-citation".split()
)
_ELEMENTS = {
    "text:list-item": "li",
    "text:list-header": "li",
    "table:table": "table",
    "table:table-row": "tr",
    "table:table-cell": "td",
}
_WHITE = re.compile("[\t\n\r ]+")


def read(content: bytes, file: str) -> tuple[str, list[str], list[Picture], list[str]]:
    """Read the article of a document.

    Args:
        content: the bytes of the file.
        file: its name, for messages.

    Returns:
        Its HTML with marks (see `inserts`), the HTML of its footnotes, its pictures, and what the author should know.

    Raises:
        PostilError: for what is no such document.
    """
    package = opened(content, file)
    root = package.tree("content.xml")
    body = (
        next((element for element in root.iter() if name_of(element) == "office:text"), None)
        if root is not None
        else None
    )
    if body is None:
        raise refused(file, "there is no text document in this file; open it in a word processor and save it as .odt")
    writer = _Writer(package, _Styles.of(root, package.tree("styles.xml")))
    html = "".join(map(writer.written, body))
    if "<h1>" not in html:  # the first heading is the title, then
        html = re.sub(r"<(/?)h([2-6])\b", lambda match: f"<{match[1]}h{int(match[2]) - 1}", html)
    if undescribed := sum(not shown.description.strip() for shown in writer.pictures):
        told = f"{counted(undescribed, 'picture')} without a description; write what each shows in the [ ] before it"
        writer.told.append(told)
    if writer.footnotes:
        writer.told.append("footnotes: shown where mkdocs.yml has `footnotes` below markdown_extensions")
    return html, writer.footnotes, writer.pictures, writer.told


@dataclass(frozen=True)
class _Styles:
    """What the styles of a document mean, by their names."""

    bold: frozenset[str]
    italic: frozenset[str]
    titles: frozenset[str]
    numbered: frozenset[str]

    @classmethod
    def of(cls, *roots: Any) -> _Styles:
        bold, italic, titles, numbered = set[str](), set[str](), {"Title"}, set[str]()
        for element in (element for root in roots if root is not None for element in root.iter()):
            name = value_of(element, "name")
            if name_of(element) == "text:list-style" and any(
                name_of(level) == "text:list-level-style-number" for level in element
            ):
                numbered.add(name)
            elif name_of(element) == "style:style":
                if value_of(element, "parent-style-name") == "Title":
                    titles.add(name)
                for properties in element:
                    if name_of(properties) == "style:text-properties" and value_of(element, "family") == "text":
                        bold |= {name} if value_of(properties, "font-weight") in ("bold", "700") else set()
                        italic |= {name} if value_of(properties, "font-style") == "italic" else set()
        return cls(frozenset(bold), frozenset(italic), frozenset(titles), frozenset(numbered))


@dataclass
class _Writer:
    """Writes elements as HTML; `package` has seen that none is deep."""

    package: Package
    styles: _Styles
    footnotes: list[str] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def written(self, element: Any, list_style: str = "") -> str:
        name = name_of(element)
        if name in _SKIPPED:
            return ""
        if name == "text:note":
            self.footnotes.append("")
            number = len(self.footnotes)
            self.footnotes[number - 1] = self._inside(element)
            return inserts.footnote(number)
        if name == "draw:frame":
            return self._frame(element)
        if name == "text:list":
            style = value_of(element, "style-name") or list_style
            tag = "ol" if style in self.styles.numbered else "ul"
            return f"<{tag}>{self._inside(element, style)}</{tag}>"
        inside = sign_of(element) if name != "text:line-break" else "<br>"
        inside += self._inside(element, list_style)
        return self._wrapped(name, element, inside)

    def _wrapped(self, name: str, element: Any, inside: str) -> str:
        style = value_of(element, "style-name")
        if name == "text:p":
            tag = "h1" if style in self.styles.titles else "p"
        elif name == "text:h":
            level = value_of(element, "outline-level")
            tag = (
                "h1"
                if style in self.styles.titles
                else f"h{min(int(level) + 1 if level in '123456' and level else 2, 6)}"
            )
        elif name == "text:a":
            return f'<a href="{escape(value_of(element, "href"))}">{inside}</a>'
        elif name == "text:span":
            inside = f"<em>{inside}</em>" if style in self.styles.italic else inside
            return f"<strong>{inside}</strong>" if style in self.styles.bold else inside
        else:
            tag = _ELEMENTS.get(name, "")
        return f"<{tag}>{inside}</{tag}>" if tag else inside

    def _inside(self, element: Any, list_style: str = "") -> str:
        is_words = is_inside(element)

        def words(text: str | None) -> str:
            return escape(inserts.without_marks(_WHITE.sub(" ", text or "")), quote=False) if is_words else ""

        parts = [words(element.text)]
        for child in element:
            parts += [self.written(child, list_style), words(child.tail)]
        return "".join(parts)

    def _frame(self, element: Any) -> str:
        """A picture, or the words of a box beside the text."""
        images = [child for child in element if name_of(child) == "draw:image"]
        if not images:
            return self._inside(element)
        told = {name_of(child): child.text or "" for child in element}
        description = told.get("svg:desc") or told.get("svg:title") or ""
        for image in images:
            content = self.package.pictures.get(value_of(image, "href").removeprefix("./"), b"")
            if suffix := picture_suffix(content):
                self.pictures.append(Picture(content, suffix, description))
                return inserts.picture(len(self.pictures))
        name = description or "without a description"
        self.told.append(f"left out a picture that is linked, or that browsers do not show: {name}")
        return ""
