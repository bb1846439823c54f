"""Headers with secrets of the environment; no message has their values."""

from __future__ import annotations

import pytest

from flexprice_codegen.diagnostics import DiagnosticError
from flexprice_codegen.pipeline.headers import expand_headers

SECRETS = {"TOKEN": "s3cret", "TWO": "s3cret\nX: y", "EMPTY": ""}


def test_variables_are_replaced() -> None:
    given = {"Authorization": "Bearer $TOKEN", "X-Key": " ${TOKEN}-1 "}
    assert expand_headers(given, SECRETS) == {
        "Authorization": "Bearer s3cret",
        "X-Key": "s3cret-1",
    }


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("X-Key", "$GONE", "needs the environment variable GONE"),
        ("X-Key", "$EMPTY", "needs the environment variable EMPTY"),
        ("X-Key", "${TWO}", "invalid value of header X-Key"),
        ("X-Key", "s3crét", "invalid value of header X-Key"),
        ("X Key", "$TOKEN", "invalid header 'X Key'"),
        ("Host", "$TOKEN", "invalid header 'Host'"),
    ],
)
def test_what_cannot_be_sent_is_named_without_its_value(
    name: str, value: str, said: str
) -> None:
    with pytest.raises(DiagnosticError, match=said) as raised:
        expand_headers({name: value}, SECRETS)
    assert "s3cr" not in str(raised.value)
