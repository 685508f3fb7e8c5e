"""Notes from elsewhere: what each reader makes of its form, what is written, and that nothing is lost or written twice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

import conforming
from conftest import Project
from postil.commands import main
from postil.files.appending import appended
from postil.files.notes_file import read_annotations
from postil.files.settings_file import default_settings
from postil.files.snapshot import parse
from postil.importing.articles import article_of
from postil.importing.foreign import Batch
from postil.importing.formats import read_notes
from postil.model.annotation import Annotation

FOLDER = Path(__file__).parent / "imports"
ARTICLE = "# The bridge\n\nThe bridge was opened in 1931 by the mayor. It is the longest of the country.\n"
ENTRY = "id: {}, quote: The bridge was, kind: context, note: x, author: editors, created: 2026-01-01"
NOTE = Annotation.model_validate(
    {"id": "new", "quote": "no", "kind": "context", "note": "a\n\nb: c", "tags": ["yes"]}
    | {"author": "editors", "created": "2026-01-01"}
)


@pytest.fixture
def site(project: Project) -> Project:
    return project.write(
        {"docs/index.md": "# Home\n", "docs/bridge.md": ARTICLE, "docs/bridge.annotations.yml": "annotations: []\n"}
    )


def read(name: str) -> Batch:
    return read_notes((FOLDER / name).read_bytes(), name, default_settings("en"))


def run(*arguments: str, code: int = 0) -> Result:
    result = CliRunner().invoke(main, list(arguments), env={"SOURCE_DATE_EPOCH": "1767225600"})
    assert result.exit_code == code, result.output
    return result


def bring_in(site: Project, *names: str, options: tuple[str, ...] = (), code: int = 0) -> str:
    files = []
    for name in names:
        (site.folder / name).write_bytes((FOLDER / name).read_bytes())
        files.append(name)
    return run("import", *files, *options, code=code).output


def notes(site: Project) -> list[dict[str, object]]:
    data = yaml.load((site.folder / "docs/bridge.annotations.yml").read_text("utf-8"), yaml.BaseLoader)
    found: list[dict[str, object]] = data["annotations"]
    return found


def test_hypothesis_notes_keep_their_author_dates_tags_and_answers(site: Project) -> None:
    told = bring_in(site, "hypothesis.client.json", code=1)
    assert "1 found, 3 refused" in told
    assert notes(site) == [
        {
            "id": "hypothesis-kymwb3xt8eeyt7fik2md0w",
            "quote": "opened in 1931",
            "kind": "context",
            "note": "The *Gazette* says so, too: [page 2](https://example.org/gazette).",
            "tags": ["dates"],
            "author": "editors",
            "created": "2026-01-01",
            "origin": {
                "via": "Hypothesis",
                "id": "kYmWb3Xt8EeyT7fIk2mD0w",
                "url": "https://example.org/a/kYmWb3Xt8EeyT7fIk2mD0w",
                "author": "Mara Test",
                "created": "2026-03-02",
                "modified": "2026-03-05",
                "verdict": "confirmed",
                "replies": [
                    {"author": "bo", "created": "2026-03-03", "note": "On which page?"},
                    {"author": "mara", "created": "2026-03-04", "note": "On page 2."},
                ],
            },
        }
    ]
    unplaced = yaml.load((site.folder / "docs/bridge.unplaced.yml").read_text("utf-8"), yaml.BaseLoader)["unplaced"]
    assert [(entry["from"].rpartition(" ")[2], entry["note"].get("note")) for entry in unplaced] == [
        ("4", "A good article."), ("5", None), ("6", "Who was he?"),
    ]  # fmt: skip
    assert all(entry["reason"].startswith("refused: ") for entry in unplaced)


@pytest.mark.parametrize("shape", ["search", "list"])
def test_the_other_shapes_of_hypothesis_give_the_same_notes(shape: str) -> None:
    annotations = json.loads((FOLDER / "hypothesis.client.json").read_text("utf-8"))["annotations"]
    data = annotations if shape == "list" else {"total": len(annotations), "rows": annotations}
    batch = read_notes(json.dumps(data).encode("utf-16"), "hypothesis.client.json", default_settings("en"))
    assert batch.notes == read("hypothesis.client.json").notes


def test_w3c_annotations() -> None:
    batch = read("collection.json")
    (note,) = batch.notes
    assert note.body == "It was **1932**.\n\n[Accounts](https://example.org/accounts.pdf)"
    assert (note.origin.verdict, note.origin.via, note.origin.author) == (
        "mostly false",
        "Another program",
        "https://example.org/people/mara",
    )
    assert [reply.note for reply in note.origin.replies] == ["No, 1931."]
    assert (note.page, note.quote) == ("https://example.org/bridge", "opened in 1931")
    assert [unread.where for unread in batch.unread] == ["collection.json, annotation 3"]


def test_recogito_answers_stand_among_the_bodies() -> None:
    (note,) = read("recogito.json").notes
    assert (note.kind, note.body, note.tags) == ("question", "By length, or by its span?", ("question",))
    assert [(reply.author, reply.note) for reply in note.origin.replies] == [("Bo", "By its span.")]
    assert note.start == 60


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_tables_of_fact_checkers(encoding: str) -> None:
    text = (FOLDER / "checks.csv").read_bytes().decode("utf-8-sig")
    (note,) = read_notes(text.encode(encoding), "checks.csv", default_settings("en")).notes
    assert (note.quote, note.body) == ("The bridge was opened in 1931", "Seen, in the Gazette.")
    assert (note.origin.author, note.origin.verdict, str(note.origin.created)) == ("Check Office", "True", "2026-02-03")
    assert note.origin.url == "https://example.org/check/1"


def test_hypothesis_tables_name_the_page_by_url() -> None:
    text = (
        "Created at,Author,Page,URL,Group,Type,Quote/description,Comment,Tags\n"
        '2026-03-01T10:00:00.000Z,mara,The bridge,https://example.org/bridge,Public,Annotation,opened in 1931,Right.,"a,b"\n'
    )
    (note,) = read_notes(text.encode(), "x.csv", default_settings("en")).notes
    assert (note.page, note.quote, note.body, note.tags) == (
        "https://example.org/bridge",
        "opened in 1931",
        "Right.",
        ("a", "b"),
    )


def test_footnotes_are_on_the_words_before_them() -> None:
    found = [(note.quote, note.body) for note in read("footnotes.md").notes]
    assert found == [
        ("The bridge was opened in 1931", "The *Gazette* of the next day."),
        ("It is the longest of the country.", "By its span.\n\nNot by its length."),
    ]


def test_all_forms_at_once_build_strictly_and_come_in_once(site: Project) -> None:
    names = ("hypothesis.client.json", "recogito.json", "collection.json", "checks.csv", "footnotes.md")
    bring_in(site, *names, options=("--article", "docs/bridge.md"), code=1)
    assert len(notes(site)) == 6
    assert site.build() == []
    page = site.read("bridge/index.html")
    assert "Rated there: “mostly false”. This is not our verdict." in page
    assert "Originally published elsewhere: Mara Test, 2 March 2026 / 5 March 2026, Hypothesis." in page
    assert "postil-verdict-" not in page, "no verdict of ours comes in"
    before = {file.name: file.read_bytes() for file in (site.folder / "docs").iterdir()}
    told = bring_in(site, *names, options=("--article", "docs/bridge.md"), code=1)
    assert "6 here already" in told and "Nothing to write." in told
    assert {file.name: file.read_bytes() for file in (site.folder / "docs").iterdir()} == before


def test_the_first_notes_bring_the_snapshot_and_later_ones_leave_it(site: Project) -> None:
    bring_in(site, "recogito.json")
    snapshot = site.folder / "docs/bridge.annotations.snapshot.txt"
    kept = snapshot.read_bytes()
    assert (
        parse(kept.decode())
        == "The bridge\nThe bridge was opened in 1931 by the mayor. It is the longest of the country."
    )
    assert "hint" not in run("check").output
    site.write({"docs/bridge.md": ARTICLE + "\nNobody came.\n"})
    bring_in(site, "checks.csv", options=("--article", "docs/bridge.md"))
    assert len(notes(site)) == 2
    assert snapshot.read_bytes() == kept


def test_a_dry_run_writes_nothing(site: Project) -> None:
    told = bring_in(site, "recogito.json", options=("--dry-run",))
    assert "1 found" in told and "Without --dry-run: docs/bridge.annotations.yml" in told
    assert notes(site) == []


def test_a_note_whose_page_is_not_known_needs_an_article(site: Project) -> None:
    site.write({"docs/other.md": "# Other\n", "docs/other.annotations.yml": "annotations: []\n"})
    assert "1 on no page" in bring_in(site, "checks.csv", code=2)
    assert "no page 'docs/brigde.md' in this site (did you mean 'bridge.md'?)" in bring_in(
        site, "checks.csv", options=("--article", "docs/brigde.md"), code=2
    )


def test_who_brings_notes_in_is_an_author_of_the_site(site: Project) -> None:
    site.write({"docs/postil.yml": "authors:\n  mara: {name: Mara}\n  bo: {name: Bo}\n"})
    assert "--author with one of mara, bo" in bring_in(site, "recogito.json", code=2)
    bring_in(site, "recogito.json", options=("--author", "bo"))
    assert notes(site)[0]["author"] == "bo"


def test_words_that_have_changed_are_kept_in_the_origin(site: Project) -> None:
    site.write({"docs/bridge.md": ARTICLE.replace("the longest of the country", "the very longest of the country")})
    bring_in(site, "recogito.json", options=("--uncertain",))
    (note,) = notes(site)
    assert note["quote"] == "longest of the country"
    assert note["origin"]["quote"] == "the longest of the country"  # type: ignore[index]
    assert site.build() == []


OWN = """\
# Written by hand.
annotations:

  - id: opening
    quote: "opened in 1931"
    kind: fact-check
    verdict: confirmed
    title: "Yes: <b>"
    note: |
      It was. See [home](index.md).

      Twice.
    sources: [S1, {id: S1, locator: p. 2, says: "in 1931"}]
    caution: One source.
    claim: [C1]
    tags: [key, dates]
    author: editors
    created: 2026-01-02
    changed: [{date: 2026-01-03, what: A word.}]
    claimed: It was opened in 1931.
    claimant: {name: The council, type: organisation}
    claimed_on: 1931~
    appearance: [S1]
    since:
      - {date: 1950, what: "It fell; then [by 1951]: rubble.", sources: [S1]}
      - {date: 1951-05~, what: It was rebuilt.}
  - {id: second, quote: the, suffix: longest, kind: question, note: Why so, author: editors, created: 2026-01-02}
"""


@pytest.mark.parametrize(("form", "ending"), [("jsonld", "json"), ("hypothesis", "json"), ("csv", "csv")])
def test_an_export_comes_back_as_it_was(form: str, ending: str, site: Project) -> None:
    site.write({"docs/bridge.annotations.yml": OWN})
    # Strangers' notes keep their origin, with answers, on the way.
    bring_in(site, "recogito.json", "hypothesis.client.json", options=("--article", "bridge.md"), code=1)
    run("export", "docs/bridge.md", "--format", form, "-o", f"first.{ending}")
    written = notes(site)
    site.write({"docs/bridge.annotations.yml": "annotations: []\n"})
    run("import", "--own", f"first.{ending}")
    run("export", "docs/bridge.md", "--format", form, "-o", f"second.{ending}")
    assert (site.folder / f"second.{ending}").read_bytes() == (site.folder / f"first.{ending}").read_bytes()
    assert [note["id"] for note in notes(site)] == [note["id"] for note in written]
    assert sum("replies" in note.get("origin", {}) for note in notes(site)) == 2  # type: ignore[operator]


def test_the_annotation_of_a_strangers_note_tells_who_wrote_it_and_conforms(site: Project) -> None:
    bring_in(site, "hypothesis.client.json", code=1)
    run("export", "docs/bridge.md", "-o", "export.json")
    document = json.loads((site.folder / "export.json").read_text("utf-8"))
    assert conforming.collection_musts(document) == []
    assert conforming.what_the_suite_leaves_out(document) == []
    assert conforming.lost_keys(document) == []
    (note,) = document["first"]["items"]
    assert note["creator"] == {"type": "Person", "name": "Mara Test"}
    assert note["publisher"]["nickname"] == "editors"
    assert note["via"] == "https://example.org/a/kYmWb3Xt8EeyT7fIk2mD0w"
    assert "rights" not in note
    assert [body["purpose"] for body in note["body"]] == ["commenting", "tagging"], "no rating of ours"


def test_an_export_from_before_a_claimant_had_a_kind_comes_back(site: Project) -> None:
    site.write({"docs/bridge.annotations.yml": OWN})
    run("export", "docs/bridge.md", "--format", "jsonld", "-o", "old.json")
    old = json.loads((site.folder / "old.json").read_text("utf-8"))
    old["first"]["items"][0]["claimant"] = "Edda Falk"
    (site.folder / "old.json").write_text(json.dumps(old), "utf-8")
    site.write({"docs/bridge.annotations.yml": "annotations: []\n"})
    run("import", "--own", "old.json")
    assert "Edda Falk" in str([note.get("claimant") for note in notes(site)])


def test_an_export_without_the_word_of_the_user_is_a_strangers(site: Project) -> None:
    site.write({"docs/bridge.annotations.yml": OWN})
    run("export", "docs/bridge.md", "--format", "jsonld", "-o", "export.json")
    site.write({"docs/bridge.annotations.yml": "annotations: []\n"})
    told = run("import", "export.json", code=1).output  # a stranger's link to a page of this site says nothing here
    assert "value: 'index.md' is the address of a link" in told
    assert "2 notes from an export of this program; with --own, verdicts and all come back" in told
    found = notes(site)
    assert [note.get("verdict") for note in found] == [None, None]
    assert [note["origin"]["verdict"] for note in found if "verdict" in note["origin"]] == ["Confirmed"]  # type: ignore[index,operator]
    assert all(note["kind"] != "fact-check" for note in found)


def test_what_not_everybody_may_read_reaches_no_file(site: Project) -> None:
    def item(name: str, words: str, reader: str) -> dict[str, object]:
        target = [{"selector": [{"type": "TextQuoteSelector", "exact": words}]}]
        return {"id": name, "uri": "x", "text": f"Seen {name}.", "target": target, "permissions": {"read": [reader]}}

    rows = [item("open-to-everybody", "opened", "group:__world__"), item("quibblesome-placed", "1931", "acct:mira@x")]
    rows.append(item("quibblesome-lost", "words that are not there", "group:desk"))
    site.write({"notes.json": json.dumps({"rows": rows})})
    told = run("import", "notes.json", "--article", "bridge.md").output
    assert "2 notes left out that not everybody may read (1 for its author alone, 1 of a group)" in told
    files = [file for file in (site.folder / "docs").rglob("*") if file.is_file()]
    assert not [file for file in files if b"quibblesome" in file.read_bytes()]
    assert len(notes(site)) == 1
    run("import", "notes.json", "--article", "bridge.md", "--private", code=1)
    assert len(notes(site)) == 2
    assert "words that are not there" in (site.folder / "docs/bridge.unplaced.yml").read_text("utf-8")


def test_dates_are_asked_for_where_day_and_month_are_not_told(site: Project) -> None:
    site.write({"notes.csv": "Quote,Note,Created\nopened,Seen.,3/2/2026\n"})
    told = run("import", "notes.csv", "--article", "bridge.md", code=1).output
    assert "notes.csv:2:14: '3/2/2026': which is the day, which the month? say --dates day-first" in told
    assert "Nothing was imported." in told and notes(site) == []
    run("import", "notes.csv", "--article", "bridge.md", "--dates", "day-first")
    assert notes(site)[0]["origin"]["created"] == "2026-02-03"  # type: ignore[index]


FILES: dict[str, bytes | None] = {
    "none": None,
    "empty list": b"annotations: []  # none yet\nuncovered: []\n",
    "nothing": b"annotations:\n",
    "block": b"# one\nannotations:\n  - {%s}\n  # end\n" % ENTRY.format("a").encode(),
    "no indent, no line end": b"annotations:\n- %s" % ENTRY.format("a").replace(", ", "\n  ").encode(),
    "then another key": b"annotations:\n  - {%s}\n\n# why\nuncovered:\n  - {quote: x, reason: y}\n" % ENTRY.format("a").encode(),
    "windows": b"\xef\xbb\xbfannotations:\r\n  - {%s}\r\nuncovered: []\r\n" % ENTRY.format("a").encode(),
    "brackets": b"annotations: [{%s}, {%s}] # two\n" % (ENTRY.format("a").encode(), ENTRY.format("b").encode()),
}  # fmt: skip


@pytest.mark.parametrize("content", FILES.values(), ids=FILES.keys())
def test_what_a_notes_file_holds_stays_byte_for_byte(content: bytes | None) -> None:
    result = appended(content, [NOTE, NOTE.model_copy(update={"id": "newer"})])
    read, problems = read_annotations(result, "x.annotations.yml")
    assert problems == []
    assert [entry.annotation for entry in read.entries][-2:] == [NOTE, NOTE.model_copy(update={"id": "newer"})]
    old = (content or b"annotations:\n").replace(b" []  # none", b"  # none")
    added = len(result) - len(old)
    assert any(result[:cut] + result[cut + added :] == old for cut in range(len(old) + 1))


STANZA = "It rained.\n\nThe bridge was open.\n\nNobody came.\n\n"
REFRAINS = (
    f"# The bridge\n\n{STANZA}The mayor spoke for an hour.\n\n{STANZA}A band was there from the harbour.\n\n{STANZA}"
)


@pytest.mark.parametrize("others", [True, False])
def test_offsets_of_another_text_count_where_certain_passages_tell_how_far_they_are_off(
    site: Project, others: bool
) -> None:
    site.write({"docs/bridge.md": REFRAINS})
    text = REFRAINS.replace("# ", "").replace("\n\n", "\n")
    refrain = {"exact": "The bridge was open.", "prefix": "rained.\n", "suffix": "\nNobody"}
    targets = [(refrain, text.index("The bridge was open.", text.index("The mayor")))]
    if others:
        targets += [({"exact": words}, text.index(words)) for words in ("spoke for an hour", "from the harbour")]
    selectors = [
        [{"type": "TextQuoteSelector"} | quote, {"type": "TextPositionSelector", "start": start + 3000}]
        for quote, start in targets
    ]
    rows = [
        {
            "id": f"number-{number}",
            "uri": "https://example.org/bridge/",
            "text": "Yes.",
            "target": [{"selector": found}],
        }
        for number, found in enumerate(selectors)
    ]
    (site.folder / "notes.json").write_text(json.dumps({"rows": rows}), "utf-8")
    run("import", "notes.json", "--article", "bridge.md", "--uncertain", code=0 if others else 1)
    placed = [(note["quote"], note.get("prefix")) for note in notes(site)]
    second = ("The bridge was open.", "hour. It rained.")
    assert placed == ([("spoke for an hour", None), second, ("from the harbour", None)] if others else [])


def test_addresses_and_paths_name_an_article() -> None:
    urls = {
        "index.md": "",
        "articles/bridge.md": "articles/bridge/",
        "other/bridge.md": "other/bridge/",
        "a.md": "a.html",
    }
    expected = {
        "https://example.org/site/articles/bridge/": "articles/bridge.md",
        "https://example.org/articles/bridge.html?x=1#y": "articles/bridge.md",
        "articles/bridge.md": "articles/bridge.md",
        "https://example.org/bridge": None,  # two are called so
        "https://example.org/x/a": "a.md",
        "https://example.org/": None,
        "https://[broken": None,
        "": None,
    }
    assert {page: article_of(page, urls, urls) for page in expected} == expected


REFUSED: dict[str, tuple[str, bytes, str]] = {
    "too large": ("x.json", b"[" + b" " * 32 * 1024 * 1024, "x.json:1:1: the file is larger than 32 MiB; split it"),
    "too many": ("x.json", b'[{"uri":""}' + b',{"uri":""}' * 50_000 + b"]", "x.json:1:1: 50,001 notes; at most 50,000"),
    "too deep": ("x.json", b'{"a":\n' + b"[" * 40, "x.json:2:32: nested deeper than 32 levels"),
    "no JSON": ("x.json", b'{"annotations": [\n  }', "x.json:2:3: this is not JSON: expecting value"),
    "no notes": ("x.json", b'{"a": 1}', "x.json:1:1: there are no notes in this JSON; expected an export of Hypothesis"),
    "no text": ("x.json", b"\n\xff", "x.json:2:1: the byte 0xFF is not UTF-8; save the file in UTF-8"),
    "empty": ("x.json", b" \n", "x.json:1:1: the file is empty"),
    "no passages": ("x.csv", b"a,b\n1,2\n", "x.csv:1:1: no column of this table holds passages; expected one called exact"),
    "no CSV": ("x.csv", b'quote,note\na,b\n"a"b,c\n', "x.csv:3:1: this is not CSV"),
    "no footnotes": ("x.md", b"# A\n", "x.md:1:1: no footnote in this article; expected words[^1]"),
    "missing": ("x.json", b"", ""),
}  # fmt: skip


@pytest.mark.parametrize(("name", "content", "message"), REFUSED.values(), ids=REFUSED.keys())
def test_a_file_that_cannot_be_read_is_told_with_its_place(
    name: str, content: bytes, message: str, site: Project
) -> None:
    if content:
        (site.folder / name).write_bytes(content)
    told = run("import", name, code=1).output
    assert told.startswith(message or "x.json:1:1: cannot be read: No such file")
    assert told.endswith("Nothing was imported.\n")


def test_a_note_that_is_too_long_is_kept_aside(site: Project) -> None:
    long = {
        "uri": "bridge.md",
        "text": "x" * 20_001,
        "target": [{"selector": [{"type": "TextQuoteSelector", "exact": "1931"}]}],
    }
    site.write({"x.json": json.dumps([long])})
    assert "the note has 20,001 characters; at most 20,000 are taken" in run("import", "x.json", code=1).output
    assert "xxxxx" in (site.folder / "docs/bridge.unplaced.yml").read_text("utf-8")


def test_the_unplaced_file_is_not_published(site: Project) -> None:
    bring_in(site, "hypothesis.client.json", code=1)
    assert site.build() == []
    assert not list((site.folder / "site").rglob("*unplaced*"))


def test_thousands_of_notes_of_one_article_are_one_file() -> None:
    from postil.files.appending import appended
    from postil.files.notes_file import read_annotations
    from postil.model.annotation import Annotation

    def note(number: int) -> Annotation:
        data = {"id": f"note-{number}", "quote": f"words {number}", "kind": "context", "note": "Words. " * 100}
        return Annotation.model_validate(data | {"author": "editors", "created": "2026-01-01"})

    notes = [note(number) for number in range(2_000)]
    content = appended(None, notes[::2])
    places = {one.id: number for number, one in enumerate(notes)}
    content = appended(content, notes[1::2], places=places)
    assert len(content) > 1024 * 1024
    read, problems = read_annotations(content, "x.yml")
    assert problems == []
    assert [entry.annotation for entry in read.entries] == notes, "in the order of the article"
