"""How well passages are found again after edits, and how fast: `make bench-anchoring`.

All engines do the same work in one run: ours with and without the old text, the npm packages approx-string-match and
dom-anchor-text-quote, rapidfuzz and edlib. A place is right when its intersection over union with the true one is at
least 0.5, tight when both ends are within two characters. Without a folder of cases those of the tests are made.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import shutil
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "hooks"), str(ROOT / "tests")]

from edited import Case, cases  # noqa: E402
from postil.files.snapshot import parse  # noqa: E402
from postil.reanchor import Found, Selectors, reanchor  # noqa: E402
from postil.text.anchor import Anchorer  # noqa: E402

Place = tuple[int, int] | None
Answer = tuple[Place, float]  # where, and milliseconds of CPU time
Engine = Callable[[Sequence[Case]], Iterator[Answer]]

CACHE = ROOT / ".cache" / "bench"
NPM = ("approx-string-match@2.0.0", "dom-anchor-text-quote@4.0.2")
EDLIB = "edlib==1.3.9.post1"
SIZES = {"10 kB": 10_000, "100 kB": 100_000, "1 MB": 1_000_000}


def from_folder(folder: Path) -> list[Case]:
    """The cases of a folder: cases.jsonl, and its texts in texts/."""
    texts: dict[str, str] = {}

    def text(name: str) -> str:
        if name not in texts:
            texts[name] = (folder / "texts" / f"{name}.txt").read_bytes().decode("utf-8")
        return texts[name]

    found = []
    for line in (folder / "cases.jsonl").read_text("utf-8").splitlines():
        case = json.loads(line)
        selector, truth = case["selector"], case["truth"]
        place = (truth[0], truth[1]) if truth else None
        parts = (selector["exact"], selector["prefix"], selector["suffix"], selector["start"], selector["end"])
        found.append(Case(case["kind"], text(case["old"]), text(case["new"]), *parts, place))
    return found


def made_up(texts: Sequence[str], each: int) -> list[Case]:
    """Made-up edits of texts."""
    return [case for text in texts for case in cases(text, each=each, seed=1)]


def own_texts() -> list[str]:
    """The reading texts of this repository's articles."""
    return [parse(file.read_text("utf-8")) for file in sorted((ROOT / "docs").rglob("*.annotations.snapshot.txt"))]


def timed(find: Callable[[Case], Place]) -> Engine:
    """An engine that answers one case after the other."""

    def run(work: Sequence[Case]) -> Iterator[Answer]:
        for case in work:
            before = time.process_time()
            place = find(case)
            yield place, (time.process_time() - before) * 1000

    return run


def ours(case: Case, *, snapshot: bool) -> Place:
    """Our engine."""
    known = Selectors(case.exact, case.prefix, case.suffix, case.start, case.end)
    (found,) = reanchor(case.old if snapshot else None, case.new, [known])
    return (found.span.start, found.span.end) if isinstance(found, Found) else None


def as_held(case: Case) -> Selectors:
    """What a notes file holds of a passage: its words, and as many beside them as it needs to be the only one."""
    anchorer = Anchorer(case.old)
    before, after = case.old[: case.start].split(), case.old[case.end :].split()
    for count in range(13):
        prefix = " ".join(before[len(before) - count :])
        suffix = " ".join(after[:count]) if count > 6 else ""
        found = anchorer.place(case.exact, prefix, suffix)
        if found and found.start < case.end and case.start < found.end:
            return Selectors(case.exact, prefix, suffix)
    return Selectors(case.exact, case.prefix, case.suffix)


def held(case: Case, *, snapshot: bool) -> Place:
    """Our engine with what a notes file holds."""
    (found,) = reanchor(case.old if snapshot else None, case.new, [as_held(case)])
    return (found.span.start, found.span.end) if isinstance(found, Found) else None


def unasked(name: str, work: Sequence[Case]) -> None:
    """One line: of the edited passages that are found, as a notes file holds them, what is written without asking.

    A passage is cut short when a word that it had, and that stands in its true place, is not in the place found. Words
    that the maker of edits has put behind its full stop are none of it.
    """
    counts: Counter[str] = Counter()
    for case in work:
        if case.truth is None or case.new[slice(*case.truth)] == case.exact:
            continue
        (found,) = reanchor(case.old, case.new, [as_held(case)])
        if not isinstance(found, Found):
            continue
        counts["found"] += 1
        if found.is_certain:
            start, end = found.span.start, found.span.end
            counts["unasked"] += 1
            had, there, got = map(_counted, (case.exact, case.new[slice(*case.truth)], case.new[start:end]))
            counts["cut"] += bool((had & there) - got)
            counts["figure"] += re.findall(r"\d+", case.new[start:end]) != re.findall(r"\d+", case.exact)
    asked = 100 * counts["unasked"] / max(1, counts["found"])
    cut, figure = (100 * counts[what] / max(1, counts["unasked"]) for what in ("cut", "figure"))
    print(f"{name:27}{counts['found']:>10}{asked:8.1f} %{cut:12.1f} %{figure:12.1f} %")


def _counted(text: str) -> Counter[str]:
    return Counter(re.findall(r"[\u3040-\u9fff]|[^\W\u3040-\u9fff]+", text.lower()))


def with_rapidfuzz(case: Case) -> Place:
    """The window that is most alike, if it is alike by 60 per cent."""
    from rapidfuzz import fuzz

    found = fuzz.partial_ratio_alignment(case.exact, case.new, score_cutoff=60)
    return (found.dest_start, found.dest_end) if found else None


def with_edlib() -> Callable[[Case], Place]:
    """The place with the fewest errors, at most half of the quote; of several the nearest."""
    folder = CACHE / "python"
    if not folder.is_dir():
        subprocess.run([sys.executable, "-m", "pip", "install", "-q", "--target", folder, EDLIB], check=True)
    sys.path.append(str(folder))
    import edlib

    def find(case: Case) -> Place:
        try:
            result = edlib.align(case.exact, case.new, mode="HW", task="locations", k=len(case.exact) // 2)
        except ValueError:  # more than 256 different signs
            return None
        places = [(start, end + 1) for start, end in result["locations"] or () if start is not None]
        return min(places, key=lambda place: abs(place[0] - case.start), default=None)

    return find


def with_node(package: str) -> Engine:
    """An npm package, run by node."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        raise OSError("node and npm are not installed")
    if not (CACHE / "node_modules" / package).is_dir():
        CACHE.mkdir(parents=True, exist_ok=True)
        (CACHE / "package.json").write_text("{}", "utf-8")
        subprocess.run([npm, "install", "--silent", "--no-audit", "--no-fund", *NPM], cwd=CACHE, check=True)
    command = [node, str(ROOT / "tools" / "anchoring_engines.mjs"), str(CACHE), package]

    def run(work: Sequence[Case]) -> Iterator[Answer]:
        names: dict[str, str] = {}
        lines = []
        for case in work:
            if case.new not in names:
                names[case.new] = str(len(names))
                lines.append(json.dumps({"name": names[case.new], "text": case.new}))
            task = {
                "exact": case.exact,
                "prefix": case.prefix,
                "suffix": case.suffix,
                "start": _units(case.old, case.start),
            }
            lines.append(json.dumps({"name": names[case.new], **task}))
        answers = subprocess.run(command, input="\n".join(lines), capture_output=True, text=True, check=True).stdout
        for case, line in zip(work, answers.splitlines(), strict=True):
            answer = json.loads(line)
            place = None if "none" in answer else (_points(case.new, answer["start"]), _points(case.new, answer["end"]))
            yield place, answer["ms"]

    return run


def _units(text: str, points: int) -> int:
    """An offset in UTF-16 units."""
    return points if text.isascii() else len(text[:points].encode("utf-16-le")) // 2


def _points(text: str, units: int) -> int:
    """An offset in code points."""
    return units if text.isascii() else len(text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore"))


def engines() -> Iterator[tuple[str, Engine]]:
    """Every engine that is to be had here; the others say why not."""
    yield "postil, with the old text", timed(lambda case: ours(case, snapshot=True))
    yield "postil, without", timed(lambda case: ours(case, snapshot=False))
    yield "the same, as a notes file", timed(lambda case: held(case, snapshot=True))
    yield "  holds it, without", timed(lambda case: held(case, snapshot=False))
    for package in NPM:
        name = package.partition("@")[0]
        try:
            yield name, with_node(name)
        except (OSError, subprocess.CalledProcessError) as error:
            print(f"{name} is left out: {error}")
    yield "rapidfuzz", timed(with_rapidfuzz)
    try:
        yield "edlib", timed(with_edlib())
    except (ImportError, OSError, subprocess.CalledProcessError) as error:
        print(f"edlib is left out: {error}")


def verdict(place: Place, truth: Place) -> str:
    """Right, wrong or refused."""
    if place is None:
        return "refused"
    if truth is None:
        return "wrong"
    shared = min(place[1], truth[1]) - max(place[0], truth[0])
    whole = max(place[1], truth[1]) - min(place[0], truth[0])
    return "right" if shared >= 0.5 * whole > 0 else "wrong"


def quality(name: str, engine: Engine, work: Sequence[Case], *, kinds: bool) -> None:
    """One line of the table, and with `kinds` one for each kind of edit."""
    groups: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for case, (place, _) in zip(work, engine(work), strict=True):
        found = verdict(place, case.truth)
        tight = place and case.truth and all(abs(a - b) <= 2 for a, b in zip(place, case.truth, strict=True))
        for group in ("there" if case.truth else "gone", case.kind):
            groups[group].update([found, "tight"] if found == "right" and tight else [found])
    there, gone = groups.pop("there"), groups.pop("gone", Counter[str]())

    def share(counts: Counter[str], what: str, of: int) -> str:
        return f"{100 * counts[what] / of:5.1f} %" if of else "      –"

    total, away = there["right"] + there["wrong"] + there["refused"], gone["wrong"] + gone["refused"]
    cells = [share(there, what, total) for what in ("right", "wrong", "refused")]
    print(f"{name:27}{''.join(f'{cell:>10}' for cell in cells)}{share(gone, 'wrong', away):>14}", end="")
    print(f"{share(there, 'tight', there['right']):>12}")
    for kind, counts in groups.items() if kinds else ():
        print(f"    {kind:24}" + ", ".join(f"{counts[what]} {what}" for what in ("right", "wrong", "refused")))


def long_texts(texts: Sequence[str]) -> dict[str, list[Case]]:
    """Ten edited passages each in texts of three sizes."""
    chance = random.Random(1)  # noqa: S311 (the same in every run)
    made: dict[str, list[Case]] = {}
    for name, size in SIZES.items():
        paragraphs: list[str] = []
        length = number = 0
        lines = [line for text in texts for line in text.split("\n") if line]
        while length < size:
            paragraphs.append(f"{number}: {lines[number % len(lines)]}")
            length, number = length + len(paragraphs[-1]) + 1, number + 1
        old = "\n".join(paragraphs)[:size]
        words = old.split(" ")
        for place in range(0, len(words), 40):
            words[place] = chance.choice(words)
        new = " ".join(words)
        made[name] = []
        for _ in range(10):
            start = chance.randrange(100, size - 500)
            end = start + chance.randrange(30, 300)
            context = (old[start - 32 : start], old[end : end + 32])
            made[name].append(Case("long", old, new, old[start:end], *context, start, end, None))
    return made


def speed(name: str, engine: Engine, work: dict[str, list[Case]]) -> None:
    """Milliseconds of CPU time for one edited passage, the text being new to the engine."""
    cells = []
    for passages in work.values():
        spent = [ms for _, ms in engine(passages)]
        cells.append(f"{sum(spent) / len(spent):10.1f}")
    print(f"{name:27}{''.join(cells)}")


def each_more(work: dict[str, list[Case]]) -> None:
    """Our engine with the old text: what each passage costs after the difference of the texts is known."""
    cells = []
    for passages in work.values():
        known = [Selectors(case.exact, case.prefix, case.suffix, case.start, case.end) for case in passages * 10]
        old, new = passages[0].old, passages[0].new
        before = time.process_time()
        reanchor(old, new, known[:1])
        one = time.process_time()
        reanchor(old, new, known)
        spent = (time.process_time() - one) - (one - before)
        cells.append(f"{max(0.0, spent) * 1000 / (len(known) - 1):10.1f}")
    print(f"{'    each further passage':27}{''.join(cells)}")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, help="a folder of cases: cases.jsonl and texts/")
    parser.add_argument("--each", type=int, default=4, help="made-up cases of each kind and text")
    parser.add_argument("--kinds", action="store_true", help="a line for each kind of edit")
    options = parser.parse_args()
    texts = own_texts()
    work = {}
    if options.folder and (options.folder / "cases.jsonl").is_file():
        real = from_folder(options.folder)
        work["real edits"] = real
        texts = list(dict.fromkeys(case.old for case in real))
    elif options.folder:
        print(f"{options.folder} holds no cases; those of the tests are used")
    work["made-up edits"] = made_up(texts, options.each)
    for file in sorted((ROOT / "tests" / "texts").glob("??.txt")):  # of our own making; no rule was made on them
        work[f"made-up edits, {file.stem}"] = made_up([file.read_text("utf-8").strip()], 4 * options.each)
    found = list(engines())
    for title, passages in work.items():
        there = sum(case.truth is not None for case in passages)
        print(f"\n{title}: {there} passages that are there, {len(passages) - there} that are gone")
        print(f"{'':27}{'right':>10}{'wrong':>10}{'refused':>10}{'gone, placed':>14}{'tight':>12}")
        for name, engine in found:
            quality(name, engine, passages, kinds=options.kinds)
    print(f"\n{'edited passages':27}{'found':>10}{'unasked':>10}{'cut short':>14}{'figure changed':>14}")
    for title, passages in work.items():
        unasked(title, passages)
    long = long_texts(texts)
    print(f"\nms for one edited passage{'':2}{''.join(f'{size:>10}' for size in long)}")
    for name, engine in found:
        speed(name, engine, long)
        if name == "postil, with the old text":
            each_more(long)


if __name__ == "__main__":
    main()
