"""Step 5, write: the files of a site beside its pages."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from postil.build import further, search_entries, search_script
from postil.build.rendered import RenderedSite
from postil.build.written import Carried
from postil.export import catalogue, own_page, shared, sitemap, tables
from postil.export.dataset import Dataset, as_json
from postil.export.frame import Draw, Finish, Frames
from postil.page.note_view import NoteView
from postil.site.published import Published
from postil.site.urls import file_of, folder, path_of

DOWNLOADS = "downloads"


def write(
    rendered: RenderedSite,
    draw: Draw,
    site_dir: Path,
    carried: Carried | None = None,
    finish: Finish | None = None,
) -> None:
    """Write all of them into the folder of the built site, but what goes into files that others have written.

    Args:
        rendered: the site.
        draw: makes the theme draw a page (see `export.frame`).
        site_dir: the folder.
        carried: the articles of which nothing need be written.
        finish: what other plug-ins do with what notes show.
    """
    frames = Frames(draw, finish)
    articles = [one for one in rendered.dataset.articles if carried is None or one.path not in carried.pages]
    for article in articles:  # all of one article, then the next: what its files share is made once
        exports_of(rendered, article, site_dir)
        own_pages_of(rendered, article, frames, site_dir)
    written = {article.path: site_dir for article in articles}
    there = dict.fromkeys(carried.pages, carried.place) if carried else {}
    _exports_of_site(rendered, site_dir, _Tables(rendered, there | written), finish)
    long_tables(rendered, frames, site_dir)
    downloads(rendered, site_dir)


def add(rendered: RenderedSite, site_dir: Path, carried: Carried | None = None) -> None:
    """Make the notes known to the search and the site map that others have written; again does no harm."""
    search_entries.add(site_dir, rendered, carried)
    if rendered.dataset.articles:
        search_script.lighten(site_dir)
    sitemap.add(site_dir, rendered.dataset, rendered.made_urls)


def missing(files: Mapping[str, bytes], site_dir: Path) -> None:
    """Write those files that pages refer to and that are not there (any more)."""
    for path, content in files.items():
        if not (site_dir / path).is_file():
            _write(site_dir, path, content)


def exports(rendered: RenderedSite, site_dir: Path) -> None:
    """Write what the site gives out of its notes in the formats of others."""
    for article in rendered.dataset.articles:
        exports_of(rendered, article, site_dir)
    written = {article.path: site_dir for article in rendered.dataset.articles}
    _exports_of_site(rendered, site_dir, _Tables(rendered, written))


def exports_of_site(rendered: RenderedSite, site_dir: Path, finish: Finish | None = None) -> None:
    """Write the exports that tell of the whole site; those of its articles need not be there."""
    _exports_of_site(rendered, site_dir, None, finish)


def exports_of(rendered: RenderedSite, article: Published, site_dir: Path) -> None:
    """Write the exports that tell of one article."""
    for url, content in catalogue.files_of(rendered.dataset, article).items():
        _give_out(rendered, site_dir, path_of(url), [content])


def _exports_of_site(
    rendered: RenderedSite, site_dir: Path, table_of: catalogue.TableOf | None, finish: Finish | None = None
) -> None:
    for url, content in catalogue.files_of_site(rendered.dataset, table_of, finish):
        _give_out(rendered, site_dir, path_of(url), content)


def _give_out(rendered: RenderedSite, site_dir: Path, path: str, content: Iterable[bytes]) -> None:
    if not (rendered.site.docs / path).is_file():  # a file of the author's own goes before
        _write(site_dir, path, *content)


class _Tables:
    """The table of an article: as this build has just written it or carries it over, or made anew.

    Args:
        rendered: the site.
        folders: the folder of the site in which that of an article is, by its path.
    """

    def __init__(self, rendered: RenderedSite, folders: Mapping[str, Path]) -> None:
        self._rendered, self._folders = rendered, folders

    def __call__(self, article: Published) -> bytes:
        path = path_of(f"{folder(article.url)}{tables.FILE}")
        if article.path not in self._folders or (self._rendered.site.docs / path).is_file():
            return tables.table(self._rendered.dataset, [article])
        return (self._folders[article.path] / path).read_bytes()


def own_pages_of(rendered: RenderedSite, article: Published, frames: Frames, site_dir: Path) -> None:
    """Write each note's own page with a small one for frames, and a site map of the article's."""
    dataset = rendered.dataset
    if place := folder(article.url):  # the site's own is at the root
        _write(site_dir, f"{path_of(place)}sitemap.xml", sitemap.of_article(dataset, article))
    for url, page in own_page.OwnPages(frames, dataset, article).pages():
        _write(site_dir, file_of(url), frames.finish(file_of(url), page).encode())
    for note in article.page.lasting if dataset.site_url and not rendered.options.for_disk else ():
        _elsewhere(dataset, article, note, site_dir)


def long_tables(rendered: RenderedSite, frames: Frames, site_dir: Path) -> None:
    """Write the pages on which long tables go on."""
    for path, content in further.files(rendered, frames):
        _write(site_dir, path, content)


def _elsewhere(dataset: Dataset, article: Published, note: NoteView, site_dir: Path) -> None:
    """Write what others show of a note on their pages; nothing leads there where the site's address is not known."""
    name = note.annotation.id
    if data := shared.oembed(dataset, article, note):
        _write(site_dir, file_of(shared.embed_url(article.url, name)), shared.embed(dataset, article, note).encode())
        _write(site_dir, path_of(shared.oembed_url(article.url, name)), as_json(data))


def downloads(rendered: RenderedSite, site_dir: Path) -> None:
    """Copy what the site offers for download into it; MkDocs itself would make a page of a Markdown file."""
    for copy in rendered.downloads.copies:
        target = site_dir / DOWNLOADS / copy.file
        target.parent.mkdir(exist_ok=True)
        shutil.copyfile(rendered.downloads.folder / copy.file, target)


def _write(site_dir: Path, path: str, *content: bytes) -> None:
    file = f"{site_dir}/{path}"  # tens of thousands of files: a Path takes as long as the disk
    try:
        opened = io.FileIO(file, "w")
    except FileNotFoundError:  # most files have their folder by now
        above = file.rpartition("/")[0]
        try:
            os.mkdir(above)  # noqa: PTH102
        except OSError:  # the folder above is missing, too, or somebody else has made this one meanwhile
            os.makedirs(above, exist_ok=True)  # noqa: PTH103
        opened = io.FileIO(file, "w")
    with opened:
        for part in content:
            written = opened.write(part)
            while written < len(part):  # a system may write less than all at once
                written += opened.write(part[written:])
