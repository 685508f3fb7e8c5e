"""A Kindle keeps a highlight and the note on it apart → one note, on the words of its highlight.

`My Clippings.txt`, in the language of the device: for each a line with the book, one with kind, place and date, an
empty one, the words, and a line of ten equal signs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from postil.importing.days import Unclear, day_of, order_of
from postil.importing.foreign import Batch, Foreign, origin
from postil.importing.markdown import from_text, measured, plain
from postil.importing.taking import A_DAY, Taking
from postil.model.cutting import shortened
from postil.model.problem import Place, PostilError, Problem, counted

VIA = "Kindle"
_END = re.compile(r"^={10}[ \t]*$", re.MULTILINE)
_PLACE = re.compile(r"(\d+)(?:\s*[-–]\s*(\d+))?(?!.*\d)")
# What a bookmark and a note are called in the languages of the device; all else is a highlight.
_BOOKMARK = re.compile(
    r"bookmark|lesezeichen|marcador|signet|segnalibro|bladwijzer|ブックマーク|书签|書籤|закладк", re.I
)
_NOTE = re.compile(r"\bnot(?:e|iz|a|itie)\b|メモ|笔记|筆記|заметк", re.IGNORECASE)
_FORM = re.compile(r"\A\ufeff?[^\n]+\n- [^\n]*\d", re.MULTILINE)


_LONGEST = 400  # code points of a line with kind, place and date


@dataclass(frozen=True)
class Clipping:
    """One thing that a Kindle has kept.

    Attributes:
        where: the file and the place in it.
        book: its title, empty where the file is of one book.
        kind: "highlight", "note" or "bookmark".
        place: the first and the last location in the book.
        text: the words.
        added: the day, as ISO 8601 has it, or an empty text.
        undated: the words that tell a day and are not read as one.
    """

    where: str
    book: str
    kind: str
    place: tuple[int, int]
    text: str
    added: str = ""
    undated: str = ""


def is_clippings(text: str) -> bool:
    """Whether a text file is one of a Kindle."""
    text = text.replace("\r\n", "\n")
    return bool(_END.search(text) and _FORM.search(text))


def read(text: str, file: str, day_first: bool | None) -> Batch:
    """Read `My Clippings.txt`.

    Args:
        text: of the file.
        file: its name, for messages.
        day_first: whether 3/2/2024 is the third of February, as far as the user says it.

    Raises:
        PostilError: for dates whose day and month cannot be told apart.
    """
    parts = list(_parts(text))
    order = order_of(date for _, _, about, _ in parts for date in _dates(about)) if day_first is None else day_first
    clippings, problems = [], []
    for line, book, about, words in parts:
        try:
            added = next((found for date in _dates(about) if (found := day_of(date, order))), None)
        except Unclear:
            message = f"{shortened(about)!r}: which is the day, which the month? say --dates day-first or month-first"
            problems.append(Problem(Place(file, line + 1), message))
            continue
        kind = "bookmark" if _BOOKMARK.search(about) else "note" if _NOTE.search(about) else "highlight"
        clippings.append(
            Clipping(
                f"{file}:{line}", book, kind, _place(about), words, str(added or ""), "" if added else _undated(about)
            )
        )
    if problems:
        raise PostilError(problems)
    return paired(clippings, file)


def paired(clippings: Sequence[Clipping], file: str) -> Batch:
    """Put each note with the highlight in whose place it stands.

    Args:
        clippings: in the order of the file.
        file: its name, for messages.

    Returns:
        A note for each highlight with one, the other highlights without words, and what stands on no highlight.
    """
    batch = Batch()
    highlights = [number for number, clipping in enumerate(clippings) if clipping.kind == "highlight"]
    noted: set[int] = set()
    for number, clipping in enumerate(clippings):
        if clipping.kind != "note" or not clipping.text.strip():
            continue
        here = [other for other in highlights if _holds(clippings[other], clipping)]
        if not here:
            batch.refuse(clipping.where, f"a note without a highlight{_in(clipping)}", clipping.text)
            continue
        # Whoever lengthens a highlight has it twice; its note stands beside the last of them.
        chosen = min(here, key=lambda other: (clippings[other].place[1] != clipping.place[1], abs(other - number)))
        noted.add(chosen)
        _add(batch, clippings[chosen], clipping)
    for number in highlights:
        if number not in noted:
            _add(batch, clippings[number], None)
    if count := sum(clipping.kind == "bookmark" for clipping in clippings):
        batch.told.append(f"{file}: {counted(count, 'bookmark')} left out")
    return batch


def _add(batch: Batch, highlight: Clipping, note: Clipping | None) -> None:
    told = note or highlight
    quote = " ".join(plain(highlight.text).split())
    taking = Taking()
    found = origin(VIA, created=taking.day("date", told.added))
    if told.undated:
        taking.leave("date", told.undated, f"is not {A_DAY}")
    with batch.refusing(told.where, told.text):
        body = from_text(measured(note.text)) if note else ""
        batch.notes.append(
            Foreign(told.where, found, page=highlight.book, quote=quote, body=body, left=tuple(taking.left))
        )


def _holds(highlight: Clipping, note: Clipping) -> bool:
    return highlight.book == note.book and highlight.place[0] <= note.place[1] <= highlight.place[1]


def _in(clipping: Clipping) -> str:
    return f" in “{shortened(clipping.book, 60)}”" if clipping.book else ""


def _parts(text: str) -> Iterator[tuple[int, str, str, str]]:
    """The line, the book, what stands about it, and the words of each clipping."""
    line = 1
    for part in _END.split(text.replace("\r\n", "\n")):
        lines = part.split("\n")
        first = next((number for number, one in enumerate(lines) if one.strip("\ufeff \t")), None)
        if first is not None and len(lines) > first + 1:
            words = "\n".join(lines[first + 2 :]).strip()
            yield line + first, plain(lines[first]).strip("\ufeff \t"), lines[first + 1], words
        line += part.count("\n")


def _place(about: str) -> tuple[int, int]:
    """The location; of "page 5 | Location 62-64 | Added on …" that of the part before the date."""
    segments = about[:_LONGEST].split("|")
    match = _PLACE.search(segments[-2] if len(segments) > 1 else segments[0])
    return (int(match[1][:9]), _full(match[1], match[2] or match[1])) if match else (0, 0)


def _full(first: str, last: str) -> int:
    """The end of a range; older devices write 1245-48."""
    return int(last[:9]) if len(last) >= len(first) else int((first[: len(first) - len(last)] + last)[:9])


def _dates(about: str) -> list[str]:
    """What may be the date: the last part, with fewer and fewer of the words before it."""
    words = about.rpartition("|")[2].split()
    return [" ".join(words[number:]) for number in range(min(5, len(words)))]


def _undated(about: str) -> str:
    """The part with the date, where it has one: a day, a year and a time are three numbers, a place is one or two."""
    last = about.rpartition("|")[2].strip()
    return last if len(re.findall(r"\d+", last)) > 2 else ""
