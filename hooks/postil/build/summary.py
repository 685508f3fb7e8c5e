"""What a rendered site tells of itself → the report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from postil.build.kept_coverage import coverages
from postil.build.rendered import RenderedSite
from postil.build.report import PageReport
from postil.export import catalogue
from postil.model.annotation import Kind
from postil.site.editorial import due, today
from postil.site.warnings import warnings

if TYPE_CHECKING:
    from postil.offline.edition import Editions


def summary(built: Sequence[RenderedSite], also: Collection[str] = ()) -> dict[str, Any]:
    """The fields of a `Report` that are known once all pages are rendered.

    Args:
        built: the site; one that is built once for each language several times, the default language first.
        also: what else is told, see `isolated.Order`.
    """
    whole = _summary(built[0], also)
    for more in (_summary(other, also) for other in built[1:]):
        for name, value in more.items():
            if isinstance(value, dict):
                whole[name] = value | whole[name]
            else:
                whole[name] += [item for item in value if item not in whole[name]]
    whole["tally"] = _tally(built)
    return whole


def _summary(rendered: RenderedSite, also: Collection[str]) -> dict[str, Any]:
    site, with_notes = rendered.site, sorted(rendered.site.pages)
    entries = [entry for entries in site.notes.values() for entry in entries]
    return {
        "pages": {
            path: PageReport(url=page.url, title=page.title, text=text, atoms=atoms)
            for path, page in sorted(rendered.pages.items())
            for text, atoms in [page.read()]
        },
        "articles": {path: rendered.urls.get(path, "") for path in with_notes},
        "coverage": coverages(rendered, with_notes) if "coverage" in also else {},
        "withheld": Counter(str(entry.annotation.status) for entry in site.withheld.values()),
        "due": [f"{place}: {told}" for place, told in due(entries, today())],
        "warnings": [str(warning) for warning in warnings(site)] if "warnings" in also else [],
        "hints": site.hints() if "warnings" in also else [],
        "outdated": [copy.file for copy in rendered.downloads.outdated],
        "exports": catalogue.places(rendered.dataset),
    }


def _tally(built: Sequence[RenderedSite]) -> list[tuple[str, int]]:
    """How many notes of which verdict or kind, by its word; a page that is shown in two languages counts once."""
    counted: dict[str, int] = {}
    seen: set[str] = set()
    for rendered in built:
        context = rendered.site.context
        words = {name: verdict.word for name, verdict in context.settings.verdicts.items()}
        words |= {kind.value: context.text(f"kinds.{kind.value}") for kind in Kind}
        pages = [page for path, page in rendered.site.pages.items() if path not in seen]
        counts = Counter(
            note.annotation.verdict or note.annotation.kind.value
            for page in pages
            for note in page.notes
            if not note.retracted
        )
        seen |= set(rendered.site.pages)
        for name, word in words.items():
            if counts[name]:
                counted[word] = counted.get(word, 0) + counts[name]
    return list(counted.items())


def take_along(built: Sequence[RenderedSite]) -> Editions:
    """Each article with all that goes with it, for the copies that need no site."""
    from postil.build.editions import editions  # which few builds need
    from postil.offline.edition import Editions

    language = built[0].site.context.text.language
    found = {edition.name: edition for rendered in reversed(built) for edition in editions(rendered)}
    return Editions(site=built[0].options.site_name, language=language, editions=tuple(found.values()))
