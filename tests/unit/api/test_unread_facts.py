"""Facts that no client reads: two types that differ in nothing else make one class."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.api.build import build
from generator.api.model import Alias, Enumeration, Record
from generator.api.types import (
    Anything,
    Choice,
    Flag,
    ListOf,
    Literals,
    MapOf,
    Named,
    Nullable,
    Text,
    Type,
)
from generator.api.unread_facts import (
    drop_unread_facts,
    is_anything,
    is_read_alike,
    unify_read_alike,
)
from generator.diagnostics import Sink
from generator.spec.document import load

APPLIED = (("not", Named(key="A > not")),)
CLOSED, OPEN = MapOf(value=Anything(), closed=True), MapOf(value=Anything())
PAIRS: list[tuple[Type, Type]] = [
    (Anything(required=("a",)), Anything()),
    (Anything(applied=APPLIED), Anything()),
    (ListOf(item=Text(), applied=APPLIED), ListOf(item=Text())),
    (CLOSED, OPEN),
    (MapOf(value=Text(), applied=APPLIED), MapOf(value=Text())),
    (
        Choice(options=(Text(), Flag()), listed=True),
        Choice(options=(Text(), Flag())),
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
        (ListOf(item=one), ListOf(item=other)),
        (MapOf(value=one), MapOf(value=other)),
        (Choice(options=(one, Text())), Choice(options=(other, Text()))),
        (Text(content=one), Text(content=other)),
    ]
    for first, second in around:
        assert is_read_alike(first, second)
        assert drop_unread_facts(first) == second


def test_other_facts_keep_types_apart() -> None:
    apart: list[Type] = [
        Text(),
        Text(format="date"),
        Text(content=Text()),
        Flag(),
        Flag(kept=(("not", "{}"),)),
        Anything(),
        Anything(kept=(("not", "{}"),)),
        OPEN,
        MapOf(value=Text()),
        Nullable(inner=OPEN),
        Literals(values=(1,)),
        Literals(values=(True,)),
        Named(key="A"),
        Named(key="B"),
    ]
    assert unify_read_alike(apart) == tuple(apart)


def test_of_types_that_are_read_alike_the_first_is_kept() -> None:
    assert unify_read_alike([Text(), CLOSED, OPEN]) == (Text(), CLOSED)
    assert unify_read_alike([OPEN, Text(), CLOSED]) == (OPEN, Text())


def test_what_keeps_a_keyword_is_not_just_anything() -> None:
    assert is_anything(Anything())
    assert is_anything(Anything(required=("a",)))
    assert not is_anything(Anything(kept=(("not", "{}"),)))
    assert not is_anything(Text())


def read(folder: Path, properties: dict[str, object]) -> dict[str, object]:
    """Return the definitions of a document with one schema of these properties."""
    spec = {
        "openapi": "3.1.0",
        "info": {"title": "Test", "version": "1"},
        "paths": {},
        "components": {
            "schemas": {"A": {"type": "object", "properties": properties}},
        },
    }
    file = folder / "spec.json"
    file.write_text(json.dumps(spec))
    return dict(build(load([str(file)], [], sink=Sink()), Sink()).definitions)


def test_options_that_a_client_reads_alike_are_one(tmp_path: Path) -> None:
    """Else a property would have a union of `dict` and `dict`, and a class for it."""
    closed = {"type": "object", "additionalProperties": False}
    definitions = read(
        tmp_path,
        {
            "a": {"oneOf": [closed, {"type": "object"}]},
            "b": {"anyOf": [{"not": {"type": "string"}}, {"not": {"type": "string"}}]},
            "c": {"type": "array", "prefixItems": [closed, {"type": "object"}]},
            "d": {"oneOf": [{"required": ["x"]}, {"required": ["y"]}]},
        },
    )
    assert list(definitions) == ["A"]
    record = definitions["A"]
    assert isinstance(record, Record)
    found = {each.wire: each.type for each in record.properties}
    assert found["a"] == CLOSED
    assert isinstance(found["b"], Anything)
    assert isinstance(found["c"], ListOf)
    assert found["c"].item == CLOSED
    assert isinstance(found["d"], Anything)


def test_inline_enums_share_a_class_whatever_their_defaults_are(
    tmp_path: Path,
) -> None:
    values = {"type": "string", "enum": ["a", "b"]}

    def inside(**more: object) -> dict[str, object]:
        return {"type": "object", "properties": {"kind": {**values, **more}}}

    definitions = read(
        tmp_path,
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
    enums = [each for each in definitions.values() if isinstance(each, Enumeration)]
    shared = ("plain", "default", "format", "order", "names")
    assert {each.sites for each in enums} == {
        tuple(f"A > {name} > kind" for name in shared),
        ("A > kept > kind",),
        ("A > other > kind",),
    }
    assert not any(isinstance(each, Alias) for each in definitions.values())
