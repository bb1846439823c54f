"""A document that says how deliveries are signed: the routers of its client check it."""

from __future__ import annotations

import hashlib
import hmac
import json

import pytest
from support.generated import Generated, Generator

SPEC = """
openapi: 3.1.0
info: {title: Signed, version: "1"}
x-codegen:
  signature: {header: X-Hub-Signature-256, prefix: sha256=}
webhooks:
  opened:
    post:
      x-codegen: {event: {header: X-Event}}
      requestBody: {content: {application/json: {schema: {type: object, properties: {id: {type: integer}}}}}}
  closed:
    post:
      x-codegen: {event: {header: X-Event}}
      requestBody: {content: {application/json: {schema: {type: object, properties: {id: {type: integer}}}}}}
"""
SECRET = "a secret that is long enough"  # noqa: S105 - of no account
BODY = json.dumps({"id": 1}).encode()


@pytest.fixture(scope="module")
def api(generated: Generator) -> Generated:
    """Return the client of the document above."""
    return generated(SPEC)


def test_the_router_takes_what_is_signed_so(api: Generated) -> None:
    webhooks = api.webhooks
    router = webhooks.WebhookRouter(secret=SECRET)
    names: list[str] = []
    router.on(webhooks.CLOSED)(lambda event: names.append(event.name))

    digest = hmac.new(SECRET.encode(), BODY, hashlib.sha256).hexdigest()
    headers = {"X-Event": "closed", "X-Hub-Signature-256": f"sha256={digest}"}
    assert router.handle(BODY, headers).status == 200
    assert names == ["closed"]
    assert router.handle(BODY + b" ", headers).status == 401
    assert router.handle(BODY, {"X-Event": "closed"}).status == 401


def test_what_the_client_signs_its_router_takes(api: Generated) -> None:
    webhooks = api.webhooks
    router = webhooks.WebhookRouter(secret=SECRET)
    headers = webhooks.sign(BODY, SECRET)
    assert list(headers) == ["X-Hub-Signature-256"]
    assert router.handle(BODY, headers).status == 200


def test_a_client_of_the_standard_has_no_other_scheme(generated: Generator) -> None:
    made = generated(SPEC.replace("signature:", "other:"))
    assert not (made.folder / "runtime" / "signatures.py").exists()
    headers = made.webhooks.sign(BODY, "c2VjcmV0IGVub3VnaCBmb3IgdGhpcw==")
    assert "webhook-id" in headers
