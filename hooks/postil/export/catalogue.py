"""Every file that a site gives out of its notes: where it lies, what it is, what is in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from postil.export import bibtex, csl, feeds, hypothesis, jsonld, tables
from postil.export.dataset import Dataset, as_json
from postil.export.frame import Finish
from postil.site.published import Published
from postil.site.urls import folder

TableOf = Callable[[Published], bytes]


@dataclass(frozen=True)
class ArticleForm:
    """A form in which the notes of one article are given out.

    Attributes:
        name: as `postil export --format` has it, and of its texts (`data.NAME` in translations/).
        file: in the folder of the article.
        write: makes the content.
    """

    name: str
    file: str
    write: Callable[[Dataset, Published], bytes]

    def url(self, article: str) -> str:
        """The file's address inside of the site, by that of the article."""
        return f"{folder(article)}{self.file}"


@dataclass(frozen=True)
class SiteForm:
    """A form in which something of the whole site is given out.

    Attributes:
        name: as `postil export --format` has it, and of its texts.
        url: inside of the site.
        write: makes the content piece by piece; it may ask for the table of an article.
    """

    name: str
    url: str
    write: Callable[[Dataset, TableOf], Iterable[bytes]]


ARTICLE_FORMS = (
    ArticleForm("jsonld", jsonld.FILE, lambda site, one: as_json(jsonld.collection(site, one))),
    ArticleForm("csv", tables.FILE, lambda site, one: tables.table(site, [one])),
    ArticleForm("hypothesis", hypothesis.FILE, lambda site, one: as_json(hypothesis.envelope(site, one))),
)
SITE_FORMS = (
    SiteForm("all-csv", f"data/{tables.FILE}", tables.whole),
    SiteForm("csl-json", f"data/{csl.FILE}", lambda site, _: [as_json(csl.items(site.sources))]),
    SiteForm("bibtex", f"data/{bibtex.FILE}", lambda site, _: [bibtex.text(site.sources).encode()]),
    SiteForm("atom", feeds.ATOM_FILE, lambda site, _: [feeds.atom(site)]),
    SiteForm("json-feed", feeds.JSON_FILE, lambda site, _: [as_json(feeds.json_feed(site))]),
)


def files_of_site(
    dataset: Dataset, table_of: TableOf | None = None, finish: Finish | None = None
) -> Iterator[tuple[str, Iterable[bytes]]]:
    """The files that tell of the whole site: the address of each, and its content piece by piece.

    Args:
        dataset: the site.
        table_of: the table of an article, where it is made already.
        finish: what other plug-ins do with the HTML of feeds.
    """
    for form in SITE_FORMS if dataset.articles else ():
        url = f"{dataset.root}{form.url}"
        content = form.write(dataset, table_of or (lambda one: tables.table(dataset, [one])))
        if finish is not None and form.url in (feeds.ATOM_FILE, feeds.JSON_FILE):
            content = [feeds.finished(dataset, url, b"".join(content), finish)]
        yield url, content


def files_of(dataset: Dataset, article: Published) -> dict[str, bytes]:
    """The files that tell of one article."""
    return {form.url(article.url): form.write(dataset, article) for form in ARTICLE_FORMS}


def places(dataset: Dataset) -> dict[str, dict[str, str]]:
    """The place of each file by its form, for each article by its path; for the whole site by an empty path."""
    whole = {form.name: f"{dataset.root}{form.url}" for form in SITE_FORMS}
    articles = {one.path: {form.name: form.url(one.url) for form in ARTICLE_FORMS} for one in dataset.articles}
    return {"": whole, **articles} if dataset.articles else {}
