"""Which addresses are of the public net."""

from __future__ import annotations

from ipaddress import ip_address

import pytest

from flexprice_codegen.spec.public_network import is_public


@pytest.mark.parametrize("address", ["2606:4700::1111", "93.184.215.14", "8.8.8.8"])
def test_the_public_net_is_public(address: str) -> None:
    assert is_public(ip_address(address))


def test_an_address_of_one_interface_is_not_public() -> None:
    """A link of this machine leads there, wherever the address is routed elsewhere."""
    assert is_public(ip_address("2606:4700::1111"))
    assert not is_public(ip_address("2606:4700::1111%eth0"))


@pytest.mark.parametrize("prefix", ["64:ff9b::", "::ffff:"])
def test_an_address_inside_another_decides(prefix: str) -> None:
    assert is_public(ip_address(f"{prefix}8.8.8.8"))
    assert not is_public(ip_address(f"{prefix}127.0.0.1"))
    assert not is_public(ip_address(f"{prefix}10.0.0.1"))


def test_no_multicast_address_is_public() -> None:
    """`is_global` alone accepts them."""
    assert ip_address("ff0e::1").is_global
    assert not is_public(ip_address("ff0e::1"))
    assert not is_public(ip_address("224.0.1.1"))
