"""The hints about retries, and what is said of those that nobody understands."""

from __future__ import annotations

import pytest
from support.documents import TEXT, document, operation, read_surface, record
from support.values import Value

from flexprice_codegen.diagnostics import DiagnosticSink
from flexprice_codegen.surface.model import Method


def read(sink: DiagnosticSink, **hints: Value) -> Method:
    """Return the method of a POST with hints."""
    asked = operation("search", None, record(a=TEXT)) | {"x-codegen": hints}
    (resource,) = read_surface(
        document({"/things": {"post": asked}}), sink=sink
    ).resources
    return resource.methods[0]


def told(sink: DiagnosticSink) -> list[str]:
    """Return what is said of the hints."""
    return [each.message for each in sink.diagnostics if each.code == "retry-hint"]


@pytest.mark.parametrize(
    ("hints", "safe", "unprocessed"),
    [
        ({}, False, False),
        ({"safe": True}, True, False),
        ({"safe": False}, False, False),
        ({"rate-limit": "unprocessed"}, False, True),
        ({"safe": True, "rate-limit": "unprocessed"}, True, True),
    ],
)
def test_hints_say_what_may_be_sent_again(
    hints: Value, *, safe: bool, unprocessed: bool
) -> None:
    sink = DiagnosticSink()
    method = read(sink, **hints)
    assert (method.safe, method.unprocessed_429) == (safe, unprocessed)
    assert not told(sink)


@pytest.mark.parametrize(
    "hints", [{"safe": "yes"}, {"safe": 1}, {"rate-limit": True}, {"rate-limit": "429"}]
)
def test_a_hint_of_another_form_is_a_warning_and_no_retry(hints: Value) -> None:
    sink = DiagnosticSink()
    method = read(sink, **hints)
    assert not method.safe
    assert not method.unprocessed_429
    assert len(told(sink)) == 1
