"""The notes' own pages, and pages made from the data, in the site map that the generator has written."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable
from pathlib import Path

from markupsafe import Markup

from postil.export.dataset import Dataset
from postil.site.published import Published
from postil.site.urls import note_url

_PLACE = re.compile(r"<loc>(.*?)</loc>")
_ENTRY = Markup("    <url>\n         <loc>{}</loc>\n         <lastmod>{}</lastmod>\n    </url>\n")


def add(site_dir: Path, dataset: Dataset, made: Iterable[str] = ()) -> None:
    """Put the notes' pages into sitemap.xml and its packed copy, where there are such and the site has an address.

    Args:
        site_dir: the folder of the built site; what its map has already is not added again.
        dataset: the site.
        made: the addresses of pages that are made from the data. A plug-in that writes the map anew (i18n) has only
            those for which the author has a file.
    """
    file, packed = site_dir / "sitemap.xml", site_dir / "sitemap.xml.gz"
    if not dataset.site_url or not file.is_file():
        return
    text = file.read_text("utf-8")
    known = set(_PLACE.findall(text))
    every = [entry for article in dataset.articles for entry in _entries(dataset, article)]
    if dataset.articles:
        last = max(article.page.last_changed for article in dataset.articles)
        every += [_ENTRY.format(f"{dataset.site_url}{url}", last) for url in made]
    entries = [entry for entry in every if not known.issuperset(_PLACE.findall(entry))]
    text = text.replace("</urlset>", f"{''.join(entries)}</urlset>")
    file.write_text(text, "utf-8", newline="\n")
    if packed.is_file():
        packed.write_bytes(gzip.compress(text.encode(), mtime=0))


def of_article(dataset: Dataset, article: Published) -> bytes:
    """The site map of an article's folder: the notes' own pages, none where the site has no address.

    Material asks for a site map beside whatever a page names as its alternate, here the annotations' own file.
    """
    entries = "".join(_entries(dataset, article)) if dataset.site_url else ""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        f"{entries}</urlset>\n"
    ).encode()


def _entries(dataset: Dataset, article: Published) -> list[Markup]:
    return [
        _ENTRY.format(f"{dataset.site_url}{note_url(article.url, note.annotation.id)}", note.annotation.last_changed)
        for note in article.page.lasting
    ]
