"""Documents of word processors: comments on their passages, articles with tables, footnotes and pictures, and bad files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import docx
import pytest
import yaml
from click.testing import CliRunner
from docx.document import Document
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from conftest import SOURCES, Project
from postil.commands import main
from postil.files.settings_file import default_settings
from postil.files.snapshot import parse
from postil.importing import article, package
from postil.importing.foreign import Batch, Wanted
from postil.importing.formats import read_notes
from postil.model.problem import PostilError
from postil.text.anchor import Anchorer, Span

WORD = "http://schemas.microsoft.com/office/word"
EXTENDED = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
SETTINGS = "authors:\n  mira: {name: Mira Test}\n  desk: {name: The desk}\nnamespace: word-test\n"


def opening() -> Document:
    """An article of a bridge, whose words are parted into runs as Word does it."""
    document = docx.Document()
    document.add_paragraph("The bridge opens", style="Title")
    paragraph = document.add_paragraph("The bridge was ")
    for words in ("opened ", "in 19", "31 by the mayor", ". It is the longest"):
        paragraph.add_run(words)
    paragraph.add_run(" of the country").bold = True
    paragraph.add_run(".")
    document.add_heading("Later", 1)
    for words in ("Steel came from the north.", "Stone came from the south.", "The bridge was painted red."):
        document.add_paragraph("").add_run(words)
    table = document.add_table(rows=2, cols=2)
    for number, words in enumerate(("Length", "Cost", "410 metres", "2 million")):
        table.cell(number // 2, number % 2).paragraphs[0].add_run(words)
    document.add_paragraph("").add_run("It carries trains")
    document.add_paragraph("").add_run("The end of the tale.")
    return document


def changed(document: Document) -> None:
    """Two tracked changes: “trains” was “carts” once, and “ at night” is new; the paragraph has a note's passage."""
    (paragraph,) = (item for item in document.paragraphs if item.text == "It carries trains")
    paragraph.runs[0].text = "It carries "
    for xml in (
        '<w:del {} w:id="90" w:author="Bo"><w:r><w:delText>carts</w:delText></w:r></w:del>',
        '<w:ins {} w:id="91" w:author="Bo"><w:r><w:t>trains</w:t></w:r></w:ins>',
        '<w:moveFrom {} w:id="92" w:author="Bo"><w:r><w:t> in winter</w:t></w:r></w:moveFrom>',
        '<w:ins {} w:id="93" w:author="Bo"><w:r><w:t xml:space="preserve"> at night.</w:t></w:r></w:ins>',
    ):
        paragraph._p.append(parse_xml(xml.format(nsdecls("w"))))


def extended(document: Document, threads: dict[int, int], resolved: set[int]) -> None:
    """The part in which Word keeps which comment answers which, and which are done."""
    lines = []
    for comment in document.comments:
        element: Any = comment._comment_elm
        element.p_lst[-1].set(qn("w14:paraId"), f"{comment.comment_id + 1:08X}")
        parent = threads.get(comment.comment_id)
        answers = f' w15:paraIdParent="{parent + 1:08X}"' if parent is not None else ""
        done = int(comment.comment_id in resolved)
        lines.append(f'<w15:commentEx w15:paraId="{comment.comment_id + 1:08X}"{answers} w15:done="{done}"/>')
    xml = f'<w15:commentsEx xmlns:w15="{WORD}/2012/wordml">{"".join(lines)}</w15:commentsEx>'
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.commentsExtended+xml"
    part = Part(PackURI("/word/commentsExtended.xml"), kind, xml.encode(), document.part.package)
    document.part.relate_to(part, EXTENDED)


def saved(document: Document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


# The words of each passage, which of its places it is, and the comment.
WANTED = (
    ("opened in 1931", 0, "The Gazette says so, too."),  # over three runs
    ("The bridge was", 0, "Source?"),
    ("The bridge was", 1, "Source?"),  # the same words on the same words, elsewhere
    ("longest of the country", 0, "By which measure?"),
    ("came from the", 0, "From which quarry?"),
    ("came from the", 1, "From which quarry, again?"),
    ("Steel came from the north.\nStone came", 0, "Two paragraphs."),
    ("410 metres", 0, "In a table."),
    ("Cost\n410 metres\n2 million", 0, "Over cells."),
    ("carries trains at night", 0, "With tracked changes."),
    ("The end", 0, "This one is done."),
    ("Later", 0, "A heading."),
)


@pytest.fixture
def reviewed() -> bytes:
    """A document with twelve comments, of which one has two answers and one is resolved."""
    document = opening()
    changed(document)
    steel, stone, painted = (
        item
        for item in document.paragraphs
        if item.text.endswith(".") and len(item.runs) == 1 and "end" not in item.text
    )
    opened = document.paragraphs[1]
    cells = [cell.paragraphs[0].runs[0] for row in document.tables[0].rows for cell in row.cells]
    split(steel, "Steel ", "came from the", " north.")
    split(stone, "Stone ", "came from the", " south.")
    split(painted, "The bridge was", " painted red.")
    end = document.paragraphs[-1]
    split(end, "The end", " of the tale.")
    heading = next(item for item in document.paragraphs if item.text == "Later")
    split(
        opened,
        "The bridge was",
        " ",
        "opened ",
        "in 19",
        "31",
        " by the mayor. It is the ",
        "longest",
        " of the country",
        ".",
    )
    night = next(item for item in document.paragraphs if item.text.startswith("It carries"))
    split(night, "It ", "carries ")
    places: list[Sequence[Any]] = [
        opened.runs[2:5], opened.runs[:1], painted.runs[:1], opened.runs[6:8], steel.runs[1:2], stone.runs[1:2],
        [steel.runs[0], stone.runs[1]], cells[2:3], [cells[1], cells[3]], [night.runs[1]], end.runs[:1], heading.runs,
    ]  # fmt: skip
    for runs, (_, _, words) in zip(places, WANTED, strict=True):
        document.add_comment([runs[0], runs[-1]], text=words, author="Mira Test", initials="M")
    # Its range ends behind the inserted words, and that of 6 in the middle of a run.
    ends = {element.get(qn("w:id")): element for element in document.element.iter(qn("w:commentRangeEnd"))}
    night._p.append(ends["9"])
    last = night._p.findall(qn("w:ins"))[-1]
    last.addprevious(
        parse_xml(f'<w:ins {nsdecls("w")} w:id="94"><w:r><w:t xml:space="preserve"> at night</w:t></w:r></w:ins>')
    )
    last.findall(f".//{qn('w:t')}")[0].text = "."
    last.addprevious(ends["9"])
    stone.runs[1].text = " from the"
    stone.runs[0]._r.addnext(parse_xml(f"<w:r {nsdecls('w')}><w:t>came</w:t></w:r>"))
    starts = {element.get(qn("w:id")): element for element in document.element.iter(qn("w:commentRangeStart"))}
    stone.runs[0]._r.addnext(starts["5"])
    stone.runs[1]._r.addnext(ends["6"])
    for answer, by in (("By length.", "Bo"), ("Then say so.", "Mira Test")):
        document.add_comment(opened.runs[6:8], text=answer, author=by, initials="B")
    extended(document, {12: 3, 13: 3}, {10})
    return saved(document)


def split(paragraph: Any, *words: str) -> None:
    """Give a paragraph these runs."""
    kept = [child for child in paragraph._p if child.tag in (qn("w:ins"), qn("w:del"), qn("w:moveFrom"))]
    for run in paragraph.runs:
        paragraph._p.remove(run._r)
    for child in kept:
        paragraph._p.remove(child)
    for part in words:
        paragraph.add_run(part)
    for child in kept:
        paragraph._p.append(child)


@pytest.fixture
def site(project: Project) -> Project:
    return project.write({"docs/index.md": "# Home\n", "docs/postil.yml": SETTINGS, "docs/sources.yml": SOURCES})


def run(*arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(main, list(arguments), env={"SOURCE_DATE_EPOCH": "1767225600"})
    assert result.exit_code == code, result.output
    return result.output


def taken_in(site: Project, name: str, content: bytes, *options: str, code: int = 0) -> list[dict[str, Any]]:
    """The notes of a document whose article has been taken in first."""
    (site.folder / name).write_bytes(content)
    run("import-article", name, "--name", "story")
    run("import", name, "--author", "desk", *options, code=code)
    return notes(site)


def notes(site: Project) -> list[dict[str, Any]]:
    file = site.folder / "docs/articles/story.annotations.yml"
    found: list[dict[str, Any]] = yaml.load(file.read_text("utf-8"), yaml.BaseLoader)["annotations"]
    return found


def read(content: bytes, name: str = "story.docx", *, resolved: bool = False) -> Batch:
    return read_notes(content, name, default_settings("en"), Wanted(resolved=resolved))


def nth(text: str, words: str, number: int) -> int:
    place = -1
    for _ in range(number + 1):
        place = text.index(words, place + 1)
    return place


def test_twelve_comments_of_twelve_stand_where_they_belong(site: Project, reviewed: bytes) -> None:
    found = taken_in(site, "story.docx", reviewed, "--resolved")
    text = parse((site.folder / "docs/articles/story.annotations.snapshot.txt").read_text("utf-8")) or ""
    anchorer = Anchorer(text)
    placed = {}
    for note in found:
        span = anchorer.find(note["quote"], note.get("prefix", ""), note.get("suffix", ""))
        assert isinstance(span, Span), note
        placed[span.start, " ".join(text[span.start : span.end].split())] = note["note"].strip()
    assert placed == {(nth(text, words, number), " ".join(words.split())): comment for words, number, comment in WANTED}
    assert not list(site.folder.rglob("*.unplaced.yml"))
    (thread,) = (note for note in found if "replies" in note["origin"])
    assert thread["note"] == "By which measure?"
    assert [(reply["author"], reply["note"]) for reply in thread["origin"]["replies"]] == [
        ("Bo", "By length."), ("Mira Test", "Then say so."),
    ]  # fmt: skip
    assert "carts" not in text and "winter" not in text
    run("import", "story.docx", "--author", "desk", "--resolved")
    assert notes(site) == found  # nothing twice


def test_resolved_comments_are_left_out_and_told(site: Project, reviewed: bytes) -> None:
    (site.folder / "story.docx").write_bytes(reviewed)
    run("import-article", "story.docx", "--name", "story")
    told = run("import", "story.docx", "--author", "desk")
    assert "story.docx: 1 resolved comment left out; with --resolved they come in, too" in told
    assert "11 found" in told
    assert "This one is done." not in [note["note"] for note in notes(site)]


def test_google_tells_answers_by_equal_ranges() -> None:
    document = docx.Document()
    run_of = document.add_paragraph("The bridge was ").add_run("opened in 1931")
    document.paragraphs[0].add_run(" by the mayor.")
    for words, author in (("Was it?", "Mira Test"), ("It was.", "Bo")):
        document.add_comment(run_of, text=words, author=author)
    # Google writes both starts in front of the words, both ends behind.
    (note,) = read(saved(document)).notes
    assert (note.quote, note.body, note.origin.author) == ("opened in 1931", "Was it?", "Mira Test")
    assert [(reply.author, reply.note) for reply in note.origin.replies] == [("Bo", "It was.")]


def test_two_comments_of_word_on_the_same_words_are_two() -> None:
    document = docx.Document()
    words = document.add_paragraph("").add_run("opened in 1931")
    for text in ("One.", "Two."):
        document.add_comment(words, text=text, author="Mira Test")
    extended(document, {}, set())
    assert [note.body for note in read(saved(document)).notes] == ["One.", "Two."]


def test_our_own_comments_become_drafts_of_our_notes(site: Project) -> None:
    document = docx.Document()
    document.add_paragraph("The bridge opens", style="Title")
    paragraph = document.add_paragraph("")
    comments = (
        ("opened in 1931", "Mira Test", "Wrong: it was 1932, see https://www.example.org/report/."),
        ("by the mayor", "mira test", "[context] He was new. https://example.org/elsewhere has more."),
        ("the longest", "Bo", "[Needs context]: by its span"),
        ("of the country", "Mira Test", "What is it: a bridge?"),
        ("red", "Mira Test", "question: since when?"),
    )
    for words, author, text in comments:
        last = paragraph.add_run(words)
        document.add_comment(last, text=text, author=author)
        paragraph.add_run(", and ")
    document.add_comment(last, text="For long.", author="Bo")
    found = taken_in(site, "story.docx", saved(document), "--ours")
    keys = ("quote", "kind", "verdict", "note", "sources", "author", "status")
    assert [tuple(note.get(key) for key in keys) for note in found] == [
        ("opened in 1931", "fact-check", "wrong", "it was 1932, see.", ["S1"], "mira", "draft"),
        ("by the mayor", "context", None, "He was new. [https://example.org/elsewhere](https://example.org/elsewhere) has more.", None, "mira", "draft"),
        ("the longest", "fact-check", "needs context", "Bo: by its span", None, "desk", "draft"),
        ("of the country", "context", None, "What is it: a bridge?", None, "mira", "draft"),
        ("red", "question", None, "since when?\n\nBo: For long.\n", None, "mira", "draft"),
    ]  # fmt: skip
    assert all("origin" not in note for note in found)
    assert site.build() == []
    assert "it was 1932" not in site.read("articles/story/index.html")


def test_drafts_that_were_edited_are_not_taken_in_again(site: Project, reviewed: bytes) -> None:
    found = taken_in(site, "story.docx", reviewed, "--ours")
    file = site.folder / "docs/articles/story.annotations.yml"
    text = file.read_text("utf-8")
    for old, new in (
        ("The Gazette says so, too.", "The *Gazette* of 2 May says so."),
        ("quote: opened in 1931", "quote: opened in 1931 by the mayor"),
        ("note: Source?", "note: Who says so?"),
        ("status: draft\n", "status: review\n"),
    ):
        assert old in text
        text = text.replace(old, new)
    file.write_text(text, "utf-8", newline="\n")
    told = run("import", "story.docx", "--author", "desk", "--ours")
    assert "11 here already" in told and "Nothing to write." in told
    assert file.read_text("utf-8") == text
    assert len(found) == 11


def test_what_has_no_place_goes_whole_to_the_unplaced(site: Project) -> None:
    document = docx.Document()
    words = document.add_paragraph("The bridge was ").add_run("opened")
    document.add_comment(words, text="Kept.", author="Bo")
    document.add_comment(document.add_paragraph("").add_run(" "), text="On nothing.", author="Bo")
    (site.folder / "story.docx").write_bytes(saved(document))
    site.write({"docs/story.md": "# A\n\nThe bridge was opened.\n", "docs/story.annotations.yml": "annotations: []\n"})
    told = run("import", "story.docx", "--author", "desk", code=1)
    assert "1 found, 1 refused" in told
    left = yaml.load((site.folder / "docs/story.unplaced.yml").read_text("utf-8"), yaml.BaseLoader)["unplaced"]
    assert [(entry["note"]["note"], entry["note"]["origin"]["author"]) for entry in left] == [("On nothing.", "Bo")]


def test_an_article_with_lists_a_table_a_link_footnotes_and_a_picture(site: Project) -> None:
    document = opening()
    for words, style in (("one", "List Bullet"), ("two", "List Bullet"), ("first", "List Number")):
        document.add_paragraph(words, style=style)
    document.add_picture(io.BytesIO(PIXEL))
    document.element.findall(f".//{qn('wp:docPr')}")[0].set("descr", "A [red] bridge")
    paragraph = document.add_paragraph("Noted")
    paragraph.add_run()._r.append(parse_xml(f'<w:footnoteReference {nsdecls("w")} w:id="2"/>'))
    notes_xml = f'<w:footnotes {nsdecls("w")}><w:footnote w:id="2"><w:p><w:r><w:t>In the *Gazette*.</w:t></w:r></w:p></w:footnote></w:footnotes>'
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, notes_xml.encode(), document.part.package)
    document.part.relate_to(part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes")
    (site.folder / "in.docx").write_bytes(saved(document))
    told = run("import-article", "in.docx")
    assert "Wrote 1 picture to docs/articles/the-bridge-opens" in told
    page = (site.folder / "docs/articles/the-bridge-opens.md").read_text("utf-8")
    assert page.startswith('---\ntitle: "The bridge opens"\n---\n\n# The bridge opens\n\nThe bridge was opened in 1931')
    assert "**of the country**" in page.replace("** of the", "**of the")
    assert "\n## Later\n" in page
    assert "| 410 metres | 2 million |" in page
    assert "- one\n- two\n" in page.replace("-   ", "- ")
    assert r"![A \[red\] bridge](the-bridge-opens/picture-1.png)" in page
    assert "Noted[^1]" in page and page.endswith("\n[^1]: In the \\*Gazette\\*.\n")
    assert (site.folder / "docs/articles/the-bridge-opens/picture-1.png").read_bytes() == PIXEL
    assert site.build() == []
    html = site.read("articles/the-bridge-opens/index.html")
    assert 'class="footnote-ref"' in html and 'src="picture-1.png"' in html


def test_a_linked_picture_is_not_fetched_and_told(site: Project) -> None:
    document = opening()
    document.add_picture(io.BytesIO(PIXEL))
    address = "https://example.org/track.png"
    link = document.part.relate_to(
        address, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image", is_external=True
    )
    (blip,) = document.element.findall(f".//{qn('a:blip')}")
    del blip.attrib[qn("r:embed")]
    blip.set(qn("r:link"), link)
    found = article.read(saved(document), "in.docx")
    assert not found.pictures
    assert any(line.startswith("left out a picture that is linked") for line in found.told)
    assert address not in found.markdown()


CONTENT = """\
<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0">
<office:automatic-styles><style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
<text:list-style style:name="L1"><text:list-level-style-number text:level="1"/></text:list-style></office:automatic-styles>
<office:body><office:text>
<text:tracked-changes><text:changed-region><text:deletion><text:p>carts</text:p></text:deletion></text:changed-region></text:tracked-changes>
<text:p text:style-name="Title">The bridge opens</text:p>
<text:p>The bridge was <office:annotation office:name="a1"><dc:creator>Mira Test</dc:creator><dc:date>2026-03-04T10:00:00</dc:date>
<text:p>Was it? <text:a xlink:href="https://example.org/report">A report</text:a></text:p></office:annotation><office:annotation
 office:name="a2" loext:parent-name="a1"><dc:creator>Bo</dc:creator><text:p>It was.</text:p></office:annotation>opened<text:s/><text:span
 text:style-name="T1">in 1931</text:span><office:annotation-end office:name="a1"/><office:annotation-end office:name="a2"/> by the mayor<text:note
 text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>A note.</text:p></text:note-body></text:note>.</text:p>
<text:h text:outline-level="1">Later</text:h>
<text:list text:style-name="L1"><text:list-item><text:p>First</text:p></text:list-item></text:list>
<table:table><table:table-row><table:table-cell><text:p>Length</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell><text:p><office:annotation office:name="a3" loext:resolved="true"><text:p>Done.</text:p></office:annotation>410
 metres<office:annotation-end office:name="a3"/></text:p></table:table-cell></table:table-row></table:table>
<text:p>The end<office:annotation><dc:creator>Bo</dc:creator><text:p>At a point.</text:p></office:annotation>.</text:p>
<text:p><draw:frame><draw:image xlink:href="Pictures/1.png"/><svg:desc>A bridge</svg:desc></draw:frame></text:p>
</office:text></office:body></office:document-content>
"""


def packed(parts: dict[str, bytes | str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def test_an_open_document(site: Project) -> None:
    content = packed(
        {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": CONTENT, "Pictures/1.png": PIXEL}
    )
    found = taken_in(site, "story.odt", content, "--resolved")
    assert [(note["quote"], note["note"], note["origin"].get("author")) for note in found] == [
        ("opened in 1931", "Was it? [A report](https://example.org/report)", "Mira Test"),
        ("410 metres", "Done.", None),
        ("end", "At a point.", "Bo"),
    ]
    assert [reply["note"] for reply in found[0]["origin"]["replies"]] == ["It was."]
    assert len(read(content, "story.odt").notes) == 2
    page = (site.folder / "docs/articles/story.md").read_text("utf-8")
    assert page == (
        '---\ntitle: "The bridge opens"\n---\n\n# The bridge opens\n\n'
        "The bridge was opened **in 1931** by the mayor[^1].\n\n## Later\n\n1.  First\n\n"
        "| Length |\n| --- |\n| 410 metres |\n\nThe end.\n\n![A bridge](story/picture-1.png)\n\n[^1]: A note.\n"
    )
    assert site.build() == []


ENTITY = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><x>&a;</x>'
BAD = {
    "a bomb": (packed({"word/document.xml": b" " * 40_000_000}), "far larger than a document"),
    "many parts": (packed({f"{number}.xml": "<a/>" for number in range(package.MAX_PARTS + 1)}), "far larger"),
    "an entity": (packed({"word/document.xml": ENTITY}), "declares a document type"),
    "an entity in UTF-16": (packed({"word/x.bin": ENTITY.encode("utf-16")}), "declares a document type"),
    "an entity in relations": (packed({"_rels/.rels": ENTITY}), "declares a document type"),
    "depth": (packed({"word/document.xml": "<a>" * 500 + "</a>" * 500}), "or deeper ones"),
    "no XML": (packed({"word/document.xml": "<a>"}), "is not XML"),
    "no archive": (b"PK\x03\x04 and no more", "or it is damaged"),
    "another archive": (packed({"a.txt": "x"}), "there is no"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("ending", ["docx", "odt"])
def test_bad_files_are_refused_in_a_line(name: str, ending: str, tmp_path: Path) -> None:
    content, reason = BAD[name]
    for reader in (lambda: read(content, f"x.{ending}"), lambda: article.read(content, f"x.{ending}")):
        with pytest.raises(PostilError) as caught:
            reader()
        (problem,) = caught.value.problems
        assert str(problem).startswith(f"x.{ending}:1:1: ")
        if name != "another archive":
            assert reason in problem.message


def test_every_cut_of_a_document_is_told(reviewed: bytes) -> None:
    for length in range(0, len(reviewed), len(reviewed) // 25):
        with pytest.raises(PostilError):
            read(reviewed[:length])
