"""Links that name files of the docs folder: where they lead, and what is wrong with them, in the words of MkDocs.

A generator that only leaves files checks the links of articles by rules of its own and those of notes not at all.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit, urlunsplit
from xml.etree.ElementTree import Element

from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE

from postil.site.urls import relative

LINKING = {"a": "href", "img": "src"}


@dataclass(frozen=True)
class Wrong:
    """What is wrong with a link.

    Attributes:
        rule: the setting below `validation:` by which it counts: `not_found`, `unrecognized_links`, `absolute_links`,
            `anchors`.
        message: to be told.
    """

    rule: str
    message: str


@dataclass(frozen=True)
class Targets:
    """What a link may lead to.

    Attributes:
        urls: the address of each page and file inside of the site, by its path inside of docs/.
        anchors: the ids of each page, by the same path.
    """

    urls: Mapping[str, str]
    anchors: Mapping[str, Set[str]] = field(default_factory=dict)

    def resolved(self, page: str, link: str) -> str:
        """A link of a page as its HTML writes it; one that leads nowhere stays as it is."""
        parts = urlsplit(link)
        if not _is_relative(link):
            return link
        target = _target(page, unquote(parts.path))
        if target not in self.urls:
            return link
        address = relative(self.urls[target], self.urls[page])
        return urlunsplit(("", "", address, parts.query, parts.fragment))

    def wrong(self, page: str, link: str) -> Wrong | None:
        """What is wrong with a link of a page, if anything is."""
        parts, doc = urlsplit(link), f"Doc file '{page}' contains"
        if parts.scheme or parts.netloc:
            return None
        if link.startswith(("/", "\\")):
            return Wrong(
                "absolute_links", f"{doc} an absolute link '{link}', it was left as is.{self._meant(page, link)}"
            )
        target = page
        if parts.path:
            if AMP_SUBSTITUTE in link:
                return None
            path = unquote(parts.path)
            target = _target(page, path)
            if target not in self.urls and not posixpath.splitext(path)[-1]:
                words = f"an unrecognized relative link '{link}', it was left as is."
                return Wrong("unrecognized_links", f"{doc} {words}{self._meant(page, link)}")
            if target not in self.urls:
                where = f" '{target}'" if target != link else ""
                words = f"a link '{link}', but the target{where} is not found among documentation files."
                return Wrong("not_found", f"{doc} {words}{self._meant(page, link)}")
        if parts.fragment and target in self.anchors and parts.fragment not in self.anchors[target]:
            problem = f"the doc '{target}' does not contain an anchor '#{parts.fragment}'"
            if target == page:
                problem = "there is no such anchor on this page"
            return Wrong("anchors", f"{doc} a link '{link}', but {problem}.")
        return None

    def _meant(self, page: str, link: str) -> str:
        """The nearest file that a link may mean, in words."""
        parts = urlsplit(link)
        for path in _guesses(page, self.urls[page], unquote(parts.path)):
            if path in self.urls:
                near = "" if parts.fragment and path == page else relative(path, page)
                return f" Did you mean '{urlunsplit(('', '', near, parts.query, parts.fragment))}'?"
        is_mail = "@" in link and "." in link and "/" not in link
        return f" Did you mean 'mailto:{link}'?" if is_mail else ""


class PageLinks(Treeprocessor):
    """Resolves the links of a note's body, as those of its page are.

    Args:
        page: the path of the page.
        targets: what there is.
        named: each link is added to it, as its author wrote it.
    """

    def __init__(self, page: str, targets: Targets, named: list[str]) -> None:
        super().__init__()
        self.page = page
        self.targets = targets
        self.named = named

    def run(self, root: Element) -> None:
        """Change the links of one body."""
        for element in root.iter():
            if (key := LINKING.get(element.tag)) and (link := element.get(key)):
                self.named.append(link)
                element.set(key, self.targets.resolved(self.page, link))


def _is_relative(link: str) -> bool:
    parts = urlsplit(link)
    return not (parts.scheme or parts.netloc or link.startswith(("/", "\\")) or AMP_SUBSTITUTE in link) and bool(
        parts.path
    )


def _target(page: str, path: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), path).lstrip("/"))


def _guesses(page: str, url: str, path: str) -> Iterator[str]:
    """The paths that an author may have meant by a wrong one, nearest first."""
    if posixpath.normpath(path) == ".":
        yield page
        return
    for target in dict.fromkeys((_target(page, path), _target(url, path))):
        yield target
        if not posixpath.splitext(target)[-1]:
            yield from (posixpath.join(target, "index.md"), posixpath.join(target, "README.md"))
        if not target.endswith(".") and not path.endswith(".md"):
            yield f"{target.removesuffix('.html')}.md"
