"""How much of each article its notes touch, kept from one build to the next by all that it is measured from."""

from __future__ import annotations

from collections.abc import Iterable

from postil.build import kept
from postil.build.rendered import RenderedSite
from postil.text.coverage import Coverage


def coverages(rendered: RenderedSite, articles: Iterable[str]) -> dict[str, Coverage]:
    """The coverage of articles, by their paths inside of docs/."""
    site, options = rendered.site, rendered.options
    language = "-".join(["site", *filter(None, options.root.split("/"))])
    folder = options.cache / "coverage" / language if options.cache else None
    known = kept.Kept(folder) if folder else None
    found = {}
    for path in articles:
        page = site.pages[path]
        spans = [(note.span.start, note.span.end) for note in page.notes]
        wanted = kept.key([kept.installed(), page.prose, spans, site.excuses_of(path), site.context.text.language])
        measured = known.get(path, wanted) if known else None
        if measured is None:
            measured = site.coverage_of(path)
            if known:
                known.put(path, wanted, measured)
        found[path] = measured
    if known:
        known.end()
    return found
