"""Schemas of two versions that belong together whatever they are called."""

from __future__ import annotations

from support.comparing import compare_wire
from support.documents import Json, answering, document, read_api, ref

from flexprice_codegen.api.matching import match_apis
from flexprice_codegen.diff.wire.api_names import find_name_changes


def renamed(prefix: str) -> Json:
    schemas: Json = {
        f"{prefix}Customer": {
            "type": "object",
            "properties": {"plan": ref(f"{prefix}Plan")},
        },
        f"{prefix}Plan": {
            "type": "object",
            "properties": {"owner": ref(f"{prefix}Customer")},
        },
        f"{prefix}Color": {"type": "string", "enum": ["red", "blue"]},
        f"{prefix}Paint": {"type": "string", "enum": ["blue", "red"]},
    }
    whole = {
        "type": "object",
        "properties": {
            name: ref(name_) for name, name_ in zip("abcd", schemas, strict=True)
        },
    }
    return document({"/a": {"get": answering(whole)}}, schemas=schemas)


def test_schemas_of_another_name_are_found_again() -> None:
    old, new = renamed("dto."), renamed("")
    assert compare_wire(old, new) == ()
    before, after = read_api(old), read_api(new)
    found = match_apis(before, after).schemas
    names = ("Customer", "Plan", "Color", "Paint")
    assert {f"dto.{name}": name for name in names}.items() <= found.items()
    assert find_name_changes(before, after) == ()


def test_what_is_gone_is_not_found_again() -> None:
    old, new = renamed("dto."), document({"/a": {"get": answering({})}})
    before, after = read_api(old), read_api(new)
    assert not [
        key for key in match_apis(before, after).schemas if key.startswith("dto.")
    ]
    assert [each.rule for each in find_name_changes(before, after)] == [
        "api-schema-removed"
    ] * 4
