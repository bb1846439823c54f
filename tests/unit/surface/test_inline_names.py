"""Names of inline classes: what their sites have in common, and no longer than needed."""

from __future__ import annotations

from typing import Any

import pytest
from support.surfaces import NamedClient, build_client

from flexprice_codegen.surface.inline_names import join_words

TEXT = {"type": "string"}
KIND = {"type": "string", "enum": ["a", "b"]}


def record(**properties: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    """Return an object."""
    return {"type": "object", "properties": properties}


def send(id_: str, schema: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    """Return an operation with a request body."""
    return {
        "post": {
            "operationId": id_,
            "tags": ["x"],
            "requestBody": {"content": {"application/json": {"schema": schema}}},
            "responses": {"204": {"description": "Done."}},
        }
    }


def list_names(*ids: str, wire: str, schema: Any) -> set[str]:  # noqa: ANN401 - JSON
    """Return the classes of operations with one property, besides their bodies."""
    client = build_client(
        {f"/{id_}": send(id_, record(**{wire: schema, id_: TEXT})) for id_ in ids}
    )
    return {name for name in client.list_classes() if not name.endswith("Body")}


@pytest.mark.parametrize("schema", [KIND, record(a=TEXT)])
def test_a_shared_class_is_named_after_what_its_sites_have_in_common(
    schema: Any,  # noqa: ANN401 - JSON
) -> None:
    found = list_names("createRoom", "updateRoom", wire="type", schema=schema)
    assert found == {"RoomType"}
    # Neither `Type` of `a` nor of `b` is better.
    assert list_names("a", "b", wire="type", schema=schema) == {"Type"}
    found = list_names("createRoom", "updateRoom", wire="roomType", schema=schema)
    assert found == {"RoomType"}


def test_it_is_never_named_after_a_single_operation() -> None:
    bodies = {
        "a": record(type=KIND, a=TEXT),
        "b": record(type=KIND, b=TEXT),
        "c": record(type={"enum": ["x", "y"]}, c=TEXT),
        "d": record(type={"enum": ["x", "y"]}, d=TEXT),
    }
    client = build_client({f"/{id_}": send(id_, body) for id_, body in bodies.items()})
    names = {name for name in client.list_classes() if not name.endswith("Body")}
    assert names == {"TypeEnum", "TypeEnum2"}


def test_several_that_want_one_name_have_that_of_their_paths() -> None:
    kinds = {
        "rooms": KIND,
        "guests": {"enum": ["x", "y"]},
        "keys": {"enum": ["z", "w"]},
    }
    bodies = {
        f"/v1/{name}/{id_}": send(f"{id_}{name}", record(type=kind, **{id_: TEXT}))
        for name, kind in kinds.items()
        for id_ in ("a", "b")
    }
    names = set(build_client(bodies).list_classes())
    assert {name for name in names if not name.endswith("Body")} == {
        "GuestsType",
        "KeysType",
        "RoomsType",
    }
    # Alone it needs no other name, and an earlier one stays.
    rooms = {path: item for path, item in bodies.items() if "rooms" in path}
    before = build_client(rooms)
    assert "Type" in before.list_classes()
    after = set(build_client(bodies, before=before).list_classes())
    assert {name for name in after if not name.endswith("Body")} == {
        "GuestsType",
        "KeysType",
        "Type",
    }


def test_variants_of_a_shared_union_have_words() -> None:
    union = {
        "anyOf": [
            record(kind={"const": "cat"}, a=TEXT),
            record(kind={"const": "dog"}, b=TEXT),
        ]
    }
    found = list_names("a", "b", wire="pet", schema=union)
    assert found == {"Pet", "PetCat", "PetDog"}


def test_words_in_the_middle_give_way() -> None:
    owner, middle, last = "Owner" * 5, "Middle" * 4, "Last" * 5
    assert join_words([owner, "Few", last]) == f"{owner}Few{last}"
    assert join_words([owner, middle, "Few", last]) == f"{owner}Few{last}"
    assert join_words([owner * 2, middle, last]) == last
    assert join_words([last * 5]) == last * 5


def call(**schemas: Any) -> NamedClient:  # noqa: ANN401 - JSON
    """Return a client of operations with bodies that have one property each."""
    return build_client(
        {f"/{id_}": send(id_, record(part=schema)) for id_, schema in schemas.items()},
        {"TakenName": record(a=TEXT)},
    )


def titled(title: str, wire: str = "a") -> dict[str, Any]:
    return record(**{wire: TEXT}) | {"title": title}


@pytest.mark.parametrize("title", ["DocumentUpload", "CountryAlpha2", "HTTPError"])
def test_a_title_that_is_the_name_of_a_class_is_its_name(title: str) -> None:
    names = call(send=titled(title)).list_classes()
    assert set(names) == {"SendBody", "TakenName", title}


@pytest.mark.parametrize(
    "title",
    [
        "Part",
        "part",
        "Upload",
        "Document Upload",
        "Response Send Document Send Post",
        "document_upload",
        "documentUpload",
        "Body_send_post",
        "A document that is sent.",
        "OpenStrEnum",
        "TakenName",
        "DocumentUpload" * 5,
        "",
    ],
)
def test_any_other_title_is_prose(title: str) -> None:
    assert call(send=titled(title)).list_classes() == [
        "SendBody",
        "SendBodyPart",
        "TakenName",
    ]


def test_a_title_that_repeats_the_property_is_no_name() -> None:
    client = build_client({"/a": send("a", record(org_id=titled("OrgId")))})
    assert client.list_classes() == ["ABody", "ABodyOrgId"]


def test_a_title_of_two_classes_is_the_name_of_none() -> None:
    one, two = titled("DocumentUpload"), titled("DocumentUpload", "b")
    assert call(a=one, b=two).list_classes() == [
        "ABody",
        "ABodyPart",
        "BBody",
        "BBodyPart",
        "TakenName",
    ]
    # Equal schemas are one class, which has the title.
    assert "DocumentUpload" in call(a=one, b=one).list_classes()


def test_a_name_of_an_earlier_run_stays_when_a_title_comes() -> None:
    before = build_client({"/a": send("a", record(part=record(a=TEXT)))})
    paths = {"/a": send("a", record(part=titled("DocumentUpload")))}
    after = build_client(paths, before=before)
    assert after.list_classes() == ["ABody", "ABodyPart"]
