"""HTML of strangers → HTML that cannot run, cannot pass for a part of the page, and leads only to addresses that open.

The list of what may stay is short; everything else goes, its words stay. This is the last step before HTML is shown:
cleaning Markdown instead of what it renders to leaves holes.
"""

from __future__ import annotations

import nh3

from postil.model.addresses import is_safe_link

NOTE_TAGS = frozenset("a blockquote br code del em li ol p pre strong ul".split())
ARTICLE_TAGS = NOTE_TAGS | frozenset("h1 h2 h3 h4 h5 h6 hr table tbody td th thead tr".split())


def clean(html: str, tags: frozenset[str] = NOTE_TAGS) -> str:
    """Clean a fragment.

    Args:
        html: any text.
        tags: the elements that may stay; they keep no attribute but the address of a link.

    Returns:
        Well-formed HTML. A link without a good address is its words.
    """
    return nh3.clean(
        html,
        tags=set(tags),
        attributes={"a": {"href"}},
        attribute_filter=lambda _tag, _name, value: value.strip() if is_safe_link(value.strip()) else None,
        url_schemes={"https", "http", "mailto"},
        link_rel="nofollow noopener ugc",
    )
