"""Matches between two versions of an API.

In: two `Api`s. Out: `ApiMatches`: definitions and operations that are the same under
another name. A definition is matched by its name; else by its hash, with the hashes of
all that it refers to, if that is certain: only one on each side has it, or only one of
them has the same last name. An operation is matched by its method and its path, whose
parameters may have other names.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from flexprice_codegen.api.model import Api, ApiOperation
from flexprice_codegen.api.moved_variants import match_moved_variants
from flexprice_codegen.api.path_templates import normalize_path
from flexprice_codegen.api.shape import NO_SHAPES, Shapes, compute_whole_shapes
from flexprice_codegen.api.types import Array, Map, Nullable, Reference, Type
from flexprice_codegen.frozen_values import frozen_value

# Generators differ in the characters that they remove from a name.
_WORD = re.compile(r"[^0-9A-Za-z]")


@frozen_value
class ApiMatches:
    """Keys of the new version by key of the old one; an empty key matches nothing."""

    schemas: Mapping[str, str]
    operations: Mapping[str, str]

    def is_same_schema(self, old: str, new: str) -> bool:
        """Return whether two definitions are the same."""
        return self.schemas.get(old, old) == new

    def translate_type(self, old: Type) -> Type:
        """Return a type of the old version with the keys of the new one."""
        match old:
            case Reference():
                return Reference(key=self.schemas.get(old.key, old.key))
            case Nullable():
                return replace(old, inner=self.translate_type(old.inner))
            case Array():
                return replace(old, item=self.translate_type(old.item))
            case Map():
                return replace(old, value=self.translate_type(old.value))
            case _:
                return old


def match_apis(
    old: Api,
    new: Api,
    shapes: tuple[Shapes, Shapes] = (NO_SHAPES, NO_SHAPES),
) -> ApiMatches:
    """Match the definitions and operations of two versions.

    Args:
        old: The earlier version.
        new: The later version.
        shapes: Their shapes that are computed already; others are empty.
    """
    return ApiMatches(
        schemas=_match_schemas(old, new, shapes),
        operations=_match_operations(old.operations, new.operations),
    )


def _match_operations(
    old: Iterable[ApiOperation], new: Iterable[ApiOperation]
) -> dict[str, str]:
    left = {each.key: each for each in new}
    found = {each.key: each.key for each in old if each.key in left}

    by_shape = defaultdict(list)
    for each in new:
        if each.key not in found:
            by_shape[each.method, normalize_path(each.path)].append(each.key)

    for each in old:
        if each.key not in found:
            candidates = by_shape[each.method, normalize_path(each.path)]
            if candidates:
                found[each.key] = candidates.pop(0)

    return found


def _match_schemas(old: Api, new: Api, shapes: tuple[Shapes, Shapes]) -> dict[str, str]:
    found = {key: key for key in old.schemas if key in new.schemas}
    found |= match_moved_variants(old, new)
    gone = [key for key in old.schemas if key not in new.schemas]
    fresh = [key for key in new.schemas if key not in old.schemas]

    if gone and fresh:
        found |= _by_shape(
            compute_whole_shapes(old, gone, shapes[0]),
            compute_whole_shapes(new, fresh, shapes[1]),
        )
        taken = set(found.values())
        found |= _pair_by_last_name(
            [key for key in gone if key not in found],
            [key for key in fresh if key not in taken],
        )

    return found


def _by_shape(gone: Mapping[str, str], fresh: Mapping[str, str]) -> dict[str, str]:
    """Pair keys with equal hashes, if that is certain."""
    candidates: dict[str, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for key, shape in gone.items():
        candidates[shape][0].append(key)
    for key, shape in fresh.items():
        candidates[shape][1].append(key)

    found: dict[str, str] = {}
    for before, after in candidates.values():
        found |= _pair_unique(before, after)
    return found


def _pair_unique(before: list[str], after: list[str]) -> dict[str, str]:
    """Pair definitions with one hash: the only ones, else those with one last name."""
    if len(before) == 1 and len(after) == 1:
        return {before[0]: after[0]}
    return _pair_by_last_name(before, after)


def _pair_by_last_name(before: list[str], after: list[str]) -> dict[str, str]:
    """Pair keys with the same last name, if it is unique on each side."""
    named: dict[str, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for key in before:
        named[_get_last_name(key)][0].append(key)
    for key in after:
        named[_get_last_name(key)][1].append(key)

    return {
        first[0]: second[0]
        for first, second in named.values()
        if len(first) == 1 and len(second) == 1
    }


def _get_last_name(key: str) -> str:
    """Return a key without its package, in lowercase: `dto.Plan > x` is `plan > x`."""
    owner, *rest = key.split(" > ")
    return " > ".join((_WORD.sub("", owner.rsplit(".", 1)[-1]).lower(), *rest))
