"""What writing in the preview takes: finding a selection, and saving a note with the article drawn anew."""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "hooks"))

import markdown

from postil.editing import requests
from postil.editing.session import Session
from postil.page.fragment import Fragment
from postil.site.loading import load_site

NOTES = 60


def writing(runs: int = 15) -> tuple[float, float]:
    """Medians in milliseconds of CPU time, on a page with 60 notes: finding a selection; saving a note."""
    sentences = [
        f"Sentence number {number} tells of the bridge and of the year {1900 + number}." for number in range(150)
    ]
    text = "# The bridge\n\n" + "\n\n".join(" ".join(sentences[start : start + 3]) for start in range(0, 150, 3))
    notes = [
        f"  - {{id: n{number}, quote: Sentence number {2 * number} tells, kind: context, note: Of it., "
        "author: editors, created: 2026-01-01}\n"
        for number in range(NOTES)
    ]
    with tempfile.TemporaryDirectory() as scratch:
        docs = Path(scratch)
        (docs / "page.md").write_text(text, "utf-8")
        (docs / "page.annotations.yml").write_text("annotations:\n" + "".join(notes), "utf-8")
        site = load_site(docs, unpublished=True)
        site.context.strict = False
        fragment = Fragment("page.md", "page/", markdown.markdown(text), lambda note: markdown.markdown(note.note))
        site.fragments = {"page.md": fragment}
        session = Session()
        session.begin(site)
        places, saves = [], []
        for run in range(runs):
            chosen = requests.Selected(
                quote=f"the year {1903 + 8 * run}", before="of the bridge and of ", after=".", share=0
            )
            begin = time.process_time()
            session.answer(requests.Place(page="page/", selection=chosen))
            middle = time.process_time()
            values = {"id": f"new-{run}", "kind": "context", "note": "New.", "author": "editors"}
            session.answer(requests.Add(page="page/", selection=chosen, values=values))
            places.append(middle - begin)
            saves.append(time.process_time() - middle)
    return statistics.median(places) * 1000, statistics.median(saves) * 1000


if __name__ == "__main__":
    place, save = writing()
    print(
        f"Writing, {NOTES} notes on the page: a selection is found in {place:.1f} ms (wanted: at most 10), "
        f"a note is saved and the article drawn in {save:.0f} ms (wanted: at most 300)"
    )
