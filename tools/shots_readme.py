"""The pictures of reading that README shows, anew, in screenshots/; those of writing: tools/shots_writing.py."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from playwright.sync_api import Browser, Page  # noqa: E402

from browsing import ARTICLE, build, launched, open_page, served  # noqa: E402

PLACE = ROOT / "screenshots"


@contextmanager
def kept(browser: Browser, address: str, name: str, width: int, height: int, **options: Any) -> Iterator[Page]:
    """A page that is photographed when it is as wanted."""
    page = open_page(browser, address, width, height=height, **options)
    page.wait_for_timeout(500)
    yield page
    page.wait_for_timeout(400)
    page.screenshot(path=PLACE / f"{name}.png")
    page.context.close()


def main() -> None:
    """Build, open, write the files."""
    phone = {"has_touch": True, "is_mobile": True}
    with tempfile.TemporaryDirectory() as folder, launched() as browser:
        arabic = build(ROOT / "tests/sites/arabic", Path(folder, "arabic")) / "index.html"
        with served(build(ROOT, Path(folder, "site"))) as address:
            article = address + ARTICLE
            with kept(browser, article, "article-1280", 1280, 860) as page:
                second = page.locator("article > h2").nth(1)
                second.evaluate("h => scrollTo(0, h.getBoundingClientRect().top - 70)")
            with kept(browser, article, "note-dark-1280", 1280, 860, color_scheme="dark") as page:
                page.locator(".postil-ref").nth(9).click()
            with kept(browser, article, "phone-390", 390, 780, **phone) as page:
                page.locator(".postil-ref").nth(9).tap()
            for name in ("claims", "timeline"):
                with kept(browser, f"{address}{name}/", f"{name}-1280", 1280, 860):
                    pass
        with kept(browser, arabic.as_uri(), "arabic-1280", 1280, 720):
            pass


if __name__ == "__main__":
    main()
