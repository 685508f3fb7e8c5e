"""The content of annotated pages, made again whenever somebody asks for it, while thousands of them wait to be written.

MkDocs holds the content of all pages from the moment when they are rendered until the build has ended. That of an
annotated page is all there in its parts, packed (see `page.inserted`).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mkdocs.structure.pages import Page

Make = Callable[[], str]
_MAKE, _GIVEN = "_postil_make", "_postil_given"


def derive(page: Page, make: Make) -> None:
    """From now on make a page's content when it is asked for, until somebody gives the page another.

    Args:
        page: of MkDocs; it stays the page that it was, and of its class.
        make: makes the content, the same each time.
    """
    if not isinstance(vars(type(page)).get("content"), property):
        page.__class__ = _derived(type(page))
    state = vars(page)
    state.pop("content", None)
    state.pop(_GIVEN, None)
    state[_MAKE] = make


def make_of(page: Page) -> Make | None:
    """What makes a page's content when it is asked for, if anything does."""
    return vars(page).get(_MAKE)


@cache
def _derived(kind: type[Page]) -> type[Page]:
    """The class of pages whose content is made when it is asked for, below their own class."""

    def content(self: Any) -> str | None:
        state = vars(self)
        made: str | None = state[_MAKE]() if _MAKE in state else state.get(_GIVEN)
        return made

    def give(self: Any, value: str | None) -> None:
        state = vars(self)
        state.pop(_MAKE, None)
        state[_GIVEN] = value

    def copied(self: Any, _: Any) -> tuple[Any, ...]:
        """What stands for a page where it is copied or pickled: one of its own class, with its content."""
        state = {name: value for name, value in vars(self).items() if name not in (_MAKE, _GIVEN)}
        return _empty, (kind,), state | {"content": self.content}

    own = {"content": property(content, give), "__reduce_ex__": copied, "__module__": kind.__module__}
    return type(kind.__name__, (kind,), own)


def _empty(kind: type[Page]) -> Page:
    return kind.__new__(kind)
