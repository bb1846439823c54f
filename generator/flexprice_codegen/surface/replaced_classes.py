"""The schemas that are now where a former version had classes of its own.

In: the `Api` and the key of a schema that a lock file of a former version has. Out: the
key of the schema that its place refers to today. Such a version made a class of each
choice, also of one between a single schema and null.
"""

from __future__ import annotations

from collections.abc import Mapping

from flexprice_codegen.api.keys import SEPARATOR
from flexprice_codegen.api.model import AliasSchema, Api, ObjectSchema
from flexprice_codegen.api.types import Array, Map, Nullable, Reference, Type


def find_replacement(api: Api, moved: Mapping[str, str], key: str) -> str | None:
    """Return the key of the schema that is at the place of a removed one.

    Args:
        api: The current API.
        moved: The current key of each schema that was renamed.
        key: The key of the removed schema: that of a schema, and a path within it.

    Returns:
        `None` if the place is gone, or has a type that is not a schema of its own.
    """
    parts = key.split(SEPARATOR)
    for count in range(len(parts) - 1, 0, -1):
        owner = SEPARATOR.join(parts[:count])
        owner = moved.get(owner, owner)
        if owner in api.schemas:
            return _follow_path(api, owner, parts[count:])
    return None


def _follow_path(api: Api, owner: str, path: list[str]) -> str | None:
    found: Type = Reference(key=owner)
    for step in path:
        part = _get_part(api, found, step)
        if part is None:
            return None
        found = part

    inner = _remove_null(found)
    return inner.key if isinstance(inner, Reference) else None


def _get_part(api: Api, whole: Type, step: str) -> Type | None:
    """Return the type of a property, of the elements, or of the other members."""
    match _remove_null(whole):
        case Array(item=item) if step == "[]":
            return item
        case Map(value=value) if step == "{}":
            return value
        case Reference(key=key):
            return _get_part_of_schema(api, key, step)
        case _:
            return None


def _get_part_of_schema(api: Api, key: str, step: str) -> Type | None:
    match api.schemas[key]:
        case ObjectSchema(properties=properties, extra=extra):
            types = {each.wire: each.type for each in properties}
            return extra if step == "{}" else types.get(step)
        case AliasSchema(type=target):
            return _get_part(api, target, step)
        case _:
            return None


def _remove_null(type_: Type) -> Type:
    return type_.inner if isinstance(type_, Nullable) else type_
