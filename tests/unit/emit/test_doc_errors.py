"""What docstrings say of exceptions."""

from __future__ import annotations

from support.documents import document, operation, read_surface

from flexprice_codegen.emit.doc_errors import find_common_errors, format_raises
from flexprice_codegen.surface.model import Method, Surface


def surface(count: int, errors: dict[str, str]) -> Surface:
    """Return a client whose methods have these errors, by status."""
    responses = {"204": {"description": ""}} | {
        status: {"description": text} for status, text in errors.items()
    }
    paths = {
        f"/{n}": {"get": operation(f"get{n}", responses=responses)}
        for n in range(count)
    }
    return read_surface(document(paths))


def method(errors: dict[str, str]) -> Method:
    return surface(1, errors).resources[0].methods[0]


def test_a_description_that_says_something_is_told() -> None:
    found = format_raises(method({"404": "No such thing.", "409": "Conflict"}), ())
    assert (
        found
        == "Raises:\n    NotFoundError: No such thing.\n    ConflictError: As the status says."
    )


def test_names_alone_are_one_line_and_usual_ones_none() -> None:
    found = method({"404": "Not found", "500": "Internal Server Error"})
    assert format_raises(found, ()) == "Raises NotFoundError, ServerError."
    assert format_raises(found, ("NotFoundError", "ServerError")) == ""


def test_what_most_methods_raise_is_said_once_for_all() -> None:
    assert find_common_errors(surface(10, {"404": "Not found", "500": ""})) == (
        "NotFoundError",
        "ServerError",
    )
    assert find_common_errors(surface(9, {"404": "Not found"})) == ()
