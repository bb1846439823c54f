"""Each finding of the wire says where a caller of the client meets it."""

from __future__ import annotations

import pytest
from support.comparing import compare
from support.documents import Json, document, operation, parameter, record

from flexprice_codegen.diff.grouping.sides import get_parts_on_side
from flexprice_codegen.diff.rules.severity import Side

PET = record(name="string", kind={"type": "string", "enum": ["cat", "dog"]})


def of(pet: Json = PET, query: Json | None = None, *, deprecated: bool = False) -> Json:
    parameters = [parameter("limit", schema=query or {"type": "integer"})]
    paths = {
        "/pets": {
            "post": operation(
                "add_pet", "Pet", "Pet", parameters=parameters, deprecated=deprecated
            )
        }
    }
    return document(paths, {"Pet": pet})


def list_places(old: Json, new: Json) -> set[tuple[str, str]]:
    """Return rule and Python name of all that is told of the wire."""
    return {
        (part.rule, part.python)
        for each in compare(old, new).findings
        for part in get_parts_on_side(each, Side.WIRE)
    }


SHORT = {"type": "string", "maxLength": 5}


@pytest.mark.parametrize(
    ("new", "rule", "python"),
    [
        (of({**PET, "minProperties": 1}), "request-body-min-properties-set", "models.Pet"),
        (
            of(record(name=SHORT, kind=PET["properties"]["kind"])),
            "request-property-max-length-set",
            "models.Pet.name",
        ),
        (
            of(query={"type": "integer", "maximum": 5}),
            "request-parameter-max-set",
            "client.things.add_pet(limit)",
        ),
        (of(record(**PET["properties"], age="integer")), "new-optional-request-property", "models.Pet.age"),
        (of(deprecated=True), "endpoint-deprecated", "client.things.add_pet"),
        ({**of(), "servers": []}, "server-removed", "Shop"),
    ],
)  # fmt: skip
def test_the_nearest_name_is_told(new: Json, rule: str, python: str) -> None:
    assert (rule, python) in list_places(of(), new)


def test_no_finding_of_the_wire_is_without_a_name() -> None:
    gone = document({"/x": {"get": operation("other")}})
    for old, new in ((of(), gone), (gone, of())):
        places = list_places(old, new)
        assert places
        assert all(python for _, python in places)
