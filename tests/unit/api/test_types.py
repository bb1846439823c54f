"""Equality of parts of an `Api`: the same contract, with values as JSON has them."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

from support.documents import document, read_api

from flexprice_codegen.api.model import AliasSchema, NamedSchema, ObjectSchema
from flexprice_codegen.api.types import Default, Literals, NodeMetadata
from flexprice_codegen.diagnostics import Origin

ABOUT = NodeMetadata(origin=Origin("", "/a"))


def definition_of(schema: object) -> NamedSchema:
    """Return the definition of a schema."""
    return read_api(document(schemas={"A": schema})).schemas["A"]


def test_literals_are_equal_if_json_has_one_value_for_them() -> None:
    apart: list[object] = [0, False, 1, True, "1", None, 1.5]
    for one, other in combinations(apart, 2):
        assert Literals(values=(one,)) != Literals(values=(other,))  # type: ignore[arg-type]
    assert Literals(values=(1,)) == Literals(values=(1.0,))
    assert hash(Literals(values=(1,))) == hash(Literals(values=(1.0,)))
    assert replace(Literals(values=(1,)), values=(True,)) == Literals(values=(True,))


def test_defaults_are_equal_if_json_has_one_value_for_them() -> None:
    apart = [0, False, None, "", [0], [False], {"a": [1]}, {"a": [True]}, {}, []]
    for one, other in combinations([Default(value=each) for each in apart], 2):
        assert one != other
    first = Default(value={"a": 1, "b": [1]})
    second = Default(value={"b": [1.0], "a": 1})
    assert first == second
    assert hash(first) == hash(second)
    assert Default(value=None) is not None
    assert Default(value=0) != 0


def test_a_choice_of_one_and_true_keeps_both() -> None:
    """Python takes them for one key of a dictionary."""
    found = definition_of({"oneOf": [{"const": 1}, {"const": True}]})
    assert isinstance(found, AliasSchema)
    assert found.type == Literals(values=(1, True))
    assert found.type != Literals(values=(1, 1))


def test_only_what_is_about_a_thing_takes_no_part_in_equality() -> None:
    record = ObjectSchema(key="A", properties=(), about=ABOUT)
    said = NodeMetadata(origin=Origin("", "/b"), description="words")
    assert replace(record, about=said) == record
    for change in (
        replace(record, key="B"),
        replace(record, default=Default(value={})),
        replace(record, closed=True),
    ):
        assert change != record
