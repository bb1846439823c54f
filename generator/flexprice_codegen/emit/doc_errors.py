"""The sections of docstrings about errors.

In: methods. Out: the exceptions that each method raises, with the document's
descriptions. The client's docstring lists the errors that most methods share.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from flexprice_codegen.emit.python_text import join_lines
from flexprice_codegen.surface.model import Method, Surface

_ERRORS = {
    "400": "BadRequestError",
    "401": "AuthenticationError",
    "403": "PermissionDeniedError",
    "404": "NotFoundError",
    "409": "ConflictError",
    "422": "UnprocessableEntityError",
    "429": "RateLimitError",
}
_SAYS_NOTHING = frozenset(
    {
        "",
        "bad request",
        "conflict",
        "default error",
        "error",
        "forbidden",
        "internal error",
        "internal server error",
        "invalid request",
        "not found",
        "rate limit exceeded",
        "resource not found",
        "server error",
        "too many requests",
        "unauthorized",
        "unexpected error",
        "unprocessable entity",
    }
)
"""Descriptions of errors that add nothing to the name of the class."""
_OFTEN = 10
"""The number of methods with the same errors from which the client lists them."""


def find_common_errors(surface: Surface) -> tuple[str, ...]:
    """Return the exception classes that most methods raise with generic descriptions.

    Returns:
        Names of classes; empty if fewer than ten methods share them.
    """
    often = Counter(
        tuple(sorted(set(_list_generic_errors(method))))
        for resource in surface.resources
        for method in resource.methods
    )
    names, count = often.most_common(1)[0] if often else ((), 0)
    return names if count >= _OFTEN else ()


def format_raises(method: Method, usual: Collection[str]) -> str:
    """Return the `Raises:` section of a method, or a line of names.

    Args:
        method: The method.
        usual: Exceptions that the client's docstring lists; they are omitted here if
            the document describes them only generically.
    """
    texts: dict[str, list[str]] = {}
    for each in method.errors:
        said = join_lines(each.about.description)
        known = texts.setdefault(_get_error_class(each.status_code), [])
        if not _is_generic(said) and said.removesuffix(".") not in known:
            known.append(said.removesuffix("."))

    lines = [f"    {name}: {'. '.join(said)}." for name, said in texts.items() if said]
    others = [name for name, said in texts.items() if not said and name not in usual]
    if not lines:
        return f"Raises {', '.join(others)}." if others else ""
    if others:
        lines.append(f"    {', '.join(others)}: As the status says.")

    return "\n".join(["Raises:", *lines])


def _list_generic_errors(method: Method) -> list[str]:
    return [
        _get_error_class(e.status_code)
        for e in method.errors
        if _is_generic(e.about.description)
    ]


def _get_error_class(status: str) -> str:
    # The same choice as in the runtime, so that the docstring names what is raised.
    other = "ServerError" if status.startswith("5") else "APIStatusError"
    return _ERRORS.get(status, other)


def _is_generic(text: str) -> bool:
    return join_lines(text).rstrip(".").lower() in _SAYS_NOTHING
