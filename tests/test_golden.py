"""Golden files: an article and its notes in, the annotated HTML out. A reader sees what the engine does.

Each file in `golden/` has three parts: Markdown, then notes (a quote a line, `kind | quote`, with `prefix … ` or
`suffix …` where it is needed), then the HTML. In the HTML the body of a note is left out: `<aside id="note-1">`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import markdown
import pytest

from postil.files.notes_file import Entry, read_annotations
from postil.page.annotate import annotate
from postil.page.context import Context

FOLDER = Path(__file__).parent / "golden"
NOTES = "\n----- notes\n"
HTML = "\n----- html\n"
EXTENSIONS = "attr_list admonition footnotes tables def_list md_in_html toc".split() + [
    f"pymdownx.{name}" for name in "superfences arithmatex critic emoji smartsymbols".split()
]
CONFIGS: dict[str, dict[str, Any]] = {
    "toc": {"permalink": True},
    "pymdownx.arithmatex": {"generic": True},
    "pymdownx.critic": {"mode": "view"},
    "pymdownx.emoji": {"options": {"image_path": "/"}},
}

NOTE = "  - {{id: n{number}, kind: context, note: x, author: editors, created: 2026-01-01, {fields}}}\n"


def entries(lines: list[str]) -> list[Entry]:
    """`quote` or `quote | prefix: …` lines as notes n1, n2, …"""
    text = "annotations:\n"
    for number, line in enumerate(lines, 1):
        quote, *context = line.split(" | ")
        fields = [f'quote: "{quote}"', *(re.sub(r": (.*)", r': "\1"', part) for part in context)]
        text += NOTE.format(number=number, fields=", ".join(fields))
    found, problems = read_annotations(text.encode(), "notes.yml")
    assert not problems
    return list(found.entries)


def shortened(html: str) -> str:
    """The HTML with the attributes and bodies that are alike in every case left out."""
    html = re.sub(
        r'\n<aside [^>]*id="note-([^"]*)".*?</aside>', r'\n<aside id="note-\1">…</aside>', html, flags=re.DOTALL
    )
    html = re.sub(r'\n<aside class="postil-filter.*?</aside>', "", html, flags=re.DOTALL)
    html = re.sub(r'\n<div class="postil-tail [^"]*"></div>', "", html)
    html = re.sub(r'<mark [^>]*aria-details="note-([^"]*)">', r'<mark "\1">', html)
    html = re.sub(r'<a class="postil-spoken[^>]*href="#note-([^"]*)"[^>]*>', r'<a spoken="\1">', html)
    return re.sub(r'<a class="postil-ref[^>]*href="#note-([^"]*)"[^>]*>', r'<a ref="\1">', html)


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.txt")), ids=lambda file: file.stem)
def test_golden(file: Path, golden: Callable[[Path, str, str], None]) -> None:
    text = file.read_text("utf-8")
    source, _, rest = text.partition(NOTES)
    lines, _, _ = rest.partition(HTML)
    html = markdown.markdown(source, extensions=EXTENSIONS, extension_configs=CONFIGS)
    page = annotate(html, entries(lines.splitlines()), Context(), lambda note: f"<p>{note.note}</p>")
    problems = "".join(f"{problem}\n" for problem in page.problems)
    golden(file, HTML, f"{shortened(page.html)}\n{problems}")
