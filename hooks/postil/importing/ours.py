"""Comments of a newsroom's own document → the fields of its own notes, as drafts.

`wrong: …` or `[context] …` at the head of a comment says its verdict or its kind; an address in it that the register
has is a source. What cannot be told stays in the text.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote

from postil.importing.foreign import Foreign
from postil.importing.markdown import escaped, name_like
from postil.model.annotation import Citation, Kind
from postil.model.editorial import Status
from postil.model.settings import Settings
from postil.model.source import Source

_HEAD = re.compile(r"\s*(?:\\?\[([^\[\]\\\n]{1,40})\\?\]\s*:?|([^\[\]\\:\n]{1,40}):)\s*")
_LINK = re.compile(r"\[([^\[\]]*)\]\((https?://[^()\s]+)\)")
_LEFT_EMPTY = re.compile(r"\(\s*\)|(?<=\s)(?:[;,]\s*)+(?=$|\n)|[ \t]+(?=[.,;:!?]?$)", re.MULTILINE)


def fields(settings: Settings, sources: dict[str, Source], author: str, note: Foreign) -> dict[str, Any]:
    """What a comment says as a note of this site.

    Args:
        settings: the site's authors, known by their name or id, and its verdicts, known by word or id.
        sources: the register.
        author: who answers for it where its author is none of the site.
        note: the comment.

    Returns:
        The fields of a draft; a fact check where the comment names a verdict.
    """
    kind, verdict, body = _headed(note.body, settings)
    cited, body = _cited(body, sources)
    writer = _author(note.origin.author, settings)
    told = f"{escaped(name_like(note.origin.author))}: " if note.origin.author and not writer else ""
    answers = [f"{escaped(reply.author) or '?'}: {reply.note}" for reply in note.origin.replies]
    return {
        "kind": Kind.FACT_CHECK if verdict else kind,
        "verdict": verdict,
        "note": "\n\n".join([told + body, *answers]),
        "sources": cited,
        "author": writer or author,
        "status": Status.DRAFT,
    }


def _headed(body: str, settings: Settings) -> tuple[Kind, str | None, str]:
    """The kind and the verdict that the head of a comment names, and what comes behind."""
    verdicts = {name.casefold(): item.id for item in settings.verdicts.values() for name in (item.id, item.word)}
    kinds = {name: kind for kind in Kind for name in (kind.value, kind.value.replace("-", " "))}
    kind, verdict = Kind.CONTEXT, None
    while match := _HEAD.match(body):
        word = " ".join((match[1] or match[2]).split()).casefold()
        rest = body[match.end() :]
        if not rest.strip() or (word not in (verdicts if verdict is None else ()) and word not in kinds):
            break
        if word in kinds:
            kind = kinds[word]
        else:
            verdict = verdicts[word]
        body = rest
    if kind is Kind.FACT_CHECK and verdict is None:
        return Kind.CONTEXT, None, f"fact check: {body}"
    return kind, verdict, body


def _cited(body: str, sources: dict[str, Source]) -> tuple[tuple[Citation, ...], str]:
    """The sources whose addresses a text has, and the text without the bare ones among these."""
    known = {_alike(source.URL): source.id for source in sources.values() if source.URL}
    names: dict[str, None] = {}

    def without(match: re.Match[str]) -> str:
        name = known.get(_alike(match[2]))
        if name is None:
            return match[0]
        names[name] = None
        return "" if re.match(r"https?:", match[1]) else match[1]

    text = _LINK.sub(without, body)
    text = _LEFT_EMPTY.sub("", text).strip()
    return tuple(Citation(id=name) for name in names), text if re.search(r"\w", text) else body


def _alike(address: str) -> str:
    """An address without what changes nothing: http or https, www, the last slash, how its signs are encoded."""
    return re.sub(r"^https?://(?:www\.)?", "", unquote(address).partition("#")[0], flags=re.IGNORECASE).rstrip("/")


def _author(name: str, settings: Settings) -> str:
    wanted = " ".join(name.split()).casefold()
    return next(
        (key for key, author in settings.authors.items() if wanted in (author.name.casefold(), key.casefold())), ""
    )
