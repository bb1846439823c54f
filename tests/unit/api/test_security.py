"""Security: which schemes a client can use, and which of them an operation needs."""

from __future__ import annotations

import pytest
from support.documents import DONE, Json, document, read_api

from flexprice_codegen.api.model import ApiKeyScheme, HttpScheme, Security
from flexprice_codegen.diagnostics import DiagnosticSink

KEY: Json = {"type": "apiKey", "in": "header", "name": "X-Key"}
BEARER: Json = {"type": "http", "scheme": "Bearer", "bearerFormat": "JWT"}
DIGEST: Json = {"type": "http", "scheme": "digest"}
SCHEMES: Json = {"key": KEY, "bearer": BEARER, "digest": DIGEST}


def guarded(security: object, sink: DiagnosticSink | None = None) -> Security:
    """Return the alternatives of an operation with this `security`."""
    operation = {"responses": DONE, "security": security}
    spec = document({"/a": {"get": operation}}, components={"securitySchemes": SCHEMES})
    (found,) = read_api(spec, sink).operations
    return found.security


def test_keys_and_tokens_are_read_and_what_no_client_can_use_is_skipped() -> None:
    sink = DiagnosticSink()
    spec = document(components={"securitySchemes": SCHEMES})
    key, bearer = read_api(spec, sink).schemes
    assert isinstance(key, ApiKeyScheme)
    assert (key.location, key.name) == ("header", "X-Key")
    assert isinstance(bearer, HttpScheme)
    assert (bearer.scheme, bearer.bearer_format) == ("bearer", "JWT")
    assert [each.code for each in sink.diagnostics] == ["security-scheme"]


def test_all_schemes_are_declared_for_comparing_versions() -> None:
    declared = read_api(
        document(components={"securitySchemes": SCHEMES})
    ).declared_schemes
    assert [each.key for each in declared] == ["key", "bearer", "digest"]
    assert ("scheme", "digest") in declared[2].facts


@pytest.mark.parametrize(
    ("security", "alternatives"),
    [
        ([], ()),
        ([{"key": []}], (("key",),)),
        ([{"key": [], "bearer": []}, {}], (("key", "bearer"), ())),
        ([{"key": []}, {"digest": []}], (("key",),)),
    ],
)
def test_an_operation_has_the_alternatives_that_a_client_can_use(
    security: object, alternatives: Security
) -> None:
    assert guarded(security) == alternatives
