"""Which function draws what a page asks for by `<!-- postil: NAME -->`."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from postil.views.listing import Listing

# What draws a view: the site as the page sees it, and the word after the name.
View = Callable[[Listing, str], Markup]
VIEWS: dict[str, View] = {}
TELLING: set[str] = set()  # views that read a file of the author's, and tell what is wrong with it


def view(name: str, *, tells: bool = False) -> Callable[[View], View]:
    """Make a function known by the name that pages call it by.

    Args:
        name: of the view.
        tells: whether a mistake of the author's shows only when it is drawn.
    """

    def register(function: View) -> View:
        VIEWS[name] = function
        if tells:
            TELLING.add(name)
        return function

    return register
