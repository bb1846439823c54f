# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""What a client logs of its calls, without secrets.

In: requests and how they ended. Out: lines for `logging`, by the package's name.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Container
from urllib.parse import unquote

import httpx2
from msgspec import Struct

from .retry import Attempt

_PRIVATE = r"(?i)key|token|secret|passw|auth|cookie|session|signature"
_NAME = r"[?&]([^=&]+)"


class Log(Struct, frozen=True):
    """Logs requests and answers at DEBUG, retries at INFO.

    `secrets` are names of headers and query members, in lower case, whose values are
    not shown; so are those that sound like it.
    """

    logger: logging.Logger
    secrets: Container[str]

    def request(self, request: httpx2.Request) -> None:
        """Log a request before it is sent."""
        if self.logger.isEnabledFor(logging.DEBUG):
            # No local may hold a secret (see `hidden`), so only names are looked at.
            url = request.url
            headers = {
                name: "***" if self._is_secret(name) else request.headers[name]
                for name in request.headers
            }
            names = filter(self._is_secret, re.findall(_NAME, url.raw_path.decode()))
            masked = rf"([?&](?:{'|'.join(map(re.escape, names)) or '(?!)'})=)[^&]*"
            target = re.sub(masked, r"\1***", url.raw_path.decode())
            place = f"{url.scheme}://{url.netloc.decode()}{target}"
            self.logger.debug("%s %s %s", request.method, place, headers)

    def outcome(self, call: str, attempt: Attempt, again: float | None) -> None:
        """Log how an attempt ended, and when there will be another."""
        level = logging.DEBUG if again is None else logging.INFO
        if self.logger.isEnabledFor(level):
            end = type(attempt.outcome).__name__
            found = attempt.outcome
            if isinstance(found, httpx2.Response):
                end = f"{found.status_code}, id {found.headers.get('x-request-id')}"
            end += "" if again is None else f"; again in {again:.2f} s"
            line = "%s: attempt %d ended after %.3f s: %s"
            self.logger.log(level, line, call, attempt.number, attempt.elapsed, end)

    def _is_secret(self, name: str) -> bool:
        """Return whether the value of a header or a query member is not to be shown."""
        return unquote(name).lower() in self.secrets or bool(re.search(_PRIVATE, name))
