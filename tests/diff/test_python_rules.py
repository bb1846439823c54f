"""Each rule about Python fires on a case that names it.

Those that the tests of their own modules fire are known by their ids there.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from support.comparing import compare
from support.documents import TEXT, Json, document, operation, read_surface, record

from flexprice_codegen.diff.grouping.sides import get_parts_on_side
from flexprice_codegen.diff.rules.ids.python import PYTHON
from flexprice_codegen.diff.rules.severity import Side
from flexprice_codegen.diff.source.compare_surfaces import compare_surfaces
from flexprice_codegen.surface.model import ModelClass

TESTS = Path(__file__).parent.parent / "unit" / "diff"
EITHER: Json = {"type": ["string", "integer"]}


def sending(schema: Json | None, *, required: bool = True) -> Json:
    body = {"required": required, "content": {"application/json": {"schema": schema}}}
    called = operation() if schema is None else operation(requestBody=body)
    return document({"/a": {"post": called}})


def returning(schema: Json) -> Json:
    return document({"/a": {"get": operation(answer=schema)}})


def secured(**scheme: str) -> Json:
    made = returning(TEXT) | {"security": [{"Auth": []}]}
    made["components"]["securitySchemes"] = {"Auth": scheme}
    return made


def served(*names: str) -> Json:
    servers = [{"url": f"https://{each}", "description": each} for each in names]
    return returning(TEXT) | {"servers": servers}


def with_class(schema: Json) -> Json:
    holder = record(x={"$ref": "#/components/schemas/Kind"})
    paths = {"/a": {"get": operation(answer="Holder")}}
    return document(paths, {"Holder": holder, "Kind": schema})


def with_events(*names: str) -> Json:
    hooks = {
        name: {
            "post": {
                "requestBody": {
                    "content": {
                        "application/json": {"schema": record(["e"], e={"const": name})}
                    }
                },
                "responses": {"200": {"description": "ok"}},
            }
        }
        for name in names
    }
    return document({}, webhooks=hooks)


CASES: dict[str, tuple[Json, Json]] = {
    "server-name-added": (served("one"), served("one", "two")),
    "method-body-added": (sending(None), sending(TEXT, required=False)),
    "method-required-body-added": (sending(None), sending(TEXT)),
    "method-body-type-narrowed": (sending(EITHER), sending(TEXT)),
    "method-body-type-widened": (sending(TEXT), sending(EITHER)),
    "method-body-became-required": (sending(TEXT, required=False), sending(TEXT)),
    "method-body-became-optional": (sending(TEXT), sending(TEXT, required=False)),
    "return-type-narrowed": (returning(EITHER), returning(TEXT)),
    "return-type-widened": (returning(TEXT), returning(EITHER)),
    "class-kind-changed": (
        with_class(record(a="string")),
        with_class({"type": "string", "enum": ["a", "b"]}),
    ),
    "enum-base-changed": (
        with_class({"type": "string", "enum": ["1", "2"]}),
        with_class({"type": "integer", "enum": [1, 2]}),
    ),
    "server-name-removed": (served("one", "two"), served("one")),
    "method-added": (document(), returning(TEXT)),
    "class-use-changed": (
        with_class(record(a="string")),
        with_class(record(a="string"))
        | {"paths": {"/a": {"post": operation(body="Holder")}}},
    ),
    "api-schema-removed": (
        document({}, {"Gone": TEXT}),
        document({}, {}),
    ),
}


@pytest.mark.parametrize("id_", CASES)
def test_each_rule_fires_on_its_case(id_: str) -> None:
    old, new = CASES[id_]
    fired = {
        part.rule
        for each in compare(old, new).findings
        for part in get_parts_on_side(each, Side.SOURCE)
    }
    assert id_ in fired


def test_a_name_that_only_a_lock_decides_is_told_as_well() -> None:
    old = read_surface(secured(type="apiKey", name="x-key", **{"in": "header"}))
    (credential,) = old.credentials
    new = replace(old, credentials=(replace(credential, keyword="other"),))
    assert "credential-renamed" in {each.rule for each in compare_surfaces(old, new)}

    old = read_surface(with_events("a.made"))
    (row,) = old.events.rows
    events = replace(old.events, rows=(replace(row, constant="OTHER"),))
    (found,) = compare_surfaces(old, replace(old, events=events))
    assert found.rule == "event-constant-renamed"


def test_a_field_may_have_another_name_and_the_same_one_on_the_wire() -> None:
    old = read_surface(returning(record(a="string")))
    (model,) = old.models
    assert isinstance(model, ModelClass)
    renamed = replace(model, fields=(replace(model.fields[0], name="b"),))
    (found,) = compare_surfaces(old, replace(old, models=(renamed,)))
    assert found.rule == "field-renamed"


def test_every_rule_is_named_by_a_test() -> None:
    files = (*TESTS.rglob("*.py"), Path(__file__))
    texts = "".join(path.read_text(encoding="utf-8") for path in files)
    assert {id_ for id_ in PYTHON.values() if f'"{id_}"' not in texts} == set()
