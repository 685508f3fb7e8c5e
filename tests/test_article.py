"""What an editor asks of the one article of this site; the tool's own tests are elsewhere."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from conftest import ROOT
from postil.files.snapshot import read_snapshot
from postil.model.annotation import MAX_QUOTED_WORDS, Annotation, Kind
from postil.page.annotate import AnnotatedPage
from postil.site.folder import Site
from postil.site.loading import load_site
from postil.site.warnings import warnings

ARTICLE = "articles/us-iraq-alliance.md"
# Claims of the author's own list on which there is no note, and why.
UNANSWERED = {
    "C38": "one man's opinion, told as such",
    "C40": "a word of the translation only; told on the page of what the translation lost",
}
GONE = (
    "headline-image unread-text erbil-watchtower last-month shia-militias electricity-image militia-leader "
    "resolution-binding cleric who-paused slips-of-typing troop-count-since coalition jeffrey-on-committee "
    "sanctions-economy base-hand-overs this-week cts death-not-murder marine-general special-operations ctef "
    "pentagon-warning report-and-inspector grocer contributors"
).split()


@pytest.fixture(scope="module")
def site() -> Site:
    """The site, with the article as MkDocs renders it."""
    import markdown

    from postil.page.annotate import annotate

    site = load_site(ROOT / "docs")
    assert site.problems == []
    source = (ROOT / "docs" / ARTICLE).read_text("utf-8")
    html = markdown.markdown(source, extensions=["meta", "attr_list", "toc"])
    site.pages[ARTICLE] = annotate(html, site.notes[ARTICLE], site.context, lambda note: note.note)
    return site


@pytest.fixture(scope="module")
def page(site: Site) -> AnnotatedPage:
    """The article with its notes."""
    return site.pages[ARTICLE]


@pytest.fixture(scope="module")
def notes(page: AnnotatedPage) -> list[Annotation]:
    """The notes in the order of the article."""
    return [note.annotation for note in page.notes]


def test_every_claim_has_a_note_or_a_reason(notes: list[Annotation]) -> None:
    answered = {claim for note in notes for claim in note.claim}
    assert {f"C{number:02}" for number in range(1, 41)} <= answered | set(UNANSWERED)


def test_nothing_needs_a_second_look(site: Site) -> None:
    assert warnings(site) == []


def test_every_figure_date_and_paragraph_has_a_note_or_a_reason(site: Site) -> None:
    found = site.coverage_of(ARTICLE)
    assert found.open("figure", "date", "quotation") == []
    assert found.open_paragraphs == []


def test_every_note_has_its_passage(page: AnnotatedPage) -> None:
    assert page.problems == ()
    assert 30 <= len(page.notes) <= 40
    assert sum("key" in note.annotation.tags for note in page.notes) == 10


def test_a_passage_is_the_claim_and_no_more(notes: list[Annotation]) -> None:
    """It neither begins nor ends in the middle of a word, and holds no part of a sentence of its own at its end."""
    for note in notes:
        assert not re.search(r"[.!?] [^.!?]{1,25}$", note.quote), note.id


def test_the_snapshot_is_the_article(page: AnnotatedPage) -> None:
    assert read_snapshot(ROOT / "docs" / ARTICLE) == page.text


def test_each_fact_check_says_who_made_the_claim_and_what_it_is(notes: list[Annotation]) -> None:
    for note in notes:
        if note.kind is Kind.FACT_CHECK:
            assert note.claimant is not None, note.id
            assert 0 < len(note.claimed) <= 75, note.id
            assert note.claimed.endswith("."), note.id
            assert not re.search(r"\b(?:he|she|they|it) (?:said|added|conceded)\b", note.claimed), note.id
        else:
            assert not note.claimed, note.id


def test_no_words_of_ours_stand_in_quotation_marks_under_a_name_of_others() -> None:
    """Only what the front page shows of the article may be quoted, and it says that the words are a retelling."""
    front = (ROOT / "docs/index.md").read_text("utf-8")
    assert "retelling" in front and "reported:" not in front


def test_what_is_in_quotation_marks_is_in_a_source_or_in_the_article(
    page: AnnotatedPage, notes: list[Annotation]
) -> None:
    """A note quotes what one of its sources says, the article, or single words that are given as a word."""
    for note in notes:
        said = " ".join(citation.says for citation in note.cited)
        for quoted in re.findall(r"“([^”]*)”", note.note):
            words = len(quoted.split())
            assert words <= MAX_QUOTED_WORDS, note.id
            plain = re.sub(r"[“”\"’']", "", quoted).lower()
            known = re.sub(r"[“”\"’']", "", f"{said} {page.text}").lower()
            assert plain in known or words <= 2, (note.id, quoted)


def test_the_notes_are_sober(notes: list[Annotation]) -> None:
    for note in notes:
        words = len(re.sub(r"\]\([^)]*\)", "", note.note).split())
        assert 40 <= words <= 120, note.id
        assert 0 < len(note.title) <= 60 and not note.title.endswith("?"), note.id
        assert "general knowledge" not in note.note, note.id
    assert max(Counter(note.title for note in notes).values()) == 1


def test_ids_of_notes_that_are_gone_are_not_used_again(notes: list[Annotation]) -> None:
    assert not {note.id for note in notes} & set(GONE)


def test_the_article_is_plain_prose(page: AnnotatedPage) -> None:
    assert 1_000 < len(page.text.split()) < 1_600
    assert "Associated Press" in page.text
    assert not re.search(r"[\"']", page.text), "typographic quotation marks only"


def test_words_that_count_from_the_day_of_the_report_have_a_date_beside_them(page: AnnotatedPage) -> None:
    for match in re.finditer(r"\b(?:last month|[Tt]his week|On Tuesday)\b", page.text):
        assert re.match(r"[^.]*\([^)]*20\d\d\)", page.text[match.end() :]), match[0]


def test_the_register_marks_outlets_by_one_rule(site: Site) -> None:
    """Low where a machine translated or the outlet takes sides; high only for an outlet without a mark, or a public one."""
    for source in site.context.sources.values():
        if source.custom.copy_of == "translation" or source.custom.outlet in ("partisan", "forum"):
            assert source.custom.reliability == "low", source.id
        if source.custom.reliability == "high":
            assert source.custom.outlet in (None, "public"), source.id
            assert source.custom.copy_of in (None, "relay"), source.id


def test_pages_speak_plainly() -> None:
    for name in ("method", "about", "contact", "corrections-policy", "lost-in-translation", "index"):
        text = Path(ROOT / f"docs/{name}.md").read_text("utf-8")
        assert not re.search(r"lorem|TODO|example\.(?:com|org)", text), name
