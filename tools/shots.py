"""Screenshots of the article in every width, scheme and direction, with and without scripts, in shots/: to look at."""

from __future__ import annotations

import itertools
import sys
import tempfile
from pathlib import Path
from typing import Literal

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from browsing import ARTICLE, WIDTHS, build, launched  # noqa: E402

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def main() -> None:
    """Build both sites, write one file for each of the cases."""
    place = ROOT / "shots"
    place.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, launched() as browser:
        pages = {
            "ltr": build(ROOT, Path(folder, "site")) / ARTICLE / "index.html",
            "rtl": build(ROOT / "tests/sites/arabic", Path(folder, "arabic")) / "index.html",
        }
        for (direction, file), width, scheme, scripts in itertools.product(
            pages.items(), WIDTHS, SCHEMES, (True, False)
        ):
            context = browser.new_context(
                viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=scripts
            )
            page = context.new_page()
            page.goto(file.as_uri())
            page.wait_for_timeout(300)
            name = f"{direction}-{width:04}-{scheme}-{'scripts' if scripts else 'plain'}.png"
            page.screenshot(path=place / name)
            context.close()
            print(f"shots/{name}")


if __name__ == "__main__":
    main()
