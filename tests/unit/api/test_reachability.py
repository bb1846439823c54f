"""Which definitions are reached, from what is sent and from what is received."""

from __future__ import annotations

from support.documents import document, operation, parameter, read_api, record, ref

from flexprice_codegen.api.reachability import find_reachable_keys, find_schema_usage
from flexprice_codegen.api.types import Reference

SCHEMAS = {
    "A": record(next=ref("B")),
    "B": {"oneOf": [ref("C"), {"type": "array", "items": ref("A")}]},
    "C": {"type": "object", "additionalProperties": ref("D")},
    "D": {"type": "string", "enum": ["d"]},
    "E": record(x="string"),
}


def test_a_definition_is_reached_through_all_kinds_of_types() -> None:
    schemas = read_api(document(schemas=SCHEMAS)).schemas
    found = find_reachable_keys([Reference(key="A")], schemas)
    assert {"A", "B", "C", "D"} <= found
    assert "E" not in found


def test_a_key_that_nothing_defines_is_ignored() -> None:
    assert find_reachable_keys([Reference(key="Gone")], {}) == frozenset()


def test_what_is_sent_and_what_is_received_are_told_apart() -> None:
    listed = parameter("kind", schema=ref("D"))
    paths = {"/a": {"post": operation(answer="C", body="E", parameters=[listed])}}
    usage = find_schema_usage(read_api(document(paths, SCHEMAS)))
    assert usage.sent == {"D", "E"}
    assert {"C", "D"} <= usage.received
    assert "E" not in usage.received
