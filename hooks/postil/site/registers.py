"""Which files of a folder are registers of sources."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from postil.files.sources_file import FILE, PROGRAMS

ENDINGS = (".yml", ".yaml", *PROGRAMS)
_STEM = "sources"


def is_register(path: str) -> bool:
    """Whether a file, by its path inside of docs/ with slashes, is a register: `sources.json`, `thesis.sources.bib`.

    Registers lie at the top of docs/.
    """
    name = PurePosixPath(path)
    is_named = name.suffix in ENDINGS and (name.stem == _STEM or name.stem.endswith(f".{_STEM}"))
    return is_named and len(name.parts) == 1


def registers(docs: Path) -> list[Path]:
    """The registers of a site: `sources.yml` first, then the other kinds of it, then those with a name before it."""
    found = [file for file in docs.iterdir() if is_register(file.name) and file.is_file()] if docs.is_dir() else []
    return sorted(found, key=lambda file: (file.stem != _STEM, ENDINGS.index(file.suffix), file.name))


def writable(docs: Path) -> Path:
    """The register into which new sources are written: programs overwrite JSON, BibTeX and RIS."""
    return next(
        (file for file in registers(docs) if file.stem == _STEM and file.suffix in (".yml", ".yaml")), docs / FILE
    )
