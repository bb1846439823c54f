"""Discriminators: which value selects which variant."""

from __future__ import annotations

from support.documents import document, read_api, record, ref

from flexprice_codegen.api.discriminators import rename_variants
from flexprice_codegen.api.model import AliasSchema
from flexprice_codegen.api.types import Discriminator, Union
from flexprice_codegen.diagnostics import DiagnosticSink


def read(discriminator: object, sink: DiagnosticSink | None = None) -> object:
    """Return the discriminator of a choice of a cat and a dog."""
    options = [ref("Cat"), ref("Dog")]
    schemas = {
        "Pet": {"oneOf": options, "discriminator": discriminator},
        "Cat": record(kind="string", a="string"),
        "Dog": record(kind="string", b="string"),
    }
    pet = read_api(document(schemas=schemas), sink).schemas["Pet"]
    assert isinstance(pet, AliasSchema)
    assert isinstance(pet.type, Union)
    return pet.type.discriminator


def test_a_schema_without_a_mapping_is_selected_by_its_name() -> None:
    mapping = {"meow": "#/components/schemas/Cat"}
    assert read({"propertyName": "kind", "mapping": mapping}) == Discriminator(
        property="kind", mapping=(("meow", "Cat"), ("Dog", "Dog"))
    )


def test_a_mapping_may_name_a_schema_and_one_to_nothing_is_skipped() -> None:
    sink = DiagnosticSink()
    mapping = {"meow": "Cat", "gone": "Gone"}
    found = read({"propertyName": "kind", "mapping": mapping}, sink)
    assert isinstance(found, Discriminator)
    assert dict(found.mapping) == {"meow": "Cat", "Dog": "Dog"}
    assert [each.code for each in sink.diagnostics] == ["unresolved-reference"]


def test_a_discriminator_without_a_property_is_none() -> None:
    assert read({"mapping": {"meow": "Cat"}}) is None


def test_values_of_a_variant_without_a_new_key_are_omitted() -> None:
    given = Discriminator(property="kind", mapping=(("a", "A"), ("b", "B")))
    assert rename_variants(given, {"A": "C"}).mapping == (("a", "C"),)
