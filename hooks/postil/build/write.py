"""Step 5, write: the files of a site beside its pages."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from postil.build import further, search_entries
from postil.build.rendered import RenderedSite
from postil.export import catalogue, own_page, shared, sitemap
from postil.export.dataset import Dataset, as_json
from postil.export.frame import Draw, Frames
from postil.page.note_view import NoteView
from postil.site.published import Published
from postil.site.urls import file_of, folder, note_url, path_of

DOWNLOADS = "downloads"


def write(rendered: RenderedSite, draw: Draw, site_dir: Path, carried: Collection[str] = ()) -> None:
    """Write all of them into the folder of the built site, but what goes into files that others have written.

    Args:
        rendered: the site.
        draw: makes the theme draw a page (see `export.frame`).
        site_dir: the folder.
        carried: the paths of articles of which all is carried over from the last site.
    """
    frames = Frames(draw)
    articles = [article for article in rendered.dataset.articles if article.path not in carried]
    exports(rendered, site_dir, articles)
    own_pages(rendered, frames, site_dir, articles)
    long_tables(rendered, frames, site_dir)
    downloads(rendered, site_dir)


def add(rendered: RenderedSite, site_dir: Path) -> None:
    """Make the notes known to the search and the site map that others have written; again does no harm."""
    search_entries.add(site_dir, rendered)
    sitemap.add(site_dir, rendered.dataset)


def missing(files: Mapping[str, bytes], site_dir: Path) -> None:
    """Write those files that pages refer to and that are not there (any more)."""
    for path, content in files.items():
        if not (site_dir / path).is_file():
            _write(site_dir / path, content)


def exports(rendered: RenderedSite, site_dir: Path, articles: Iterable[Published] | None = None) -> None:
    """Write what the site, and each of these articles (or all), gives out of its notes in the formats of others."""
    exports_of_site(rendered, site_dir)
    for article in rendered.dataset.articles if articles is None else articles:
        exports_of(rendered, article, site_dir)


def exports_of_site(rendered: RenderedSite, site_dir: Path) -> None:
    """Write the exports that tell of the whole site."""
    _write_exports(rendered, catalogue.files_of_site(rendered.dataset), site_dir)


def exports_of(rendered: RenderedSite, article: Published, site_dir: Path) -> None:
    """Write the exports that tell of one article."""
    _write_exports(rendered, catalogue.files_of(rendered.dataset, article), site_dir)


def _write_exports(rendered: RenderedSite, files: Mapping[str, bytes], site_dir: Path) -> None:
    for url, content in files.items():
        if not (rendered.site.docs / path_of(url)).is_file():  # a file of the author's own goes before
            _write(site_dir / path_of(url), content)


def own_pages(rendered: RenderedSite, frames: Frames, site_dir: Path, articles: Iterable[Published]) -> None:
    """Write each own page of these articles' notes with a small one for frames, and a site map of each article's."""
    for article in articles:
        own_pages_of(rendered, article, frames, site_dir)


def own_pages_of(rendered: RenderedSite, article: Published, frames: Frames, site_dir: Path) -> None:
    """Write those of one article."""
    dataset = rendered.dataset
    if place := folder(article.url):  # the site's own is at the root
        _write(site_dir / path_of(place) / "sitemap.xml", sitemap.of_article(dataset, article))
    for note in article.page.lasting:
        page = own_page.page(frames, dataset, article, note)
        _write(site_dir / file_of(note_url(article.url, note.annotation.id)), page.encode())
        if not rendered.options.for_disk:
            _elsewhere(dataset, article, note, site_dir)


def long_tables(rendered: RenderedSite, frames: Frames, site_dir: Path) -> None:
    """Write the pages on which long tables go on."""
    for path, content in further.files(rendered, frames):
        _write(site_dir / path, content)


def _elsewhere(dataset: Dataset, article: Published, note: NoteView, site_dir: Path) -> None:
    """Write what others show of a note on their pages."""
    name = note.annotation.id
    _write(site_dir / file_of(shared.embed_url(article.url, name)), shared.embed(dataset, article, note).encode())
    if data := shared.oembed(dataset, article, note):
        _write(site_dir / path_of(shared.oembed_url(article.url, name)), as_json(data))


def downloads(rendered: RenderedSite, site_dir: Path) -> None:
    """Copy what the site offers for download into it; MkDocs itself would make a page of a Markdown file."""
    for copy in rendered.downloads.copies:
        target = site_dir / DOWNLOADS / copy.file
        target.parent.mkdir(exist_ok=True)
        shutil.copyfile(rendered.downloads.folder / copy.file, target)


def _write(file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except FileNotFoundError:  # most files have their folder by now
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
