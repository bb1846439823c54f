"""Files of other hosts that a reference may lead to.

In: a URL and the hosts that the command line allows. Out: a `RemoteAddress`, parsed and
normalized. Nothing is fetched here.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from flexprice_codegen.diagnostics import DiagnosticError, build_error
from flexprice_codegen.frozen_values import frozen_value

_HTTPS = 443
# ASCII only: an international host name has to be written in its `xn--` form.
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?")
# Characters that `quote` leaves as they are; `%` among them, so that nothing is escaped
# twice.
_IN_A_PATH = "/%:=&?~+!$,;'@()*[]-._"


@frozen_value
class RemoteAddress:
    """A parsed URL: the host and port to connect to, and the path to request."""

    host: str
    port: int
    path: str

    @property
    def address(self) -> str:
        """The normalized URL."""
        port = "" if self.port == _HTTPS else f":{self.port}"
        return f"https://{self.host}{port}{self.path}"


def parse_remote_address(address: str, hosts: frozenset[str]) -> RemoteAddress:
    """Parse a URL, and check that it may be fetched.

    Args:
        address: The URL of the reference.
        hosts: The allowed hosts, as HOST or HOST:PORT.

    Raises:
        DiagnosticError: `remote-reference`, without a location.
    """
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").lower()
        port = parts.port or _HTTPS
    except ValueError:
        raise build_rejected_address_error(
            address, "is not a URL", "use https://HOST/PATH"
        ) from None

    if parts.scheme.lower() != "https" or not _HOST.fullmatch(host):
        raise build_rejected_address_error(
            address, "is not an https URL", "use https://HOST/PATH"
        )

    if "@" in parts.netloc:
        hint = "put the file next to the document and use its path"
        raise build_rejected_address_error(address, "contains credentials", hint)

    named = host if port == _HTTPS else f"{host}:{port}"
    if named not in hosts:
        raise build_rejected_address_error(
            address,
            "leads to another host",
            "put the file next to the document and use its path, or allow the "
            f"host with --allow-remote-refs {named}",
        )

    query = f"?{parts.query}" if parts.query else ""
    return RemoteAddress(
        host, port, quote((parts.path or "/") + query, safe=_IN_A_PATH)
    )


def build_rejected_address_error(address: str, why: str, hint: str) -> DiagnosticError:
    """Build the error for a URL that may not be fetched.

    Args:
        address: The URL.
        why: The rest of the message, after the URL.
        hint: The help.
    """
    return build_error(
        "remote-reference", f"reference {address!r:.200} {why}", hint=hint
    )


def is_remote(resource: str) -> bool:
    """Return whether a resource is on another host."""
    return resource.startswith("https://")
