"""The Jinja templates of the package: everything is escaped that is not marked as HTML."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template


@cache
def template(name: str) -> Template:
    """The template `name`.html; a variable that it is not given is an error."""
    environment = Environment(
        loader=PackageLoader("postil"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template(f"{name}.html")
