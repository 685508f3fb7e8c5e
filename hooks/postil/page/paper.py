"""What only paper shows of an article: the sources at its end, and a running head with title and date."""

from __future__ import annotations

import re
from collections.abc import Mapping

from markupsafe import Markup

from postil.files.translations import Texts
from postil.page.annotate import AnnotatedPage
from postil.page.templating import template

_TOLD = re.compile(r'(<a href="([^"]*)">)\2(</a>)')


def sources(page: AnnotatedPage, references: Mapping[str, str], text: Texts) -> str:
    """The list of the sources that the notes of an article cite, by their numbers; hidden on a screen.

    An address that is a link is written once; on paper styles draw it in place of the arrow.

    Args:
        page: the article.
        references: each source in a citation style, HTML by id.
        text: the texts of the interface.
    """
    cited = [Markup(_TOLD.sub(r"\1<b>↗</b>\3", references[name])) for name in page.cited]  # noqa: S704 (citeproc escapes)
    return template("paper").render(cited=cited, text=text) if cited else ""


def running_head(title: str, page: AnnotatedPage, text: Texts) -> str:
    """The styles of the running head: the title at the left, the day of the last note at the right.

    Source: CSS Paged Media Module Level 3, 5 (page-margin boxes). The first page has the title in its text.
    """
    date = text("as_of", date=text.date(page.last_changed))
    start, end = ("right", "left") if text("direction") == "rtl" else ("left", "right")
    return (
        f"@page{{@top-{start}{{content:{css_string(title)}}}@top-{end}{{content:{css_string(date)}}}}}"
        f"@page :first{{@top-{start}{{content:none}}@top-{end}{{content:none}}}}"
    )


def css_string(words: str) -> str:
    """Any text as a CSS string that can stand in an HTML `style` element (CSS Syntax Module Level 3, 4.3.7)."""
    return '"' + re.sub(r"[^\w .,;:!?()–—’‘“”-]", lambda sign: f"\\{ord(sign[0]):x} ", words) + '"'
