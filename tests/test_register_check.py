"""`postil sources`: what is to be looked at in the registers of a site."""

from __future__ import annotations

import json

import pytest

from conftest import Project
from test_command import postil
from test_sources import NOTE

REGISTER = """\
references:
  - {id: used, title: One, issued: 2020, URL: "https://www.example.org/a/", accessed: 2020-01-01}
  - {id: again, title: One, issued: 2020, URL: "http://example.org/a", accessed: 2020-01-01}
  - {id: other page, title: Two, issued: 2020, URL: "https://example.org/a", accessed: 2020-01-01}
  - {id: bare, title: Three, URL: "https://example.org/b", custom: {copy: mirror}}
  - {id: lasting, title: Four, issued: 1931~, URL: "https://doi.org/10.1000/ABC", DOI: 10.1000/abc}
"""
BIB = "@article{theirs, title = {Four}, date = {1931}, doi = {https://dx.doi.org/10.1000/Abc}}"


@pytest.fixture
def site(project: Project) -> Project:
    project.write({"docs/index.md": "# A\n\nThe bridge.\n", "docs/index.annotations.yml": NOTE % "used, theirs"})
    return project.write({"docs/sources.yml": REGISTER, "docs/sources.bib": BIB})


def test_what_is_to_be_looked_at(site: Project) -> None:
    assert postil("sources").splitlines() == [
        "Doubles: the same DOI or address (2)",
        "  docs/sources.yml:3:10: again: One (like 'used' (http://example.org/a))",
        "  docs/sources.bib:1:1: theirs: Four (like 'lasting' (DOI 10.1000/Abc))",
        "Undated (1)",
        "  docs/sources.yml:5:10: bare: Three",
        "On the web, without the day of access (1)",
        "  docs/sources.yml:5:10: bare: Three (https://example.org/b)",
        "Used by no note and no record (4)",
        "  docs/sources.yml:3:10: again: One",
        "  docs/sources.yml:4:10: other page: Two",
        "  docs/sources.yml:5:10: bare: Three",
        "  docs/sources.yml:6:10: lasting: Four",
        "Copies that somebody else made (1)",
        "  docs/sources.yml:5:10: bare: Three (a mirror)",
        "6 sources.",
    ]
    postil("sources", "--strict", code=1)
    every = postil("sources", "--all").splitlines()
    assert every[0] == "docs/sources.yml:2:10: used: webpage, One, 2020; 1 use"
    assert "docs/sources.yml:5:10: bare: webpage, Three, undated; 0 uses" in every
    assert "the source 'again' seems to be the same as 'used' (http://example.org/a)" in postil("check")


def test_the_same_as_data(site: Project) -> None:
    data = json.loads(postil("sources", "--json"))
    assert data["registers"] == ["docs/sources.bib", "docs/sources.yml"] and not data["mistakes"]
    found = {one["id"]: one for one in data["sources"]}
    assert found["bare"]["findings"].keys() == {"undated", "unvisited", "unused", "copy"}
    assert found["used"]["uses"] == 1 and not found["used"]["findings"]


def test_mistakes_end_it_with_an_error(site: Project) -> None:
    site.write({"docs/sources.bib": "@book{used, title={X}}"})
    told = postil("sources", code=1)
    assert "docs/sources.bib:1:1: the source 'used' is here twice (first in docs/sources.yml:2:10)" in told
    assert json.loads(postil("sources", "--json", code=1))["mistakes"]


def test_a_register_without_fault(project: Project) -> None:
    project.write({"docs/index.md": "# A\n\nThe bridge.\n", "docs/index.annotations.yml": NOTE % "used"})
    project.write({"docs/sources.yml": "\n".join(REGISTER.splitlines()[:2]) + "\n"})
    assert postil("sources", "--strict") == "1 source. There is nothing to look at.\n"
