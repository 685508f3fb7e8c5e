"""Zensical, which runs no plug-ins of others: it builds prepared sources, and the steps of a build follow in its pages.

All that is known here of Zensical are its configuration as it reads it, its command, and what its pages look like.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from postil.adapters import broken, material
from postil.build import assets
from postil.build.choice import by_name, read_loosely, written
from postil.build.generator import Configured, Refused
from postil.build.read import Options
from postil.model.problem import shown
from postil.site.urls import relative, url_of

_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
_TOLD = re.compile(r"^(?:Warning|Error): (?P<what>.+)\n\s*╭─\[ (?P<path>.+):(?P<place>\d+:\d+) \]", re.MULTILINE)
_MARKS = "postil.adapters.marking"
_ERROR = re.compile(r"(?:\w+\.)*\w*(?:Error|Exception): \S")
_SHIM = "https://unpkg.com/iframe-worker/shim"
_THEME, _SMALL = "postil-theme", "postil-frame.html"
_WITHOUT_MENU = '{% extends "main.html" %}{% block tabs %}{% endblock %}{% block site_nav %}{% endblock %}'
# As MkDocs has them where a site says nothing.
_LEVELS = {"not_found": "warn", "absolute_links": "info", "unrecognized_links": "info", "anchors": "info"}


class Zensical:
    """The generator of one site.

    Args:
        config: its configuration, mkdocs.yml or zensical.toml.
        strict: whether a note that has lost its passage stops the build.
        serving: whether this is a live preview.
    """

    def __init__(self, config: Path, *, strict: bool = True, serving: bool = False) -> None:
        self._config = config.resolve()
        self._strict = strict
        self._serving = serving

    def configured(self) -> Configured:
        """See `build.generator`."""
        root = self._config.parent
        try:
            told: dict[str, Any] = import_module("zensical.config").parse_config(str(self._config))
        except Exception as error:  # of its reader, whichever it is
            file, said = shown(self._config), broken.told(shown(self._config), error)
            raise Refused(said if said.startswith(file) else f"{file}: {said}") from None
        read = read_loosely(self._config)
        theme = told["theme"]
        options = Options(
            docs=root / told["docs_dir"],
            language=str(theme.get("language") or "en"),
            theme="material",
            site_name=str(told["site_name"]),
            site_url=str(told.get("site_url") or ""),
            cache=root / ".cache/postil",
            downloads=root / "dist",
            serving=self._serving,
            strict=self._strict,
            named=tuple(_named(read.get("nav"))),
            for_disk=_is_on(told["plugins"].get("offline")),
        )
        return Configured(
            options=options,
            site_dir=root / told["site_dir"],
            nav=read.get("nav"),
            extensions=[name for name in told["markdown_extensions"] if name != "postil"],
            configs=told["mdx_configs"],
            styles=[str(style) for style in told["extra_css"]],
            directory_urls=bool(told["use_directory_urls"]),
            watched=[self._config, *(root / str(place) for place in _watched(read, theme))],
            frame={"template": _SMALL},
            ignored=_ignored(read.get("validation")),
        )

    def render(self, docs: Path, site: Path, hidden: Sequence[str]) -> list[str]:
        """See `build.generator`."""
        folder = docs.parent
        config = folder / "mkdocs.yml"
        _write(config, written(self._changed(docs, site, hidden)))
        _show_all(self._config.parent, folder, {docs.name, site.name, config.name, _THEME})
        self._make_theme(folder / _THEME)
        command = [sys.executable, "-m", "zensical", "build", "-f", str(config)]
        environment = {**os.environ, "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}
        run = subprocess.run(
            command, cwd=self._config.parent, env=environment, capture_output=True, encoding="utf-8", check=False
        )
        said = _COLOURS.sub("", f"{run.stdout}\n{run.stderr}")
        if run.returncode or not site.is_dir():
            lines = [line.strip() for line in said.splitlines() if line.strip()]
            errors = [line for line in lines if _ERROR.match(line)] or lines or ["it said nothing"]
            raise Refused(f"Zensical broke off: {errors[-1]}")
        _load_nothing(site)
        own = self._config.parent / str(read_loosely(self._config).get("docs_dir") or "docs")
        told = [found for found in _TOLD.finditer(said) if (own / found["path"]).is_file()]  # of pages of ours nothing
        return [f"{docs.name}/{found['path']}:{found['place']}: {found['what']}" for found in told]

    def small(self, page: str) -> str:
        """See `build.generator`."""
        return material.without_menu(page)

    def _make_theme(self, folder: Path) -> None:
        """The site's own templates, with one for a page that has no menu."""
        theme = read_loosely(self._config).get("theme")
        if isinstance(theme, dict) and theme.get("custom_dir"):
            shutil.copytree(self._config.parent / str(theme["custom_dir"]), folder, dirs_exist_ok=True)
        folder.mkdir(exist_ok=True)
        _write(folder / _SMALL, _WITHOUT_MENU)

    def _changed(self, docs: Path, site: Path, hidden: Sequence[str]) -> dict[str, Any]:
        """The configuration for the prepared sources: the site's own, and what is other in it."""
        changed = read_loosely(self._config)
        changed |= {"docs_dir": docs.name, "site_dir": site.name, "strict": False}
        extensions = changed.get("markdown_extensions") or _default_extensions()
        is_mapping = isinstance(extensions, dict)
        changed["markdown_extensions"] = extensions | {_MARKS: {}} if is_mapping else [*extensions, _MARKS]
        changed["not_in_nav"] = "\n".join(filter(None, [str(changed.get("not_in_nav") or ""), *hidden]))
        if isinstance(changed.get("nav"), list):
            changed["nav"] = list(_without(changed["nav"], hidden))
        theme = changed.get("theme") or {}
        changed["theme"] = {**(theme if isinstance(theme, dict) else {"name": theme}), "custom_dir": _THEME}
        # Links are checked with all notes in their places, which Zensical does not know.
        checks = changed.get("validation")
        off = {"invalid_links": False, "invalid_link_anchors": False}
        changed["validation"] = {**(checks if isinstance(checks, dict) else {}), **off}
        return changed


def _default_extensions() -> Any:
    """Those that Zensical has where a site names none, to be written."""

    def writable(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: writable(inner) for key, inner in value.items()}
        return by_name(value) if callable(value) else value

    return writable(import_module("zensical.config").DEFAULT_MARKDOWN_EXTENSIONS)


def _without(nav: Sequence[Any], hidden: Sequence[str]) -> Iterator[Any]:
    """A navigation without pages, and without the sections that are empty then."""
    for item in nav:
        if isinstance(item, str) and item not in hidden:
            yield item
        for title, inner in item.items() if isinstance(item, dict) else ():
            kept = list(_without(inner, hidden)) if isinstance(inner, list) else inner
            if kept and kept not in hidden:
                yield {title: kept}


def _show_all(root: Path, folder: Path, but: set[str]) -> None:
    """Let what a configuration names beside the articles (templates, modules, included texts) be found from there."""
    for entry in root.iterdir():
        place = folder / entry.name
        if entry.name.startswith(".") or entry.name in but or place.is_symlink():
            continue
        try:
            place.symlink_to(entry.resolve(), target_is_directory=entry.is_dir())
        except OSError:  # Windows, where not everybody may
            return


def _load_nothing(site: Path) -> None:
    """Let the pages of a copy for the disk load a script of ours where Zensical has one on another host."""
    for file in site.rglob("*.html"):
        page = file.read_text("utf-8")
        if _SHIM in page:
            address = relative(assets.SHIM, url_of(file.relative_to(site).as_posix()))
            file.write_text(page.replace(_SHIM, address), "utf-8", newline="\n")


def _write(file: Path, text: str) -> None:
    if not file.is_file() or file.read_text("utf-8") != text:
        file.write_text(text, "utf-8")


def _watched(read: Mapping[str, Any], theme: Mapping[str, Any]) -> Iterator[Any]:
    """What a configuration says that the site is made of, besides the articles."""
    yield from (theme["custom_dir"],) if theme.get("custom_dir") else ()
    yield from read.get("watch") or ()


def _named(nav: Any) -> Iterator[str]:
    if isinstance(nav, str):
        yield nav
    for item in nav.values() if isinstance(nav, dict) else nav if isinstance(nav, list) else ():
        yield from _named(item)


def _is_on(plugin: Any) -> bool:
    settings = plugin.get("config", plugin) if isinstance(plugin, dict) else None
    return settings is not None and str(settings.get("enabled", True)).lower() == "true"


def _ignored(validation: Any) -> frozenset[str]:
    """The rules for links by which nothing is a warning."""
    given = validation if isinstance(validation, dict) else {}
    links = given.get("links") if isinstance(given.get("links"), dict) else {}
    levels = {rule: (links or {}).get(rule, given.get(rule, level)) for rule, level in _LEVELS.items()}
    return frozenset(rule for rule, level in levels.items() if level != "warn")
