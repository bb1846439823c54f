"""Takes one delivery, again and again: verifies it, reads it, calls its handler.

In: who takes it (`ours`, `sdk`). Out: see `loop`. A delivery that does not reach its
handler ends the process.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import sys
import time
from base64 import b64decode, b64encode
from collections import deque
from collections.abc import Callable
from importlib import import_module
from typing import Any, Final

from benchmarks.children.loop import serve

SECRET: Final = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"  # noqa: S105 - of an example
BODY: Final = json.dumps(
    {
        "customer": {
            "address_city": "Pune",
            "address_country": "IN",
            "email": "billing@acme.example",
            "environment_id": "env_01JPB8Q2V7XK",
            "external_id": "user_1",
            "id": "cust_01JPB8Q2V7XK",
            "metadata": {"region": "south", "segment": "startup"},
            "name": "Acme",
            "timezone": "Asia/Kolkata",
        },
        "event_type": "customer.created",
    },
    separators=(",", ":"),
).encode()


def signed() -> dict[str, str]:
    """Make the headers of the delivery, as Svix signs it now."""
    seconds = str(int(time.time()))
    content = b"msg_1.%b.%b" % (seconds.encode(), BODY)
    key = b64decode(SECRET.removeprefix("whsec_"))
    signature = b64encode(hmac.digest(key, content, hashlib.sha256)).decode()
    return {
        "content-type": "application/json",
        "svix-id": "msg_1",
        "svix-timestamp": seconds,
        "svix-signature": f"v1,{signature}",
    }


def ours(got: deque[Any]) -> Callable[[], object]:
    """Take it by the router of the generated client."""
    webhooks = import_module("flexprice_client.webhooks")
    router = webhooks.WebhookRouter(secret=SECRET)
    router.on(webhooks.CUSTOMER_CREATED)(lambda event: got.append(event.payload))
    handle, headers = router.handle, signed()
    return lambda: handle(BODY, headers)


def sdk(got: deque[Any]) -> Callable[[], object]:
    """Take it as the README of the package `flexprice` says, verified by `svix`."""
    models = import_module("flexprice.models")
    webhook, headers = import_module("svix.webhooks").Webhook(SECRET), signed()

    def handle() -> None:
        webhook.verify(BODY, headers)
        event = json.loads(BODY)
        match event.get("event_type"):
            case "customer.created" | "customer.updated" | "customer.deleted":
                kind = models.WebhookDtoCustomerWebhookPayload
                got.append(kind.model_validate(event))
            case "payment.success" | "payment.failed" | "payment.updated":
                kind = models.WebhookDtoPaymentWebhookPayload
                got.append(kind.model_validate(event))
            case _:
                raise SystemExit("the event is not handled")

    return handle


def main() -> None:
    """Check that the handler gets the customer, and serve."""
    got: deque[Any] = deque(maxlen=1)
    take = (ours if sys.argv[1] == "ours" else sdk)(got)
    take()
    if not got or got[0].customer.external_id != "user_1":
        raise SystemExit("the delivery did not reach its handler")
    serve(take)


if __name__ == "__main__":
    main()
