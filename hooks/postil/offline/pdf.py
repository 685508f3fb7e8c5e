"""An article as a PDF: printed by a browser, else by WeasyPrint; as a book always by WeasyPrint."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from pathlib import Path

from postil.offline import browser
from postil.offline.archive import made
from postil.offline.problem import OfflineError
from postil.text.reading import read

_HEADING = re.compile(r"<h[1-6][^>]*>(.*?)</h[1-6]>", re.DOTALL)


def with_margin(html: str, anchors: Set[str], file: Path) -> str:
    """Write the PDF of a document whose notes stand beside the text; returns what made it.

    Args:
        html: the document.
        anchors: the ids at the beginning and the end of each note.
        file: the PDF.
    """
    found = browser.installed()
    if found is None:
        if not _weasyprint(html, anchors, file):
            raise OfflineError("WeasyPrint would cut a note; install Chromium or Chrome for this format")
        return ", by WeasyPrint (no Chromium or Chrome is here; one can be named: CHROMIUM=path)"
    browser.to_pdf(found, html, file)
    _settle(file, [read(heading).text for heading in _HEADING.findall(html)])
    return ", by Chromium"


def with_footnotes(html: str, otherwise: str, anchors: Set[str], file: Path) -> str:
    """Write the PDF of a document whose notes stand at the foot of the page.

    Args:
        html: the document.
        otherwise: the same with the notes in the text, for an article that has more notes than its pages have room
            for: WeasyPrint would cut them.
        anchors: the ids at the beginning and the end of each note.
        file: the PDF.

    Returns:
        What made it, and how.
    """
    if _weasyprint(html, anchors, file):
        return ", by WeasyPrint"
    if not _weasyprint(otherwise, anchors, file):
        raise OfflineError("WeasyPrint would cut a note")
    return ", by WeasyPrint; notes below their paragraphs, since they do not fit at the foot of the pages"


def _weasyprint(html: str, anchors: Set[str], file: Path) -> bool:
    """Write a PDF unless a note would be cut; returns whether the beginning and the end of each is on a page."""
    try:
        import weasyprint
    except (ImportError, OSError) as error:
        hint = "it needs Pango (Debian, Ubuntu: apt install libpango-1.0-0 libpangoft2-1.0-0)"
        raise OfflineError(f"WeasyPrint does not start; {hint}: {str(error).splitlines()[0]}") from None
    document = weasyprint.HTML(string=html).render()
    shown = {name for page in document.pages for name, (_, top, *_) in page.anchors.items() if 0 <= top <= page.height}
    if not anchors <= shown:
        return False
    document.write_pdf(file, pdf_tags=True)
    _settle(file)
    return True


def _settle(file: Path, headings: Sequence[str] = ()) -> None:
    """Put the day of the copy in place of the time of printing, so that two runs give the same bytes.

    Args:
        file: the PDF.
        headings: for its outline, in which Chromium leaves out the space where the line of a heading ends, and tells a
            heading twice that it has laid out for two pages.
    """
    import pikepdf

    day = made().strftime("D:%Y%m%d%H%M%S+00'00'")
    with pikepdf.open(file, allow_overwriting_input=True) as document:
        document.docinfo["/CreationDate"] = document.docinfo["/ModDate"] = pikepdf.String(day)
        spaced = {"".join(heading.split()): heading for heading in headings}
        spaced = {name * 2: heading for name, heading in spaced.items()} | spaced
        with document.open_outline() as outline:
            waiting = list(outline.root)
            while waiting:
                item = waiting.pop()
                item.title = spaced.get("".join(item.title.split()), item.title)
                waiting += item.children
        document.save(file, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
