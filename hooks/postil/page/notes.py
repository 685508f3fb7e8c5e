"""One annotation → its note as HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from postil.files.translations import Texts
from postil.model.annotation import Annotation, Citation, Origin, Reply
from postil.model.problem import shortened
from postil.model.settings import Settings
from postil.model.source import Source
from postil.page.context import Context
from postil.page.templating import template

KEY = "key"  # the tag of the notes that a reader is shown first

# The body of a note as HTML, rendered as the site's own pages are.
RenderBody = Callable[[Annotation], str]

_DANGEROUS = re.compile(
    r"""\b(?:href|src|action|formaction)\s*=\s*["']?\s*((?:javascript|vbscript|data):[^"'\s>]*)""", re.I
)


@dataclass(frozen=True)
class Cited:
    """A source as a note shows it: its title leads to its entry in the register, or to the source itself.

    Its number is the one that it has on paper, in the list at the article's end.
    """

    number: int
    title: str
    entry: str
    url: str
    details: str
    says: str


def classes(annotation: Annotation, settings: Settings) -> str:
    """The class names that say kind and verdict, and whether it is a key note; marks, links and notes share them."""
    names = [f"postil-kind-{annotation.kind.value}"]
    if KEY in annotation.tags:
        names.append("postil-key")
    if annotation.verdict is not None:
        verdict = settings.verdicts[annotation.verdict]
        names += [f"postil-verdict-{verdict.slug}", f"postil-colour-{verdict.colour}"]
        if verdict.order == 1:
            names.append("postil-agrees")
    return " ".join(names)


def label(annotation: Annotation, number: int | None, settings: Settings, text: Texts) -> str:
    """What a screen reader says for a note and for the link to it: "Note 3: Fact check, Confirmed"."""
    what = text(f"kinds.{annotation.kind.value}")
    if annotation.verdict is not None:
        what = text("check", kind=what, verdict=settings.verdicts[annotation.verdict].word)
    return text("note", number=number, what=what) if number else text("lost.note", what=what)


def render(
    annotation: Annotation,
    *,
    number: int | None,
    passage: str,
    body: str,
    context: Context,
    cited: Sequence[str],
    register: str = "",
    own: str = "",
    rests: bool = False,
    floats: bool = False,
    replies: Sequence[str] = (),
) -> str:
    """The note as an `aside`.

    Args:
        annotation: the note; its author, verdict and sources are known to the site.
        number: its number on the page; None for a note that has lost its passage.
        passage: the words that it is on.
        body: its Markdown, rendered.
        context: authors, verdicts, the register, the texts of the interface.
        cited: the sources of the whole page, in the order in which they are listed at its end.
        register: the address of the page that lists the sources, if there is one.
        own: the address of the note's own page, if it has one.
        rests: whether the margin has no room for all of it, so that it shows its finding until it is chosen.
        floats: whether there are too many notes to chain them by anchors where no script runs.
        replies: what others answered to it where it was written, Markdown rendered and cleaned.
    """
    return template("note").render(
        number=number,
        block="postil-note" if number else "postil-lost__note",
        classes=classes(annotation, context.settings) + (" postil-rest" if rests else "") + (" postil-floats" if floats else ""),
        label=label(annotation, number, context.settings, context.text),
        back=context.text("back_to", quote=shortened(passage)),
        own=own,
        **told(annotation, body, context, cited, register, replies),
    )


def told(
    annotation: Annotation, body: str, context: Context, cited: Sequence[str], register: str, replies: Sequence[str]
) -> dict[str, object]:
    """What every template that shows a note is given: the note, its words for readers, its sources."""
    verdict = context.settings.verdicts[annotation.verdict] if annotation.verdict is not None else None
    return {
        "note": annotation,
        "kind": context.text(f"kinds.{annotation.kind.value}"),
        "verdict": verdict,
        "body": Markup(body),  # noqa: S704 (what Markdown rendered of the author's own text)
        "citations": [
            _cited(item, cited.index(item.id) + 1, context.sources[item.id], context.text, register)
            for item in annotation.sources
        ],
        "since": [
            (
                development,
                context.text.edtf(development.date),
                [
                    _cited(item, cited.index(item.id) + 1, context.sources[item.id], context.text, register)
                    for item in development.sources
                ],
            )
            for development in annotation.since
        ],
        "origin": _told_origin(annotation.origin, context.text) if annotation.origin else "",
        "replies": _paired(annotation.origin, replies),
        "author": context.settings.authors[annotation.author],
        "text": context.text,
    }


def _told_origin(origin: Origin, text: Texts) -> str:
    """Who wrote a note, when and where: "Written elsewhere: Ana, 1 March 2026, Hypothesis."."""
    days = [origin.created, origin.modified if origin.modified != origin.created else None]
    dates = " / ".join(text.date(day) for day in days if day)
    return text("origin.told", what=text("comma").join(part for part in (origin.author, dates, origin.via) if part))


def _paired(origin: Origin | None, replies: Sequence[str]) -> list[tuple[Reply, Markup]]:
    """Each answer with its words as HTML."""
    given = origin.replies if origin else ()
    return [(reply, Markup(said)) for reply, said in zip(given, replies, strict=True)]  # noqa: S704 (cleaned)


def dangerous_addresses(html: str) -> list[str]:
    """Addresses in rendered HTML that would run something: `javascript:` and the like."""
    return _DANGEROUS.findall(html)


def _cited(citation: Citation, number: int, source: Source, text: Texts, register: str) -> Cited:
    entry = f"{register}#source-{source.id}" if register else ""
    locator = f"{text('comma')}{citation.locator}" if citation.locator else ""
    return Cited(number, source.title, entry, source.URL, _described(source, text) + locator, citation.says)


def _described(source: Source, text: Texts) -> str:
    """Where and when a source came out and what must be known of it: ", Rudaw, 3 January 2020, repost"."""
    details = [source.outlet_name, text.edtf(source.issued)]
    if source.custom.copy_of in ("mirror", "repost", "translation"):
        details.append(text(f"copies.{source.custom.copy_of}"))
    if source.custom.outlet:
        details.append(text(f"outlets.{source.custom.outlet}"))
    return "".join(f"{text('comma')}{detail}" for detail in details if detail)
