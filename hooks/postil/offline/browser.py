"""A Chromium or Chrome of this machine, as a printer."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from postil.offline.problem import OfflineError

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Google/Chrome/Application/chrome.exe",
)
PATIENCE = 120  # seconds


def installed() -> str | None:
    """The path of a browser: the one that the variable CHROMIUM names (and no other), or one of the system."""
    if (named := os.environ.get("CHROMIUM")) is not None:
        return shutil.which(named)
    return next(filter(None, map(shutil.which, NAMES)), None) or next(filter(os.path.exists, PLACES), None)


def to_pdf(browser: str, html: str, file: Path) -> None:
    """Print a document that needs nothing beside it, with tags and an outline.

    Args:
        browser: the path of a Chromium or Chrome, 128 or newer.
        html: the document.
        file: the PDF.

    Raises:
        OfflineError: when the browser does not print.
    """
    with tempfile.TemporaryDirectory(prefix="postil-", ignore_cleanup_errors=True) as scratch:
        page = Path(scratch, "page.html")
        page.write_text(html, "utf-8")
        options = [
            "--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-dev-shm-usage", f"--user-data-dir={scratch}/profile",
            "--no-pdf-header-footer", "--export-tagged-pdf", "--generate-pdf-document-outline",
        ]  # fmt: skip
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            options.append("--no-sandbox")  # as root a Chromium starts in no other way; the page is our own
        printed = Path(scratch, "page.pdf")
        command = [browser, *options, f"--print-to-pdf={printed}", page.as_uri()]
        try:
            process = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            raise OfflineError(f"{browser} did not print within {PATIENCE} seconds") from None
        if process.returncode or not printed.is_file():
            lines = [line for line in process.stderr.splitlines() if line.strip()]
            raise OfflineError(f"{browser} did not print: {lines[-1] if lines else f'exit {process.returncode}'}")
        shutil.copyfile(printed, file)
