"""Measure what notes cost: `make bench`; `make bench ARTICLES="1 100 1000"` takes half an hour more.

Prints the time of anchoring and weaving a page, and for sites of so many articles, of about 1,200 words with 25 notes
each: CPU time and memory of a cold build against the same build without the hook, against the same words as plain
Markdown, and against plain Markdown that writes as many pages (each note one of them); the size of the site and of a
note's own page. A cold build finds neither an earlier site nor anything kept. At last one long article. Builds take
turns and the figures are medians, since machines are noisy.
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
from dataclasses import dataclass
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
import os, resource
from mkdocs.__main__ import cli
try:
    cli(["build", "-q"])
except SystemExit:
    pass
times = os.times()
print(times.user + times.system, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
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


def own_page(note: dict[str, str], number: int) -> str:
    """A note as a page of plain Markdown, of the words that a note's own page has."""
    return (
        f"---\nsearch: {{exclude: true}}\n---\n# {note['title']}\n\nFact check: **Confirmed**\n\n> {note['quote']}\n\n"
        f"{note['note']}\n\n- [A report](https://example.org/report), The Office, 9 February 2020\n\n"
        f"The editors, 1 January 2026. [In the article: Article {number}](../a{number}.md)\n"
    )


def site(folder: Path, pages: int, kind: str) -> None:
    """Draw a site of one of the kinds: notes, without the hook ("bare"), "plain" Markdown, the same as many "pages"."""
    docs = folder / "docs"
    docs.mkdir(parents=True)
    hooks = f"hooks: [{(ROOT / 'hooks/annotations.py').as_posix()}]" if kind == "notes" else ""
    beside = "not_in_nav: /notes*/\n" if kind == "pages" else ""
    (folder / "mkdocs.yml").write_text(CONFIG.format(hooks=hooks) + beside, "utf-8")
    (docs / "index.md").write_text("# Home\n", "utf-8")
    (docs / "sources.yml").write_text(
        "references:\n- {id: S1, title: A report, container-title: The Office, issued: 2020-02-09, "
        "URL: 'https://example.org/report'}\n",
        "utf-8",
    )
    for number in range(pages):
        text, notes = page(number)
        (docs / f"a{number}.md").write_text(plain(text, notes) if kind in ("plain", "pages") else text, "utf-8")
        (docs / f"a{number}.annotations.yml").write_text(notes_file(notes), "utf-8")
        if kind == "pages":
            (docs / f"notes{number}").mkdir()
            for place, note in enumerate(notes):
                (docs / f"notes{number}" / f"note-{place}.md").write_text(own_page(note, number), "utf-8")


@dataclass(frozen=True)
class Cost:
    """What one build takes: CPU seconds, and megabytes of memory at its peak."""

    seconds: float
    megabytes: float


def build(folder: Path) -> Cost:
    """The cost of one cold build in a process of its own.

    What an earlier one has left is moved away and not deleted: for some seconds a file system (ext4) looks through the
    files that were just deleted for each new one, which no first build meets.
    """
    for left in ("site", ".cache"):
        if (folder / left).exists():
            (folder / left).rename(folder / f"{left}-{time.monotonic_ns()}")
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONHASHSEED": "0"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # a user's Python keeps compiled modules
    process = subprocess.run(
        [sys.executable, "-c", RUN], cwd=folder, env=environment, capture_output=True, text=True, check=True
    )
    seconds, memory = process.stdout.split()[-2:]
    return Cost(float(seconds), float(memory) / (1_000_000 if sys.platform == "darwin" else 1_000))


def builds(folder: Path, pages: int, runs: int) -> dict[str, Cost]:
    """The median cost of each kind of build; the kinds take turns."""
    kinds = ("notes", "bare", "plain", "pages")
    for kind in kinds:
        site(folder / kind, pages, kind)
    costs: dict[str, list[Cost]] = {kind: [] for kind in kinds}
    for run in range(runs):
        print(f"  run {run + 1} of {runs} …", flush=True)
        for kind in kinds:
            costs[kind].append(build(folder / kind))
    return {
        kind: Cost(
            statistics.median(cost.seconds for cost in values), statistics.median(cost.megabytes for cost in values)
        )
        for kind, values in costs.items()
    }


def size(folder: Path, pattern: str = "**/*") -> float:
    """The bytes of the files of a site."""
    return sum(file.stat().st_size for file in folder.glob(pattern) if file.is_file())


def tell(pages: int, runs: int) -> None:
    """Measure sites of so many articles, and print."""
    print(f"{pages} article{'s' * (pages > 1)} with 25 notes each:", flush=True)
    with tempfile.TemporaryDirectory() as scratch:
        costs = builds(Path(scratch), pages, runs)
        notes, bare, plain, more = (costs[kind] for kind in ("notes", "bare", "plain", "pages"))
        megabytes = {kind: size(Path(scratch, kind, "site")) / 1_000_000 for kind in costs}
        own = size(Path(scratch, "notes/site"), "a0/notes/note-5/index.html") / 1_000
    rows = (
        ("CPU, with notes / without the hook", notes.seconds / bare.seconds, ""),
        ("CPU, with notes / same words, plain", notes.seconds / plain.seconds, " (wanted: at most 1.5)"),
        ("CPU, with notes / as many pages, plain", notes.seconds / more.seconds, " (wanted: at most 0.5)"),
        ("memory, with notes / same words, plain", notes.megabytes / plain.megabytes, " (wanted: at most 2)"),
        ("kB of a note's own page", own, " (wanted: at most 8)"),
    )
    for name, value, wanted in rows:
        print(f"  {name:42} {value:.2f}{wanted}")
    for kind, cost in costs.items():
        print(f"  {kind:6} {cost.seconds:6.2f} CPU s  {cost.megabytes:4.0f} MB memory  {megabytes[kind]:4.0f} MB site")


def joined(pages: int) -> tuple[str, list[dict[str, str]]]:
    """So many articles as one, with the notes of all."""
    texts, every = [], []
    for number in range(pages):
        text, notes = page(number)
        texts.append(text.replace("# ", "## ", 1) if number else text)
        every += notes
    return "\n".join(texts), every


def long_article(runs: int) -> None:
    """Measure one article of 100,000 words with 1,400 notes, and print."""
    text, every = joined(84)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        site(folder, 0, "notes")
        (folder / "docs/long.md").write_text(text, "utf-8")
        (folder / "docs/long.annotations.yml").write_text(notes_file(every[:1_400]), "utf-8")
        seconds = statistics.median(build(folder).seconds for _ in range(runs))
    print(f"One article, 100,000 words, 1,400 notes: {seconds:.1f} CPU seconds (wanted: at most 3)")


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
    parser.add_argument("--runs", type=int, default=5, help="builds of each kind (5 at least for figures to publish)")
    parser.add_argument("--articles", type=int, nargs="*", default=[1, 100], help="sizes of site")
    options = parser.parse_args()
    place, save = writing()
    print(f"Writing, {NOTES} notes on the page: a selection is found in {place:.1f} ms (wanted: at most 10),")
    print(f"  a note is saved and the article drawn in {save:.0f} ms (wanted: at most 300)")
    print(f"Anchoring and weaving: {engine(41):.2f} ms a page (wanted: at most 1)")
    for pages in options.articles:
        tell(pages, options.runs if pages < 1_000 else min(options.runs, 3))
    long_article(min(options.runs, 5))


if __name__ == "__main__":
    main()
