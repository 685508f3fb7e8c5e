"""The generators: what they call, in their words; calls to `build` out.

In: events of MkDocs, pages of Python-Markdown. Out: annotated pages. The only room that imports MkDocs.
"""

# What other rooms may use.
PUBLIC = ("files_preview",)
