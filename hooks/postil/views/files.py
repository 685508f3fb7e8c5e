"""Views of what a site gives out: copies to take along, data."""

from __future__ import annotations

from markupsafe import Markup

from postil.export.catalogue import ARTICLE_FORMS, SITE_FORMS
from postil.site.downloads import FORMATS, Copy
from postil.site.urls import url_of
from postil.views.listing import Listing, render
from postil.views.registry import view


@view("downloads")
def downloads(views: Listing, _: str) -> Markup:
    """The copies to take along, the whole site first, then article by article."""
    copies = sorted(
        views.offered.copies, key=lambda copy: (copy.format != "zip", copy.title, FORMATS.index(copy.format))
    )
    groups: dict[str, list[tuple[Copy, str, str]]] = {}
    for copy in copies:
        megabytes = f"{max(copy.size / 1e6, 0.01):.2f}"
        groups.setdefault(copy.title, []).append((copy, views.link(url_of(f"downloads/{copy.file}")), megabytes))
    return render("downloads", views, groups=groups, words=lambda name: _with_commands(views.text(name)))


def _with_commands(words: str) -> Markup:
    """Words in which `…` is what somebody types."""
    forms = Markup("{}"), Markup("<code>{}</code>")
    return Markup("").join(forms[number % 2].format(part) for number, part in enumerate(words.split("`")))


@view("data")
def data(views: Listing, _: str) -> Markup:
    """Every file that the site gives out of its notes, with what each is good for."""
    articles = [
        (article.title, [(form, views.link(form.url(article.url))) for form in ARTICLE_FORMS])
        for article in views.articles
    ]
    whole = [(form, views.link(f"{views.root}{form.url}")) for form in SITE_FORMS]
    return render("data", views, articles=articles, whole=whole)
