"""The forms in which others keep notes: what each reader makes of its form, who may read a note there, how a passage is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from postil.files.settings_file import default_settings
from postil.importing import unplaced
from postil.importing.foreign import Batch, Wanted, day
from postil.importing.formats import read_notes
from postil.importing.placing import Importer, Outcome

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
