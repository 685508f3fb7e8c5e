"""Citation styles: aliases, styles for notes, languages, and what citeproc-py draws wrongly by itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from compare_styles import TYPES, sample

from conftest import Project
from postil.model.settings import DEFAULT_STYLE
from postil.model.source import Source
from postil.site import citations, styles
from test_command import postil
from test_sources import NOTE

HEAD = (
    '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text"%s><info><title>A</title><id>a</id>%s'
)
INFO = "<updated>2020-01-01T00:00:00+00:00</updated></info>"
ALIAS = HEAD % ("", '<link href="http://www.zotero.org/styles/%s" rel="independent-parent"/>') + INFO + "</style>"
TITLE = '<macro name="title"><text variable="title" font-style="italic"/></macro>'
NAMES = """<names variable="author director"><name and="text"><name-part name="family" text-case="capitalize-first"/></name>
<substitute><text macro="title"/></substitute></names>"""
LAYOUT = f"""<layout suffix="."><group delimiter=", ">{NAMES}<text macro="title"/><date variable="issued" form="text"/>
</group></layout>"""


def own(kind: str = "bibliography", attributes: str = "") -> str:
    cited = "" if kind == "citation" else '<citation><layout><text variable="title"/></layout></citation>'
    return f"{HEAD % (attributes, '')}{INFO}{TITLE}{cited}<{kind}>{LAYOUT}</{kind}></style>"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "own.csl").write_text(own(), "utf-8")
    (tmp_path / "alias.csl").write_text(ALIAS % "own", "utf-8")
    (tmp_path / "notes.csl").write_text(own("citation"), "utf-8")
    (tmp_path / "german.csl").write_text(own(attributes=' default-locale="de-DE"'), "utf-8")
    return tmp_path


def one(style: Path | str, language: str = "en", **values: Any) -> str:
    source = Source.model_validate({"id": "a", "type": "book", "title": "The span", "issued": "1950-05-02", **values})
    found = citations.references({"a": source}, str(style), language=language)
    assert not found.plain
    return found.html["a"]


def test_names_that_are_no_authors_and_titles_in_their_stead(folder: Path) -> None:
    film = one(folder / "own.csl", type="motion_picture", director=[{"family": "reel", "given": "Rob"}])
    assert film == "Rob Reel, <i>The span</i>, May 2, 1950."
    assert one(folder / "own.csl") == "<i>The span</i>, May 2, 1950.", "it is there once"
    assert one(DEFAULT_STYLE) == "<i>The span</i> (1950)."
    assert one(folder / "own.csl", author=[{"given": "Madonna"}]).startswith("Madonna, ")


def test_an_alias_is_followed(folder: Path) -> None:
    assert one(folder / "alias.csl") == one(folder / "own.csl")
    (folder / "lost.csl").write_text(ALIAS % "nowhere-at-all", "utf-8")
    with pytest.raises(ValueError, match="an alias of 'nowhere-at-all', and there is no citation style"):
        styles.style(str(folder / "lost.csl"))


def test_a_style_for_notes_sets_sources_as_in_a_note(folder: Path) -> None:
    assert one(folder / "notes.csl") == "<i>The span</i>, May 2, 1950."
    assert "sets notes only" in styles.style(str(folder / "notes.csl")).told


def test_the_language_is_that_of_the_site(folder: Path) -> None:
    assert "2. Mai 1950" in one(folder / "own.csl", "de") and "2. Mai 1950" in one(folder / "german.csl", "de")
    assert "May 2, 1950" in one(folder / "german.csl", "en")
    assert "مايو" in one(folder / "own.csl", "ar")


def test_what_is_no_style_is_told_with_what_to_do(project: Project) -> None:
    project.write({"docs/index.md": "# A\n\nThe bridge.\n", "docs/index.annotations.yml": NOTE % "S1"})
    for content, told in (("<style", "cannot be read"), ("<html/>", "is not CSL"), (ALIAS % "x", "is an alias of 'x'")):
        project.write({"docs/j.csl": content, "docs/postil.yml": "citation_style: j.csl\n"})
        lines = postil("check", code=1)
        assert "docs/postil.yml:1:1: citation_style: " in lines and told in lines and "Traceback" not in lines
    project.write({"docs/postil.yml": "citation_style: harvard-cite-them-rigt\n"})
    assert "did you mean 'harvard-cite-them-right'?" in postil("check", code=1)
    project.write({"docs/j.csl": own("citation"), "docs/postil.yml": "citation_style: j.csl\n"})
    assert "warning: docs/postil.yml:1:1: citation_style: the citation style" in postil("check")


def test_one_fault_of_a_style_is_told_once(project: Project) -> None:
    empty = own().replace(LAYOUT, '<layout><choose><if type="book"><text variable="title"/></if></choose></layout>')
    register = "references:\n- {id: S1, title: A}\n- {id: S2, title: B}\n- {id: S3, title: C, type: book}\n"
    project.write({"docs/j.csl": empty, "docs/postil.yml": "citation_style: j.csl\n", "docs/sources.yml": register})
    project.write({"docs/index.md": "# A\n\nThe bridge.\n", "docs/index.annotations.yml": NOTE % "S1, S2, S3"})
    told = [line for line in postil("check").splitlines() if line.startswith("warning")]
    assert len(told) == 1 and "'S1', a webpage, and 1 more (it sets nothing of it)" in told[0]


@pytest.mark.parametrize("language", ["en", "de", "ar"])
def test_every_type_is_set(language: str) -> None:
    found = citations.references({kind: sample(kind) for kind in TYPES}, DEFAULT_STYLE, language=language)
    assert not found.plain and all("Span" in html for html in found.html.values())


SPLIT = """<bibliography><layout suffix="."><text variable="title"/><group prefix=" (" suffix=")" delimiter=", ">
<date variable="issued"><date-part name="year"/></date><date variable="issued"><date-part name="month"/></date></group>
<text variable="genre" prefix=". "/></layout></bibliography>"""


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("1931-05", "1931, May"),
        ("1931~", "c. 1931"),
        ("1931-05~", "c. May 1931"),
        ("1950/1951", "1950 – 1951"),
        ("1931-21", "Spring 1931"),
        ("193X", "1930 – 1939"),
        ("1931?", "1931?"),
        ({"literal": "in the year of the flood"}, "in the year of the flood"),
    ],
)
def test_dates_keep_their_doubt_in_references(folder: Path, date: Any, words: str) -> None:
    style = f"{HEAD % ('', '')}{INFO}<citation><layout/></citation>{SPLIT}</style>"
    (folder / "split.csl").write_text(style, "utf-8")
    assert one(folder / "split.csl", issued=date, genre="Falk's") == f"The span ({words}). Falk’s."
    assert f"({words})" in one(DEFAULT_STYLE, issued=date) or date == "1931-05"


def test_no_stop_behind_a_question(folder: Path) -> None:
    style = f"{HEAD % ('', '')}{INFO}<citation><layout/></citation>{SPLIT}</style>"
    (folder / "split.csl").write_text(style, "utf-8")
    assert one(folder / "split.csl", genre="Who?") == "The span (1950, May). Who?"


NUMBERED = """<bibliography second-field-align="flush"><layout>
<!-- first --><text variable="citation-number" suffix="."/>
<names variable="author"><name initialize="false"/></names>
<names variable="editor" prefix=", "><name/></names>
<group prefix=", "><number variable="edition"/><label variable="edition" prefix=" "/></group>
<text variable="title" quotes="true" prefix=", " suffix="."/>
<date variable="accessed" form="text" prefix=" "/><text variable="URL" prefix=" &lt;" suffix="&gt;"/>
</layout></bibliography>"""
LOCALE = """<locale xml:lang="en"><date form="text" delimiter=" "><date-part name="day"/><date-part name="month"/></date></locale>"""


def test_what_citeproc_overlooks_in_a_style(folder: Path) -> None:
    head = HEAD % (' initialize-with=". "', "")
    style = f"{head}{INFO}{LOCALE}<citation><layout/></citation>{NUMBERED}</style>"
    (folder / "numbered.csl").write_text(style, "utf-8")
    people = {"author": [{"family": "Reel", "given": "Rob"}], "editor": [{"family": "Falk", "given": "Ada"}]}
    values: dict[str, Any] = {
        **people,
        "title": "Of <i>Salmo</i> & co",
        "accessed": "2024-05-02",
        "URL": "https://example.org/?a=1&b=2",
    }
    assert one(folder / "numbered.csl", **values) == (
        "1. Rob Reel, A. Falk, “Of <i>Salmo</i> &amp; co.” 2 May "
        '&lt;<a href="https://example.org/?a=1&amp;b=2">https://example.org/?a=1&amp;b=2</a>&gt;'
    )
    assert ", 2 edition," in one(folder / "numbered.csl", **values, edition="2")


def set_by(folder: Path, layout: str, macros: str = "", language: str = "en", **values: Any) -> str:
    """A source as a bibliography with this layout sets it."""
    cited = '<citation><layout><text variable="title"/></layout></citation>'
    style = f"{HEAD % ('', '')}{INFO}{macros}{cited}<bibliography{layout}</bibliography></style>"
    (folder / "this.csl").write_text(style, "utf-8")
    return one(folder / "this.csl", language, **values)


QUOTED = '><layout suffix="."><text variable="title" quotes="true"/></layout>'


@pytest.mark.parametrize(
    ("language", "title", "wanted"),
    [
        ("en", 'He says "all" is on', "“He says ‘all’ is on.”"),
        ("en", 'He said "so"', "“He said ‘so.’”"),
        ("en", 'She: "he said “so” once" again', "“She: ‘he said “so” once’ again.”"),
        ("en", 'A 6" pipe', "“A 6&#34; pipe.”"),
        ("en", "The '99 talks", "“The &#39;99 talks.”"),
        ("en", "It “is” so", "“It ‘is’ so.”"),
        ("de", 'Er sagt "ja" dazu', "„Er sagt ‚ja‘ dazu“."),
        ("de", "Er sagt „ja“ dazu", "„Er sagt ‚ja‘ dazu“."),
    ],
)
def test_quotations_in_a_quoted_title(folder: Path, language: str, title: str, wanted: str) -> None:
    assert set_by(folder, QUOTED, language=language, title=title) == wanted


def test_quotations_in_a_title_that_is_not_quoted(folder: Path) -> None:
    layout = '><layout suffix="."><text variable="title" font-style="italic"/></layout>'
    assert set_by(folder, layout, title='He says "all" is on') == "<i>He says “all” is on</i>."


@pytest.mark.parametrize(
    ("layout", "macros", "values", "wanted"),
    [
        pytest.param(
            ' second-field-align="flush"><layout suffix="."><text variable="volume"/><text variable="title"/></layout>',
            "", {"volume": "3"}, "3 The span.", id="a column has a space before the next",
        ),
        pytest.param(
            '><layout suffix="."><text variable="title" display="block"/><text variable="volume" display="left-margin"/>'
            '<text variable="note" display="right-inline"/><text variable="abstract" display="indent"/></layout>',
            "", {"volume": "3", "abstract": "Long."}, "The span<br>3<br>Long.", id="blocks begin on new lines",
        ),
        pytest.param(
            '><layout suffix="."><text macro="in"/><text variable="title" prefix=" "/></layout>',
            '<macro name="in"><text term="in"/><choose><if type="book"><text variable="container-title"/></if></choose>'
            "</macro>", {}, "The span.", id="no word to a variable that is not there",
        ),
        pytest.param(
            '><layout suffix="."><text variable="title"/><label variable="page" prefix=", "/><text variable="page"/></layout>',
            "", {}, "The span.", id="no label without a page",
        ),
        pytest.param(
            '><layout><text variable="number-of-volumes"/><label variable="number-of-volumes" form="short" prefix=" "/></layout>',
            "", {"number-of-volumes": "5"}, "5 vols.", id="a number of things is more than one",
        ),
        pytest.param(
            '><layout><text variable="title" font-style="italic" suffix=", "/><names variable="reviewed-author">'
            '<label form="verb-short" suffix=" "/><name/></names></layout>',
            "", {"reviewed-author": [{"literal": "B. Burtle"}]}, "<i>The span</i>, by B. Burtle",
            id="another form stands for one that the language has not",
        ),
        pytest.param(
            '><layout delimiter=""><group delimiter=". "><names variable="author"><name/><substitute>'
            '<names variable="editor"/></substitute></names><names variable="editor"><name/></names>'
            '<text variable="title"/></group></layout>',
            "", {"editor": [{"literal": "B. Burtle"}]}, "B. Burtle. The span", id="names are there once",
        ),
        pytest.param(
            '><layout><group delimiter=" "><text variable="container-title" form="short"/><text variable="issue"/></group>'
            "</layout>",
            "", {"container-title": "The Journal", "container-title-short": "J.", "issue": "3-4"}, "J. 3–4",
            id="a short title, a range of numbers",
        ),
        pytest.param(
            '><layout suffix="."><text variable="title" font-weight="bold"/></layout>',
            "", {"title": "Doe Co."}, "<b>Doe Co.</b>", id="one stop where two meet at the end of bold words",
        ),
        pytest.param(
            '><layout><text variable="title" font-style="italic"/></layout>',
            "", {"title": 'Lessard <span class="nodecor">v.</span> Schmidt'},
            '<i>Lessard <span style="font-style:normal;">v.</span> Schmidt</i>', id="upright words in italics",
        ),
    ],
)  # fmt: skip
def test_what_citeproc_sets_wrongly(folder: Path, layout: str, macros: str, values: Any, wanted: str) -> None:
    assert set_by(folder, layout, macros, **values) == wanted


CASED = '><layout><text variable="title" text-case="%s"/></layout>'


@pytest.mark.parametrize(
    ("how", "title", "wanted"),
    [
        ("title", "<i>salmo</i> trutta in rivers", "<i>Salmo</i> Trutta in Rivers"),
        ("title", "<i>on the origin of species</i>", "<i>On the Origin of Species</i>"),
        ("title", "x <i>of the sea</i> y", "X <i>of the Sea</i> Y"),
        ("title", "a title: <i>the</i> subtitle", "A Title: <i>The</i> Subtitle"),
        ("title", "“quoted start” of “the end”", "“Quoted Start” of “The End”"),
        ("title", "what? the answer", "What? The Answer"),
        ("title", "what it is made of", "What It Is Made Of"),
        ("title", "(un)important <b>and</b> good", "(Un)important <b>and</b> Good"),
        ("title", '<span class="nocase">iPhone</span> and you', "iPhone and You"),
        ("title", "lessard v. schmidt", "Lessard v. Schmidt"),
        ("title", "the eBay of NATO & the 3rd", "The eBay of NATO &amp; the 3rd"),
        ("sentence", "<i>salmo</i> Trutta In NATO", "<i>Salmo</i> trutta in NATO"),
        ("sentence", '<span class="nocase">iPhone</span> And You', "iPhone and you"),
        ("capitalize-first", "‘inner’ words", "‘Inner’ words"),
        ("capitalize-all", "<i>of the</i> sea", "<i>Of The</i> Sea"),
        ("lowercase", "<i>Of The</i> Sea", "<i>of the</i> sea"),
    ],
)
def test_the_case_of_words_behind_markup_and_marks(folder: Path, how: str, title: str, wanted: str) -> None:
    assert set_by(folder, CASED % how, title=title) == wanted


def test_a_title_has_the_case_of_its_own_language_or_that_of_the_site(folder: Path) -> None:
    assert set_by(folder, CASED % "title", language="de", title="Der weg nach Rom") == "Der weg nach Rom"
    for language, title, wanted in [("en", "the way to Rome", "The Way to Rome"), ("de-AT", "der weg", "der weg")]:
        source = Source.model_validate({"id": "a", "type": "book", "title": title, "language": language})
        for site in ("de", "en"):
            assert citations.references({"a": source}, str(folder / "this.csl"), language=site).html["a"] == wanted


def test_the_letter_of_a_year_that_the_register_has(folder: Path) -> None:
    date = '<date variable="%s"><date-part name="year"/></date>'
    macro = f'<macro name="year">{date % "issued"}</macro>'
    layout = (
        f'><layout><text macro="year"/><text value=" "/>{date % "accessed"}<text value=" "/>{date % "issued"}</layout>'
    )
    values = {"year-suffix": "b", "accessed": "2020"}
    assert set_by(folder, layout, macro, **values) == "1950 2020 1950", "a style that has no letters"
    file = folder / "this.csl"
    file.write_text(
        file.read_text("utf-8").replace("<citation>", '<citation disambiguate-add-year-suffix="true">'), "utf-8"
    )
    assert one(file, **values) == "1950b 2020 1950", "it stands once, and behind no other year"
    assert one(file, **values, issued="1950~") == "c. 1950b 2020 c. 1950"
    assert one(file, accessed="2020") == "1950 2020 1950"
    assert one(DEFAULT_STYLE, **values).endswith("(1950b).")


def test_a_name_in_eastern_signs_has_its_family_name_first(folder: Path) -> None:
    authors = [
        {"family": "田中", "given": "太郎"},
        {"family": "홍", "given": "길동"},
        {"family": "マルタン", "given": "P."},
    ]
    assert one(folder / "own.csl", author=authors).startswith("田中太郎, 홍길동, and P. マルタン, ")
