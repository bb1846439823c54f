"""Bodies and responses: media types, statuses, headers, encodings."""

from __future__ import annotations

import pytest
from support.documents import (
    TEXT,
    content,
    document,
    operation,
    read_api,
    record,
)

from flexprice_codegen.api.model import ApiOperation
from flexprice_codegen.diagnostics import DiagnosticSink


def read(sink: DiagnosticSink | None = None, **members: object) -> ApiOperation:
    (found,) = read_api(document({"/a": {"post": operation(**members)}}), sink).operations  # type: ignore[arg-type]
    return found


@pytest.mark.parametrize(
    ("written", "status"),
    [("200", "200"), ("2xx", "2XX"), ("Default", "default"), ("4XX", "4XX")],
)
def test_a_status_has_one_spelling(written: str, status: str) -> None:
    found = read(responses={written: {"description": ""}})
    assert [each.status for each in found.responses] == [status]


def test_a_wrong_status_costs_its_response_only() -> None:
    sink = DiagnosticSink()
    found = read(
        sink, responses={"ok": {"description": ""}, "204": {"description": ""}}
    )
    assert [each.status for each in found.responses] == ["204"]
    assert [each.code for each in sink.diagnostics] == ["status"]


def test_contents_keep_their_order_and_how_they_are_written() -> None:
    both = {**content(TEXT, "text/plain; charset=utf-8"), **content(record(a="string"))}
    found = read(requestBody={"required": True, "content": both})
    assert found.body is not None
    assert found.body.required
    assert [(each.media, each.written) for each in found.body.contents] == [
        ("text/plain", "text/plain; charset=utf-8"),
        ("application/json", "application/json"),
    ]


def test_headers_are_read_but_not_those_of_every_response() -> None:
    headers = {
        "X-Left": {"schema": TEXT, "required": True},
        "Content-Type": {"schema": TEXT},
    }
    found = read(responses={"200": {"description": "", "headers": headers}})
    (header,) = found.responses[0].headers
    assert (header.wire, header.required) == ("X-Left", True)


def test_parts_of_a_form_have_encodings() -> None:
    form = {
        "schema": record(a="string"),
        "encoding": {"a": {"contentType": "image/png"}},
    }
    found = read(requestBody={"content": {"multipart/form-data": form}})
    assert found.body is not None
    (encoding,) = found.body.contents[0].encodings
    assert (encoding.property, encoding.media) == ("a", "image/png")
