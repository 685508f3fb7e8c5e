"""The scripts of pages: a file for each concept in assets/notes/ and assets/views/, put together as classic scripts."""

from __future__ import annotations

import re
from importlib.resources import files

# What a file declares is known to all of them, and to nothing outside.
_FILES = ("page", "placing", "disclosing", "opening", "sheet", "address", "showing", "keys", "tools", "start")

# Strings, templates, and patterns that stand where no quotient can: in them a space is a sign as any other.
_KEPT = re.compile(
    r""""(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`"""
    r"""|(?:(?<=[(,!])|(?<=[=:?&|,] ))/(?:[^/\\\n]|\\.)+/[a-z]*"""
)
# Signs beside which white space says nothing; one more or less only between others, since "a + +b" is no "a ++b".
_SIGNS = re.compile(r" ?([=<>!?:;,{}()\[\]&|*]|(?<= )[+-](?= [^+-])) ?")


def joined() -> str:
    """The script; no modules and nothing to load, so that it runs from the disk too; without comments."""
    folder = files("postil").joinpath("assets/notes")
    parts = "\n".join(folder.joinpath(f"{name}.js").read_text("utf-8") for name in _FILES)
    told = re.sub(r"(?:^|[ \t]+)// [^\n]*", "", parts, flags=re.MULTILINE)  # no address has spaces beside its slashes
    bare = re.sub(r"^[ \t]*/\*.*?\*/\n|^[ \t]+|^\n", "", told, flags=re.DOTALL | re.MULTILINE)
    bare = tight(re.sub(r"([;{,])\n", r"\1", bare))
    once = "if (window.postilNotes) return;\nwindow.postilNotes = true;"  # a theme that swaps pages runs it on each
    return f'(() => {{\n"use strict";\n{once}\n{bare}}})();\n'


def of_views(name: str) -> str:
    """The script of a view, `claims` or `lists`: a classic script, too, that runs once in a theme that swaps pages."""
    folder = files("postil").joinpath("assets/views")
    parts = "\n".join(folder.joinpath(f"{part}.js").read_text("utf-8") for part in ("asking", name))
    known = f"postil{name.capitalize()}"
    once = f"if (window.{known}) return;\nwindow.{known} = true;"
    return f'(function () {{\n"use strict";\n{once}\n{parts}}})();\n'


def tight(script: str) -> str:
    """A script without the spaces that say nothing; its lines stay, since some of them end a statement."""
    parts, place = [], 0
    for kept in _KEPT.finditer(script):
        parts += [_SIGNS.sub(r"\1", script[place : kept.start()]), kept[0]]
        place = kept.end()
    return "".join([*parts, _SIGNS.sub(r"\1", script[place:])])
