"""The article in Firefox, where there is one: the margin, the sheet, the filter."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import firefox
from browsing import ARTICLE, DRIFT, OVERLAPS, WIDTHS

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(firefox.find() is None, reason="no Firefox on this machine; POSTIL_FIREFOX names one"),
]


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[firefox.Firefox]:
    with firefox.launched(firefox.find() or "", tmp_path_factory.mktemp("profile")) as found:
        yield found


def read(tab: firefox.Firefox, published: Path, width: int) -> None:
    """Open the article with all of its notes shown."""
    tab.open((published / ARTICLE / "index.html").as_uri(), width)
    tab.click(".postil-filter input[value=all]")


@pytest.mark.parametrize("width", WIDTHS)
def test_no_overlap_and_no_overflow(tab: firefox.Firefox, published: Path, width: int) -> None:
    read(tab, published, width)
    assert tab.evaluate("() => document.documentElement.scrollWidth") <= width
    assert tab.evaluate(OVERLAPS) == 0


def test_notes_stay_near_their_passages(tab: firefox.Firefox, published: Path) -> None:
    read(tab, published, 1440)
    drift = tab.evaluate(DRIFT)
    assert sum(drift) / len(drift) <= 25
    assert max(drift) <= 120


def test_the_sheet_opens_and_closes(tab: firefox.Firefox, published: Path) -> None:
    read(tab, published, 390)
    tab.click("#ref-troop-count")
    opened = "() => [...document.querySelectorAll(':popover-open')].map(e => e.id)"
    for _ in range(50):
        if tab.evaluate(opened):
            break
    assert tab.evaluate(opened) == ["note-troop-count"]
    tab.click(":popover-open .postil-note__close")
    for _ in range(50):
        if not tab.evaluate("() => location.hash"):
            break
    assert tab.evaluate("() => location.hash") == ""
    assert not tab.evaluate("() => document.querySelector('#note-troop-count').getBoundingClientRect().height")


def test_the_filter_shows_one_verdict(tab: firefox.Firefox, published: Path) -> None:
    read(tab, published, 1440)
    shown = (
        "() => [...document.querySelectorAll('.postil-note')].filter(n => n.getBoundingClientRect().height > 1).length"
    )
    every = tab.evaluate(shown)
    tab.click(".postil-filter input[value=verdict-confirmed]")
    assert 0 < tab.evaluate(shown) < every
    assert tab.evaluate(OVERLAPS) == 0
