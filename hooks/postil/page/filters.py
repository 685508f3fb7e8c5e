"""The choice at the head of an article: to read it, its key notes, all of them, or those of one verdict or kind.

It works without scripts, by radio buttons and styles.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence

from markupsafe import Markup

from postil.files.translations import Texts
from postil.model.annotation import Annotation, Kind
from postil.model.settings import Settings
from postil.page import styles
from postil.page.margin import LONGEST
from postil.page.note_view import KEY
from postil.page.templating import template

FEWEST = 4  # fewer notes need no choice
DENSE = 40  # words for one note; where there are fewer, only the key notes are shown at first
WORD = 6  # signs, with the space behind it
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


def render(annotations: Sequence[Annotation], settings: Settings, text: Texts, length: int, head: Markup) -> str:
    """The head of the article and the choice.

    Args:
        annotations: the notes in their place, one at least.
        settings: the scale of verdicts.
        text: the texts of the interface.
        length: of the reading text, code points.
        head: what stands above the choice (see `page.head`).
    """
    counts = Counter(group(annotation, settings) for annotation in annotations if not annotation.retracted)
    key = sum(KEY in annotation.tags for annotation in annotations)
    states: list[tuple[str, str, int | str]] = []
    if len(annotations) >= FEWEST:
        states = [("read", text("filter.read"), ""), ("all", text("filter.all"), len(annotations))]
        if 0 < key < len(annotations):
            states.insert(1, ("key", text("filter.key"), key))
    chosen = "key" if len(states) == 3 and len(annotations) * DENSE > length / WORD else "all"
    groups = [
        (f"verdict-{verdict.slug}", verdict.word, verdict.sign, f"postil-colour-{verdict.colour}")
        for verdict in settings.verdicts.values()
    ]
    groups += [(f"kind-{kind.value}", text(f"kinds.{kind.value}"), "", "postil-colour-grey") for kind in Kind]
    rows = [(*row, counts[row[0]]) for row in groups if counts[row[0]]] if states and len(counts) > 1 else []
    keys = json.dumps(text.all("keys"), ensure_ascii=False)
    return (
        template("filter")
        .render(
            states=states,
            chosen=chosen,
            groups=rows,
            text=text,
            keys=keys,
            many=len(annotations) > LONGEST,
            head=head,
        )
        .strip()
    )


def rules(settings: Settings) -> str:
    """The styles by which a choice hides the notes of others where no script does so: on paper none does.

    A hidden note keeps its place in the chain of the margin, so it is made empty and not taken out.
    """
    names = ["key", *(f"verdict-{verdict.slug}" for verdict in settings.verdicts.values())]
    names += [f"kind-{kind.value}" for kind in Kind]
    parts = [f"{_chosen(':not([value=all])')} .postil-note{{--postil-skip:0rem}}"]
    for name in names:
        chosen = _chosen(f'[value="{name}"]')
        # The kind fact-check is told by its verdict; its own class must not match the others' filter.
        parts.append(
            f"{chosen} .postil-note:not(.postil-{name}){{visibility:hidden;height:0;padding-block:0;margin-block:0;"
            f"overflow:hidden;--postil-step:0rem}}\n{_hidden(chosen, name)}\n{_printed(chosen, name)}"
        )
    calm = styles.smaller(styles.joined(("calm",))).replace(".postil-read", _chosen('[value="read"]'))
    body = "\n".join(parts)
    return f"@media (scripting:none),print{{\n{body}\n}}\n@media (scripting:none){{\n{calm}\n}}\n"


def plain_rules(settings: Settings) -> str:
    """The same where notes stand in the text and no script opens them: one that a link leads to is always shown."""
    names = ["read", "key", *(f"verdict-{verdict.slug}" for verdict in settings.verdicts.values())]
    names += [f"kind-{kind.value}" for kind in Kind]
    parts = []
    for name in names:
        chosen = f':root:has(.postil-filter input[value="{name}"]:checked)'
        parts.append(f"{chosen} .postil-note:not(.postil-{name},:target){{display:none}}\n{_hidden(chosen, name)}")
    body = "\n".join(parts)
    return f"@media screen{{\n{body}\n}}\n"


def _chosen(value: str) -> str:
    return f".md-typeset:has(.postil-filter input{value}:checked)"


def _printed(where: str, name: str) -> str:
    """On paper notes that are left out ask for no room, nor do their blocks and headings (see styles/print.css)."""
    without = f":not(:has(.postil-ref.postil-{name},+ p .postil-ref.postil-{name}))"
    return (
        f"@media print{{{where} .postil-note:not(.postil-{name}){{display:none}}\n"
        f"{where}>:not(:has(.postil-ref.postil-{name}),.postil-note){{--postil-room:0mm}}\n"
        f"{where}>:is(h2,h3,h4){without}{{--postil-room:16mm}}}}"
    )


def _hidden(where: str, name: str) -> str:
    return (
        f"{where} .postil-passage:not(.postil-{name}){{text-decoration-color:transparent}}\n"
        f"{where} .postil-ref:not(.postil-{name}){{display:none}}"
    )
