"""Writing and changing notes where they are read, in the live preview.

In: what a browser selected and what an author typed. Out: changes of notes files and of the register, and the article
drawn again. `session` knows no HTTP, `gate` and `server` know nothing else; a published site has none of it.
"""

# What other rooms may use.
PUBLIC = (
    "alone",
    "gate",
    "server",
    "session",
)
