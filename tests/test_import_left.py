"""What a note from elsewhere comes in without, a date or an address that cannot be taken, is told with its place and kept."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from conftest import Project
from postil.commands import main
from postil.files.settings_file import default_settings
from postil.importing import article
from postil.importing.comments import Comment, notes
from postil.importing.foreign import Batch
from postil.importing.formats import read_notes

A_DAY = "a date, expected one like 2026-03-02 or 2026-03-02T10:00:00Z"
AN_ADDRESS = "an address that may be shown, expected one that begins with https://, http:// or mailto:"
LINK = f"is the address of a link, and not {AN_ADDRESS}; its words stay"
PAGE = "https://example.org/bridge"
QUOTE = {"type": "TextQuoteSelector", "exact": "1931"}


def read(content: str, name: str) -> Batch:
    return read_notes(content.encode(), name, default_settings("en"))


def left(batch: Batch) -> list[tuple[str, str]]:
    assert batch.unread == []
    return [(unread.where, unread.reason) for note in batch.notes for unread in note.unread]


def told(reason: str, where: str) -> tuple[str, str]:
    return where, f"{reason}; the note is taken without it"


W3C = {
    "type": "Annotation", "id": "urn:x:1", "target": {"source": PAGE, "selector": QUOTE},
    "created": "spring 2024", "modified": "2026-02-30", "via": ["javascript:x()", "https://example.org/1", "https://example.org/2"],
    "body": [
        {"type": "TextualBody", "value": "See <a href='ftp://example.org/f'>this</a>.", "format": "text/html"},
        {"id": "file:///books/x", "name": "A copy"},
        {"type": "TextualBody", "purpose": "replying", "value": "No.", "created": "?"},
    ],
}  # fmt: skip
HYPOTHESIS = {
    "id": "a", "uri": PAGE, "target": [{"selector": [QUOTE]}], "text": "See [home](index.md).", "created": "1700000000000",
    "updated": "yesterday", "links": {"html": "www.example.org/a"},
}  # fmt: skip
ANSWER = {"id": "b", "uri": PAGE, "references": ["a"], "text": "No.", "created": "3/2/2024"}
READWISE = {"results": [{"id": 7, "text": "1931", "note": "Seen.", "highlighted_at": "soon", "url": "kindle://book"}]}
ZOTERO = {"itemType": "annotation", "key": "K", "annotationText": "1931", "annotationComment": "x", "dateAdded": "0000-00-00"}  # fmt: skip
REVIEW = {
    "@type": "ClaimReview", "claimReviewed": "1931", "reviewBody": "Yes.", "url": "/check/1", "datePublished": "2026",
    "citation": [{"name": "The register", "url": "register.pdf"}],
}  # fmt: skip
RECOGITO = {
    "id": "r", "bodies": [{"purpose": "commenting", "value": "Which?"}],
    "target": {"annotation": "r", "selector": [{"quote": "1931", "start": 25, "end": 29}], "created": "then"},
}  # fmt: skip

FORMS: dict[str, tuple[Any, list[tuple[str, str]]]] = {
    "w3c": (
        [W3C],
        [
            ("javascript:x()", f"via: 'javascript:x()' is not {AN_ADDRESS}"),
            ("https://example.org/2", "via: 'https://example.org/2' is a second address of the note; one is kept"),
            ("spring 2024", f"created: 'spring 2024' is not {A_DAY}"),
            ("2026-02-30", f"modified: '2026-02-30' is not {A_DAY}"),
            ("?", f"created: '?' is not {A_DAY}"),
            ("ftp://example.org/f", f"value: 'ftp://example.org/f' {LINK}"),
            ("file:///books/x", f"id: 'file:///books/x' {LINK}"),
        ],
    ),
    "hypothesis": (
        {"rows": [HYPOTHESIS, ANSWER]},
        [
            ("www.example.org/a", f"html: 'www.example.org/a' is not {AN_ADDRESS}"),
            ("1700000000000", f"created: '1700000000000' is not {A_DAY}"),
            ("yesterday", f"updated: 'yesterday' is not {A_DAY}"),
            ("3/2/2024", "created: '3/2/2024' does not tell which is the day and which the month, expected 2026-03-02"),
            ("index.md", f"text: 'index.md' {LINK}"),
        ],
    ),
    "readwise": (
        READWISE,
        [
            ("kindle://book", f"url: 'kindle://book' is not {AN_ADDRESS}"),
            ("soon", f"highlighted_at: 'soon' is not {A_DAY}"),
        ],
    ),
    "zotero": ([ZOTERO], [("0000-00-00", f"dateAdded: '0000-00-00' is not {A_DAY}")]),
    "claim review": (
        REVIEW,
        [
            ("/check/1", f"url: '/check/1' is not {AN_ADDRESS}"),
            ("2026", f"datePublished: '2026' is not {A_DAY}"),
            ("register.pdf", f"url: 'register.pdf' {LINK}"),
        ],
    ),
    "recogito": ([RECOGITO], [("then", f"created: 'then' is not {A_DAY}")]),
}


@pytest.mark.parametrize("form", FORMS)
def test_each_is_told_with_its_line_and_column_and_kept(form: str) -> None:
    data, expected = FORMS[form]
    text = json.dumps(data, indent=1)
    lines = text.split("\n")
    batch = read(text, "x.json")
    found = left(batch)
    assert sorted(reason for _, reason in found) == sorted(
        f"{reason}; the note is taken without it" for _, reason in expected
    )
    values = {reason: value for value, reason in expected}
    for note in batch.notes:
        for unread in note.unread:
            value = values[unread.reason.removesuffix("; the note is taken without it")]
            assert value in json.loads(unread.raw).values()
            _, line, column = unread.where.rsplit(":", 2) if ":" in unread.where else ("", "0", "0")
            # A value of a list has no key of its own: its note is named.
            is_of_a_list = unread.reason.startswith("via:")
            assert is_of_a_list == (unread.where == "x.json, annotation 1")
            assert is_of_a_list or value in lines[int(line) - 1][int(column) - 1 :], unread


def test_white_space_around_an_address_is_no_part_of_it() -> None:
    """HTML, 4.6.2: the address of a link may be surrounded by spaces; the rules for texts of data are no stricter."""
    page = HYPOTHESIS | {"links": {"html": " https://example.org/a\n"}, "created": "", "updated": ""}
    html = {"type": "TextualBody", "value": "<a href=' https://example.org/b '>b</a>", "format": "text/html"}
    w3c = {"type": "Annotation", "id": "urn:x:1", "target": {"source": PAGE, "selector": QUOTE}, "body": html}
    (one,) = read(json.dumps({"rows": [page | {"text": "x"}]}), "x.json").notes
    (other,) = read(json.dumps([w3c]), "x.json").notes
    assert (one.origin.url, other.body) == ("https://example.org/a", "[b](https://example.org/b)")
    assert one.left == other.left == ()


def test_values_that_are_alike_stand_in_the_order_of_their_notes() -> None:
    items = [HYPOTHESIS | {"id": str(number), "text": "x", "updated": "", "links": {}} for number in range(3)]
    where = [place for place, _ in left(read(json.dumps({"rows": items}, indent=1), "x.json"))]
    assert [int(place.split(":")[1]) for place in where] == [17, 35, 53]
    closed = {"permissions": {"read": ["acct:mira@example.org"]}}
    where = [
        place for place, _ in left(read(json.dumps({"rows": [items[0] | closed, *items[1:]]}, indent=1), "x.json"))
    ]
    assert where == ["x.json, annotation 2", "x.json, annotation 3"], "nobody guesses which line it is"


def test_a_date_of_words_comes_in_with_its_note() -> None:
    items = [
        HYPOTHESIS | {"created": created, "updated": "", "links": {}, "text": "x"} for created in ("2 March 2026", "")
    ]
    batch = read(json.dumps({"rows": items}), "x.json")
    assert [str(note.origin.created) for note in batch.notes] == ["2026-03-02", "None"] and left(batch) == []


def test_an_address_in_a_table_and_in_its_answers() -> None:
    head = "Created at,Author,Page,URL,Group,Type,Quote/description,Comment,Tags"
    row = "{},Mira,A,https://example.org/a,Public,{},The bridge,{},"
    text = "\n".join([head, row.format("2024-01-01", "Annotation", "Hm"), row.format("soon", "Reply", "No")])
    assert left(read(text, "x.csv")) == [told(f"created: 'soon' is not {A_DAY}", "x.csv:3")]
    text = 'quote,note,url,source_url,source_title\n1931,x,example.org/a,"https://a.example/x,y; www.b.example",A; B\n'
    batch = read(text, "x.csv")
    assert batch.notes[0].body == "x\n\n-   [A](https://a.example/x,y)\n-   B"
    assert left(batch) == [
        told(f"source_url: 'www.b.example' {LINK}", "x.csv:2"),
        told(f"url: 'example.org/a' is not {AN_ADDRESS}", "x.csv:2"),
    ]


def test_addresses_in_a_table_without_titles_are_their_words() -> None:
    batch = read('quote,note,source_url\n1931,x,"https://a.example; register.pdf"\n', "x.csv")
    assert batch.notes[0].body == "x\n\n-   [https://a.example](https://a.example)\n-   register.pdf"
    assert left(batch) == []


def test_a_date_of_a_kindle_that_is_none() -> None:
    about = "- Highlight on page 5 | Location 62-64 | Added on Quibbleday, 2 Quibble 2026 10:00:00"
    batch = read(f"Bridges (Falk)\n{about}\n\nThe bridge\n==========\n", "x.txt")
    assert left(batch) == [told(f"date: 'Added on Quibbleday, 2 Quibble 2026 10:00:00' is not {A_DAY}", "x.txt:1")]
    batch = read("Bridges (Falk)\n- Highlight on page 5 | Location 62-64\n\nThe bridge\n==========\n", "x.txt")
    assert left(batch) == []


def test_a_comment_of_a_document() -> None:
    html = '<p>See <a href="file:///C:/x.docx">this</a>.</p>'
    comments = [
        Comment("1", "Mara", "last week", html, (0, 4)),
        Comment("2", "Bo", "20xx", "<p>No.</p>", None, parent="1"),
    ]
    batch = notes("1931", comments, "x.docx", "Word document", resolved=False)
    assert batch.notes[0].body == "See this."
    assert sorted(left(batch)) == [
        told(f"date: '20xx' is not {A_DAY}", "x.docx, comment 1"),
        told(f"date: 'last week' is not {A_DAY}", "x.docx, comment 1"),
        told(f"link: 'file:///C:/x.docx' {LINK}", "x.docx, comment 1"),
    ]


def test_a_link_of_a_footnote() -> None:
    assert left(read("The bridge[^1] opened.\n\n[^1]: See [home](index.md).\n", "x.md")) == [
        told(f"link: 'index.md' {LINK}", "x.md, footnote 1")
    ]


def test_an_article_tells_the_date_and_the_links_that_it_lost() -> None:
    found = article.read(b"---\ndate: spring 2024\n---\n\n# The bridge\n\nIt [opened](x.md) in 1931.\n", "x.md")
    assert found.told == [
        "its date 'spring 2024' was left out: expected one like 2026-03-02",
        "a link to 'x.md' became its words: expected https://, http:// or mailto:",
    ]


def test_it_is_written_beside_the_article_once(project: Project) -> None:
    project.write(
        {
            "docs/bridge.md": "# The bridge\n\nThe bridge was opened in 1931.\n",
            "x.json": json.dumps({"rows": [HYPOTHESIS]}),
        }
    )
    runner = CliRunner()
    for _ in range(2):
        result = runner.invoke(main, ["import", "x.json", "--article", "bridge.md"])
        assert result.exit_code == 1, result.output
        assert "x.json:1:" in result.output and "4 without a place, or not read" in result.output
    kept = yaml.load((project.folder / "docs/bridge.unplaced.yml").read_text("utf-8"), yaml.BaseLoader)["unplaced"]
    assert [json.loads(entry["raw"]) for entry in kept] == [
        {"note": "a", "html": "www.example.org/a"},
        {"note": "a", "created": "1700000000000"},
        {"note": "a", "updated": "yesterday"},
        {"note": "a", "text": "index.md"},
    ]
    written = (project.folder / "docs/bridge.annotations.yml").read_text("utf-8")
    assert "See home." in written and "1700000000000" not in written
