"""The words of a PDF, page by page."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest


def squeezed(text: str) -> str:
    """A text without what a line break may change."""
    return re.sub(r"[\s\u00ad-]+", "", text)


def pages_of(pdf: Path) -> list[str]:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed: apt install poppler-utils")
    told = subprocess.run(["pdftotext", "-raw", pdf, "-"], capture_output=True, text=True, check=True)
    return [squeezed(page) for page in told.stdout.split("\f")]
