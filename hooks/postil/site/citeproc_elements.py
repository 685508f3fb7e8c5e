"""Elements of CSL that citeproc-py draws wrongly, drawn as the specification says.

citeproc-py takes as the class of an element the last one of its name that inherits from CitationStylesElement, so these
are used once this module is imported.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from citeproc import model
from citeproc.model import (
    Affixed,
    CitationStylesElement,
    Delimited,
    Formatted,
    Names,
    Parent,
    StrippedPeriods,
    TextCased,
    VariableError,
)
from citeproc.string import String


class Substitute(CitationStylesElement, Parent):  # type: ignore[misc]
    """What stands for names that are not there; its variables are not shown again (CSL 1.0.2, Substitute).

    citeproc-py forgets those of a macro, so that a title without an author would be there twice.
    """

    def render(self, item: Any, context: Any = None, **kwargs: Any) -> Any:
        """The first child that gives something."""
        for child in self.getchildren():
            try:
                if isinstance(child, Names) and child.name is None:
                    names = self.xpath_search("./parent::cs:names[1]")[0]
                    text = child.render(item, names_context=names, context=context, **kwargs)
                else:
                    text = child.render(item, context=context, **kwargs)
            except VariableError:
                continue
            if text:
                repressed = context.get_layout().repressed
                shown = str(text).casefold()
                for tag, variable in self._variables(child):
                    value = item.reference.get(variable.replace("-", "_"), "")
                    if child.tag == tag or (value and str(value).casefold() in shown):
                        repressed.setdefault(tag, []).append(variable)
                return text
        return None

    def _variables(self, element: Any, depth: int = 0) -> Iterator[tuple[Any, str]]:
        """The elements with variables in an element and in its macros: (tag, variable)."""
        for part in element.iter():
            if part.get("variable") and part.tag.rpartition("}")[2] in ("text", "names"):
                yield part.tag, part.get("variable")
            if part.get("macro") and depth < 9:  # a macro may not call itself, but a style may be wrong
                yield from self._variables(self.get_macro(part.get("macro")), depth + 1)


class Date(CitationStylesElement, Parent, Formatted, Affixed, Delimited):  # type: ignore[misc]
    """A date; one in words stands where its year would, and not again where a style puts month and day."""

    is_locale_date, render_single_date = model.Date.is_locale_date, model.Date.render_single_date
    render_date_range, parts, markup = model.Date.render_date_range, model.Date.parts, model.Date.markup

    def calls_variable(self) -> bool:
        """A date is always of a variable."""
        return True

    def process(self, item: Any, variable: Any = None, **kwargs: Any) -> Any:
        """The date, if there is one for this place."""
        name = variable or self.get("variable") or ""
        is_words = isinstance(item.reference.get(name.replace("-", "_")), model.LiteralDate)
        if is_words and self.get("variable") and not self._has_year():
            return None
        return model.Date.process(self, item, variable, **kwargs)

    def _has_year(self) -> bool:
        if self.get("form"):
            return "year" in self.get("date-parts", "year-month-day")
        return any(part.get("name") == "year" for part in self.iterchildren())


class Label(CitationStylesElement, Formatted, Affixed, StrippedPeriods, TextCased):  # type: ignore[misc]
    """The word for a number; there is none where the source has no such number (CSL 1.0.2, Label)."""

    calls_variable, process, markup = model.Label.calls_variable, model.Label.process, model.Label.markup
    RE_MULTIPLE_NUMBERS, _is_plural = model.Label.RE_MULTIPLE_NUMBERS, model.Label._is_plural

    def render(self, item: Any, *args: Any, **kwargs: Any) -> Any:
        """The word, if there is a number."""
        variable = (self.get("variable") or "").replace("-", "_")
        if variable not in ("", "locator", "page") and variable not in item.reference:
            return None
        return super().render(item, *args, **kwargs)


class Name_Part(CitationStylesElement, Formatted, Affixed, TextCased):  # type: ignore[misc]  # noqa: N801 (its tag)
    """How a part of a name is set; citeproc-py stumbles over cases of parts that it has put together."""

    def format_part(self, given: Any, family: Any) -> tuple[Any, Any]:
        """Given and family name, one of them formatted."""
        if self.get("name") == "given":
            return self._set(given), family
        return given, self._set(family) if self.get("name") == "family" else family

    def _set(self, part: Any) -> Any:
        return self.wrap(self.format(self.case(String(part)))) if part else part
