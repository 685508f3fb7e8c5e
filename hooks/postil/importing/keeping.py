"""The page of a stranger, made ready so that what Markdown has no element for keeps its words and its figures.

`trafilatura` finds the article among menus and advertisements, but leaves out captions and lists in cells, and makes
10⁶ into 106. So these become plain words before it looks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import lxml.html

from postil.importing.quotation_marks import marks_of
from postil.text.languages import language_of

_UP = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
_DOWN = str.maketrans("0123456789+-−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
_ORDINAL = re.compile(r"(?:st|nd|rd|th|e|er|re|ère|ème|o|a|os|as|º|ª|tes?|ter?)\Z", re.IGNORECASE)
_ITEM = "\ue010"  # stands before the words of an item of a numbered list while an article is taken out of its page
_MARK = rf"{_ITEM}\d*{_ITEM}"
_ADMONITION = re.compile(
    r"""^(?:!!!|\?\?\?\+?)[ ]+([\w -]+?)(?:[ ]+"([^"\n]*)")?[ ]*\n((?:(?:[ ]{4}.*|[ ]*)(?:\n|\Z))+)""", re.MULTILINE
)
# Between two signs of a dollar, and more than an amount of money.
_FORMULA = re.compile(r"(?<![\\$\w])\$(?=\S)[^$\n]*[\\^_={}][^$\n]*(?<=\S)\$(?!\d)|\$\$[^$]+\$\$|\\\([^\n]+?\\\)")
_LEAVES = "script style noscript template nav aside footer form button iframe svg select dialog".split()


def raised(words: str) -> str:
    """A superscript as text: 10⁶, note¹, 5th, x^(a, b)."""
    words = " ".join(words.split())
    if not words or _ORDINAL.match(words):
        return words
    up = words.translate(_UP)
    return up if not any(sign.isascii() and not sign.isspace() for sign in up) else f"^({words})"


def lowered(words: str) -> str:
    """A subscript as text: H₂O, x_(A, b)."""
    words = " ".join(words.split())
    down = words.translate(_DOWN)
    return down if not any(sign.isascii() and not sign.isspace() for sign in down) else f"_({words})"


def page(html: str) -> tuple[str, str, list[str]]:
    """Make a web page ready.

    Args:
        html: the page.

    Returns:
        The page with plain words in the place of what would be lost; the words of its article, as far as the page
        tells which part it is, else an empty text; what was changed, a line each.
    """
    try:
        root: Any = lxml.html.fromstring(html)
        told = _made_plain(root)
        return str(lxml.html.tostring(root, encoding="unicode")), _words_of_article(root), told
    except (lxml.etree.LxmlError, ValueError, RecursionError):
        return html, "", []


def elements(html: str) -> tuple[str, list[str]]:
    """Make HTML ready that was made of a document, in whose words no sign means anything."""
    try:
        root: Any = lxml.html.fragment_fromstring(html, create_parent="div")
        told = _made_plain(root)
    except (lxml.etree.LxmlError, ValueError, RecursionError):
        return html, []
    return numbered(str(lxml.html.tostring(root, encoding="unicode"))), told


def fragment(html: str) -> tuple[str, list[str]]:
    """Make HTML that Markdown rendered to ready: the same, and boxes of task lists, ^raised^ and ~lowered~ words."""
    try:
        root: Any = lxml.html.fragment_fromstring(html, create_parent="div")
        told = _made_plain(root)
    except (lxml.etree.LxmlError, ValueError, RecursionError):
        return html, []
    for element in root.iter():
        if isinstance(element.tag, str) and not {"code", "pre"} & {
            element.tag,
            *(up.tag for up in element.iterancestors()),
        }:
            element.text = _unmarked(element.text, is_item=element.tag in ("li", "p"))
        if isinstance(element.tag, str) and not {"code", "pre"} & {up.tag for up in element.iterancestors()}:
            element.tail = _unmarked(element.tail)
    if pictures := len(list(root.iter("img"))):
        told.append(f"{pictures} of the pictures became links to them")
    return numbered(str(lxml.html.tostring(root, encoding="unicode"))), told


def markdown(text: str) -> tuple[str, list[str]]:
    """Make Markdown ready: boxes of admonitions become quotations, formulas code, so that no sign of theirs is lost."""
    counts: Counter[str] = Counter()

    def box(match: re.Match[str]) -> str:
        counts["admonition became a quotation"] += 1
        lines = [line[4:] if line.startswith("    ") else line.strip() for line in match[3].rstrip("\n").split("\n")]
        title = match[2] if match[2] is not None else match[1].split()[0].capitalize()
        head = [f"**{title}**", ""] if title else []
        return "\n".join(f"> {line}".rstrip() for line in [*head, *lines]) + "\n\n"

    def formula(match: re.Match[str]) -> str:
        counts["formula kept as its source"] += 1
        return f"`{match[0]}`"

    text = _outside(r"^```.*?^```", text, lambda part: _ADMONITION.sub(box, part))
    text = _outside(r"^(?:> ?)*```.*?^(?:> ?)*```|`[^`\n]+`", text, lambda part: _FORMULA.sub(formula, part))
    return text, [f"{count} × {what}" for what, count in counts.items()]


def _outside(code: str, text: str, change: Callable[[str], str]) -> str:
    """A text changed where it is no code."""
    parts = re.split(f"({code})", text, flags=re.DOTALL | re.MULTILINE)
    return "".join(part if number % 2 else change(part) for number, part in enumerate(parts))


def _unmarked(text: str | None, *, is_item: bool = False) -> str | None:
    if not text:
        return text
    if is_item:
        text = re.sub(r"\A\s*\[([ xX])\]\s", lambda match: "☐ " if match[1] == " " else "☑ ", text)
    text = re.sub(r"(?<=[\w)])\^([^\s^]{1,12})\^", lambda match: raised(match[1]), text)
    return re.sub(r"(?<=[\w)])~([^\s~]{1,12})~", lambda match: lowered(match[1]), text)


def _made_plain(root: Any) -> list[str]:
    """Put plain words in the place of what would be lost; what was changed, a line each."""
    counts: Counter[str] = Counter()
    language = (root.get("lang") or "")[:2] or language_of(root.text_content(), "en")
    for element in list(root.iter("sup", "sub")):
        counts["superscript or subscript became signs of its own"] += 1
        _become(element, (raised if element.tag == "sup" else lowered)(element.text_content()))
    for element in list(root.iter("q")):
        opening, closing, *_ = marks_of(language)
        element.text = opening + (element.text or "")
        _append(element, closing)
        element.drop_tag()
    for element in list(root.iter("math")):
        tex = element.xpath(".//*[local-name()='annotation']/text()")
        counts["formula kept as its source"] += 1
        _become(element, f"${tex[0].strip()}$" if tex else " ".join(element.text_content().split()))
    for element in list(root.iter("figcaption", "caption")):
        _moved_out(element)
    for cell in list(root.iter("td", "th")):
        if cell.xpath(".//li | .//p | .//div"):
            counts["table cell with a list or paragraphs became one line"] += 1
            pieces = (" ".join(piece.split()) for piece in cell.itertext())
            _become(cell, "; ".join(filter(None, pieces)), drop=False)
    for block in list(root.iter("pre")):
        words = block.text_content()
        _become(block, "", drop=False)
        lxml.html.etree.SubElement(block, "code").text = words
    for items in list(root.iter("ol")):
        start = str(items.get("start") or "")
        for number, item in enumerate(items.findall("li"), int(start) if start.isdecimal() else 1):
            item.text = f"{_ITEM}{number}{_ITEM}{item.text or ''}"
    return [f"{count} × {what}" for what, count in counts.items()]


def numbered(html: str) -> str:
    """The article that was taken out of a prepared page, with its numbered lists again.

    A list that does not begin with 1 becomes paragraphs with their numbers: Markdown would count from 1.
    """
    if _ITEM not in html:
        return html
    body: Any = lxml.html.fragment_fromstring(html, create_parent="div")
    for items in list(body.iter("ul", "ol")):
        numbers = [_number(item) for item in items.findall("li")]
        if not numbers or not all(numbers):
            continue
        if numbers[0] == "1":
            items.tag = "ol"
            continue
        items.tag = "div"
        for item, number in zip(items.findall("li"), numbers, strict=True):
            first = item.find("p") if not (item.text or "").strip(_ITEM + "0123456789 \n") else None
            holder = item if first is None else first
            holder.text = f"{number}. {re.sub(_MARK, '', holder.text or '')}"
            item.tag = "p" if first is None else "div"
    return re.sub(rf"{_MARK}|{_ITEM}", "", str(lxml.html.tostring(body, encoding="unicode")))


def _number(item: Any) -> str:
    found = re.match(rf"\s*{_ITEM}(\d+){_ITEM}", item.text_content())
    return found[1] if found else ""


def _words_of_article(root: Any) -> str:
    """The words of the one element that says it is the article, or of `main`, a paragraph a line."""
    for name in ("article", "main"):
        found = [element for element in root.iter(name) if len(element.text_content()) > 200]
        if len(found) == 1:
            lines = []
            for line in found[0].iter("h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "td", "th", "pre", "dt", "dd"):
                inner = line.xpath("descendant::p | descendant::li | descendant::td | descendant::th")
                if not inner and not any(parent.tag in _LEAVES for parent in line.iterancestors()):
                    lines.append(" ".join(line.text_content().split()))
            return re.sub(_MARK, "", "\n".join(filter(None, lines)))
    return ""


def _become(element: Any, words: str, *, drop: bool = True) -> None:
    """Plain words in the place of an element, or of what is in it."""
    for child in list(element):
        element.remove(child)
    element.text = words
    if drop:
        element.drop_tag()


def _append(element: Any, words: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + words
    else:
        element.text = (element.text or "") + words


def _moved_out(caption: Any) -> None:
    """A caption becomes a paragraph: of a table above it, of a figure below it."""
    holder = caption.getparent()
    if holder is None or holder.getparent() is None:
        return
    words = " ".join(caption.text_content().split())
    paragraph = lxml.html.Element("p")
    paragraph.text = words
    is_table = caption.tag == "caption"
    caption.drop_tree()
    if is_table:
        holder.addprevious(paragraph)
    else:
        paragraph.tail, holder.tail = holder.tail, None
        holder.addnext(paragraph)
