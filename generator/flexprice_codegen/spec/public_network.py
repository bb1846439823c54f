"""Connections to public addresses only.

In: a host and a port. Out: an open socket to one of its addresses. The connection goes
to the checked address itself, so a name that resolves differently the second time (DNS
rebinding) gains nothing.

Source: the IANA registries of special-purpose addresses, as `ipaddress` knows them; RFC
6052 §2.1, RFC 8215, RFC 4291 §2.5.5 and RFC 3056 for IPv4 inside IPv6.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Sequence
from dataclasses import field
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import TypeAlias

from flexprice_codegen.frozen_values import frozen_value

IpAddress: TypeAlias = IPv4Address | IPv6Address

# NAT64: the last 32 bits are an IPv4 address (RFC 6052 §2.1).
_TRANSLATED = IPv6Network("64:ff9b::/96")
# NAT64 of the local network (RFC 8215), which is never public.
_TRANSLATED_HERE = IPv6Network("64:ff9b:1::/48")
# NAT64 has the IPv4 address there (RFC 6052 §2.2).
_LOW_32_BITS = 0xFFFF_FFFF


class PrivateAddressError(OSError):
    """A host has an address that is not public."""


def _resolve_host(host: str, port: int) -> Sequence[str]:
    """Return the addresses of a host, each once."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def _connect_socket(address: str, port: int, seconds: float) -> socket.socket:
    return socket.create_connection((address, port), seconds)


@frozen_value
class Network:
    """Functions for name resolution, connections and TLS contexts."""

    resolve: Callable[[str, int], Sequence[str]] = _resolve_host
    connect: Callable[[str, int, float], socket.socket] = _connect_socket
    trust: Callable[[], ssl.SSLContext] = field(default=ssl.create_default_context)

    def open_connection(self, host: str, port: int, seconds: float) -> ssl.SSLSocket:
        """Connect to a host, and verify its certificate.

        Args:
            host: The host name.
            port: The port.
            seconds: The timeout for each connection attempt.

        Returns:
            A TLS socket to the first address that accepts the connection.

        Raises:
            PrivateAddressError: One of its addresses is not public.
            OSError: It has no address, none accepts the connection, or its certificate
                is invalid.
        """
        addresses = [ip_address(each) for each in self.resolve(host, port)]

        # All addresses are checked first: one private address makes the host
        # suspicious.
        for each in addresses:
            if not is_public(each):
                raise PrivateAddressError(f"{host} is {each}, which is not public")

        refusal: OSError = OSError(f"{host} has no address")
        for each in addresses:
            try:
                plain = self.connect(str(each), port, seconds)
                break
            except OSError as error:
                refusal = error
        else:
            raise refusal

        try:
            return self.trust().wrap_socket(plain, server_hostname=host)
        except BaseException:
            plain.close()
            raise


DEFAULT_NETWORK = Network()


def is_public(address: IpAddress) -> bool:
    """Return whether an address is public; an IPv4 address inside IPv6 decides."""
    if isinstance(address, IPv6Address):
        if address.scope_id is not None or address in _TRANSLATED_HERE:
            return False
        inner = _extract_ipv4(address)
        if inner is not None:
            return is_public(inner)

    # `is_global` alone accepts multicast, and its ranges differ between Python
    # versions.
    return address.is_global and not (
        address.is_private
        or address.is_loopback
        or address.is_link_local
        or address.is_multicast
        or address.is_reserved
        or address.is_unspecified
    )


def _extract_ipv4(address: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address inside an IPv6 address, or None."""
    if address in _TRANSLATED:
        return IPv4Address(int(address) & _LOW_32_BITS)
    return address.ipv4_mapped or address.sixtofour
