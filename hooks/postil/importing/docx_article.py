"""The article of a Word document (.docx), read by mammoth: headings, lists, tables, links, footnotes, pictures.

Tracked changes are read as accepted, comments are left to `docx`.
"""

from __future__ import annotations

import io
import re
from html import unescape
from typing import Any

from postil.importing import inserts
from postil.importing.inserts import Picture
from postil.importing.package import opened, picture_suffix, refused
from postil.model.problem import counted

_OURS = "postil-"  # before the ids and addresses that mammoth writes
# A document's own headings begin below its title.
_STYLES = "\n".join(
    ["p[style-name='Title'] => h1:fresh", "p.Title => h1:fresh", "b => strong", "i => em", "strike => del"]
    + [
        f"p[style-name='{name} {level}'] => h{min(level + 1, 6)}:fresh"
        for name in ("Heading", "heading")
        for level in range(1, 7)
    ]
    + [f"p.Heading{level} => h{min(level + 1, 6)}:fresh" for level in range(1, 7)]
)
_IMAGE = re.compile(rf'<img\b[^>]*src="{_OURS}picture:(\d+)"[^>]*>')
_REFERENCE = re.compile(rf'<sup><a href="#{_OURS}((?:foot|end)note-[\w-]+)" id="[^"]*">\[(\d+)\]</a></sup>')
_NOTE = re.compile(rf'<li id="{_OURS}((?:foot|end)note-[\w-]+)">')
_BACK = re.compile(rf' ?<a href="#{_OURS}(?:foot|end)note-ref-[\w-]+">↑</a>')


def read(content: bytes, file: str) -> tuple[str, list[str], list[Picture], list[str]]:
    """Read the article of a document.

    Args:
        content: the bytes of the file.
        file: its name, for messages.

    Returns:
        Its HTML with marks (see `inserts`), the HTML of its footnotes, its pictures, and what the author should know.

    Raises:
        PostilError: for what is no such document.
    """
    import mammoth  # only documents need it

    package = opened(content, file)
    pictures: list[Picture] = []
    left: list[str] = []

    def picture(image: Any) -> dict[str, str]:
        try:
            with image.open() as opened_image:
                data = opened_image.read()
        except (OSError, KeyError, ValueError):  # linked, or of a form that was not let in
            data = b""
        if suffix := picture_suffix(data):
            pictures.append(Picture(data, suffix, image.alt_text or ""))
            return {"src": f"{_OURS}picture:{len(pictures)}"}
        left.append(image.alt_text or "without a description")
        return {"src": f"{_OURS}picture:0"}

    try:
        html = mammoth.convert_to_html(
            io.BytesIO(package.rewritten()),
            style_map=_STYLES,
            include_embedded_style_map=False,
            external_file_access=False,
            convert_image=mammoth.images.img_element(picture),
            id_prefix=_OURS,
        ).value
    except (OSError, KeyError, ValueError, AttributeError, TypeError, IndexError, RecursionError):
        raise refused(file, "this .docx file is damaged; open it in a word processor and save it again") from None
    told = _told(html, left, pictures)
    return *_marked(inserts.without_marks(html)), pictures, told


def _marked(html: str) -> tuple[str, list[str]]:
    """HTML with marks for pictures and for the numbers of footnotes, and the footnotes, which stand at its end."""
    numbers = {name: int(number) for name, number in _REFERENCE.findall(html)}
    html = _REFERENCE.sub(lambda match: inserts.footnote(int(match[2])), html)
    html = _IMAGE.sub(lambda match: inserts.picture(int(match[1])), html)
    parts = _NOTE.split(html)
    body = re.sub(r"<ol>\Z", "", parts[0]) if len(parts) > 1 else html
    found = {
        numbers[name]: _BACK.sub("", re.sub(r"</li>(?:</ol>)?\Z", "", note))
        for name, note in zip(parts[1::2], parts[2::2], strict=True)
        if name in numbers
    }
    return _risen(body), [found.get(number, "") for number in range(1, max(found, default=0) + 1)]


def _risen(html: str) -> str:
    """A document without a title has its first heading for one."""
    if re.search(r"<h1\b", html):
        return html
    return re.sub(r"<(/?)h([2-6])\b", lambda match: f"<{match[1]}h{int(match[2]) - 1}", html)


def _told(html: str, left: list[str], pictures: list[Picture]) -> list[str]:
    told = [f"left out a picture that is linked, or that browsers do not show: {unescape(name)}" for name in left]
    if undescribed := sum(not shown.description.strip() for shown in pictures):
        told.append(
            f"{counted(undescribed, 'picture')} without a description; write what each shows in the [ ] before it"
        )
    if _REFERENCE.search(html):
        told.append("footnotes: shown where mkdocs.yml has `footnotes` below markdown_extensions")
    return told
