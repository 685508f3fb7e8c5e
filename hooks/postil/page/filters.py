"""The tally at the head of an article, each part of it a filter that works without scripts."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence

from postil.files.translations import Texts
from postil.model.annotation import Annotation, Kind
from postil.model.settings import Settings
from postil.page.templating import template

FEWEST = 4  # fewer notes need no filter
_HEAD = re.compile(r"</h1\s*>", re.IGNORECASE)


def group(annotation: Annotation, settings: Settings) -> str:
    """The class name of the group that a note is filtered by: that of its verdict, else that of its kind."""
    if annotation.verdict is not None:
        return f"verdict-{settings.verdicts[annotation.verdict].slug}"
    return f"kind-{annotation.kind.value}"


def place(html: str) -> int:
    """Where the filter stands: after the headline, or first of all."""
    head = _HEAD.search(html)
    return head.end() if head else 0


def render(annotations: Sequence[Annotation], settings: Settings, text: Texts) -> str:
    """The filter of one article; an empty text where there is little to choose from.

    Notes that were taken back are in no group.
    """
    annotations = [annotation for annotation in annotations if not annotation.retracted]
    counts = Counter(group(annotation, settings) for annotation in annotations)
    if len(annotations) < FEWEST or len(counts) < 2:
        return ""
    groups = [
        (f"verdict-{verdict.slug}", verdict.word, verdict.sign, f"postil-colour-{verdict.colour}")
        for verdict in settings.verdicts.values()
    ]
    groups += [(f"kind-{kind.value}", text(f"kinds.{kind.value}"), "", "postil-colour-grey") for kind in Kind]
    rows = [(*row, counts[row[0]]) for row in groups if counts[row[0]]]
    keys = json.dumps(text.all("keys"), ensure_ascii=False)
    return template("filter").render(groups=rows, total=len(annotations), text=text, keys=keys).strip()


def rules(settings: Settings) -> str:
    """The styles by which a chosen group hides the notes of others.

    A hidden note keeps its place in the chain of the margin, so it is made empty and not taken out.
    """
    names = [f"verdict-{verdict.slug}" for verdict in settings.verdicts.values()] + [
        f"kind-{kind.value}" for kind in Kind
    ]
    parts = []
    for name in names:
        chosen = f'.md-typeset:has(.postil-filter input[value="{name}"]:checked)'
        # The kind fact-check is told by its verdict; its own class must not match the others' filter.
        parts.append(
            f"{chosen} .postil-note:not(.postil-{name}){{visibility:hidden;height:0;padding-block:0;margin-block:0;"
            f"overflow:hidden}}\n"
            f"{chosen} .postil-passage:not(.postil-{name}){{text-decoration-color:transparent}}\n"
            f"{chosen} .postil-ref:not(.postil-{name}){{display:none}}"
        )
    return "\n".join(parts) + "\n"
