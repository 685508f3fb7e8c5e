"""Which files of a docs folder are the author's data, by their names."""

from __future__ import annotations

import fnmatch
import os
from pathlib import Path, PurePosixPath

from postil.files.sources_file import FILE as SOURCES_FILE
from postil.site.registers import is_register

NOTES_SUFFIXES = (".annotations.yml", ".annotations.yaml")
SETTINGS_FILE = "postil.yml"
RECORD_FILES = {"events.yml": ("events",), "people.yml": ("people", "organisations", "places")}
ARTICLE_SUFFIXES = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")

# Files that are the author's and never part of the site: data, editors' copies of it, drafts.
DATA_FILES = (SOURCES_FILE, SETTINGS_FILE, *RECORD_FILES)
PRIVATE = (
    "*.annotations.*", "*.annotations.*~", "*.unplaced.yml", "*.draft.*",
    *DATA_FILES, *(f"{name}?*" for name in DATA_FILES),
)  # fmt: skip


def is_private(path: str) -> bool:
    """Whether a file, by its path inside of docs/ with slashes, is never copied into the site."""
    name = PurePosixPath(path).name
    return is_register(path) or any(fnmatch.fnmatchcase(name, pattern) for pattern in PRIVATE)


def data_files(docs: Path) -> list[Path]:
    """Every YAML file that holds notes, or may be meant to, in a lasting order."""
    found = []
    for folder, folders, names in os.walk(docs, followlinks=True):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.endswith((".yml", ".yaml")) and name.count(".") > 1 and not name.startswith("."):
                found.append(Path(folder, name))
    return found
