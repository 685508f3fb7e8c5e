"""Views of the notes: how verdicts are spread, findings, claims, changes, the scale, coverage."""

from __future__ import annotations

from collections import Counter

from markupsafe import Markup

from postil.views import drawing
from postil.views.listing import Listing, render
from postil.views.registry import view

KEY_TAG = "key"  # the tag of the notes that the front page shows


@view("tally")
def tally(views: Listing, _: str) -> Markup:
    """How the verdicts are spread: a bar, and the same in words; then the notes without a verdict."""
    notes = [listed for listed in views.notes() if not listed.annotation.retracted]
    checked = Counter(listed.annotation.verdict for listed in notes)
    others = Counter(listed.note.kind for listed in notes if listed.note.verdict is None)
    verdicts = [
        (verdict, checked[verdict.id])
        for verdict in views.site.context.settings.verdicts.values()
        if checked[verdict.id]
    ]
    shares = [drawing.Share(verdict.word, number, f"postil-colour-{verdict.colour}") for verdict, number in verdicts]
    words = views.text("comma").join(
        views.text("verdict_count", count=share.number, verdict=share.name) for share in shares
    )
    return render(
        "tally",
        views,
        verdicts=verdicts,
        others=sorted(others.items()),
        bar=drawing.bar(shares, words),
        total=len(notes),
    )


@view("articles")
def articles(views: Listing, _: str) -> Markup:
    """Every article that has notes, with how many."""
    rows = []
    for article in views.articles:
        listed = [views.listed(article, note) for note in article.page.notes]
        words = Counter(item.note.heading for item in listed)
        spread = views.text("comma").join(
            views.text("tally.other", kind=word, count=count) for word, count in words.most_common()
        )
        rows.append((article.title, views.link(article.url), len(listed), spread))
    return render("articles", views, rows=rows)


@view("findings")
def findings(views: Listing, _: str) -> Markup:
    """The most important findings: the notes with the tag `key`, else the fact checks furthest from confirmed."""
    notes = [listed for listed in views.notes() if not listed.annotation.retracted]
    chosen = [listed for listed in notes if KEY_TAG in listed.annotation.tags]
    if not chosen:
        checks = [listed for listed in notes if listed.note.verdict and listed.note.verdict.order != 1]
        chosen = (
            sorted(checks, key=lambda listed: -(listed.note.verdict.order or 0) if listed.note.verdict else 0)[:5]
            or notes[:5]
        )
    last = max((listed.annotation.last_changed for listed in notes), default=None)
    return render("findings", views, notes=chosen, last=last, total=len(notes))


@view("corrections")
def corrections(views: Listing, _: str) -> Markup:
    """Every change of a note after its publication, newest first; that it was taken back, too."""
    notes = [views.listed(article, note) for article in views.articles for note in article.page.lasting]
    changes = [(change.date, listed, change.what) for listed in notes for change in listed.annotation.changed]
    changes += [
        (listed.annotation.retracted.date, listed, listed.note.state.retracted)
        for listed in notes
        if listed.annotation.retracted
    ]
    return render("corrections", views, changes=sorted(changes, key=lambda item: item[0], reverse=True))


@view("since")
def since(views: Listing, _: str) -> Markup:
    """What happened after the day of the article, by date, as the notes tell it."""
    rows = [(development, listed) for listed in views.notes() for development in listed.annotation.since]
    return render("since", views, rows=sorted(rows, key=lambda row: row[0].date))


@view("verdicts")
def verdicts(views: Listing, _: str) -> Markup:
    """The scale of verdicts with each meaning."""
    return render("verdicts", views, verdicts=list(views.site.context.settings.verdicts.values()))


@view("coverage")
def covered(views: Listing, _: str) -> Markup:
    """How much of each article its notes touch."""
    return render("coverage", views, rows=views.coverages())
