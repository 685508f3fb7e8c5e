"""HTML as a browser reads it → the XHTML that an e-book is made of (EPUB 3.3, 6.1), with notes that pop up."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

XMLNS = "http://www.w3.org/1999/xhtml"
OPS = "http://www.idpf.org/2007/ops"
NOTES = "postil-notes"  # the id of the list of notes


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


def with_class(tree: Element, name: str) -> list[Element]:
    """Every element of a class, in the order of the text."""
    return [element for element in tree.iter() if name in element.get("class", "").split()]


def taken_out(tree: Element, name: str) -> list[Element]:
    """Every element of a class, removed from where it was; the text behind it stays."""
    parents = {child: parent for parent in tree.iter() for child in parent}
    found = with_class(tree, name)
    for element in found:
        parent = parents[element]
        index = list(parent).index(element)
        if index:
            parent[index - 1].tail = (parent[index - 1].tail or "") + (element.tail or "")
        else:
            parent.text = (parent.text or "") + (element.tail or "")
        element.tail = "\n"
        parent.remove(element)
    return found


def pop_up(body: Element, heading: str) -> None:
    """Make the notes of an annotated page footnotes that a reading system pops up, and a list at the end elsewhere.

    Args:
        body: of the page; it is changed.
        heading: of the list.
    """
    for name in ("postil-filter", "postil-tail", "postil-spoken"):
        taken_out(body, name)
    for link in with_class(body, "postil-ref"):
        link.text = link.get("data-number")
        link.set("epub:type", "noteref")
        link.set("role", "doc-noteref")  # also in a heading, where the page has a second one
        for name in ("aria-hidden", "tabindex"):
            link.attrib.pop(name, None)
    notes = taken_out(body, "postil-note")
    section = ElementTree.SubElement(body, "section", {"epub:type": "footnotes", "id": NOTES})
    ElementTree.SubElement(section, "h2").text = heading
    for note in notes:
        note.set("epub:type", "footnote")
        for head in with_class(note, "postil-note__head"):
            _number(head)
        section.append(note)


def _number(head: Element) -> None:
    """Number and sign as text: not every reading system draws what a style sheet adds."""
    head.text = f"{head.get('data-number')} {head.text or ''}"
    for word in with_class(head, "postil-note__verdict"):
        word.text = f"{word.get('data-sign')} {word.text or ''}"


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


def headings(body: Element, level: str) -> Iterator[tuple[str, str]]:
    """The id and the words of each heading of a level (h2) that has an id."""
    for heading in body.iter(level):
        if name := heading.get("id"):
            copy = deepcopy(heading)
            taken_out(copy, "postil-ref")
            yield name, " ".join("".join(copy.itertext()).split())
