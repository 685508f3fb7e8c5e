"""What an author does with the notes of a page, on the data of the last finished build; knows no HTTP."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

from postil.editing import requests
from postil.editing.desk import Desk, notes_file_of
from postil.editing.refusal import Refusal, data_of
from postil.editing.worklist import listed
from postil.files.appending import number_before
from postil.files.edits import inserted, removed
from postil.files.splices import rank
from postil.model.annotation import Annotation
from postil.page.fragment import Fragment
from postil.site.editorial import today
from postil.site.folder import Site
from postil.site.urls import path_of
from postil.text.anchor import Anchorer
from postil.text.naming import id_of, starts
from postil.text.reading import read

# What the form does not write by itself.
_OWN = frozenset(("quote", "prefix", "suffix", "created", "changed", "origin"))
# What says how far a note is, and nothing of the claim: readers need no line for it.
_STATE = frozenset(("status", "assigned", "checked", "recheck", "reviews", "retracted"))


class Session:
    """The desk of one run of the preview."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._pages: dict[str, tuple[Site, Fragment]] = {}
        self._built: dict[str, bytes | None] = {}
        self._anchorers: dict[str, tuple[str, Anchorer]] = {}

    def begin(self, *sites: Site) -> None:
        """Take over the data of a finished build; a site in several languages is built once for each."""
        with self._lock:
            self._pages = {
                path_of(fragment.url.removeprefix("./")): (site, fragment)
                for site in sites
                for fragment in (site.fragments or {}).values()
            }
            self._built = {page: site.digests.get(fragment.path) for page, (site, fragment) in self._pages.items()}

    def is_behind(self, page: str) -> bool:
        """Whether a page of the finished build was drawn with another notes file than there is now.

        A newer build follows then, and the page as its author has just seen it must not give way to the older one.
        """
        with self._lock:
            known = self._pages.get(page)
            if known is None:
                return False
            file = notes_file_of(known[0].docs / known[1].path)
            try:
                now = hashlib.sha256(file.read_bytes()).digest() if file.is_file() else None
            except OSError:
                return False
            return now != self._built.get(page)

    @contextmanager
    def held(self) -> Iterator[None]:
        """While this lasts nothing is answered: the data are changed."""
        with self._lock:
            yield

    def answer(self, asked: requests.Asked) -> dict[str, Any]:
        """Do what is asked.

        Raises:
            Refusal: when it cannot be done; nothing is written then.
        """
        with self._lock:
            if asked.page not in self._pages:
                raise Refusal(404, {"": "no page of this site has this address"})
            site, fragment = self._pages[asked.page]
            desk = Desk(site, fragment, self._anchorer(fragment))
            match asked:
                case requests.State():
                    return desk.state()
                case requests.Place():
                    return self._place(desk, asked)
                case requests.Preview():
                    return self._preview(desk, asked)
                case requests.Add():
                    return self._add(desk, asked)
                case requests.Change():
                    return self._change(desk, asked)
                case requests.Move():
                    return self._move(desk, asked)
                case requests.Remove():
                    return self._remove(desk, asked)
                case requests.Todo():
                    pages = {address: page for address, (of, page) in self._pages.items() if of is site}
                    texts = {page.path: self._anchorer(page).text for page in pages.values()}
                    addresses = {page.path: address for address, page in pages.items()}
                    return {"tasks": listed(site, texts, addresses, asked.author)}
                case requests.AddSource():
                    return desk.add_source({key: value for key, value in asked.values.items() if value})
            raise Refusal(404, {"": "nothing is known of this request"})

    def _anchorer(self, fragment: Fragment) -> Anchorer:
        kept = self._anchorers.get(fragment.path)
        if kept is None or kept[0] != fragment.html:
            reading = read(fragment.html)
            anchorer = Anchorer(reading.text, reading.hidden, reading.atoms)
            kept = self._anchorers[fragment.path] = (fragment.html, anchorer)
        return kept[1]

    def _place(self, desk: Desk, asked: requests.Place) -> dict[str, Any]:
        placed = desk.placed(asked.selection)
        overlapping = [
            entry.annotation.id
            for entry, found in desk.passages()
            if found.start < placed.span.end and placed.span.start < found.end
        ]
        names = {"quote": placed.quote, "prefix": placed.prefix, "suffix": placed.suffix}
        return {**names, "id": id_of(placed.quote, desk.ids()), "overlapping": overlapping}

    def _preview(self, desk: Desk, asked: requests.Preview) -> dict[str, Any]:
        if not asked.note.strip():
            return {"html": ""}
        draft = Annotation.model_construct(id="preview", note=asked.note, origin=None)
        return {"html": desk.fragment.render_body(draft)}

    def _add(self, desk: Desk, asked: requests.Add) -> dict[str, Any]:
        placed = desk.placed(asked.selection)
        values = {key: value for key, value in asked.values.items() if key not in _OWN and value not in ("", [], None)}
        data = {**values, **desk.passage(placed), "created": today().isoformat()}
        data.setdefault("id", id_of(placed.quote, desk.ids()))
        data = {key: data[key] for key in sorted(data, key=rank)}
        if isinstance(data.get("note"), str) and "\n" in data["note"].strip():
            data["note"] = data["note"].strip() + "\n"
        if data["id"] in desk.ids():
            raise Refusal(422, {"id": f"a note with the id {data['id']!r} is here already"})
        entries = desk.entries()
        places = starts(desk.anchorer, (entry.annotation for entry in entries)) | {data["id"]: placed.span.start}
        number = number_before(data["id"], [entry.annotation.id for entry in entries], places)
        return desk.save(lambda content: inserted(content, desk.name, [(number, data)]), data["id"])

    def _change(self, desk: Desk, asked: requests.Change) -> dict[str, Any]:
        entry = desk.entry(asked.id, asked.tag)
        present = data_of(entry.document, entry.index)
        values: dict[str, Any] = {}
        for key, value in asked.values.items():
            old = present.get(key)
            old = old.rstrip("\n") if isinstance(old, str) else old
            new = value.strip() if isinstance(value, str) else value
            if key not in _OWN and key != "id" and new != old and not (new in ("", [], None) and key not in present):
                values[key] = None if new in ("", [], None) else new
        if not values:
            return desk.drawn(asked.id)
        if entry.annotation.status and "status" in values and values["status"] is None:
            values["created"] = today().isoformat()  # the day of its publication
            values |= {"assigned": None} if "assigned" in present else {}
        return desk.save(desk.editing(entry, values, asked.what, needs_word=not set(values) <= _STATE), asked.id)

    def _move(self, desk: Desk, asked: requests.Move) -> dict[str, Any]:
        entry = desk.entry(asked.id, asked.tag)
        return desk.save(desk.moving(entry, desk.placed(asked.selection), asked.what), asked.id)

    def _remove(self, desk: Desk, asked: requests.Remove) -> dict[str, Any]:
        entry = desk.entry(asked.id, asked.tag)
        if not entry.annotation.status:
            raise Refusal(422, {"": "only a draft can be deleted; the address of a published note is permanent"})
        return desk.save(lambda content: removed(content or b"", desk.name, entry.index), asked.id)
