"""What a page with notes may load later than its text: it is painted before any of that is there.

Of the styles those that only paper and readers without scripts need (`assets.MARGIN`); of the theme its own script,
for search and menu. Both stay where they are and do what they did.
"""

from __future__ import annotations

import re

from postil.build.assets import MARGIN

LATE = "(scripting: none), print"  # a browser loads what does not apply now last, and does not wait for it
_STYLE = re.compile(rf'<link\b(?![^>]*\bmedia=)([^>]*\bhref="[^"]*{re.escape(MARGIN)}")')
_SCRIPT = re.compile(r'<script\b(?![^>]*\bfetchpriority=)([^>]*\bsrc="[^"]*assets/javascripts/bundle\.[^"]*")')


def text_first(html: str) -> str:
    """A whole page as the theme drew it, in which nothing stands before the text that can wait."""
    html = _STYLE.sub(rf'<link\1 media="{LATE}"', html, count=1)
    return _SCRIPT.sub(r'<script\1 fetchpriority="low"', html, count=1)
