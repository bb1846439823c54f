"""Documents of constants: each way to write them down, alone and in unions.

In: values. Out: schemas that list exactly these values, and documents that use them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from support.values import Value

Schema = dict[str, Value]
NAMES = {str: "string", int: "integer", bool: "boolean"}


class Spellings:
    """Spells lists of values; `components` grows with those that are named."""

    def __init__(self) -> None:
        """Begin without components."""
        self.components: dict[str, Schema] = {}

    def component(self, schema: Schema) -> Schema:
        """Name a schema, and give the reference to it."""
        name = f"Named{len(self.components)}"
        self.components[name] = schema
        return {"$ref": f"#/components/schemas/{name}"}

    def plain(self, values: list[Value]) -> Schema:
        """Return a plain list, with its type."""
        return {"type": NAMES[type(values[0])], "enum": values}

    def untyped(self, values: list[Value]) -> Schema:
        """Return a list without a type."""
        return {"enum": values}

    def constant(self, values: list[Value]) -> Schema:
        """Return a constant, or several to choose from."""
        constants = [{"const": each} for each in values]
        return constants[0] if len(values) == 1 else {"oneOf": constants}

    def of_one(self, values: list[Value]) -> Schema:
        """Return a composition of one schema."""
        return {"allOf": [self.plain(values)], "description": "One."}

    def named(self, values: list[Value]) -> Schema:
        """Return a reference to a component."""
        return self.component(self.plain(values))

    def annotated(self, values: list[Value]) -> Schema:
        """Return a reference with a description, as documents of 3.0 write it."""
        return {"allOf": [self.named(values)], "description": "One."}

    def twice_named(self, values: list[Value]) -> Schema:
        """Return a reference to a component that is a reference."""
        return self.component(self.named(values))

    def listed_null(self, values: list[Value]) -> Schema:
        """Return a list with null in it."""
        return {"type": [NAMES[type(values[0])], "null"], "enum": [*values, None]}

    def or_null(self, values: list[Value]) -> Schema:
        """Return a choice of a list and null, as pydantic writes it."""
        return {"anyOf": [self.constant(values), {"type": "null"}]}

    def named_or_null(self, values: list[Value]) -> Schema:
        """Return a choice of a component and null."""
        return {"anyOf": [self.named(values), {"type": "null"}]}


Speller = Callable[[Spellings, list[Value]], Schema]
NEVER_NULL: tuple[Speller, ...] = (
    Spellings.plain,
    Spellings.untyped,
    Spellings.constant,
    Spellings.of_one,
    Spellings.named,
    Spellings.annotated,
    Spellings.twice_named,
)
NULLABLE: tuple[Speller, ...] = (
    Spellings.listed_null,
    Spellings.or_null,
    Spellings.named_or_null,
)


def document(schemas: dict[str, Schema], sent: Iterable[str]) -> Schema:
    """Return a document that sends and returns some of its schemas."""
    paths = {}
    for name in sent:
        content = {
            "application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}
        }
        paths[f"/{name}"] = {
            "post": {
                "operationId": f"post{name}",
                "tags": ["x"],
                "requestBody": {"required": True, "content": content},
                "responses": {"200": {"description": "Ok.", "content": content}},
            }
        }
    return {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "servers": [{"url": "http://t.example"}],
        "paths": paths,
        "components": {"schemas": schemas},
    }
