"""Pages made from the data: what a page gets where its Markdown says `<!-- postil: NAME -->`.

The names are the functions below; a page of the author's own may use any of them, and the pages that every site has
(`pages`) are nothing but a heading and such lines.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from markupsafe import Markup

from postil.export.catalogue import ARTICLE_FORMS, SITE_FORMS
from postil.files.translations import Texts
from postil.model.annotation import Annotation
from postil.model.records import Records
from postil.model.source import anchor_of
from postil.page.note_view import NoteView
from postil.page.templating import template
from postil.site.downloads import FORMATS, Copy, Downloads
from postil.site.folder import Site
from postil.site.published import Published
from postil.site.urls import relative, url_of
from postil.text.anchor import Span
from postil.text.coverage import Coverage
from postil.text.markup import ids
from postil.text.normalizing import fold
from postil.text.text_fragment import directive
from postil.views import drawing

DIRECTIVE = re.compile(r"<!-- *postil: *([a-z]+)(?: +([a-z]+))? *-->")
KEY_TAG = "key"  # the tag of the notes that the front page shows


@dataclass(frozen=True)
class Listed:
    """A note with the address of its place, as seen from the page that lists it."""

    note: NoteView
    address: str
    author: str

    @property
    def annotation(self) -> Annotation:
        """The note's data."""
        return self.note.annotation


@dataclass
class Views:
    """Draws views for one build, once every article is rendered.

    Attributes:
        site: the data.
        articles: in the order of their paths.
        references: the sources in a citation style, HTML by id.
        urls: the address of every page inside of the site, by its path inside of docs/.
        offered: the copies that the site offers.
        url: the address of the page that is being filled.
        anchors: the ids that the last filled page has.
    """

    site: Site
    articles: list[Published]
    references: dict[str, str]
    urls: dict[str, str]
    offered: Downloads = field(default_factory=Downloads)
    url: str = ""
    anchors: set[str] = field(default_factory=set)

    def fill(self, url: str, html: str) -> str:
        """The page with every directive replaced; an unknown one stays, as the comment that it is."""
        self.url = url

        def draw(match: re.Match[str]) -> str:
            view = VIEWS.get(match[1])
            return str(view(self, match[2] or "")) if view else match[0]

        filled = DIRECTIVE.sub(draw, html)
        self.anchors = set(ids(filled)) if filled != html else set()
        return filled

    @property
    def text(self) -> Texts:
        """The texts of the interface."""
        return self.site.context.text

    @property
    def records(self) -> Records:
        """Events, people, organisations, places."""
        return self.site.records

    def notes(self) -> list[Listed]:
        """Every note of the site, in the order of the articles."""
        return [self.listed(article, note) for article in self.articles for note in article.page.notes]

    def notes_by_id(self) -> dict[str, Listed]:
        """Every note by its id; where two articles have the same id, the first."""
        found: dict[str, Listed] = {}
        for listed in self.notes():
            found.setdefault(listed.annotation.id, listed)
        return found

    def link(self, url: str) -> str:
        """An address inside of the site as seen from the page that is being filled."""
        return relative(url, self.url)

    def page_link(self, path: str) -> str:
        """The address of a page, by its path inside of docs/, as seen from the page that is being filled."""
        return self.link(self.urls.get(path, path))

    def source_link(self, source: str) -> str:
        """The address of a source's entry, by the id of the source, as seen from the page that is being filled."""
        return f"{self.page_link('sources.md')}#{anchor_of(source)}"

    def passages_that_name(self, names: tuple[str, ...]) -> list[tuple[str, str]]:
        """Where articles name something: (words around the name, address of the passage)."""
        if not names:
            return []
        pattern = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in names))
        found = []
        for article in self.articles:
            for match in pattern.finditer(article.page.prose):
                words = _around(article.page.prose, match.start(), match.end())
                fragment = directive(article.page.prose, Span(match.start(), match.end()))
                found.append((words, f"{self.link(article.url)}#{fragment}"))
        return found

    def coverages(self) -> list[tuple[Published, Coverage]]:
        """How much of each article its notes touch."""
        return [(article, self.site.coverage_of(article.path)) for article in self.articles]

    def listed(self, article: Published, note: NoteView) -> Listed:
        """A note as the page that is being filled lists it."""
        annotation = note.annotation
        return Listed(
            note=note,
            address=f"{self.link(article.url)}#note-{annotation.id}",
            author=self.site.context.settings.author_of(annotation).name,
        )


def _around(text: str, start: int, end: int) -> str:
    """The words around a name, on its own line, about forty code points to either side."""
    first = max(text.rfind("\n", 0, start) + 1, start - 40)
    last = min(text.find("\n", end) % (len(text) + 1), end + 40)
    if first and text[first - 1] not in "\n ":
        first = text.find(" ", first, start) + 1 or start
    if last < len(text) and text[last] not in "\n ":
        last = max(text.rfind(" ", end, last), end)
    return text[first:last].strip()


def _render(name: str, views: Views, **values: object) -> Markup:
    html = template(name).render(views=views, text=views.text, **values)
    return Markup(html.strip())  # noqa: S704


def tally(views: Views, _: str) -> Markup:
    """How the verdicts are spread: a bar, and the same in words; then the notes without a verdict."""
    notes = views.notes()
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
    return _render(
        "tally",
        views,
        verdicts=verdicts,
        others=sorted(others.items()),
        bar=drawing.bar(shares, words),
        total=len(notes),
    )


def articles(views: Views, _: str) -> Markup:
    """Every article that has notes, with how many."""
    rows = []
    for article in views.articles:
        listed = [views.listed(article, note) for note in article.page.notes]
        words = Counter(item.note.heading for item in listed)
        spread = views.text("comma").join(
            views.text("tally.other", kind=word, count=count) for word, count in words.most_common()
        )
        rows.append((article.title, views.link(article.url), len(listed), spread))
    return _render("articles", views, rows=rows)


def findings(views: Views, _: str) -> Markup:
    """The most important findings: the notes with the tag `key`, else the fact checks furthest from confirmed."""
    notes = views.notes()
    chosen = [listed for listed in notes if KEY_TAG in listed.annotation.tags]
    if not chosen:
        checks = [listed for listed in notes if listed.note.verdict and listed.note.verdict.order != 1]
        chosen = (
            sorted(checks, key=lambda listed: -(listed.note.verdict.order or 0) if listed.note.verdict else 0)[:5]
            or notes[:5]
        )
    last = max((listed.annotation.last_changed for listed in notes), default=None)
    return _render("findings", views, notes=chosen, last=last, total=len(notes))


def claims(views: Views, _: str) -> Markup:
    """Every note as a table."""
    return _render("claims", views, notes=views.notes())


def corrections(views: Views, _: str) -> Markup:
    """Every change of a note after its publication, newest first."""
    changes = [(change, listed) for listed in views.notes() for change in listed.annotation.changed]
    return _render("corrections", views, changes=sorted(changes, key=lambda item: item[0].date, reverse=True))


def sources(views: Views, _: str) -> Markup:
    """The register, each source with the notes that rest on it."""
    users: dict[str, list[Listed]] = {}
    for listed in views.notes():
        for name in dict.fromkeys(citation.id for citation in listed.annotation.cited):
            users.setdefault(name, []).append(listed)

    def sorting(item: tuple[str, str]) -> str:
        return fold(re.sub(r"<[^>]+>|[^\w ]", "", item[1])).text.casefold()

    register = views.site.context.sources
    rows = [
        (register[name], Markup(html), users.get(name, []))  # noqa: S704 (citeproc escapes)
        for name, html in sorted(views.references.items(), key=sorting)
    ]
    return _render("sources", views, rows=rows)


def since(views: Views, _: str) -> Markup:
    """What happened after the day of the article, by date, as the notes tell it."""
    rows = [(development, listed) for listed in views.notes() for development in listed.annotation.since]
    return _render("since", views, rows=sorted(rows, key=lambda row: row[0].date))


def timeline(views: Views, when: str) -> Markup:
    """The dated events of one time (before, article, after), or of all: drawn, and as a list."""
    events = [event for event in views.records.events if not when or event.when == when]
    events.sort(key=lambda event: event.date)
    dots = []
    for event in events:
        begin = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", event.date)
        if begin:
            day = datetime.date(*(int(part or 1) for part in begin.groups()))
            words = f"{views.text.edtf(event.date)}: {event.what}"
            dots.append(drawing.Dot(day, words, event.planned))
    label = views.text("timeline.label", count=len(events))
    rows = [(event_id(views, event.date, event.what), event) for event in events]
    return _render(
        "timeline", views, rows=rows, drawing=drawing.axis(dots, label, views.text.day), notes=views.notes_by_id()
    )


def event_id(views: Views, date: str, what: str) -> str:
    """A lasting id for an event: its date, and a number where a day has several."""
    day = re.sub(r"[^0-9]+", "-", date).strip("-")
    same = [event.what for event in views.records.events if event.date == date]
    return f"event-{day}" + (f"-{same.index(what) + 1}" if len(same) > 1 else "")


def _who(views: Views, records: tuple[object, ...]) -> Markup:
    return _render("who", views, records=records)


def people(views: Views, _: str) -> Markup:
    """Who is who."""
    return _who(views, views.records.people)


def organisations(views: Views, _: str) -> Markup:
    """The organisations."""
    return _who(views, views.records.organisations)


def places(views: Views, _: str) -> Markup:
    """The places."""
    return _who(views, views.records.places)


def chart(views: Views, country: str) -> Markup:
    """A map of one country with the site's places: `<!-- postil: map iraq -->`."""
    outline = drawing.outline(country or "iraq")
    spots = [
        drawing.Spot(place.name.partition(" (")[0].partition(",")[0], place.lat, place.lon)
        for place in views.records.places
    ]
    if outline is None or not spots:
        return Markup("")
    label = views.text("map.label", country=outline.name)
    return _render("map", views, drawing=drawing.chart(outline, spots, label), outline=outline)


def verdicts(views: Views, _: str) -> Markup:
    """The scale of verdicts with each meaning."""
    return _render("verdicts", views, verdicts=list(views.site.context.settings.verdicts.values()))


def covered(views: Views, _: str) -> Markup:
    """How much of each article its notes touch."""
    return _render("coverage", views, rows=views.coverages())


def downloads(views: Views, _: str) -> Markup:
    """The copies to take along, the whole site first, then article by article."""
    copies = sorted(
        views.offered.copies, key=lambda copy: (copy.format != "zip", copy.title, FORMATS.index(copy.format))
    )
    groups: dict[str, list[tuple[Copy, str, str]]] = {}
    for copy in copies:
        megabytes = f"{max(copy.size / 1e6, 0.01):.2f}"
        groups.setdefault(copy.title, []).append((copy, views.link(url_of(f"downloads/{copy.file}")), megabytes))
    return _render("downloads", views, groups=groups)


def data(views: Views, _: str) -> Markup:
    """Every file that the site gives out of its notes, with what each is good for."""
    articles = [
        (article.title, [(form, views.link(form.url(article.url))) for form in ARTICLE_FORMS])
        for article in views.articles
    ]
    return _render("data", views, articles=articles, whole=[(form, views.link(form.url)) for form in SITE_FORMS])


VIEWS: dict[str, Callable[[Views, str], Markup]] = {
    "articles": articles,
    "tally": tally,
    "findings": findings,
    "claims": claims,
    "corrections": corrections,
    "sources": sources,
    "since": since,
    "timeline": timeline,
    "people": people,
    "organisations": organisations,
    "places": places,
    "map": chart,
    "verdicts": verdicts,
    "coverage": covered,
    "downloads": downloads,
    "data": data,
}


def pages(site: Site) -> dict[str, str]:
    """The pages that a site with notes gets unless it has its own, as Markdown by path."""
    text = site.context.text
    if not site.notes:
        return {}
    no_search, no_toc = "search:\n  exclude: true\n", "hide: [toc]\n"

    def page(front: str, title: str, *names: str) -> str:
        lines = "\n\n".join(f"<!-- postil: {name} -->" for name in names)
        return f"---\n{front}---\n\n# {text(f'{title}.title')}\n\n{lines}\n"

    made = {
        "claims.md": page(no_search + no_toc, "claims", "tally", "claims"),
        "sources.md": page(no_toc, "register", "sources"),
        "corrections.md": page(no_search + no_toc, "corrections", "corrections"),
        "downloads.md": page(no_search + no_toc, "downloads", "downloads"),
        "data.md": page(no_search + no_toc, "data", "data", "verdicts"),
    }
    if any(entry.annotation.since for entries in site.notes.values() for entry in entries):
        made["since.md"] = page(no_search + no_toc, "since_page", "since")
    if site.records.events:
        parts = [
            f"## {text(f'timeline.{when}')}\n\n<!-- postil: timeline {when} -->\n"
            for when in ("before", "article", "after")
        ]
        made["timeline.md"] = f"# {text('timeline.title')}\n\n" + "\n".join(parts)
    if site.records.people or site.records.organisations or site.records.places:
        parts = []
        for name, records in (("people", site.records.people), ("organisations", site.records.organisations)):
            parts += [f"## {text(f'who.{name}')}\n\n<!-- postil: {name} -->\n"] if records else []
        if site.records.places:
            parts.append(f"## {text('who.places')}\n\n<!-- postil: map -->\n\n<!-- postil: places -->\n")
        made["people.md"] = f"# {text('who.title')}\n\n" + "\n".join(parts)
    return made
