"""HTML as a browser reads it → the XHTML that an e-book is made of (EPUB 3.3, 6.1)."""

from __future__ import annotations

from xml.etree import ElementTree
from xml.etree.ElementTree import Element

XMLNS = "http://www.w3.org/1999/xhtml"
OPS = "http://www.idpf.org/2007/ops"


def parsed(html: str) -> Element:
    """The `body` that a browser would make of a fragment (HTML, 13.2).

    Names have no namespace, and a drawing says its own: libraries share one list of prefixes, which changes when
    another is loaded.
    """
    import tinyhtml5

    body: Element | None = tinyhtml5.parse(html, namespace_html_elements=False).find("body")
    assert body is not None  # noqa: S101 (the parser makes one of any text)
    for element in body.iter():
        if isinstance(element.tag, str) and element.tag.startswith("{"):
            name = element.tag.partition("}")[2]
            if name in ("svg", "math"):
                element.set("xmlns", element.tag[1:].partition("}")[0])
            element.tag = name
    return body


def written(body: Element, title: str, language: str, direction: str, style: str) -> bytes:
    """A whole document.

    Args:
        body: its content.
        title: of the document.
        language: a BCP 47 tag.
        direction: ltr or rtl.
        style: the address of the style sheet.
    """
    names = {"xmlns": XMLNS, "xmlns:epub": OPS, "lang": language, "xml:lang": language, "dir": direction}
    root = Element("html", names)
    head = ElementTree.SubElement(root, "head")
    ElementTree.SubElement(head, "title").text = title
    ElementTree.SubElement(head, "link", {"rel": "stylesheet", "type": "text/css", "href": style})
    root.append(body)
    for element in root.iter():
        for name in [name for name in element.attrib if name.startswith("data-")]:
            del element.attrib[name]
    content: bytes = ElementTree.tostring(root, "utf-8")
    return b'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n' + content


def headings(body: Element, level: str) -> list[tuple[str, str]]:
    """The id and the words of each heading of a level (h2) that has an id."""
    found = [(heading.get("id", ""), "".join(heading.itertext())) for heading in body.iter(level)]
    return [(name, " ".join(words.split())) for name, words in found if name]
