"""How a language writes dates, as a pattern: the formats of CLDR (babel), with the names of months and days."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from postil.text.languages import days, months

# Of a language with several ways to write dates the other one, too.
_ALSO = {"en": ("en_GB",), "ar": ("ar_LB",), "de": ("de_AT",), "pt": ("pt_PT",)}
_YEAR = r"(?:1[0-9]|20)\d\d"
_NUMERIC = (
    rf"\d{{1,2}}(?P<sign>[./-])\d{{1,2}}(?P=sign)(?:{_YEAR}|\d\d)|{_YEAR}(?P<mark>[./-])\d{{1,2}}(?P=mark)\d{{1,2}}"
)
_EN = r"(?:last|this|next) (?:day|week|month|year|century)|yesterday|today|tomorrow"
_DECADE = {"en": "s", "de": "er|ern"}
_TOKEN = re.compile(r"'([^']*)'|(y+|M+|L+|d+|E+|G+)|([^'yMLdEG]+)")


@cache
def dated(language: str) -> re.Pattern[str]:
    """What finds the dates of a text of this language: whole ones, months with a year or a day, days, years.

    Letters of either case; a language that CLDR does not know has numeric dates and years only.
    """
    names = [name for name in (*months(language), *days(language)) if not name[0].isdigit()]
    parts = [*sorted(set(_forms(language)), key=lambda form: (-len(form), form)), _NUMERIC]
    parts += ["|".join(map(re.escape, names))] if names else []
    parts += [_EN] if language == "en" else []
    parts += [rf"(?:1[5-9]|20)\d\d(?:{_DECADE.get(language, '')})?(?![.,]\d)"]
    # Scripts without spaces have letters beside a date, and Arabic writes "and" and "in" without a space.
    is_apart = language not in ("zh", "ja", "ko", "th", "lo", "km")
    before = r"(?<![^\W\d_])" if is_apart and language != "ar" else ""
    after = r"(?!\w)" if is_apart else r"(?!\d)"
    return re.compile(rf"(?<!\d)(?<!\d[.,]){before}(?:{'|'.join(parts)}){after}", re.IGNORECASE)


def _forms(language: str) -> Iterator[str]:
    """The formats of a language with the name of a month, and numeric ones with the words for year and day."""
    from babel import Locale, UnknownLocaleError  # only what measures and follows texts needs it

    for name in (language, *_ALSO.get(language, ())):
        try:
            locale = Locale.parse(name)
        except (UnknownLocaleError, ValueError):
            continue
        formats = [locale.date_formats[length] for length in ("full", "long", "medium")]
        formats += [locale.datetime_skeletons[key] for key in ("yMMMM", "MMMMd") if key in locale.datetime_skeletons]
        for form in formats:
            if re.search(r"MMM|LLL|[^\x00-\x7f]", form.pattern):
                yield _as_pattern(form.pattern, name)


def _as_pattern(form: str, language: str) -> str:
    """A format of CLDR as a pattern; `d 'de' MMMM` becomes digits, "de" and the name of a month."""
    long = months(language)
    short = [*months(language, "abbreviated"), *(("Sept",) if language[:2] == "en" else ())]
    short = [f"{re.escape(name.rstrip('.'))}\\.?" for name in sorted(short, key=len, reverse=True)]
    parts = {
        "y": _YEAR,
        "M": r"\d{1,2}",
        "MMM": f"(?:{'|'.join([*map(re.escape, long), *short])})",
        "d": r"\d{1,2}(?:st|nd|rd|th|er|re|º|ª)?" if language[:2] in ("en", "fr", "es", "pt", "it") else r"\d{1,2}",
        "E": f"(?:{'|'.join(map(re.escape, days(language)))})",
        "G": r"\w+",
    }
    found = []
    for quoted, field, other in _TOKEN.findall(form):
        kind = field.replace("L", "M")[:3] if field[:1] in ("M", "L") else field[:1]
        plain = re.sub(r"\s+", " ", quoted or other)
        found.append(parts["M" if kind == "MM" else kind] if field else re.escape(plain).replace(r"\ ", r"\s"))
    return "".join(found)
