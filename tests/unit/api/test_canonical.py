"""The canonical form: what is in it, and what never is.

The digests in lock files are made of it. A digest that changes costs users the deprecated
alias of what their next document renames.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from itertools import combinations
from typing import TYPE_CHECKING, Any, cast, get_args

import pytest

from flexprice_codegen.api import model, types
from flexprice_codegen.api.canonical import (
    CanonicalForm,
    write_definition,
    write_event,
    write_operation,
)
from flexprice_codegen.diagnostics import Origin
from flexprice_codegen.frozen_values import frozen_value

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

ABOUT = types.NodeMetadata(origin=Origin("", ""))
TEXT = types.String()
TAG = types.Discriminator(property="kind", mapping=(("a", "A"),))
DEFAULT = types.Default(value="x")
KEPT = (("not", "{}"),)
CONTENT = model.Content(media="text/plain", type=TEXT)
HEADER = model.Header(wire="x", type=TEXT, required=False, about=ABOUT)
PROPERTY = model.Property(wire="a", type=TEXT, about=ABOUT)
PARAMETER = model.Parameter(
    wire="a",
    location="query",
    type=TEXT,
    required=False,
    style="form",
    explode=True,
    about=ABOUT,
)
RESPONSE = model.Response(status="200", contents=(), about=ABOUT)
BODY = model.RequestBody(required=True, contents=(CONTENT,), about=ABOUT)
RECORD = model.ObjectSchema(key="R", properties=(PROPERTY,), about=ABOUT)
OPERATION = model.ApiOperation(
    method="GET",
    path="/a",
    route="/a",
    id="a",
    parameters=(PARAMETER,),
    body=BODY,
    responses=(RESPONSE,),
    about=ABOUT,
)

COUNTS: list[tuple[DataclassInstance, dict[str, object]]] = [
    (
        TEXT,
        {
            "format": "date",
            "pattern": "a",
            "further_patterns": ("b",),
            "min_length": 0,
            "max_length": 0,
            "content": types.Boolean(),
            "kept": KEPT,
        },
    ),
    (
        types.Number(),
        {
            "integer": True,
            "format": "int64",
            "minimum": 0,
            "maximum": 0,
            "exclusive_minimum": 0,
            "exclusive_maximum": 0.5,
            "multiple_of": 2,
            "kept": KEPT,
        },
    ),
    (types.Boolean(), {"kept": KEPT}),
    (types.Bytes(), {"max_length": 0, "kept": KEPT}),
    (types.AnyValue(), {"kept": KEPT}),
    (
        types.Array(item=TEXT),
        {
            "item": types.Boolean(),
            "min_items": 0,
            "max_items": 0,
            "unique": True,
            "kept": KEPT,
        },
    ),
    (
        types.Map(value=TEXT),
        {
            "value": types.Boolean(),
            "min_properties": 0,
            "max_properties": 0,
            "kept": KEPT,
        },
    ),
    (
        types.Union(variants=(TEXT, types.Boolean())),
        {
            "variants": (types.Boolean(), TEXT),
            "discriminator": TAG,
            "exclusive": False,
            "kept": KEPT,
        },
    ),
    (types.Nullable(inner=TEXT), {"inner": types.Boolean()}),
    (types.Literals(values=(1,)), {"values": (True,), "kept": KEPT}),
    (types.Reference(key="A"), {"key": "B"}),
    (TAG, {"property": "type", "mapping": (("b", "A"),), "default": "A"}),
    (
        PROPERTY,
        {
            "wire": "b",
            "type": types.Boolean(),
            "required": True,
            "default": types.Default(value=None),
            "read_only": True,
            "write_only": True,
        },
    ),
    (
        RECORD,
        {
            "properties": (),
            "extra": TEXT,
            "closed": True,
            "min_properties": 0,
            "max_properties": 0,
            "kept": KEPT,
        },
    ),
    (
        model.EnumSchema(
            key="E", values=(model.EnumValue(value="a", about=ABOUT),), about=ABOUT
        ),
        {
            "values": (model.EnumValue(value="b", about=ABOUT),),
            "kept": KEPT,
        },
    ),
    (model.EnumValue(value=1, about=ABOUT), {"value": "1"}),
    (
        model.AliasSchema(key="A", type=TEXT, about=ABOUT),
        {"type": types.Boolean()},
    ),
    (
        PARAMETER,
        {
            "wire": "b",
            "location": "header",
            "type": types.Boolean(),
            "required": True,
            "style": "simple",
            "explode": False,
            "allow_reserved": True,
            "media": "text/plain",
            "default": types.Default(value=False),
        },
    ),
    (
        model.Encoding(property="a"),
        {"property": "b", "media": "a/b", "style": "form", "explode": False},
    ),
    (
        CONTENT,
        {
            "media": "a/b",
            "type": None,
            "items": TEXT,
            "encodings": (model.Encoding(property="a"),),
        },
    ),
    (BODY, {"required": False, "contents": ()}),
    (HEADER, {"wire": "y", "type": types.Boolean(), "required": True}),
    (RESPONSE, {"status": "201", "contents": (CONTENT,), "headers": (HEADER,)}),
    (
        OPERATION,
        {"method": "PUT", "parameters": (), "body": None, "responses": ()},
    ),
    (
        model.WebhookEvent(name="a", payload=TEXT, about=ABOUT),
        {"payload": types.Boolean(), "is_list": True},
    ),
    (DEFAULT, {"value": "y"}),
]
"""A sample of each class, with another value for each field that counts."""

_NAMES = {"about", "key", "name"}
DOES_NOT_COUNT = {
    "AnyValue": {"applied", "only_null", "required"},
    "Array": {"applied"},
    "Bytes": {"by_media_type"},
    "Map": {"applied", "closed"},
    "Nullable": {"unlisted"},
    "Union": {"listed"},
    "Literals": {"are_flags", "constant"},
    "ObjectSchema": {"applied", "default", "discriminator"},
    "EnumValue": {"former_name", "names"},
    "EnumSchema": {"base", "constant", "default", "sites"},
    "AliasSchema": {"default"},
    "Content": {"default", "written"},
    "Encoding": {"allow_reserved", "headers"},
    "RequestBody": {"arrays"},
    "Parameter": {"allow_empty", "arrays", "shared"},
    "Response": {"links"},
    "ApiOperation": {
        "path", "route", "id", "tags", "security", "servers", "hints",
        "security_requirements", "callbacks", "unused_parameters",
    },
    "WebhookEvent": {"content", "label", "headers", "hints", "is_form"},
}  # fmt: skip
"""The other fields of each class, beside keys, names and `about`."""


AROUND: dict[type, Callable[[Any], object]] = {
    model.Property: lambda each: replace(RECORD, properties=(each,)),
    model.EnumValue: lambda each: model.EnumSchema(
        key="E", values=(each,), about=ABOUT
    ),
    model.Parameter: lambda each: replace(OPERATION, parameters=(each,)),
    model.RequestBody: lambda each: replace(OPERATION, body=each),
    model.Response: lambda each: replace(OPERATION, responses=(each,)),
    model.Header: lambda each: replace(RESPONSE, headers=(each,)),
    model.Content: lambda each: replace(BODY, contents=(each,)),
    model.Encoding: lambda each: replace(CONTENT, encodings=(each,)),
    types.Discriminator: lambda each: types.Union(variants=(TEXT,), discriminator=each),
    types.Default: lambda each: replace(PROPERTY, default=each),
}
"""What makes the smallest thing around a part."""


def write(part: object) -> CanonicalForm:
    """Return the form of a definition, operation or event, or of a part of one."""
    match part:
        case model.ApiOperation():
            return write_operation(part)
        case model.WebhookEvent():
            return write_event(part)
        case model.ObjectSchema() | model.EnumSchema() | model.AliasSchema():
            return write_definition(part)
        case _ if type(part) in AROUND:
            return write(AROUND[type(part)](part))
        case _:
            return write(
                model.AliasSchema(key="A", type=cast("types.Type", part), about=ABOUT)
            )


def other_values() -> Iterator[tuple[DataclassInstance, str, object]]:
    """Yield each sample with a field that counts and another value of it."""
    for sample, others in COUNTS:
        for name, value in others.items():
            yield sample, name, value


@pytest.mark.parametrize(
    ("sample", "name", "value"),
    [
        pytest.param(*each, id=f"{type(each[0]).__name__}-{each[1]}")
        for each in other_values()
    ],
)
def test_each_fact_counts(sample: DataclassInstance, name: str, value: object) -> None:
    assert write(sample) != write(replace(sample, **{name: value}))


def test_it_is_decided_of_each_field_whether_it_counts() -> None:
    """A new field counts in no digest until somebody says so here and in the form."""
    samples = {type(sample): others.keys() for sample, others in COUNTS}
    assert {*get_args(types.Type), *get_args(model.NamedSchema)} <= samples.keys()
    for kind, counting in samples.items():
        other = {each.name for each in fields(kind)} - counting - _NAMES
        assert other == DOES_NOT_COUNT.get(kind.__name__, set()), kind


def test_a_default_or_a_format_of_a_whole_schema_may_change_with_its_name() -> None:
    listed = model.EnumSchema(key="E", values=(), about=ABOUT)
    assert write(replace(listed, default=DEFAULT, base=TEXT)) == write(listed)
    assert write(replace(RECORD, default=DEFAULT)) == write(RECORD)
    closed = types.Map(value=TEXT, closed=True)
    assert write(closed) == write(types.Map(value=TEXT))


def test_a_field_of_a_dataclass_is_in_no_form_by_itself() -> None:
    @frozen_value(kw_only=True)
    class TextWithExample(types.String):
        """A string of a later version."""

        example: str = "a"

    assert write(TextWithExample()) == write(TEXT)


def test_names_and_prose_do_not_count() -> None:
    said = types.NodeMetadata(
        origin=Origin("x", "/y"), description="words", deprecated=True
    )
    assert write(replace(RECORD, key="S", about=said)) == write(RECORD)
    assert write(replace(PROPERTY, about=said)) == write(PROPERTY)


def test_a_form_names_definitions_by_what_is_known_of_them() -> None:
    one, other = (write(types.Reference(key=key)) for key in ("A", "B"))
    assert one.resolve({"A": "f00"}) == other.resolve({"B": "f00"})
    assert one.resolve({"A": "f00"}) != other.resolve({"B": "ba2"})
    assert one.resolve({}) == other.resolve({})


def test_the_order_in_which_a_tag_lists_its_values_says_nothing() -> None:
    """Its values count, and what they stand for, whatever that is called."""

    def tagged(*mapping: tuple[str, str]) -> str:
        form = write(types.Discriminator(property="kind", mapping=mapping))
        return form.resolve({"A": "f00", "B": "ba2", "C": "f00"})

    assert tagged(("a", "A"), ("b", "B")) == tagged(("b", "B"), ("a", "C"))
    assert tagged(("a", "A"), ("b", "B")) != tagged(("a", "B"), ("b", "A"))


def test_values_count_as_json_has_them() -> None:
    values: list[object] = [0, False, None, "", 1, True, "1", [], {}, [0], [False]]
    forms = {write(types.Default(value=each)) for each in values}
    assert len(forms) == len(values)
    for one, other in combinations([(0,), (False,), (None,)], 2):
        assert write(types.Literals(values=one)) != write(types.Literals(values=other))
    assert write(types.Literals(values=(1.0,))) == write(types.Literals(values=(1,)))
    assert write(types.Number(minimum=0.0)) == write(types.Number(minimum=0))
    assert write(types.Number(minimum=0)) != write(types.Number())
