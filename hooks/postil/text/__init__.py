"""The text that a reader reads: HTML → reading text → the one place of a passage.

In: a rendered fragment and quotes. Out: spans in code points, or refusals; what no note touches. Pure.
"""

# What other rooms may use.
PUBLIC = (
    "anchor",
    "atoms",
    "attribution",
    "coverage",
    "languages",
    "markup",
    "naming",
    "normalizing",
    "number_words",
    "occurring",
    "reading",
    "reading_text",
    "sentences",
    "text_fragment",
    "words_around",
)
