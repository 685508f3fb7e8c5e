"""Which generator builds a site: the one that is asked for, that its configuration names, or that is installed."""

from __future__ import annotations

import tomllib
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import yaml

from postil.model.problem import nearest

GENERATORS = ("mkdocs", "properdocs", "zensical")
PROPERDOCS = ("properdocs.yml", "properdocs.yaml")
TOML = "zensical.toml"


class Unknown(ValueError):  # noqa: N818 (it is told as a mistake of the author)
    """A configuration names a generator that there is not; the argument says so, in a line."""


def generator(config: Path, wanted: str = "") -> str:
    """The name of the generator of a site.

    Args:
        config: the site's configuration; `extra: {postil: {generator: zensical}}` in it chooses for good.
        wanted: what somebody has asked for, which goes before.

    Raises:
        Unknown: when the configuration names another than there are.
        ModuleNotFoundError: when it is not installed.
    """
    chosen = wanted or ("zensical" if config.name == TOML else _named(config))
    known = [name for name in GENERATORS if find_spec(name) is not None]
    if chosen and chosen not in known:
        raise ModuleNotFoundError(f"there is no {chosen}", name=chosen)
    if chosen:
        return chosen
    if not known:
        raise ModuleNotFoundError("there is no MkDocs", name="mkdocs")
    return "properdocs" if "properdocs" in known and config.name in PROPERDOCS else known[0]


def _named(config: Path) -> str:
    extra = read_loosely(config).get("extra")
    mine = extra.get("postil") if isinstance(extra, dict) else None
    name = mine.get("generator", "") if isinstance(mine, dict) else ""
    if name and name not in GENERATORS:
        known = f"{nearest(str(name), GENERATORS)}; there are {', '.join(GENERATORS)}"
        raise Unknown(f"{config.name}: extra: postil: the generator {name!r} is unknown{known}")
    return str(name)


class _Loose(yaml.SafeLoader):
    """Reads a configuration as far as it is plain; what only a generator understands is None."""


def _construct(loader: yaml.SafeLoader, suffix: str, node: yaml.Node) -> Any:  # noqa: ARG001
    return None


_Loose.add_multi_constructor("", _construct)


def read_loosely(config: Path) -> dict[str, Any]:
    """What a configuration says that is there before any generator reads it; nothing where it cannot be read.

    Args:
        config: mkdocs.yml with those that it inherits from, or zensical.toml.
    """
    try:
        if config.suffix == ".toml":
            told = tomllib.loads(config.read_text("utf-8"))
            return dict(told.get("project", told))
        told = yaml.load(config.read_text("utf-8-sig"), Loader=_Loose)  # noqa: S506 (a safe one)
    except (OSError, ValueError, yaml.YAMLError):
        return {}
    if not isinstance(told, dict):
        return {}
    base = told.get("INHERIT")
    return _merged(read_loosely(config.parent / base), told) if isinstance(base, str) else told


def _merged(base: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    """Mappings within mappings, as MkDocs inherits them."""
    both = {key: _merged(base[key], value) for key, value in more.items() if _are_mappings(base.get(key), value)}
    return base | more | both


def _are_mappings(*values: Any) -> bool:
    return all(isinstance(value, dict) for value in values)
