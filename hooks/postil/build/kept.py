"""What is costly to make, kept on the disk with a key of all that it depends on: with another key it is made anew.

What is read is data and nothing else: a folder that somebody else has filled can start nothing.
"""

from __future__ import annotations

import hashlib
import io
import pickle
import sys
import zlib
from collections.abc import Iterable
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).resolve().parent.parent
# Whatever has a part in a page as it is rendered.
_PACKAGES = (
    "mkdocs", "properdocs", "mkdocs-material", "Markdown", "pymdown-extensions", "Pygments", "Jinja2", "MarkupSafe",
    "pydantic", "PyYAML", "babel", "nh3", "rapidfuzz", "citeproc-py", "lxml",
)  # fmt: skip
_ROOMS = ("postil.model.", "postil.page.", "postil.text.")  # data of these only
_OTHERS = {("datetime", "date"), ("datetime", "datetime"), ("markupsafe", "Markup"), ("builtins", "set")}
_KEY = hashlib.sha256().digest_size


def key(parts: Iterable[object]) -> bytes:
    """A key of several values, by their representation."""
    found = hashlib.sha256()
    for part in parts:
        text = part if isinstance(part, bytes) else repr(part).encode("utf-8", "surrogatepass")
        found.update(len(text).to_bytes(8, "big") + text)
    return found.digest()


@cache
def installed() -> bytes:
    """A key of the engine as it is, and of what it rests on."""
    files = sorted(file for file in PACKAGE.rglob("*") if file.is_file() and file.suffix != ".pyc")
    engine = ((file.relative_to(PACKAGE).as_posix(), file.read_bytes()) for file in files)
    return key([sys.version, *map(_version, _PACKAGES), *(part for pair in engine for part in pair)])


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


class Kept:
    """Values by name, a file each.

    Args:
        folder: where they are; it may be deleted at any time.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._asked = set[str]()

    def get(self, name: str, wanted: bytes) -> Any:
        """The value that was kept with this name and key; None where there is none, or none that can be read."""
        file = self._file(name)
        try:
            content = file.read_bytes()
        except OSError:
            return None
        found, told, data = content[:_KEY], content[_KEY : 2 * _KEY], content[2 * _KEY :]
        if found != wanted or told != hashlib.sha256(data).digest():
            return None
        try:
            return _Data(io.BytesIO(zlib.decompress(data))).load()
        except Exception:  # whatever is amiss with it, it is made anew
            return None

    def put(self, name: str, wanted: bytes, value: Any) -> None:
        """Keep a value; where that cannot be done, it is made again the next time."""
        data = zlib.compress(pickle.dumps(value, 5), 1)
        content = wanted + hashlib.sha256(data).digest() + data  # a file that is not written to its end is known by it
        file = self._file(name)
        try:
            try:
                file.write_bytes(content)
            except FileNotFoundError:
                self._folder.mkdir(parents=True)
                file.write_bytes(content)
        except OSError:
            return

    def end(self) -> None:
        """Throw away what nobody has asked for: its page is gone."""
        if self._asked and self._folder.is_dir():
            for file in self._folder.iterdir():
                if file.name not in self._asked:
                    file.unlink(missing_ok=True)

    def _file(self, name: str) -> Path:
        file = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:32]
        self._asked.add(file)
        return self._folder / file


class _Data(pickle.Unpickler):
    """Reads our own data classes (Python's manual, `pickle`, "Restricting Globals")."""

    def find_class(self, module: str, name: str) -> Any:
        found = super().find_class(module, name) if module.startswith(_ROOMS) or (module, name) in _OTHERS else None
        if not isinstance(found, type):
            raise pickle.UnpicklingError(f"{module}.{name}")
        return found
