"""The pages that every site with notes has: nothing but a heading and directives."""

from __future__ import annotations

from postil.site.folder import Site


def pages(site: Site) -> dict[str, str]:
    """The pages that a site with notes gets unless it has its own, as Markdown by path."""
    text = site.context.text
    if not site.notes:
        return {}
    no_search, no_toc = "search:\n  exclude: true\n", "hide: [toc]\n"

    def page(front: str, title: str, *names: str) -> str:
        lines = "\n\n".join(f"<!-- postil: {name} -->" for name in names)
        return f"---\n{front}---\n\n# {text(f'{title}.title')}\n\n{lines}\n"

    made = {
        "claims.md": page(no_search + no_toc, "claims", "tally", "claims"),
        "sources.md": page(no_toc, "register", "sources"),
        "corrections.md": page(no_search + no_toc, "corrections", "corrections"),
        "downloads.md": page(no_search + no_toc, "downloads", "downloads"),
        "data.md": page(no_search + no_toc, "data", "data", "verdicts"),
    }
    if any(entry.annotation.since for entries in site.notes.values() for entry in entries):
        made["since.md"] = page(no_search + no_toc, "since_page", "since")
    if site.records.events:
        parts = [
            f"## {text(f'timeline.{when}')}\n\n<!-- postil: timeline {when} -->\n"
            for when in ("before", "article", "after")
        ]
        made["timeline.md"] = f"# {text('timeline.title')}\n\n" + "\n".join(parts)
    if site.records.people or site.records.organisations or site.records.places:
        parts = []
        for name, records in (("people", site.records.people), ("organisations", site.records.organisations)):
            parts += [f"## {text(f'who.{name}')}\n\n<!-- postil: {name} -->\n"] if records else []
        if site.records.places:
            parts.append(f"## {text('who.places')}\n\n<!-- postil: map -->\n\n<!-- postil: places -->\n")
        made["people.md"] = f"# {text('who.title')}\n\n" + "\n".join(parts)
    return made
