"""Which article of the site a note from elsewhere is on."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit


def article_of(page: str, articles: Collection[str], urls: Mapping[str, str]) -> str | None:
    """The article that an address or a path names.

    The address of the site may be another than the one for which the note was written, so the end of the path counts.

    Args:
        page: the address of the annotated page, or a path inside of docs/.
        articles: the paths of the site's articles inside of docs/.
        urls: the addresses of pages inside of the site, by path.

    Returns:
        The path of the one article that fits; None where there is none, or more than one.
    """
    if page in articles:
        return page
    try:
        path = unquote(urlsplit(page).path)
    except ValueError:
        return None
    wanted = _parts(path)
    known = {article: _parts(urls.get(article, article)) for article in articles}
    whole = [article for article, parts in known.items() if parts and wanted[-len(parts) :] == parts]
    longest = max((len(known[article]) for article in whole), default=0)
    # The end of the address is a whole path of this site, or at least the name of one page.
    fitting = [article for article in whole if len(known[article]) == longest]
    fitting = fitting or [article for article, parts in known.items() if parts and wanted[-1:] == parts[-1:]]
    return fitting[0] if len(fitting) == 1 else None


def _parts(path: str) -> list[str]:
    """The parts of a path: `/a/bridge/`, `/a/bridge.html` and `/a/bridge/index.html` are alike."""
    parts = [part for part in PurePosixPath(path).parts if part not in ("/", ".", "..")]
    if parts and PurePosixPath(parts[-1]).stem == "index":
        parts.pop()
    return [*parts[:-1], PurePosixPath(parts[-1]).stem] if parts else []
