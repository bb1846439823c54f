"""A document that is generated again after another one gives the same client.

Two documents are drawn that differ in some of their names and contents. The client of
the first one, updated to the second and back, has the bytes that it had.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TypedDict

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from flexprice_codegen.cli.main import main
from flexprice_codegen.runtime.shapes import Value


class Choices(TypedDict):
    """What two documents can differ in."""

    schema: str
    operation: str
    path: str
    members: list[str]
    field: str
    more: bool


CHOICES = st.fixed_dictionaries(
    {
        "schema": st.sampled_from(["Coupon", "CouponResponse", "Voucher"]),
        "operation": st.sampled_from(["getCoupon", "readVoucher", "fetchIt"]),
        "path": st.sampled_from(["/coupons/{id}", "/v2/coupons/{id}"]),
        "members": st.sampled_from([["ON", "OFF"], ["LIVE", "OFF"], ["OPEN", "SHUT"]]),
        "field": st.sampled_from(["percent", "rate"]),
        "more": st.booleans(),
    }
)


def build_document(made: Choices) -> Value:
    """Return a document with one operation and two schemas."""
    text = {"type": "string"}
    state = {
        "type": "string",
        "enum": ["on", "off"],
        "x-enum-varnames": made["members"],
    }
    properties = {"id": text, "code": text, made["field"]: text, "state": state}
    if made["more"]:
        properties["note"] = text
    answer = {"$ref": f"#/components/schemas/{made['schema']}"}
    return {
        "openapi": "3.0.3",
        "info": {"title": "Shop", "version": "1"},
        "servers": [{"url": "https://a.example"}],
        "paths": {
            made["path"]: {
                "get": {
                    "operationId": made["operation"],
                    "tags": ["coupons"],
                    "parameters": [
                        {"name": "id", "in": "path", "required": True, "schema": text}
                    ],
                    "responses": {
                        "200": {
                            "description": "ok",
                            "content": {"application/json": {"schema": answer}},
                        }
                    },
                }
            }
        },
        "components": {
            "schemas": {made["schema"]: {"type": "object", "properties": properties}}
        },
    }


def generate(folder: Path, made: Choices) -> dict[str, bytes]:
    """Generate a client, and return its files without the lock file."""
    Path(folder, "api.json").write_text(json.dumps(build_document(made)), "utf-8")
    source, output = str(folder / "api.json"), folder / "client"
    assert main(["generate", source, "--output", str(output), "--quiet"]) == 0
    files = sorted(path for path in output.rglob("*") if path.is_file())
    return {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in files
        if not path.name.endswith(".lock.json")
    }


@pytest.mark.slow
@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],  # an example is small, and takes a fifth of a second
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(first=CHOICES, second=CHOICES)
def test_an_older_document_restores_its_client(
    tmp_path_factory: pytest.TempPathFactory, first: Choices, second: Choices
) -> None:
    folder = tmp_path_factory.mktemp("client")
    before = generate(folder, first)
    generate(folder, second)
    after = generate(folder, first)
    different = {path for path in before if after.get(path) != before[path]}
    assert different | (after.keys() - before.keys()) == set()
