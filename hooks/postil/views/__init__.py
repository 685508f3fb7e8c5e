"""The pages that are made from the data, and their drawings.

In: all annotated articles and records. Out: HTML for each `<!-- postil: NAME -->` of a page.
"""

# What other rooms may use.
PUBLIC = (
    "claims",
    "fill",
    "listing",
    "pages",
)
