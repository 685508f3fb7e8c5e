"""One page: the rendered article and its notes → the annotated article.

In: a fragment, notes, what the site shares. Out: the fragment with marks and notes; without them the same bytes.
"""

# What other rooms may use.
PUBLIC = (
    "annotate",
    "bodies",
    "cleaning",
    "context",
    "filters",
    "fragment",
    "lost",
    "margin",
    "note_view",
    "paper",
    "parts",
    "scripts",
    "styles",
    "templating",
    "weave",
)
