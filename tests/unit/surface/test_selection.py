"""The classes and credentials that a selection needs, as they are in the whole client."""

from __future__ import annotations

from dataclasses import replace

from support.documents import document, operation, read_api, read_surface, record, ref

from flexprice_codegen.api.selection import select_api
from flexprice_codegen.config import Pattern, Selection
from flexprice_codegen.surface.selection import (
    iter_method_types,
    iter_needed_classes,
    select_credentials,
    select_used_classes,
)

KEY = {"type": "apiKey", "in": "header", "name": "X-Key"}
SPEC = document(
    {
        "/a": {"get": operation("getA", "A", security=[{"one": []}])},
        "/b": {"get": operation("getB", "B", security=[{"two": []}])},
    },
    components={
        "schemas": {
            "A": record(c=ref("C")),
            "B": record(x="string"),
            "C": record(a=ref("A")),
        },
        "securitySchemes": {"one": KEY, "two": {**KEY, "name": "X-Two"}},
    },
)


def test_only_what_is_reached_stays_and_nothing_of_it_changes() -> None:
    whole = read_surface(SPEC)
    (resource,) = whole.resources
    methods = tuple(each for each in resource.methods if each.name == "get_a")
    found = select_used_classes(
        whole.models, [replace(resource, methods=methods)], whole.events
    )
    assert {each.name for each in found} == {"A", "C"}
    assert all(each in whole.models for each in found)


def test_a_credential_stays_where_an_operation_uses_its_scheme() -> None:
    part = select_api(read_api(SPEC), Selection(operations=(Pattern("getB"),)))
    found = select_credentials(read_surface(SPEC).credentials, part)
    assert [each.scheme for each in found] == ["two"]


def test_a_method_and_a_class_name_what_they_need() -> None:
    whole = read_surface(SPEC)
    a = next(each for each in whole.models if each.name == "A")
    assert list(iter_needed_classes(a)) == ["C"]
    assert list(iter_method_types(whole.resources[0].methods[0]))
