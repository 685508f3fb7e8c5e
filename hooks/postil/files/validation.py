"""Plain data with places → a model, or problems that say where and what in the author's words."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from postil.files.yamltext import Document, Path, type_names
from postil.model.problem import Problem, nearest

Model = TypeVar("Model", bound=BaseModel)

# pydantic's error types that mean "another kind of value was expected here"
_EXPECTED = {
    "string_type": "a text",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "a mapping (key: value)",
    "model_type": "a mapping (key: value)",
    "model_attributes_type": "a mapping (key: value)",
    "enum": "a text",
}


def validated(model: type[Model], document: Document, path: Path, problems: list[Problem]) -> Model | None:
    """The value at `path` of the document as a `model`.

    Args:
        model: the pydantic model.
        document: what was read.
        path: where in the document the value stands.
        problems: takes up every mistake, each at its own place.

    Returns:
        The model, or None where there were mistakes.
    """
    data = document.data
    for step in path:
        data = data[step]
    try:
        return model.model_validate(data)
    except ValidationError as error:
        for details in error.errors(include_url=False):
            problems.append(_problem(details, model, document, path))
        return None


def _problem(details: Any, model: type[BaseModel], document: Document, path: Path) -> Problem:
    kind, location, found = details["type"], tuple(details["loc"]), details["input"]
    place = document.place(path + location)
    if kind == "missing":
        keys = ", ".join(found) or "nothing"
        return Problem(document.place(path + location[:-1]), f"the key {location[-1]!r} is missing (found {keys})")
    if kind == "extra_forbidden":
        known = _fields(model, location[:-1])
        return Problem(
            document.key_place(path + location),
            f"the key {location[-1]!r} is unknown{nearest(location[-1], known)}; keys are {', '.join(known)}",
        )
    if kind in _EXPECTED:
        what = type_names.get(type(found), "something else")
        return Problem(place, f"{_named(location)}expected {_EXPECTED[kind]}, found {what}")
    if kind == "literal_error":
        return Problem(place, f"{_named(location)}expected {details['ctx']['expected']}, found {found!r}")
    if kind == "author":
        return Problem(place, f"{_named(location)}{details['msg']}")
    return Problem(place, f"{_named(location)}{details['msg'][0].lower()}{details['msg'][1:]}")


def _named(location: tuple[Any, ...]) -> str:
    names = [part for part in location if isinstance(part, str)]
    return f"{names[-1]!r}: " if names else ""


def _fields(model: type[BaseModel], location: tuple[Any, ...]) -> list[str]:
    """The keys that are known at a place inside of a model: `changed.0` has those of Change."""
    current: type[BaseModel] = model
    for part in location:
        if isinstance(part, str) and part in current.model_fields:
            nested = _models(current.model_fields[part].annotation)
            current = nested[0] if nested else current
    return [field.alias or name for name, field in current.model_fields.items()]


def _models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in getattr(annotation, "__args__", ()) for model in _models(part)]
