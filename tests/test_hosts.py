"""The extension alone, under a generator that has no hooks, as Zensical is: it leaves a context on the Markdown."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from markdown import Extension, Markdown
from markdown.preprocessors import Preprocessor

from postil.adapters.markdown import PostilExtension

NOTES = """\
annotations:
- {id: one, quote: opened in 1931, kind: context, note: "T:\\n\\n| a |\\n| - |\\n| 1 |\\n", author: editors, created: 2026-01-01}
- {id: gone, quote: not there, kind: context, note: x, author: editors, created: 2026-01-01}
- {id: draft, quote: the mayor, kind: context, note: Secret., status: draft, author: editors, created: 2026-01-01}
"""


class _Context(Extension):
    """What Zensical leaves on a Markdown instance: the page, and the configuration of the site."""

    def __init__(self, root: Path, path: str, language: str) -> None:
        super().__init__()
        self.page = SimpleNamespace(path=path, url="")
        self.site: dict[str, Any] = {
            "root_dir": str(root),
            "docs_dir": "content",
            "theme": {"language": language},
            "markdown_extensions": [self, "postil", "tables"],
            "mdx_configs": {"tables": {"use_align_attribute": True}},
        }

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        context = Preprocessor(md)
        context.run = lambda lines: lines  # type: ignore[method-assign]
        context.page, context.config = self.page, self.site  # type: ignore[attr-defined]
        md.preprocessors.register(context, "rendering_context", 100)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/index.annotations.yml").write_text(NOTES, "utf-8")
    return tmp_path


def rendered(root: Path, path: str = "index.md", language: str = "en") -> str:
    return Markdown(extensions=[_Context(root, path, language), PostilExtension()]).convert(
        "# The bridge\n\nThe bridge was opened in 1931 by the mayor.\n"
    )


def test_the_folder_the_extensions_and_the_language_are_those_of_the_site(root: Path) -> None:
    html = rendered(root)
    assert 'id="note-one"' in html and 'id="ref-one"' in html
    assert "<table>" in html, "bodies have the site's extensions"
    assert "سياق" in rendered(root, language="ar")


def test_it_brings_what_notes_need(root: Path) -> None:
    html = rendered(root)
    assert html.count("<style>") == 1 and html.count("<script>") == 1
    assert "<style>" not in rendered(root, "other.md") and "<script>" not in rendered(root, "other.md")


def test_mistakes_are_shown_and_stop_nothing(root: Path) -> None:
    html = rendered(root)
    assert "index.annotations.yml:3:21: gone:" in html.partition("</div>")[0]
    assert 'class="postil-lost"' in html and "Secret" not in html
    (root / "content/index.annotations.yml").write_text("annotations:\n- {id: one\n", "utf-8")
    assert "postil-problems" in rendered(root)


def test_a_text_that_is_no_page_stays_as_it_is() -> None:
    assert Markdown(extensions=[PostilExtension()]).convert("Words.") == "<p>Words.</p>"
