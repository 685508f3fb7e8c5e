"""A ZIP archive of XML parts (.docx, .odt) → its parts, within limits: no bomb, no entity, nothing outside of it.

Everything is looked at before any of it is used: a part that another reader takes for XML has been read as XML here.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from typing import Any
from xml.parsers import expat

from postil.model.problem import Place, PostilError, Problem

MAX_PARTS = 4_000
MAX_UNPACKED = 256 * 1024 * 1024
MAX_XML = 32 * 1024 * 1024  # of one part; a novel has 10 MiB
MAX_RATIO = 200  # of a part that is larger than 1 MiB; text is packed ten to thirty times
MAX_ELEMENTS = 500_000  # of all parts; a long book has half of that, and a reader needs a kilobyte for each
MAX_DEPTH = 120
_LARGE = 1024 * 1024

# How a picture begins, and what its file is called.
_PICTURES = ((b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpg"), (b"GIF8", "gif"))


@dataclass(frozen=True)
class Package:
    """The parts of a document.

    Attributes:
        file: its name, for messages.
        xml: its XML parts by their path; none has a document type, so none has entities.
        pictures: its pictures (PNG, JPEG, GIF, WebP) by their path.
    """

    file: str
    xml: dict[str, bytes]
    pictures: dict[str, bytes]

    def tree(self, path: str) -> Any:
        """The root element of a part (lxml), or None where there is no such part."""
        from lxml import etree

        content = self.xml.get(path)
        if content is None:
            return None
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_pis=True)
        try:
            return etree.fromstring(content, parser)
        except etree.XMLSyntaxError as error:
            raise refused(self.file, f"its part {path} is not XML: {error.msg}") from None

    def related(self, part: str) -> dict[str, str]:
        """The parts inside of the package that a part of a .docx names, by the last word of the kind of relation."""
        folder, name = posixpath.split(part)
        root = self.tree(posixpath.join(folder, "_rels", f"{name}.rels"))
        found: dict[str, str] = {}
        for relation in root if root is not None else ():
            if relation.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
                found.setdefault(relation.get("Type", "").rpartition("/")[2], target.lstrip("/"))
        return found

    def links(self, part: str) -> dict[str, str]:
        """The addresses that a part of a .docx names, by the id of the relation. None is ever opened."""
        folder, name = posixpath.split(part)
        root = self.tree(posixpath.join(folder, "_rels", f"{name}.rels"))
        relations = root if root is not None else ()
        return {
            item.get("Id", ""): item.get("Target", "") for item in relations if item.get("TargetMode") == "External"
        }

    def rewritten(self) -> bytes:
        """The package with nothing but what has been looked at, for a library that reads archives by itself."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for path, content in (self.xml | self.pictures).items():
                archive.writestr(path, content)
        return buffer.getvalue()


def opened(content: bytes, file: str) -> Package:
    """Read a package.

    Args:
        content: the bytes of the file.
        file: its name, for messages.

    Raises:
        PostilError: for what is no such file, is locked with a password, is a bomb or declares entities.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            _measure(infos, file)
            parts = {info.filename: archive.read(info) for info in infos}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError):
        kind = file.rpartition(".")[2]
        raise refused(
            file, f"this is no .{kind} file, or it is damaged; open it and save it as .{kind} again"
        ) from None
    xml: dict[str, bytes] = {}
    pictures: dict[str, bytes] = {}
    elements = 0
    for path, part in parts.items():
        if picture_suffix(part):
            pictures[path] = part
        elif _is_xml(path, part):
            elements += _elements(part, path, file, MAX_ELEMENTS - elements)
            xml[path] = part
    return Package(file, xml, pictures)


def picture_suffix(content: bytes) -> str:
    """How the file of a picture is called that every browser shows; empty for all else (drawings run scripts)."""
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "webp"
    return next((suffix for start, suffix in _PICTURES if content.startswith(start)), "")


def refused(file: str, message: str) -> PostilError:
    """A file that is not read, and why."""
    return PostilError([Problem(Place(file), message)])


def _measure(infos: list[zipfile.ZipInfo], file: str) -> None:
    """What the archive says of itself; `zipfile` reads no byte more of a part than that."""
    if any(info.flag_bits & 1 for info in infos):
        raise refused(file, "the file is locked with a password; save it without")
    if len({info.filename for info in infos}) != len(infos):
        raise refused(file, "two of its parts have the same name; open it and save it again")
    too_dense = any(
        info.file_size > _LARGE and info.file_size > MAX_RATIO * max(info.compress_size, 1) for info in infos
    )
    if len(infos) > MAX_PARTS or sum(info.file_size for info in infos) > MAX_UNPACKED or too_dense:
        raise refused(file, "unpacked, it is far larger than a document is; nothing of it was read")


def _is_xml(path: str, part: bytes) -> bool:
    return path.endswith((".xml", ".rels")) or b"<" in part[:64].replace(b"\0", b"")


def _elements(part: bytes, path: str, file: str, most: int) -> int:
    """How many elements a part has: XML (1.0) of a fair size without a document type, in which entities would stand."""
    if len(part) > MAX_XML:
        raise refused(file, f"its part {path} is larger than 32 MiB")
    parser = expat.ParserCreate()
    depth = count = 0

    def start(*_: object) -> None:
        nonlocal depth, count
        depth, count = depth + 1, count + 1
        if depth > MAX_DEPTH or count > most:
            raise refused(file, f"its part {path} has more elements, or deeper ones, than a document has")

    def end(*_: object) -> None:
        nonlocal depth
        depth -= 1

    def doctype(*_: object) -> None:
        raise refused(file, f"its part {path} declares a document type; entities are not read")

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(part, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise refused(file, f"its part {path} is not XML: {error}") from None
    return count
