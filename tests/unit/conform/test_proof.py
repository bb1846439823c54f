"""`conform.proof`: the part of a document that a trial needs."""

from __future__ import annotations

from support.documents import TEXT, document, operation, ref

from flexprice_codegen.conform.proof import prune_document

CAT = {"allOf": [ref("Pet"), {"type": "object", "properties": {"claws": TEXT}}]}
PET = {
    "type": "object",
    "discriminator": {"propertyName": "kind"},
    "properties": {"kind": TEXT, "owner": ref("Owner")},
}
ROOT = document(
    {
        "/pets": {"get": operation("listPets", ref("Pet")), "post": operation("add")},
        "/others": {"get": operation("others", ref("Other"))},
    },
    {
        "Pet": PET,
        "Cat": CAT,
        "Owner": {"type": "object", "properties": {"pet": ref("Pet")}},
        "Other": {"type": "object"},
    },
)


def test_a_part_has_its_operations_and_what_they_refer_to() -> None:
    part = prune_document(ROOT, ["GET /pets"])

    assert part["paths"] == {"/pets": {"get": ROOT["paths"]["/pets"]["get"]}}
    components = part["components"]
    assert isinstance(components, dict)
    # Cat is derived from Pet, which stands for it.
    assert components["schemas"].keys() == {"Pet", "Owner", "Cat"}
    assert part["openapi"] == ROOT["openapi"]


def test_the_document_itself_is_not_changed() -> None:
    prune_document(ROOT, [])

    assert ROOT["paths"].keys() == {"/pets", "/others"}
