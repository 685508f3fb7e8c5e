"""The formats: which files a site gives, and what writes each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from postil.files.translations import texts
from postil.offline import archive, epub, markdown, onefile, pdf, printed
from postil.offline.edition import Edition, Editions, file_name


@dataclass(frozen=True)
class Job:
    """One file to make.

    Attributes:
        file: its name.
        format: one of `dist.FORMATS`.
        title: of the article, or of the site.
        write: makes the file at a path; returns a remark on how it was made, or an empty text.
    """

    file: str
    format: str
    title: str
    write: Callable[[Path], str]


def jobs(editions: Editions, site: Path, formats: Sequence[str]) -> Iterator[Job]:
    """Every file that the formats ask for: of the site first, then article by article.

    Args:
        editions: the articles.
        site: the folder of the site that was built for the disk.
        formats: names of `dist.FORMATS`.
    """
    if "zip" in formats:
        name = f"{file_name(editions.site)}-offline.zip"
        yield Job(name, "zip", editions.site, partial(_archive, editions, site))
    for edition in editions.editions:
        for format_name, (suffix, write) in _WRITERS.items():
            if format_name in formats:
                write_edition = partial(write, edition, site, editions.site)
                yield Job(edition.name + suffix, format_name, edition.title, write_edition)


def _archive(editions: Editions, site: Path, file: Path) -> str:
    text = texts(editions.language)
    archive.write(file, site, text("offline.readme", site=editions.site, date=text.date(archive.made().date())))
    return ""


def _page(edition: Edition, site: Path, _: str, file: Path) -> str:
    file.write_text(onefile.render(edition, site), "utf-8", newline="\n")
    return ""


def _ebook(edition: Edition, site: Path, site_name: str, file: Path) -> str:
    epub.write(file, edition, site, site_name)
    return ""


def _pdf(edition: Edition, site: Path, site_name: str, file: Path) -> str:
    html = printed.render(edition, site, site_name, printed.beside_or_after(edition))
    return pdf.with_margin(html, printed.anchors(edition), file)


def _book(edition: Edition, site: Path, site_name: str, file: Path) -> str:
    otherwise = printed.render(edition, site, site_name, "below")
    book = printed.render(edition, site, site_name, "book")
    return pdf.with_footnotes(book, otherwise, printed.anchors(edition), file)


def _plain(edition: Edition, _: Path, site_name: str, file: Path) -> str:
    file.write_text(markdown.render(edition, site_name), "utf-8", newline="\n")
    return ""


_WRITERS: dict[str, tuple[str, Callable[[Edition, Path, str, Path], str]]] = {
    "html": (".html", _page),
    "epub": (".epub", _ebook),
    "pdf": (".pdf", _pdf),
    "book": ("-book.pdf", _book),
    "md": (".md", _plain),
}
