"""The process of a worker: a copy of this one where a copy is as good as a new one, which has all to load again."""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import threading
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import IO, Protocol

from postil.build import kept

WORKER = "postil.adapters.worker"
_GENERATORS = ("mkdocs", "properdocs", "zensical")  # a build must not find what another has left in them


class Process(Protocol):
    """One that runs."""

    @property
    def lines(self) -> Iterable[str]:
        """What it says, until it has ended."""

    def wait(self) -> int:
        """Its exit status, once it has ended."""

    def kill(self) -> None:
        """End it in the middle."""

    def __enter__(self) -> Process: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


def started(order: str, errors: IO[bytes]) -> Process:
    """A worker that has begun.

    Args:
        order: its argument.
        errors: takes what it says on its standard error.
    """
    return _Copy(order, errors) if _is_as_new() else _New(order, errors)


def _is_as_new() -> bool:
    """Whether this process has run nothing that a build could meet, and can be copied safely: on Linux, alone."""
    return (
        sys.platform == "linux"
        and threading.active_count() == 1
        and not any(name in sys.modules for name in _GENERATORS)
    )


class _New:
    """Python, started again."""

    def __init__(self, order: str, errors: IO[bytes]) -> None:
        command = [sys.executable, "-u", "-m", WORKER, order]  # so that what it said last is its last line
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, encoding="utf-8")
        self.lines: Iterable[str] = self._process.stdout or ()

    def wait(self) -> int:
        return self._process.wait()

    def kill(self) -> None:
        self._process.kill()

    def __enter__(self) -> _New:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.__exit__(kind, error, trace)


class _Copy:
    """This process once more."""

    def __init__(self, order: str, errors: IO[bytes]) -> None:
        from multiprocessing import get_context  # which not every command needs

        kept.installed()  # both ask for it
        reading, writing = os.pipe()
        said = os.fdopen(reading, encoding="utf-8")
        self.lines: Iterable[str] = said
        self._said = said
        self._process = get_context("fork").Process(target=_work, args=(order, reading, writing, errors.fileno()))
        try:
            self._process.start()
        finally:
            os.close(writing)

    def wait(self) -> int:
        self._process.join()
        return self._process.exitcode or 0

    def kill(self) -> None:
        self._process.kill()

    def __enter__(self) -> _Copy:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._said.close()
        self._process.join()


def _work(order: str, reading: int, writing: int, errors: int) -> None:
    """Be what `python -m` with the worker's name would be."""
    os.close(reading)
    os.dup2(writing, 1)
    os.dup2(errors, 2)
    os.close(writing)
    sys.stdout, sys.stderr = (
        os.fdopen(1, "w", buffering=1, closefd=False),
        os.fdopen(2, "w", buffering=1, closefd=False),
    )
    sys.path.insert(0, str(Path.cwd()))
    atexit._clear()  # what is to be done when the first process ends is not for this one
    worker = import_module(WORKER)
    sys.argv = [str(worker.__file__), order]
    try:
        sys.exit(worker.main())
    finally:
        atexit._run_exitfuncs()
