"""The three pictures of writing a note for the README: selection, form, note."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "hooks")]

import browsing  # noqa: E402
from conftest import MKDOCS_YML, SOURCES  # noqa: E402
from serving import Preview  # noqa: E402
from test_writing_browser import open_page, saved, select, write  # noqa: E402

ARTICLE = """\
# The bridge at Lindhaven

The bridge was opened in 1931 by the mayor. It is the longest of the country, the council says, and the only one with
a roof.

Nobody has counted the people who cross it. In summer the children of the town jump from its middle pier, which is
forbidden, and the ferryman looks the other way.
"""


def main() -> None:
    """Make the pictures in screenshots/."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        (folder / "docs").mkdir()
        hook = (ROOT / "hooks" / "annotations.py").as_posix()
        (folder / "mkdocs.yml").write_text(MKDOCS_YML.replace("HOOK", hook).replace("Test", "Lindhaven"), "utf-8")
        (folder / "docs/sources.yml").write_text(SOURCES, "utf-8")
        (folder / "docs/index.md").write_text(ARTICLE, "utf-8")
        preview = Preview(folder)
        try:
            with browsing.launched() as browser:
                page = open_page(preview, browser, "", 1280)
                page.set_viewport_size({"width": 1280, "height": 720})
                words = {"title": "By which measure?", "note": "The *council* does not say.", "id": "longest"}
                write(page, "the longest of the country", kind="question", **words)
                page.wait_for_timeout(600)
                page.locator(".pw-form").evaluate("form => { form.scrollTop = 0 }")
                page.screenshot(path=ROOT / "screenshots/write-form.png")
                saved(page)
                page.wait_for_timeout(600)
                page.screenshot(path=ROOT / "screenshots/write-note.png")
                select(page, "opened in 1931 by the mayor")
                page.wait_for_timeout(300)
                page.screenshot(path=ROOT / "screenshots/write-select.png")
        finally:
            preview.end()


if __name__ == "__main__":
    main()
