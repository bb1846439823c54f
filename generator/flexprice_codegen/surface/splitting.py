"""Schemas that need two classes: one for requests and one for responses.

In: the schemas and their directions. Out: the keys that are split. A schema with
required `readOnly` or `writeOnly` properties is split if it is both sent and received.
So is every schema that refers to it and is both sent and received.

Source: OpenAPI 3.0.3 §4.7.24.2 (`readOnly`, `writeOnly`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from flexprice_codegen.api.model import NamedSchema, ObjectSchema
from flexprice_codegen.api.reachability import SchemaUsage, iter_keys_in_schema


def find_split_keys(
    definitions: Mapping[str, NamedSchema], reach: SchemaUsage
) -> frozenset[str]:
    """Return the keys of the schemas that differ between requests and responses.

    Args:
        definitions: The schemas, by key.
        reach: Which schemas are sent and received.
    """
    both = reach.sent & reach.received
    pending = [key for key in both if _differs_by_direction(definitions[key])]

    users: dict[str, list[str]] = defaultdict(list)
    for key in both:
        for name in iter_keys_in_schema(definitions[key]):
            users[name].append(key)

    split: set[str] = set()
    while pending:
        key = pending.pop()
        if key not in split:
            split.add(key)
            pending += users[key]

    return frozenset(split)


def _differs_by_direction(definition: NamedSchema) -> bool:
    """Return whether a required property exists in one direction only."""
    return isinstance(definition, ObjectSchema) and any(
        each.required and (each.read_only or each.write_only)
        for each in definition.properties
    )
