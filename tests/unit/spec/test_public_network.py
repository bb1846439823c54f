"""Which addresses are of the public net."""

from __future__ import annotations

from ipaddress import ip_address

import pytest

from flexprice_codegen.spec.public_network import is_public


@pytest.mark.parametrize("address", ["2606:4700::1111", "93.184.215.14", "8.8.8.8"])
def test_the_public_net_is_public(address: str) -> None:
    assert is_public(ip_address(address))
