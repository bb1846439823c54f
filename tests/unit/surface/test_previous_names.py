"""Names of an earlier run: kept where the document still has them, else an alias."""

from __future__ import annotations

from typing import Any

from support.surfaces import NamedClient, build_client

TEXT = {"type": "string"}
PET = {
    "type": "object",
    "required": ["name"],
    "properties": {"name": {"type": "string"}},
}


def build_pets(
    schema: str = "Pet",
    path: str = "/pets/{id}",
    name: str = "listPets",
    tag: str = "Pets",
    before: NamedClient | None = None,
) -> NamedClient:
    """Build a client with one schema and one operation."""
    content = {
        "application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}
    }
    operation: dict[str, Any] = {
        "operationId": name,
        "tags": [tag],
        "parameters": [{"name": "id", "in": "path", "required": True, "schema": TEXT}],
        "responses": {"200": {"description": "Them.", "content": content}},
    }
    return build_client({path: {"get": operation}}, {schema: PET}, before)


def test_a_schema_that_moves_to_another_package_keeps_its_class() -> None:
    before = build_pets("com.old.Pet")
    after = build_pets("com.new.Pet", before=before)
    assert before.list_classes() == after.list_classes() == ["Pet"]
    assert after.list_aliases() == []


def test_a_schema_that_is_renamed_leaves_an_alias() -> None:
    after = build_pets("Animal", before=build_pets())
    assert after.list_classes() == ["Animal"]
    assert after.list_aliases() == [("models.Pet", "models.Animal")]


def test_a_method_whose_path_moves_keeps_its_name() -> None:
    after = build_pets(path="/shop/pets/{id}", before=build_pets())
    assert after.list_methods() == ["pets.list_pets"]
    assert after.list_aliases() == []


def test_a_method_that_is_renamed_with_its_path_leaves_an_alias() -> None:
    before = build_pets()
    after = build_pets(path="/shop/pets/{id}", name="findPets", before=before)
    assert after.list_methods() == ["pets.find_pets"]
    assert after.list_aliases() == [("pets.list_pets", "pets.find_pets")]

    moved = build_pets(path="/shop/pets/{id}", tag="Animals", before=before)
    assert moved.list_methods() == ["animals.list_pets"]
    assert moved.list_aliases() == [("pets.list_pets", "animals.list_pets")]


def test_an_alias_follows_what_it_means() -> None:
    first = build_pets()
    second = build_pets("Animal", "/shop/pets/{id}", "findPets", before=first)
    third = build_pets("Beast", "/new/shop/pets/{id}", "searchPets", before=second)
    assert third.list_aliases() == [
        ("models.Animal", "models.Beast"),
        ("models.Pet", "models.Beast"),
        ("pets.find_pets", "pets.search_pets"),
        ("pets.list_pets", "pets.search_pets"),
    ]


def test_a_rename_that_is_undone_is_none() -> None:
    first = build_pets()
    second = build_pets(
        "Animal", "/shop/pets/{id}", "findPets", "Animals", before=first
    )
    third = build_pets(before=second)
    assert third.list_classes() == ["Pet"]
    assert third.list_methods() == ["pets.list_pets"]
    assert third.list_aliases() == []
    fourth = build_pets(
        "Animal", "/shop/pets/{id}", "findPets", "Animals", before=third
    )
    assert fourth.list_classes() == ["Animal"]
    assert fourth.list_methods() == ["animals.find_pets"]
