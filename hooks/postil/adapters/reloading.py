"""The engine in a live preview: imported afresh when one of its own files has changed, and only then."""

from __future__ import annotations

import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent

State = dict[Path, tuple[int, int]]


def state() -> State:
    """Every file of the engine, with the time of its last change (in nanoseconds) and its size."""
    files = (file for file in PACKAGE.rglob("*") if file.is_file() and file.suffix != ".pyc")
    return {file: (entry.st_mtime_ns, entry.st_size) for file in files if (entry := file.stat())}


def forget_changed(before: State) -> State:
    """Let the next import read the engine again if it is another than `before`; the state as it is now."""
    now = state()
    if now != before:
        for name in [name for name in sys.modules if name.partition(".")[0] == "postil"]:
            del sys.modules[name]
        if str(PACKAGE.parent) not in sys.path:  # MkDocs keeps it there only while it loads the hook
            sys.path.insert(0, str(PACKAGE.parent))
    return now
