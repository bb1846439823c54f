"""The words for operations, which their inline schemas begin with."""

from __future__ import annotations

from typing import Any

from support.surfaces import build_client


def answer(id_: str, tag: str, **statuses: str) -> dict[str, Any]:
    """Return an operation whose responses have one property each."""
    return {
        "operationId": id_,
        "tags": [tag],
        "responses": {
            status.removeprefix("s"): {
                "description": "It.",
                "content": {
                    "application/json": {
                        "schema": {
                            "type": "object",
                            "properties": {wire: {"type": "string"}},
                        }
                    }
                },
            }
            for status, wire in statuses.items()
        },
    }


def test_a_method_with_a_name_of_one_word_needs_its_group() -> None:
    client = build_client(
        {
            "/cats": {"get": answer("cats:load", "cats", s200="cat")},
            "/dogs": {"get": answer("loadDogs", "dogs", s200="dog")},
            "/owls": {"get": answer("owls:loadAll", "owls", s200="owl")},
        }
    )
    assert client.list_classes() == [
        "CatsLoadResponse", "LoadAllResponse", "LoadDogsResponse",
    ]  # fmt: skip


def test_so_do_methods_with_the_same_name() -> None:
    client = build_client(
        {
            "/cats": {"get": answer("cats:loadAll", "cats", s200="cat")},
            "/owls": {"get": answer("owls:loadAll", "owls", s200="owl")},
        }
    )
    assert client.list_classes() == ["CatsLoadAllResponse", "OwlsLoadAllResponse"]


def test_responses_are_named_after_their_status() -> None:
    """The first success is the response, and `default` the error beside it."""
    both = answer("a", "x", s202="a", s201="b", s404="c", default="d")
    lone = answer("b", "x", default="e")
    client = build_client({"/a": {"get": both}, "/b": {"get": lone}})
    assert client.list_classes() == [
        "AError", "AResponse", "AResponse202", "AResponse404", "BResponse",
    ]  # fmt: skip
