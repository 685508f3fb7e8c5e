"""How quickly a page with notes answers its reader: `make bench-reading`.

Prints, for a page with 62 and one with 300 notes, the milliseconds from a key, the pointer, a choice in the filter, a
tap on a phone (at a quarter of the speed) until the browser has painted what follows. Medians; the pause before a note
opens under the pointer is not counted. Machines are noisy: what else runs counts too.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "hooks"), str(ROOT / "tests"), str(ROOT / "tools")]

from bench import CONFIG, sentence  # noqa: E402
from playwright.sync_api import Browser  # noqa: E402

from browsing import build, launched, open_page, served  # noqa: E402

SIZES = (62, 300)
IN_A_PARAGRAPH = 5
WANTED = {"j": 50, "hover": 50, "filter": 50, "tap, phone at 1/4": 200}
VERDICTS = ("confirmed", "partly", "disputed", "wrong")

# Do something, wait until the frame that follows is painted; milliseconds.
PAINTED = """const painted = async act => {
    const begun = performance.now(), pause = await act() || 0
    await new Promise(done => requestAnimationFrame(() => {
        const channel = new MessageChannel()
        channel.port1.onmessage = done
        channel.port2.postMessage(0)
    }))
    return performance.now() - begun - pause
}
const still = () => new Promise(done => setTimeout(done, 250))
const median = all => all.sort((a, b) => a - b)[all.length >> 1]
"""
KEY = """async () => { %s
    const times = []
    for (let run = 0; run < 12; run++) {
        await still()
        const press = new KeyboardEvent("keydown", {key: "j", bubbles: true})
        times.push(await painted(() => { document.dispatchEvent(press) }))
    }
    return median(times)
}"""
HOVER = """async () => { %s
    const times = [], notes = [...document.querySelectorAll(".postil-brief")].slice(5, 17)
    for (const note of notes) {
        note.scrollIntoView({block: "center", behavior: "instant"})
        await still()
        times.push(await painted(() => new Promise(done => {
            const opened = new MutationObserver(() => note.classList.contains("postil-peek") && done(150))
            opened.observe(note, {attributeFilter: ["class"]})
            note.dispatchEvent(new PointerEvent("pointerover", {bubbles: true, pointerType: "mouse"}))
        })))
    }
    return median(times)
}"""
FILTER = """async () => { %s
    const times = []
    for (let run = 0; run < 5; run++) for (const value of ["verdict-wrong", "all"]) {
        await still()
        times.push(await painted(() => document.querySelector(`.postil-filter input[value=${value}]`).click()))
    }
    return median(times)
}"""
TAP = """async () => { %s
    const times = [], refs = [...document.querySelectorAll(".postil-ref")].slice(3, 15)
    for (const ref of refs) {
        ref.scrollIntoView({block: "center", behavior: "instant"})
        await still()
        times.push(await painted(() => ref.click()))
        await still()
        document.dispatchEvent(new KeyboardEvent("keydown", {key: "Escape", bubbles: true}))
        await still()
    }
    return median(times)
}"""


def article(notes: int) -> dict[str, str]:
    """A site with one article: five notes in each paragraph of five sentences."""
    generator = random.Random(notes)  # noqa: S311 (the same words in every run)
    paragraphs, entries = ["# An article"], []
    for number in range(-(-notes // IN_A_PARAGRAPH)):
        sentences = [sentence(generator, 18) for _ in range(IN_A_PARAGRAPH)]
        paragraphs.append("\n".join(sentences))
        for place, words in enumerate(sentences[: notes - number * IN_A_PARAGRAPH]):
            entries.append(
                f"- {{id: n{number}-{place}, quote: {json.dumps(words.rstrip('.'))}, kind: fact-check, "
                f"verdict: {VERDICTS[place % len(VERDICTS)]}, title: {json.dumps(sentence(generator, 7))}, "
                f"note: {json.dumps(' '.join(sentence(generator, 15) for _ in range(6)))}, "
                "sources: [S1], author: editors, created: 2026-01-01}"
            )
    source = "{id: S1, title: A report, container-title: The Office, issued: 2020-02-09, URL: 'https://example.org/r'}"
    return {
        "docs/index.md": "\n\n".join(paragraphs) + "\n",
        "docs/index.annotations.yml": "annotations:\n" + "\n".join(entries) + "\n",
        "docs/sources.yml": f"references:\n- {source}\n",
        "mkdocs.yml": CONFIG.format(hooks=f"hooks: [{(ROOT / 'hooks/annotations.py').as_posix()}]"),
    }


def measured(browser: Browser, address: str, runs: int) -> dict[str, float]:
    """The median milliseconds of each thing that a reader does."""
    found: dict[str, list[float]] = {name: [] for name in WANTED}
    for _ in range(runs):
        page = open_page(browser, address, 1280)
        page.wait_for_timeout(1500)
        for name, script in (("j", KEY), ("hover", HOVER), ("filter", FILTER)):
            found[name].append(page.evaluate(script % PAINTED))
            page.keyboard.press("Escape")
        page.context.close()
        page = open_page(browser, address, 390, has_touch=True, is_mobile=True)
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
        page.wait_for_timeout(3000)
        found["tap, phone at 1/4"].append(page.evaluate(TAP % PAINTED))
        page.context.close()
    return {name: statistics.median(times) for name, times in found.items()}


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--notes", type=int, nargs="*", default=list(SIZES))
    options = parser.parse_args()
    print(f"{'milliseconds until painted':28}" + "".join(f"{name:>20}" for name in WANTED))
    print(f"{'wanted, at most':28}" + "".join(f"{wanted:>20}" for wanted in WANTED.values()))
    with launched() as browser:
        for notes in options.notes:
            with tempfile.TemporaryDirectory() as scratch:
                source = Path(scratch, "source")
                for name, text in article(notes).items():
                    file = source / name
                    file.parent.mkdir(parents=True, exist_ok=True)
                    file.write_text(text, "utf-8")
                with served(build(source, Path(scratch, "site"))) as address:
                    times = measured(browser, address, options.runs)
            print(f"{notes:>5} notes{'':17}" + "".join(f"{time:>20.0f}" for time in times.values()), flush=True)


if __name__ == "__main__":
    main()
