"""What the engine knows of HTML: which elements make blocks, which hide text, which may not hold a note.

From the HTML Standard: 4 (elements and their content models), 13.1.2 (void elements), 13.2.6 (implied end tags).
"""

from __future__ import annotations

import html as html_library
import re

VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())

# Elements that end a line of reading: the text before and after them is not one phrase.
BLOCKS = frozenset(
    "address article aside blockquote body caption center col colgroup dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol optgroup option p pre "
    "search section summary table tbody td tfoot th thead tr ul".split()
)

# Elements whose text nobody reads as part of the article.
HIDDEN = frozenset(
    "audio canvas head iframe noembed noframes noscript object script select style svg template textarea title "
    "video".split()
)
RAW_TEXT = frozenset("iframe noembed noframes script style textarea title xmp".split())

# Classes of what Markdown's extensions add to a text: signs for links and line numbers.
HIDDEN_CLASSES = frozenset("headerlink footnote-ref footnote-backref linenos lineno linenodiv md-annotation".split())
# Where `[TOC]` has made a list of the headings, this follows the tag.
TOC_START = re.compile(r"""\s*(?:<span class="toctitle">.*?</span>\s*)?<ul>\s*<li><a href="#""")
# A reading aid (ruby text) beside the characters that it belongs to: no part of the sentence.
GLOSSES = frozenset("rp rt rtc".split())
GLOSS_END = re.compile(r"(?P<own></(?:rp|rt|rtc)\s*>)|</ruby\s*>|<(?:rb|rp|rt|rtc)\b", re.IGNORECASE)
# A formula is one thing: its text is its source. Elements, and classes of Arithmatex and of KaTeX.
FORMULAS = frozenset("math mjx-container".split())
FORMULA_CLASSES = frozenset("arithmatex katex katex-display".split())
SET_FORMULA = re.compile(r"""<math\b|\bkatex-html\b""")
# A picture is one thing: its text is its description.
PICTURES = frozenset("img picture svg".split())

# A note on what these hold stands after the element on the right: HTML forbids it inside, or it would become a part
# of what they hold (a quotation, a cell). After an inline element that is open across blocks it stands, too.
HOLDERS = {
    "caption": "table",
    "dt": "dl",
    "legend": "fieldset",
    "summary": "details",
    **{name: name for name in "a blockquote button figure label table".split()},
    **{
        name: name
        for name in (
            "abbr b bdi bdo cite code data del dfn em i ins kbd mark output q rp rt ruby s samp small span strong sub "
            "sup time u var"
        ).split()
    },
}
HOLDING_CLASSES = frozenset("highlight highlighttable tabbed-labels".split())

# A list straight after one of these may hold the words of a theme's annotations: the theme takes it out of the text, so
# that notes on its words stand after it.
ANNOTATED_CLASSES = frozenset("annotate highlight".split())

# In these no link may stand: HTML 4.5.1 (no interactive content in `a`), 4.10.4, 4.10.6.
NO_LINKS = frozenset("a button label".split())

# A note stands after these, and before the end of any other block.
CLOSED_BLOCKS = frozenset("address h1 h2 h3 h4 h5 h6 hgroup p pre".split())

# An open element on the left is closed by the start of one on the right.
_TABLE_PARTS = frozenset("tbody tfoot thead".split())
IMPLIED_END = {
    "li": frozenset({"li"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "tr": frozenset({"tr"}) | _TABLE_PARTS,
    "td": frozenset({"td", "th", "tr"}) | _TABLE_PARTS,
    "th": frozenset({"td", "th", "tr"}) | _TABLE_PARTS,
    "tbody": _TABLE_PARTS,
    "thead": _TABLE_PARTS,
    "tfoot": _TABLE_PARTS,
    "option": frozenset({"option", "optgroup"}),
}
# An implied end reaches no further than these.
SCOPES = frozenset("ol ul menu dl table select".split())

# One token of HTML: a comment, a declaration, a tag. What lies between is text.
TOKEN = re.compile(
    r"<!--(?:-?>|.*?(?:-->|\Z))"
    r"|<[!?][^>]*(?:>|\Z)"
    r"|<(?P<close>/?)(?P<name>[a-zA-Z][^\s/>]*)(?P<attributes>(?:[^>\"']|\"[^\"]*\"|'[^']*')*+)>",
    re.DOTALL,
)
CLASS = re.compile(r"""\bclass\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
ATTRIBUTE = re.compile(r"""([^\s=>"'/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
ID = re.compile(r"""\sid\s*=\s*(?:"([^"]+)"|'([^']+)'|([^\s"'>]+))""", re.IGNORECASE)
HIDDEN_ATTRIBUTE = re.compile(r"""(?:^|\s)hidden(?=[\s=/]|$)""", re.IGNORECASE)
REFERENCE = re.compile(r"&(?:#[0-9]{1,8};?|#[xX][0-9a-fA-F]{1,8};?|[a-zA-Z][a-zA-Z0-9]{1,31};)")
# White space that folds: that of ASCII only, as in HTML and CSS. A no-break space is a character.
WHITE = " \t\n\f\r"
# What makes a text differ from its source: a reference, white space that folds. A line break between words becomes a
# space where it stands, so it is not counted.
ODD_WHITE = re.compile(r"[\t\f\r]")
FOLDS = re.compile(rf"[{WHITE}]{{2,}}|[\t\f\r]|" + REFERENCE.pattern)


def ids(html: str) -> list[str]:
    """The ids in a piece of HTML, in their order."""
    return ["".join(values) for values in ID.findall(html)]


def classes(attributes: str) -> frozenset[str]:
    """The class names in the text of a tag's attributes."""
    found = CLASS.search(attributes)
    return frozenset(next(filter(None, found.groups()), "").split()) if found else frozenset()


def attributes_of(attributes: str) -> dict[str, str]:
    """The attributes in the text of a tag, character references resolved; of two with one name the first counts."""
    found: dict[str, str] = {}
    for name, *values in ATTRIBUTE.findall(attributes):
        found.setdefault(name.lower(), html_library.unescape("".join(values)))
    return found


def hides(name: str, attributes: str, names: frozenset[str]) -> bool:
    """Whether nobody reads an element as part of the article.

    What Critic Markup shows as taken out, and its comments, are remarks on a draft.
    """
    if names & HIDDEN_CLASSES or HIDDEN_ATTRIBUTE.search(attributes):
        return True
    return "critic" in names and (name == "del" or "comment" in names)
