"""Measure what notes cost: `make bench`.

Prints, for one page of about 1,200 words with 25 notes and for 100 such pages: the time of anchoring and weaving a
page, and the CPU time of the build with notes against the same build without the hook and against the same words
as plain Markdown. Builds alternate and the figures are medians, since machines are noisy.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "hooks"), str(ROOT / "tools")]

from bench_writing import NOTES, writing  # noqa: E402

WORDS = (
    "bridge river mayor council tram harbour vote budget street station engine winter market paper figure report city "
    "office window letter garden answer morning number winter signal timber valley island question history captain"
).split()
CONFIG = """\
site_name: Bench
theme: {{name: material, font: false}}
{hooks}
plugins: [search]
markdown_extensions: [abbr, admonition, attr_list, def_list, footnotes, md_in_html, tables, \
{{toc: {{permalink: true}}}}, pymdownx.details, pymdownx.superfences, {{pymdownx.tabbed: {{alternate_style: true}}}}]
exclude_docs: "*.yml"
"""
RUN = """\
import os, sys, time
from mkdocs.__main__ import cli
try:
    cli(["build", "-q"])
except SystemExit:
    pass
times = os.times()
print(times.user + times.system)
"""


def sentence(generator: random.Random, length: int) -> str:
    """Words with a full stop; no two sentences are alike."""
    words = [generator.choice(WORDS) for _ in range(length - 1)] + [str(generator.randrange(10**6))]
    return " ".join(words).capitalize() + "."


def page(number: int) -> tuple[str, list[dict[str, str]]]:
    """An article of about 1,200 words (headings, links, emphasis, a list, a quotation) and 25 notes of 60 words."""
    generator = random.Random(number)  # noqa: S311 (the same words in every run)
    blocks = [f"# Article {number}"]
    passages = []
    for paragraph in range(25):
        if paragraph % 5 == 0:
            blocks.append(f"## Part {paragraph // 5 + 1}")
        sentences = [sentence(generator, 12) for _ in range(4)]
        passages.append(sentences[1].rstrip("."))
        sentences[2] = sentences[2].replace(" ", " *", 1).replace(".", "*.", 1)
        sentences[3] = f"[{sentences[3][:20]}](https://example.org/{paragraph}){sentences[3][20:]}"
        prefix = {7: "> ", 12: "- "}.get(paragraph, "")
        blocks.append(prefix + "\n".join(sentences))
    notes = [
        {"quote": passage, "title": sentence(generator, 6), "note": " ".join(sentence(generator, 12) for _ in range(5))}
        for passage in passages
    ]
    return "\n\n".join(blocks) + "\n", notes


def notes_file(notes: list[dict[str, str]]) -> str:
    """The notes as a notes file."""
    return "annotations:\n" + "".join(
        f"  - id: note-{number}\n    quote: {json.dumps(note['quote'])}\n    kind: fact-check\n    verdict: confirmed\n"
        f"    title: {json.dumps(note['title'])}\n    note: {json.dumps(note['note'])}\n    sources: [S1]\n"
        f"    author: editors\n    created: 2026-01-01\n"
        for number, note in enumerate(notes)
    )


def plain(text: str, notes: list[dict[str, str]]) -> str:
    """The article with the same words as plain Markdown: each note a paragraph or two after the text it is on."""
    blocks = text.split("\n\n")
    result = []
    waiting = list(notes)
    for block in blocks:
        result.append(block)
        if waiting and waiting[0]["quote"] in " ".join(block.split()):
            note = waiting.pop(0)
            result.append(f"**Fact check: Confirmed** {note['title']}")
            result.append(note["note"])
            result.append("Sources\n\n- [A report](https://example.org/report), The Office, 9 February 2020")
            result.append("The editors, 1 January 2026. [Back to the passage](https://example.org/)")
    return "\n\n".join(result) + "\n"


def site(folder: Path, pages: int, kind: str) -> None:
    """Draw a site of one of the three kinds: notes, without the hook, plain Markdown."""
    docs = folder / "docs"
    docs.mkdir(parents=True)
    hooks = f"hooks: [{(ROOT / 'hooks/annotations.py').as_posix()}]" if kind == "notes" else ""
    (folder / "mkdocs.yml").write_text(CONFIG.format(hooks=hooks), "utf-8")
    (docs / "index.md").write_text("# Home\n", "utf-8")
    (docs / "sources.yml").write_text(
        "references:\n- {id: S1, title: A report, container-title: The Office, issued: 2020-02-09, "
        "URL: 'https://example.org/report'}\n",
        "utf-8",
    )
    for number in range(pages):
        text, notes = page(number)
        (docs / f"a{number}.md").write_text(plain(text, notes) if kind == "plain" else text, "utf-8")
        (docs / f"a{number}.annotations.yml").write_text(notes_file(notes), "utf-8")


def build(folder: Path) -> float:
    """CPU seconds of one build in a process of its own."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONHASHSEED": "0"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # a user's Python keeps compiled modules
    process = subprocess.run(
        [sys.executable, "-c", RUN], cwd=folder, env=environment, capture_output=True, text=True, check=True
    )
    return float(process.stdout.split()[-1])


def builds(pages: int, runs: int) -> dict[str, float]:
    """Median CPU seconds of each kind of build; the kinds take turns."""
    with tempfile.TemporaryDirectory() as scratch:
        kinds = ("notes", "bare", "plain")
        for kind in kinds:
            site(Path(scratch, kind), pages, kind)
            build(Path(scratch, kind))  # once for the files' cache
        times: dict[str, list[float]] = {kind: [] for kind in kinds}
        for run in range(runs):
            print(f"  run {run + 1} of {runs} …", flush=True)
            for kind in kinds:
                times[kind].append(build(Path(scratch, kind)))
    return {kind: statistics.median(values) for kind, values in times.items()}


def engine(runs: int) -> float:
    """Median CPU milliseconds of reading, anchoring and weaving one page; rendering the notes is not in it."""
    import markdown

    from postil.files.notes_file import read_annotations
    from postil.page.annotate import place
    from postil.page.weave import Woven, insertions, splice
    from postil.text.anchor import Span
    from postil.text.reading import read

    text, notes = page(0)
    html = markdown.markdown(text, extensions=["toc"], extension_configs={"toc": {"permalink": True}})
    found, problems = read_annotations(notes_file(notes).encode(), "notes.yml")
    assert not problems, problems  # noqa: S101
    words = len(re.findall(r"\w+", text))
    print(f"One page: {words} words, {len(html)} characters of HTML, {len(notes)} notes.")

    def once() -> int:
        reading = read(html)
        placed, missing = place(reading, found.entries)
        assert not missing, missing  # noqa: S101
        woven = [
            Woven(entry.annotation.id, Span(span.start, span.end), number, "Note", "k", "<aside></aside>")
            for number, (entry, span) in enumerate(placed, 1)
        ]
        return len(splice(html, insertions(html, reading, woven)))

    times = []
    for _ in range(runs):
        start = time.process_time()
        for _ in range(20):
            once()
        times.append((time.process_time() - start) / 20 * 1000)
    return statistics.median(times)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=7, help="builds of each kind (5 at least for figures to publish)")
    parser.add_argument("--pages", type=int, nargs="*", default=[1, 100], help="sizes of site")
    options = parser.parse_args()
    place, save = writing()
    print(f"Writing, {NOTES} notes on the page: a selection is found in {place:.1f} ms (wanted: at most 10),")
    print(f"  a note is saved and the article drawn in {save:.0f} ms (wanted: at most 300)")
    print(f"Anchoring and weaving: {engine(41):.2f} ms a page (wanted: at most 1)")
    for pages in options.pages:
        print(f"{pages} page{'s' * (pages > 1)} with 25 notes each:", flush=True)
        times = builds(pages, options.runs)
        print(f"  with notes / without the hook:        {times['notes'] / times['bare']:.2f}")
        print(f"  with notes / same words, plain:       {times['notes'] / times['plain']:.2f} (wanted: at most 1.10)")
        print(f"  CPU seconds: notes {times['notes']:.2f}, without {times['bare']:.2f}, plain {times['plain']:.2f}")


if __name__ == "__main__":
    main()
