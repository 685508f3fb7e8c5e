"""An article with its notes and chapters as one HTML file, which asks for nothing beside it."""

from __future__ import annotations

from pathlib import Path

from markupsafe import Markup

from postil.files.translations import texts
from postil.offline.drawing import as_on_its_page, drawn
from postil.offline.edition import Edition
from postil.offline.inlining import pictures, styles
from postil.offline.sections import sections
from postil.page import scripts
from postil.page.templating import template


def render(edition: Edition, site: Path) -> str:
    """The file.

    Args:
        edition: the article.
        site: the folder of the built site: its styles, fonts and pictures.
    """
    article = drawn(edition.article.html, edition.inserted, as_on_its_page(edition))
    parts = sections(edition, pictures(site), article)
    script = scripts.joined().replace("</", "<\\/")
    # Tags count too: what they are written with needs no font of its own.
    written = "".join(part.html for part in parts) + edition.title
    return template("onefile").render(
        edition=edition,
        parts=parts,
        styles=Markup(styles(site, edition.article.url, written)),  # noqa: S704 (the site's own)
        script=Markup(script),  # noqa: S704 (our own)
        text=texts(edition.language),
    )
