"""Small APIs about one customer, to change and to compare in Python.

In: the properties of a customer, or the parameters of an operation. Out: a document.
"""

from __future__ import annotations

from support.comparing import compare, list_in_python
from support.documents import Json, document, operation, record
from support.values import Value

Row = tuple[str, Json, Json, tuple[str, str, str]]
"""What an edit is, the documents before and after it, and what is felt in Python."""

NAME = {"type": "string"}
MAYBE = {"type": "string", "nullable": True}
EITHER = {"oneOf": [{"type": "string"}, {"type": "integer"}]}


def sent(**customer: Value) -> dict[str, Value]:
    """Write an API that is sent a customer."""
    return document(
        {"/customers": {"post": operation(body="Customer")}},
        {"Customer": record(**customer)},
    )


def received(**customer: Value) -> dict[str, Value]:
    """Write an API that brings a customer."""
    return document(
        {"/customers": {"post": operation(answer="Customer")}},
        {"Customer": record(**customer)},
    )


def called(*parameters: dict[str, Value], **more: Value) -> dict[str, Value]:
    """Write an API with one operation."""
    found = operation(parameters=parameters, **more)
    return document(
        {"/c": {"get": found}}, {"A": record(a="string"), "B": record(b="string")}
    )


def query(name: str, kind: Value = "string", **more: Value) -> dict[str, Value]:
    schema = {"type": kind} if isinstance(kind, str) else kind
    return {"name": name, "in": "query", "schema": schema, **more}


def enum(*values: str, names: tuple[str, ...] = ()) -> dict[str, Value]:
    made: dict[str, Value] = {"type": "string", "enum": list(values)}
    return {**made, "x-enum-varnames": list(names)} if names else made


def check_is_told_once(old: Json, new: Json, expected: tuple[str, str, str]) -> None:
    """Check that one thing is felt in Python, classes aside that come or go by it."""
    found = list_in_python(compare(old, new))
    classes = ("class-use-changed", "class-added", "class-removed")
    assert [each for each in found if each[1] not in classes] == [expected]
    assert compare(old, old).findings == ()
