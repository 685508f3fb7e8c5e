"""LaTeX in the fields of BibTeX → text with the markup of CSL-JSON, and names → names of CSL."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

_TAGS = {
    "emph": "i", "textit": "i", "textsl": "i", "mkbibemph": "i", "mkbibitalic": "i",
    "textbf": "b", "mkbibbold": "b", "textsubscript": "sub", "textsuperscript": "sup",
}  # fmt: skip
_SCRIPT = re.compile(r"\$\s*(?:\{\})?([_^])\s*(?:\{([^{}$]*)\}|([^{}$\s]))\s*\$")
_PROTECTED = re.compile(r"(?<!\\)\{(?!\\)([^{}\\]*[A-Z][^{}\\]*)\}")


@cache
def _decoder() -> Callable[[str], str]:
    from pylatexenc import latexwalker
    from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db
    from pylatexenc.macrospec import std_macro

    known, syntax = get_default_latex_context_db(), latexwalker.get_default_latex_context_db()
    arguments = [std_macro(name, "{") for name in (*_TAGS, "textsc", "mkbibquote", "enquote")]
    syntax.add_context_category("markup of CSL", prepend=True, macros=arguments)
    macros = [MacroTextSpec(name, simplify_repl=f"<{tag}>%s</{tag}>") for name, tag in _TAGS.items()]
    macros.append(MacroTextSpec("textsc", simplify_repl='<span style="font-variant:small-caps;">%s</span>'))
    macros.append(MacroTextSpec("mkbibquote", simplify_repl="“%s”"))
    macros.append(MacroTextSpec("enquote", simplify_repl="“%s”"))
    known.add_context_category("markup of CSL", prepend=True, macros=macros)
    decoder = LatexNodes2Text(latex_context=known, math_mode="text", keep_comments=False, strict_latex_spaces=False)
    return lambda latex: str(decoder.latex_to_text(latex, tolerant_parsing=True, latex_context=syntax))


def text(latex: str) -> str:
    """LaTeX as text, with `<i>`, `<b>`, `<sub>`, `<sup>` and small capitals where it has them.

    Words in braces keep their capitals in every style: they stand in `<span class="nocase">`, unless that is all of it.
    """
    if not re.search(r"[\\{}$~]|--|``|''", latex):
        return latex
    for _ in range(3):  # braces around all of it say nothing
        if latex.startswith("{") and _closes(latex) == len(latex) - 1:
            latex = latex[1:-1]
    latex = _SCRIPT.sub(
        lambda found: f"\\text{'sub' if found[1] == '_' else 'super'}script{{{found[2] or found[3]}}}", latex
    )
    latex = _PROTECTED.sub(_kept, latex)
    try:
        found = _decoder()(latex)
    except Exception:  # whatever a parser stumbles over, the words are shown as they were written
        found = latex
    found = found.replace("\ue000", '<span class="nocase">').replace("\ue001", "</span>").replace("\xa0", " ")
    return " ".join(found.split())


def _kept(found: re.Match[str]) -> str:
    before = found.string[: found.start()]
    is_argument = re.search(r"\\[a-zA-Z]+\*?\s*$", before) or before.endswith("\\")
    return found[0] if is_argument else f"\ue000{found[1]}\ue001"


def plain(latex: str) -> str:
    """LaTeX as text without markup of any kind."""
    from postil.model import rich_text

    return rich_text.plain(text(latex))


def _closes(latex: str) -> int:
    """Where the brace that opens a text is closed."""
    depth = 0
    for position, sign in enumerate(latex):
        if position and latex[position - 1] == "\\":
            continue
        depth += (sign == "{") - (sign == "}")
        if depth == 0:
            return position
    return -1


def names(latex: str) -> list[dict[str, str]]:
    """The names of a field, which `and` divides: each as a name of CSL; names wholly in braces are organisations'."""
    from bibtexparser.middlewares.names import parse_single_name_into_parts, split_multiple_persons_names

    found = []
    for one in split_multiple_persons_names(latex):
        name = one.strip()
        if not name or name.lower() == "others":
            continue
        if name.startswith("{") and _closes(name) == len(name) - 1:
            found.append({"literal": plain(name[1:-1])})
            continue
        if re.match(r"(family|given|prefix|suffix)(-i)?\s*=", name):
            found.append(_extended(name))
            continue
        try:
            parts = parse_single_name_into_parts(name)
        except Exception:  # such as too many commas: it is shown as it was written
            found.append({"literal": plain(name)})
            continue
        given, family = (plain(" ".join(part)) for part in (parts.first, parts.last))
        written = {
            "family": family, "given": given,
            "non-dropping-particle": plain(" ".join(parts.von)), "suffix": plain(" ".join(parts.jr)),
        }  # fmt: skip
        found.append({key: value for key, value in written.items() if value})
    return [name for name in found if any(name.values())]


def _extended(name: str) -> dict[str, str]:
    """A name in the extended form of biblatex: `family=Berg, given=Jan, prefix=van der, useprefix=true`."""
    given = dict(re.findall(r"(\w+(?:-i)?)\s*=\s*(\"[^\"]*\"|\{[^{}]*\}|[^,]*)", name))
    values = {key.lower(): plain(value.strip().strip('"')) for key, value in given.items()}
    particle = "non-dropping-particle" if values.get("useprefix") == "true" else "dropping-particle"
    parts = {"family": "family", "given": "given", "prefix": particle, "suffix": "suffix"}
    return {csl: values[key] for key, csl in parts.items() if values.get(key)}
