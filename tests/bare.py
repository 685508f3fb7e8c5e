"""A third generator, as short as one can be: Python-Markdown and a bare template, joined to the build as Zensical is.

It is the model for an adapter of one's own (CONTRIBUTING, "Another generator").
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

import yaml
from markdown import Markdown

from postil.build.generator import Configured
from postil.build.links import PageLinks, Targets
from postil.build.marks import Content, marked
from postil.build.read import Options
from postil.build.staging import expected_url
from postil.site.urls import file_of

EXTENSIONS = ["tables", "footnotes", "attr_list"]
PAGE = (
    "<!doctype html><html><head><title>{title}</title>"
    '<meta name="description" content="{about}"></head><body><main>{content}</main></body></html>\n'
)
_FRONT = re.compile(r"---\n(.*?)\n---\n", re.DOTALL)


class Bare:
    """The generator of one site: `docs/` becomes HTML."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def configured(self) -> Configured:
        """There is no configuration file."""
        options = Options(docs=self._root / "docs", theme="bare", site_name="Bare", cache=self._root / ".cache/postil")
        return Configured(options, site_dir=self._root / "site", extensions=EXTENSIONS, ignored=frozenset())

    def render(self, docs: Path, site: Path, hidden: Sequence[str]) -> list[str]:
        """Render every page, its content between the marks; copy everything else."""
        paths = [file.relative_to(docs).as_posix() for file in sorted(docs.rglob("*")) if file.is_file()]
        urls = {path: expected_url(path, directory_urls=True) if path.endswith(".md") else path for path in paths}
        for path, url in urls.items():
            place = site / file_of(url)
            place.parent.mkdir(parents=True, exist_ok=True)
            if path.endswith(".md"):
                place.write_text(_page(path, (docs / path).read_text("utf-8"), Targets(urls)), "utf-8")
            else:
                shutil.copyfile(docs / path, place)
        return []

    def small(self, page: str) -> str:
        """There is no menu."""
        return page


def _page(path: str, text: str, targets: Targets) -> str:
    front = _FRONT.match(text)
    meta: dict[str, Any] = yaml.safe_load(front[1]) if front else {}
    named: list[str] = []
    markdown = Markdown(extensions=EXTENSIONS)
    markdown.treeprocessors.register(PageLinks(path, targets, named), "links", 0)
    html = markdown.convert(text[front.end() :] if front else text)
    heading = re.search("<h1.*?>(.*?)</h1>", html)
    title = str(meta.get("title") or (heading[1] if heading else path))
    content = marked(Content(path, html, title, meta, tuple(named)))
    return PAGE.format(title=escape(title), about=escape(str(meta.get("description", ""))), content=content)
