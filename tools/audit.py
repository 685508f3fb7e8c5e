"""Hold the built article to Lighthouse's and html-validate's rules; both are npm packages and need Node.

What html-validate finds on the same page of plain Material, with neither notes nor our styles, is the theme's own.
"""

from __future__ import annotations

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
RUNS = 3


class Compressed(http.server.SimpleHTTPRequestHandler):
    """A server as a site has it: texts are sent compressed, files may be kept."""

    def do_GET(self) -> None:
        """Answer with the file, compressed when it is text."""
        file = Path(self.translate_path(self.path))
        file = file / "index.html" if file.is_dir() else file
        if not file.is_file():
            self.send_error(404)
            return
        content = file.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Cache-Control", "max-age=31536000")
        if file.suffix not in (".woff2", ".png"):
            content = gzip.compress(content)
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


def scores(site: Path, scratch: Path) -> dict[str, float]:
    """Lighthouse's scores of an article on a telephone, its layout shift, its largest paint in ms: medians of runs."""
    handler = functools.partial(Compressed, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        found = _scores(f"http://127.0.0.1:{server.server_address[1]}/{ARTICLE}", scratch)
        server.shutdown()
    return found


def _scores(address: str, scratch: Path) -> dict[str, float]:
    found: dict[str, list[float]] = {}
    environment = {**os.environ, "CHROME_PATH": find() or ""}
    for run in range(RUNS):
        file = scratch / f"lighthouse-{run}.json"
        command = ["npx", "--yes", LIGHTHOUSE, address, "--quiet", "--output=json", f"--output-path={file}"]
        flags = "--headless=new --no-sandbox --disable-gpu"
        subprocess.run(
            [*command, f"--chrome-flags={flags}"],
            check=True,
            env=environment,
            capture_output=True,
        )
        report = json.loads(file.read_text("utf-8"))
        for name in WANTED:
            found.setdefault(name, []).append(report["categories"][name]["score"])
        for name, audit in (("shift", "cumulative-layout-shift"), ("paint", "largest-contentful-paint")):
            found.setdefault(name, []).append(report["audits"][audit]["numericValue"])
    return {name: statistics.median(values) for name, values in found.items()}


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
        found, bare = scores(site, Path(folder)), scores(plain, Path(folder))
        for name, wanted in WANTED.items():
            failed |= found[name] < wanted
            print(f"Lighthouse, {name}: {found[name] * 100:.0f} (wanted {wanted * 100:.0f})")
        failed |= found["shift"] > MOST_SHIFT
        print(f"Lighthouse, layout shift: {found['shift']:.3f} (at most {MOST_SHIFT})")
        ratio = found["paint"] / bare["paint"]
        failed |= ratio > SLOWEST
        print(
            f"Lighthouse, largest paint: {found['paint']:.0f} ms, {ratio:.2f} times plain Material's "
            f"(at most {SLOWEST})"
        )
        print(f"Lighthouse, performance of plain Material: {bare['performance'] * 100:.0f}")
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
