"""Notes and articles that were written elsewhere → this site's own files. What comes in is a stranger's.

In: bytes of somebody's export, and the article. Out: text for the notes file, or notes set aside with the reason.
"""

# What other rooms may use.
PUBLIC = (
    "article",
    "files",
    "foreign",
    "formats",
    "inserts",
    "intake",
    "ours",
    "placing",
    "sources",
)
