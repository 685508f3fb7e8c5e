"""The script of the form: one file for each concept in assets/writing/, put together as one classic script."""

from __future__ import annotations

from importlib.resources import files

# What a file declares is known to all of them, and to nothing outside.
_FILES = (
    "asking",
    "selecting",
    "offering",
    "notes",
    "form",
    "sources",
    "checking",
    "saving",
    "worklist",
    "keeping",
    "keys",
    "fresh",
)


def joined() -> str:
    """The script; nothing is imported by it, so it runs in every browser that the preview is opened in."""
    folder = files("postil").joinpath("editing/assets/writing")
    parts = "\n".join(folder.joinpath(f"{name}.js").read_text("utf-8") for name in _FILES)
    return f'(() => {{\n"use strict";\n{parts}}})();\n'
