"""Operations, and the JSON that they carry."""

from __future__ import annotations

from decimal import Decimal

from support.loopback import Loopback, send_body

from flexprice_codegen.runtime.operation import json_body


def test_json_goes_out_with_its_media_type(server: Loopback) -> None:
    received = send_body(server, json_body({"a": Decimal("1.10")}))
    assert received.body == b'{"a":"1.10"}'
    assert received.headers["content-type"] == "application/json"
    patch = json_body({}, "application/merge-patch+json")
    assert patch.media_type == "application/merge-patch+json"
