"""One build of a site, as a generator's adapter needs it: plain calls, nothing of MkDocs."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import cached_property
from importlib.resources import files as package_files
from pathlib import Path
from typing import Any

from markupsafe import Markup

from postil.build import search_entries
from postil.build.editions import editions
from postil.export import catalogue, embedded, sitemap
from postil.export.dataset import Dataset
from postil.export.own_page import Frames
from postil.model.annotation import Kind
from postil.model.problem import Place, Problem, shown
from postil.offline.edition import Editions
from postil.page import filters, margin, paper, styles
from postil.site import schema
from postil.site.citations import plain, references
from postil.site.downloads import Downloads, read_downloads
from postil.site.folder import SETTINGS_FILE, Site, is_private
from postil.site.published import Published, file_of, folder, note_url
from postil.site.warnings import warnings
from postil.text.reading import read
from postil.views import fill as views

STYLES = "assets/postil/postil.css"
MARGIN = "assets/postil/margin.css"
CLAIMS = "assets/postil/claims.js"
NOTES = "assets/postil/notes.js"
DOWNLOADS = "downloads"
SHIM = "assets/postil/iframe-worker.js"
SCHEMA = "schema/annotations.json"


class Build:
    """Reads a site's notes and follows its pages while they are rendered.

    Args:
        docs: the folder of the articles.
        language: of the interface.
        cache: a folder for what is costly to make again.
        downloads: the folder of the files that go with a reader (see the package `offline`).
        serving: whether this is a live preview, where a mistake is shown on the page and stops nothing.
        strict: whether a note that has lost its passage stops the build; else it stands at the end of the article.
        site_name: as readers see it.
        site_url: the address of the site, if it is known.
    """

    styles = (STYLES, MARGIN)
    scripts = (NOTES, CLAIMS)

    def __init__(
        self,
        docs: Path,
        language: str,
        cache: Path | None = None,
        downloads: Path | None = None,
        *,
        serving: bool = False,
        strict: bool = True,
        site_name: str = "",
        site_url: str = "",
    ) -> None:
        self.site = Site.load(docs, language, unpublished=serving)
        self.site.fragments = {} if serving else None
        self.site.context.strict = strict and not serving
        self.serving = serving
        self.urls: dict[str, str] = {}
        self.titles: dict[str, str] = {}
        self._address = (site_name, f"{site_url.rstrip('/')}/" if site_url else "", language)
        self._articles: dict[str, Published] = {}
        self._shells = Frames()
        self._cache = cache
        self._views: views.Views | None = None
        self._references: dict[str, str] = {}
        self._on_paper: dict[str, str] = {}
        self._held: dict[str, str] = {}
        self._contents: dict[str, str] = {}
        self._meta: dict[str, Mapping[str, Any]] = {}
        self._downloads = downloads
        self._copies = Downloads()
        self._for_disk = False

    def own_shim(self, polyfills: Sequence[Any]) -> list[Any]:
        """The scripts of Material's offline plugin, with a copy of our own in place of the one on another host."""
        self._for_disk = True
        return [SHIM if "iframe-worker" in str(script) else script for script in polyfills]

    def is_private(self, path: str) -> bool:
        """Whether a file of docs/ stays out of the site."""
        return is_private(path)

    def files(self) -> dict[str, bytes]:
        """What the site needs beside its pages, by path: the styles, and the schema of notes files for editors."""
        longest = max(map(len, self.site.notes.values()), default=0)
        assets = package_files("postil").joinpath("assets")
        files = {
            STYLES: styles.smaller(styles.joined(styles.SITE)).encode(),
            NOTES: assets.joinpath("notes.js").read_bytes(),
            CLAIMS: assets.joinpath("claims.js").read_bytes(),
            MARGIN: (margin.chain(longest) + filters.rules(self.site.context.settings)).encode(),
            SCHEMA: schema.as_json(self.site.context).encode(),
        }
        if self._for_disk:
            files[SHIM] = assets.joinpath("vendor/iframe-worker.js").read_bytes()
            self._copies = Downloads(is_copy=True)
        elif self._downloads:
            self._copies = read_downloads(self._downloads, self.site.docs)
        return files

    def pages(self) -> dict[str, str]:
        """The pages that are made from the data, as Markdown by path; a page of the author's own goes before."""
        return views.pages(self.site)

    def frames(self, urls: Mapping[str, str]) -> dict[str, str]:
        """The pages that are drawn for the notes' own pages, as Markdown by path; they are no pages of the site.

        Args:
            urls: the address of every page inside of the site, by its path inside of docs/.
        """
        self.urls |= {
            path: url.removeprefix("./") for path, url in urls.items()
        }  # MkDocs' home page is at `./`, or at ``
        self._shells = Frames(self.urls[path] for path in self.site.notes if path in urls)
        pages = {url: path for path, url in self.urls.items()}
        for path, entries in self.site.notes.items():
            for entry in entries:
                if taken := pages.get(note_url(self.urls.get(path, ""), entry.annotation.id)):
                    message = f"{entry.annotation.id}: {taken} has the address of the note's own page; move that page"
                    self.site.problems.append(Problem(entry.place("id"), message))
        return self._shells.sources()

    def rendered(
        self, path: str, url: str, title: str, html: str, meta: Mapping[str, Any] | None = None
    ) -> tuple[str, set[str]]:
        """Take note of a rendered page.

        Args:
            path: the page's path inside of docs/.
            url: its address inside of the site.
            title: its title.
            html: its content, already annotated by the extension.
            meta: its front matter.

        Returns:
            The content (in a live preview with the page's problems above it), and the ids that links may point to.
        """
        self.urls[path], self.titles[path] = url, title
        self._contents[path], self._meta[path] = html, meta or {}
        page = self.site.pages.get(path)
        if page is not None and page.notes:
            told = meta or {}
            based_on = self.site.based_on(path, told.get("based_on"))
            about = str(told.get("description") or "")
            self._articles[path] = Published(path, url, title, page, about, based_on)
        problems = self.site.problems_of(path) if self.serving else []
        return (f"{self._box(problems)}{html}" if problems else html), (page.anchors if page else set())

    def filled(self, path: str, html: str) -> tuple[str, set[str]]:
        """A page with its views in place, once all pages are rendered, and the ids that it has because of them.

        An annotated page also gets its list of sources, for paper.
        """
        if "<!-- postil:" not in html and path not in self.site.pages:
            return html, set()
        if self._views is None:
            self._references = self._cite()
            self._views = views.Views(self.site, list(self.dataset.articles), self._references, self.urls, self._copies)
        html = self._views.fill(self.urls[path], html)
        if page := self.site.pages.get(path):
            self._on_paper[path] = paper.sources(page, self._references, self.site.context.text)
            html += self._on_paper[path]
        return html, self._views.anchors

    @cached_property
    def dataset(self) -> Dataset:
        """The site as the exports see it, once all pages are rendered."""
        name, address, language = self._address
        articles = tuple(article for _, article in sorted(self._articles.items()))
        return Dataset(self.site.context, articles, name, address, language, self.urls)

    def _cite(self) -> dict[str, str]:
        style = self.site.context.settings.citation_style
        own = self.site.docs / style
        try:
            return references(self.site.context.sources, str(own) if own.is_file() else style, self._cache)
        except ValueError as error:
            place = Place(shown(self.site.docs / SETTINGS_FILE))
            self.site.problems.append(Problem(place, f"citation_style: {error}"))
            return {name: plain(source) for name, source in self.site.context.sources.items()}

    def for_search(self, path: str, html: str) -> str:
        """The page as a search plugin shall read it: without its notes, unless somebody has changed it since."""
        page = self.site.pages.get(path)
        if page is None or not html.endswith(page.html.strip() + self._on_paper.get(path, "")):
            return html
        self._held[path] = html
        return page.source

    def after_search(self, path: str, html: str) -> str:
        """The page with its notes again."""
        return self._held.pop(path, html)

    def finished(self, path: str, url: str, html: str) -> str:
        """A whole page as it is published, with its data for machines; an empty text for what is no page of the site.

        A fault of the theme is put right, too: its search dialog has no name. An article gets its running head.

        Args:
            path: the page's path inside of docs/.
            url: its address inside of the site.
            html: the page as the theme drew it.
        """
        label = self.site.context.text("search")
        html = html.replace(
            'data-md-component="search" role="dialog"', f'data-md-component="search" role="dialog" aria-label="{label}"'
        )
        if not self.dataset.articles:
            return html
        html = html.replace("</head>", f"{embedded.links(self.dataset, url)}</head>", 1)
        if self._shells.take(path, url, html):
            return ""
        article = self._articles.get(path)
        if article is None:
            return html
        head = paper.running_head(article.title, article.page, self.site.context.text)
        html = html.replace("</head>", f"<style>{head}</style></head>", 1)
        return embedded.with_data(self.dataset, article, html)

    def write_exports(self, site_dir: Path) -> None:
        """Write what the site gives out beside its pages, and each note's own page."""
        for url, content in catalogue.files(self.dataset).items():
            if not (self.site.docs / url).is_file():  # a file of the author's own goes before
                _write(site_dir / url, content)
        for article in self.dataset.articles:
            if place := folder(article.url):  # the site's own is at the root
                _write(site_dir / place / "sitemap.xml", sitemap.of_article(self.dataset, article))
            for note in article.page.notes:
                page = self._shells.page(self.dataset, article, note)
                _write(site_dir / file_of(note_url(article.url, note.annotation.id)), page.encode())
        sitemap.add(site_dir, self.dataset, self._shells.urls())

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
        """Make each note an entry of the search index that the search plugin has written, if there is one."""
        search_entries.add(site_dir, self.site, self.urls)

    def put_downloads(self, site_dir: Path) -> None:
        """Copy what the site offers for download into it; MkDocs itself would make a page of a Markdown file."""
        for copy in self._copies.copies:
            target = site_dir / DOWNLOADS / copy.file
            target.parent.mkdir(exist_ok=True)
            shutil.copyfile(self._copies.folder / copy.file, target)

    def write_texts(self, file: Path) -> None:
        """Write the reading text and the address of every page as JSON, whether the build succeeds or not."""
        pages = {}
        for path in sorted(self._contents.keys() - self._shells.sources().keys()):
            page = self.site.pages.get(path)
            text = page.text if page else read(self._contents[path]).text
            pages[path] = {"text": text, "url": self.urls[path]}
        file.write_text(json.dumps(pages, ensure_ascii=False), "utf-8")

    def write_report(self, file: Path) -> None:
        """Write what was published as JSON, for the command that started the build."""
        verdicts = self.site.context.settings.verdicts
        words = {name: verdict.word for name, verdict in verdicts.items()}
        words |= {kind.value: self.site.context.text(f"kinds.{kind.value}") for kind in Kind}
        tally = self.site.tally()
        report = {
            "language": self.site.context.text.language,
            "hints": self.site.hints(),
            "articles": {path: self.urls.get(path, "") for path in sorted(self.site.pages)},
            "coverage": [{"article": path, **asdict(self.site.coverage_of(path))} for path in sorted(self.site.pages)],
            "warnings": [str(warning) for warning in warnings(self.site)],
            "outdated": [copy.file for copy in self._copies.outdated],
            "exports": catalogue.places(self.dataset),
            "tally": [[words[name], tally[name]] for name in words if tally[name]],
        }
        file.write_text(json.dumps(report, ensure_ascii=False), "utf-8")

    def write_editions(self, file: Path, site_name: str) -> None:
        """Write each article with all that goes with it as JSON, for the command that makes the offline copies.

        Args:
            file: to write.
            site_name: of the whole site.
        """
        pages = {path: (self.urls[path], self.titles[path], html) for path, html in self._contents.items()}
        found = editions(self.site, list(self.dataset.articles), self._references or self._cite(), pages, self._meta)
        whole = Editions(site=site_name, language=self.site.context.text.language, editions=found)
        file.write_text(whole.model_dump_json(), "utf-8")

    def _box(self, problems: Sequence[Problem]) -> str:
        text = self.site.context.text
        lines = Markup("").join(Markup("<li><code>{}</code></li>\n").format(str(problem)) for problem in problems)
        return Markup(
            '<div class="postil-problems" role="alert" data-search-exclude>\n<p><strong>{}</strong></p>\n'
            "<ul>\n{}</ul>\n<p>{}</p>\n</div>\n"
        ).format(text("problems"), lines, text("problems_hint"))


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
