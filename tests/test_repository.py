"""The site of this repository: the real article and its notes."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import jsonschema
import pytest
import yaml

from conftest import ROOT
from postil.files.snapshot import read_snapshot
from postil.model.annotation import MAX_QUOTED_WORDS
from postil.page.annotate import AnnotatedPage
from postil.site.folder import Site
from postil.site.warnings import warnings
from postil.text.coverage import coverage

ARTICLE = "articles/us-iraq-alliance.md"


@pytest.fixture(scope="module")
def page() -> AnnotatedPage:
    """The article as MkDocs renders it, with its notes."""
    import markdown

    from postil.page.annotate import annotate

    site = Site.load(ROOT / "docs")
    assert site.problems == []
    source = (ROOT / "docs" / ARTICLE).read_text("utf-8")
    html = markdown.markdown(source, extensions=["meta", "attr_list", "toc"])
    return annotate(html, site.notes[ARTICLE], site.context, lambda note: note.note)


def test_every_claim_has_a_note(page: AnnotatedPage) -> None:
    answered = {claim for note in page.notes for claim in note.annotation.claim}
    assert {f"C{number:02}" for number in range(1, 41)} <= answered


def test_nothing_needs_a_second_look() -> None:
    assert warnings(Site.load(ROOT / "docs")) == []


def test_every_figure_and_date_has_a_note_or_a_reason(page: AnnotatedPage) -> None:
    excuses = Site.load(ROOT / "docs").excuses_of(ARTICLE)
    found = coverage(page.text, (note.span for note in page.notes), excuses)
    assert found.open("figure", "date", "quotation") == []
    assert found.share > 0.9


def test_every_note_has_its_passage(page: AnnotatedPage) -> None:
    assert page.problems == ()
    assert len(page.notes) >= 15
    assert len({note.annotation.kind for note in page.notes}) >= 4


def test_the_snapshot_is_the_article(page: AnnotatedPage) -> None:
    assert read_snapshot(ROOT / "docs" / ARTICLE) == page.text


def test_passages_lie_in_every_way(page: AnnotatedPage) -> None:
    spans = [note.span for note in page.notes]
    pairs = [(one, other) for one in spans for other in spans if one.start < other.start < one.end]
    assert any(other.end > one.end for one, other in pairs), "two overlap"
    assert any(other.end <= one.end for one, other in pairs), "one lies in another"
    assert max(Counter(spans).values()) > 1, "two are on the same words"
    assert any("\n" in note.passage for note in page.notes), "one crosses the end of a paragraph"
    assert re.search(r"<a [^>]*><mark", page.html), "one lies in a link"
    assert re.search(r"<em><mark", page.html), "one lies in an emphasis"
    assert re.search(r"<h1[^>]*>[^<]*<mark", page.html), "one lies in the headline"


def test_the_notes_are_sober(page: AnnotatedPage) -> None:
    for note in page.notes:
        words = len(re.sub(r"\]\([^)]*\)", "", note.annotation.note).split())
        assert 40 <= words <= 120, note.annotation.id
        assert 0 < len(note.annotation.title) <= 60, note.annotation.id
        for quoted in re.findall(r"“([^”]*)”", note.annotation.note):
            assert len(quoted.split()) <= MAX_QUOTED_WORDS, note.annotation.id


def test_the_schema_of_the_repository_fits_its_notes() -> None:
    schema = json.loads((ROOT / "docs/schema/annotations.json").read_text("utf-8"))
    notes = yaml.load((ROOT / "docs" / ARTICLE.replace(".md", ".annotations.yml")).read_text("utf-8"), yaml.BaseLoader)
    jsonschema.Draft202012Validator(schema).validate(notes)


def test_the_article_is_plain_prose(page: AnnotatedPage) -> None:
    assert 1_000 < len(page.text.split()) < 1_600
    assert "Associated Press" in page.text
    assert not re.search(r"[\"']", page.text), "typographic quotation marks only"


def test_everything_is_pinned() -> None:
    for file in ("requirements.txt", "requirements-dev.txt"):
        lines = (ROOT / file).read_text("utf-8").splitlines()
        wanted = [line.partition("#")[0].strip() for line in lines]
        loose = [line for line in wanted if line and "==" not in line and line not in ("-e .", "-r requirements.txt")]
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
