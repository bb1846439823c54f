# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Signatures that an HMAC of the body makes, as each sender writes them.

In: headers and the raw body of a delivery, and the secrets that its sender shares. Out:
the delivery, or the error that it is not signed as it should be.
"""

from __future__ import annotations

import hmac
import time
from base64 import b64encode
from collections.abc import Sequence
from typing import Any, Literal

from msgspec import Struct

from .deliveries import (
    TOLERANCE,
    Delivery,
    Headers,
    Key,
    Secret,
    WebhookSignatureError,
    keys_of,
)

_LONG = 12
"""More digits than a time has before the year 5000."""


class Signature(Struct, frozen=True, kw_only=True):
    """How a sender signs.

    `header` holds signatures, parted by commas, each after `prefix`. `signed` is what
    is signed: `{body}`, and `{timestamp}` where there is one. `timestamp` is the header
    that says when, or, with a `=` at its end, what is before it in `header`. `id` is
    the header that says which delivery it is.
    """

    header: str
    signed: str = "{body}"
    encoding: Literal["hex", "base64"] = "hex"
    digest: Literal["sha256", "sha384", "sha512"] = "sha256"
    prefix: str = ""
    timestamp: str = ""
    id: str = ""

    def keys_of(
        self, secret: Secret | Sequence[Secret] | None, shortest: int = 1
    ) -> tuple[tuple[Key, ...], str]:
        """Return the keys of secrets, whose texts are not base64; see `deliveries`."""
        raw: list[bytes] | None = None
        if secret is not None:
            several = [secret] if isinstance(secret, str | bytes) else secret
            raw = [s.encode() if isinstance(s, str) else s for s in several]
            del several
        del secret  # tracebacks show locals
        _, fault = keys_of(raw, shortest)
        keys = [] if fault else [hmac.new(s, None, self.digest) for s in raw or ()]
        del raw
        return tuple(keys), fault

    def verify(
        self,
        body: bytes,
        headers: Headers,
        keys: Sequence[Key],
        tolerance: float = TOLERANCE,
    ) -> Delivery | None:
        """Check that one of `keys` signed a delivery; None where it has no id.

        Raises:
            WebhookSignatureError: none did; nothing of the delivery is shown.
        """
        found = _read_headers(headers)
        parts = [part.strip() for part in found.get(self.header.lower(), "").split(",")]
        given = [
            part.removeprefix(self.prefix)
            for part in parts
            if part.startswith(self.prefix) and part != self.prefix
        ]
        if not given:
            raise WebhookSignatureError("the delivery is not signed")
        seconds = self._find_time(parts, found)
        if self.timestamp:
            _check_time(seconds, tolerance)
        content = self._join_content(body, seconds)
        if not any(self._is_signed(content, key, given) for key in keys):
            raise WebhookSignatureError(
                "no signature matches one of the signing secrets"
            )
        delivery_id = found.get(self.id.lower(), "")
        sent_at = int(seconds) if self.timestamp else None
        return Delivery(delivery_id, sent_at) if delivery_id else None

    def sign(
        self,
        body: bytes,
        secret: Secret,
        *,
        delivery_id: str = "",
        sent_at: float | None = None,
    ) -> dict[str, str]:
        """Make the headers with which a sender signs `body`; for tests."""
        keys, fault = self.keys_of(secret)
        del secret  # tracebacks show locals
        if fault:
            raise ValueError(fault)
        seconds = str(int(time.time() if sent_at is None else sent_at))
        signature = self.prefix + self._compute_signature(
            self._join_content(body, seconds), keys[0]
        )
        made = {self.id: delivery_id} if self.id and delivery_id else {}
        if self.timestamp.endswith("="):
            return {**made, self.header: f"{self.timestamp}{seconds},{signature}"}
        if self.timestamp:
            made[self.timestamp] = seconds
        return {**made, self.header: signature}

    def _find_time(self, parts: list[str], headers: dict[str, str]) -> str:
        if not self.timestamp.endswith("="):
            return headers.get(self.timestamp.lower(), "")
        times = (part for part in parts if part.startswith(self.timestamp))
        return next(times, "").removeprefix(self.timestamp)

    def _join_content(self, body: bytes, seconds: str) -> bytes:
        before, _, after = self.signed.partition("{body}")
        start, end = (
            each.replace("{timestamp}", seconds).encode() for each in (before, after)
        )
        return start + body + end

    def _compute_signature(self, content: bytes, key: Key) -> str:
        own = key.copy()
        own.update(content)
        if self.encoding == "hex":
            return own.hexdigest()
        return b64encode(own.digest()).decode()

    def _is_signed(self, content: bytes, key: Key, given: list[str]) -> bool:
        own = self._compute_signature(content, key).encode()
        return any(hmac.compare_digest(own, each.encode()) for each in given)


def _read_headers(headers: Headers) -> dict[str, str]:
    """Return headers by their names in lowercase; of several the first counts."""
    found: dict[str, str] = {}
    pairs: Any = getattr(headers, "items", headers.__iter__)()
    for name, value in pairs:
        text = name.decode("latin-1") if isinstance(name, bytes) else name
        key = text.lower()
        if key.startswith("http_"):  # of a WSGI environment
            key = key.removeprefix("http_").replace("_", "-")
        if value is not None:
            shown = value.decode("latin-1") if isinstance(value, bytes) else str(value)
            found.setdefault(key, shown)
    return found


def _check_time(seconds: str, tolerance: float) -> None:
    if not (len(seconds) < _LONG and seconds.isascii() and seconds.isdecimal()):
        raise WebhookSignatureError("the timestamp is not a number of seconds")
    if not abs(time.time() - int(seconds)) <= tolerance:
        raise WebhookSignatureError("the time differs too much from this clock")
