"""The register of sources: CSL-YAML, as Zotero and pandoc write it, → Source."""

from __future__ import annotations

from postil.files.validation import validated
from postil.files.yamltext import Path, read_yaml, type_names
from postil.model.problem import Place, PostilError, Problem, nearest
from postil.model.source import FIELDS, VARIABLES, Source


def read_sources(content: bytes, file: str) -> tuple[dict[str, Source], list[Problem]]:
    """Read a register of sources.

    Args:
        content: the bytes of a CSL-YAML file: a mapping with the list `references`, or the list alone.
        file: its name, for messages.

    Returns:
        The sources by id, in the order of the file, and every mistake. A source with a mistake is left out.
    """
    problems: list[Problem] = []
    try:
        document = read_yaml(content, file)
    except PostilError as error:
        return {}, list(error.problems)
    path: Path = ("references",) if isinstance(document.data, dict) else ()
    if path and set(document.data) - {"references"}:
        for key in sorted(set(document.data) - {"references"}):
            problems.append(Problem(document.key_place((key,)), f"the key {key!r} is unknown; expected `references:`"))
    items = document.data.get("references") if path else document.data
    if not isinstance(items, list):
        message = f"expected a list of sources below `references:`, found {type_names[type(items)]}"
        return {}, [*problems, Problem(document.place(path), message)]
    sources: dict[str, Source] = {}
    places: dict[str, Place] = {}
    for index, item in enumerate(items):
        here: Path = (*path, index)
        keys = item if isinstance(item, dict) else {}
        unknown = [key for key in keys if key not in FIELDS and key not in VARIABLES]
        for key in unknown:
            hint = nearest(key, [*FIELDS, *VARIABLES])
            message = f"the key {key!r} is not a variable of CSL{hint}"
            problems.append(Problem(document.key_place((*here, key)), message))
        source = validated(Source, document, here, problems)
        if source is None or unknown:
            continue
        if source.id in sources:
            first = places[source.id].line
            message = f"the source {source.id!r} is here twice (first in line {first})"
            problems.append(Problem(document.place((*here, "id")), message))
            continue
        place = places[source.id] = document.place((*here, "id"))
        sources[source.id] = source.model_copy(update={"line": place.line})
    return sources, problems
