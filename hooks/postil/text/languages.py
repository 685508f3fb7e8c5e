"""Which language a text is in, and how that language writes days and months.

Only what rules of this program need is told: a language that is not among these has no rules, and whoever uses one says
so. The words are the commonest of each language, of our own choice; names of days and months are those of CLDR (babel).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import Any, Literal

# Words that nearly every paragraph of the language has and few of another.
_COMMON = {
    "en": "the of and to in is that for it was with as on be by this are from at which have not they his her",
    "de": "der die das und ist nicht den von zu mit sich des auf für ein eine dem werden wird auch sie es im als",
    "fr": "le la les des et est une dans que qui pour pas sur par au du plus avec ne se ce sont aux cette",
    "es": "el la los las de y que en un una es por con para del se no su como al lo más está puede",
    "pt": "o a os as de e que em um uma é por com para do da não se seu como ao mais você são",
    "it": "il la le di e che è un una in per con del della non si sono gli da al come nel più",
    "nl": "de het een en van is dat op te in niet met zijn voor er aan ook als door wordt bij",
    "pl": "i w na nie się z do to jest że o jak po ale od przez za dla są był",
    "tr": "ve bir bu için ile da de olarak çok daha gibi olan en ne kadar sonra",
    "ru": "и в не на что он с как это по но из у за от для так был",
    "uk": "і в не на що він з як це по але із у за від для та був його",
    "fa": "و در به از که این را با است برای آن یک خود تا بر هم",
    "ar": "في من على إلى أن هذا هذه التي الذي كان عن مع ما لا قد أو ثم بين كل",
}  # fmt: skip
_COMMON_SETS = {language: frozenset(words.split()) for language, words in _COMMON.items()}
_SCRIPTS = (  # scripts that one language alone has, or nearly so
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("lo", re.compile("[\u0e80-\u0eff]")),
    ("km", re.compile("[\u1780-\u17ff]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("hi", re.compile("[\u0900-\u097f]")),
)
_HAN = re.compile("[\u3400-\u9fff]")
_KANA = re.compile("[\u3040-\u30ff]")
_FAR = re.compile("[\u0370-\U0010ffff]")  # behind Latin letters: all scripts that are looked for are there
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 20_000  # code points that are looked at
_LEAST_SHARE = 0.1  # of the words: less than that is chance
_LEAST = 3  # words


@lru_cache(16)  # of an article it is asked several times
def language_of(text: str, default: str = "") -> str:
    """The language in which most of a text is written.

    Args:
        text: any text.
        default: what is said of a text that is too short to tell.

    Returns:
        A code of ISO 639-1, "und" for a text of some length in a language that is not known here, or `default`.
    """
    sample = text[:_SAMPLE].lower()
    words = _WORD.findall(sample)
    letters = sum(map(len, words))
    if letters and _FAR.search(sample):
        han, kana = len(_HAN.findall(sample)), len(_KANA.findall(sample))
        if han + kana > 0.3 * letters:
            return "ja" if kana > 0.1 * (han + kana) else "zh"
        for language, script in _SCRIPTS:
            if len(script.findall(sample)) > 0.5 * letters:
                return language
    times = Counter(words)
    counts = Counter(
        {language: sum(times[word] for word in common & times.keys()) for language, common in _COMMON_SETS.items()}
    )
    (best, count), *_ = counts.most_common(1)
    if count >= _LEAST and count >= _LEAST_SHARE * len(words):
        return best
    return default if len(words) < _LEAST / _LEAST_SHARE else "und"


@cache
def months(language: str, width: Literal["wide", "abbreviated"] = "wide") -> tuple[str, ...]:
    """The names of the months, longest first, in the form that dates have; none for a language unknown to CLDR."""
    from babel.dates import get_month_names  # only what measures and follows texts needs it

    return _names(get_month_names, language, width)


@cache
def days(language: str) -> tuple[str, ...]:
    """The names of the days of the week, likewise."""
    from babel.dates import get_day_names

    return _names(get_day_names, language, "wide")


def _names(forms: Callable[[Any, Any, str], Mapping[int, str]], language: str, width: str) -> tuple[str, ...]:
    from babel import UnknownLocaleError

    if language in ("", "und"):  # of which CLDR has the names of its root
        return ()
    try:
        found = set(forms(width, "format", language).values())
    except (UnknownLocaleError, ValueError):
        return ()
    return tuple(sorted(found, key=lambda name: (-len(name), name)))
