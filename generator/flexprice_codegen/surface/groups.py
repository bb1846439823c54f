"""Groups of operations: those that become methods of one resource.

In: operations. Out: the key of the group of each. It is the first tag, or the first
segment of the path that says something, for an operation without tags. A tag and a
segment with the same meaning are one group.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from flexprice_codegen.api.model import ApiOperation
from flexprice_codegen.api.path_templates import list_fixed_segments
from flexprice_codegen.words import to_snake_case

# `v1`, `v1.2`, `v2beta1`, `2024-01-01`, and words that every API could begin with.
_SAYS_NOTHING = re.compile(
    r"v\d+(?:[._]\d+)*(?:(?:alpha|beta|rc)\d*)?|\d[\d.-]*|apis?|rest", re.IGNORECASE
)
_MOST_OPERATIONS = 150
"""The maximum number of operations in a group that is made of a path."""
_ROOT = "root"


def group_operations(operations: Iterable[ApiOperation]) -> dict[str, str]:
    """Return the key of the group of each operation, by the key of the operation."""
    listed = tuple(operations)
    tags = _map_tags(listed)
    groups = {}
    segments: dict[str, list[ApiOperation]] = defaultdict(list)
    for each in listed:
        tag = get_tag(each)
        if tag:
            groups[each.key] = tag
        else:
            segments[list_telling_segments(each.path)[0]].append(each)

    for segment, members in segments.items():
        tag = _find_tag(segment, tags)
        for each in members:
            groups[each.key] = tag or segment
            if not tag and len(members) > _MOST_OPERATIONS:
                groups[each.key] = "/".join(list_telling_segments(each.path)[:2])
    return groups


def get_tag(operation: ApiOperation) -> str:
    """Return the tag that names the group of an operation; empty if there is none."""
    tag = operation.tags[0] if operation.tags else ""
    return tag if to_snake_case(tag) and not _is_empty(tag) else ""


def list_telling_segments(path: str) -> list[str]:
    """Return the fixed segments of a path from the first one that says something.

    Versions and words such as `api` are dropped. A path without others has them, and
    one without fixed segments has `root`.
    """
    fixed = list_fixed_segments(path)
    telling = [number for number, each in enumerate(fixed) if not _is_empty(each)]
    return fixed[telling[0] :] if telling else (fixed or [_ROOT])


def _is_empty(segment: str) -> bool:
    """Return whether a segment says nothing about a group."""
    return _SAYS_NOTHING.fullmatch(segment) is not None


def _map_tags(operations: Iterable[ApiOperation]) -> dict[str, str]:
    """Return the tags by their names in Python; of equal ones, the first."""
    found: dict[str, str] = {}
    for each in operations:
        tag = get_tag(each)
        if tag:
            found.setdefault(to_snake_case(tag), tag)
    return found


def _find_tag(segment: str, tags: Mapping[str, str]) -> str:
    """Return the tag with the meaning of a segment, which may be its plural."""
    name = to_snake_case(segment)
    forms = (name, f"{name}s", name.removesuffix("s"))
    return next((tags[form] for form in forms if form in tags), "")
