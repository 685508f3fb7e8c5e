"""A text, a web page or a Markdown file becomes an article: what was broken is mended, and the site builds."""

from __future__ import annotations

import pytest
import yaml
from click.testing import CliRunner

from conftest import Project
from postil.commands import main
from postil.importing import article
from postil.importing.mending import decoded, mended
from postil.importing.missing import missing
from postil.importing.quotation_marks import curled
from postil.model.problem import PostilError

WEB_PAGE = """\
<!DOCTYPE html><html><head><meta charset="iso-8859-1"><title>A caf\u00e9 opens - The Paper</title>
<meta name="author" content="Mara Test"><meta property="article:published_time" content="2026-03-04T10:00:00Z"></head>
<body><nav><a href="/">Home</a> <a href="/news">News</a></nav><article><h1>A caf\u00e9 opens</h1>
<p>The caf\u00e9 was opened by the mayor, who said "it's <b>good</b>" before many people from the whole town.</p>
<h2>Later</h2><p>It has been the largest of the town since then, as <a href="https://example.org/report">a report</a> of this
year says, <a href="javascript:x()">and</a> nobody doubts it.</p><script>HIT()</script>
<p onclick="HIT()">The owner, who came from the coast, wants to open another one in the next year, she said.</p></article>
<footer>Copyright of the paper</footer></body></html>
"""

MENDED = {
    "âWe have…âhe said": "“We have…” he said",
    "âWe have it,â he said. âThe soldiersâ bases are âsafe.ââ": "“We have it,” he said. “The soldiers’ bases are ‘safe.’”",
    "It isnât OâBrien â nor 10â15 others.": "It isn’t O’Brien – nor 10–15 others.",
    "It cost â¬5 â¦": "It cost €5 …",
    "â\x80\x9cWe haveâ\x80¦â\x80\x9d he said": "“We have…” he said",
    "â€œWe donâ€™t,â€\x9d he said": "“We don’t,” he said",
    "Le château, la pâte, l’âge, când": "Le château, la pâte, l’âge, când",
}


@pytest.mark.parametrize(("broken", "meant"), MENDED.items())
def test_lost_signs_come_back(broken: str, meant: str) -> None:
    assert mended(broken).text == meant


def test_guesses_are_told_and_letters_are_left() -> None:
    found = mended("First line.\nâYes,â she said in the château.")
    assert found.text == "First line.\n“Yes,” she said in the château."
    starts = ("line 2: guessed “ in ", "line 2: guessed ” in ", "line 2: a letter? left as it is: ")
    assert len(found.told) == len(starts)
    assert all(line.startswith(start) for line, start in zip(found.told, starts, strict=True))


def test_straight_marks_become_typographic_but_not_in_code() -> None:
    html = '<p>"Hi," he said. \'It\'s <em>"so"</em>\' in the \'90s: <code>"a"</code></p>'
    assert curled(html) == '<p>“Hi,” he said. ‘It’s <em>“so”</em>’ in the ’90s: <code>"a"</code></p>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_files_of_any_encoding(encoding: str) -> None:
    text = "A café opens\n\nBy Mara Test\n4 February 2020\n\nThe café is “good”.\n\nA second\nline of it.\n"
    found = article.read(text.encode(encoding), "x.txt")
    assert (found.title, found.byline, str(found.date)) == ("A café opens", "By Mara Test", "2020-02-04")
    assert found.markdown().endswith("\n\nThe café is “good”.\n\nA second line of it.\n")
    assert bool(found.told) == (encoding == "cp1252")


def test_bytes_without_meaning_are_text() -> None:
    assert isinstance(decoded(bytes(range(256))).text, str)


def test_a_web_page() -> None:
    found = article.read(WEB_PAGE.encode("latin-1"), "x.html")
    assert found.markdown() == (
        '---\ntitle: "A café opens"\n---\n\n# A café opens\n\nMara Test, 4 March 2026\n\n'
        "The café was opened by the mayor, who said “it’s **good**” before many people from the whole town.\n\n"
        "## Later\n\n"
        "It has been the largest of the town since then, as [a report](https://example.org/report) of this year says, "
        "and nobody doubts it.\n\n"
        "The owner, who came from the coast, wants to open another one in the next year, she said.\n"
    )


def test_markdown_with_front_matter_and_footnotes() -> None:
    text = (
        "---\ntitle: A \"title\": x\nauthor: Mara Test\ndate: 2026-03-04\nlayout: wide\n---\n\n# Another heading\n\n"
        "Words[^1] <b onclick=HIT()>bold</b> {: .x }\n\n| a | b |\n| --- | --- |\n| 1 | *2* |\n\n[^1]: A note.\n"
    )  # fmt: skip
    with pytest.raises(PostilError, match=r"x\.md:1:"):
        article.read(text.encode(), "x.md")  # a colon inside of a text without quotation marks
    found = article.read(text.replace('A "title": x', "A title").encode(), "x.md")
    assert found.markdown() == (
        '---\ntitle: "A title"\n---\n\n# A title\n\nMara Test, 4 March 2026\n\n## Another heading\n\n'
        "Words **bold** \\{: .x \\}\n\n| a | b |\n| --- | --- |\n| 1 | *2* |\n"
    )
    assert found.told == [
        "left out of the front matter: layout",
        "1 footnote left out: `postil import` brings them in as notes",
    ]


def test_an_imported_article_builds_strictly_with_its_empty_notes_file(project: Project) -> None:
    project.write(
        {"docs/index.md": "# Home\n", "in.txt": "The bridge opens\n\nâWe have…âhe said. It is {{ new }} <script>.\n"}
    )
    result = CliRunner().invoke(main, ["import-article", "in.txt"])
    assert result.exit_code == 0, result.output
    assert "line 3: guessed “" in result.output
    assert "Wrote docs/articles/the-bridge-opens.md and docs/articles/the-bridge-opens.annotations.yml" in result.output
    notes = (project.folder / "docs/articles/the-bridge-opens.annotations.yml").read_text("utf-8")
    assert notes == "# yaml-language-server: $schema=../schema/annotations.json\nannotations: []\n"
    assert yaml.safe_load(notes) == {"annotations": []}
    assert project.build() == []
    assert "<p>“We have…” he said. It is {{ new }} &lt;script&gt;.</p>" in project.read(
        "articles/the-bridge-opens/index.html"
    )
    again = CliRunner().invoke(main, ["import-article", "in.txt"])
    assert again.exit_code == 2
    assert "is there already; give another name with --name" in again.output


@pytest.mark.parametrize("name", ["../x", "a/b", ".hidden", "x" * 100, ""])
def test_the_name_is_a_file_in_the_folder_of_articles(name: str, project: Project) -> None:
    project.write({"in.txt": "بالعربية\n\nنص.\n"})
    result = CliRunner().invoke(main, ["import-article", "in.txt", "--name", name])
    assert result.exit_code == 2
    assert not list(project.folder.rglob("*.md"))


@pytest.mark.parametrize(
    ("name", "content"), [("x.txt", b" \n"), ("x.html", b"<p>"), ("x.md", b""), ("x.html", b"<div>" * 9999)]
)
def test_a_file_without_an_article_is_told(name: str, content: bytes, project: Project) -> None:
    (project.folder / name).write_bytes(content)
    result = CliRunner().invoke(main, ["import-article", name])
    assert result.exit_code == 1
    assert result.output.startswith(f"{name}:1:1: no article was found in {name}")


WHOLE_PAGE = """\
<!DOCTYPE html><html lang="en"><head><title>The mill</title></head><body><nav><a href="/">Home</a></nav><article><h1>The mill</h1>
<p>There were 10<sup>6</sup> men and H<sub>2</sub>O in the note<sup>1</sup> of the mill, which was built long ago by the town council.</p>
<p>She said <q>it is late</q> and left the mill in the evening, when all of the others had gone home already.</p>
<ol start="3"><li>Third thing of the list</li><li>Fourth thing of the list</li></ol>
<table><caption>Boats by year</caption><tr><th>Year</th><th>Boats</th></tr><tr><td>1931</td><td><ul><li>9,000 in spring</li><li>4,000 in autumn</li></ul></td></tr></table>
<figure><img src="https://example.org/a.png" alt="A mill"><figcaption>The mill in 1931, with 12 men.</figcaption></figure>
<pre><code>x = 1
y = 2
</code></pre>
<p>The end of the story is that the mill was sold for 45,000 pounds to the council of the town in the last year.</p>
</article><footer>Imprint</footer></body></html>
"""


def test_a_web_page_keeps_every_word_and_figure() -> None:
    found = article.read(WHOLE_PAGE.encode(), "x.html")
    page = found.markdown()
    for words in (
        "10⁶ men and H₂O in the note¹",
        "She said “it is late” and left",
        "\n3&#46; Third thing of the list\n\n4&#46; Fourth thing",
        "Boats by year\n\n| Year | Boats |",
        "| 1931 | 9,000 in spring; 4,000 in autumn |",
        "The mill in 1931, with 12 men.",
        "```\nx = 1\ny = 2\n```",
    ):
        assert words in page, words
    assert article.lost(found, page) == []


MARKDOWN = """\
---
title: The owls
author: [Ada Test, Bo Test]
---

See ![a picture](https://example.org/p.png) here.

!!! note "Heed"
    Twelve owls.

    And `code`.

The law $E_a=mc^2$ holds for $5 and $6.

- [ ] open
- [x] done

3. third
4. fourth

10^6^ and H~2~O and x<sup>2</sup> and `a^2^`. On the 5<sup>th</sup> day.

1. one
2. two
"""


def test_markdown_keeps_every_word_and_figure() -> None:
    found = article.read(MARKDOWN.encode(), "x.md")
    page = found.markdown()
    for words in (
        "Ada Test, Bo Test",
        "> **Heed**\n>\n> Twelve owls.\n>\n> And `code`.",
        "The law `$E_a=mc^2$` holds for &#36;5 and &#36;6.",
        "-   ☐ open\n-   ☑ done",
        "3&#46; third",
        "10⁶ and H₂O and x² and `a^2^`. On the 5th day.",
        "1.  one\n2.  two",
    ):
        assert words in page, words
    assert article.lost(found, page) == []
    assert found.told == [
        "1 × admonition became a quotation",
        "1 × formula kept as its source",
        "2 × superscript or subscript became signs of its own",
        "1 of the pictures became links to them",
    ]


@pytest.mark.parametrize(
    ("language", "straight", "typographic"),
    [
        ("en", "in '99 and 'bout rock 'n' roll", "in ’99 and ’bout rock ’n’ roll"),
        ("en", "\"'Nested,' she said.\" the soldiers' bases", "“‘Nested,’ she said.” the soldiers’ bases"),
        ("en", 'He is 5\'10" tall, a 12" disc.', "He is 5′10″ tall, a 12″ disc."),
        ("en", 'He said "the \'99 team" won ("yes")', "He said “the ’99 team” won (“yes”)"),
        ("de", "Er sagte: \"Das ist 'gut'.\"", "Er sagte: „Das ist ‚gut‘.“"),
        ("fr", 'Il dit "non" à l\'homme', "Il dit «\u00a0non\u00a0» à l’homme"),
        ("ar", 'قال "لا" ثم', "قال «لا» ثم"),
        ("ja", '彼は"はい"と言った', "彼は「はい」と言った"),
    ],
)
def test_quotation_marks_are_those_of_the_language(language: str, straight: str, typographic: str) -> None:
    assert curled(straight, language) == typographic


@pytest.mark.parametrize(
    ("source", "result", "told"),
    [
        ("It cost 106 pounds. It fell.", "It cost 10 pounds. It fell.", ["missing “106” of “It cost 106 pounds.”"]),
        ("It was red. Nobody came there.\nThe end.", "It was red.\nThe end.", ["missing: “Nobody came there.”"]),
        ("One.\nTwo men came.", "Two men came.\nOne.", []),
        ("这座桥长300米。没有人来。", "这座桥长30米。没有人来。", ["missing “300” of “这座桥长300米。”"]),
    ],
)
def test_what_is_missing_is_told_sentence_by_sentence(source: str, result: str, told: list[str]) -> None:
    assert missing(source, result) == told


def test_the_command_tells_what_is_missing_and_how_many(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    from postil.importing import article as module

    project.write({"in.txt": "The mill\n\nIt cost 45 pounds. Nobody came.\n"})
    whole = module.Article.markdown
    monkeypatch.setattr(module.Article, "markdown", lambda self, **options: whole(self, **options).replace("45 ", ""))
    result = CliRunner().invoke(main, ["import-article", "in.txt", "--dry-run"])
    assert "  missing “45” of “It cost 45 pounds.”\n" in result.output
    assert "1 sentence of the article did not come in whole" in result.output
