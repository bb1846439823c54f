"""Types without their names: null wherever it is said, and lists however they are spelled."""

from __future__ import annotations

from support.comparing import compare_wire, list_on_wire
from support.documents import Json, asking, document, record, ref


def holding(schema: Json, **schemas: Json) -> Json:
    return document({"/a": {"post": asking(record(x=schema))}}, schemas)


def test_null_may_be_said_by_the_name_or_where_it_is_used() -> None:
    node = record(a="string")
    around: Json = {"anyOf": [ref("Node"), {"type": "null"}]}
    used = holding(around, Node=node)
    named = holding(ref("Maybe"), Node=node, Maybe=around)
    assert compare_wire(used, named) == ()
    assert compare_wire(named, used) == ()
    assert list_on_wire(holding(ref("Node"), Node=node), named) == [
        ("request-property-became-nullable", "info")
    ]


def test_a_choice_of_constants_is_a_list_of_values() -> None:
    listed = holding({"type": "string", "enum": ["a", "b"]})
    constants: list[Json] = [{"const": "a"}, {"const": "b"}]
    inline = holding({"oneOf": constants})
    named = holding({"oneOf": [constants[0], ref("B")]}, B=constants[1])
    for old in (listed, inline, named):
        for new in (listed, inline, named):
            assert compare_wire(old, new) == ()
    fewer = holding({"oneOf": [ref("B")]}, B=constants[1])
    assert list_on_wire(named, fewer) == [
        ("request-property-enum-value-removed", "error")
    ]
