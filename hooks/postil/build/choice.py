"""Which generator builds a site: the one that is asked for, that its configuration names, or that is installed."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
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


class Kept:
    """What only a generator understands (`!ENV`, `!!python/name:`), to be written as it was read."""

    def __init__(self, node: yaml.Node) -> None:
        self.node = node


class _Loose(yaml.SafeLoader):
    """Reads a configuration as far as it is plain."""


class _Writer(yaml.SafeDumper):
    """Writes what `_Loose` has read."""


def _keep(loader: yaml.SafeLoader, suffix: str, node: yaml.Node) -> Kept:  # noqa: ARG001
    return Kept(node)


_Loose.add_multi_constructor("", _keep)
_Writer.add_representer(Kept, lambda _, kept: kept.node)


def by_name(function: Callable[..., Any]) -> Kept:
    """A function, to be written by its name."""
    return Kept(yaml.ScalarNode(f"tag:yaml.org,2002:python/name:{function.__module__}.{function.__qualname__}", ""))


def written(configuration: dict[str, Any]) -> str:
    """A configuration as `read_loosely` gives it, as YAML."""
    return yaml.dump(configuration, Dumper=_Writer, allow_unicode=True, sort_keys=False)


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
    base = told.pop("INHERIT", None)
    return _merged(read_loosely(config.parent / base), told) if isinstance(base, str) else told


def _merged(base: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    """Mappings within mappings, lists one after the other, as Zensical inherits them."""
    return base | {key: _both(base[key], value) if key in base else value for key, value in more.items()}


def _both(one: Any, other: Any) -> Any:
    if isinstance(one, dict) and isinstance(other, dict):
        return _merged(one, other)
    return [*one, *other] if isinstance(one, list) and isinstance(other, list) else other
