"""Notes out: what a site publishes of its notes beside the pages, in the formats of others.

In: the annotated articles of a site (`dataset`). Out: files by address, a module for each format. Pure functions.
"""

# What other rooms may use.
PUBLIC = (
    "catalogue",
    "dataset",
    "embedded",
    "frame",
    "jsonld",
    "open_graph",
    "own_page",
    "shared",
    "sitemap",
    "tables",
    "vocabulary",
)
