"""What there is to do on the site, for the list in the page."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from postil.site.editorial import today
from postil.site.folder import Site
from postil.site.todo import tasks


def listed(site: Site, texts: Mapping[str, str], addresses: Mapping[str, str], author: str) -> list[dict[str, Any]]:
    """All there is to do.

    Args:
        site: as its last build left it, with the notes that are not published.
        texts: the reading text of each page, by its path.
        addresses: of each page inside of the site, not percent-encoded, by its path.
        author: the id of whoever asks.

    Returns:
        The tasks of `site.todo.tasks`, each with the address of its page.
    """
    articles = [path for path, page in site.pages.items() if page.notes or page.lost]
    coverages = {path: site.coverage_of(path) for path in articles}
    return [
        dataclasses.asdict(task) | {"url": addresses[task.article]}
        for task in tasks(site, texts, coverages, today(), author)
        if task.article in addresses
    ]
