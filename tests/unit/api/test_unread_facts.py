"""Facts that no client reads: two types that differ in nothing else make one class."""

from __future__ import annotations

import pytest
from support.documents import Json, document, read_api, record

from flexprice_codegen.api.model import AliasSchema, EnumSchema, ObjectSchema
from flexprice_codegen.api.types import (
    AnyValue,
    Array,
    Boolean,
    Literals,
    Map,
    Nullable,
    Reference,
    String,
    Type,
    Union,
)
from flexprice_codegen.api.unread_facts import (
    drop_unread_facts,
    is_anything,
    is_read_alike,
    unify_read_alike,
)

APPLIED = (("not", Reference(key="A > not")),)
CLOSED, OPEN = Map(value=AnyValue(), closed=True), Map(value=AnyValue())
PAIRS: list[tuple[Type, Type]] = [
    (AnyValue(required=("a",)), AnyValue()),
    (AnyValue(applied=APPLIED), AnyValue()),
    (Array(item=String(), applied=APPLIED), Array(item=String())),
    (CLOSED, OPEN),
    (Map(value=String(), applied=APPLIED), Map(value=String())),
    (
        Union(variants=(String(), Boolean()), listed=True),
        Union(variants=(String(), Boolean())),
    ),
    (Literals(values=("a",), constant=True), Literals(values=("a",))),
]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_types_that_differ_in_such_a_fact_are_read_alike(
    one: Type, other: Type
) -> None:
    assert one != other
    around: list[tuple[Type, Type]] = [
        (one, other),
        (Nullable(inner=one), Nullable(inner=other)),
        (Array(item=one), Array(item=other)),
        (Map(value=one), Map(value=other)),
        (Union(variants=(one, String())), Union(variants=(other, String()))),
        (String(content=one), String(content=other)),
    ]
    for first, second in around:
        assert is_read_alike(first, second)
        assert drop_unread_facts(first) == second


def test_other_facts_keep_types_apart() -> None:
    apart: list[Type] = [
        String(),
        String(format="date"),
        String(content=String()),
        Boolean(),
        Boolean(kept=(("not", "{}"),)),
        AnyValue(),
        AnyValue(kept=(("not", "{}"),)),
        OPEN,
        Map(value=String()),
        Nullable(inner=OPEN),
        Literals(values=(1,)),
        Literals(values=(True,)),
        Reference(key="A"),
        Reference(key="B"),
    ]
    assert unify_read_alike(apart) == tuple(apart)


def test_of_types_that_are_read_alike_the_first_is_kept() -> None:
    assert unify_read_alike([String(), CLOSED, OPEN]) == (String(), CLOSED)
    assert unify_read_alike([OPEN, String(), CLOSED]) == (OPEN, String())


def test_what_keeps_a_keyword_is_not_just_anything() -> None:
    assert is_anything(AnyValue())
    assert is_anything(AnyValue(required=("a",)))
    assert not is_anything(AnyValue(kept=(("not", "{}"),)))
    assert not is_anything(String())


def read(properties: Json) -> dict[str, object]:
    """Return the definitions of a document with one schema of these properties."""
    return dict(read_api(document(schemas={"A": record(**properties)})).schemas)


def test_options_that_a_client_reads_alike_are_one() -> None:
    """Else a property would have a union of `dict` and `dict`, and a class for it."""
    closed = {"type": "object", "additionalProperties": False}
    definitions = read(
        {
            "a": {"oneOf": [closed, {"type": "object"}]},
            "b": {"anyOf": [{"not": {"type": "string"}}, {"not": {"type": "string"}}]},
            "c": {
                "type": "array",
                "prefixItems": [closed, {"type": "object"}],
                "items": False,
            },
            "d": {"oneOf": [{"required": ["x"]}, {"required": ["y"]}]},
        },
    )
    assert list(definitions) == ["A"]
    record = definitions["A"]
    assert isinstance(record, ObjectSchema)
    found = {each.wire: each.type for each in record.properties}
    assert found["a"] == CLOSED
    assert isinstance(found["b"], AnyValue)
    assert isinstance(found["c"], Array)
    assert found["c"].item == CLOSED
    assert isinstance(found["d"], AnyValue)


def test_inline_enums_share_a_class_whatever_their_defaults_are() -> None:
    values = {"type": "string", "enum": ["a", "b"]}

    def inside(**more: object) -> dict[str, object]:
        return {"type": "object", "properties": {"kind": {**values, **more}}}

    definitions = read(
        {
            "plain": inside(),
            "default": inside(default="b"),
            "format": inside(format="x", minLength=1),
            "order": inside(enum=["b", "a"]),
            "names": inside(**{"x-enum-varnames": ["One", "Two"]}),
            "kept": inside(**{"not": {"const": "b"}}),
            "other": inside(enum=["a", "c"]),
        },
    )
    enums = [each for each in definitions.values() if isinstance(each, EnumSchema)]
    shared = ("plain", "default", "format", "order", "names")
    assert {each.sites for each in enums} == {
        tuple(f"A > {name} > kind" for name in shared),
        ("A > kept > kind",),
        ("A > other > kind",),
    }
    assert not any(isinstance(each, AliasSchema) for each in definitions.values())
