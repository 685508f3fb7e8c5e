"""The live preview of a site as an author starts it: `mkdocs serve` in a process of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

HOOKS = Path(__file__).resolve().parent.parent / "hooks"


def free_port() -> int:
    """A port of this machine that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Preview:
    """A site in the live preview, on a port of this machine.

    Attributes:
        folder: of the site.
        url: where it is served.
        port: of it. What is kept for the next preview is of one address, as an author's is.
        start: how many seconds it took until the first page was there.
    """

    def __init__(self, folder: Path, port: int = 0) -> None:
        self.folder, self.port = folder, port or free_port()
        self.url = f"http://127.0.0.1:{self.port}/"
        environment = {**os.environ, "PYTHONPATH": str(HOOKS), "NO_MKDOCS_2_WARNING": "1"}
        command = [sys.executable, "-m", "mkdocs", "serve", "-q", "--livereload", "-a", f"127.0.0.1:{self.port}"]
        begin = time.perf_counter()
        self.process = subprocess.Popen(command, cwd=folder, env=environment)
        while not self.get(""):
            if self.process.poll() is not None:
                raise ChildProcessError(f"mkdocs serve ended with {self.process.returncode}")
            time.sleep(0.05)
        self.start = time.perf_counter() - begin

    def get(self, path: str) -> str:
        """A page, or an empty text where there is none."""
        try:
            with urllib.request.urlopen(self.url + path, timeout=600) as answer:
                return str(answer.read().decode())
        except (urllib.error.URLError, ConnectionError):
            return ""

    def megabytes(self) -> float:
        """The memory that it takes, with all processes that it has started; where Linux tells it."""
        total, left = 0.0, [str(self.process.pid)]
        while left:
            process = Path("/proc", left.pop())
            if not process.is_dir():
                return float("nan")
            total += next(
                int(line.split()[1]) / 1_000
                for line in (process / "status").read_text("utf-8").splitlines()
                if line.startswith("VmRSS")
            )
            for children in process.glob("task/*/children"):
                left += children.read_text("utf-8").split()
        return total

    def end(self) -> None:
        """Stop it, as Ctrl-C does."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(60)
