"""The live preview: what has changed is built alone, the whole site follows, and both are what a whole build gives."""

from __future__ import annotations

import gc
import logging
import re
import shutil
import time
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from typing import Any
from urllib.parse import quote

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from watchdog.observers.polling import PollingObserver

import browsing
from conftest import Project
from postil.adapters import live, one_page
from postil.adapters.events import Events
from postil.adapters.mkdocs import events_of
from postil.adapters.watching import POLL, Watcher, is_elsewhere
from postil.build import changes

ADDRESS = "http://127.0.0.1:8000/"
NOTE = "- {{id: {0}, quote: the mayor, kind: context, note: {1}, author: editors, created: 2026-01-01}}\n"


def notes(**words: str) -> str:
    return "annotations:\n" + "".join(NOTE.format(name, text) for name, text in words.items())


class Previewed:
    """A site in MkDocs' own server, which is not bound to a port: it is called as its loop and its threads call it."""

    def __init__(self, project: Project, *, livereload: bool = True) -> None:
        self.project, self.folder = project, Path(project.folder, "served")
        self.folder.mkdir()
        config = self.configured()
        config.plugins.on_startup(command="serve", dirty=False)
        self.builds = 0
        self.server = LiveReloadServer(self.build, "127.0.0.1", 0, str(self.folder), "/")
        self.build(config)
        self.server.watch(config.docs_dir)
        self.server.watch(str(config.config_file_path))
        if livereload:
            self.server = config.plugins.on_serve(self.server, config=config, builder=self.build)
            self.server.observer.stop()  # the tests themselves say when files have changed
        self.config = config
        found = events_of(config)
        assert found is not None
        self.events: Events = found

    def configured(self) -> Any:
        config = load_config(str(self.project.folder / "mkdocs.yml"), site_dir=str(self.folder))
        config.site_url = ADDRESS
        return config

    def build(self, config: Any = None) -> None:
        self.builds += 1
        build(config or self.configured(), serve_url=ADDRESS)

    @property
    def root(self) -> Path:
        return Path(self.server.root)

    def page(self, name: str = "a") -> str:
        return (self.root / name / "index.html").read_text("utf-8")

    def saved(self, files: dict[str, str | bytes]) -> None:
        self.project.write(files)
        self.server.builder()

    def follow(self) -> None:
        """Wait until the whole site is ready, and take it over."""
        for _ in range(600):
            with self.server._rebuild_cond:
                if self.server._want_rebuild:
                    self.server._want_rebuild = False
                    break
            time.sleep(0.05)
        else:
            raise TimeoutError
        self.server.builder()

    def get(self, path: str) -> bytes:
        told: list[str] = []
        environ = {"PATH_INFO": path, "REQUEST_METHOD": "GET", "HTTP_HOST": "127.0.0.1:8000"}
        app: Any = self.server.get_app()
        body = app(environ, lambda status, *_: told.append(status))
        content = b"".join(body)
        if hasattr(body, "close"):
            body.close()
        assert told == ["200 OK"], told
        return content

    def end(self) -> None:
        self.config.plugins.on_shutdown()
        self.server.observer.stop()
        self.server.server_close()


@pytest.fixture
def site(project: Project, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], Previewed]]:
    monkeypatch.setattr(live, "BRIEF", 0.0)
    monkeypatch.setattr(live, "PAUSE", (0.05, 0.05))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    for name in ("a", "b", "c"):
        text = f"# The bridge {name}\n\nIt was opened by the mayor. Nobody came.\n\n[Home](index.md)\n"
        project.write({f"docs/{name}.md": text, f"docs/{name}.annotations.yml": notes(**{f"n{name}": "One."})})
    project.write({"docs/index.md": "# Home\n", "docs/claims.md": "# Claims\n\n<!-- postil: claims -->\n"})
    project.write({"docs/pictures/p.svg": "<svg/>"})
    started: list[Previewed] = []

    def start() -> Previewed:
        started.append(Previewed(project))
        return started[-1]

    yield start
    for one in started:
        one.end()


def files(folder: Path) -> dict[str, bytes]:
    found = (file for file in folder.rglob("*") if file.is_file() and file.suffix != ".gz")
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in found}


def cold(project: Project) -> dict[str, bytes]:
    """The site as a preview that starts now builds it."""
    config = load_config(str(project.folder / "mkdocs.yml"), site_dir=str(project.folder / "cold"))
    config.site_url = ADDRESS
    events = events_of(config)
    kept = dict(vars(events))  # MkDocs has one of them in a process
    vars(events).update({**vars(Events()), "postil_events": events})
    config.plugins.on_startup(command="serve", dirty=False)
    build(config, serve_url=ADDRESS)
    vars(events).update(kept)
    found = files(project.folder / "cold")
    shutil.rmtree(project.folder / "cold")
    return found


ONE: dict[str, dict[str, str | bytes]] = {
    "a note": {"docs/a.annotations.yml": notes(na="Another word.")},
    "a further note": {"docs/a.annotations.yml": notes(na="One.", more="Two.", third="Three.")},
    "a note that is gone": {"docs/a.annotations.yml": "annotations: []\n"},
    "the text": {"docs/a.md": "# The bridge a\n\nOn that day the mayor came. Nobody else.\n"},
    "the title": {"docs/a.md": "# Another title\n\nIt was opened by the mayor.\n"},
    "the first notes of a page": {
        "docs/index.md": "# Home\n\nthe mayor\n",
        "docs/index.annotations.yml": notes(i="I."),
    },
    "a lost passage": {"docs/a.md": "# The bridge a\n\nIt was opened by nobody.\n"},
    "a mistake": {"docs/a.annotations.yml": notes(na="One.").replace("context", "contxt")},
}


@pytest.mark.parametrize("what", ONE)
def test_one_page_is_built_alone_and_the_whole_site_follows(
    what: str, site: Callable[[], Previewed], project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = site()
    before, drawn = files(found.root), list[str]()
    monkeypatch.setattr(one_page, "_build_page", _counted(vars(one_page)["_build_page"], drawn))
    found.saved(ONE[what])
    assert found.builds == 1, "nothing else was built"
    name = "index" if "docs/index.md" in ONE[what] else "a"
    assert drawn == [f"{name}.md"]
    after = files(found.root)
    page = "index.html" if name == "index" else f"{name}/index.html"
    may_change = {page, "assets/postil/margin.css"}
    assert {path for path in before if before[path] != after.get(path)} <= may_change
    found.follow()
    whole = cold(project)
    followed = files(found.root)
    assert {path for path in whole.keys() | followed.keys() if whole.get(path) != followed.get(path)} == set()
    if what != "the title":  # which stands in the menu
        assert after[page] == whole[page]


def _counted(call: Callable[..., None], drawn: list[str]) -> Callable[..., None]:
    def counted(page: Any, *given: Any, **named: Any) -> None:
        drawn.append(page.file.src_uri)
        call(page, *given, **named)

    return counted


@pytest.mark.parametrize(
    "change",
    [
        {"docs/postil.yml": "authors: {editors: {name: Somebody else}}\n"},
        {"docs/d.md": "# A new page\n"},
        {"mkdocs.yml": None},
        {"docs/sources.yml": "references: []\n"},
    ],
)
def test_what_concerns_all_builds_all(change: dict[str, Any], site: Callable[[], Previewed], project: Project) -> None:
    found = site()
    text = (project.folder / "mkdocs.yml").read_text("utf-8").replace("site_name: Test", "site_name: Other")
    found.saved({name: content or text for name, content in change.items()})
    assert found.builds == 2
    assert files(found.root) == cold(project)


def test_a_page_that_is_gone_and_one_with_another_name(site: Callable[[], Previewed], project: Project) -> None:
    found = site()
    for suffix in (".md", ".annotations.yml"):
        (project.folder / f"docs/a{suffix}").rename(project.folder / f"docs/z{suffix}")
    (project.folder / "docs/b.md").unlink()
    (project.folder / "docs/b.annotations.yml").unlink()
    found.server.builder()
    assert files(found.root) == cold(project)
    assert not (found.root / "a/index.html").exists()


def test_a_picture_is_copied_and_what_an_editor_leaves_is_nothing(site: Callable[[], Previewed]) -> None:
    found = site()
    found.saved({"docs/pictures/p.svg": "<svg><g/></svg>"})
    assert (found.root / "pictures/p.svg").read_text() == "<svg><g/></svg>"
    found.follow()
    builds = found.builds
    found.saved({"docs/.a.md.swp": "x", "docs/a.md~": "x"})
    assert found.builds == builds


def test_mistakes_are_told_and_shown_as_in_a_whole_build(
    site: Callable[[], Previewed], caplog: pytest.LogCaptureFixture
) -> None:
    found = site()
    caplog.clear()
    with caplog.at_level(logging.WARNING):
        found.saved(ONE["a mistake"])
        told = [record.getMessage() for record in caplog.records]
    assert len(told) == 1 and "'contxt'" in told[0] and told[0].startswith("docs/a.annotations.yml:2:")
    assert "contxt" in found.page().partition('class="postil-problems"')[2]
    caplog.clear()
    with caplog.at_level(logging.WARNING):
        found.follow()
    assert [record.getMessage() for record in caplog.records] == [] or told[0] in caplog.text
    found.saved({"docs/a.annotations.yml": notes(na="One.")})
    assert "postil-problems" not in found.page()


def test_a_broken_link_is_told_at_its_note(site: Callable[[], Previewed], caplog: pytest.LogCaptureFixture) -> None:
    found = site()
    with caplog.at_level(logging.WARNING):
        found.saved({"docs/a.annotations.yml": notes(na='"[x](nowhere.md)"')})
    assert any(line.startswith("docs/a.annotations.yml:2:") and "nowhere.md" in line for line in caplog.messages)


def test_newer_work_stops_the_whole_build(site: Callable[[], Previewed], monkeypatch: pytest.MonkeyPatch) -> None:
    found = site()
    entered, go = Event(), Event()
    rendered: list[str] = []

    def slow(_: Any, markdown: str, page: Any, **__: Any) -> str:
        rendered.append(page.file.src_uri)
        if len(rendered) == 3:  # in the second, whole build
            entered.set()
            go.wait(10)
        return markdown

    first = found.events.preview.go_on
    found.saved({"docs/a.annotations.yml": notes(na="First.")})
    monkeypatch.setattr(found.events.preview, "go_on", lambda: (slow(None, "", _Page), first())[1])
    assert entered.wait(10)
    found.project.write({"docs/b.annotations.yml": notes(nb="Second.")})
    go.set()
    monkeypatch.setattr(found.events.preview, "go_on", first)
    found.server.builder()
    assert "First." in found.page("a") and "Second." in found.page("b")
    found.follow()
    assert "First." in found.page("a") and "Second." in found.page("b")
    assert "Second." in (found.root / "claims/index.html").read_text("utf-8") or found.builds >= 2


class _Page:
    class file:  # noqa: N801
        src_uri = "x"


def test_a_whole_build_that_fails_leaves_the_site_and_is_told(site: Callable[[], Previewed], project: Project) -> None:
    found = site()
    good = files(found.root)
    text = (project.folder / "mkdocs.yml").read_text("utf-8")
    project.write({"broken.py": "def on_files(files, **_):\n    raise ValueError('no such thing')\n"})
    project.write({"mkdocs.yml": text.replace("hooks: [", "hooks: [broken.py, ")})
    with pytest.raises(ValueError, match="no such thing"):
        found.server.builder()
    assert files(found.root) == good
    found.saved({"mkdocs.yml": text})
    assert files(found.root) == cold(project)


def test_a_site_that_another_has_replaced_is_let_go(site: Callable[[], Previewed]) -> None:
    preview = site()
    sites: list[weakref.ref[Any]] = []
    for words in ("one", "two", "three"):
        assert preview.events.rendering
        assert preview.events.preview.site
        sites += [weakref.ref(preview.events.rendering.authored.site), weakref.ref(preview.events.preview.site[1])]
        preview.saved({"docs/a.annotations.yml": notes(n1=words)})
        preview.follow()
    gc.collect()
    assert [reference() for reference in sites] == [None] * 6
    assert "three" in preview.page()


def test_a_configuration_that_cannot_be_read_is_told_without_a_traceback(site: Callable[[], Previewed]) -> None:
    found = site()
    good, text = files(found.root), (found.project.folder / "mkdocs.yml").read_text("utf-8")
    with pytest.raises(Abort, match="expected ',' or ']'"):  # the server prints one that ends a program
        found.saved({"mkdocs.yml": f"{text}\nextra_css: [a"})
    assert files(found.root) == good
    found.saved({"mkdocs.yml": text, "docs/a.md": "# The bridge a\n\nIt was closed by the mayor.\n"})
    assert "was closed" in found.page()


def test_files_beside_a_page_are_made_when_they_are_asked_for(site: Callable[[], Previewed]) -> None:
    found = site()
    assert not (found.root / "a/notes").exists()
    assert b"One." in found.get("/a/notes/na/")
    assert (found.root / "a/notes/na/index.html").exists() and not (found.root / "b/notes").exists()
    assert b"One." in found.get("/a/annotations.jsonld") and b"One." in found.get("/data/notes.csv")
    found.saved({"docs/a.annotations.yml": notes(na="Another word.")})
    assert b"Another word." in found.get("/a/notes/na/") and b"Another word." in found.get("/data/notes.csv")
    found.follow()
    assert b"Another word." in found.get("/a/notes/na/")


@pytest.mark.filterwarnings("ignore")  # of the plug-in
def test_what_is_made_on_request_loads_nothing_from_elsewhere(
    project: Project, site: Callable[[], Previewed], tmp_path: Path
) -> None:
    (tmp_path / "plan.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    with browsing.served(tmp_path) as address:
        host = address.replace("127.0.0.1", "localhost")  # what has the host of the preview is no other
        text = (project.folder / "mkdocs.yml").read_text("utf-8")
        project.write(
            {"mkdocs.yml": text.replace("[search]", "[search, {privacy: {assets_exclude: ['unpkg.com/*']}}]")}
        )
        project.write({"docs/a.annotations.yml": notes(na=f'"![a plan]({host}plan.png)"')})
        found = site()
        own, feed = found.get("/a/notes/na/").decode(), found.get("/feed.xml").decode()
        assert host not in own and host not in feed
        (local,) = re.findall(r'<img alt="a plan" src="../../../(assets/external/[^"]+)"', own)
        assert quote(local) in feed and found.get(f"/{local}").startswith(b"\x89PNG")


def test_what_is_written_in_the_page_is_answered_from_the_data_that_are_served(site: Callable[[], Previewed]) -> None:
    from postil.editing import requests

    found = site()
    found.saved({"docs/a.annotations.yml": notes(na="Another word.")})
    session = found.events.session
    state = session.answer(requests.State(page="a/"))
    assert state["notes"]["na"]["values"]["note"] == "Another word."
    values = {"note": "Changed here."}
    session.answer(
        requests.Change(page="a/", id="na", tag=state["notes"]["na"]["tag"], values=values, what="another word")
    )
    found.server.builder()
    assert "Changed here." in found.page()


def test_the_system_tells_of_changes_and_single_files_are_looked_at(tmp_path: Path) -> None:
    seen = Event()

    class Handler:
        def dispatch(self, event: Any) -> None:
            seen.set()

    (tmp_path / "one.yml").write_text("x")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/a.md").write_text("x")
    watcher = Watcher(PollingObserver(timeout=60))
    watch = watcher.schedule(Handler(), str(tmp_path / "docs"), recursive=True)
    watcher.schedule(Handler(), str(tmp_path / "one.yml"))
    watcher.start()
    try:
        (tmp_path / "docs/a.md").read_text()
        assert not seen.wait(0.3), "reading is no change"
        (tmp_path / "docs/a.md").write_text("y")
        assert seen.wait(5), "long before the files are looked at"
        watcher.unschedule(watch)
        assert watcher.paths == {(tmp_path / "one.yml").resolve()}
    finally:
        watcher.stop()
        watcher.join(5)


def test_a_folder_of_another_computer_is_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = tmp_path / "mountinfo"
    line = "36 35 98:0 / {0} rw,noatime shared:1 - {1} server:/x rw\n"
    mounts.write_text(line.format("/", "ext4") + line.format(tmp_path / "far", "nfs4"))
    assert is_elsewhere(tmp_path / "far" / "docs", mounts)
    assert not is_elsewhere(tmp_path / "docs", mounts)
    monkeypatch.setenv(POLL, "1")
    polling = PollingObserver(timeout=60)
    Watcher(polling).schedule(object(), str(tmp_path), recursive=True)
    assert len(polling.emitters) == 1


def test_what_a_change_costs(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    names = ["a.md", "b.md", "a.annotations.yml", "b.annotations.yaml", "p.png", "sources.yml"]
    for name in names:
        (docs / name).write_text(name)
    now = changes.state([docs])

    def work(*paths: str) -> changes.Work:
        return changes.work([(docs / path).resolve() for path in paths], docs, ["a.md", "b.md"], ["p.png"], now)

    assert work("a.md", "b.annotations.yaml", "p.png") == changes.Work(
        frozenset({"a.md", "b.md"}), frozenset({"p.png"})
    )
    assert not work("a.annotations.snapshot.txt", ".x.swp", "a.md~")
    assert work("sources.yml").everything and work("new.md").everything and work("../mkdocs.yml").everything
    (docs / "a.md").write_text("another")
    (docs / "p.png").unlink()
    assert changes.changed(now, changes.state([docs])) == {docs / "a.md", docs / "p.png"}
