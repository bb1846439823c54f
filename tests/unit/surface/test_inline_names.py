"""Names of inline classes: what their sites have in common, and no longer than needed."""

from __future__ import annotations

from typing import Any

import pytest
from support.surfaces import build_client

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


def test_words_in_the_middle_give_way() -> None:
    owner, middle, last = "Owner" * 5, "Middle" * 4, "Last" * 5
    assert join_words([owner, "Few", last]) == f"{owner}Few{last}"
    assert join_words([owner, middle, "Few", last]) == f"{owner}Few{last}"
    assert join_words([owner * 2, middle, last]) == last
    assert join_words([last * 5]) == last * 5
