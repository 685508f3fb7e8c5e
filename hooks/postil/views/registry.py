"""Which function draws what a page asks for by `<!-- postil: NAME -->`."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from postil.views.listing import Listing

# What draws a view: the site as the page sees it, and the word after the name.
View = Callable[[Listing, str], Markup]
VIEWS: dict[str, View] = {}


def view(name: str) -> Callable[[View], View]:
    """Make a function known by the name that pages call it by."""

    def register(function: View) -> View:
        VIEWS[name] = function
        return function

    return register
