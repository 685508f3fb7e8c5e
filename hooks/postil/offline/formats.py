"""The formats: which files a site gives, and what writes each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from postil.offline import archive, epub, markdown, onefile, pdf, printed
from postil.offline.edition import Edition, Editions, file_name
from postil.texts import texts


@dataclass(frozen=True)
class Job:
    """One file to make.

    Attributes:
        file: its name.
        format: one of `dist.FORMATS`.
        title: of the article, or of the site.
        write: makes the file at a path; returns what else to tell, or an empty text.
    """

    file: str
    format: str
    title: str
    write: Callable[[Path], str]


def jobs(editions: Editions, site: Path, formats: Sequence[str]) -> Iterator[Job]:
    """Every file that the formats ask for.

    Args:
        editions: the articles.
        site: the folder of the site that was built for the disk.
        formats: names of `dist.FORMATS`.
    """
    text = texts(editions.language)
    if "zip" in formats:

        def pack(file: Path) -> str:
            archive.write(file, site, text("offline.readme", site=editions.site, date=text.date(archive.made().date())))
            return ""

        yield Job(f"{file_name(editions.site)}-offline.zip", "zip", editions.site, pack)
    for edition in editions.editions:
        if "html" in formats:

            def page(file: Path, edition: Edition = edition) -> str:
                file.write_text(onefile.render(edition, site), "utf-8", newline="\n")
                return ""

            yield Job(f"{edition.name}.html", "html", edition.title, page)
        if "epub" in formats:

            def ebook(file: Path, edition: Edition = edition) -> str:
                epub.write(file, edition, site, editions.site)
                return ""

            yield Job(f"{edition.name}.epub", "epub", edition.title, ebook)
        if "pdf" in formats:

            def margin(file: Path, edition: Edition = edition) -> str:
                return pdf.with_margin(printed.render(edition, site, editions.site, "margin"), file)

            yield Job(f"{edition.name}.pdf", "pdf", edition.title, margin)
        if "book" in formats:

            def book(file: Path, edition: Edition = edition) -> str:
                otherwise = printed.render(edition, site, editions.site, "below")
                return pdf.with_footnotes(printed.render(edition, site, editions.site, "book"), otherwise, file)

            yield Job(f"{edition.name}-book.pdf", "book", edition.title, book)
        if "md" in formats:

            def plain(file: Path, edition: Edition = edition) -> str:
                file.write_text(markdown.render(edition, editions.site), "utf-8", newline="\n")
                return ""

            yield Job(f"{edition.name}.md", "md", edition.title, plain)
