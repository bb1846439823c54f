"""Texts of queries and forms as the values that their schemas say.

In: texts, and types. Out: the JSON value that each represents.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from flexprice_codegen.api.events import find_object_schema
from flexprice_codegen.api.model import AliasSchema, NamedSchema
from flexprice_codegen.api.types import Boolean, Nullable, Number, Reference, Type
from flexprice_codegen.conform.scalar_forms import is_number_text
from flexprice_codegen.conform.value_judge import MASKED


def resolve_type(type_: Type, schemas: Mapping[str, NamedSchema]) -> Type:
    """Return a type without null and aliases."""
    while True:
        match type_:
            case Nullable(inner=inner):
                type_ = inner
            case Reference(key=key):
                schema = schemas.get(key)
                if not isinstance(schema, AliasSchema):
                    return type_
                type_ = schema.type
            case _:
                return type_


def read_text(text: str, type_: Type) -> object:
    """Return the JSON value that a text represents, which is of a resolved type.

    A recording of shapes keeps numbers, and hides words such as `true`.
    """
    match type_:
        case Number() if is_number_text(text):
            return Decimal(text)
        case Boolean() if text in ("true", "false", MASKED):
            return text == "true"
        case _:
            return text


def read_form_members(
    value: object, payload: Type, schemas: Mapping[str, NamedSchema]
) -> object:
    """Return the value of a form whose fields are the members of a payload.

    Args:
        value: The fields, as texts.
        payload: The type of the payload.
        schemas: The schemas of the API.
    """
    record = find_object_schema(payload, schemas)
    if record is None or not isinstance(value, Mapping):
        return value
    types = {each.wire: resolve_type(each.type, schemas) for each in record.properties}
    return {
        name: (
            read_text(text, types[name])
            if name in types and isinstance(text, str)
            else text
        )
        for name, text in value.items()
    }
