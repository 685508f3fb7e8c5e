"""A style of CSL, rewritten so that citeproc-py sets it as the specification says.

Each function says in CSL that citeproc-py understands what it overlooks; the style means the same before and after.
"""

from __future__ import annotations

from typing import Any

from postil.site import reference_blocks
from postil.site.hidden_signs import SIGNS

_CSL = "{http://purl.org/net/xbiblio/csl}"
_TEXTS = ("prefix", "suffix", "delimiter", "value", "initialize-with", "sort-separator", "name-delimiter")


def mend(root: Any) -> None:
    """Rewrite a style, in place.

    Args:
        root: its first element.
    """
    _hide_signs(root)
    _keep_given_names(root)
    reference_blocks.mark(root)
    _delimit_dates(root)


def _hide_signs(root: Any) -> None:
    """`<`, `>` and `&` of the style are signs of the text; citeproc-py writes them into its HTML as they are."""
    for element in root.iter(f"{_CSL}*"):
        for name in _TEXTS:
            if name in element.attrib:
                element.set(name, element.get(name).translate(SIGNS))
        if element.text and element.tag.startswith((f"{_CSL}term", f"{_CSL}single", f"{_CSL}multiple")):
            element.text = element.text.translate(SIGNS)


def _keep_given_names(root: Any) -> None:
    """Names with `initialize="false"` keep their given names; citeproc-py initializes wherever it is told with what."""
    scopes = [root, *root.iterfind(f"{_CSL}bibliography")]
    names = [*root.iter(f"{_CSL}name")]
    if all(element.get("initialize") != "false" for element in (*scopes, *names)):
        return
    given = [scope.get("initialize-with") for scope in reversed(scopes)]  # which may be an empty text
    inherited = next((sign for sign in given if sign is not None), None)
    never = any(scope.get("initialize") == "false" for scope in scopes)
    for scope in scopes:
        scope.attrib.pop("initialize-with", None)
    for name in names:
        if name.get("initialize", "false" if never else "true") == "false":
            name.attrib.pop("initialize-with", None)
        elif inherited is not None and "initialize-with" not in name.attrib:
            name.set("initialize-with", inherited)


def _delimit_dates(root: Any) -> None:
    """What a locale of the style puts between the parts of a date."""
    dates = root.iterfind(f"{_CSL}locale/{_CSL}date")
    delimiters = {date.get("form"): date.get("delimiter") for date in dates if date.get("delimiter")}
    for date in root.iter(f"{_CSL}date"):
        if date.get("variable") and date.get("form") in delimiters and "delimiter" not in date.attrib:
            date.set("delimiter", delimiters[date.get("form")])
