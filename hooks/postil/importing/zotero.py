"""Annotations of Zotero: its notes as Markdown or HTML, and what its reader and its web API give as JSON.

In a note an annotation is a paragraph: the passage in quotation marks, a citation that leads to `zotero://`, and the
comment.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from html import escape, unescape
from typing import Any
from urllib.parse import unquote

from postil.importing.files import items_of, mapping_of, text_of
from postil.importing.foreign import Batch, Foreign, Wanted, kind_of, origin, rating_of, tags_of
from postil.importing.markdown import name_like, plain
from postil.importing.taking import Taking
from postil.model.problem import Place, PostilError, Problem

VIA = "Zotero"
_OPEN, _CLOSE = "“\"'‘«„", "”\"'’»“"
_LINKED = re.compile(
    rf"[{_OPEN}](?P<quote>.+?)[{_CLOSE}]\s*\(\[(?P<cited>[^\]]*)\]\(zotero://[^)]*\)\)"
    r"(?:\s*\(\[[^\]]*\]\(zotero://[^)]*?(?:annotation=(?P<key>\w+))?\)\))?\s*(?P<comment>.*)",
    re.DOTALL,
)
_PARAGRAPH = re.compile(rf"^[ \t]*[{_OPEN}].*\]\(zotero://", re.MULTILINE)
_BLOCK = re.compile(r"<(p|li|blockquote)\b[^<>]*>((?:[^<]|<(?!/?(?:p|li|blockquote)\b))*)</\1>", re.IGNORECASE)
_MARKED = re.compile(
    r"<span[^<>]*\bdata-annotation=[\"']([^\"']*)[\"'][^<>]*>((?:[^<]|<(?!/?span\b))*)</span>", re.IGNORECASE
)
_CITED = re.compile(
    r"\s*<span[^>]*\bclass=[\"']citation[\"'][^>]*>((?:[^<]|<span[^>]*>|(?<=[^>])</span>(?=\s*[;)]))*)</span>",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[^>]*>")
_NOTED = ("highlight", "underline", "note", "text")


def is_note(text: str) -> bool:
    """Whether Markdown is a note of Zotero."""
    return _PARAGRAPH.search(text) is not None


def markdown_note(text: str, file: str) -> Batch:
    """Read a note that was exported as Markdown."""
    batch = Batch()
    for match in re.finditer(r"(?:^|\n)[ \t]*(\S(?:.|\n(?![ \t]*\n))*)", plain(text)):
        part, where = match[1], f"{file}:{plain(text).count(chr(10), 0, match.start(1)) + 1}"
        found = _LINKED.match(part.strip())
        if found is None:
            _set_aside(batch, part, where)
        else:
            words = f"{found['comment'].strip()}\n\n({found['cited']})" if found["comment"].strip() else ""
            _add(
                batch,
                where,
                found["quote"],
                found["key"] or "",
                partial(Taking.markdown, key="comment", text=words),
            )
    return batch


def html_note(text: str, file: str) -> Batch:
    """Read a note that was exported as HTML.

    Raises:
        PostilError: for a page that is no such note.
    """
    if "data-annotation=" not in text:
        expected = "expected a note of Zotero; `postil import-article` takes in the text of a page"
        raise PostilError([Problem(Place(file), f"there are no annotations in this page; {expected}")])
    batch = Batch()
    for match in _BLOCK.finditer(text):
        where = f"{file}:{text.count(chr(10), 0, match.start()) + 1}"
        marked = _MARKED.search(match[2])
        if marked is None:
            _set_aside(batch, unescape(_TAG.sub("", match[2])), where)
            continue
        about, rest = unquote(marked[1]), match[2][marked.end() :]
        cited = _CITED.match(rest)
        comment = rest[cited.end() :] if cited else rest
        source = unescape(_TAG.sub("", cited[1])).strip() if cited else ""
        words = f"<p>{comment}</p><p>{escape(source)}</p>" if _TAG.sub("", comment).strip() else ""
        quote = unescape(_TAG.sub("", marked[2])).strip().strip(_OPEN + _CLOSE)
        key = re.search(r'"annotationKey":\s*"(\w+)"', about)
        _add(batch, where, quote, key[1] if key else "", partial(Taking.html, key="comment", html=words))
    return batch


def annotations_of(data: Any) -> list[Any] | None:
    """The annotations of the reader or of the web API; None for other data."""
    items = [mapping_of(item) for item in items_of(data)]
    items = [mapping_of(item.get("data")) or item for item in items]
    is_form = bool(items) and all(
        item.get("itemType") == "annotation" or ("sortIndex" in item and item.get("type") in (*_NOTED, "image", "ink"))
        for item in items
    )
    return items if is_form else None


def read(annotations: list[Any], file: str, ratings: frozenset[str], wanted: Wanted) -> Batch:  # noqa: ARG001
    """Read the annotations of JSON as notes; the signature is that of all its forms."""
    batch = Batch()
    for number, item in enumerate(annotations, 1):
        where = f"{file}, annotation {number}"
        names = [mapping_of(tag) for tag in items_of(item.get("tags"))]
        with batch.refusing(where, item):
            tags = tags_of(text_of(name.get("tag") or name.get("name")) for name in names)
            verdict = rating_of(tags, ratings)
            taking, added = Taking(), ("dateAdded" if item.get("dateAdded") else "dateCreated")
            comment = "annotationComment" if item.get("annotationComment") else "comment"
            batch.notes.append(
                Foreign(
                    where=where,
                    origin=origin(
                        VIA,
                        id=text_of(item.get("key") or item.get("id")),
                        author=text_of(item.get("annotationAuthorName") or item.get("authorName")),
                        created=taking.day(added, text_of(item.get(added))),
                        modified=taking.day("dateModified", text_of(item.get("dateModified"))),
                        verdict=verdict,
                    ),
                    quote=plain(text_of(item.get("annotationText") or item.get("text"))),
                    body=taking.markdown(comment, text_of(item.get(comment))),
                    tags=tuple(tag for tag in tags if tag != verdict),
                    kind=kind_of(tags),
                    left=tuple(taking.left),
                )
            )
    return batch


def _add(batch: Batch, where: str, quote: str, key: str, make: Callable[[Taking], str]) -> None:
    with batch.refusing(where, quote):
        taking = Taking()
        words, found = " ".join(plain(quote).split()), origin(VIA, id=key)
        body = make(taking)
        batch.notes.append(Foreign(where, found, quote=words, body=body, left=tuple(taking.left)))


def _set_aside(batch: Batch, text: str, where: str) -> None:
    """What stands in a note beside annotations; its heading and the day on which it was made say nothing."""
    words = name_like(text)
    if words and not words.startswith("#") and not re.fullmatch(r"\([\d\W][^()]*\)|Annotations", words):
        batch.refuse(where, "a paragraph without a passage", words)
