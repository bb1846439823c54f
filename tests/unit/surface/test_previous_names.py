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


def build_chats(
    *names: str,
    path: str = "/chats/{id}",
    before: NamedClient | None = None,
    hint: str = "",
) -> NamedClient:
    """Build a client whose operation can stream, with others of some names.

    Args:
        names: The names of the operations, the one that can stream first.
        path: Its path.
        before: The client of an earlier version.
        hint: The name that a hint gives it.
    """
    schema = {"schema": {"type": "object", "properties": {"text": TEXT}}}
    contents = {"application/json": schema, "text/event-stream": schema}
    first, *others = names
    operation: dict[str, Any] = {
        "operationId": first,
        "tags": ["talks"],
        "parameters": [{"name": "id", "in": "path", "required": True, "schema": TEXT}],
        "responses": {"200": {"description": "It.", "content": contents}},
    }
    if hint:
        operation["x-codegen"] = {"name": hint}
    paths = {path: {"post": operation}} | {
        f"/other/{name}": {
            "get": {
                "operationId": name,
                "tags": ["talks"],
                "responses": {"204": {"description": "Nothing."}},
            }
        }
        for name in others
    }
    return build_client(paths, before=before)


def get_stream(client: NamedClient) -> str:
    """Return the name of the second method of the operation that can stream."""
    (name,) = (
        method.streaming.method.name
        for resource in client.surface.resources
        for method in resource.methods
        if method.streaming is not None
    )
    return name


def test_the_second_method_of_a_stream_keeps_its_name_from_a_newer_operation() -> None:
    before = build_chats("ask")
    assert get_stream(before) == "ask_stream"
    assert get_stream(build_chats("ask", "ask_stream")) == "ask_stream_2"
    after = build_chats("ask", "ask_stream", before=before)
    assert get_stream(after) == "ask_stream"
    assert after.list_methods() == ["talks.ask", "talks.get_other_ask_stream"]


def test_the_second_method_of_a_stream_keeps_its_numbered_name() -> None:
    before = build_chats("ask", "ask_stream")
    after = build_chats("ask", before=before)
    assert get_stream(after) == "ask_stream_2"


def test_the_second_method_of_a_stream_keeps_its_name_where_the_first_is_renamed() -> (
    None
):
    before = build_chats("ask")
    moved = build_chats("talk", path="/v2/chats/{id}", before=before)
    assert moved.list_methods() == ["talks.talk"]
    assert get_stream(moved) == "ask_stream"
    hinted = build_chats("ask", hint="say", before=before)
    assert get_stream(hinted) == "ask_stream"
