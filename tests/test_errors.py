"""What authors are told: each file in `errors/` is a mistake and the line it gives.

A file draws a folder: after `--- NAME` follows the content of NAME below `docs/`; after `--- messages` the lines that a
build gives for it, word for word. `tests/conftest.py` adds a configuration and, where the case has none, a register
with the source S1.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Project

FOLDER = Path(__file__).parent / "errors"
MESSAGES = "\n--- messages\n"
HEAD = re.compile(r"^--- (\S+)\n", re.MULTILINE)


def tree(text: str) -> dict[str, str | bytes]:
    """The files that a case draws; an article is there unless the case says otherwise."""
    _, *parts = HEAD.split(text)
    files: dict[str, str | bytes] = {"docs/index.md": "# Home\n"}
    for name, content in zip(parts[::2], parts[1::2], strict=True):
        files[f"docs/{name}"] = content.replace("<TAB>", "\t")
    return files


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.txt")), ids=lambda file: file.stem)
def test_message(file: Path, project: Project, golden: Callable[[Path, str, str], None]) -> None:
    case, _, _ = file.read_text("utf-8").partition(MESSAGES)
    lines = project.write(tree(case)).build()
    golden(file, MESSAGES, "".join(f"{line}\n" for line in lines))
    assert not project.exists("index.html"), "a failed build publishes nothing"


BYTES = {
    "not-utf-8": (b"annotations:\n  - id: caf\xe9\n", "docs/a.annotations.yml:2:12: the byte 0xE9 is not UTF-8"),
    "utf-16": ("annotations: []".encode("utf-16"), "docs/a.annotations.yml:1:1: the byte 0xFF is not UTF-8"),
    "too-large": (
        b"# " + b"x" * 32 * 1024 * 1024,
        "docs/a.annotations.yml:1:1: the file is 32.0 MiB long; at most 32 MiB",
    ),
    "too-many-values": (
        b"a: [" + b"x, " * 1_000_001 + b"]",
        "docs/a.annotations.yml:1:2999999: more than 1,000,000 values",
    ),
    "a-control-character": (b"annotations: [\x07]\n", "docs/a.annotations.yml:1:15: the character U+0007 is not"),
    "deep": (b"[" * 100_000, "docs/a.annotations.yml:1:9: nested deeper than 8 levels"),
    "deep in lines": (
        b"\n".join(b" " * level + b"a:" for level in range(1_500)),
        "docs/a.annotations.yml:9:9: nested deeper than 8 levels",
    ),
    "deep in places": (
        b"annotations:\n" + b"\n".join(b" " * level + b"-" for level in range(1_500)),
        "docs/a.annotations.yml:9:8: nested deeper than 8 levels",
    ),
}


@pytest.mark.parametrize(("content", "message"), BYTES.values(), ids=BYTES.keys())
def test_bytes(content: bytes, message: str, project: Project) -> None:
    lines = project.write({"docs/a.md": "# A\n", "docs/a.annotations.yml": content}).build()
    assert lines[0].startswith(message)
    assert len(lines) == 2


def test_all_mistakes_of_all_files_are_told_at_once(project: Project) -> None:
    lines = project.write(
        {
            "docs/a.md": "# A\n\nThe bridge.\n",
            "docs/a.annotations.yml": """\
                annotations:
                  - {id: A, quote: The bridge, kind: context, note: x, author: editors, created: 2026-01-01}
                  - {id: b, quote: No bridge, kind: context, note: x, author: editors, created: 2026-01-01}
                """,
            "docs/b.md": "# B\n",
            "docs/b.annotations.yml": "annotations: [\n",
            "docs/sources.yml": "references:\n  - {id: S1, titel: x, issued: 2020}\n",
            "docs/postil.yml": "authors: []\n",
        }
    ).build()
    files = [line.partition(":")[0] for line in lines]
    assert {"docs/a.annotations.yml", "docs/b.annotations.yml", "docs/sources.yml", "docs/postil.yml"} <= set(files)


def test_a_live_preview_shows_the_mistakes_and_goes_on(project: Project) -> None:
    project.write(
        {
            "docs/a.md": "# A\n\nThe bridge.\n",
            "docs/a.annotations.yml": """\
                annotations:
                  - {id: a, quote: The bridge, kind: context, note: x, author: editors, created: 2026-01-01}
                  - {id: b, quote: No bridge, kind: context, note: x, author: editors, created: 2026-01-01}
                """,
        }
    ).build(serving=True)
    page = project.read("a/index.html")
    assert 'id="note-a"' in page
    assert "docs/a.annotations.yml:3:20: b: &#39;No bridge&#39;: these words are not on the page" in page
