"""What is wrong with a configuration that a generator could not read, in one line."""

from __future__ import annotations


def told(file: str, error: BaseException) -> str:
    """The place in the file, where it is no YAML; else what the generator says.

    Args:
        file: the configuration, for the message.
        error: of the generator, raised while it handled one of the YAML reader.
    """
    mark = getattr(error.__context__, "problem_mark", None)
    if mark is None:
        return " ".join(str(error).split())
    problem = getattr(error.__context__, "problem", "") or "this is no YAML"
    return f"{file}:{mark.line + 1}:{mark.column + 1}: {problem}"
