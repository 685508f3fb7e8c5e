"""What is not wrong but should be looked at: each a warning that stops nothing."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

from postil.model.annotation import MAX_CLAIMED, Kind
from postil.model.cutting import shortened
from postil.model.problem import Place, Problem, shown
from postil.site.data_files import SETTINGS_FILE
from postil.site.editorial import differing, due, today
from postil.site.folder import Site
from postil.site.register_check import doubled, uses
from postil.text.attribution import is_attributed
from postil.text.languages import language_of

# The site that Postil comes with, known by its article: who starts from a copy keeps the one and not the other.
_OURS = ("bce0d042-f85a-4866-8324-68ead10fff2e", "articles/us-iraq-alliance.md")


def warnings(site: Site) -> list[Problem]:
    """Every warning of a site, in the order of files and lines; some need its articles rendered."""
    entries = [entry for entries in site.notes.values() for entry in entries]
    state = (*differing(entries), *due(entries, today()))
    found = (
        *_unused(site),
        *_doubled(site),
        *_weak(site),
        *_unclaimed(site),
        *_long(site),
        *_idle(site),
        *_borrowed(site),
        *state,
    )
    return sorted({*site.told, *(Problem(place, message, "warning") for place, message in found)})


def _unused(site: Site) -> Iterator[tuple[Place, str]]:
    """Sources that neither a note nor a record uses."""
    used = uses(site)
    for name, source in site.context.sources.items():
        if name not in used:
            yield source.place, f"no note uses the source {name!r}"


def _doubled(site: Site) -> Iterator[tuple[Place, str]]:
    """Sources that seem to be the same as another."""
    for name, other in doubled(site).items():
        yield site.context.sources[name].place, f"the source {name!r} seems to be the same as {other}"


def _weak(site: Site) -> Iterator[tuple[Place, str]]:
    """Notes that rest on weak sources alone and do not say so."""
    for entry in (entry for entries in site.notes.values() for entry in entries):
        cited = [site.context.sources[citation.id] for citation in entry.annotation.sources]
        if cited and all(source.is_weak for source in cited) and not entry.annotation.caution:
            message = "rests on mirrors, reposts, machine translations or state media alone; say so: `caution: …`"
            yield entry.place("sources"), f"{entry.annotation.id}: {message}"


def _unclaimed(site: Site) -> Iterator[tuple[Place, str]]:
    """Fact checks of what somebody said that do not say who; data formats would name nobody, or another."""
    for path, page in site.pages.items():
        entries = {entry.annotation.id: entry for entry in site.notes.get(path, ())}
        for note in page.notes:
            data = note.annotation
            is_open = data.kind is Kind.FACT_CHECK and not data.claimant and data.origin is None
            if is_open and is_attributed(page.text, note.span, language_of(page.text, site.context.text.language)):
                message = "the passage tells what somebody said; say who: `claimant: a name, or what they are`"
                yield entries[data.id].place(), f"{data.id}: {message}"


def _long(site: Site) -> Iterator[tuple[Place, str]]:
    """Sentences for a claim that are cut off where fact checks are searched (Google, Fact Check structured data)."""
    for entry in (entry for entries in site.notes.values() for entry in entries):
        if (length := len(entry.annotation.claimed)) > MAX_CLAIMED:
            message = f"{length} characters; where fact checks are searched about {MAX_CLAIMED} are shown"
            yield entry.place("claimed"), f"{entry.annotation.id}: `claimed` has {message}"


def _idle(site: Site) -> Iterator[tuple[Place, str]]:
    """Entries of `uncovered` that excuse nothing."""
    for path in (path for path in site.pages if site.excuses.get(path)):
        idle = site.coverage_of(path).idle
        for excuse in site.excuses.get(path, ()):
            if excuse.uncovered.quote in idle:
                words = shortened(excuse.uncovered.quote)
                yield excuse.place, f"uncovered: {words!r} excuses nothing: a note is on these words"


def _borrowed(site: Site) -> Iterator[tuple[Place, str]]:
    """A namespace that came with a copy of Postil's own site: two sites' notes would have the same lasting names."""
    namespace, article = _OURS
    if site.context.settings.namespace == namespace and not (site.docs / article).is_file():
        file = site.docs / SETTINGS_FILE
        lines = file.read_text("utf-8-sig").splitlines()
        line = next((number for number, text in enumerate(lines, 1) if namespace in text), 1)
        message = "'namespace' is that of Postil's own site; your notes need one that no other site has"
        yield Place(shown(file), line), f"{message}: `namespace: {uuid.uuid4()}`"
