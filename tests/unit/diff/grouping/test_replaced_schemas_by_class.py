"""Where one schema took the place of another, by findings that are made by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from flexprice_codegen.api.model import (
    AliasSchema,
    Api,
    EventNaming,
    ObjectSchema,
    Property,
)
from flexprice_codegen.api.types import (
    Array,
    NodeMetadata,
    Reference,
    String,
    Type,
    Union,
)
from flexprice_codegen.diagnostics import Origin
from flexprice_codegen.diff.finding import Finding
from flexprice_codegen.diff.grouping.replaced_schemas import (
    ClassIndex,
    group_replaced_schemas,
)
from flexprice_codegen.diff.rules.rule_key import Location, RuleKey
from flexprice_codegen.diff.rules.severity import Severity, Side

ABOUT = NodeMetadata(origin=Origin("", ""))
RETYPED = RuleKey("none", "field", "type", "changed")
PAYLOAD = RuleKey("none", "event", "payload", "changed")
REMOVED = RuleKey("response", "optional-property", "itself", "removed")
ADDED = RuleKey("response", "optional-property", "itself", "added")
KEYS = ("Old", "New", "OldPart", "NewPart", "OldEnd", "NewEnd")


def build_object(key: str, **properties: Type) -> ObjectSchema:
    return ObjectSchema(
        key=key,
        properties=tuple(
            Property(wire=name, type=type_, about=ABOUT)
            for name, type_ in properties.items()
        ),
        about=ABOUT,
    )


def build_alias(key: str, type_: Type) -> AliasSchema:
    return AliasSchema(key=key, type=type_, about=ABOUT)


def build_index(prefix: str) -> ClassIndex:
    """Return a version: an object with a part, which is a list of an end."""
    schemas = (
        build_object(
            prefix,
            part=Reference(key=f"{prefix}Part"),
            both=Union(variants=(Reference(key="A"), Reference(key="B"))),
            **{prefix: Reference(key=f"{prefix}Other")},
        ),
        build_alias(f"{prefix}Part", Array(item=Reference(key=f"{prefix}End"))),
        build_object(f"{prefix}End", part=Reference(key=prefix), text=String()),
    )
    api = Api(
        title="Shop",
        version="1",
        schemas={each.key: each for each in schemas},
        operations=(),
        servers=(),
        schemes=(),
        events=(),
        naming=EventNaming(),
        about=ABOUT,
    )
    return ClassIndex(api, {key: key for key in KEYS})


def build_source(
    key: RuleKey = RETYPED,
    **more: Any,  # noqa: ANN401 - any field
) -> Finding:
    """Return the finding that a place has another class."""
    finding = Finding(
        key=key,
        level=Severity.WARNING,
        sides=frozenset({Side.SOURCE}),
        path="Holder",
        message="`Holder.x` changed its type",
        classes_before=("Old",),
        classes_after=("New",),
    )
    return replace(finding, **more)


def build_wire(
    key: RuleKey = REMOVED,
    schemas: tuple[str, str] = ("Old", "New"),
    name: str = "a",
    **more: Any,  # noqa: ANN401 - any field
) -> Finding:
    """Return a finding about a property of two schemas."""
    old, new = (
        Origin("", f"/components/schemas/{schema}/properties/{name}")
        for schema in schemas
    )
    finding = Finding(
        key=key,
        level=Severity.INFO,
        sides=frozenset({Side.WIRE}),
        path=f"{schemas}/{name}",
        message="It changed",
        old=old,
        new=new,
    )
    return replace(finding, **more)


def group(wire: list[Finding], source: Finding) -> tuple[list[Finding], Finding]:
    """Return what is left of the wire, and the finding about Python."""
    left, (told,) = group_replaced_schemas(
        wire, [source], build_index("Old"), build_index("New")
    )
    return list(left), told


@pytest.mark.parametrize("key", [RETYPED, PAYLOAD])
def test_what_the_schemas_differ_by_is_told_where_one_took_the_others_place(
    key: RuleKey,
) -> None:
    wire = build_wire(level=Severity.ERROR)
    source = build_source(key)
    left, told = group([wire], source)
    assert left == []
    assert told.level is Severity.ERROR
    assert told.sides == frozenset(Side)
    assert told.parts == (wire, source)


@pytest.mark.parametrize(
    "key",
    [
        RETYPED._replace(concept="itself"),
        RETYPED._replace(change="widened"),
        RETYPED._replace(concept="default"),
    ],
)
def test_only_another_type_says_that_a_schema_was_replaced(key: RuleKey) -> None:
    wire = build_wire()
    assert group([wire], build_source(key)) == ([wire], build_source(key))


@pytest.mark.parametrize(
    ("before", "after"),
    [(("Old", "OldPart"), ("New",)), (("Old",), ("New", "NewPart")), ((), ())],
)
def test_of_several_classes_none_took_the_place_of_one(
    before: tuple[str, ...], after: tuple[str, ...]
) -> None:
    wire = build_wire()
    source = build_source(classes_before=before, classes_after=after)
    assert group([wire], source) == ([wire], source)


@pytest.mark.parametrize("names", ["Old", "New"])
def test_a_class_that_stayed_was_not_replaced(names: str) -> None:
    source = build_source(classes_before=(names,), classes_after=(names,))
    wire = build_wire(schemas=(names, names))
    assert group([wire], source) == ([wire], source)


@pytest.mark.parametrize(
    "schemas", [("OldPart", "NewPart"), ("OldEnd", "NewEnd"), ("Old", "New")]
)
def test_so_is_what_stands_in_one_place_of_both(schemas: tuple[str, str]) -> None:
    """Below a property, below a list that has a name, and back in a circle."""
    wire = build_wire(schemas=schemas)
    left, told = group([wire], build_source())
    assert (left, told.parts[0]) == ([], wire)


@pytest.mark.parametrize(
    "schemas",
    [("Old", "NewPart"), ("OldOther", "NewOther"), ("A", "B"), ("Old", "Old")],
)
def test_what_stands_in_different_places_was_not_replaced(
    schemas: tuple[str, str],
) -> None:
    wire = build_wire(schemas=schemas)
    assert group([wire], build_source()) == ([wire], build_source())


@pytest.mark.parametrize(
    "origin",
    [
        Origin("other.yaml", "/components/schemas/Old/properties/a"),
        Origin("", "/components/responses/Old/properties/a"),
        Origin("", "/paths/Old"),
        None,
    ],
)
def test_what_is_in_no_component_was_not_replaced(origin: Origin | None) -> None:
    wire = build_wire(old=origin)
    assert group([wire], build_source()) == ([wire], build_source())


@pytest.mark.parametrize(
    "location",
    [
        "optional-property",
        "required-property",
        "write-only-property",
        "required-write-only-property",
        "parameter-property",
        "optional-parameter-property",
        "header-property",
        "required-header-property",
    ],
)
def test_a_property_that_is_gone_or_new_is_named(location: Location) -> None:
    _, told = group(
        [
            build_wire(REMOVED._replace(location=location), name="gone"),
            build_wire(ADDED._replace(location=location), name="new"),
            build_wire(ADDED._replace(concept="pattern"), name="else"),
        ],
        build_source(),
    )
    assert told.message.endswith(
        ", with 3 differences on the wire (removed: gone; added: new)"
    )


def test_a_property_with_a_default_is_new_as_well() -> None:
    _, told = group(
        [build_wire(ADDED._replace(change="added-with-default"))], build_source()
    )
    assert told.message.endswith(", with 1 difference on the wire (added: a)")


def test_without_a_property_that_came_or_went_nothing_is_named() -> None:
    _, told = group([build_wire(REMOVED._replace(concept="pattern"))], build_source())
    assert told.message.endswith(", with 1 difference on the wire")


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (1, "1 difference on the wire (removed: n0)"),
        (6, "6 differences on the wire (removed: n0, n1, n2, n3, n4, n5)"),
        (7, "7 differences on the wire (removed: n0, n1, n2, n3, n4, n5 and 1 more)"),
    ],
)
def test_a_few_properties_are_named_and_the_others_counted(
    number: int, shown: str
) -> None:
    wire = [build_wire(name=f"n{each}") for each in range(number)]
    _, told = group(wire, build_source())
    assert told.message == f"`Holder.x` changed its type, with {shown}"
