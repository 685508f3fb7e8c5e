"""One build, step by step: read, render, fill, finish, write.

In: what a generator rendered. Out: a whole site, or the last good one. Knows no generator.
"""

# What other rooms may use.
PUBLIC = (
    "assets",
    "fill",
    "finish",
    "isolated",
    "last_site",
    "read",
    "render",
    "rendered",
    "report",
    "summary",
    "write",
)
