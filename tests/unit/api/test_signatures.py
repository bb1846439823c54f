"""The hint that says how deliveries are signed."""

from __future__ import annotations

import pytest
from support.documents import document, read_api

from flexprice_codegen.api.model import SignatureScheme
from flexprice_codegen.diagnostics import DiagnosticError

STRIPE = {
    "header": "Stripe-Signature",
    "signed": "{timestamp}.{body}",
    "prefix": "v1=",
    "timestamp": "t=",
}


def read(hint: object) -> SignatureScheme | None:
    """Read the hint of a document."""
    return read_api({**document(), "x-codegen": {"signature": hint}}).signature


def test_a_document_without_the_hint_has_the_standard() -> None:
    assert read_api(document()).signature is None


def test_the_hint_says_header_content_and_form() -> None:
    assert read({"header": "X-Sign"}) == SignatureScheme(header="X-Sign")
    assert read(STRIPE) == SignatureScheme(**STRIPE)


@pytest.mark.parametrize(
    ("hint", "said"),
    [
        ("X-Sign", "names no header"),
        ({}, "names no header"),
        ({"header": "X-Sign", "digest": "sha1"}, "'sha1', which is not sha256"),
        ({"header": "X-Sign", "encoding": "ascii85"}, "which is not hex, base64"),
        ({"header": "X-Sign", "signed": "{timestamp}"}, "must sign {body}"),
        ({"header": "X-Sign", "signed": "{body}{body}"}, "must sign {body}"),
        ({"header": "X-Sign", "timestamp": "X-Time"}, "or neither"),
        ({"header": "X-Sign", "signed": "{timestamp}.{body}"}, "or neither"),
        ({"header": "X-Sign", "prefix": 1}, "no text for 'prefix'"),
        ({"header": "X-Sign", "secret": "x"}, "no member 'secret'"),
    ],
)
def test_what_is_unknown_or_not_safe_is_refused(hint: object, said: str) -> None:
    with pytest.raises(DiagnosticError) as info:
        read(hint)
    (fault,) = info.value.diagnostics
    assert fault.code == "signature-hint"
    assert said in fault.message
