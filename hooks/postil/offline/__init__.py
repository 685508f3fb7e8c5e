"""What goes with a reader: an archive of the site, and each article as one file, e-book, PDF and Markdown.

In: an edition (one article and all that goes with it). Out: a file; each format has a module of its own.
"""

# What other rooms may use.
PUBLIC = (
    "archive",
    "edition",
    "formats",
    "links",
    "problem",
)
