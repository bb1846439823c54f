"""Which definitions need two classes: one to send and one to receive.

In: the definitions and what reaches them. Out: the keys that are split. A record with
required read-only or write-only properties that is both sent and received is split; so
is every definition on the way to it that is both sent and received.

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
    """Give the keys of the definitions that differ between the two directions."""
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
    return isinstance(definition, ObjectSchema) and any(
        each.required and (each.read_only or each.write_only)
        for each in definition.properties
    )
