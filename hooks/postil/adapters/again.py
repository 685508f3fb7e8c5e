"""Some pages of a site that is built, built again since they or their notes have changed: our own part of it."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from postil.adapters.events import Events
    from postil.adapters.one_page import Whole
    from postil.build.changes import Work

log = logging.getLogger("mkdocs.plugins.postil")
# What a build leaves on `Events`.
_OF_A_BUILD = ("rendering", "rendered", "_extension", "keeping", "_nav", "theme", "built", "failure")


def whole_of(events: Events) -> Whole:
    """What the last build of a preview was made from."""
    from postil.adapters.one_page import Whole

    if events.preview.site is None:
        raise LookupError("nothing was built")
    return Whole(*events.preview.site, _taken(events))


def _taken(events: Events) -> dict[str, Any]:
    """What Postil knows of the build that has just ended."""
    return {"beside": events.preview.beside} | {name: getattr(events, name) for name in _OF_A_BUILD}


def restore(events: Events, whole: Whole) -> None:
    """Be again where a whole build has ended: another was begun since, and broken off."""
    events.preview.beside = whole.state["beside"]
    for name in _OF_A_BUILD:
        setattr(events, name, whole.state[name])
    events.listen_to_links()


def build_again(events: Events, whole: Whole, todo: Work) -> None:
    """Build these pages, and copy these files.

    Args:
        events: of the site.
        whole: the site.
        todo: what is to be built.
    """
    from postil.adapters.preview import keep_beside
    from postil.build import assets
    from postil.site.loading import read_again

    rendering, rendered = events.rendering, events.rendered
    if rendering is None or rendered is None:
        raise LookupError("nothing was rendered")
    authored, site = rendering.authored, rendering.authored.site
    most_notes = site.most_notes
    if events.keeping is not None:
        events.keeping.forget()
    with events.session.held():  # what is written in the preview is answered from the same data
        for path in todo.copies:
            whole.copy(path)
        for path in todo.pages:
            read_again(site, path)
        drawn = [whole.populate(path) for path in sorted(todo.pages)]
        events.rendered = rendered = rendered.with_pages(rendering.pages)
        events.built = [rendered]
        keep_beside(events, whole.config)
        whole.state.update(_taken(events))
        for page in drawn:
            events.fill_page(whole.config, page)
            whole.draw(page)
        if site.most_notes > most_notes:  # the styles of the margin are long enough
            for name, content in assets.files(authored).items():
                (Path(whole.config.site_dir) / name).write_bytes(content)
    events.begin_writing()
    events.tell({problem for path in todo.pages for problem in site.problems_of(path)})
    log.info("built %s; the rest of the site follows", ", ".join(sorted(todo.pages | todo.copies)))
