"""Addresses of files of other hosts."""

from __future__ import annotations

from flexprice_codegen.spec.remote_address import parse_remote_address

HOSTS = frozenset({"specs.example", "other.example"})


def test_a_path_is_sent_as_an_address_may_be_written() -> None:
    target = parse_remote_address(
        'https://specs.example/a b\u00e9\n/../%2e%2e/c?d="e', HOSTS
    )
    assert target.path == "/a%20b%C3%A9/../%2e%2e/c?d=%22e"
