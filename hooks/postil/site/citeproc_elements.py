"""Elements of CSL that citeproc-py draws wrongly, drawn as the specification says.

citeproc-py takes as the class of an element the last one of its name that inherits from CitationStylesElement, so these
are used once this module is imported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from citeproc import model
from citeproc.model import (
    Affixed,
    CitationStylesElement,
    Delimited,
    FormatNumber,
    Formatted,
    Parent,
    Quoted,
    StrippedPeriods,
    TextCased,
    VariableError,
)
from citeproc.string import String, join

from postil.site import text_case


def _is_shown(element: Any, variable: str, context: Any) -> bool:
    """Whether a variable stands in the place of names that are not there, and so nowhere else."""
    layout = (context if context is not None else element).get_layout()
    return variable in getattr(layout, "repressed", {}).get(element.tag, ())


_LETTER = "letter of the year"  # among what a layout has shown


def _is_implicit(element: Any) -> bool:
    """Whether a style tells years of one author by letters and says nowhere where they stand."""
    root = element.get_root()
    citation = root.find("cs:citation", root.nsmap)
    is_asked = citation is not None and citation.get("disambiguate-add-year-suffix") == "true"
    return is_asked and not root.xpath_search(".//cs:text[@variable='year-suffix']")


# Where a locale has not the form that is asked for, the next one is taken (CSL 1.0.2, Terms).
_INSTEAD = {"verb-short": "verb", "symbol": "short", "verb": None, "short": None}


def _term(element: Any, name: str, form: str | None = None, **kwargs: Any) -> Any:
    """A term in its form, or in that which stands for it."""
    found = CitationStylesElement.get_term(element, name, form, **kwargs)
    while found is None and form in _INSTEAD:
        form = _INSTEAD[form]
        found = CitationStylesElement.get_term(element, name, form, **kwargs)
    return found


_NUMBERS = {"collection-number", "issue", "number", "volume", "chapter-number", "supplement"}
_RANGE = re.compile(r"(?<=\d)-(?=\d)")


class Text(CitationStylesElement, FormatNumber, Formatted, Affixed, Quoted, TextCased, StrippedPeriods):  # type: ignore[misc]
    """A variable, a macro, a term or words; the numbers of a range have a dash between them, as those of pages have."""

    generated_variables, get_term = model.Text.generated_variables, _term
    calls_variable, render, process = model.Text.calls_variable, model.Text.render, model.Text.process
    _term, markup = model.Text._term, model.Text.markup

    def case(self, text: Any, language: str | None = None) -> Any:
        """The text in the case that is asked for; the case of titles is English."""
        how = self.get("text-case")
        if how in (None, "lowercase", "uppercase") or (how == "title" and language != "en"):
            return TextCased.case(self, text, language)
        return String(text_case.cased(str(text), how))

    def _variable(self, item: Any, context: Any) -> Any:
        text = model.Text._variable(self, item, context)
        if self.get("variable") in _NUMBERS and text is not None:
            return String(_RANGE.sub("–", str(text)))
        return text


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
                    words = value.get("year", "") if isinstance(value, dict) else value
                    if child.tag == tag or (words and str(words).casefold() in shown):
                        repressed.setdefault(tag, []).append(variable)
                return text
        return None

    def _variables(self, element: Any, depth: int = 0) -> Iterator[tuple[Any, str]]:
        """The elements with variables in an element and in its macros: (tag, variable)."""
        for part in element.iter():
            if part.get("variable") and part.tag.rpartition("}")[2] in ("text", "names", "date"):
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
        if self.get("variable") and _is_shown(self, name, kwargs.get("context")):
            return None
        date = item.reference.get(name.replace("-", "_"))
        if name == "issued" and self.get("variable") and date and self._has_year():
            # The letter of a year stands once, where the style has no other place for it (CSL 1.0.2, Year-suffix).
            context: Any = self if kwargs.get("context") is None else kwargs["context"]
            shown = context.get_layout().repressed
            date.letter = "" if shown.get(_LETTER) or not _is_implicit(self) else item.reference.get("year_suffix", "")
            shown[_LETTER] = True
        is_words = isinstance(item.reference.get(name.replace("-", "_")), model.LiteralDate)
        if is_words and self.get("variable") and not self._has_year():
            return None
        text = model.Date.process(self, item, variable, **kwargs)
        return f"{text}{date.letter}" if is_words and text and date.get("letter") else text

    def _has_year(self) -> bool:
        if self.get("form"):
            return "year" in self.get("date-parts", "year-month-day")
        return any(part.get("name") == "year" for part in self.iterchildren())


class Date_Part(CitationStylesElement, Formatted, Affixed, TextCased, StrippedPeriods):  # type: ignore[misc]  # noqa: N801
    """A part of a date; the year with its letter."""

    markup = model.Date_Part.markup

    def process(self, date: Any, context: Any = None) -> Any:
        """The part as text."""
        text = model.Date_Part.process(self, date, context)
        return f"{text}{date.get('letter', '')}" if self.get("name") == "year" and text else text


class Label(CitationStylesElement, Formatted, Affixed, StrippedPeriods, TextCased):  # type: ignore[misc]
    """The word for a number; there is none where the source has no such number (CSL 1.0.2, Label)."""

    calls_variable, process, markup = model.Label.calls_variable, model.Label.process, model.Label.markup
    get_term = _term

    def render(self, item: Any, *args: Any, **kwargs: Any) -> Any:
        """The word, if there is a number."""
        variable = (self.get("variable") or "").replace("-", "_")
        if variable not in ("", "locator") and variable not in item.reference:
            return None
        return super().render(item, *args, **kwargs)

    def _is_plural(self, item: Any) -> bool:
        variable = self.get("variable") or ""
        if variable == "locator":
            return bool(model.Label._is_plural(self, item))
        value = str(item.reference.get(variable.replace("-", "_"), ""))
        if variable.startswith("number-of-"):
            return value.isdecimal() and int(value) > 1
        return model.Label.RE_MULTIPLE_NUMBERS.search(value) is not None


class Name_Part(CitationStylesElement, Formatted, Affixed, TextCased):  # type: ignore[misc]  # noqa: N801 (its tag)
    """How a part of a name is set; citeproc-py stumbles over cases of parts that it has put together."""

    def format_part(self, given: Any, family: Any) -> tuple[Any, Any]:
        """Given and family name, one of them formatted."""
        if self.get("name") == "given":
            return self._set(given), family
        return given, self._set(family) if self.get("name") == "family" else family

    def _set(self, part: Any) -> Any:
        return self.wrap(self.format(self.case(String(part)))) if part else part


class Macro(CitationStylesElement, Parent):  # type: ignore[misc]
    """A macro; of words to variables that the source has not nothing stands there, as in a group."""

    process = model.Macro.process

    def render(self, item: Any, context: Any = None, sort_options: Any = None) -> Any:
        """What it gives, if one of the variables that it names is there, or if it names none."""
        asks, shows, output = False, False, []
        for child in self.iterchildren("*"):
            try:
                text = child.render(item, context=context, sort_options=sort_options)
            except VariableError:
                text = None
            calls = child.calls_variable()
            asks, shows = asks or calls, shows or bool(calls and text)
            if text is not None:
                output.append(text)
        return join(output) if output and (shows or not asks) else None


class Names(CitationStylesElement, Parent, Formatted, Affixed, Delimited):  # type: ignore[misc]
    """Names; those that stand in the place of others are not shown again."""

    calls_variable, get_parent_delimiter = model.Names.calls_variable, model.Names.get_parent_delimiter
    substitute, markup = model.Names.substitute, model.Names.markup

    def process(self, item: Any, names_context: Any = None, context: Any = None, **kwargs: Any) -> Any:
        """The names of all roles that are not shown by now."""
        given = self.get("variable") or ""
        roles = given.split()
        left = [role for role in roles if not _is_shown(self, role, context)]
        if roles and not left:
            return None
        self.set("variable", " ".join(left))
        try:
            return model.Names.process(self, item, names_context, context, **kwargs)
        finally:
            self.set("variable", given)
