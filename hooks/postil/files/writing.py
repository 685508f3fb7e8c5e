"""Files written as a whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def replace(file: Path, content: bytes) -> None:
    """Write a file: aside first, then in its place; its permissions stay.

    Raises:
        OSError: where the file cannot be written; the old one is as it was.
    """
    target = file.resolve()  # of a link, what it leads to
    handle, aside = tempfile.mkstemp(prefix=f".{file.name}-", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
        Path(aside).chmod(mode)
        Path(aside).replace(target)
    except BaseException:
        Path(aside).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
