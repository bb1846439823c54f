"""Types and listed values of an intersection.

In: a draft. Out: its `type`, `const` and `enum`. Values are compared as JSON: 1 is 1.0,
and no Boolean.

Source: JSON Schema 2020-12 validation §6.1, core §4.2.2.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flexprice_codegen.api.intersection_draft import IntersectionDraft
from flexprice_codegen.api.json_values import canonical_json
from flexprice_codegen.api.merged_nodes import build_list_node
from flexprice_codegen.spec.nodes import Json, Node

_NUMBERS = ("integer", "number")
NAME_LISTS = ("x-enum-varnames", "x-enumNames")
"""Lists with a name for each value of `enum`: of swag and OpenAPI Generator, of NSwag."""
DESCRIPTION_LISTS = ("x-enum-descriptions", "x-enumDescriptions")
"""Lists with a description for each value of `enum`."""
PARALLEL_LISTS = (*NAME_LISTS, *DESCRIPTION_LISTS)
"""Lists with an entry for each value of `enum`."""


def merge_types(draft: IntersectionDraft) -> None:
    """Add the types that both schemas accept; an integer is a number.

    If there is none, the type that holds members counts, else the later one: no member
    of a value may be lost.
    """
    one = draft.first.get("type")
    other = draft.second.get("type")
    if one is None or other is None:
        found = one or other
        if found is not None:
            draft.members["type"] = found
        return

    left = list_types(draft.first)
    right = list_types(draft.second)
    common = _intersect_types(left, right)
    if not common:
        draft.add_contradiction("type", one, other)
        holds_members = any(name in left for name in ("object", "array"))
        draft.members["type"] = one if holds_members else other
    elif common == right:
        draft.members["type"] = other
    else:
        draft.members["type"] = one.derive(common if len(common) > 1 else common[0])


def list_types(node: Node) -> list[Json]:
    """Return the types that a schema declares."""
    declared = node.read_mapping().get("type")
    if declared is None:
        return []
    return list(declared) if isinstance(declared, list) else [declared]


def _intersect_types(left: Sequence[Json], right: Sequence[Json]) -> list[Json]:
    found: dict[Json, None] = {}
    for each in left:
        if each in right:
            found[each] = None
        elif each in _NUMBERS and any(name in _NUMBERS for name in right):
            found["integer"] = None
    # An integer beside a number says nothing more.
    if "number" in found:
        found.pop("integer", None)
    return list(found)


def merge_values(draft: IntersectionDraft) -> None:
    """Add the values that both schemas list, of the types that both accept."""
    if any(each.keyword == "type" for each in draft.contradictions):
        _take_later_values(draft)
        return

    left = _select_fitting(draft, draft.first, draft.second)
    right = _select_fitting(draft, draft.second, draft.first)
    if left is None or right is None:
        for part, found in ((draft.first, left), (draft.second, right)):
            if found is not None:
                _add_values(draft, part, found)
        return

    known = {canonical_json(each.value) for each in right}
    common = [each for each in left if canonical_json(each.value) in known]
    if common:
        _add_common_values(draft, common)
    else:
        _add_values_contradiction(draft)


def _add_values_contradiction(draft: IntersectionDraft) -> None:
    keyword = _get_values_keyword(draft.first)
    first = draft.first.get_required(keyword)
    second = draft.second.get_required(_get_values_keyword(draft.second))
    # A type that fits no value is a contradiction already.
    if not draft.contradictions:
        draft.add_contradiction(keyword, first, second)
    _take_later_values(draft)


def _get_values_keyword(node: Node) -> str:
    return "const" if node.has("const") else "enum"


def list_values(node: Node) -> list[Node] | None:
    """Return the values that a schema lists, or None if it lists none."""
    constant = node.get("const")
    if constant is not None:
        return [constant]
    listed = node.get("enum")
    if listed is None or not isinstance(listed.value, list):
        return None
    return list(listed.iter_elements())


def _select_fitting(
    draft: IntersectionDraft, part: Node, other: Node
) -> list[Node] | None:
    """Return the values of one schema that have a type of the other one."""
    values = list_values(part)
    if values is None:
        return None

    own = list_types(part)
    types = list_types(other)
    # A value that is none of its own type is a slip, which the reader of enums mends.
    fitting = [
        each
        for each in values
        if not types
        or has_type(each.value, types)
        or (own and not has_type(each.value, own))
    ]
    if values and not fitting:
        keyword = _get_values_keyword(part)
        declared = other.get_required("type")
        draft.add_contradiction(keyword, part.get_required(keyword), declared)
        return values
    return fitting


def has_type(value: Json, types: Iterable[Json]) -> bool:
    """Return whether a value has one of these JSON types."""
    listed = set(types)
    match value:
        case None:
            return "null" in listed
        case bool():
            return "boolean" in listed
        case str():
            return "string" in listed
        case int() | float():
            is_whole = float(value).is_integer()
            return "number" in listed or (is_whole and "integer" in listed)
        case dict():
            return "object" in listed
        case _:
            return "array" in listed


def _take_later_values(draft: IntersectionDraft) -> None:
    """Add the values of the later schema that lists some: an empty list is a slip."""
    for part in (draft.second, draft.first):
        values = list_values(part)
        if values:
            _add_values(draft, part, values)
            return


def _add_values(draft: IntersectionDraft, part: Node, values: list[Node]) -> None:
    """Add values of one schema, with its names for them."""
    for keyword in ("const", "enum"):
        found = part.get(keyword)
        if found is not None:
            draft.members[keyword] = found
    if not part.has("const"):
        _set_listed_values(draft, values)
    for keyword in PARALLEL_LISTS:
        _add_parallel_list(draft, keyword, values)


def _add_common_values(draft: IntersectionDraft, values: list[Node]) -> None:
    if draft.first.has("const") or draft.second.has("const"):
        draft.members["const"] = values[0]
        return
    _set_listed_values(draft, values)
    for keyword in PARALLEL_LISTS:
        _add_parallel_list(draft, keyword, values)


def _set_listed_values(draft: IntersectionDraft, values: list[Node]) -> None:
    for part in (draft.first, draft.second):
        listed = part.get("enum")
        if listed is not None:
            draft.members["enum"] = build_list_node(values, listed.origin)
            return


def _add_parallel_list(
    draft: IntersectionDraft, keyword: str, values: Sequence[Node]
) -> None:
    """Add the names of these values, from the later schema that has them."""
    for part in (draft.second, draft.first):
        listed = part.get("enum")
        names = part.get(keyword)
        if listed is None or names is None or not isinstance(names.value, list):
            continue
        by_value = {
            canonical_json(value.value): name
            for value, name in zip(
                listed.iter_elements(), names.iter_elements(), strict=False
            )
        }
        found = [by_value.get(canonical_json(each.value)) for each in values]
        if all(each is not None for each in found):
            draft.members[keyword] = build_list_node(
                [each for each in found if each is not None], names.origin
            )
            return
