"""Base URLs with variables."""

from __future__ import annotations

import pytest

from flexprice_codegen.runtime.server_urls import ServerTemplate

TEMPLATE = ServerTemplate(
    "https://{tenant}.example.com:{port}/{base}",
    {"tenant": "demo", "port": "443", "base": "v1"},
    {"port": ("443", "8443")},
)


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ({}, "https://demo.example.com:443/v1"),
        ({"tenant": None, "other": "x"}, "https://demo.example.com:443/v1"),
        ({"tenant": "acme", "port": "8443"}, "https://acme.example.com:8443/v1"),
        ({"base": "a/b"}, "https://demo.example.com:443/a/b"),
        ({"base": ""}, "https://demo.example.com:443/"),
    ],
)
def test_what_is_not_given_has_its_default(
    given: dict[str, str | None], url: str
) -> None:
    assert TEMPLATE.fill(given) == url


@pytest.mark.parametrize(
    "value", ["evil.com/", "evil.com?", "evil.com#", "a@evil.com", "evil.com\\", "a b"]
)
def test_a_part_of_a_host_leads_to_no_other_host(value: str) -> None:
    with pytest.raises(ValueError, match=r"tenant: .* cannot be part of a host name"):
        TEMPLATE.fill({"tenant": value})


def test_a_listed_variable_has_no_other_value() -> None:
    with pytest.raises(ValueError, match="port: '80' is not one of 443, 8443"):
        TEMPLATE.fill({"port": "80"})
