"""CSL-JSON → the references of citeproc-py, with the names and variables that its own reader does not know."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from postil.model.contributors import NAMES
from postil.model.source import DATES

# What CSL 1.0 called otherwise, and Zotero still writes.
_OTHER_NAMES = {"journalAbbreviation": "container-title-short", "shortTitle": "title-short"}


def references(items: Iterable[Mapping[str, Any]]) -> Any:
    """Items of CSL-JSON as a source of citeproc-py.

    Args:
        items: with `id` in small letters; a date has one of `date-parts` or is literal.
    """
    from citeproc.source import BibliographySource, Reference

    found = BibliographySource()
    for item in items:
        values: dict[str, Any] = {}
        for key, value in ({_OTHER_NAMES.get(key, key): value for key, value in item.items()} | dict(item)).items():
            if key not in ("id", "type", "categories") and (made := _value(key, value)) is not None:
                # Elements for names ask for them as they are written, all others with underscores.
                values |= {key: made, key.replace("-", "_"): made}
        found.add(Reference(item["id"], item.get("type", "document"), **values))
    return found


def _value(key: str, value: Any) -> Any:
    from citeproc.source import Date, LiteralDate, Name
    from citeproc.string import MixedString, String

    if key in NAMES:
        return [Name(**_name(name)) for name in value]
    if key in DATES:
        about = bool(value.get("circa"))
        if "literal" in value:
            return LiteralDate(value["literal"], circa=about)
        parts = dict(zip(("year", "month", "day"), value["date-parts"][0], strict=False))
        return Date(circa=about, **parts)
    if not isinstance(value, str):
        return None
    return value if key == "language" else MixedString([String(value)])


_EASTERN = re.compile(r"[\u3005\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003134f]+")
_PARTS = ("family", "given", "suffix", "dropping-particle", "non-dropping-particle")


def _name(name: Mapping[str, str]) -> dict[str, str]:
    """A name with a family name, or one whole; one in Chinese, Japanese or Korean signs has its family name first."""
    if _EASTERN.fullmatch(name.get("family", "")) and _EASTERN.fullmatch(name.get("given", "")):
        return {"literal": f"{name['family']}{name['given']}"}
    if name.get("family") and not name.get("isInstitution"):
        return {part: name[part] for part in _PARTS if name.get(part)}
    return {"literal": name.get("literal") or name.get("family") or name.get("given") or ""}
