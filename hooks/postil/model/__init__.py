"""What there is: annotation, source, verdict, records, settings, and what is wrong with them.

In: plain data. Out: frozen models, or the author's mistake in words. Nothing here reads, writes or knows HTML.
"""

# What other rooms may use.
PUBLIC = (
    "addresses",
    "annotation",
    "contributors",
    "cutting",
    "editorial",
    "edtf",
    "extras",
    "fields",
    "problem",
    "records",
    "rich_text",
    "scale",
    "settings",
    "source",
)
