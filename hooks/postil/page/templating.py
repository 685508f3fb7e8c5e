"""The Jinja templates of the package: everything is escaped that is not marked as HTML."""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from pathlib import Path, PurePosixPath

from jinja2 import Environment, FileSystemBytecodeCache, PackageLoader, StrictUndefined, Template

from postil.page import parts

# Templates are not looked at again: a live preview imports the engine afresh.
_ENVIRONMENT = Environment(
    loader=PackageLoader("postil"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)
_ENVIRONMENT.globals["parts"] = parts


def keep_compiled(folder: Path) -> None:
    """Keep compiled templates in a folder, by a hash of their text; one that cannot be written to is left alone."""
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / ".writable").touch()
        _ENVIRONMENT.bytecode_cache = FileSystemBytecodeCache(str(folder))


@cache  # of each note two or three are asked for
def template(name: str) -> Template:
    """The template of a name, which ends with `.html` if it has no other ending.

    A variable that it is not given is an error.
    """
    return _ENVIRONMENT.get_template(name if PurePosixPath(name).suffix else f"{name}.html")
