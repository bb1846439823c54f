"""Places of the parts of an operation: of its own, or of a component that it shares."""

from __future__ import annotations

from flexprice_codegen.diagnostics import Origin
from flexprice_codegen.diff.wire.locations import (
    create_edit_location,
    is_declared_by_path,
)


def test_a_part_among_the_components_has_one_place_for_all() -> None:
    origin = Origin("", "/components/responses/Not~1Found")
    found = create_edit_location("GET /a 404 response", "GET /a 404", origin, None)
    assert found.path == "components/responses/Not~1Found"
    assert found.name == "Not~1Found"


def test_any_other_part_has_its_own() -> None:
    for pointer in ("/paths/~1a/get/responses/404", "/components/schemas/A", "/components/responses/A/content"):  # fmt: skip
        found = create_edit_location("p", "n", None, Origin("", pointer))
        assert (found.path, found.name) == ("p", "n")
    other = create_edit_location(
        "p", "n", None, Origin("x.yaml", "/components/responses/A")
    )
    assert other.path == "p"


def test_a_parameter_may_stand_beside_the_operations() -> None:
    assert is_declared_by_path(Origin("", "/paths/~1a/parameters/0"))
    assert not is_declared_by_path(Origin("", "/paths/~1a/get/parameters/0"))
