"""Find a Chromium or Chrome; install one where there is none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from postil.offline.browser import installed

HELP = """\
The browser tests need a Chromium or Chrome, and none is here. Install one:
  Debian, Ubuntu:  apt install chromium
  Fedora:          dnf install chromium
  macOS:           brew install --cask chromium
  anywhere:        python -m playwright install chromium
or name one:       CHROMIUM=path/to/chrome make test
or leave them out: make fast
"""


def find() -> str | None:
    """The path of a browser: the one that CHROMIUM names, one of the system, or Playwright's own."""
    return installed() or (None if "CHROMIUM" in os.environ else _of_playwright())


def _of_playwright() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def install() -> None:
    """Try what can install one without asking."""
    attempts = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        attempts = [["apt-get", "update"], ["apt-get", "install", "-y", "chromium"], *attempts]
    for attempt in attempts:
        if find():
            return
        print("No Chromium is here. Trying:", " ".join(attempt), flush=True)
        subprocess.run(attempt, check=False)


if __name__ == "__main__":
    if find() is None:
        install()
    browser = find()
    sys.exit(HELP) if browser is None else print("The browser for the tests:", browser)
