"""The rooms of the engine: arrows between packages lead down, and no room reaches into the private parts of another."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path

import postil

PACKAGE = Path(postil.__file__).parent
# Lower ones first: each may use those before it.
ROOMS = (
    "model files text reanchor page site export offline views importing build editing adapters commands".split()
)  # fmt: skip


def _imports() -> Iterator[tuple[str, str, str]]:
    """(module, imported module, imported name) of every import of ours, late ones too."""
    for file in sorted(PACKAGE.rglob("*.py")):
        module = file.relative_to(PACKAGE).with_suffix("").as_posix()
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "postil":
                for alias in node.names:
                    yield module, (node.module or "").removeprefix("postil").strip(".").replace(".", "/"), alias.name
            if isinstance(node, ast.Import):
                for alias in node.names:
                    yield module, alias.name, ""


def _room(module: str) -> str:
    return module.partition("/")[0]


def test_arrows_lead_down() -> None:
    wrong = []
    for module, source, name in _imports():
        target = _room(source or name)
        if target in ROOMS and _room(module) in ROOMS and ROOMS.index(target) > ROOMS.index(_room(module)):
            wrong.append(f"{module} -> {source}/{name}")
    assert not wrong, "\n".join(wrong)


def test_every_package_has_its_place() -> None:
    packages = {file.parent.name for file in PACKAGE.glob("*/__init__.py")}
    assert packages <= set(ROOMS)


def test_every_room_says_what_comes_in_and_what_goes_out() -> None:
    for room in ROOMS:
        file = PACKAGE / room / "__init__.py"
        if file.exists():
            assert len((ast.get_docstring(ast.parse(file.read_text("utf-8"))) or "").splitlines()) >= 3, room


def test_only_adapters_know_mkdocs() -> None:
    known = {module for module, source, name in _imports() if (source or name).partition(".")[0] == "mkdocs"}
    for file in PACKAGE.rglob("*.py"):
        if "from mkdocs" in file.read_text("utf-8"):
            known.add(file.relative_to(PACKAGE).as_posix())
    assert {_room(module) for module in known} <= {"adapters"}


def test_nothing_private_is_imported_from_another_module() -> None:
    wrong = [f"{module} -> {source}.{name}" for module, source, name in _imports() if name.startswith("_")]
    assert [line for line in wrong if not line.endswith(".__version__")] == []


def test_of_another_room_only_what_it_shows_is_used() -> None:
    wrong = []
    for module, source, name in _imports():
        room, _, inner = source.partition("/")
        inner = inner.partition("/")[0] or (name if (PACKAGE / room / f"{name}.py").exists() else "")
        if room in ROOMS and room != _room(module) and inner:
            shown = importlib.import_module(f"postil.{room}").PUBLIC
            if inner not in shown:
                wrong.append(f"{module} uses {room}/{inner}, which hooks/postil/{room}/__init__.py does not show")
    assert not wrong, "\n".join(wrong)
