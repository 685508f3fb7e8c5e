"""`postil reanchor` and the builds, on a site whose article was edited."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import markdown
import pytest

from conftest import Project
from postil.files.edits import NoteEdit, edited
from postil.files.notes_file import read_annotations
from postil.files.snapshot import keep_first, write_snapshot
from postil.reanchor import plan
from postil.reanchor.words import Tokens
from postil.site.loading import load_site
from postil.text.reading import read
from test_command import postil

ARTICLE = """\
# The bridge

It rained all day. The bridge was opened in 1931 by the mayor of the town. Nobody came.

## Its end

One night in the winter of 1950 the bridge fell into the river, and nobody was hurt.

The council never built another one.
"""
NOTES = """\
# The context's notes
annotations:
  - id: opened   # permanent
    kind: context
    quote: 'The bridge was opened in 1931 by the mayor'  # as printed
    note: |
      One.

    author: editors
    created: 2026-01-01
  # the second one
  - {id: fell, quote: the bridge fell into the river, kind: context, note: Two., author: editors, created: 2026-01-01}
  - id: never
    quote: >-
      The council never
      built another one

    note: Three.
    kind: context
    author: editors
    created: 2026-01-01
    changed:
      - date: 2026-01-02
        what: A word.
"""
EDITED = ARTICLE.replace("was opened in 1931 by", "was opened with pomp in 1931 by").replace(
    "The council never built another one.", "The council of the town never built another one."
)
DISPUTED = ARTICLE.replace("was opened in 1931 by", "was opened in 1932 by")


@pytest.fixture
def site(project: Project) -> Project:
    """An article with a snapshot."""
    project.write({"docs/index.md": ARTICLE, "docs/index.annotations.yml": NOTES})
    write_snapshot(project.folder / "docs/index.md", read(markdown.markdown(ARTICLE)).text)
    return project


def notes(project: Project) -> str:
    return (project.folder / "docs/index.annotations.yml").read_text("utf-8")


def snapshot(project: Project) -> str:
    return (project.folder / "docs/index.annotations.snapshot.txt").read_text("utf-8")


def test_only_the_quotes_and_the_record_are_written(site: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    site.write({"docs/index.md": EDITED})
    told = postil("reanchor")
    assert re.search(r"opened +The bridge was .* +9\d% +written", told)
    assert "2 notes written, 0 left; 1 snapshot renewed." in told
    kept = [line for line in NOTES.splitlines() if not re.search("quote: '|quote: >-|The council|built another", line)]
    after = notes(site).splitlines()
    assert [line for line in after if line in kept] == kept
    new = [line for line in after if line not in kept]
    assert new[0] == "    quote: 'The bridge was opened with pomp in 1931 by the mayor'  # as printed"
    assert new[1].startswith("    changed: [{date: 2026-01-01,") and "opened with pomp" in new[1]
    assert new[2].startswith("    quote: The council of the town never built another")
    assert new[3].startswith("      - {date: 2026-01-01,")
    assert len(new) == 4
    assert "with pomp" in snapshot(site)
    checked = postil("check")
    assert "All is well: 3 notes" in checked and "hint" not in checked
    assert postil("reanchor").count("written") == 1, "a second run has nothing to do"


def test_without_a_snapshot_one_is_made(site: Project) -> None:
    kept = snapshot(site)
    (site.folder / "docs/index.annotations.snapshot.txt").unlink()
    assert "3 notes, 3 at the old place" in (told := postil("reanchor"))
    assert "0 notes written, 0 left; 1 snapshot renewed." in told
    assert snapshot(site) == kept


def test_the_first_good_build_keeps_the_text(site: Project) -> None:
    kept = snapshot(site)
    file = site.folder / "docs/index.annotations.snapshot.txt"
    file.unlink()
    assert "hint: kept the text of the article in docs/index.annotations.snapshot.txt" in postil("build")
    assert snapshot(site) == kept
    file.unlink()
    site.write({"docs/index.md": EDITED})
    site.build(strict=False)
    assert not file.exists(), "a text in which notes have lost their passage is none that they were right for"
    site.write({"docs/index.md": ARTICLE})
    site.build()
    assert snapshot(site) == kept


def test_texts_are_kept_in_one_line_however_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    told = keep_first(Path(), {f"{name}.md": "Text." for name in ("a", "b", "c", "gone/d", "gone/e")})
    assert told == [
        "kept the texts of 3 articles, each in a file beside it (a.annotations.snapshot.txt, …): with them notes follow "
        "the next edit",
        "gone/d.annotations.snapshot.txt and 1 more cannot be written (No such file or directory); without it notes "
        "follow edits less well",
    ]
    assert keep_first(Path(), {"a.md": "Another."}) == []


def test_a_dry_run_and_json_tell_and_write_as_they_say(site: Project) -> None:
    site.write({"docs/index.md": EDITED})
    assert "2 notes would be written" in postil("reanchor", "--dry-run")
    assert notes(site) == NOTES
    assert "pomp" not in snapshot(site)
    told = postil("reanchor", "--json")
    (article,) = json.loads(told[told.index("[\n") : told.rindex("]") + 1])
    assert article["snapshot"] == "outdated"
    states = {note["id"]: note["status"] for note in article["notes"]}
    assert states == {"opened": "changed", "fell": "kept", "never": "changed"}
    assert article["notes"][0]["new"]["quote"] in notes(site)


def test_a_figure_that_changed_is_asked_about_with_both_wordings(site: Project) -> None:
    site.write({"docs/index.md": DISPUTED})
    told = postil("reanchor", "--dry-run", code=1)
    assert "was: The bridge was opened in 1931 by the mayor" in told
    assert "now: The bridge was opened in 1932 by the mayor" in told
    assert "figure: 1931 → 1932: the verdict was given for the old words" in told
    told = postil("reanchor", "--json", code=1)
    (article,) = json.loads(told[told.index("[\n") : told.rindex("]") + 1])
    note = article["notes"][0]
    assert (note["status"], note["now"]) == ("left", "The bridge was opened in 1932 by the mayor")
    assert note["differs"] == [{"kind": "figure", "old": "1931", "new": "1932"}]
    assert note["caution"] == "the verdict was given for the old words"
    assert notes(site) == NOTES, "nothing is written unasked"
    postil("reanchor", "--yes")
    assert "Changed in it: 1931 → 1932. The note was written for the old words." in notes(site)
    assert "All is well" in postil("check")


def test_what_is_gone_is_left_and_told(site: Project) -> None:
    site.write(
        {
            "docs/index.md": ARTICLE.replace(
                "One night in the winter of 1950 the bridge fell into the river, and nobody was hurt.", "Trams ran."
            )
        }
    )
    told = postil("reanchor", "--yes", code=1)
    assert "left as it is: the passage is no longer there" in told
    assert notes(site) == NOTES
    assert "fell into the river" in snapshot(site), "the old text is kept as long as a note needs it"


def test_a_place_can_be_chosen(site: Project) -> None:
    site.write(
        {"docs/index.md": ARTICLE.replace("The council never built another one.", "Another bridge? The council never.")}
    )
    master, slave = pty.openpty()
    os.write(master, b"1\n1\n1\n")
    run = subprocess.run(
        [sys.executable, "-m", "postil", "reanchor"], stdin=slave, capture_output=True, text=True, check=False
    )
    os.close(master)
    os.close(slave)
    assert "Which place?" in run.stdout
    assert run.returncode == 0, run.stdout + run.stderr
    assert "All is well" in postil("check")


def test_a_quote_that_is_no_longer_unique_gets_a_context(site: Project) -> None:
    site.write({"docs/index.md": f"{ARTICLE}\nIn a song the bridge fell into the river.\n"})
    assert "1 note written" in postil("reanchor")
    assert 'quote: the bridge fell into the river, prefix: "' in notes(site)
    assert "All is well" in postil("check")


def test_other_mistakes_come_first(site: Project) -> None:
    site.write({"docs/index.annotations.yml": NOTES.replace("kind: context", "kind: contxt", 1)})
    assert "the kind 'contxt' is unknown" in postil("reanchor", code=1)


def test_check_tells_of_a_snapshot_that_is_out_of_date(site: Project) -> None:
    site.write({"docs/index.md": ARTICLE.replace("Nobody came.", "Few came.")})
    assert "hint: docs/index.annotations.snapshot.txt: the article was changed" in postil("check")
    postil("reanchor")
    assert "hint" not in postil("check")


def test_strict_builds_stop_and_others_show_the_note(site: Project) -> None:
    site.write({"docs/index.md": EDITED})
    assert any("`postil reanchor`" in line for line in site.build())
    assert not site.exists("index.html")
    told = site.build(strict=False)
    assert len(told) == 2
    page = site.read("index.html")
    box = page[page.index('<section class="postil-lost"') :]
    assert box.index("Notes that lost their passage") < box.index('id="note-opened"')
    assert "The nearest words now:" in box and "with pomp" in box
    assert 'id="ref-opened"' not in page and '#ref-opened"' not in page
    assert "<p>One.</p>" in box and "<p>Two.</p>" not in box
    assert page.index('id="note-fell"') < page.index('<section class="postil-lost"')
    assert not site.exists("index.annotations.snapshot.txt")
    index = json.loads(site.read("search/search_index.json"))
    assert "#note-opened" in {entry["location"] for entry in index["docs"]}
    site.build(serving=True)
    assert 'class="postil-lost"' in site.read("index.html")


BLOCK = "annotations:\n- id: a\n  quote: {quote}\n  created: x\n"


@pytest.mark.parametrize(
    "quote",
    ["plain words", "'it''s'", '"a \\"b\\""', "|\n    block\n    lines", ">-\n    folded\n\n", "two\n    lines"],
)
@pytest.mark.parametrize(
    "new", ["simple", "it’s: “x” #1", "- [x], {y} 'z'", '"', "no", "1950", "soft\u00adhyphen 😀 \u200f", "\\ back"]
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_every_style_of_text_takes_every_text(quote: str, new: str, newline: str) -> None:
    content = BLOCK.format(quote=quote).replace("\n", newline)
    record = {"date": "2026-01-01", "what": new}
    changed = edited(content.encode(), "n.yml", {0: NoteEdit({"quote": new, "suffix": new}, record)}).decode()
    assert changed.startswith(f"annotations:{newline}- id: a{newline}  quote: ")
    assert f"{newline}  created: x{newline}" in changed
    assert changed.count("\n") == changed.count(newline)


ARABIC = "الجسر في ليندهافن\nافتُتح الجسر في عام ١٩٣١ على يد رئيس البلدية."
ENGLISH = "The mill was built in 1874 by Jon Falk. It burned twice."


@pytest.mark.parametrize(
    ("text", "quote", "nearest"),
    [
        (ARABIC, "افتتح الجسر في عام ١٩٣١", "افتُتح الجسر في عام ١٩٣١"),  # without the vowel sign
        (ENGLISH, "buillt in 1874 by", "built in 1874 by"),
        (ENGLISH, "in 1874 by Jon Falck", "in 1874 by Jon Falk"),
    ],
)
def test_a_slip_of_the_pen_is_left_to_the_author_with_the_whole_passage(text: str, quote: str, nearest: str) -> None:
    entry = f"id: a, quote: {quote}, kind: context, note: x, author: editors, created: 2026-01-01"
    entries = read_annotations(f"annotations:\n- {{{entry}}}\n".encode(), "x")[0].entries
    for old in (None, text):
        (step,) = plan.steps(entries, old, text)
        assert step.choices[0].text == nearest and not step.is_certain
        assert step.told in ("these words do not stand here; the nearest may be meant", "the words are 97% alike")
    # Where the words were there once, their end is told, and nothing that only looks alike.
    (step,) = plan.steps(entries, f"{text}\n{quote}.", text)
    assert "these words do not stand here" not in step.told


def test_a_word_has_its_marks() -> None:
    words = ["افتُتح", "الجسر", "نُصّ", "e\u0301tait", "l", "'", "हिन्दी", "橋", "は"]
    assert Tokens("افتُتح الجسر نُصّ e\u0301tait l'हिन्दी橋は").keys == words


def test_a_text_that_is_kept_of_no_article_is_told(site: Project) -> None:
    (site.folder / "docs/gone.annotations.snapshot.txt").write_text("x", "utf-8")
    assert load_site(site.folder / "docs").hints() == [
        "docs/gone.annotations.snapshot.txt: there is no article gone.md beside this kept text; rename it with it, "
        "or delete it"
    ]
