"""The script of pages with notes: one file for each concept in assets/notes/, put together as one classic script."""

from __future__ import annotations

import re
from importlib.resources import files

# What a file declares is known to all of them, and to nothing outside.
_FILES = ("page", "placing", "disclosing", "opening", "sheet", "address", "showing", "keys", "tools", "start")


def joined() -> str:
    """The script; no modules and nothing to load, so that it runs from the disk too; without comments."""
    folder = files("postil").joinpath("assets/notes")
    parts = "\n".join(folder.joinpath(f"{name}.js").read_text("utf-8") for name in _FILES)
    told = re.sub(r"(?:^|[ \t]+)// [^\n]*", "", parts, flags=re.MULTILINE)  # no address has spaces beside its slashes
    bare = re.sub(r"^[ \t]*/\*.*?\*/\n|^[ \t]+|^\n", "", told, flags=re.DOTALL | re.MULTILINE)
    bare = re.sub(r"([;{,])\n", r"\1", bare).replace(") {", "){")  # after these white space says nothing
    once = "if (window.postilNotes) return;\nwindow.postilNotes = true;"  # a theme that swaps pages runs it on each
    return f'(() => {{\n"use strict";\n{once}\n{bare}}})();\n'
