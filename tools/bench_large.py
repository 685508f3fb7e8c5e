"""What readers of a large site wait for: `make bench-reading`; `ARTICLES="100 1000"` builds for some minutes.

Prints, for sites of articles with 25 notes each, in a browser with a server on this machine: from typing a word until
the first result of the search is shown, from opening the page until then, how long a further word takes, the memory of
the page, and what the index weighs; against plain Material with the same words. Then the page of all notes: until it is
first painted, and from a choice in its filter until the rows are. Medians, sites in turns; what else runs counts too.
"""

from __future__ import annotations

import argparse
import gzip
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "hooks"), str(ROOT / "tests"), str(ROOT / "tools")]

from bench import site  # noqa: E402
from playwright.sync_api import Page  # noqa: E402

from browsing import launched, served  # noqa: E402

WORD, FURTHER = "captain", "harbour"
SEARCHES = ("typed until first hit", "opened until first hit", "a further word", "MB of memory, at its peak")
CLAIMS = ("opened until first painted", "chosen until filtered")
WANTED = {"typed until first hit": "1.2 times", CLAIMS[0]: "1", CLAIMS[1]: "1.5"}

# Type a word as a reader does, and wait until a result is painted: seconds from here, and from the page's beginning.
TYPED = """word => new Promise(done => {
    const input = document.querySelector(".md-search__input"), list = document.querySelector(".md-search-result__list")
    const begun = performance.now()
    const shown = new MutationObserver(() => {
        if (!list.querySelector(".md-search-result__item")) return
        shown.disconnect()
        requestAnimationFrame(() => setTimeout(() => {
            const now = performance.now()
            done([(now - begun) / 1000, now / 1000])
        }))
    })
    shown.observe(list, {childList: true, subtree: true})
    input.focus()
    input.value = word
    input.dispatchEvent(new KeyboardEvent("keyup", {bubbles: true}))
    input.dispatchEvent(new InputEvent("input", {bubbles: true}))
})"""
FIRST_PAINT = """() => new Promise(done => new PerformanceObserver(list => {
    for (const entry of list.getEntries())
        if (entry.name === "first-contentful-paint") done(entry.startTime / 1000)
}).observe({type: "paint", buffered: true}))"""
# Choose in the filter, and wait until what fits is painted: seconds.
CHOSEN = """word => new Promise(done => {
    const form = document.querySelector(".postil-claims__filter"), output = form.querySelector("output")
    const begun = performance.now()
    const told = new MutationObserver(() => {
        told.disconnect()
        requestAnimationFrame(() => setTimeout(() => done((performance.now() - begun) / 1000)))
    })
    told.observe(output, {childList: true, characterData: true, subtree: true})
    const words = form.querySelector("[name=words]")
    words.value = word
    words.dispatchEvent(new InputEvent("input", {bubbles: true}))
})"""


def resident(page: Page) -> float:
    """Megabytes that the page's process has taken at its peak; its workers are in it."""
    session = page.context.browser.new_browser_cdp_session() if page.context.browser else None
    assert session  # noqa: S101
    pids = [
        each["id"] for each in session.send("SystemInfo.getProcessInfo")["processInfo"] if each["type"] == "renderer"
    ]
    peaks = [
        int(line.split()[1])
        for pid in pids
        for line in Path(f"/proc/{pid}/status").read_text("utf-8").splitlines()
        if line.startswith("VmHWM")
    ]
    return max(peaks) / 1_000


def searched(address: str) -> dict[str, float]:
    """What one reader waits for who opens the first page and types at once."""
    with launched() as browser:
        page = browser.new_page()
        page.goto(address, wait_until="domcontentloaded")
        page.wait_for_function("window.document$ && document.querySelector('.md-search__input')")
        typed, opened = page.evaluate(TYPED, WORD)
        further, _ = page.evaluate(TYPED, FURTHER)
        memory = resident(page) if sys.platform == "linux" else float("nan")
        return dict(zip(SEARCHES, (typed, opened, further, memory), strict=True))


def claims(address: str) -> dict[str, float]:
    """What one reader of the page of all notes waits for."""
    with launched() as browser:
        page = browser.new_page()
        page.goto(f"{address}claims/", wait_until="commit")
        painted = page.evaluate(FIRST_PAINT)
        page.wait_for_selector(".postil-claims__filter:not([hidden])")
        return dict(zip(CLAIMS, (painted, page.evaluate(CHOSEN, WORD)), strict=True))


def medians(
    one: Callable[[str], dict[str, float]], addresses: dict[str, str], runs: int
) -> dict[str, dict[str, float]]:
    """The medians of what is measured at each address; the addresses take turns."""
    found: dict[str, list[dict[str, float]]] = {kind: [] for kind in addresses}
    for _ in range(runs):
        for kind, address in addresses.items():
            found[kind].append(one(address))
    return {
        kind: {name: statistics.median(each[name] for each in all_) for name in all_[0]} for kind, all_ in found.items()
    }


def draw(folder: Path, articles: int) -> None:
    """Draw and build a site with notes and one of the same words, unless they are there."""
    for kind, command in (("notes", "postil"), ("plain", "mkdocs")):
        if not (folder / kind / "site").is_dir():
            site(folder / kind, articles, kind)
            environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(ROOT / "hooks")}
            subprocess.run(
                [sys.executable, "-m", command, "build"],
                cwd=folder / kind, env=environment, capture_output=True, check=True,
            )  # fmt: skip


def tell(folder: Path, articles: int, runs: int) -> None:
    """Measure the sites of a folder, and print."""
    draw(folder, articles)
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    print(f"{articles} articles with 25 notes each (load {load:.1f}): with notes, plain, ratio", flush=True)
    with served(folder / "notes/site") as notes, served(folder / "plain/site") as plain:
        found = medians(searched, {"notes": notes, "plain": plain}, runs)
        for name, value in found["notes"].items():
            told = f"{value:8.2f} {found['plain'][name]:8.2f} {value / found['plain'][name]:8.2f}"
            print(f"  {name:32}{told}  {f'at most {WANTED[name]}' if name in WANTED else ''}", flush=True)
        weights = [(folder / kind / "site/search/search_index.json").read_bytes() for kind in ("notes", "plain")]
        packed = [gzip.compress(weight, 6) for weight in weights]
        for name, (one, other) in (("MB of the index", weights), ("MB of it, packed", packed)):
            print(f"  {name:32}{len(one) / 1e6:8.2f} {len(other) / 1e6:8.2f} {len(one) / len(other):8.2f}")
        for name, value in medians(claims, {"notes": notes}, runs)["notes"].items():
            print(f"  {name:32}{value:8.2f}{'':19} at most {WANTED[name]}", flush=True)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--articles", type=int, nargs="*", default=[100], help="sizes of site")
    parser.add_argument("--keep", type=Path, help="a folder to keep the sites in, for another time")
    options = parser.parse_args()
    for articles in options.articles:
        with tempfile.TemporaryDirectory() as scratch:
            tell((options.keep or Path(scratch)) / str(articles), articles, options.runs)


if __name__ == "__main__":
    main()
