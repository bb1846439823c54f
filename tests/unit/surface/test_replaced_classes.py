"""The schema that is now where a former version had a class of its own."""

from __future__ import annotations

import pytest
from support.documents import TEXT, Json, document, read_api, record, ref

from flexprice_codegen.surface.replaced_classes import find_replacement

NULL: Json = {"type": "null"}
SCHEMAS: dict[str, Json] = {
    "Cat": record(
        name=TEXT,
        friend={"anyOf": [ref("Dog"), NULL]},
        friends={"type": "array", "items": {"anyOf": [ref("Dog"), NULL]}},
        by_name={"type": "object", "additionalProperties": ref("Dog")},
        pack=ref("Pack"),
        inner=record(friend=ref("Dog")),
    ),
    "Dog": record(age={"type": "integer"}),
    "Pack": {"type": "array", "items": ref("Dog")},
}
API = read_api(document({}, schemas=SCHEMAS))


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
def test_the_schema_at_the_place_is_found(key: str) -> None:
    assert find_replacement(API, {"Tom": "Cat"}, key) == "Dog"


@pytest.mark.parametrize(
    "key",
    [
        "Cat > name",
        "Cat > gone",
        "Cat > friend > []",
        "Cat > friend > age",
        "Bird > friend",
        "GET /cats > 200",
        "Cat",
    ],
)
def test_a_place_without_a_schema_of_its_own_has_none(key: str) -> None:
    assert find_replacement(API, {}, key) is None
