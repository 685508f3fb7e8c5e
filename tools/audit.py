"""Hold the built article to Lighthouse's and html-validate's rules; both are npm packages and need Node.

What html-validate finds on the same page of plain Material, with neither notes nor our styles, is the theme's own.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import http.server
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from find_browser import find  # noqa: E402

ARTICLE = "articles/us-iraq-alliance/"
LIGHTHOUSE = "lighthouse@12.8.2"
VALIDATE = "html-validate@10.17.0"
WANTED = {"accessibility": 1.0, "best-practices": 1.0, "seo": 1.0, "performance": 0.95}
MOST_SHIFT = 0.02
SLOWEST = 1.2  # times as late as plain Material with the same words and fonts: the largest paint of its content
RUNS = 5
APPLIED = "--throttling-method=devtools"
SHOWN = {  # what Lighthouse measures beside its scores
    "first-contentful-paint": "first paint, ms",
    "largest-contentful-paint": "largest paint, ms",
    "total-blocking-time": "time blocked, ms",
    "cumulative-layout-shift": "layout shift",
}


class Compressed(http.server.SimpleHTTPRequestHandler):
    """A server as a site has it: texts are sent compressed, connections stay open, files may be kept.

    A file is compressed once, in the run that is not counted.
    """

    protocol_version = "HTTP/1.1"
    packed: dict[Path, bytes]

    def do_GET(self) -> None:
        """Answer with the file, compressed when it is text."""
        file = Path(self.translate_path(self.path))
        file = file / "index.html" if file.is_dir() else file
        if not file.is_file():
            self.send_error(404)
            return
        is_text = file.suffix not in (".woff2", ".png")
        if file not in self.packed:
            self.packed[file] = gzip.compress(file.read_bytes()) if is_text else file.read_bytes()
        content = self.packed[file]
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Cache-Control", "max-age=31536000")
        if is_text:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing."""


def built(folder: Path, configuration: dict[str, Any] | None = None) -> Path:
    """The repository's site, with the settings given in place of its own."""
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-d", str(folder)]
    if configuration is not None:
        file = folder.with_suffix(".yml")
        file.write_text(
            json.dumps({"INHERIT": str(ROOT / "mkdocs.yml"), "docs_dir": str(ROOT / "docs")} | configuration)
        )
        command += ["-f", str(file)]
    subprocess.run(command, cwd=ROOT, check=True)
    return folder


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The address of the article of a site that is served meanwhile."""
    handler = type("Handler", (Compressed,), {"packed": {}})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/{ARTICLE}"
        server.shutdown()


def scores(addresses: Sequence[str], scratch: Path, runs: int, *flags: str) -> list[dict[str, float]]:
    """What Lighthouse says of each page on a telephone: scores and `SHOWN`, medians of runs that take turns.

    One run for each page goes before them and is not counted. By default the slow network and processor are reckoned
    from what a quick load was like, so that it counts whether the theme's script came before the first frame or after
    it, a matter of milliseconds on this machine; with `APPLIED` they are slow indeed.
    """
    found: list[dict[str, list[float]]] = [{} for _ in addresses]
    for run in range(runs + 1):
        for address, values in zip(addresses, found, strict=True):
            report = _run(address, scratch / "lighthouse.json", *flags)
            if not run:
                continue
            for name in WANTED:
                values.setdefault(name, []).append(report["categories"][name]["score"])
            for name in SHOWN:
                values.setdefault(name, []).append(report["audits"][name]["numericValue"])
    return [{name: statistics.median(all_) for name, all_ in values.items()} for values in found]


def _run(address: str, file: Path, *more: str) -> dict[str, Any]:
    command = ["npx", "--yes", LIGHTHOUSE, address, "--quiet", "--output=json", f"--output-path={file}"]
    flags = "--chrome-flags=--headless=new --no-sandbox --disable-gpu"
    environment = {**os.environ, "CHROME_PATH": find() or ""}
    subprocess.run([*command, flags, *more], check=True, env=environment, capture_output=True)
    report: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return report


def findings(file: Path) -> Counter[str]:
    """What html-validate finds in a page, each rule and message with its count."""
    report = file.with_suffix(".json")
    command = ["npx", "--yes", VALIDATE, "--preset", "recommended", "--formatter", f"json={report}", str(file)]
    process = subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT)
    if not report.is_file():
        sys.exit(process.stdout + process.stderr)
    pages = json.loads(report.read_text("utf-8"))
    return Counter(f"{finding['ruleId']}: {finding['message']}" for page in pages for finding in page["messages"])


def main() -> int:
    """Build, audit, print one line for each figure; 1 when one is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=RUNS)
    options = parser.parse_args()
    if shutil.which("npx") is None:
        print("make audit needs Node and npx: https://nodejs.org/")
        return 1
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        site = built(Path(folder, "site"))
        bare_theme = Path(folder, "theme")
        bare_theme.mkdir()
        # INHERIT merges lists by replacing them.
        plain = built(
            Path(folder, "plain"),
            {
                "hooks": [],
                "nav": [{"Article": ARTICLE.strip("/") + ".md"}],
                "extra_css": ["assets/fonts.css"],
                "theme": {"custom_dir": str(bare_theme)},
            },
        )
        with served(site) as here, served(plain) as there:
            found, other = scores((here, there), Path(folder), options.runs)
            slow, slow_other = scores((here, there), Path(folder), options.runs, APPLIED)
        for name, wanted in WANTED.items():
            failed |= found[name] < wanted
            told = f"{found[name] * 100:.0f} (wanted {wanted * 100:.0f}; plain Material {other[name] * 100:.0f})"
            print(f"Lighthouse, {name}: {told}")
        for name, told in SHOWN.items():
            print(f"Lighthouse, {told}: {found[name]:.4g} (plain Material {other[name]:.4g})")
        failed |= found["cumulative-layout-shift"] > MOST_SHIFT
        ratio = found["largest-contentful-paint"] / other["largest-contentful-paint"]
        failed |= ratio > SLOWEST
        print(f"Largest paint: {ratio:.2f} times plain Material's (at most {SLOWEST}); shift at most {MOST_SHIFT}")
        paints = slow["largest-contentful-paint"], slow_other["largest-contentful-paint"]
        print(f"The same on a slow network indeed: {paints[0]:.0f} ms, {paints[0] / paints[1]:.2f} times")
        theirs = {finding.partition(":")[0] for finding in findings(plain / ARTICLE / "index.html")}
        ours = findings(site / ARTICLE / "index.html")
        rules = Counter(rule.partition(":")[0] for rule in ours.elements())
        print(f"html-validate, rules that plain Material breaks too: {', '.join(sorted(theirs & set(rules)))}")
        for finding, count in ours.items():
            if finding.partition(":")[0] not in theirs:
                failed = True
                print(f"html-validate, ours: {finding} ({count})")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
