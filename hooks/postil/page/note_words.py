"""One annotation → its note as data, in the words of its readers and before any markup."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from postil.files.translations import Texts
from postil.model.annotation import Annotation, Citation, Origin, Reply
from postil.model.cutting import shortened
from postil.model.scale import Verdict
from postil.model.settings import Settings
from postil.model.source import Source
from postil.page.context import Context
from postil.page.note_view import KEY, NOWHERE, CitationView, DevelopmentView, NoteView, ReplyView, StateView
from postil.page.reporting import report
from postil.text.anchor import Span


def view(
    annotation: Annotation,
    context: Context,
    *,
    passage: str,
    body: str,
    number: int = 0,
    span: Span = NOWHERE,
    cited: Sequence[str] = (),
    replies: Sequence[str] = (),
    register: str = "",
    own: str = "",
    rests: bool = False,
    public: str = "",
) -> NoteView:
    """One note as data.

    Args:
        annotation: the note; its author, verdict and sources are known to the site.
        context: authors, verdicts, the register, the texts of the interface.
        passage: the words that it is on.
        body: its Markdown, rendered.
        number: its number on the page; 0 for a note that has lost its passage.
        span: its passage.
        cited: the sources of the whole page, in the order in which they are listed at its end.
        replies: what others answered to it where it was written, Markdown rendered and cleaned.
        register: the address of the page that lists the sources, if there is one.
        own: the address of the note's own page, if it has one.
        rests: whether the margin has no room for all of it.
        public: the whole address by which others find the note, where that of the site is known.
    """
    settings, text = context.settings, context.text

    def views(citations: Sequence[Citation]) -> tuple[CitationView, ...]:
        return tuple(
            _cited(citation, cited.index(citation.id) + 1, context.sources[citation.id], text, register)
            for citation in citations
        )

    return NoteView(
        annotation=annotation if context.internal else annotation.as_published,
        number=number,
        span=span,
        passage=passage,
        kind=text(f"kinds.{annotation.kind.value}"),
        verdict=_verdict(annotation, settings),
        body=Markup(body),  # noqa: S704 (what Markdown rendered of the author's own text)
        citations=views(annotation.sources),
        since=tuple(DevelopmentView(text.edtf(one.date), one.what, views(one.sources)) for one in annotation.since),
        origin=_origin(annotation.origin, text) if annotation.origin else "",
        replies=_answered(annotation.origin.replies if annotation.origin else (), replies),
        author=settings.authors[annotation.author],
        classes=_classes(annotation, settings),
        label=_label(annotation, number, settings, text),
        back=text("back_to", quote=shortened(passage)),
        own=own,
        rests=rests,
        state=_state(annotation, settings, text),
        claimed_by=_claimed_by(annotation, text),
        retracted=text("state.retracted") if annotation.retracted else "",
        report=report(settings.report, annotation.id, passage, public or own, text)
        if annotation.status is None
        else "",
    )


def _verdict(annotation: Annotation, settings: Settings) -> Verdict | None:
    """The verdict that counts: a note that was taken back has none."""
    if annotation.verdict is None or annotation.retracted:
        return None
    return settings.verdicts[annotation.verdict]


def _state(annotation: Annotation, settings: Settings, text: Texts) -> StateView:
    status, retraction = annotation.status, annotation.retracted
    unpublished = text(f"status.{status.value}") if status else ""
    if annotation.assigned:
        unpublished += text("comma") + settings.authors[annotation.assigned].name
    return StateView(
        unpublished,
        _reviewed(annotation, settings, text),
        text("state.checked", date=text.date(annotation.checked)) if annotation.checked else "",
        text("state.retracted_on", date=text.date(retraction.date), why=retraction.why) if retraction else "",
    )


def _reviewed(annotation: Annotation, settings: Settings, text: Texts) -> str:
    """How many others have looked at a note and whether they agree, or who they are, as the site wishes."""
    reviews = annotation.reviewers
    if not reviews or settings.review.show == "nothing":
        return ""
    said = text("state.reviewed", count=len(reviews))
    if settings.review.show == "names":
        names = text("comma").join(settings.authors[review.by].name for review in reviews)
        said = text("state.reviewed_by", names=names)
    if annotation.verdict is None or annotation.retracted:
        return said
    agree = annotation.agreeing
    more = text("state.all_agree" if agree == len(reviews) else "state.agree", agree=agree, count=len(reviews))
    return f"{said} {more}"


def _classes(annotation: Annotation, settings: Settings) -> str:
    names = [f"postil-kind-{annotation.kind.value}"]
    if KEY in annotation.tags:
        names.append("postil-key")
    if annotation.retracted:
        names.append("postil-retracted")
    if verdict := _verdict(annotation, settings):
        names += [f"postil-verdict-{verdict.slug}", f"postil-colour-{verdict.colour}"]
        if verdict.order == 1:
            names.append("postil-agrees")
    return " ".join(names)


def _label(annotation: Annotation, number: int, settings: Settings, text: Texts) -> str:
    what = text(f"kinds.{annotation.kind.value}")
    if annotation.retracted:
        what = text("check", kind=what, verdict=text("state.retracted"))
    elif verdict := _verdict(annotation, settings):
        what = text("check", kind=what, verdict=verdict.word)
    return text("note", number=number, what=what) if number else text("lost.note", what=what)


def _origin(origin: Origin, text: Texts) -> str:
    """Who wrote a note, when and where: "Written elsewhere: Ana, 1 March 2026, Hypothesis."."""
    days = [origin.created, origin.modified if origin.modified != origin.created else None]
    dates = " / ".join(text.date(day) for day in days if day)
    return text("origin.told", what=text("comma").join(part for part in (origin.author, dates, origin.via) if part))


def _claimed_by(annotation: Annotation, text: Texts) -> str:
    who = annotation.claimant.name if annotation.claimant else ""
    return text("comma").join(filter(None, [who, annotation.claimed_on and text.edtf(annotation.claimed_on)]))


def _answered(replies: Sequence[Reply], bodies: Sequence[str]) -> tuple[ReplyView, ...]:
    pairs = zip(replies, bodies, strict=True)
    return tuple(ReplyView(reply.author, reply.created, Markup(body)) for reply, body in pairs)  # noqa: S704 (cleaned)


def _cited(citation: Citation, number: int, source: Source, text: Texts, register: str) -> CitationView:
    entry = f"{register}#{source.anchor}" if register else ""
    locator = f"{text('comma')}{citation.locator}" if citation.locator else ""
    details = _described(source, text) + locator
    return CitationView(number, source.title, entry, source.URL, citation.locator, details, citation.says)


def _described(source: Source, text: Texts) -> str:
    """Where and when a source came out and what must be known of it: ", Rudaw, 3 January 2020, repost"."""
    details = [source.outlet_beside_title, text.edtf(source.issued)]
    if source.custom.copy_of in ("mirror", "repost", "translation"):
        details.append(text(f"copies.{source.custom.copy_of}"))
    if source.custom.outlet:
        details.append(text(f"outlets.{source.custom.outlet}"))
    return "".join(f"{text('comma')}{detail}" for detail in details if detail)
