"""Writing in the preview without a browser: selections, the session, what is refused; nothing of it is published."""

from __future__ import annotations

import errno
import io
import json
import random
import re
import subprocess
from typing import Any

import markdown
import pytest

from conftest import ROOT, Project
from postil.editing import gate, requests
from postil.editing.refusal import Refusal
from postil.editing.selection import Placed, Selection, place
from postil.editing.server import RELOAD, Server, marked
from postil.editing.session import Session
from postil.files import snapshot
from postil.files.yamltext import read_yaml
from postil.page.fragment import Fragment
from postil.site.loading import load_site
from postil.text.anchor import Anchorer, Span
from postil.text.reading import read

ARTICLE = """\
# The bridge

It rained all day. The bridge was opened in 1931 by the mayor of the town. Nobody came.

The council said so. It rained all day. The bridge was opened in 1931 by somebody else.

| Year | Count |
| --- | --- |
| 1931 | 2 |
| 1932 | 2 |

כל הגשר נפתח. 橋は1931年に開通した。 The end 😀 of it.
"""
NOTES = """\
# The desk's notes
annotations:
  - id: rain   # permanent
    kind: context
    quote: Nobody came
    note: |
      One.

    author: editors
    created: 2026-01-01
  - id: gone
    kind: context
    quote: words that are not there
    note: Two.
    author: editors
    created: 2026-01-01
"""


@pytest.fixture
def desk(project: Project) -> tuple[Project, Session]:
    """A site with one article in the preview."""
    project.write({"docs/bridge.md": ARTICLE, "docs/bridge.annotations.yml": NOTES, "docs/empty.md": ARTICLE})
    return project, _session(project)


def _session(project: Project) -> Session:
    site = load_site(project.folder / "docs", unpublished=True)
    site.context.strict = False
    html = markdown.markdown(ARTICLE, extensions=["tables"])
    site.fragments = {
        f"{name}.md": Fragment(f"{name}.md", f"{name}/", html, lambda note: markdown.markdown(note.note))
        for name in ("bridge", "empty")
    }
    session = Session()
    session.begin(site)
    return session


def selection(words: str, before: str = "", after: str = "", share: float = 0.0) -> requests.Selected:
    return requests.Selected(quote=words, before=before, after=after, share=share)


def notes(project: Project, name: str = "bridge") -> list[dict[str, Any]]:
    content = (project.folder / f"docs/{name}.annotations.yml").read_bytes()
    found: list[dict[str, Any]] = read_yaml(content, "").data["annotations"]
    return found


def add(session: Session, words: requests.Selected, page: str = "bridge/", **values: Any) -> dict[str, Any]:
    given = {"kind": "context", "note": "New.", "author": "editors"} | values
    return session.answer(requests.Add(page=page, selection=words, values=given))


def tag(session: Session, name: str) -> str:
    return str(session.answer(requests.State(page="bridge/"))["notes"][name]["tag"])


# ---- Selections


def test_a_selection_is_widened_to_whole_words() -> None:
    anchorer = Anchorer("The bridge was opened. The mayor came.")
    found = place(anchorer, Selection("dge was opened. Th", "The bri", "e mayor came."))
    assert isinstance(found, Placed) and found.quote == "bridge was opened. The"


def test_the_place_of_repeated_words_is_that_of_their_surroundings() -> None:
    text = "It rained. The bridge was open. It snowed. The bridge was open. Nobody came."
    anchorer = Anchorer(text)
    for start in (11, 43):
        found = place(anchorer, Selection("The bridge was open", text[:start], text[start + 19 :]))
        assert isinstance(found, Placed) and found.span == Span(start, start + 19)
        assert anchorer.find(found.quote, found.prefix, found.suffix) == found.span


@pytest.mark.parametrize(
    ("words", "why"), [(" \n", "empty"), ("\ud83d", "empty"), ("no such words", "elsewhere"), ("2", "ambiguous")]
)
def test_a_selection_that_is_no_passage(words: str, why: str) -> None:
    assert place(Anchorer("Year 2 and 2 and 2"), Selection(words)) == why


def test_random_selections_are_found_where_they_were_made() -> None:
    words = "the bridge was opened in 1931 by the mayor of the town and nobody came".split()
    chance = random.Random(7)
    text = "\n".join(" ".join(chance.choice(words) for _ in range(40)) + "." for _ in range(30))
    anchorer = Anchorer(text)
    placed = 0
    for _ in range(300):
        start = chance.randrange(len(text) - 60)
        end = start + chance.randrange(1, 60)
        if not text[start:end].strip():
            continue
        share = len(text[:start].split()) / len(text.split())
        found = place(
            anchorer, Selection(text[start:end], text[max(0, start - 200) : start], text[end : end + 200], share)
        )
        if isinstance(found, Placed):
            first = start + len(text[start:end]) - len(text[start:end].lstrip())
            assert found.span.start <= first < found.span.end
            assert found.span.end >= start + len(text[start:end].rstrip())
            assert anchorer.find(found.quote, found.prefix, found.suffix) == found.span
            placed += 1
    assert placed > 250


# ---- The session


def test_a_note_is_written_at_its_place_and_drawn(desk: tuple[Project, Session]) -> None:
    project, session = desk
    answer = add(session, selection("The bridge was opened in 1931", "It rained all day. ", " by the mayor"), title="A")
    assert [note["id"] for note in notes(project)] == [answer["id"], "rain", "gone"]
    written = (project.folder / "docs/bridge.annotations.yml").read_text("utf-8")
    assert all(line in written.splitlines() for line in NOTES.splitlines())
    assert f'id="note-{answer["id"]}"' in answer["html"] and "New." in answer["html"]
    (new,) = [note for note in notes(project) if note["id"] == answer["id"]]
    assert new["suffix"] == "by the"
    assert list(new)[:2] == ["id", "quote"]


def test_a_file_is_made_where_there_is_none(desk: tuple[Project, Session]) -> None:
    project, session = desk
    add(session, selection("of the town"), page="empty/", note="One.\n\nTwo: three.")
    assert notes(project, "empty")[0]["note"] == "One.\n\nTwo: three.\n"
    assert "    note: |\n" in (project.folder / "docs/empty.annotations.yml").read_text("utf-8")
    assert (project.folder / "docs/empty.annotations.snapshot.txt").is_file()


@pytest.mark.parametrize(
    ("values", "key", "words"),
    [
        ({"kind": "fact-check"}, "verdict", "needs a verdict"),
        ({"kind": "fact-check", "verdict": "confirmed"}, "sources", "at least one source"),
        ({"sources": ["S9"]}, "sources", "S9"),
        ({"id": "rain"}, "id", "is here already"),
        ({"id": "No id"}, "id", "small letters"),
        ({"note": " "}, "note", ""),
        ({"note": "[x](javascript:alert(1))"}, "note", "script"),
        ({"author": "nobody"}, "author", "unknown"),
        ({"status": "redy"}, "status", "the status 'redy' is unknown"),
        ({"wrong": "x"}, "wrong", "is unknown"),
        ({"claimed_on": "1931-13"}, "claimed_on", "'1931-13' is not a date"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(
    desk: tuple[Project, Session], values: dict[str, Any], key: str, words: str
) -> None:
    project, session = desk
    with pytest.raises(Refusal) as refused:
        add(session, selection("of the town"), **values)
    assert refused.value.status == 422
    assert words in refused.value.fields[key]
    assert not refused.value.fields[key].startswith(f"'{key}'"), "it stands at its field"
    assert (project.folder / "docs/bridge.annotations.yml").read_text("utf-8") == NOTES


def test_a_change_of_a_published_note_needs_a_line(desk: tuple[Project, Session]) -> None:
    project, session = desk
    change: dict[str, Any] = {
        "page": "bridge/",
        "id": "rain",
        "tag": tag(session, "rain"),
        "values": {"title": "T", "note": "One."},
    }
    with pytest.raises(Refusal) as refused:
        session.answer(requests.Change(**change))
    assert "what" in refused.value.fields
    session.answer(requests.Change(**change, what="A title."))
    first = notes(project)[0]
    assert first["title"] == "T" and first["changed"][0]["what"] == "A title."
    assert first["note"] == "One.\n"
    assert "# permanent" in (project.folder / "docs/bridge.annotations.yml").read_text("utf-8")


def test_a_note_that_somebody_else_has_changed_is_not_overwritten(desk: tuple[Project, Session]) -> None:
    project, session = desk
    seen = tag(session, "rain")
    project.write({"docs/bridge.annotations.yml": NOTES.replace("One.", "Theirs.")})
    with pytest.raises(Refusal) as refused:
        session.answer(requests.Change(page="bridge/", id="rain", tag=seen, values={"title": "Mine"}, what="x"))
    assert refused.value.status == 409
    assert refused.value.more["theirs"]["note"] == "Theirs.\n"
    assert "Mine" not in (project.folder / "docs/bridge.annotations.yml").read_text("utf-8")
    session.answer(
        requests.Change(page="bridge/", id="rain", tag=refused.value.more["tag"], values={"title": "Mine"}, what="x")
    )
    assert notes(project)[0]["title"] == "Mine"


def test_a_lost_note_is_put_back(desk: tuple[Project, Session]) -> None:
    project, session = desk
    state = session.answer(requests.State(page="bridge/"))
    assert [lost["id"] for lost in state["lost"]] == ["gone"]
    words = selection("The council said so")
    answer = session.answer(
        requests.Move(page="bridge/", id="gone", tag=tag(session, "gone"), selection=words, what="Moved.")
    )
    assert answer["lost"] == []
    assert notes(project)[1]["quote"] == "The council said so"
    assert (project.folder / "docs/bridge.annotations.snapshot.txt").is_file()


def test_a_lost_note_shows_the_old_words_beside_the_new_and_records_what_differs(project: Project) -> None:
    passage = "The bridge was opened in 1930 by the mayor of the town"
    files = {
        "docs/bridge.md": ARTICLE,
        "docs/bridge.annotations.yml": NOTES.replace("words that are not there", passage),
    }
    project.write({**files, "docs/empty.md": ARTICLE})
    old = read(markdown.markdown(ARTICLE.replace("1931 by the mayor", "1930 by the mayor"), extensions=["tables"])).text
    snapshot.write_snapshot(project.folder / "docs/bridge.md", old)
    session = _session(project)
    (lost,) = session.answer(requests.State(page="bridge/"))["lost"]
    new = passage.replace("1930", "1931")
    assert (lost["quote"], lost["candidates"][0], lost["differs"]) == (passage, new, [{"old": "1930", "new": "1931"}])
    assert lost["caution"] == "The note was written for the old words."
    session.answer(requests.Move(page="bridge/", id="gone", tag=tag(session, "gone"), selection=selection(new)))
    note = notes(project)[1]
    assert note["quote"] == new
    assert note["changed"][0]["what"].endswith("Changed in it: 1930 → 1931. The note was written for the old words.")


def test_only_drafts_are_deleted(desk: tuple[Project, Session]) -> None:
    project, session = desk
    with pytest.raises(Refusal, match="only a draft"):
        session.answer(requests.Remove(page="bridge/", id="rain", tag=tag(session, "rain")))
    add(session, selection("of the town"), id="draft", status="draft")
    session.answer(requests.Remove(page="bridge/", id="draft", tag=tag(session, "draft")))
    assert (project.folder / "docs/bridge.annotations.yml").read_text("utf-8").split() == NOTES.split()


def test_a_draft_is_published_on_the_day_of_its_publication(desk: tuple[Project, Session]) -> None:
    project, session = desk
    add(session, selection("of the town"), id="draft", status="draft")
    file = project.folder / "docs/bridge.annotations.yml"
    file.write_text(re.sub(r"created: (?!2026-01-01)\S+", "created: 2025-05-05", file.read_text("utf-8")), "utf-8")
    session.answer(requests.Change(page="bridge/", id="draft", tag=tag(session, "draft"), values={"status": ""}))
    (note,) = [note for note in notes(project) if note["id"] == "draft"]
    assert "status" not in note and note["created"] != "2025-05-05" and "changed" not in note


def test_a_source_is_added_in_its_order(desk: tuple[Project, Session]) -> None:
    project, session = desk
    new = {"id": "A1", "type": "webpage", "title": "One: two", "URL": "https://example.org/", "issued": "2020-02"}
    session.answer(requests.AddSource(page="bridge/", values=new))
    text = (project.folder / "docs/sources.yml").read_text("utf-8")
    assert text.index("id: A1") < text.index("id: S1")
    add(session, selection("of the town"), sources=["A1"])
    for wrong, key in (({**new, "id": "A1"}, "id"), ({**new, "id": "A2", "URL": "javascript:x"}, "URL")):
        with pytest.raises(Refusal) as refused:
            session.answer(requests.AddSource(page="bridge/", values=wrong))
        assert key in refused.value.fields


def test_a_page_that_is_not_of_the_site(desk: tuple[Project, Session]) -> None:
    with pytest.raises(Refusal) as refused:
        desk[1].answer(requests.State(page="../../etc/passwd"))
    assert refused.value.status == 404


def test_two_branches_that_each_add_a_note_merge(desk: tuple[Project, Session]) -> None:
    project, _ = desk
    words = {"a": "It rained all day. The bridge", "b": "The council said so", "c": "The end"}
    project.write({"docs/bridge.annotations.yml": NOTES.replace("words that are not there", "1932")})

    def git(*arguments: str) -> None:
        subprocess.run(
            ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", *arguments],
            cwd=project.folder,
            check=True,
            capture_output=True,
        )

    git("init", "-q", "-b", "main")
    git("add", ".")
    git("commit", "-q", "-m", "first")
    for name, quote in words.items():
        git("checkout", "-q", "-b", name, "main")
        add(_session(project), selection(quote, "", " was opened in 1931 by the mayor" if name == "a" else ""), id=name)
        git("commit", "-qam", name)
    git("checkout", "-q", "main")
    for name in words:
        git("merge", "-q", "--no-edit", name)
    assert [note["id"] for note in notes(project)] == ["a", "rain", "b", "gone", "c"]


# ---- The gate


HOSTS = gate.hosts("127.0.0.1", 8000)
GOOD = {
    "host": "127.0.0.1:8000",
    "origin": "http://127.0.0.1:8000",
    "sec-fetch-site": "same-origin",
    "content-type": "application/json",
    "postil-token": "t",
}


def test_a_good_request_is_looked_at() -> None:
    assert gate.check("POST", GOOD, 10, HOSTS, "t") is None
    assert (
        gate.check("POST", GOOD | {"host": "localhost:8000", "origin": "http://localhost:8000"}, 10, HOSTS, "t") is None
    )


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"host": "evil.example:8000", "origin": "http://evil.example:8000"}, 421),
        ({"host": "127.0.0.1:8001"}, 421),
        ({"host": "192.168.1.5:8000", "origin": "http://192.168.1.5:8000"}, 421),
        ({"host": ""}, 421),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": None}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"content-type": "text/plain"}, 415),
        ({"content-type": "application/x-www-form-urlencoded"}, 415),
        ({"postil-token": "u"}, 403),
        ({"postil-token": None}, 403),
    ],
)
def test_a_request_from_elsewhere_is_refused(change: dict[str, str | None], status: int) -> None:
    headers = {name: value for name, value in (GOOD | change).items() if value is not None}
    refused = gate.check("POST", headers, 10, HOSTS, "t")
    assert refused is not None and refused.status.startswith(str(status))


@pytest.mark.parametrize(
    ("method", "size", "status"), [("GET", 1, 405), ("PUT", 1, 405), ("POST", -1, 411), ("POST", 1 << 21, 413)]
)
def test_a_request_of_another_form_is_refused(method: str, size: int, status: int) -> None:
    refused = gate.check(method, GOOD, size, HOSTS, "t")
    assert refused is not None and refused.status.startswith(str(status))


def test_others_in_the_network_only_where_they_are_let_in() -> None:
    open_to_all = gate.hosts("0.0.0.0", 8000)
    assert gate.is_known("192.168.1.5:8000", open_to_all) and not gate.is_known("evil.example:8000", open_to_all)
    assert gate.is_loopback("127.0.0.1") and gate.is_loopback("localhost") and not gate.is_loopback("0.0.0.0")


# ---- The server


def _call(server: Server, path: str, body: bytes = b"", **environ: str) -> tuple[str, bytes]:
    told: list[str] = []
    asked = {
        "PATH_INFO": path,
        "REQUEST_METHOD": "GET",
        "HTTP_HOST": "127.0.0.1:8000",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
    } | environ
    content = b"".join(server(asked, lambda status, headers, *_: told.append(status)))
    return told[0], content


def _server(session: Session) -> Server:
    def app(environ: dict[str, Any], start: Any) -> list[bytes]:
        content = f"<body>{marked('<p>x</p>')}<script>function\nlivereload(5, 6);\n</script></body>".encode()
        start("200 OK", [("Content-Type", "text/html"), ("Content-Length", str(len(content)))])
        return [content]

    return Server(app, session, HOSTS)


def test_pages_get_the_script_and_no_reload(desk: tuple[Project, Session]) -> None:
    server = _server(desk[1])
    status, content = _call(server, "/bridge/")
    assert status == "200 OK" and b"/_postil/writing.js" in content and b"livereload(5" not in content
    assert b'"epoch": 5' in content
    assert _call(server, "/_postil/writing.js")[0] == "200 OK"
    assert _call(server, "/_postil/../secret")[0].startswith(("403", "405", "404"))
    assert _call(server, "/bridge/", HTTP_HOST="evil.example")[0].startswith("421"), "drafts stay unread"


def test_a_full_disk_is_told_and_loses_nothing(desk: tuple[Project, Session], monkeypatch: pytest.MonkeyPatch) -> None:
    project, session = desk

    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "/somewhere")

    sources = (project.folder / "docs/sources.yml").read_text("utf-8")
    monkeypatch.setattr("postil.editing.desk.replace", full)
    source = requests.AddSource(page="bridge/", values={"id": "A1", "type": "webpage", "title": "One"})
    told = []
    for ask in ("note", "source"):
        with pytest.raises(Refusal) as refused:
            session.answer(source) if ask == "source" else add(session, selection("of the town"))
        told.append(refused.value.fields[""])
    words = "cannot be written (No space left on device). Nothing is lost"
    assert [line.partition(": the file")[0] for line in told] == [
        f"bridge.annotations.yml {words}",
        f"sources.yml {words}",
    ]
    assert (project.folder / "docs/bridge.annotations.yml").read_text("utf-8") == NOTES
    assert (project.folder / "docs/sources.yml").read_text("utf-8") == sources
    monkeypatch.undo()
    assert add(session, selection("of the town"))["id"], "it can be saved when there is room again"
    assert session.answer(source)["id"] == "A1"


def test_a_page_that_was_built_before_what_is_saved_says_so(desk: tuple[Project, Session]) -> None:
    project, session = desk
    server = _server(session)

    def behind(page: str) -> bool:
        return b'id="postil-writing">{"behind": true' in _call(server, page)[1]

    assert not any(map(behind, ("/bridge/", "/bridge/index.html", "/empty/", "/none/", "/")))
    file = project.folder / "docs/bridge.annotations.yml"
    before = file.read_bytes()
    values = {"kind": "context", "note": "Hm.", "author": "editors"}
    session.answer(requests.Add(page="bridge/", selection=selection("of the town"), values=values))
    assert behind("/bridge/") and behind("/bridge/index.html") and not behind("/empty/")
    site, _ = session._pages["bridge/"]
    session.begin(loaded := load_again(site))
    assert loaded.notes and not behind("/bridge/"), "the next build has it"
    file.write_bytes(before)
    assert behind("/bridge/"), "somebody has put the file back as it was, and that is newer"
    session.begin(load_again(site))
    assert not behind("/bridge/")
    values = values | {"status": "draft"}
    session.answer(requests.Add(page="empty/", selection=selection("of the town"), values=values))
    assert behind("/empty/") and not behind("/bridge/"), "the page had no notes file"


def load_again(site: Any) -> Any:
    loaded = load_site(site.docs, unpublished=True)
    loaded.fragments = site.fragments
    return loaded


def test_requests_by_http(desk: tuple[Project, Session]) -> None:
    server = _server(desk[1])
    token = json.loads(re.search(rb'id="postil-writing">(.*?)</script>', _call(server, "/")[1])[1])["token"]  # type: ignore[index]
    good = {
        "REQUEST_METHOD": "POST",
        "HTTP_ORIGIN": "http://127.0.0.1:8000",
        "CONTENT_TYPE": "application/json",
        "HTTP_POSTIL_TOKEN": token,
    }
    assert _call(server, "/_postil/state", b'{"page": "bridge/"}', **good)[0] == "200 OK"
    for body in (b"[]", b"{", b'{"page": 1}', b'{"page": "bridge/", "file": "../x"}', b"\xff"):
        assert _call(server, "/_postil/state", body, **good)[0].startswith("400")
    assert _call(server, "/_postil/shell", b"{}", **good)[0].startswith("404")
    assert _call(server, "/_postil/state", b'{"page": "other/"}', **good)[0].startswith("404")
    assert _call(server, "/_postil/add", b"{}", **(good | {"HTTP_ORIGIN": "http://evil.example"}))[0].startswith("403")


def test_mkdocs_still_writes_the_script_that_is_replaced() -> None:
    """Fails when MkDocs changes the script by which it loads a page again."""
    from mkdocs import livereload

    written = livereload._SCRIPT_TEMPLATE.substitute(epoch=12, request_id=34).encode()
    assert len(RELOAD.findall(written + b"</script>")) == 1
    assert 'req.open("GET", "/livereload/" + epoch + "/" + requestId)' in livereload._SCRIPT_TEMPLATE_STR


# ---- Nothing of it is published


def test_a_published_site_has_no_drafts_and_nothing_of_the_form(project: Project) -> None:
    draft = NOTES.replace("quote: words that are not there", "quote: of the town\n    status: draft").replace(
        "Two.", "Zinfandel."
    )
    project.write({"docs/bridge.md": ARTICLE, "docs/bridge.annotations.yml": draft})
    project.write({"docs/events.yml": "events: [{date: 1931-01-01, when: before, what: It opened., notes: [gone]}]"})
    assert project.build() == []
    for file in (path for path in (project.folder / "site").rglob("*") if path.is_file()):
        content = file.read_bytes()
        assert b"Zinfandel" not in content and b"_postil" not in content and b"postil-writing" not in content, file
        assert b"<!--postil-article" not in content, file
    project.build(serving=True)
    assert "Zinfandel" in project.read("bridge/index.html")


def test_the_form_is_in_no_published_asset() -> None:
    for folder in ("assets", "templates"):
        for file in (ROOT / "hooks/postil" / folder).rglob("*"):
            if file.is_file():
                assert b"_postil/" not in file.read_bytes(), file
