"""The repository: what it pins, what it names, its schema. The article itself has tests of its own (test_article.py)."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import yaml

from conftest import ROOT

ARTICLE = "articles/us-iraq-alliance.md"


def test_the_schema_of_the_repository_fits_its_notes() -> None:
    schema = json.loads((ROOT / "docs/schema/annotations.json").read_text("utf-8"))
    notes = yaml.load((ROOT / "docs" / ARTICLE.replace(".md", ".annotations.yml")).read_text("utf-8"), yaml.BaseLoader)
    jsonschema.Draft202012Validator(schema).validate(notes)


def test_everything_is_pinned() -> None:
    for file in ("requirements.txt", "requirements-dev.txt"):
        lines = (ROOT / file).read_text("utf-8").splitlines()
        wanted = [line.partition("#")[0].strip() for line in lines]
        loose = [
            line
            for line in wanted
            if line and "==" not in line and line not in ("-e .[import,offline]", "-r requirements.txt")
        ]
        assert loose == []


def test_no_path_of_a_machine_and_no_registry_is_named() -> None:
    import subprocess

    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    files = [ROOT / name for name in listed.stdout.splitlines()] if listed.returncode == 0 else []
    pattern = re.compile(
        r"(?:^|[^\w.])/(?:home|root|work)/\w|https?://(?:\w+\.)*pypi\.org/simple|index-url", re.MULTILINE
    )
    own = Path(__file__).resolve()
    for file in files:
        if file.suffix not in (".png", ".woff2") and file.resolve() != own and file.is_file():
            assert not pattern.search(file.read_text("utf-8")), file
