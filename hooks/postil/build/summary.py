"""What a rendered site tells of itself → the report."""

from __future__ import annotations

from typing import Any

from postil.build.editions import editions
from postil.build.rendered import RenderedSite
from postil.build.report import PageReport
from postil.export import catalogue
from postil.model.annotation import Kind
from postil.offline.edition import Editions
from postil.site.warnings import warnings


def summary(rendered: RenderedSite) -> dict[str, Any]:
    """The fields of a `Report` that are known once all pages are rendered."""
    site, with_notes = rendered.site, sorted(rendered.site.pages)
    return {
        "pages": {
            path: PageReport(url=page.url, title=page.title, text=page.text)
            for path, page in sorted(rendered.pages.items())
        },
        "articles": {path: rendered.urls.get(path, "") for path in with_notes},
        "tally": tally(rendered),
        "coverage": {path: site.coverage_of(path) for path in with_notes},
        "warnings": [str(warning) for warning in warnings(site)],
        "hints": site.hints(),
        "outdated": [copy.file for copy in rendered.downloads.outdated],
        "exports": catalogue.places(rendered.dataset),
    }


def tally(rendered: RenderedSite) -> list[tuple[str, int]]:
    """How many notes of which verdict, or of which kind where there is no verdict, by its word."""
    context, counts = rendered.site.context, rendered.site.tally()
    words = {name: verdict.word for name, verdict in context.settings.verdicts.items()}
    words |= {kind.value: context.text(f"kinds.{kind.value}") for kind in Kind}
    return [(words[name], counts[name]) for name in words if counts[name]]


def take_along(rendered: RenderedSite) -> Editions:
    """Each article with all that goes with it, for the copies that need no site."""
    options = rendered.options
    return Editions(site=options.site_name, language=rendered.site.context.text.language, editions=editions(rendered))
