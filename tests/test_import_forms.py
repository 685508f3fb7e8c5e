"""The forms in which others keep notes: what each reader makes of its form, who may read a note there, how a passage is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from postil.files.settings_file import default_settings
from postil.importing import unplaced
from postil.importing.days import day
from postil.importing.foreign import Batch, Wanted
from postil.importing.formats import read_notes
from postil.importing.placing import Importer, Outcome
from postil.model.problem import PostilError

FOLDER = Path(__file__).parent / "imports"
TEXT = "The bridge was opened in 1931 by the mayor. It is the longest of the country.\nIt was painted by the mayor in 1932."
TODAY = day("2026-01-01")
QUOTE = {"type": "TextQuoteSelector"}
POSITION = {"type": "TextPositionSelector"}


def read(content: str | bytes, name: str, **wanted: Any) -> Batch:
    content = content.encode() if isinstance(content, str) else content
    return read_notes(content, name, default_settings("en"), Wanted(**wanted))


def read_file(name: str, **wanted: Any) -> Batch:
    return read((FOLDER / name).read_bytes(), name, **wanted)


def placed(batch: Batch, text: str = TEXT) -> list[Outcome]:
    assert TODAY is not None
    return Importer(default_settings("en"), {}, "editors", TODAY).place(batch.notes, text, [], set())


# ---- Who may read a note


def hypothesis(*more: dict[str, Any]) -> str:
    base = {"uri": "https://example.org/bridge", "text": "Seen.", "target": [{"selector": [QUOTE | {"exact": "1931"}]}]}
    return json.dumps({"annotations": [{"id": f"note-{number}"} | base | one for number, one in enumerate(more)]})


ONLY_ME = {"permissions": {"read": ["acct:mira@example.org"]}, "group": "__world__"}
OPEN = {"permissions": {"read": ["group:__world__"]}, "group": "__world__"}


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        (ONLY_ME, "for its author alone"),
        ({"permissions": {"read": ["group:aB3"]}, "group": "aB3"}, "of a group"),
        ({"group": "aB3"}, "of a group"),
        (OPEN | {"hidden": True}, "hidden by moderators"),
        (OPEN | {"moderation_status": "DENIED"}, "hidden by moderators"),
        (OPEN, ""),
        (OPEN | {"moderation_status": "APPROVED", "hidden": False}, ""),
        ({}, ""),
    ],
)
def test_a_note_that_not_everybody_may_read_is_left_out_and_told(item: dict[str, Any], reason: str) -> None:
    batch = read(hypothesis(item | {"text": "Quibblesome."}, OPEN), "x.json")
    assert [note.body for note in batch.notes] == (["Seen."] if reason else ["Quibblesome.", "Seen."])
    assert "Quibblesome" not in str(batch.unread) + str(batch.told)
    assert batch.told == (
        [f"x.json: 1 note left out that not everybody may read (1 {reason}); with --private they come in, too"]
        if reason
        else []
    )
    everything = read(hypothesis(item | {"text": "Quibblesome."}, OPEN), "x.json", private=True)
    assert len(everything.notes) == 2 and everything.told == []


def test_what_answers_a_closed_note_is_left_out_with_it_and_a_closed_answer_alone() -> None:
    answers: list[dict[str, Any]] = [
        {"id": "a", "references": ["note-0"], "text": "Quibblesome."},
        {"id": "b", "references": ["note-0", "a"], "text": "Quibblesome."},
        ONLY_ME | {"id": "c", "references": ["note-1"], "text": "Quibblesome."},
        OPEN | {"id": "d", "references": ["note-1"], "text": "On page 2."},
    ]
    batch = read(hypothesis(ONLY_ME, OPEN, *answers), "x.json")
    (note,) = batch.notes
    assert [reply.note for reply in note.origin.replies] == ["On page 2."]
    assert batch.unread == []
    assert (
        "4 notes left out that not everybody may read (2 for its author alone, 2 answering one of these)"
        in batch.told[0]
    )
    assert len(read(hypothesis(ONLY_ME, OPEN, *answers), "x.json", private=True).notes) == 2


# ---- Recogito, Annotorious


def test_what_recogito_keeps_is_read_as_what_it_exports() -> None:
    batch = read_file("recogito.native.json")
    mayor, longest, arch = batch.notes
    assert (mayor.quote, longest.quote, arch.quote) == ("the mayor", "longest", "")
    assert {note.body for note in (mayor, longest)} == {"Which mayor?"}
    assert mayor.tags == ("history",) and mayor.start == 44
    assert [(reply.author, reply.note) for reply in mayor.origin.replies] == [("Bo", "The first one.")]
    assert (mayor.origin.author, str(mayor.origin.created), str(mayor.origin.modified)) == (
        "Mara Test",
        "2026-02-01",
        "2026-02-03",
    )
    assert [outcome.status for outcome in placed(batch)] == ["uncertain", "found", "refused"]
    assert "(1 for its author alone)" in batch.told[0]
    entry = unplaced.entry(placed(batch)[2])
    assert "told in a way that is not read here" in entry["reason"]
    assert (entry["note"]["note"], entry["note"]["origin"]["id"]) == ("The arch is cracked.", "picture-1")
    assert json.loads(entry["passage"])["geometry"] == {"x": 1, "y": 2, "w": 3, "h": 4}


def test_recogito_studio_has_objects_as_tags_and_the_author_in_the_bodies() -> None:
    target = {"source": "x", "selector": [QUOTE | {"exact": "the longest"}, POSITION | {"start": 50, "end": 61}]}
    by = {"creator": {"id": "u1", "name": "Mara Test"}, "created": "2026-02-01T10:00:00Z"}
    comment = by | {"type": "TextualBody", "purpose": "commenting", "value": "<p>By length?</p>", "format": "text/html"}
    tag = {"purpose": "tagging", "value": {"label": "history", "id": "t1"}, "format": "application/json"}
    item = {"id": "1", "type": "Annotation", "body": [tag, comment], "target": target}
    (note,) = read(json.dumps([item]), "x.json").notes
    assert (note.tags, note.body, note.origin.author) == (("history",), "By length?", "Mara Test")
    assert str(note.origin.created) == "2026-02-01"
    (note,) = read(json.dumps([item | {"creator": {"id": "5d1b2a90-8f4e-4b0f-9a35-0c0d5a1f7c11"}}]), "x.json").notes
    assert note.origin.author == "Mara Test", "a number is nobody's name"


# ---- How a passage is told


def annotation(selector: Any, source: str = "https://example.org/bridge", **more: Any) -> str:
    target = {"source": source} | ({"selector": selector} if selector else {})
    return json.dumps(
        {"type": "Annotation", "id": "https://example.org/1", "bodyValue": "Seen.", "target": target} | more
    )


def range_of(start: dict[str, Any], end: dict[str, Any]) -> dict[str, Any]:
    return {"type": "RangeSelector", "startSelector": start, "endSelector": end}


FRAGMENT = {"type": "FragmentSelector", "conformsTo": "https://wicg.github.io/scroll-to-text-fragment/"}
PAGE = "https://example.org/bridge"
WAYS: dict[str, tuple[Any, str, str, str]] = {
    "words": (QUOTE | {"exact": "the longest"}, PAGE, "found", "the longest"),
    "refined": ({"type": "CssSelector", "value": "p", "refinedBy": QUOTE | {"exact": "longest"}}, PAGE, "found", "longest"),
    "a range of words": (
        range_of(QUOTE | {"exact": "opened in"}, QUOTE | {"exact": "It is the"}),
        PAGE,
        "found",
        "opened in 1931 by the mayor.",
    ),
    "a range, its end told by the words around": (
        range_of(QUOTE | {"exact": "painted"}, QUOTE | {"exact": "mayor", "suffix": " in 1932"}),
        PAGE,
        "found",
        "painted by the",
    ),
    "a range backwards": (range_of(QUOTE | {"exact": "longest"}, QUOTE | {"exact": "opened"}), PAGE, "refused", ""),
    "a range of XPaths": (
        range_of({"type": "XPathSelector", "value": "/p[1]"}, {"type": "XPathSelector", "value": "/p[2]"}),
        PAGE,
        "refused",
        "",
    ),
    "offsets": (POSITION | {"start": 15, "end": 29}, PAGE, "uncertain", "opened in 1931"),
    "a range of offsets": (range_of(POSITION | {"start": 15, "end": 21}, POSITION | {"start": 29, "end": 31}), PAGE, "uncertain", "opened in 1931"),
    "offsets in the middle of words": (POSITION | {"start": 16, "end": 29}, PAGE, "refused", ""),
    "offsets behind the end": (POSITION | {"start": 15, "end": 2900}, PAGE, "refused", ""),
    "a text fragment": (FRAGMENT | {"value": ":~:text=the%20longest"}, PAGE, "found", "the longest"),
    "a text fragment between words": (FRAGMENT | {"value": ":~:text=1931-,by%20the%20mayor,-.%20It"}, PAGE, "found", "by the mayor"),
    "a text fragment from to": (FRAGMENT | {"value": ":~:text=opened,1931"}, PAGE, "found", "opened in 1931"),
    "in the address": (None, f"{PAGE}#:~:text=opened,the%20mayor,-.", "found", "opened in 1931 by the mayor"),
    "behind an anchor": (None, f"{PAGE}#part:~:text=the%20longest", "found", "the longest"),
    "two text fragments": (None, f"{PAGE}#:~:text=opened&text=longest", "refused", ""),
    "an element": ({"type": "CssSelector", "value": "#part"}, PAGE, "refused", ""),
    "the page": (None, PAGE, "refused", ""),
}  # fmt: skip


@pytest.mark.parametrize(("selector", "source", "status", "words"), WAYS.values(), ids=WAYS.keys())
def test_a_passage_is_found_however_it_is_told_or_kept_whole(
    selector: Any, source: str, status: str, words: str
) -> None:
    (outcome,) = placed(read(annotation(selector, source), "x.json"))
    assert outcome.status == status, outcome.reason
    assert outcome.annotation is not None
    if status != "refused":
        assert outcome.annotation.quote == words
        assert TEXT.count(words) == 1 or outcome.annotation.prefix or outcome.annotation.suffix
        return
    entry = unplaced.entry(outcome)
    assert (entry["note"]["note"], entry["page"]) == ("Seen.", source)
    assert ("on the whole page" in outcome.reason) == (selector is None)
    if selector is not None:
        assert str(selector.get("value") or selector.get("start", "")).strip() in entry["passage"]


def test_a_note_on_several_passages_is_a_note_on_each() -> None:
    targets = [{"source": PAGE, "selector": QUOTE | {"exact": words}} for words in ("1931", "longest", "gone with it")]
    item = json.loads(annotation(None)) | {"target": targets}
    outcomes = placed(read(json.dumps(item), "x.json"))
    assert [outcome.status for outcome in outcomes] == ["found", "found", "refused"]
    assert [outcome.foreign.origin.id for outcome in outcomes] == [
        f"https://example.org/1{end}" for end in ("", "#2", "#3")
    ]
    again = [outcome.annotation for outcome in outcomes if outcome.annotation and outcome.status == "found"]
    assert len({note.id for note in again}) == 2


# ---- Tables


def table(*rows: str, sign: str = ",") -> str:
    return "\n".join(row.replace("|", sign) for row in rows) + "\n"


HEAD, ROW = "Quote|Note|Author|Created|Tags", '"opened in 1931"|Seen.|Mara Test|{}|dates'


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("before", ["", "sep={sign}\n", "Notes on the bridge\n\nMade by;the, desk\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_table_of_any_spreadsheet_is_read(sign: str, before: str, encoding: str) -> None:
    text = before.format(sign=sign) + table(HEAD, ROW.format("2026-03-02"), '"the longest"|Grün – ja.|||', sign=sign)
    batch = read(text.replace("\n", "\r\n").encode(encoding), "x.csv")
    first, second = batch.notes
    assert (first.quote, first.body, first.origin.author, str(first.origin.created), first.tags) == (
        "opened in 1931", "Seen.", "Mara Test", "2026-03-02", ("dates",),
    )  # fmt: skip
    assert second.body == "Grün – ja."
    assert bool(batch.told) is (encoding == "cp1252")
    assert all("look whether its letters are right" in line for line in batch.told)


DATES = {
    "2026-03-02": "2026-03-02",
    "2026-03-02T23:30:00-02:00": "2026-03-03",
    "2026/3/2": "2026-03-02",
    "02.03.2026": "2026-03-02",
    "2. 3. 26": "2026-03-02",
    "02.03.2026 14:05": "2026-03-02",
    "13/3/2026": "2026-03-13",
    "3/13/2026 9:15 PM": "2026-03-13",
    "5/5/2026": "2026-05-05",
    "2 Mar 2026": "2026-03-02",
    "March 2nd, 2026": "2026-03-02",
    "2. März 2026": "2026-03-02",
    "2 مارس 2026": "2026-03-02",
    "2026年3月2日": "2026-03-02",
    "Monday, March 2, 2026 3:19:56 PM": "2026-03-02",
    "30.2.2026": None,
    "spring 2026": None,
    "2026": None,
    "n.d.": None,
}


@pytest.mark.parametrize("written", DATES)
def test_a_date_is_read_as_people_write_it_or_stays_in_words(written: str) -> None:
    (note,) = read(table(HEAD, ROW.format(f'"{written}"')), "x.csv").notes
    assert str(note.origin.created) == str(DATES[written])
    assert note.body == ("Seen." if DATES[written] else f"Seen.\n\n(created: {written})")


def test_whether_day_or_month_stands_first_is_told_by_the_table_or_asked_for() -> None:
    unclear = table(HEAD, ROW.format("3/2/2026"), ROW.format("4/5/2026"))
    with pytest.raises(PostilError) as caught:
        read(unclear, "x.csv")
    asked = "which is the day, which the month? say --dates day-first or --dates month-first"
    assert [str(problem) for problem in caught.value.problems] == [
        f"x.csv:2:34: '3/2/2026': {asked}",
        f"x.csv:3:34: '4/5/2026': {asked}",
    ]
    for more, wanted, day_of_first in (
        ("", {"day_first": True}, "2026-02-03"),
        ("", {"day_first": False}, "2026-03-02"),
        (ROW.format("13/2/2026"), {}, "2026-02-03"),
        (ROW.format("2/13/2026"), {}, "2026-03-02"),
    ):
        notes = read(unclear + table(more), "x.csv", **wanted).notes
        assert str(notes[0].origin.created) == day_of_first


def test_nothing_of_a_table_is_lost_in_silence() -> None:
    text = table(
        "Quote,Note,Speaker,Source,Source title,Claim,Location",
        "1931,Seen.,The mayor,The Gazette,A book,It is old,p. 3",
    )
    batch = read(text, "x.csv")
    (note,) = batch.notes
    assert note.body == "Seen.\n\n-   A book\n-   The Gazette\n\n(It is old)" and note.page == ""
    assert batch.told == ["x.csv: these columns are not read: Speaker"]
    (note,) = read(table("Quote,Note,Source", "1931,Seen.,https://example.org/bridge"), "x.csv").notes
    assert (note.page, note.body) == ("https://example.org/bridge", "Seen.")


NEW = "Created at,Author,Page,URL,Group,Type,Quote/description,Comment,Tags"
OLD = "Creation Date,URL,Group,Annotation/Reply Type,Quote,User,Body,Tags,Page"
NEW_ROW = "2026-03-01T10:00:00.000Z,{user},The bridge,https://example.org/{page},{group},{type},{quote},{text},"
OLD_ROW = "2026-03-01 10:00,https://example.org/{page},{group},{type},{quote},{user},{text},,12"


@pytest.mark.parametrize(("head", "row"), [(NEW, NEW_ROW), (OLD, OLD_ROW)])
def test_the_table_of_hypothesis_has_answers_and_groups(head: str, row: str) -> None:
    def line(text: str, kind: str = "Annotation", quote: str = "1931", page: str = "a", group: str = "Public") -> str:
        return row.format(user="mara", page=page, group=group, type=kind, quote=quote, text=text)

    lines = (
        line("Seen."), line("Where?", "Reply", ""), line("One."), line("Two.", quote="the longest", page="b"),
        line("On page 2.", "Reply", "", "b"), line("Quibblesome.", group="The desk"),
    )  # fmt: skip
    batch = read(table(head, *lines), "x.csv")
    assert [(note.body, [reply.note for reply in note.origin.replies]) for note in batch.notes] == [
        ("Seen.", []), ("One.", []), ("Two.", ["On page 2."]),
    ]  # fmt: skip
    (unread,) = batch.unread
    assert "the table does not tell to which note" in unread.reason and "Where?" in unread.raw
    assert batch.told == [
        "x.csv: 1 note left out that not everybody may read (1 of a group); with --private they come in, too"
    ]
    assert {note.origin.via for note in batch.notes} == {"Hypothesis"}
    assert str(batch.notes[0].origin.created) == "2026-03-01"


# ---- E-readers and reference managers


def test_a_kindle_keeps_a_note_apart_from_its_highlight() -> None:
    batch = read_file("My Clippings.txt")
    noted, bare = batch.notes
    assert (noted.quote, noted.body, noted.page) == (
        "opened in 1931",
        r"Seen, in the \*Gazette\*.",
        "The Bridge (Falk, Edda)",
    )
    assert (str(noted.origin.created), noted.origin.via) == ("2026-03-01", "Kindle")
    assert (bare.quote, bare.body, str(bare.origin.created)) == ("the longest", "", "2026-03-02")
    assert [(unread.raw, unread.where) for unread in batch.unread] == [("On nothing.", "My Clippings.txt:21")]
    assert batch.told == ["My Clippings.txt: 1 bookmark left out"]
    assert [outcome.reason for outcome in placed(batch)][1] == "a highlight without words; a note says something"


def test_the_notebook_of_a_kindle_is_a_table_below_a_head() -> None:
    head = '"Your Kindle Notes For:",,,\n"THE BRIDGE",,,\n"by Edda Falk",,,\n"Free Kindle instant preview:",,,\n"https://example.org/x",,,\n----------------------------------------------,,,\n,,,\n'
    rows = (
        '"Annotation Type","Location","Starred?","Annotation"', '"Highlight (Yellow)","Location 32","","opened in 1931"',
        '"Note","Location 32","","Seen."', '"Highlight (Blue)","Location 40","","the longest"',
    )  # fmt: skip
    batch = read(head + table(*rows), "x.csv")
    assert [(note.quote, note.body) for note in batch.notes] == [("opened in 1931", "Seen."), ("the longest", "")]


def test_readwise_as_table_and_as_json() -> None:
    rows = (
        "Highlight,Book Title,Book Author,Amazon Book ID,Note,Color,Tags,Location Type,Location,Highlighted at,Document tags",
        "opened in 1931,The Bridge,Edda Falk,,Seen.,yellow,dates,page,3,2026-03-01 10:00:00+00:00,",
    )
    highlight = {
        "id": 7,
        "text": "opened in 1931",
        "note": "Seen.",
        "tags": [{"id": 1, "name": "dates"}],
        "highlighted_at": "2026-03-01T10:00:00Z",
    }
    data = {"count": 1, "results": [{"title": "The Bridge", "highlights": [highlight]}]}
    for batch in (read(table(*rows), "x.csv"), read(json.dumps(data), "x.json")):
        (note,) = batch.notes
        assert (note.quote, note.body, note.page, note.tags, note.origin.via, str(note.origin.created)) == (
            "opened in 1931", "Seen.", "The Bridge", ("dates",), "Readwise", "2026-03-01",
        )  # fmt: skip
        assert batch.told == []
    assert [note.origin.id for note in read(json.dumps({"results": [highlight | {"book_id": 2}]}), "x.json").notes] == [
        "7"
    ]


@pytest.mark.parametrize("name", ["zotero.md", "zotero.html"])
def test_a_note_of_zotero_has_its_annotations(name: str) -> None:
    batch = read_file(name)
    noted, bare = batch.notes
    assert (noted.quote, noted.body, noted.origin.id) == (
        "opened in 1931", "Seen, in the *Gazette*.\n\n(Falk, 2020, p. 3)", "EF12",
    )  # fmt: skip
    assert (bare.quote, bare.body, bare.origin.id) == ("the longest", "", "EF13")
    assert [unread.raw for unread in batch.unread] == ["A thought of my own."]


def test_annotations_of_zotero_as_json() -> None:
    reader = {"type": "highlight", "sortIndex": "0", "text": "1931", "comment": "Seen.", "tags": [{"name": "dates"}]}
    reader |= {"id": "EF12", "authorName": "Mara Test", "dateCreated": "2026-03-01T10:00:00Z"}
    api = {"key": "EF12", "data": {"key": "EF12", "itemType": "annotation", "annotationType": "highlight"}}
    api["data"] |= {"annotationText": "1931", "annotationComment": "Seen.", "tags": [{"tag": "dates"}]}  # type: ignore[operator]
    api["data"] |= {"annotationAuthorName": "Mara Test", "dateAdded": "2026-03-01T10:00:00Z"}  # type: ignore[operator]
    for item in (reader, api):
        (note,) = read(json.dumps([item]), "x.json").notes
        assert (note.quote, note.body, note.tags, note.origin.id, note.origin.author, str(note.origin.created)) == (
            "1931", "Seen.", ("dates",), "EF12", "Mara Test", "2026-03-01",
        )  # fmt: skip


def test_annotations_on_lines_of_their_own() -> None:
    lines = [annotation(QUOTE | {"exact": words}) for words in ("1931", "longest")]
    assert [note.quote for note in read("\n".join(lines), "x.jsonl").notes] == ["1931", "longest"]
    with pytest.raises(PostilError, match=r"x\.jsonl:2:1"):
        read(f"{lines[0]}\nnothing\n", "x.jsonl")


# ---- Footnotes

SENTENCES: dict[str, tuple[str, str]] = {
    "In 2019 the U.S. army paid Dr. Falk 40,000 crowns for it.[^1]": ("", "In 2019 the U.S. army paid Dr. Falk 40,000 crowns for it."),
    "It rained. Kern et al. began.[^1]": ("", "Kern et al. began."),
    "Es regnete. Am 3. Mai begann z.B. Kern.[^1]": ("de", "Am 3. Mai begann z.B. Kern."),
    "It was [painted]{.smallcaps} in 1932.[^1]": ("", "It was painted in 1932."),
    "It rained. “So it was.”[^1]": ("", "“So it was.”"),
    "It rained. It fell,[^1] they say.": ("", "It fell,"),
}  # fmt: skip


@pytest.mark.parametrize("text", SENTENCES)
def test_a_footnote_is_on_its_sentence(text: str) -> None:
    language, quote = SENTENCES[text]
    for head, told in (("", language), (f"---\ntitle: A\nlang: {language or 'en'}\n---\n\n", "")):
        (note,) = read_notes(
            f"{head}{text}\n\n[^1]: Seen.\n".encode(), "x.qmd", default_settings("en"), language=told
        ).notes
        assert (note.quote, note.body) == (quote, "Seen.")


def test_footnotes_that_lead_nowhere_are_told_and_kept() -> None:
    text = "It fell.[^1] It rose.[^9] It stood.^[Inline *too*.]\n\n[^1]: Seen.\n\n[^unused]: Nobody points here.\n\n    Not even here.\n\nThe end.\n"
    batch = read(text, "x.md")
    assert [(note.quote, note.body) for note in batch.notes][::1][0] == ("It fell.", "Seen.")
    assert batch.notes[1].body == "Inline *too*."
    (unread,) = batch.unread
    assert unread.raw == "[^unused]: Nobody points here.\n\n    Not even here."
    assert (unread.where, unread.reason) == ("x.md, footnote unused", "a footnote to which no words refer")
    assert batch.told == ["x.md: no footnote stands behind [^9]"]
    assert len(read("The end.\n\n[^1]: Nobody points here.\n", "x.md").unread) == 1


def test_a_file_of_no_form_is_not_taken_for_json() -> None:
    with pytest.raises(PostilError, match=r"x\.txt:1:1: no form of notes that is known here; expected an export of"):
        read("Dear all,\n", "x.txt")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("x.xlsx", "save its sheet as CSV"),
        ("x.ods", "save its sheet as CSV"),
        ("x.pdf", "a PDF"),
    ],
)
def test_a_file_that_holds_no_notes_says_what_to_do(name: str, told: str) -> None:
    with pytest.raises(PostilError, match=rf"{name}:1:1: this is .*{told}"):
        read(b"PK\x03\x04\xff", name)


# ---- Fact checks

REVIEW = {
    "@type": "ClaimReview",
    "url": "https://checks.example.org/bridge",
    "claimReviewed": "The bridge was opened in 1931",
    "datePublished": "2026-03-01",
    "author": {"@type": "Organization", "name": "Check Office"},
    "reviewRating": {"@type": "Rating", "alternateName": "Mostly true", "ratingExplanation": "The *Gazette* has it."},
    "itemReviewed": {
        "@type": "Claim",
        "author": [{"@type": "Person", "name": "Edda Falk"}],
        "appearance": [{"@type": "NewsArticle", "url": PAGE}],
    },
    "citation": [{"@type": "WebPage", "name": "The register", "url": "https://example.org/r"}, {"name": "A letter"}],
}  # fmt: skip


@pytest.mark.parametrize(
    "data",
    [
        REVIEW,
        [REVIEW],
        {"@context": "https://schema.org", "@graph": [{"@type": "NewsArticle"}, REVIEW]},
        {"@type": "DataFeed", "dataFeedElement": [{"@type": "DataFeedItem", "item": [REVIEW]}]},
    ],
)
def test_a_claim_review_is_a_note_on_its_claim(data: Any) -> None:
    (note,) = read(json.dumps(data), "x.json").notes
    assert (note.quote, note.page) == ("The bridge was opened in 1931", PAGE)
    assert note.body == (
        "The \\*Gazette\\* has it.\n\n-   [The register](https://example.org/r)\n-   A letter\n\n(Edda Falk)"
    )
    found = note.origin
    assert (found.via, found.url, found.author, found.verdict, str(found.created)) == (
        "ClaimReview", "https://checks.example.org/bridge", "Check Office", "Mostly true", "2026-03-01",
    )  # fmt: skip
    (outcome,) = placed(read(json.dumps(data), "x.json"))
    assert outcome.status == "found" and outcome.annotation is not None and outcome.annotation.verdict is None


# ---- Nothing is cut off without a word


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        ({"tags": [f"tag {number}" for number in range(501)]}, "the note has 501 tags; at most 500 are taken"),
        (
            {"tags": ["x" * 301]},
            "its tag 'xxxxxxxxxxxxxxxxxx … xxxxxxxxxxxxxxxxxxx' has 301 characters; at most 300",
        ),
        (
            {"user_info": {"display_name": "y" * 400}},
            "its author 'yyyyyyyyyyyyyyyyyy … yyyyyyyyyyyyyyyyyyy' has 400",
        ),
    ],
)
def test_what_is_longer_than_anybody_writes_is_set_aside_whole(item: dict[str, Any], reason: str) -> None:
    batch = read(hypothesis(item, {}), "x.json")
    (unread,) = batch.unread
    assert unread.reason.startswith(reason) and len(batch.notes) == 1
    assert max(map(str, [*item.get("tags", []), *item.get("user_info", {}).values()])) in unread.raw


def test_every_tag_and_every_answer_comes_in() -> None:
    tags = [f"tag {number} {'x' * 200}" for number in range(200)]
    answers = [{"references": ["note-0"], "text": f"No {number}."} for number in range(300)]
    (note,) = read(hypothesis({"tags": tags}, *answers), "x.json").notes
    assert note.tags == tuple(tags) and len(note.origin.replies) == 300
    many = [{"references": ["note-0"], "text": "No."}] * 2_001
    (unread,) = read(hypothesis({}, *many), "x.json").unread
    assert unread.reason == "the note has 2,001 answers; at most 2,000 are taken"


def test_an_answer_in_a_table_that_is_too_long_is_set_aside() -> None:
    head = "Created at,Author,Page,URL,Group,Type,Quote/description,Comment,Tags"
    row = "2024-01-01T00:00:00.000Z,Mira,A,https://example.org/a,Public,{},The bridge,{},"
    batch = read("\n".join([head, row.format("Annotation", "Hm"), row.format("Reply", "x" * 20_001)]), "x.csv")
    assert len(batch.notes) == 1 and "20,001 characters" in batch.unread[0].reason
