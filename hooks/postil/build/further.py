"""The pages on which a long table goes on, and the file with all of its rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from postil.build import assets
from postil.build.fill import views
from postil.build.rendered import RenderedSite
from postil.export.frame import Frames
from postil.site.urls import file_of, path_of
from postil.views import claims
from postil.views.fill import has


def files(rendered: RenderedSite, frames: Frames) -> Iterator[tuple[str, bytes]]:
    """Each such file: its path inside of the site, and its content.

    Args:
        rendered: the site.
        frames: what draws the theme around a page.
    """
    theme = rendered.options.theme
    for page in rendered.pages.values():
        if not has(page.html, "claims"):
            continue
        seen = replace(views(rendered), url=page.url)
        if rows := claims.rows(seen):
            yield path_of(claims.rows_url(page.url)), rows.encode()
        for part in claims.further(seen):
            content = part.html + assets.scripts_of(part.html, part.url, theme)
            yield (
                file_of(part.url),
                frames.page(part.url, title=part.title, heading=part.title, content=content).encode(),
            )
