"""One build of a site, step by step; the adapters call the steps, which know no generator.

In: what a generator tells of the site, then each page as it has rendered it. Out: the pages as they are published,
every file beside them, and a report. The steps, a module each, in this order:

1. `read`: the author's files, and what the site needs because of them (`assets`).
2. `render`: each page is taken note of; when all are there, the site is rendered (`rendered.RenderedSite`).
3. `fill`: what is known only now goes into the pages: the views, the list of sources on paper.
4. `finish`: the pages as the theme drew them get their data for machines, and what a link to them shows.
5. `write`: the files beside the pages; `report` and `editions` tell other commands what was published.

A generator that only leaves files (`generator`) is called by the steps, on prepared sources (`staging`, `from_files`);
`choice` says which generator builds a site. `last_site` keeps the site that a build replaces; `isolated` runs a build
in a process of its own (`process`).
"""

# What other rooms may use.
PUBLIC = (
    "assets",
    "changes",
    "choice",
    "fill",
    "finish",
    "from_files",
    "generator",
    "isolated",
    "kept",
    "kept_notes",
    "last_site",
    "links",
    "marks",
    "on_request",
    "owners",
    "read",
    "render",
    "rendered",
    "report",
    "summary",
    "search_entries",
    "told_links",
    "write",
    "written",
)
