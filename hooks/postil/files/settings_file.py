"""`postil.yml` → settings, with the defaults in the words of a language."""

from __future__ import annotations

import re
from importlib.resources import files

from pydantic_core import PydanticCustomError

from postil.files.translations import texts
from postil.files.validation import validated
from postil.files.yamltext import Document, read_yaml, type_names
from postil.model.editorial import Reviewing, checked_report
from postil.model.problem import PostilError, Problem, nearest
from postil.model.scale import Author, Verdict
from postil.model.settings import DEFAULT_MARGIN, PAGES, MadePages, Settings

_KEYS = ("authors", "verdicts", "citation_style", "namespace", "rights", "margin_from", "pages", "review", "report")
_YES_NO = {"yes": True, "true": True, "no": False, "false": False}


def _default_verdicts(language: str) -> dict[str, Verdict]:
    """The default scale in the words of a language."""
    text = texts(language)
    document = read_yaml(files("postil").joinpath("data/verdicts.yml").read_bytes(), "verdicts.yml")
    scale = [Verdict.model_validate(data | text.all(f"verdicts.{data['id']}")) for data in document.data["verdicts"]]
    return {verdict.id: verdict for verdict in scale}


def default_settings(language: str) -> Settings:
    """The settings of a site that says nothing."""
    return Settings(
        {"editors": Author(name=texts(language)("editors"), type="organisation")}, _default_verdicts(language)
    )


def read_settings(content: bytes, file: str, language: str = "en") -> tuple[Settings, list[Problem]]:
    """Read a site's `postil.yml`.

    Args:
        content: the bytes of the file.
        file: its name, for messages.
        language: of the words of the default scale.

    Returns:
        The settings, with the defaults for what the file leaves out, and every mistake.
    """
    problems: list[Problem] = []
    try:
        document = read_yaml(content, file)
    except PostilError as error:
        return default_settings(language), list(error.problems)
    if not isinstance(document.data, dict):
        expected = f"expected `authors:` or `verdicts:`, found {type_names[type(document.data)]}"
        return default_settings(language), [Problem(document.place(()), expected)]
    for key in document.data:
        if key not in _KEYS:
            message = f"the key {key!r} is unknown{nearest(key, _KEYS)}; keys are {', '.join(_KEYS)}"
            problems.append(Problem(document.key_place((key,)), message))
    default = default_settings(language)
    authors = _authors(document, problems) if "authors" in document.data else default.authors
    verdicts = _verdicts(document, problems) if "verdicts" in document.data else default.verdicts
    style = _text("citation_style", document, problems) or default.citation_style
    namespace, rights = (_text(key, document, problems) for key in ("namespace", "rights"))
    if rights and not re.fullmatch(r"https?://[^\s\"<>\\^`{|}]+", rights):
        message = f"'rights': {rights!r} is not an address; expected that of a licence, beginning with https://"
        problems.append(Problem(document.place(("rights",)), message))
        rights = ""
    width = _text("margin_from", document, problems) or default.margin_from
    if not re.fullmatch(r"\d{1,4}(\.\d{1,3})?(em|rem|px)", width):
        message = f"'margin_from': {width!r} is not a width; expected one as CSS writes it, such as {DEFAULT_MARGIN}"
        problems.append(Problem(document.place(("margin_from",)), message))
        width = default.margin_from
    review = validated(Reviewing, document, ("review",), problems) if "review" in document.data else None
    report = _report(document, problems)
    pages = _pages(document, problems) if "pages" in document.data else default.pages
    return Settings(authors, verdicts, style, namespace, rights, width, pages, review or Reviewing(), report), problems


def _report(document: Document, problems: list[Problem]) -> str:
    value = _text("report", document, problems)
    try:
        return checked_report(value) if value else ""
    except PydanticCustomError as error:
        problems.append(Problem(document.place(("report",)), f"'report': {error.message()}"))
        return ""


def _text(key: str, document: Document, problems: list[Problem]) -> str:
    value = document.data.get(key) or ""
    if isinstance(value, str):
        return value
    problems.append(Problem(document.place((key,)), f"{key!r}: expected a text"))
    return ""


def _pages(document: Document, problems: list[Problem]) -> MadePages:
    """`pages: {made: [claims, …], menu: no}`."""
    data = document.data["pages"]
    if not isinstance(data, dict):
        message = f"'pages': expected `made:` with a list or `menu:` with yes or no, found {type_names[type(data)]}"
        problems.append(Problem(document.place(("pages",)), message))
        return MadePages()
    for key in data:
        if key not in ("made", "menu"):
            message = f"the key {key!r} is unknown{nearest(key, ('made', 'menu'))}; keys are made, menu"
            problems.append(Problem(document.key_place(("pages", key)), message))
    names = data.get("made", list(PAGES))
    if not isinstance(names, list):
        problems.append(Problem(document.place(("pages", "made")), "'made': expected a list of pages"))
        names = []
    for index, name in enumerate(names):
        if name not in PAGES:
            message = f"there is no page {name!r}{nearest(str(name), PAGES)}; there are {', '.join(PAGES)}"
            problems.append(Problem(document.place(("pages", "made", index)), message))
    menu = data.get("menu", "yes")
    if menu not in _YES_NO:
        problems.append(Problem(document.place(("pages", "menu")), f"'menu': expected yes or no, found {menu!r}"))
    return MadePages(tuple(name for name in names if name in PAGES), _YES_NO.get(menu, True))


def _authors(document: Document, problems: list[Problem]) -> dict[str, Author]:
    data = document.data["authors"]
    if not isinstance(data, dict):
        message = f"'authors': expected a mapping of ids to names, found {type_names[type(data)]}"
        problems.append(Problem(document.place(("authors",)), message))
        return {}
    read = {key: validated(Author, document, ("authors", key), problems) for key in data}
    return {key: author for key, author in read.items() if author}


def _verdicts(document: Document, problems: list[Problem]) -> dict[str, Verdict]:
    data = document.data["verdicts"]
    if not isinstance(data, list):
        message = f"'verdicts': expected a list, found {type_names[type(data)]}"
        problems.append(Problem(document.place(("verdicts",)), message))
        return {}
    verdicts: dict[str, Verdict] = {}
    for index in range(len(data)):
        verdict = validated(Verdict, document, ("verdicts", index), problems)
        if verdict is None:
            continue
        if verdict.slug in {other.slug for other in verdicts.values()}:
            place = document.place(("verdicts", index, "id"))
            problems.append(Problem(place, f"the verdict {verdict.id!r} is here twice"))
        verdicts[verdict.id] = verdict
    return verdicts
