"""Renamed schemas and operations, recognized by their shapes.

In: the names of an earlier run, the `Api` and its shapes. Out: for removed keys, the
keys that replace them. A schema is recognized by its whole shape, or by its place and
most of its content, or by its content without nested schemas; an operation by its path,
or by its outer shape and a similar path or the same ID. An alias must never call a
different operation, so an ambiguous match is ignored.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping

from flexprice_codegen.api.keys import SEPARATOR
from flexprice_codegen.api.model import Api, ApiOperation, get_sites
from flexprice_codegen.api.path_templates import list_fixed_segments, normalize_path
from flexprice_codegen.api.shape import Shape, Shapes, compute_shapes_of
from flexprice_codegen.surface.changed_schemas import find_changed_schemas
from flexprice_codegen.surface.groups import group_operations
from flexprice_codegen.surface.model import AssignedName
from flexprice_codegen.surface.operation_ids import shorten_operation_id
from flexprice_codegen.surface.renames import RenamedKeys
from flexprice_codegen.words import split_words, to_snake_case

SENT_SUFFIX = " (sent)"
"""The suffix for keys of request classes in the lock file."""
CLASS_KINDS = frozenset({"class", "enum"})
# The part of a key for a variant without a title: `Payment > |2`.
_NUMBERED = re.compile(rf"{SEPARATOR}\|[0-9]+(?={SEPARATOR}|$)")


def compute_rename_shapes(api: Api, other: Api) -> Shapes:
    """Return the shapes that `find_renamed_keys` needs of one of two versions.

    Args:
        api: The version.
        other: The other version; what both have under one key is not renamed.
    """
    here = {key: {key, *get_sites(each)} for key, each in api.schemas.items()}
    there = {
        site for key, each in other.schemas.items() for site in (key, *get_sites(each))
    }
    called = {each.key for each in other.operations}
    return compute_shapes_of(
        api,
        (key for key, keys in here.items() if _can_move(keys, there)),
        (each for each in api.operations if each.key not in called),
    )


def _can_move(keys: set[str], there: Container[str]) -> bool:
    """Return whether the keys of a schema can have others in the other version."""
    return any(key not in there or _NUMBERED.search(key) for key in keys)


def find_renamed_keys(
    names: Iterable[AssignedName], api: Api, found: Shapes
) -> RenamedKeys:
    """Return the keys that were renamed since an earlier run.

    Args:
        names: The names of the earlier run; those without a shape are ignored.
        api: The current API.
        found: Its shapes, in the format of `names`.
    """
    listed = tuple(names)
    rows = [each for each in listed if each.shape]
    if not rows:
        return RenamedKeys()
    operations = _find_renamed_operations(rows, api, found)
    return RenamedKeys(
        _find_renamed_schemas(listed, api, found, operations), operations
    )


def _find_renamed_schemas(
    names: tuple[AssignedName, ...],
    api: Api,
    found: Shapes,
    operations: Mapping[str, str],
) -> dict[str, str]:
    """Return the renamed schemas: current key by previous key.

    Args:
        names: The names of the earlier run; those of classes with shapes.
        api: The current API.
        found: Its shapes.
        operations: The current keys of renamed operations.
    """
    rows = (each for each in names if each.shape and each.kind in CLASS_KINDS)
    known = {each.key: each for each in rows}

    homes = {
        site: key
        for key, each in api.schemas.items()
        for site in get_sites(each) or (key,)
    }

    def is_as_it_was(key: str) -> bool:
        """Return whether a key means the same; numbered variants need the same shape."""
        if key not in homes or not _NUMBERED.search(key):
            return key in homes
        return _parse_shape(known[key]).whole == found.schemas[homes[key]].whole

    stays = {key for key in known if is_as_it_was(key)}

    gone = {
        each.key: _parse_shape(each)
        for each in known.values()
        if each.key not in stays and SENT_SUFFIX not in each.key
    }
    new = {
        key: found.schemas[key]
        for key in api.schemas
        if not stays & {key, *get_sites(api.schemas[key])}
    }

    names_of_gone = {key: known[key].name for key in gone}
    moved = _pair_by_shape(_get_wholes(gone), _get_wholes(new), names_of_gone)
    # Shapes alone decide where there are equal ones: several are claimed by none.
    shapes = set(_get_wholes(new).values())
    taken = set(moved.values())
    moved |= find_changed_schemas(
        names,
        api,
        {k: each.outer for k, each in gone.items() if each.whole not in shapes},
        {k: each.outer for k, each in new.items() if k not in taken},
        RenamedKeys(moved, operations),
    )
    return {old: key for old, key in moved.items() if old != key}


def _get_wholes(shapes: Mapping[str, Shape]) -> dict[str, str]:
    """Return the whole hash of each shape."""
    return {key: each.whole for key, each in shapes.items()}


def _pair_by_shape(
    gone: Mapping[str, str], new: Mapping[str, str], names: Mapping[str, str]
) -> dict[str, str]:
    """Pair removed and new keys by shape.

    If a shape is not unique on both sides, the last word of the keys must be equal,
    too.
    """
    old_by_shape = _group_by_shape(gone)
    new_by_shape = _group_by_shape(new)

    pairs: dict[str, str] = {}
    for shape, old_keys in old_by_shape.items():
        new_keys = new_by_shape.get(shape, [])
        if len({names[key] for key in old_keys}) == len(new_keys) == 1:
            pairs |= dict.fromkeys(old_keys, new_keys[0])
            continue
        for key in old_keys:
            alike = [
                each for each in new_keys if _get_last_word(each) == _get_last_word(key)
            ]
            if len(alike) == 1:
                pairs[key] = alike[0]

    return pairs


def _group_by_shape(shapes: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the keys of each shape."""
    groups: dict[str, list[str]] = defaultdict(list)
    for key, shape in shapes.items():
        groups[shape].append(key)
    return groups


def _get_last_word(key: str) -> str:
    """Return the part of a key after the last period or slash."""
    return re.split(r"[./]", key)[-1]


def _find_renamed_operations(
    rows: Iterable[AssignedName], api: Api, found: Shapes
) -> dict[str, str]:
    """Return the renamed operations: current key by previous key."""
    present = {each.key for each in api.operations}
    rows = [each for each in rows if each.kind == "method"]
    known = {each.key for each in rows}
    gone = [each for each in rows if each.key not in present]
    new = [each for each in api.operations if each.key not in known]

    moved = _pair_by_route(gone, new)
    taken = set(moved.values())
    return moved | _pair_similar_operations(
        [each for each in gone if each.key not in moved],
        [each for each in new if each.key not in taken],
        group_operations(api.operations),
        found,
    )


def _pair_by_route(
    gone: Iterable[AssignedName], new: Iterable[ApiOperation]
) -> dict[str, str]:
    """Pair operations whose paths differ only in the names of parameters."""
    by_route: dict[str, list[str]] = defaultdict(list)
    for each in new:
        by_route[normalize_path(each.key)].append(each.key)

    return _pair_unique(
        (old.key, key)
        for old in gone
        for key in by_route.get(normalize_path(old.key), ())
    )


def _pair_similar_operations(
    gone: Iterable[AssignedName],
    new: Iterable[ApiOperation],
    groups: Mapping[str, str],
    found: Shapes,
) -> dict[str, str]:
    """Pair operations with equal outer shapes, and a similar path or the same ID.

    Args:
        gone: The methods of removed operations.
        new: The new operations.
        groups: The group of each operation.
        found: The current shapes.
    """
    by_shape: dict[str, list[ApiOperation]] = defaultdict(list)
    for each in new:
        by_shape[found.operations[each.key].outer].append(each)

    return _pair_unique(
        (old.key, each.key)
        for old in gone
        for each in by_shape.get(_parse_shape(old).outer, ())
        if _has_name(each, groups[each.key], old) or _is_similar_path(old.key, each.key)
    )


def _pair_unique(found: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the pairs of keys that are in no other pair."""
    pairs = tuple(found)
    olds = Counter(old for old, _ in pairs)
    news = Counter(now for _, now in pairs)
    return {old: now for old, now in pairs if olds[old] == news[now] == 1}


def _has_name(operation: ApiOperation, group: str, old: AssignedName) -> bool:
    """Return whether the ID of an operation is the name of an earlier method.

    A short form says too little without the group.
    """
    if to_snake_case(operation.id) == old.name:
        return True
    return group == old.group and shorten_operation_id(operation, group) == old.name


def _is_similar_path(old: str, new: str) -> bool:
    """Return whether two paths are equal, except for words before the last parameter.

    The words after the last parameter name the action and its object, so they must be
    equal.
    """
    one_head, one_tail = _split_fixed_words(old)
    other_head, other_tail = _split_fixed_words(new)
    if one_tail != other_tail:
        return False
    if not (one_head and other_head):  # an empty set is a subset of all
        return one_head == other_head and bool(one_tail)
    return one_head <= other_head or other_head <= one_head


def _split_fixed_words(key: str) -> tuple[set[str], set[str]]:
    """Return the words of a path before its last parameter, and those after it."""
    _, _, path = key.partition(" ")
    head, _, tail = path.rpartition("}")
    return _get_words(head), _get_words(tail)


def _get_words(path: str) -> set[str]:
    """Return the lowercase words of a path in singular, without its parameters."""
    fixed = list_fixed_segments(path)
    return {word.lower().rstrip("s") for each in fixed for word in split_words(each)}


def _parse_shape(row: AssignedName) -> Shape:
    """Return the shape of a name in the lock file."""
    whole, _, outer = row.shape.partition(":")
    return Shape(whole, outer)
