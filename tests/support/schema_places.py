"""A schema in each place that a rule knows: bodies, parameters, headers, their properties.

In: a place, and schemas by name. Out: a document with an operation for each schema, whose
path is the name, and which has the schema in that place.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from flexprice_codegen.diff.rules.message_parts import MessageDirection
from flexprice_codegen.diff.rules.rule_key import Location
from support.documents import Json, content, document, parameter, record

Place: TypeAlias = tuple[MessageDirection, Location]
COMPONENTS: Json = {name: record(kind="string") for name in ("Cat", "Dog")}
"""The schemas that the examples of rules refer to."""
_OK: Json = {"200": {"description": "ok"}}


def document_at(
    place: Place, schemas: Mapping[str, object], media_type: str = "application/json"
) -> Json:
    """Return a document with an operation for each schema, which has it in a place."""
    paths = {
        f"/{name}": {"post": operation_at(place, schema, media_type)}
        for name, schema in schemas.items()
    }
    return document(paths, COMPONENTS)


def operation_at(
    place: Place,
    schema: Any,  # noqa: ANN401 - JSON
    media_type: str = "application/json",
) -> Json:
    """Return an operation that has a schema in a place."""
    around = record(x=schema)
    match place:
        case ("request", "body"):
            return _asking(content(schema, media_type))
        case ("request", "property"):
            return _asking(content(around, media_type))
        case ("request", "parameter"):
            return _with_parameter("query", schema)
        case ("request", "parameter-property"):
            return _with_parameter("query", around)
        case ("request", "header-property"):
            return _with_parameter("header", around)
        case ("response", "body"):
            return _answering(content=content(schema, media_type))
        case ("response", "property"):
            return _answering(content=content(around, media_type))
        case _:
            return _answering(headers={"X-A": {"schema": schema}})


def _asking(contents: Json) -> Json:
    return {"requestBody": {"content": contents}, "responses": _OK}


def _answering(**members: object) -> Json:
    return {"responses": {"200": {"description": "", **members}}}


def _with_parameter(where: str, schema: Json) -> Json:
    return {
        "parameters": [parameter("p", where, schema, explode=False)],
        "responses": _OK,
    }
