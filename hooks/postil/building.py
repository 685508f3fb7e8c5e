"""One build of a site, as a generator's adapter needs it: plain calls, nothing of MkDocs."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from importlib.resources import files as package_files
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from postil import filters, margin, schema, views
from postil.citations import plain, references
from postil.extension import PostilExtension
from postil.model import Kind
from postil.problem import Place, Problem
from postil.published import Published
from postil.reading import read
from postil.site import SETTINGS_FILE, Site, is_private, shown

STYLES = "assets/postil/postil.css"
MARGIN = "assets/postil/margin.css"
CLAIMS = "assets/postil/claims.js"
NOTES = "assets/postil/notes.js"
SCHEMA = "schema/annotations.json"


class Build:
    """Reads a site's notes and follows its pages while they are rendered.

    Args:
        docs: the folder of the articles.
        language: of the interface.
        cache: a folder for what is costly to make again.
        serving: whether this is a live preview, where a mistake is shown on the page and stops nothing.
    """

    styles = (STYLES, MARGIN)
    scripts = (NOTES, CLAIMS)

    def __init__(self, docs: Path, language: str, cache: Path | None = None, *, serving: bool = False) -> None:
        self.site = Site.load(docs, language)
        self.serving = serving
        self.urls: dict[str, str] = {}
        self.titles: dict[str, str] = {}
        self._cache = cache
        self._views: views.Views | None = None
        self._held: dict[str, str] = {}

    def extension(self, extensions: Sequence[Any], configs: Mapping[str, Any]) -> PostilExtension:
        """The Markdown extension that annotates this site's pages; notes are rendered with the extensions given."""
        return PostilExtension(self.site, extensions=list(extensions), extension_configs=dict(configs))

    def is_private(self, path: str) -> bool:
        """Whether a file of docs/ stays out of the site."""
        return is_private(path)

    def files(self) -> dict[str, bytes]:
        """What the site needs beside its pages, by path: the styles, and the schema of notes files for editors."""
        longest = max(map(len, self.site.notes.values()), default=0)
        return {
            STYLES: _smaller(package_files("postil").joinpath("assets/postil.css").read_text("utf-8")),
            NOTES: package_files("postil").joinpath("assets/notes.js").read_bytes(),
            CLAIMS: package_files("postil").joinpath("assets/claims.js").read_bytes(),
            MARGIN: (margin.chain(longest) + filters.rules(self.site.desk.settings)).encode(),
            SCHEMA: schema.as_json(self.site.desk).encode(),
        }

    def pages(self) -> dict[str, str]:
        """The pages that are made from the data, as Markdown by path; a page of the author's own goes before."""
        return views.pages(self.site)

    def rendered(self, path: str, url: str, title: str, html: str) -> tuple[str, set[str]]:
        """Take note of a rendered page.

        Args:
            path: the page's path inside of docs/.
            url: its address inside of the site.
            title: its title.
            html: its content, already annotated by the extension.

        Returns:
            The content (in a live preview with the page's problems above it), and the ids that links may point to.
        """
        self.urls[path], self.titles[path] = url, title
        page = self.site.pages.get(path)
        problems = self.site.problems_of(path) if self.serving else []
        return (f"{self._box(problems)}{html}" if problems else html), (page.anchors if page else set())

    def filled(self, path: str, html: str) -> tuple[str, set[str]]:
        """A page with its views in place, once all pages are rendered, and the ids that it has because of them."""
        if "<!-- postil:" not in html:
            return html, set()
        if self._views is None:
            articles = [
                Published(name, self.urls[name], self.titles[name], page)
                for name, page in sorted(self.site.pages.items())
            ]
            self._views = views.Views(self.site, articles, self._references(), self.urls)
        return self._views.fill(self.urls[path], html), self._views.anchors

    def _references(self) -> dict[str, str]:
        style = self.site.desk.settings.citation_style
        own = self.site.docs / style
        try:
            return references(self.site.desk.sources, str(own) if own.is_file() else style, self._cache)
        except ValueError as error:
            place = Place(shown(self.site.docs / SETTINGS_FILE))
            self.site.problems.append(Problem(place, f"citation_style: {error}"))
            return {name: plain(source) for name, source in self.site.desk.sources.items()}

    def for_search(self, path: str, html: str) -> str:
        """The page as a search plugin shall read it: without its notes, unless somebody has changed it since."""
        page = self.site.pages.get(path)
        if page is None or not html.endswith(page.html.strip()):
            return html
        self._held[path] = html
        return page.source

    def after_search(self, path: str, html: str) -> str:
        """The page with its notes again."""
        return self._held.pop(path, html)

    def mended(self, html: str) -> str:
        """A whole page with a fault of the theme put right: its search dialog has no name."""
        label = self.site.desk.text("search")
        return html.replace(
            'data-md-component="search" role="dialog"', f'data-md-component="search" role="dialog" aria-label="{label}"'
        )

    def problems(self) -> list[Problem]:
        """Every mistake of every file, once all pages are rendered."""
        return self.site.all_problems()

    def failure(self) -> str:
        """Why this build must stop now, or an empty text."""
        errors = [problem for problem in self.problems() if problem.severity == "error"]
        if self.serving or not errors:
            return ""
        count = len(errors)
        return f"{count} mistake{'s' * (count > 1)} in the notes, told above. Nothing was published."

    def add_to_search(self, site_dir: Path) -> None:
        """Add an entry for each note to the search index that the search plugin has written, if there is one."""
        index_file = site_dir / "search" / "search_index.json"
        if not index_file.is_file():
            return
        index = json.loads(index_file.read_text("utf-8"))
        known = {entry["location"].partition("#")[0] for entry in index["docs"]}
        index["docs"] += [entry for entry in self._search_entries() if entry["location"].partition("#")[0] in known]
        content = json.dumps(index, separators=(",", ":"), ensure_ascii=False)
        index_file.write_text(content, "utf-8", newline="\n")

    def _search_entries(self) -> list[dict[str, str]]:
        desk = self.site.desk
        entries = []
        for path, page in sorted(self.site.pages.items()):
            for note in page.notes:
                annotation = note.annotation
                verdict = desk.settings.verdicts[annotation.verdict].word if annotation.verdict else ""
                heading = verdict or desk.text(f"kinds.{annotation.kind.value}")
                title = ": ".join(filter(None, [heading, annotation.title or note.passage]))
                text = f"<p>{escape(read(note.body).text)}</p>"
                location = f"{self.urls.get(path, '')}#note-{annotation.id}"
                entries.append({"location": location, "title": str(escape(title)), "text": text})
        return entries

    def write_report(self, file: Path) -> None:
        """Write what was published as JSON, for the command that started the build."""
        verdicts = self.site.desk.settings.verdicts
        words = {name: verdict.word for name, verdict in verdicts.items()}
        words |= {kind.value: self.site.desk.text(f"kinds.{kind.value}") for kind in Kind}
        tally = self.site.tally()
        report = {
            "articles": {path: self.urls.get(path, "") for path in sorted(self.site.pages)},
            "coverage": [{"article": path, **asdict(self.site.coverage_of(path))} for path in sorted(self.site.pages)],
            "warnings": [str(warning) for warning in self.site.warnings()],
            "tally": [[words[name], tally[name]] for name in words if tally[name]],
        }
        file.write_text(json.dumps(report, ensure_ascii=False), "utf-8")

    def _box(self, problems: Sequence[Problem]) -> str:
        text = self.site.desk.text
        lines = Markup("").join(Markup("<li><code>{}</code></li>\n").format(str(problem)) for problem in problems)
        return Markup(
            '<div class="postil-problems" role="alert" data-search-exclude>\n<p><strong>{}</strong></p>\n'
            "<ul>\n{}</ul>\n<p>{}</p>\n</div>\n"
        ).format(text("problems"), lines, text("problems_hint"))


def _smaller(css: str) -> bytes:
    """A stylesheet without its comments and indentation."""
    return re.sub(r"/\*.*?\*/|^\s+|\n", "", css, flags=re.DOTALL | re.MULTILINE).encode()
