"""Build the wheel: `make wheel`.

A package index shows README.md as the description of the package, but knows no file of the repository. With the address
of the repository's files (`make wheel FILES=https://…/`) links and pictures lead there; without it an index shows
the words that stand for a picture.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_RELATIVE = re.compile(r"(\]\()(?![a-z]+:|#|/)")


def described(readme: str, files: str) -> str:
    """README.md with the links into the repository below another address."""
    return _RELATIVE.sub(rf"\1{files}", readme) if files else readme


def wheel(folder: Path, files: str = "") -> Path:
    """Build the wheel into a folder, from a copy of what belongs to the package, so that nothing is left here.

    Args:
        folder: where to.
        files: the address of the repository's files, with a slash at its end, or an empty text.
    """
    with tempfile.TemporaryDirectory() as scratch:
        source = Path(scratch)
        shutil.copytree(ROOT / "hooks/postil", source / "hooks/postil", ignore=shutil.ignore_patterns("__pycache__"))
        for name in ("pyproject.toml", "LICENSE"):
            shutil.copy(ROOT / name, source)
        (source / "README.md").write_text(described((ROOT / "README.md").read_text("utf-8"), files), "utf-8")
        command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation"]
        subprocess.run([*command, "-w", str(source / "built"), "."], cwd=source, check=True)
        built = next((source / "built").iterdir())
        folder.mkdir(parents=True, exist_ok=True)
        return Path(shutil.copy(built, folder))


def main() -> None:
    """Build, and say where it is."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", default="", help="the address of the repository's files")
    parser.add_argument("--folder", type=Path, default=ROOT / "dist" / "wheel", help="where to")
    options = parser.parse_args()
    print(wheel(options.folder, options.files))


if __name__ == "__main__":
    main()
