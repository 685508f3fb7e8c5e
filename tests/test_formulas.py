"""Notes from elsewhere on words with formulas, which a browser copies as it has set them."""

from __future__ import annotations

import json

import pytest
import yaml
from click.testing import CliRunner
from markdown import Markdown

from conftest import Project
from postil.commands import main
from postil.importing.formulas import place
from postil.text.reading import read

ARTICLE = (
    "# The law\n\nThe law $E=mc^2$ holds in all frames of $a_1$, says $\\frac{\\alpha}{b}$ of them.\n\n"
    "The law $E=mc^3$ holds nowhere, and nowhere else.\n"
)


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("law E=mc^2 holds in", "law E=mc^2 holds in"),  # the source
        ("law \\(E=mc^2\\) holds in", "law E=mc^2 holds in"),  # before a script has set it
        ("law $E=mc^2$ holds in", "law E=mc^2 holds in"),
        ("law E=mc2 holds in", "law E=mc^2 holds in"),  # as set
        ("law 𝐸=𝑚𝑐2 holds in", "law E=mc^2 holds in"),  # MathJax, MathML
        (
            "law 𝐸\u2062 = 𝑚\u2062𝑐2E=mc^2E=mc2 holds in all frames of a1",
            "law E=mc^2 holds in all frames of a_1",
        ),  # KaTeX
        ("frames of a1, says αb of them", "frames of a_1, says \\frac{\\alpha}{b} of them"),
        ("E=mc2 holds nowhere", None),  # with 3 it does
        ("law E=mc4 holds", None),
        ("E=mc2", None),  # no words beside it
        ("The law holds", None),
        ("", None),
    ],
)
@pytest.mark.parametrize("generic", [True, False])
def test_a_quote_goes_over_formulas_as_they_are_read(quote: str, expected: str | None, generic: bool) -> None:
    extensions = {"pymdownx.arithmatex": {"generic": generic}}
    reading = read(Markdown(extensions=list(extensions), extension_configs=extensions).convert(ARTICLE))
    found = place(quote, reading.text, reading.atoms)
    assert (reading.text[found.start : found.end] if found else None) == expected


def test_a_note_of_hypothesis_on_a_formula_comes_in(project: Project) -> None:
    config = (project.folder / "mkdocs.yml").read_text("utf-8").replace("attr_list,", "attr_list, pymdownx.arithmatex,")
    selectors = [
        {"type": "TextQuoteSelector", "exact": "law 𝐸=𝑚𝑐2 holds in all", "prefix": "The ", "suffix": " frames of"},
        {"type": "TextQuoteSelector", "exact": "law 𝐸=𝑚𝑐9 holds in none", "prefix": "The ", "suffix": " frames of"},
    ]
    rows = [
        {
            "id": f"note-{number}-of-hypothesis",
            "created": "2026-01-02T03:04:05Z",
            "updated": "2026-01-02T03:04:05Z",
            "user": "acct:nora@hypothes.is",
            "uri": "https://example.org/law/",
            "text": "Which frames?",
            "tags": [],
            "group": "__world__",
            "permissions": {"read": ["group:__world__"]},
            "target": [{"source": "https://example.org/law/", "selector": [selector]}],
        }
        for number, selector in enumerate(selectors)
    ]
    files: dict[str, str | bytes] = {"mkdocs.yml": config, "docs/law.md": ARTICLE, "h.json": json.dumps(rows)}
    files["docs/postil.yml"] = "authors: {editors: {name: The editors}}\n"
    project.write(files)
    told = CliRunner().invoke(main, ["import", "h.json", "--article", "law.md"])
    notes = yaml.safe_load((project.folder / "docs/law.annotations.yml").read_text("utf-8"))["annotations"]
    assert [note["quote"] for note in notes] == ["law E=mc^2 holds in all"], told.output
    assert project.build() == []
    assert 'id="note-' in project.read("law/index.html")
