"""Which files of other hosts a reference may lead to.

In: an address and the hosts that were named on the command line. Out: a `Target`, taken
apart and in one spelling. Nothing is fetched here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from flexprice_codegen.diagnostics import DiagnosticError, build_error

_HTTPS = 443
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?")
_IN_A_PATH = "/%:=&?~+!$,;'@()*[]-._"


@dataclass(frozen=True, slots=True)
class RemoteAddress:
    """An address, taken apart: what to connect to, and what to ask there."""

    host: str
    port: int
    path: str

    @property
    def address(self) -> str:
        """Give the address in one spelling."""
        port = "" if self.port == _HTTPS else f":{self.port}"
        return f"https://{self.host}{port}{self.path}"


def parse_remote_address(address: str, hosts: frozenset[str]) -> RemoteAddress:
    """Take an address apart; what may not be fetched is refused.

    Raises:
        DiagnosticError: `remote-reference`.
    """
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").lower()
        port = parts.port or _HTTPS
    except ValueError:
        raise build_rejected_address_error(
            address, "is no address", "write https://HOST/PATH"
        ) from None
    if parts.scheme.lower() != "https" or not _HOST.fullmatch(host):
        raise build_rejected_address_error(
            address, "is not an https address", "write https://HOST/PATH"
        )
    if "@" in parts.netloc:
        hint = "put the file beside the document and refer to it by its path"
        raise build_rejected_address_error(address, "holds credentials", hint)
    named = host if port == _HTTPS else f"{host}:{port}"
    if named not in hosts:
        raise build_rejected_address_error(
            address,
            "leads to another host",
            "put the file beside the document and refer to it by its path, or "
            f"trust the host with --allow-remote-refs {named}",
        )
    query = f"?{parts.query}" if parts.query else ""
    return RemoteAddress(
        host, port, quote((parts.path or "/") + query, safe=_IN_A_PATH)
    )


def build_rejected_address_error(address: str, why: str, hint: str) -> DiagnosticError:
    """Make the fault for an address that is not fetched from."""
    return build_error(
        "remote-reference", f"the reference {address!r:.200} {why}", hint=hint
    )


def is_remote(resource: str) -> bool:
    """Tell whether a resource is on another host."""
    return resource.startswith("https://")
