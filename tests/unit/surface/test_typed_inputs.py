"""The dict forms of classes: which there are, their names, and what they require."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from support.documents import document, operation, read_surface, record, ref

from flexprice_codegen.surface.model import Surface
from flexprice_codegen.surface.python_types import ListType, LiteralType, ModelType
from flexprice_codegen.surface.typed_inputs import (
    InputDict,
    InputUnion,
    InputValues,
    TypedInputs,
    build_typed_inputs,
)

COLOR = {"type": "string", "enum": ["red", "blue"]}


def read_inputs(body: dict[str, Any], **schemas: object) -> TypedInputs:
    """Return the dict forms of a document with one request body."""
    return build_typed_inputs(read_sent(body, **schemas))


def read_sent(body: dict[str, Any], **schemas: object) -> Surface:
    """Return what Python sees of a document with one request body."""
    call = operation("send", "Answer")
    call["requestBody"] = {"content": {"application/json": {"schema": body}}}
    schemas["Answer"] = record(id="string")
    spec = document({"/a": {"post": call}}, components={"schemas": schemas})
    return read_surface(spec)


def test_only_what_a_body_holds_has_a_dict_form() -> None:
    found = read_inputs(
        ref("A"),
        A=record(b={"type": "array", "items": ref("B")}, color=ref("Color")),
        B=record(x="string"),
        C=record(x="string"),
        Color=COLOR,
    )
    assert dict(found.names) == {"A": "ADict", "B": "BDict", "Color": "ColorValue"}
    modules = {each.module for each in found.forms}
    assert modules == {"_inputs_a", "_inputs_b", "_inputs_color"}


def test_a_dict_form_has_no_name_that_is_taken() -> None:
    found = read_inputs(
        ref("A"), A=record(b=ref("ADict")), ADict=record(x="string"), InputsA=COLOR
    )
    assert found.names == (("A", "ADict_2"), ("ADict", "ADictDict"))


def test_a_class_may_hold_itself() -> None:
    found = read_inputs(
        ref("A"), A=record(more={"type": "array", "items": ref("A")}, x="string")
    )
    (form,) = found.forms
    assert isinstance(form, InputDict)
    types = {each.wire: each.type for each in form.members}
    assert types["more"] == ListType(ModelType("A"))


def test_the_alias_of_a_renamed_class_has_a_dict_form() -> None:
    surface = read_sent(ref("A"), A=record(color=ref("Color")), Color=COLOR)
    renamed = (("Old", "A"), ("OldColor", "Color"), ("Reply", "Answer"))
    found = build_typed_inputs(replace(surface, deprecated_classes=renamed))
    assert found.deprecated == (("OldDict", "ADict"), ("OldColorValue", "ColorValue"))


def test_an_alias_takes_no_name_of_a_class() -> None:
    surface = read_sent(ref("A"), A=record(x="string"), OldDict=record(x="string"))
    renamed = (("Old", "A"), ("Answer2", "OldDict"))
    models = (*surface.models, replace(surface.models[0], name="OldDict"))
    found = build_typed_inputs(
        replace(surface, models=models, deprecated_classes=renamed)
    )
    assert found.deprecated == ()


def test_a_union_has_the_dict_forms_of_its_variants() -> None:
    found = read_inputs(
        ref("U"),
        U={"anyOf": [ref("A"), ref("Color"), {"type": "array", "items": ref("U")}]},
        A=record(x="string"),
        Color=COLOR,
    )
    forms = {each.name: each for each in found.forms}
    assert forms.keys() == {"ADict", "ColorValue", "UDict"}
    union = forms["UDict"]
    assert isinstance(union, InputUnion)
    assert union.variants == (
        ModelType("A"),
        ModelType("Color"),
        ListType(ModelType("U")),
    )


def test_a_dict_can_have_the_values_of_an_enum() -> None:
    found = read_inputs(ref("A"), A=record(color=ref("Color")), Color=COLOR)
    values = {
        each.name: each.values for each in found.forms if isinstance(each, InputValues)
    }
    assert values == {"ColorValue": LiteralType(("red", "blue"))}


def test_a_dict_says_which_variant_it_is() -> None:
    tagged = {
        name: {
            "type": "object",
            "required": ["kind"],
            "properties": {"kind": {"const": name}, "fixed": {"const": "x"}},
        }
        for name in ("A", "B")
    }
    union = {
        "oneOf": [ref("A"), ref("B")],
        "discriminator": {"propertyName": "kind"},
    }
    found = read_inputs(ref("U"), U=union, **tagged)
    forms = {each.name: each for each in found.forms}
    form = forms["ADict"]
    assert isinstance(form, InputDict)
    required = {each.wire: each.required for each in form.members}
    assert required == {"kind": True, "fixed": False}


def test_what_is_not_required_may_be_missing() -> None:
    schema = {**record(a="string", b="string"), "required": ["a"]}
    (form,) = read_inputs(ref("A"), A=schema).forms
    assert isinstance(form, InputDict)
    assert [each.required for each in form.members] == [True, False]
