"""What has become of the notes of an article, as lines of text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from postil.model.cutting import shortened
from postil.model.problem import counted
from postil.reanchor.follow_article import OLD_WORDS, FollowedArticle
from postil.reanchor.marks import RULED
from postil.reanchor.outcome import Found
from postil.reanchor.plan import Step
from postil.text.languages import language_of

_COLUMN = 34


def table(article: FollowedArticle, *, dry_run: bool) -> Iterator[str]:
    """The notes of an article that are not where they were, a line each; below it what their words have lost."""
    looked_at = [step for step in article.steps if not step.is_kept]
    count = len(article.steps)
    yield f"{article.path}: {counted(count, 'note')}, {count - len(looked_at)} at the old place"
    if not looked_at:
        return
    language = language_of(article.text)
    if language and language not in RULED:
        yield "  no rules for the language of this article: every changed word is asked about"
    width = max(len(step.entry.annotation.id) for step in looked_at) + 2
    yield f"  {'note':{width}}{'old words':{_COLUMN + 2}}{'new words':{_COLUMN + 2}}sure  what"
    for step in looked_at:
        annotation = step.entry.annotation
        best = step.choices[0] if step.choices else None
        written = article.changes.get(annotation.id)
        new = str(written.values.get("quote", annotation.quote)) if written else best.text if best else ""
        sure = f"{best.score:.0%}" if best else ""
        cells = f"{shortened(annotation.quote, _COLUMN - 2):{_COLUMN + 2}}{shortened(new, _COLUMN - 2):{_COLUMN + 2}}"
        yield f"  {annotation.id:{width}}{cells}{sure:6}{_what(article, step, dry_run=dry_run)}"
        yield from (f"  {'':{width}}{line}" for line in side_by_side(step))


def side_by_side(step: Step) -> Iterator[str]:
    """The old and the new words of a passage in which something has changed that its note may rest on."""
    if not isinstance(step.outcome, Found) or not step.outcome.changes:
        return
    yield f"was: {shortened(step.entry.annotation.quote, 300)}"
    yield f"now: {shortened(step.choices[0].text, 300)}"
    yield f"{'; '.join(map(str, step.outcome.changes))}: {OLD_WORDS}"


def question(article: FollowedArticle, step: Step) -> Iterator[str]:
    """A note and the places that may be meant, numbered from 1."""
    yield f"{article.path}: {step.entry.annotation.id}"
    lines = list(side_by_side(step)) or [f"was: {shortened(step.entry.annotation.quote, 200)}"]
    yield from (f"  {line}" for line in [*lines, step.told])
    for number, choice in enumerate(step.choices, 1):
        start, end = choice.span.start, choice.span.end
        before, after = article.text[max(0, start - 40) : start], article.text[end : end + 40]
        around = f"… {before}[{article.text[start:end]}]{after} …"
        yield f"  {number} ({choice.score:.0%}): {shortened(around, 300)}"


def summary(articles: Sequence[FollowedArticle], *, dry_run: bool) -> str:
    """How many notes were written and left, and how many snapshots renewed."""
    written = sum(len(article.changes) for article in articles)
    left = sum(len(article.left) for article in articles)
    renewed = sum(article.renews_snapshot for article in articles)
    would = "would be " if dry_run else ""
    notes = f"{counted(written, 'note')} {would}written, {left} left"
    return f"{notes}; {counted(renewed, 'snapshot')} {would}renewed."


def _what(article: FollowedArticle, step: Step, *, dry_run: bool) -> str:
    name = step.entry.annotation.id
    if name in article.changes:
        return f"{'would be written' if dry_run else 'written'}: {step.told}"
    if name in article.left:
        return f"left as it is: {article.left[name]}"
    return "confirmed"
