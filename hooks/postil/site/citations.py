"""Sources → references in a citation style, by citeproc.

A finished bibliography is kept in a cache folder, since citeproc takes a third of a second for a hundred sources.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import warnings
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from markupsafe import escape

from postil import __version__
from postil.files.translations import texts
from postil.model import edtf
from postil.model.contributors import NAMES
from postil.model.source import DATES, Source
from postil.site import citeproc_sources, quotation_marks, reference_blocks
from postil.site.hidden_signs import HiddenSigns
from postil.site.styles import Style
from postil.site.styles import style as named


@dataclass(frozen=True)
class References:
    """The sources of a site as references.

    Attributes:
        html: by the id of the source; addresses are links.
        plain: of the sources that the style could not set, what is wrong, by id; they stand as title and outlet.
        told: what the author should know of the style, or an empty text.
    """

    html: dict[str, str]
    plain: dict[str, str]
    told: str = ""


def references(
    sources: Mapping[str, Source], style: str, cache: Path | None = None, language: str = "en"
) -> References:
    """Each source as a reference.

    Args:
        sources: the register.
        style: the name of a style, or the path of a CSL file (`site.styles`).
        cache: a folder to keep the result in; it may be missing or not writable.
        language: of the site, for months, quotation marks and the words between.

    Returns:
        The references. Whatever citeproc stumbles over in one source takes no other one with it.

    Raises:
        ValueError: when there is no such style, or its file is not CSL.
    """
    if not sources:
        return References({}, {})
    # citeproc-py makes ids small, so that S1 and s1 would be one; numbers are safe.
    signs = HiddenSigns()
    items = [
        {**_hidden(_csl_json(source, language), signs), "id": f"r{number}"}
        for number, source in enumerate(sources.values())
    ]
    known = named(style)
    # What is kept is kept by id, so a source that has been renamed is another.
    told = json.dumps([__version__, _FORM, list(sources), items, language], sort_keys=True)
    key = hashlib.sha256(told.encode() + known.csl).hexdigest()[:32]
    file = cache / f"references-{key}.json" if cache else None
    if file and file.is_file():
        try:
            kept = json.loads(file.read_text("utf-8"))
            return References(dict(kept["html"]), dict(kept["plain"]), known.told)
        except (OSError, ValueError, KeyError, TypeError):
            pass  # made anew below
    rendered, wrong = _rendered(items, known, language, signs)
    made = References(
        {
            name: _linked(reference_blocks.in_line(html), source.URL) if html else plain(source)
            for (name, source), html in zip(sources.items(), rendered, strict=True)
        },
        {name: why for name, why in zip(sources, wrong, strict=True) if why},
        known.told,
    )
    if file:
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps(asdict(made)), "utf-8")
        except OSError:
            pass  # a cache is no more than that
    return made


def _locale(language: str, own: str) -> str | None:
    """The locale of CSL for a language, if citeproc-py has one; None leaves it to a style of that language."""
    return None if (own or "en-US").split("-")[0] == language.split("-")[0] else _known_locale(language)


def _known_locale(language: str) -> str | None:
    from citeproc import LOCALES_PATH

    have = sorted(file.stem.removeprefix("locales-") for file in Path(LOCALES_PATH).glob("locales-*.xml"))
    main = language.split("-")[0]
    best = (language, f"{main}-{main.upper()}", "en-US" if main == "en" else main, *have)
    return next((name for name in best if name in have and name.split("-")[0] == main), None)


def _rendered(
    items: list[dict[str, Any]], style: Style, language: str, signs: HiddenSigns
) -> tuple[list[str], list[str]]:
    """Each item as a reference, and what is wrong with it; one of both is empty."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # citeproc tells which variables it does not know
        from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter

        from postil.site import citeproc_elements  # noqa: F401 (citeproc finds them)

        try:
            parsed = CitationStylesStyle(io.BytesIO(style.csl), locale=_locale(language, style.locale), validate=False)
            parsed.root.set("default-locale", language)  # of sources that do not name theirs: titles have its case
            bibliography = CitationStylesBibliography(parsed, citeproc_sources.references(items), formatter.html)
            for item in items:
                bibliography.register(Citation([CitationItem(item["id"])]))
        except Exception as error:  # the style itself, or what a library makes of it
            return [""] * len(items), [f"{type(error).__name__}: {error}"] * len(items)
        made = [_set(parsed, item, signs) for item in bibliography.items]
        return [html for html, _ in made], [why for _, why in made]


_FORM = 2  # of what is kept; one more with each change of it
# A stop behind another, between which a mark or the end of a tag may stand.
_STOPPED = re.compile(r"([?!…](?:</\w+>)*[”’»“‘]?(?:</\w+>)*|(?<!\.)\.(?:</\w+>)+)\.(?=[ <]|$)")
_STRAY = re.compile(r"(?<=[.!?])(?<! [.]) \.(?= [^.]|$)")  # and one that a space parts from the one before
_QUOTED = re.compile(r"([.!?…]?)((?:</\w+>)*’?”)([.,])")


def _in_quotation(found: re.Match[str]) -> str:
    """A stop or comma behind a quotation mark, put before it as in American English; a second stop is dropped."""
    before, mark, sign = found.groups()
    return f"{before}{mark}" if before and sign == "." else f"{before}{sign}{mark}"


def _marks(style: Any) -> quotation_marks.Marks:
    """The quotation marks of a style in its language."""
    names = ("open-quote", "close-quote", "open-inner-quote", "close-inner-quote")
    return quotation_marks.Marks(*(str(style.root.get_single_term(name)) for name in names))


def _set(style: Any, item: Any, signs: HiddenSigns) -> tuple[str, str]:
    """One item as a reference, and what is wrong with it."""
    try:
        html = signs.shown("".join(map(str, style.render_bibliography([item]))))
        html = _STRAY.sub("", _STOPPED.sub(r"\1", quotation_marks.nested(html, _marks(style))))
        if style.root.get_locale_option("punctuation-in-quote").lower() == "true":
            html = _QUOTED.sub(_in_quotation, html)
        html = reference_blocks.blocks(html, second_field=bool(style.root.bibliography.get("second-field-align")))
    except Exception as error:
        return "", f"{type(error).__name__}: {error}"
    return (html, "") if html.strip() else ("", "it sets nothing of it")


def _csl_json(source: Source, language: str) -> dict[str, Any]:
    """A source as CSL-JSON (citation-style-language/schema, csl-data.json)."""
    data = (
        source.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude={"custom", "note"}) | source.markup
    )
    data["type"] = source.type
    for variable in DATES:
        if variable in data:
            data[variable] = _date(data[variable], language)
    data = {name: value for name, value in data.items() if value != {}}  # undated
    if source.title_from in (*NAMES, "container-title", "publisher", "URL"):  # which a style shows in its place
        del data["title"]
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


def _date(date: str, language: str) -> dict[str, Any]:
    """EDTF text as a CSL date; ranges, seasons and doubt in words, since few styles have a place for them."""
    found = edtf.moments(date)
    first = found[0] if len(found) == 1 else None
    if first is None or first.doubt or first.is_season or first.years > 1 or first.year < 1:
        return {"literal": texts(language).edtf(date)} if date else {}
    return {"date-parts": [edtf.parts(first)]}


def _linked(html: str, address: str) -> str:
    """The reference with its address as a link."""
    shown = str(escape(address))
    return html.replace(shown, f'<a href="{shown}">{shown}</a>', 1) if address else html


def plain(source: Source) -> str:
    """A source in a few words, for places where no citeproc is: title, outlet."""
    return str(escape(", ".join(filter(None, [source.title, source.outlet_beside_title]))))
