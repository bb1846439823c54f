# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Deliveries: which one it is, when it was sent, and whether the sender signed it.

In: headers and the raw body of a delivery, and the secrets that its sender shares. Out:
its id and its time, or the error that it is not signed as it should be.

Source: Standard Webhooks 1.0.0, "Webhook Headers" and "Signature scheme".
"""

from __future__ import annotations

import hmac
import os
import time
from base64 import b64decode
from binascii import b2a_base64
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, Final, TypeAlias

from msgspec import Struct

Pairs: TypeAlias = Iterable[tuple[str, str]] | Iterable[tuple[bytes, bytes]]
Headers: TypeAlias = Mapping[str, Any] | Pairs
"""Headers as any framework has them; a WSGI environment will do."""
Secret: TypeAlias = str | bytes
"""Base64, with or without `whsec_` before it; or the bytes of the key."""
Key: TypeAlias = hmac.HMAC
"""A key, of which a copy signs."""

TOLERANCE: Final = 300.0
_PARTS: Final = ("id", "timestamp", "signature")
_NAMES: Final = [f"{p}-{e}" for p in ("svix", "webhook") for e in _PARTS]
_PLACES: Final[dict[str | bytes, int]] = {
    spelling: place
    for place, name in enumerate(_NAMES)
    for spelling in (name, name.encode(), f"http_{name.replace('-', '_')}")
}
_LONG: Final = 12
"""More digits than a time has before the year 5000."""


class WebhookSignatureError(ValueError):
    """A delivery is not signed, by somebody else, or for another time."""


class Delivery(Struct, frozen=True):
    """The id of a delivery, which stays when it is sent again, and its Unix time."""

    id: str
    sent_at: int | None = None

    @property
    def time(self) -> datetime | None:
        """When it was sent, in UTC; None where nobody says."""
        moment = self.sent_at
        return None if moment is None else datetime.fromtimestamp(moment, UTC)

    @classmethod
    def of(cls, headers: Headers) -> Delivery | None:
        """Read headers without verifying them; None where they name no delivery."""
        delivery_id, seconds, _ = _read_headers(headers)
        sent_at = int(seconds) if _is_time(seconds) else None
        return Delivery(delivery_id, sent_at) if delivery_id else None


def keys_of(
    secret: Secret | Sequence[Secret] | None, shortest: int = 1
) -> tuple[tuple[Key, ...], str]:
    """Return the keys of secrets, and what is wrong with the secrets ("" for nothing).

    None means no signatures. It does not raise, and the caller deletes `secret`
    before it does, because tracebacks show locals. `shortest` is in bytes.
    """
    if secret is None:
        return (), ""
    given = [secret] if isinstance(secret, str | bytes) else secret
    secrets = [_read_secret(each) for each in given]
    if not secrets:
        return (), "the list of secrets is empty; None accepts unsigned deliveries"
    if not all(secrets):
        return (), "a signing secret is empty or not base64; copy all of it"
    if min(map(len, secrets)) < shortest:
        return (), f"a signing secret has less than {shortest} bytes; copy all of it"
    return tuple(hmac.new(each, digestmod="sha256") for each in secrets), ""


def verify(
    body: bytes, headers: Headers, keys: Sequence[Key], tolerance: float = TOLERANCE
) -> Delivery:
    """Check that one of `keys` signed a delivery, `tolerance` seconds from now at most.

    Raises:
        WebhookSignatureError: it did not; nothing of the delivery is shown.
    """
    delivery_id, seconds, signatures = _read_headers(headers)
    if not (delivery_id and seconds and signatures):
        raise WebhookSignatureError("the delivery is not signed")
    if not _is_time(seconds):
        raise WebhookSignatureError("the timestamp is not a number of seconds")
    sent_at = int(seconds)
    if not abs(time.time() - sent_at) <= tolerance:
        raise WebhookSignatureError("the time differs too much from this clock")
    content = _join_content(body, delivery_id, seconds)
    given = _encode_text(signatures).split()
    for key in keys:
        own = _compute_signature(content, key)
        for each in given:
            if hmac.compare_digest(own, each):
                return Delivery(delivery_id, sent_at)
    raise WebhookSignatureError("no signature matches one of the signing secrets")


def sign(
    body: bytes, secret: Secret, *, delivery_id: str = "", sent_at: float | None = None
) -> dict[str, str]:
    """Make the headers with which a sender signs `body`; for tests.

    Without an id it is a new delivery each time; `sent_at` is a Unix time.
    """
    keys, fault = keys_of(secret)
    del secret  # tracebacks show locals
    if fault:
        raise ValueError(fault)
    seconds = str(int(time.time() if sent_at is None else sent_at))
    delivery_id = delivery_id or f"msg_{os.urandom(12).hex()}"
    content = _join_content(body, delivery_id, seconds)
    signature = _compute_signature(content, keys[0]).decode()
    return {
        "webhook-id": delivery_id,
        "webhook-timestamp": seconds,
        "webhook-signature": signature,
    }


def _read_secret(secret: object) -> bytes:
    """Return the bytes of a secret, `b""` if it is invalid."""
    if not isinstance(secret, str):
        return bytes(secret) if isinstance(secret, bytes | bytearray) else b""
    text = secret.strip().removeprefix("whsec_").rstrip("=")
    with suppress(ValueError):
        return b64decode(text + "=" * (-len(text) % 4), validate=True)
    return b""


def _join_content(body: bytes, delivery_id: str, seconds: str) -> bytes:
    return _encode_text(f"{delivery_id}.{seconds}.") + body


def _compute_signature(content: bytes, key: Key) -> bytes:
    own = key.copy()
    own.update(content)
    return b"v1," + b2a_base64(own.digest(), newline=False)


def _is_time(seconds: str) -> bool:
    """Return whether it is a Unix time, of a year that Python knows."""
    return len(seconds) < _LONG and seconds.isascii() and seconds.isdecimal()


def _read_headers(headers: Headers) -> tuple[str, str, str]:
    """Find id, time and signatures; a svix header goes before one of the standard.

    Of several headers of one name the first counts. Whichever counts is what is signed.
    """
    known: Any = headers
    if isinstance(headers, Mapping):  # which takes longer to go through
        one, when, by = map(known.get, _NAMES[:3])
        if isinstance(one, str) and isinstance(when, str) and isinstance(by, str):
            return one, when, by
    found: dict[int, str] = {}
    for name, value in getattr(known, "items", known.__iter__)():
        place = _PLACES.get(name.lower())
        if place is not None and value is not None:
            found.setdefault(place, _decode_text(value))
    get = found.get
    return get(0, get(3, "")), get(1, get(4, "")), get(2, get(5, ""))


def _decode_text(value: object) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


def _encode_text(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
