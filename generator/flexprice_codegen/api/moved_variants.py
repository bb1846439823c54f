"""Variants of a union that have no names, in another order.

In: the definitions of two versions of an API. Out: the keys of those below a variant whose
number has changed. The order of variants says nothing (JSON Schema 2020-12 core §10.2.1),
but the key of a variant without a name has its number in it: `Owner > |2 > pet`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from flexprice_codegen.api.keys import SEPARATOR
from flexprice_codegen.api.model import Api, EnumSchema, NamedSchema, ObjectSchema
from flexprice_codegen.api.shape import compute_whole_shapes
from flexprice_codegen.frozen_values import frozen_value

_Content = tuple[tuple[str, str], ...]
"""What a variant holds: the rest of each key below it, and its hash."""


def match_moved_variants(old: Api, new: Api) -> dict[str, str]:
    """Return the new keys of definitions whose variant has another number now.

    A key of a variant that the new version does not have is mapped to an empty key,
    because another variant can have its number now.

    Args:
        old: The earlier version.
        new: The later version.
    """
    before = _Unions(_group_by_union(old))
    after = _Unions(_group_by_union(new))
    changed = [
        union
        for union, variants in before.variants.items()
        if union in after.variants and _differ(old, new, variants, after, union)
    ]
    if not changed:
        return {}

    first = before.describe(old, changed)
    second = after.describe(new, changed)
    found: dict[str, str] = {}
    for union in changed:
        numbers = _pair_numbers(first[union], second[union])
        for number, keys in before.variants[union].items():
            partner = numbers[number]
            start = f"{union}{SEPARATOR}{number}"
            for key in keys:
                moved = f"{union}{SEPARATOR}{partner}{key.removeprefix(start)}"
                if partner != number:
                    found[key] = moved if moved in new.schemas else ""
    return found


def _differ(
    old: Api,
    new: Api,
    variants: Mapping[str, list[str]],
    after: _Unions,
    union: str,
) -> bool:
    """Return whether a definition below the variants has changed, come, or gone."""
    before_keys = [key for keys in variants.values() for key in keys]
    after_keys = [key for keys in after.variants[union].values() for key in keys]
    return len(before_keys) != len(after_keys) or any(
        old.schemas[key] != new.schemas.get(key) for key in before_keys
    )


@frozen_value
class _Unions:
    """The keys below each variant without a name, by union and number."""

    variants: Mapping[str, Mapping[str, list[str]]]

    def describe(self, api: Api, unions: list[str]) -> dict[str, dict[str, _Content]]:
        """Return what the variants of some unions hold, without their numbers."""
        keys = [
            key
            for union in unions
            for each in self.variants[union].values()
            for key in each
        ]
        hashes = compute_whole_shapes(_sort_api(api), keys)
        return {
            union: {
                number: _describe(f"{union}{SEPARATOR}{number}", each, hashes)
                for number, each in self.variants[union].items()
            }
            for union in unions
        }


def _sort_api(api: Api) -> Api:
    """Return an API whose properties and enum values are in one order."""
    return replace(api, schemas={key: _sort(each) for key, each in api.schemas.items()})


def _sort(definition: NamedSchema) -> NamedSchema:
    match definition:
        case ObjectSchema():
            properties = sorted(definition.properties, key=lambda each: each.wire)
            return replace(definition, properties=tuple(properties))
        case EnumSchema():
            values = sorted(definition.values, key=lambda each: str(each.value))
            return replace(definition, values=tuple(values))
        case _:
            return definition


def _describe(start: str, keys: list[str], hashes: Mapping[str, str]) -> _Content:
    return tuple(sorted((key.removeprefix(start), hashes[key]) for key in keys))


def _group_by_union(api: Api) -> dict[str, dict[str, list[str]]]:
    """Return the keys below the outermost variant without a name of each union."""
    found: dict[str, dict[str, list[str]]] = {}
    for key in api.schemas:
        for union, number in _find_variant(key):
            found.setdefault(union, {}).setdefault(number, []).append(key)
    return found


def _find_variant(key: str) -> Iterator[tuple[str, str]]:
    parts = key.split(SEPARATOR)
    for index, part in enumerate(parts[1:], 1):
        if part.startswith("|") and part[1:].isdecimal():
            yield SEPARATOR.join(parts[:index]), part
            return


def _pair_numbers(
    old: Mapping[str, _Content], new: Mapping[str, _Content]
) -> dict[str, str]:
    """Return the new number of each variant: of an equal one, else its own if free."""
    left = dict(new)
    found: dict[str, str] = {}
    for number, content in old.items():
        equal = [other for other, each in left.items() if each == content]
        if equal:
            # One that has not moved is not exchanged with another of the same content.
            found[number] = number if number in equal else equal[0]
            del left[found[number]]

    missing = [number for number in old if number not in found]
    if len(missing) == 1 and len(left) == 1:
        # What is left alone on both sides is a variant that has changed.
        return found | {missing[0]: next(iter(left))}
    return found | {number: number if number in left else "" for number in missing}
