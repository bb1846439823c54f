"""Names in a document: what is said of them apart from the wire."""

from __future__ import annotations

from support.comparing import compare_wire
from support.documents import DONE, Json, document, read_api

from flexprice_codegen.diff.wire.api_names import find_name_changes


def test_names_are_told_apart_from_the_wire() -> None:
    def of(**facts: object) -> Json:
        return document({"/a": {"get": {"responses": DONE, **facts}}})

    old = of(operationId="listAll", tags=["a", "b"])
    new = of(operationId="list", tags=["b", "c"])
    assert compare_wire(old, new) == ()
    found = find_name_changes(read_api(old), read_api(new))
    assert [(each.rule, each.before, each.after) for each in found] == [
        ("api-operation-id-removed", "listAll", "list"),
        ("api-tag-removed", "a", ""),
        ("api-tag-added", "", "c"),
    ]
    (added,) = find_name_changes(read_api(of()), read_api(of(operationId="x")))
    assert added.rule == "api-operation-id-added"
