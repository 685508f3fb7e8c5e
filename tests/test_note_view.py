"""A note is data until a format draws it: every format shows all of it, and it goes whole from process to process."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pydantic import TypeAdapter

from postil.files.translations import texts
from postil.model.annotation import Annotation
from postil.model.source import Source
from postil.offline import markdown
from postil.page import parts
from postil.page.context import Context
from postil.page.note_view import NoteView
from postil.page.note_words import view
from postil.page.templating import template
from postil.text.anchor import Span

TEXT = texts("en")


@pytest.fixture
def note() -> NoteView:
    """A note with everything that a note can have."""
    annotation = Annotation.model_validate(
        {
            "id": "opened",
            "quote": "in 1931",
            "kind": "fact-check",
            "verdict": "confirmed",
            "title": "The Gazette <says> so",
            "note": "Seen.",
            "sources": [{"id": "S1", "locator": "p. 12", "says": "opened on Monday"}],
            "caution": "One source only",
            "author": "editors",
            "created": "2026-01-02",
            "changed": [{"date": "2026-02-03", "what": "A date was added"}],
            "since": [{"date": "2026-03", "what": "It was closed", "sources": ["S2"]}],
            "origin": {
                "via": "Hypothesis",
                "url": "https://example.org/a",
                "author": "Ana",
                "verdict": "Mostly true",
                "replies": [{"author": "Bo", "created": "2026-01-04", "note": "No, in spring."}],
            },
        }
    )
    sources = {
        name: Source.model_validate(
            {"id": name, "title": title, "issued": "1931", "URL": f"https://example.org/{name}"}
        )
        for name, title in (("S1", "Gazette"), ("S2", "Ledger"))
    }
    context = Context(sources=sources, text=TEXT)
    return view(
        annotation,
        context,
        passage="in the year 1931",
        body="<p>Seen with <em>eyes</em>.</p>",
        number=7,
        span=Span(3, 19),
        cited=["S1", "S2"],
        replies=["<p>No, in <em>spring</em>.</p>"],
        register="../sources/",
        own="notes/opened/",
    )


SAID = (
    "Confirmed", "eyes", "Gazette", "p. 12", "opened on Monday", "One source only", "A date was added", "3 February 2026",
    "It was closed", "March 2026", "Ledger", "Ana", "https://example.org/a", "Mostly true", "Bo", "spring", "The editors",
    "2 January 2026",
)  # fmt: skip

FORMATS: dict[str, Callable[[NoteView], str]] = {
    "page": lambda note: parts.on_page(note, TEXT),
    "e-book": lambda note: template("note/ebook").render(note=note, text=TEXT),
    "print": lambda note: template("note/print").render(note=note, text=TEXT, end="note-opened--end"),
    "Markdown": lambda note: markdown.footnote(note, TEXT),
}


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_shows_all_of_a_note(note: NoteView, name: str) -> None:
    drawn = FORMATS[name](note)
    assert [words for words in SAID if words not in drawn] == []
    assert "The Gazette" in drawn
    assert "<says>" not in drawn.replace("\\<", "")
    assert "Seen with" in drawn
    assert "7" in drawn


def test_a_note_goes_whole_from_process_to_process(note: NoteView) -> None:
    adapter = TypeAdapter(NoteView)
    again = adapter.validate_json(adapter.dump_json(note))
    assert again == note
    assert FORMATS["page"](again) == FORMATS["page"](note)  # its HTML is not escaped
