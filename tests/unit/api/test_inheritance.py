"""A base with a discriminator stands for itself and for what is composed of it."""

from __future__ import annotations

from support.documents import TEXT, Json, document, operation, read_api, record, ref

from flexprice_codegen.api.inheritance import VARIANT_SUFFIX
from flexprice_codegen.api.model import AliasSchema
from flexprice_codegen.api.types import Reference, Union

ANIMAL: Json = {**record(kind="string"), "discriminator": {"propertyName": "kind"}}


def heir(base: str, **properties: object) -> Json:
    return {"allOf": [ref(base), record(**properties)]}  # type: ignore[arg-type]


def variants_of(**schemas: Json) -> list[str]:
    """Return the schemas that an answer with an animal may be."""
    paths = {"/a": {"get": operation(answer="Animal")}}
    found = read_api(document(paths, schemas)).schemas[f"Animal{VARIANT_SUFFIX}"]
    assert isinstance(found, AliasSchema)
    assert isinstance(found.type, Union)
    return [each.key for each in found.type.variants if isinstance(each, Reference)]


def test_an_answer_may_be_the_base_or_any_of_its_heirs() -> None:
    found = variants_of(
        Animal=ANIMAL,
        Cat=heir("Animal", a=TEXT),
        Tom=heir("Cat", b=TEXT),
        Rock=record(c=TEXT),
    )
    assert found == ["Animal", "Cat", "Tom"]


def test_without_heirs_a_base_is_itself() -> None:
    paths = {"/a": {"get": operation(answer="Animal")}}
    schemas = read_api(document(paths, {"Animal": ANIMAL})).schemas
    assert f"Animal{VARIANT_SUFFIX}" not in schemas
