"""Intersection: one schema that accepts what two schemas accept.

In: two schema nodes without `$ref`. Out: one node. Schemas inside them (of a property,
of the elements) are not merged here: both are put into an `allOf`, which is merged if it
is read. So recursion in the document causes none here. What one schema cannot say
(a second `pattern`, a second `if`) is in an `allOf` of the node, in schemas that
have nothing else.

Two keywords have no exact intersection. `additionalProperties` and
`unevaluatedProperties` of one schema also restrict the properties that only the other
one declares. Here they do not, because a client must not lose a declared property.

Source: JSON Schema 2020-12 core §10.2.1.1 (`allOf`), §10.3, validation §6.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import gcd, lcm
from typing import TYPE_CHECKING

from flexprice_codegen.api.intersected_bounds import (
    COUNTS,
    LIMITS,
    merge_counts,
    merge_limits,
)
from flexprice_codegen.api.intersected_values import (
    PARALLEL_LISTS,
    merge_types,
    merge_values,
)
from flexprice_codegen.api.intersection_draft import Contradiction, IntersectionDraft
from flexprice_codegen.api.json_values import is_same_json
from flexprice_codegen.api.keywords import is_annotation, is_annotation_only
from flexprice_codegen.api.merged_nodes import build_list_node, build_object_node
from flexprice_codegen.api.schema_spelling import normalize_spelling
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.spec.nodes import Json, Node

if TYPE_CHECKING:
    from fractions import Fraction

_ANNOTATIONS = frozenset(
    {
        "title",
        "description",
        "default",
        "deprecated",
        "readOnly",
        "writeOnly",
        "example",
        "examples",
    }
)
"""Keywords of a property that are next to the `allOf` of its schemas."""
_EXCLUSIVE_GROUPS = (
    ("if", "then", "else"),
    ("contains", "minContains", "maxContains"),
    ("oneOf",),
    ("anyOf",),
    ("pattern",),
    ("dependencies",),
    ("unevaluatedItems",),
)
"""Keywords that depend on each other; a second group is in a schema of its own."""
_DEPENDENT = frozenset(
    {
        "items",
        "additionalItems",
        "additionalProperties",
        "then",
        "else",
        "minContains",
        "maxContains",
        "unevaluatedItems",
        "unevaluatedProperties",
    }
)
"""Keywords that mean something else next to other ones."""
# The first format of a pair accepts only values that the second accepts, too.
_NARROWER_FORMATS = (("int32", "int64"), ("float", "double"))


@frozen_value
class Intersection:
    """One schema for two, and the keywords of theirs that no value satisfies."""

    node: Node
    contradictions: tuple[Contradiction, ...] = ()


def intersect_schemas(first: Node, second: Node) -> Intersection:
    """Return the intersection of two schemas.

    Annotations of the second schema take precedence. The result is the second schema
    itself if both are the same, or if the first one accepts everything.

    Args:
        first: A schema without `$ref`.
        second: Another one.

    Raises:
        DiagnosticError: `wrong-type`: a keyword has a value of another type.
    """
    for one, other in ((first, second), (second, first)):
        if one.value in (True, {}, []) or other.value is False:
            return Intersection(other)
    if _is_same_schema(first, second):
        return Intersection(second)

    draft = IntersectionDraft(normalize_spelling(first), normalize_spelling(second))
    for part in (draft.first, draft.second):
        for each in part.iter_elements_of("allOf"):
            draft.put_aside(each)

    for keyword in dict.fromkeys((*_list_keywords(first), *_list_keywords(second))):
        _merge_keyword(draft, keyword)

    merge_types(draft)
    merge_values(draft)
    merge_limits(draft)
    merge_counts(draft)
    _merge_items(draft)
    for group in _EXCLUSIVE_GROUPS:
        _merge_group(draft, group)

    return Intersection(draft.build_node(), tuple(draft.contradictions))


def combine_schemas(first: Node, second: Node) -> Node:
    """Return a schema that accepts what both accept, without merging them.

    Args:
        first: A schema of any form, also a `$ref`.
        second: Another one, whose annotations take precedence.
    """
    for one, other in ((first, second), (second, first)):
        if one.value in (True, {}, []) or other.value is False:
            return other
    if _is_same_schema(first, second):
        return second
    if _implies(second, first):
        return _annotate_schema(second, list_annotations(first), override=False)
    if _implies(first, second):
        return _annotate_schema(first, list_annotations(second), override=True)

    annotations = {**list_annotations(first), **list_annotations(second)}
    parts = [*_list_parts(first), *_list_parts(second)]
    parts_node = build_list_node(parts, second.origin)
    return build_object_node({**annotations, "allOf": parts_node}, second.origin)


def _is_same_schema(first: Node, second: Node) -> bool:
    # A relative `$ref` means another schema in another file.
    is_in_one_file = first.origin.resource == second.origin.resource
    return is_in_one_file and is_same_json(first.value, second.value)


def _implies(schema: Node, other: Node) -> bool:
    """Return whether a schema has all constraints of another one, as they are."""
    if not schema.is_object or not other.is_object:
        return False
    if schema.origin.resource != other.origin.resource:
        return is_annotation_only(other)
    own = schema.read_mapping()
    return all(
        name in own and name not in _DEPENDENT and is_same_json(own[name], value)
        for name, value in other.read_mapping().items()
        if not is_annotation(name)
    )


def _list_parts(schema: Node) -> list[Node]:
    """Return the parts of a schema that is only combined from them, else the schema."""
    if schema.is_object and schema.read_mapping().keys() - _ANNOTATIONS == {"allOf"}:
        return list(schema.iter_elements_of("allOf"))
    return [schema]


def list_annotations(schema: Node) -> dict[str, Node]:
    """Return the keywords of a schema that say nothing about its values, by name."""
    return {
        name: each
        for name, each in schema.iter_items()
        if name in _ANNOTATIONS or name.startswith("x-")
    }


def _annotate_schema(
    schema: Node, annotations: Mapping[str, Node], *, override: bool
) -> Node:
    if not annotations or not schema.is_object:
        return schema
    own = dict(schema.iter_items())
    members = {**own, **annotations} if override else {**annotations, **own}
    return build_object_node(members, schema.origin)


def _list_keywords(schema: Node) -> list[str]:
    return [name for name in schema.read_mapping() if name not in _MERGED_APART]


def _merge_keyword(draft: IntersectionDraft, keyword: str) -> None:
    one = draft.first.get(keyword)
    other = draft.second.get(keyword)
    if one is None or other is None:
        found = one or other
        if found is not None:
            draft.members[keyword] = found
        return
    merge = _MERGERS.get(keyword)
    draft.members[keyword] = other if merge is None else merge(one, other)


def _merge_group(draft: IntersectionDraft, group: tuple[str, ...]) -> None:
    """Add keywords that depend on each other; those of a second schema apart."""
    one = _select_keywords(draft.first, group)
    other = _select_keywords(draft.second, group)
    if one is None or other is None or _is_same_schema(one, other):
        found = other or one
        draft.members |= {} if found is None else dict(found.iter_items())
        return
    draft.members |= dict(one.iter_items())
    draft.put_aside(other)


def _select_keywords(schema: Node, group: tuple[str, ...]) -> Node | None:
    found = {name: each for name, each in schema.iter_items() if name in group}
    return build_object_node(found, schema.origin) if found else None


def _merge_items(draft: IntersectionDraft) -> None:
    """Add the schemas of elements: those of a position, and that of all others."""
    one = list(draft.first.iter_elements_of("prefixItems"))
    other = list(draft.second.iter_elements_of("prefixItems"))
    rest = (draft.first.get("items"), draft.second.get("items"))

    prefix = [
        _combine_optional(
            one[index] if index < len(one) else rest[0],
            other[index] if index < len(other) else rest[1],
        )
        for index in range(max(len(one), len(other)))
    ]
    items = _combine_optional(*rest)

    if items is not None:
        draft.members["items"] = items
    if prefix:
        owner = draft.first if len(one) == len(prefix) else draft.second
        origin = owner.get_required("prefixItems").origin
        elements = [each for each in prefix if each is not None]
        draft.members["prefixItems"] = build_list_node(elements, origin)


def _combine_optional(first: Node | None, second: Node | None) -> Node | None:
    if first is None or second is None:
        return first or second
    return combine_schemas(first, second)


def _combine_by_name(first: Node, second: Node) -> Node:
    """Combine the schemas of two objects, such as `properties`, name by name."""
    members = dict(first.iter_items())
    for name, schema in second.iter_items():
        held = members.get(name)
        members[name] = schema if held is None else combine_schemas(held, schema)
    return build_object_node(members, first.origin)


def _combine_additional(first: Node, second: Node) -> Node:
    """Combine the schemas of additional properties.

    `false` closes the schema that has it. A schema of the other one is kept, because
    its properties are declared, in a way.
    """
    for one, other in ((first, second), (second, first)):
        if one.value is False and other.is_object:
            return other
    return combine_schemas(first, second)


def _unite_names(first: Node, second: Node) -> Node:
    members = {canonical.value: canonical for canonical in _list_elements(first)}
    members |= {
        each.value: each for each in _list_elements(second) if each.value not in members
    }
    return build_list_node(list(members.values()), first.origin)


def _list_elements(node: Node) -> list[Node]:
    return list(node.iter_elements())


def _unite_names_by_name(first: Node, second: Node) -> Node:
    members = dict(first.iter_items())
    for name, listed in second.iter_items():
        held = members.get(name)
        members[name] = listed if held is None else _unite_names(held, listed)
    return build_object_node(members, first.origin)


def _reject_both(first: Node, second: Node) -> Node:
    """Return the schema of `not` that rejects what either of two rejects."""
    if _is_same_schema(first, second):
        return second
    options = [*_list_rejected(first), *_list_rejected(second)]
    listed = build_list_node(options, second.origin)
    return build_object_node({"anyOf": listed}, second.origin)


def _list_rejected(schema: Node) -> list[Node]:
    if schema.is_object and schema.read_mapping().keys() == {"anyOf"}:
        return list(schema.iter_elements_of("anyOf"))
    return [schema]


def _find_common_multiple(first: Node, second: Node) -> Node:
    one = _read_fraction(first)
    other = _read_fraction(second)
    if not one or not other:
        return second
    # Late: it imports `decimal`, and few documents have two `multipleOf` to join.
    from fractions import Fraction

    # Of fractions: the multiple of the numerators, over the divisor of the others.
    common = Fraction(
        lcm(one.numerator, other.numerator), gcd(one.denominator, other.denominator)
    )
    for fraction, node in ((one, first), (other, second)):
        if common == fraction:
            return node
    whole = common.denominator == 1
    return second.derive(common.numerator if whole else float(common))


def _read_fraction(node: Node) -> Fraction | None:
    """Return a number as it is written: 0.1 is a tenth."""
    from fractions import Fraction  # late, as above

    value: Json = node.value
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        return Fraction(str(value))
    except (ValueError, ZeroDivisionError):
        return None


def _choose_format(first: Node, second: Node) -> Node:
    pair = (first.value, second.value)
    return first if pair in _NARROWER_FORMATS else second


def _is_either_set(first: Node, second: Node) -> Node:
    return first if first.value is True else second


_MERGERS: Mapping[str, Callable[[Node, Node], Node]] = {
    "properties": _combine_by_name,
    "patternProperties": _combine_by_name,
    "dependentSchemas": _combine_by_name,
    "additionalProperties": _combine_additional,
    "unevaluatedProperties": _combine_additional,
    "propertyNames": combine_schemas,
    "contentSchema": combine_schemas,
    "required": _unite_names,
    "dependentRequired": _unite_names_by_name,
    "not": _reject_both,
    "multipleOf": _find_common_multiple,
    "uniqueItems": _is_either_set,
    "format": _choose_format,
}
"""How two values of a keyword become one; of any other keyword the later one counts."""
_MERGED_APART = frozenset(
    {
        "allOf",
        "nullable",
        "type",
        "enum",
        "const",
        "prefixItems",
        "items",
        "additionalItems",
        *PARALLEL_LISTS,
        *LIMITS,
        *(name for pair in COUNTS for name in pair[:2]),
        *(name for group in _EXCLUSIVE_GROUPS for name in group),
    }
)
"""Keywords that are merged together with others."""
