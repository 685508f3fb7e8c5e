"""Measure what a second time costs: `python tools/bench_warm.py --articles 1 100`; `tools/bench.py` tells the first.

Prints, for sites of articles with 25 notes each: CPU seconds of `postil build`, `check`, `reanchor -n`, `import`
of 25 notes more for one article and `coverage`, cold (nothing kept) and warm (all kept, one note changed), as shares
of the first build and of a cold build of the same words as plain Markdown; what Zensical takes for these, where it is
installed. By the clock: the start of the live preview, also of the plain site, and how long a saved note or article
takes until it has them; its memory. At last one article of 5,000 notes.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parent.parent / "tests")]

from bench import ROOT, joined, notes_file, page, site  # noqa: E402

from serving import Preview  # noqa: E402

ENVIRONMENT = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(ROOT / "hooks")}
ENVIRONMENT.pop("PYTHONDONTWRITEBYTECODE", None)


def cpu(folder: Path, *command: str) -> float:
    """CPU seconds of a command, with all processes that it starts."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", *command], cwd=folder, env=ENVIRONMENT, capture_output=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def forget(folder: Path) -> None:
    """Throw away what is kept."""
    shutil.rmtree(folder / ".cache" / "postil", ignore_errors=True)


def change(file: Path, mark: str) -> None:
    """Change the first note of a notes file, or the end of an article."""
    text = file.read_text("utf-8")
    is_notes = file.name.endswith(".yml")
    file.write_text(
        re.sub('note: "', f'note: "{mark} ', text, count=1) if is_notes else f"{text}\n{mark} end.\n", "utf-8"
    )


def of_hypothesis() -> str:
    """An export of Hypothesis with 25 notes more for the first article, on sentences without one."""
    paragraphs = [block.lstrip("> -").splitlines() for block in page(0)[0].split("\n\n") if not block.startswith("#")]
    rows = [
        exported("a0/", f"{number:022}", first, "A note more.", second[:32])
        for number, (first, second, *_) in enumerate(paragraphs)
    ]
    return json.dumps({"rows": rows, "total": len(rows)})


def exported(place: str, name: str, quote: str, words: str, suffix: str = "") -> dict[str, object]:
    """A note as Hypothesis exports it."""
    selector = {"type": "TextQuoteSelector", "exact": quote, "prefix": "", "suffix": suffix}
    address = f"https://example.org/{place}"
    return {
        "id": name,
        "created": "2026-01-01T10:00:00+00:00",
        "user": "acct:somebody@hypothes.is",
        "uri": address,
        "text": words,
        "tags": [],
        "target": [{"source": address, "selector": [selector]}],
    }


def many_notes(runs: int) -> None:
    """Measure one article of 244,000 words with 5,000 notes, and print."""
    text, every = joined(200)
    rows = [exported("long/", f"{number:022}", note["quote"], note["note"]) for number, note in enumerate(every)]
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        site(folder, 0, "notes")
        (folder / "docs/long.md").write_text(text, "utf-8")
        (folder / "new.json").write_text(json.dumps({"rows": rows, "total": len(rows)}), "utf-8")
        taken = [cpu(folder, "postil", "import", "--dry-run", "new.json") for _ in range(runs)]
        print(
            f"One article, 244,000 words: import of {len(rows)} notes {statistics.median(taken):.1f} CPU s", flush=True
        )
        (folder / "docs/long.annotations.yml").write_text(notes_file(every), "utf-8")
        for command in (("check",), ("reanchor", "-n")):
            cold, warm = list[float](), list[float]()
            for _ in range(runs):
                forget(folder)
                cold.append(cpu(folder, "postil", *command))
                warm.append(cpu(folder, "postil", *command))
            told = f"{statistics.median(cold):.1f} cold, {statistics.median(warm):.1f} warm"
            print(f"  with these notes: {command[0]} {told} (wanted: at most 6 each)", flush=True)


def seen(preview: Preview, name: str, runs: int) -> float:
    """Median seconds from a saved file until its page has what is new."""
    times = []
    for _ in range(runs):
        mark = f"zz{time.time_ns()}"
        change(preview.folder / "docs" / name, mark)
        begin = time.perf_counter()
        while mark not in preview.get("a0/"):
            time.sleep(0.02)
        times.append(time.perf_counter() - begin)
        time.sleep(0.5)
    return statistics.median(times)


def preview(found: Preview, runs: int) -> None:
    """Print how long the preview takes to start, to show what is saved, and how its memory grows with each save."""
    try:
        begun = found.megabytes()
        note, article = seen(found, "a0.annotations.yml", runs), seen(found, "a0.md", runs)
        print(f"  preview: starts in {found.start:.1f} s (warm)", end="")
        print(f"; seen after {note:.2f} s (a note), {article:.2f} s (an article)", flush=True)
        first = settled(found)
        seen(found, "a0.annotations.yml", 10)
        print(f"  preview, memory: {begun:.0f} MB, after {2 * runs} saves {first:.0f}, 10 more {settled(found):.0f}")
    finally:
        found.end()


def settled(preview: Preview) -> float:
    """The memory of a preview once the whole site has followed what was saved: it rises by less than 1 MB in 10 s."""
    before, now = 0.0, preview.megabytes()
    while abs(now - before) >= 1:
        time.sleep(10)
        before, now = now, preview.megabytes()
    return now


def plain_start(folder: Path) -> float:
    """Seconds that the preview of plain Material takes to start."""
    found = Preview(folder)
    stop(found)
    return found.start


def stop(preview: Preview) -> None:
    """End a preview, in the middle of a build if need be: with a thousand articles it takes longer than one waits."""
    preview.process.kill()
    preview.process.wait()


def zensical(folder: Path, runs: int) -> None:
    """Print what Zensical takes for the same words, where it is installed: nothing kept, and one article changed."""
    if importlib.util.find_spec("zensical") is None:
        return
    cold, warm = list[float](), list[float]()
    for run in range(runs):
        for left in ("site", ".cache"):
            shutil.rmtree(folder / left, ignore_errors=True)
        cold.append(cpu(folder, "zensical", "build"))
        change(folder / "docs" / "a0.md", f"yy{run}")
        warm.append(cpu(folder, "zensical", "build"))
    print(f"  Zensical, plain Markdown: {statistics.median(cold):.2f} CPU s, one article changed ", end="")
    print(f"{statistics.median(warm):.2f} (wanted: a second postil build takes no more)", flush=True)


def tell(articles: int, runs: int) -> None:
    """Measure a size of site, and print."""
    with tempfile.TemporaryDirectory() as scratch:
        notes, plain = Path(scratch, "notes"), Path(scratch, "plain")
        site(notes, articles, "notes")
        site(plain, articles, "plain")
        (notes / "new.json").write_text(of_hypothesis(), "utf-8")
        commands = {
            "build": ("postil", "build"),
            "check": ("postil", "check"),
            "reanchor": ("postil", "reanchor", "-n"),
            "import": ("postil", "import", "--dry-run", "new.json"),
            "coverage": ("postil", "coverage"),
        }
        cpu(notes, *commands["build"])
        base = statistics.median(cpu(plain, "mkdocs", "build", "-q") for _ in range(runs))
        print(
            f"{articles} article{'s' * (articles > 1)} with 25 notes each; as plain Markdown {base:.2f} CPU s",
            flush=True,
        )
        print("  | CPU s | cold | warm, one note changed | of the first build | warm | of plain | warm |")
        print(f"  |{' --- |' * 7}")
        whole = 0.0
        for name, command in commands.items():
            cold, warm = list[float](), list[float]()
            for run in range(runs):
                forget(notes)
                cold.append(cpu(notes, *command))
                change(notes / "docs" / "a0.annotations.yml", f"yy{run}")
                warm.append(cpu(notes, *command))
            first, second = statistics.median(cold), statistics.median(warm)
            whole = whole or first  # the build comes first
            shares = (first / whole, second / whole, first / base, second / base)
            told = f"{first:.2f} | {second:.2f} | {' | '.join(f'{share:.2f}' for share in shares)}"
            print(f"  | {name} | {told} |", flush=True)
        zensical(plain, runs)
        print(f"  preview of plain Material: starts in {plain_start(plain):.1f} s", flush=True)
        earlier = Preview(notes)
        stop(earlier)  # what it keeps is kept
        preview(Preview(notes, earlier.port), runs)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5, help="of each (5 at least for figures to publish)")
    parser.add_argument("--articles", type=int, nargs="*", default=[1, 100], help="sizes of site")
    options = parser.parse_args()
    for articles in options.articles:
        tell(articles, options.runs)
    many_notes(options.runs)


if __name__ == "__main__":
    main()
