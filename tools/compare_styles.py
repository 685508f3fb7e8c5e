"""Citation styles, measured: which of 40 set which types of sources in which language, and the test suite of CSL.

python tools/compare_styles.py                 a table: 40 styles, 16 types, 3 languages; needs postil[styles]
python tools/compare_styles.py --suite FOLDER  the bibliographies of citation-style-language/test-suite
"""

from __future__ import annotations

import html
import io
import json
import re
import sys
import warnings
from collections import Counter
from pathlib import Path
from typing import Any

from postil.model.source import Source
from postil.site import citations

STYLES = (
    "american-chemical-society american-institute-of-physics american-medical-association american-physics-society "
    "american-political-science-association american-sociological-association apa "
    "associacao-brasileira-de-normas-tecnicas "
    "acm-sig-proceedings bluebook-law-review cell chicago-author-date chicago-notes-bibliography "
    "deutsche-gesellschaft-fur-psychologie din-1505-2 elsevier-harvard elsevier-vancouver frontiers "
    "gost-r-7-0-5-2008 harvard-cite-them-right ieee iso690-author-date-en iso690-numeric-en journal-of-peace-research "
    "juristische-schulung mhra-notes-publisher-place modern-language-association "
    "multidisciplinary-digital-publishing-institute nature nature-communications norma-portuguesa-405 oscola plos "
    "plos-one royal-society-of-chemistry science springer-basic-author-date "
    "taylor-and-francis-chicago-author-date the-lancet turabian-author-date"
).split()
TYPES = (
    "article-journal article-magazine article-newspaper book broadcast chapter interview legal_case legislation "
    "motion_picture paper-conference personal_communication post report thesis webpage"
).split()
LANGUAGES = ("en", "de", "ar")


def sample(kind: str) -> Source:
    """A source of a type, with what such a source has."""
    author = [{"family": "Reel", "given": "Rob"}, {"literal": "The Office"}]
    makers: dict[str, Any] = {
        "motion_picture": {"director": author[:1]},
        "interview": {"author": author[:1], "interviewer": [{"family": "Xi", "given": "Yu"}]},
        "personal_communication": {"author": author[:1], "recipient": [{"family": "Xi", "given": "Yu"}]},
        "legal_case": {"number": "12", "authority": "Court"},
        "legislation": {"number": "12", "section": "3"},
    }
    values = {
        "id": kind, "type": kind, "title": "Span", "container-title": "The Gazette", "issued": "1950-05-02",
        "accessed": "2024-05-01", "URL": "https://example.org/x", "publisher": "Vasa", "publisher-place": "Oslo",
        "volume": "3", "page": "10-12",
    }  # fmt: skip
    return Source.model_validate(values | makers.get(kind, {"author": author}))


def table() -> None:
    """Print which types each style sets in each language; types for which it has nothing are named."""
    sources = {kind: sample(kind) for kind in TYPES}
    total: Counter[str] = Counter()
    for style in STYLES:
        cells = []
        for language in LANGUAGES:
            try:
                found = citations.references(sources, style, language=language)
            except ValueError as error:
                cells.append(str(error))
                total["no style"] += len(TYPES)
                continue
            raised = [name for name, why in found.plain.items() if ": " in why]
            nothing = [name for name in found.plain if name not in raised]
            total.update({"set": len(TYPES) - len(found.plain), "exceptions": len(raised), "nothing": len(nothing)})
            words = f"{len(TYPES) - len(found.plain)}"
            cells.append(f"{words} (raises: {', '.join(raised)})" if raised else words)
            if nothing and language == LANGUAGES[0]:
                cells[-1] += f" (nothing for {', '.join(nothing)})"
        print(f"| {style} | {' | '.join(cells)} |")
    print(dict(total))


_SECTION = re.compile(r">>=+ ?([\w -]+?) ?=+>>(.*?)<<=+ ?\1 ?=+<<", re.DOTALL)


def suite(folder: Path) -> None:
    """Print how many bibliographies of the suite come out as expected, to the sign and by their words."""
    counts: Counter[str] = Counter()
    for file in sorted(folder.rglob("processor-tests/humans/*.txt")):
        parts = {name.strip(): text.strip() for name, text in _SECTION.findall(file.read_text("utf-8"))}
        if parts.get("MODE") != "bibliography" or {"BIBENTRIES", "BIBSECTION", "CITATIONS"} & parts.keys():
            continue
        try:
            given = _bibliography(parts["CSL"].encode(), json.loads(parts["INPUT"]))
        except Exception as error:
            counts[f"raises {type(error).__name__}"] += 1
            continue
        wanted = parts["RESULT"]
        same = "as expected" if _folded(given) == _folded(wanted) else "the same words"
        counts[same if _words(given) == _words(wanted) or same == "as expected" else "other"] += 1
    print(sum(counts.values()), dict(counts))


def _bibliography(csl: bytes, items: list[dict[str, Any]]) -> str:
    from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
    from lxml import etree

    from postil.site import citeproc_elements, citeproc_sources, style_mending  # noqa: F401
    from postil.site.hidden_signs import HiddenSigns

    signs = HiddenSigns()
    known = [{**citations._hidden(_texts(item), signs), "id": str(item["id"]).lower()} for item in items]
    root = etree.fromstring(csl)
    style_mending.mend(root)
    style = CitationStylesStyle(io.BytesIO(etree.tostring(root)), validate=False)
    made = CitationStylesBibliography(style, citeproc_sources.references(known), formatter.html)
    for item in known:
        made.register(Citation([CitationItem(item["id"])]))
    made.sort()
    set_ = [citations._set(style, item, signs)[0] for item in made.items]
    entries = "".join(f'<div class="csl-entry">{entry}</div>' for entry in set_)
    return f'<div class="csl-bib-body">{entries}</div>'


def _texts(item: dict[str, Any]) -> dict[str, Any]:
    """An item as the register gives it: numbers are texts."""
    return {key: str(value) if isinstance(value, int | float) else value for key, value in item.items()}


def _folded(text: str) -> str:
    return re.sub(r"\s*(</?div[^>]*>)\s*", r"\1", " ".join(html.unescape(text).split()))


def _words(text: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html.unescape(text)).split())


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    if sys.argv[1:2] == ["--suite"]:
        suite(Path(sys.argv[2]))
    else:
        table()
