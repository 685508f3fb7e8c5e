"""The texts of the interface in a reader's language, and dates as they are written there."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from markupsafe import Markup

from postil.files.yamltext import read_yaml
from postil.model.edtf import Moment, moments

DEFAULT_LANGUAGE = "en"
_FORMS = {"zero", "one", "two", "few", "many", "other"}  # the plural categories of the Unicode CLDR


class Texts:
    """The texts of one language.

    Args:
        language: a BCP 47 tag as a MkDocs theme has it (`en`, `ar`); English stands in for a language without a file.
    """

    def __init__(self, language: str = DEFAULT_LANGUAGE) -> None:
        folder = files("postil").joinpath("translations")
        file = folder.joinpath(f"{language}.yml")
        self.language = language if file.is_file() else DEFAULT_LANGUAGE
        content = folder.joinpath(f"{self.language}.yml").read_bytes()
        self._texts: dict[str, Any] = read_yaml(content, f"{self.language}.yml").data
        self._locale = Locale.parse(self._texts["locale"])
        self._plain: dict[str, str] = {}
        self._moments: dict[str, str] = {}  # by the date in EDTF
        self._dates: dict[datetime.date, str] = {}  # a page has few days, and names them often

    def __call__(self, name: str, **values: object) -> str:
        """The text `name` (`kinds.context` is the entry `context` of `kinds`), with the values filled in.

        A text that counts has a form for each plural category of its language; `count` decides which it is.
        """
        if not values and (plain := self._plain.get(name)) is not None:
            return plain
        text: Any = self._texts
        for part in name.split("."):
            text = text[part]
        if is_plural(text):
            text = text[self._locale.plural_form(int(str(values["count"])))]
        told = str(text).format(**values)
        if not values:
            self._plain[name] = told
        return told

    def all(self, name: str) -> dict[str, str]:
        """Every text of one group."""
        group = self._texts
        for part in name.split("."):
            group = group[part]
        return dict(group)

    def listed(self, items: Sequence[Markup]) -> Markup:
        """Several things as the language counts them up: A, B and C."""
        return Markup(format_list(items, locale=self._locale))  # noqa: S704 (of Markup and the CLDR's words)

    def date(self, date: datetime.date) -> str:
        """The date in full: 22 November 2026."""
        if date not in self._dates:
            self._dates[date] = format_date(date, "long", self._locale)
        return self._dates[date]

    def day(self, date: datetime.date) -> str:
        """The day without its year, the month cut short: 3 Jan."""
        return self._by_parts("MMMd", date)

    def _by_parts(self, parts: str, date: datetime.date) -> str:
        # A date has no time of day, and midnight of a zone would be another day.
        return format_skeleton(parts, datetime.datetime.combine(date, datetime.time()), locale=self._locale)

    def edtf(self, date: str) -> str:
        """An EDTF date as a reader reads it: 2020-02 → February 2020; what is not a date stays as it is."""
        if date not in self._moments:
            self._moments[date] = self._told(date)
        return self._moments[date]

    def _told(self, date: str) -> str:
        if not date:
            return self("undated")
        ends = moments(date)
        if not ends:
            return date
        return " – ".join(self._moment(one) if one else "" for one in ends).strip()

    def _moment(self, one: Moment) -> str:
        if one.is_about:
            return self("about", date=self._moment(replace(one, doubt="?" if one.is_unsure else "")))
        if one.is_unsure:
            return f"{self._moment(replace(one, doubt=''))}?"
        if one.years > 1:
            return f"{one.year} – {one.year + one.years - 1}"
        if one.is_season:
            return self(f"seasons.{one.month}", year=one.year)
        if one.year < 1:
            return f"{1 - one.year} {self._locale.eras['abbreviated'][0]}"
        if one.day:
            return self.date(datetime.date(one.year, one.month, one.day))
        return self._by_parts("yMMMM", datetime.date(one.year, one.month, 1)) if one.month else str(one.year)


def is_plural(text: object) -> bool:
    """Whether this is a text in its plural forms, and no group of texts."""
    return isinstance(text, dict) and "other" in text and text.keys() <= _FORMS


@cache
def texts(language: str) -> Texts:
    """The texts of a language, read once."""
    return Texts(language)
