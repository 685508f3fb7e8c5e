"""A folder read as a whole: articles with their notes, sources, records; where everything is published.

In: a docs folder. Out: the site's data and every mistake in it; addresses; citations; downloads.
"""

# What other rooms may use.
PUBLIC = (
    "byline",
    "citations",
    "data_files",
    "downloads",
    "editorial",
    "folder",
    "loading",
    "published",
    "register_check",
    "registers",
    "schema",
    "starter",
    "todo",
    "urls",
    "warnings",
)
