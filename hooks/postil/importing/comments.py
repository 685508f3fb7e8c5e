"""Comments in the margin of a document, whatever program wrote it → notes with their answers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape

from postil.importing.foreign import Batch, Foreign, origin
from postil.importing.markdown import name_like, plain
from postil.importing.taking import Taking
from postil.model.addresses import is_web_address
from postil.model.annotation import Reply
from postil.model.problem import counted
from postil.text.anchor import Span
from postil.text.naming import whole_words

_CONTEXT = 64
_ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_TRAILING = ".,;:!?)]}'’”»"


@dataclass(frozen=True)
class Comment:
    """One comment, or one answer to a comment.

    Attributes:
        key: its name in the file.
        author: who wrote it.
        created: when, as the file tells it.
        html: its text (see `paragraph`).
        span: its passage in the text of the document, code points; None where it has none.
        parent: the key of the comment that it answers, if it answers one.
        is_resolved: whether it was marked as done.
    """

    key: str
    author: str
    created: str
    html: str
    span: tuple[int, int] | None
    parent: str = ""
    is_resolved: bool = False


def paragraph(runs: Sequence[tuple[str, str]]) -> str:
    """A paragraph of a comment as HTML; an address in it is a link.

    Args:
        runs: words, and the address that they lead to or an empty text.
    """
    written = []
    for words, address in runs:
        if address:
            written.append(f'<a href="{escape(address)}">{escape(words)}</a>')
            continue
        position = 0
        for match in _ADDRESS.finditer(words):
            found = match[0].rstrip(_TRAILING)
            if is_web_address(found):
                written.append(
                    f'{escape(words[position : match.start()])}<a href="{escape(found)}">{escape(found)}</a>'
                )
                position = match.start() + len(found)
        written.append(escape(words[position:]))
    return f"<p>{''.join(written)}</p>"


def by_equal_ranges(comments: Sequence[Comment]) -> list[Comment]:
    """Comments of a file that does not tell which answers which: one on the same passage as an earlier is an answer."""
    first: dict[tuple[int, int], str] = {}
    found = []
    for comment in comments:
        root = first.setdefault(comment.span, comment.key) if comment.span else comment.key
        found.append(comment if root == comment.key else replace(comment, parent=root))
    return found


def notes(text: str, comments: Sequence[Comment], file: str, via: str, *, resolved: bool) -> Batch:
    """Comments as notes.

    Args:
        text: of the document, a line for each paragraph.
        comments: in the order of the file.
        file: its name, for messages.
        via: the form in which they came.
        resolved: whether those that were marked as done come in, too.
    """
    batch = Batch()
    threads: dict[str, list[Comment]] = defaultdict(list)
    known = {comment.key: comment for comment in comments}
    for comment in comments:
        threads[_root(comment, known)].append(comment)
    left = 0
    for key, thread in threads.items():
        # An answer may stand before what it answers.
        root = next((comment for comment in thread if comment.key == key), thread[0])
        if root.is_resolved and not resolved:
            left += 1
            continue
        where = f"{file}, comment {key}"
        with batch.refusing(where, "\n".join(comment.html for comment in thread)):
            taking = Taking()
            answers = [_reply(comment, taking) for comment in thread if comment is not root]
            batch.notes.append(_note(root, tuple(filter(None, answers)), text, file, where, via, taking))
    if left:
        batch.told.append(f"{file}: {counted(left, 'resolved comment')} left out; with --resolved they come in, too")
    return batch


def _root(comment: Comment, known: dict[str, Comment]) -> str:
    """The comment at the head of a thread; answers that answer each other in a circle have none."""
    seen = {comment.key}
    while comment.parent in known and comment.parent not in seen:
        comment = known[comment.parent]
        seen.add(comment.key)
    return comment.key


def _note(
    root: Comment, replies: tuple[Reply, ...], text: str, file: str, where: str, via: str, taking: Taking
) -> Foreign:
    start, end = _passage(text, root.span)
    created, body = taking.day("date", root.created), taking.html("link", root.html)
    return Foreign(
        where=where,
        origin=origin(via, author=root.author, created=created, replies=replies),
        page=file.replace("\\", "/").rpartition("/")[2],
        quote=plain(text[start:end]),
        prefix=plain(text[max(0, start - _CONTEXT) : start]),
        suffix=plain(text[end : end + _CONTEXT]) if end else "",
        start=start if end else None,
        body=body,
        left=tuple(taking.left),
    )


def _passage(text: str, span: tuple[int, int] | None) -> tuple[int, int]:
    """A range without the white space at its ends; a comment at a point is on the word that stands there."""
    if span is None:
        return 0, 0
    if span[0] < span[1]:
        start, end = span
        start += len(text[start:end]) - len(text[start:end].lstrip())
        return start, max(start, len(text[:end].rstrip()))
    word = whole_words(text, Span(max(0, span[0] - 1), span[0]))
    return (word.start, word.end) if text[word.start : word.end].strip() else (0, 0)


def _reply(comment: Comment, taking: Taking) -> Reply | None:
    words, created = taking.html("link", comment.html), taking.day("date", comment.created)
    return Reply(author=name_like(comment.author), created=created, note=words) if words else None
