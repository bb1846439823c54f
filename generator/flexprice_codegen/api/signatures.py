"""How deliveries are signed: the hint `x-codegen: {signature: …}` of the document.

In: the root of a document. Out: a `SignatureScheme`, or None for Standard Webhooks.
"""

from __future__ import annotations

from collections.abc import Mapping

from flexprice_codegen.api.keywords import get_hints
from flexprice_codegen.api.model import SignatureScheme
from flexprice_codegen.diagnostics import DiagnosticError, build_error
from flexprice_codegen.spec.nodes import Node

_HINT = "signature"
_CHOICES = {"encoding": ("hex", "base64"), "digest": ("sha256", "sha384", "sha512")}
_TEXTS = ("signed", "prefix", "timestamp", "id")


def read_signature_scheme(root: Node) -> SignatureScheme | None:
    """Return how deliveries are signed, if the document has the hint.

    Args:
        root: The root of the document.

    Raises:
        DiagnosticError: `signature-hint` for an unknown form, or one that is not safe.
    """
    hint = dict(get_hints(root)).get(_HINT)
    if hint is None:
        return None
    if not isinstance(hint, Mapping) or not isinstance(hint.get("header"), str):
        raise _build_error(root, "names no header")

    given: dict[str, str] = {}
    for name, value in hint.items():
        if name not in {"header", *_TEXTS, *_CHOICES}:
            raise _build_error(root, f"has no member {name!r}")
        if not isinstance(value, str):
            raise _build_error(root, f"has no text for {name!r}")
        if value not in _CHOICES.get(name, (value,)):
            known = ", ".join(_CHOICES[name])
            raise _build_error(root, f"has the {name} {value!r}, which is not {known}")
        given[name] = value

    scheme = SignatureScheme(**given)
    _check_signed(root, scheme)
    return scheme


def _check_signed(root: Node, scheme: SignatureScheme) -> None:
    """Reject a signature that does not cover the body, or the time that it names."""
    if scheme.signed.count("{body}") != 1:
        raise _build_error(root, "must sign {body}, once")
    if bool(scheme.timestamp) != ("{timestamp}" in scheme.signed):
        raise _build_error(root, "must have timestamp and sign {timestamp}, or neither")


def _build_error(root: Node, what: str) -> DiagnosticError:
    return build_error(
        "signature-hint",
        f"the hint for signatures {what}",
        at=root.origin.get_child("x-codegen").get_child(_HINT),
        hint="write it as {header: X-Signature, signed: '{timestamp}.{body}', encoding: hex, prefix: sha256=, timestamp: X-Time}",
    )
