"""What is now where a former version had a class of its own."""

from __future__ import annotations

import pytest
from support.documents import (
    TEXT,
    Json,
    document,
    operation,
    read_api,
    record,
    ref,
)

from flexprice_codegen.api.types import Map, Nullable, String
from flexprice_codegen.surface.renames import NO_RENAMES, RenamedKeys
from flexprice_codegen.surface.replaced_classes import replace_classes

NULL: Json = {"type": "null"}
LABELS: Json = {"type": "object", "additionalProperties": TEXT}
SCHEMAS: dict[str, Json] = {
    "Cat": record(
        name=TEXT,
        friend={"anyOf": [ref("Dog"), NULL]},
        friends={"type": "array", "items": {"anyOf": [ref("Dog"), NULL]}},
        by_name={"type": "object", "additionalProperties": ref("Dog")},
        pack=ref("Pack"),
        inner=record(friend=ref("Dog")),
        labels={"anyOf": [LABELS, NULL]},
        tags={"anyOf": [ref("Tags"), NULL]},
    ),
    "Dog": record(age={"type": "integer"}),
    "Pack": {"type": "array", "items": ref("Dog")},
    "Tags": LABELS,
}
API = read_api(
    document(
        {"/tags": {"get": operation("getTags", {"anyOf": [LABELS, NULL]})}},
        schemas=SCHEMAS,
    )
)
MOVED = RenamedKeys({"Tom": "Cat"}, {"GET /labels": "GET /tags"})


@pytest.mark.parametrize(
    "key",
    [
        "Cat > friend",
        "Cat > friends > []",
        "Cat > by_name > {}",
        "Cat > pack > []",
        "Pack > []",
        "Cat > inner > friend",
        "Tom > friend",
    ],
)
def test_a_class_at_the_place_gets_the_alias(key: str) -> None:
    found = replace_classes([("Former", key)], API, MOVED)

    (alias,) = found.classes
    assert (alias.kind, alias.name, alias.key) == ("class", "Former", "Dog")
    assert not found.types


@pytest.mark.parametrize(
    ("key", "place"),
    [
        ("Cat > labels", "Cat > labels"),
        ("Tom > labels", "Cat > labels"),
        ("GET /tags > 200", "GET /tags > 200"),
        ("GET /labels > 200", "GET /tags > 200"),
    ],
)
def test_a_type_without_a_class_is_the_alias(key: str, place: str) -> None:
    found = replace_classes([("Former", key)], API, MOVED)

    ((alias, type_),) = found.types
    assert (alias.kind, alias.name, alias.key) == ("type", "Former", place)
    assert isinstance(type_, Nullable)
    assert isinstance(type_.inner, Map)
    assert not found.classes


def test_a_schema_without_a_class_is_a_type() -> None:
    found = replace_classes([("Former", "Cat > tags")], API, NO_RENAMES)

    ((alias, _),) = found.types
    assert alias.kind == "type"


def test_the_rest_of_what_is_there_now_is_a_type_too() -> None:
    found = replace_classes([("Former", "Cat > name")], API, NO_RENAMES)

    assert [isinstance(type_, String) for _, type_ in found.types] == [True]


@pytest.mark.parametrize(
    "key",
    [
        "Cat > gone",
        "Cat > friend > []",
        "Cat > friend > weight",
        "Bird > friend",
        "GET /cats > 200",
    ],
)
def test_a_place_that_is_gone_has_no_alias(key: str) -> None:
    found = replace_classes([("Former", key)], API, NO_RENAMES)

    assert not found.classes
    assert not found.types
