"""Variants that differ only in what no client reads."""

from __future__ import annotations

import pytest
from support.documents import TEXT, Json, document, read_surface, record, ref

from flexprice_codegen.diagnostics import DiagnosticSink

SHORT: Json = {"type": "string", "maxLength": 3}
LONG: Json = {"type": "string", "minLength": 4}


def list_notes(one: Json, other: Json, **schemas: Json) -> list[str]:
    """Return the notes about a union of two variants."""
    sink = DiagnosticSink()
    union = {"anyOf": [ref("One"), ref("Other")]}
    schemas |= {"One": one, "Other": other, "U": union}
    read_surface(document(schemas=schemas), sink=sink)
    return [
        each.message for each in sink.diagnostics if each.code == "similar-variants"
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (record(a=SHORT), record(a=LONG)),
        (record(["a"], a=SHORT, b="integer"), record(["a"], a=LONG, b="integer")),
        (record(a={"type": "array", "items": SHORT}), record(a={"type": "array", "items": LONG})),
        (record(a=record(b=SHORT)), record(a=record(b=LONG))),
        (record(a=SHORT, next=ref("One")), record(a=LONG, next=ref("Other"))),
        (record(a={"enum": ["x", "y"]}), record(a={"enum": ["y", "x"]} )),
    ],
)  # fmt: skip
def test_two_variants_with_the_same_properties_are_one_note(
    one: Json, other: Json
) -> None:
    (note,) = list_notes(one, other)
    assert note.startswith("nothing distinguishes One from Other")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (record(a=SHORT), record(b=LONG)),
        (record(["a"], a=SHORT), record(a=LONG)),
        (record(a=SHORT), record(a="integer")),
        (record(a=SHORT), record(a={"type": "string", "format": "date"})),
        (record(a=SHORT), record(a=LONG) | {"additionalProperties": False}),
        (record(a=SHORT, b={"const": 1}), record(a=LONG, b={"const": 2})),
        (record(a=record(b="string")), record(a=record(c="string"))),
        (record(a=SHORT), TEXT),
    ],
)
def test_what_a_client_reads_tells_variants_apart(one: Json, other: Json) -> None:
    assert list_notes(one, other) == []


def test_the_depth_of_variants_is_no_depth_of_calls() -> None:
    count = 1_500
    schemas = {
        f"{side}{number}": record(next=ref(f"{side}{number + 1}"), again=ref(f"{side}{number + 1}"))
        for side in ("A", "B")
        for number in range(count)
    }  # fmt: skip
    schemas |= {f"A{count}": record(a=SHORT), f"B{count}": record(a=LONG)}
    made = list_notes(record(next=ref("A0")), record(next=ref("B0")), **schemas)
    assert len(made) == 1
