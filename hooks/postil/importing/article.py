"""A text file, a web page or a Markdown file → an article of this site as Markdown."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from pathlib import PurePath

from postil.files.translations import DEFAULT_LANGUAGE, texts
from postil.files.yamltext import read_yaml
from postil.importing import docx_article, footnotes, inserts, keeping, odt_article
from postil.importing.days import day
from postil.importing.inserts import Picture
from postil.importing.markdown import escaped, from_html, name_like, plain
from postil.importing.mending import decoded, mended
from postil.importing.missing import missing
from postil.importing.quotation_marks import curled
from postil.model.cutting import shortened
from postil.model.problem import Place, PostilError, Problem, counted
from postil.page.cleaning import ARTICLE_TAGS
from postil.text.reading import read as read_html

WEB_PAGES = (".html", ".htm", ".xhtml")
MARKDOWN = (".md", ".markdown")
DOCUMENTS = {".docx": docx_article.read, ".docm": docx_article.read, ".odt": odt_article.read}
_MAX_TITLE = 200
_BYLINE = re.compile(r"(?:by|von|par|por|من|بقلم)\s+\S", re.IGNORECASE)
_MONTHS = "january february march april may june july august september october november december".split()
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL | re.IGNORECASE)


@dataclass
class Article:
    """An article from elsewhere.

    Attributes:
        title: its headline.
        html: its paragraphs, as they came; not clean.
        byline: who wrote it, as it says itself; empty where it does not.
        date: the day that it names; None where it names none.
        footnotes: the HTML of its footnotes; marks in `html` stand for their numbers (see `inserts`).
        pictures: its pictures, likewise.
        told: what was mended, guessed and left out, a line each.
        source: its words where it comes from, a paragraph a line, to compare with what was made of it.
    """

    title: str
    html: str
    byline: str = ""
    date: datetime.date | None = None
    footnotes: list[str] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    source: str = ""

    @property
    def slug(self) -> str:
        """A file name made of the title: small letters, digits and hyphens; empty without a Latin letter."""
        return re.sub(r"[^a-z0-9]+", "-", self.title.lower()).strip("-")[:60].rstrip("-")

    def markdown(self, language: str = DEFAULT_LANGUAGE, folder: str = "") -> str:
        """The article as a Markdown page without raw HTML.

        Args:
            language: of the date.
            folder: where the files of the pictures lie, as seen from the page.
        """
        title = name_like(self.title)
        head = f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\n---\n\n# {escaped(title, starts_line=False)}\n"
        told = [name_like(self.byline), texts(language).date(self.date) if self.date else ""]
        by = ", ".join(escaped(part) for part in told if part)
        html = re.sub(r"<(/?)h1\b", r"<\1h2", self.html, flags=re.IGNORECASE)
        text = from_html(curled(html), ARTICLE_TAGS)
        page = "\n".join(filter(None, [head, f"{by}\n" if by else "", text])) + "\n"
        return inserts.filled(page, [curled(note) for note in self.footnotes], self.pictures, folder)


def lost(article: Article, page: str) -> list[str]:
    """The sentences of an article of which words or figures are missing on the page made of it, a line each."""
    import markdown

    body = page.partition("\n---\n")[2]
    html = markdown.markdown(body, extensions=["tables", "fenced_code", "sane_lists"])
    return missing(article.source, read_html(html).text)


def read(content: bytes, file: str) -> Article:
    """Read an article.

    Args:
        content: the bytes of the file, in any encoding.
        file: its name; its ending tells a document, a web page and Markdown, all else is plain text.

    Raises:
        PostilError: when there is no article in it.
    """
    ending = PurePath(file).suffix.lower()
    if ending in DOCUMENTS:
        return _from_document(content, file, DOCUMENTS[ending])
    text = decoded(content)
    whole = mended(text.text)
    reader = _from_page if ending in WEB_PAGES else _from_markdown if ending in MARKDOWN else _from_text
    article = reader(plain(whole.text), file)
    article.told = [*text.told, *whole.told, *article.told]
    article.title = curled(article.title)
    return _with_words(article, file)


def _with_words(article: Article, file: str) -> Article:
    """The article, when it has words; the addresses of links that do not come in are told."""
    dropped: list[str] = []
    if not from_html(article.html, ARTICLE_TAGS, dropped.append):
        raise _nothing(file)
    for note in article.footnotes:
        from_html(note, ARTICLE_TAGS, dropped.append)
    article.told += [
        f"a link to {shortened(address, 60)!r} became its words: expected https://, http:// or mailto:"
        for address in dict.fromkeys(dropped)
    ]
    return article


def _day(article: Article, text: str) -> datetime.date | None:
    """The day of an article; one that is not read is told."""
    found = day(text)
    if text.strip() and found is None:
        article.told.append(f"its date {shortened(text, 60)!r} was left out: expected one like 2026-03-02")
    return found


def _from_document(
    content: bytes, file: str, reader: Callable[[bytes, str], tuple[str, list[str], list[Picture], list[str]]]
) -> Article:
    html, notes, pictures, told = reader(content, file)
    html, changed = keeping.elements(plain(html))
    found = _titled(html, None)
    found.title = curled(found.title)
    found.source = read_html(inserts.removed(html)).text
    found.footnotes, found.pictures, found.told = notes, pictures, [*changed, *told]
    return _with_words(found, file)


def _from_page(text: str, file: str) -> Article:
    """The article of a web page: menus, advertisements and comments left out."""
    import trafilatura  # a second to load, and only web pages need it

    text, words, changed = keeping.page(text)
    html = trafilatura.extract(
        text, output_format="html", include_links=True, include_formatting=True, include_comments=False
    )
    if not html:
        raise _nothing(file)
    told = trafilatura.extract_metadata(text)
    html = re.sub(r"</?(?:html|body)>|(?<=<pre>)\s*<pre>|</pre>\s*(?=</pre>)", "", html)
    html = keeping.numbered(html)
    found = _titled(html, told.title if told else None)
    found.source = words or read_html(html).text
    found.byline = (told.author if told else None) or ""
    found.date = _day(found, (told.date if told else None) or "")
    found.told += changed
    if not words:
        found.told.append("menus, advertisements and comments were left out; the page does not say what is its article")
    return found


def _from_markdown(text: str, file: str) -> Article:
    match = _FRONT_MATTER.match(text)
    front = read_yaml(match[1].encode(), file).data if match and match[1].strip() else {}
    words = {key: value for key, value in front.items() if isinstance(value, str)} if isinstance(front, dict) else {}
    text, changed = keeping.markdown(text)
    read = footnotes.article(text)
    html, more = keeping.fragment(read.html)
    found = _titled(html, words.get("title"))
    found.source = read_html(html).text
    found.told += [*changed, *more]
    found.byline = words.get("author", "") or ", ".join(_names(front))
    found.date = _day(found, words.get("date", ""))
    if left := sorted(front.keys() - {"title", "author", "authors", "date"} if isinstance(front, dict) else ()):
        found.told.append(f"left out of the front matter: {', '.join(map(name_like, left))}")
    if count := len(read.places):
        found.told.append(f"{counted(count, 'footnote')} left out: `postil import` brings them in as notes")
    return found


def _names(front: object) -> list[str]:
    """The authors where the front matter has a list of them: names, or mappings with one."""
    found = front.get("author") or front.get("authors") if isinstance(front, dict) else None
    names = (
        [item.get("name") if isinstance(item, dict) else item for item in found if item]
        if isinstance(found, list)
        else []
    )
    return [name for name in names if isinstance(name, str)]


def _titled(html: str, title: str | None) -> Article:
    """An article without the heading that is its title."""
    heading = _HEADING.search(html)
    words = re.sub(r"<[^>]*>", "", heading[1]) if heading else ""
    if heading and (not title or _alike(words, title)):
        html = html[: heading.start()] + html[heading.end() :]
    return Article(name_like(_unescaped(title or words)) or "Untitled", html)


def _alike(one: str, other: str) -> bool:
    return re.sub(r"\W+", "", _unescaped(one).lower()) == re.sub(r"\W+", "", other.lower())


def _unescaped(text: str) -> str:
    import html as html_library

    return html_library.unescape(text)


def _from_text(text: str, file: str) -> Article:
    """A text file: its first short line is the title, a byline and a date may follow, empty lines part paragraphs."""
    paragraphs = _paragraphs(text)
    if not paragraphs:
        raise _nothing(file)
    found = Article("Untitled", "")
    if len(paragraphs) > 1 and len(paragraphs[0]) <= _MAX_TITLE and not paragraphs[0].endswith((".", ":", ";", ",")):
        found.title = paragraphs.pop(0)
    else:
        found.told.append("no title was found; write one in place of “Untitled”")
    for line in list(paragraphs[:3]):
        date = _date(line)
        if len(line) <= 100 and _BYLINE.match(line) and not found.byline:
            found.byline = line
        elif date and not found.date:
            found.date = date
        else:
            break
        paragraphs.remove(line)
    if not paragraphs:
        raise _nothing(file)
    found.source = "\n".join(paragraphs)
    found.html = "\n".join(f"<p>{escape(paragraph, quote=False)}</p>" for paragraph in paragraphs)
    return found


def _paragraphs(text: str) -> list[str]:
    """Paragraphs are parted by empty lines; where there are none, each line is one."""
    text = text.strip("\n")
    parts = re.split(r"\n[^\S\n]*\n", text)
    # A first block of several short lines is a title with its byline, not one paragraph.
    blocks = [
        line for part in parts for line in ([part] if len(parts) > 1 and not _is_head(part) else part.split("\n"))
    ]
    return [" ".join(block.split()) for block in blocks if block.strip()]


def _is_head(part: str) -> bool:
    lines = part.split("\n")
    return 1 < len(lines) <= 4 and any(_BYLINE.match(line.strip()) or _date(line.strip()) for line in lines[1:])


def _date(line: str) -> datetime.date | None:
    """The day that a line is, where it is nothing else: 2020-02-09, 9 February 2020, February 9, 2020."""
    if found := day(line) if re.fullmatch(r"\d{4}-\d\d-\d\d(T\S+)?", line) else None:
        return found
    words = re.sub(r"[.,]|\b(?:published|updated|on)\b|(?<=\d)(?:st|nd|rd|th)\b", " ", line.lower()).split()
    words = words[1:] if words and words[0].endswith("day") else words
    months = [
        number for number, name in enumerate(_MONTHS, 1) for word in words if len(word) > 2 and name.startswith(word)
    ]
    numbers = [int(word) for word in words if re.fullmatch(r"\d{1,4}", word)]
    if len(words) != 3 or len(months) != 1 or len(numbers) != 2:
        return None
    try:
        return datetime.date(numbers[1], months[0], numbers[0])
    except ValueError:
        return None


def _nothing(file: str) -> PostilError:
    return PostilError(
        [Problem(Place(file), f"no article was found in {shortened(file)}; paste its words into a .txt file")]
    )
