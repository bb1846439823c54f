"""APIs whose overlay comes with this version: `init --api NAME` copies it.

In: the name of an API. Out: what a configuration file says about it, and the overlay. A
copied overlay belongs to its repository: later versions only offer their own.
"""

from __future__ import annotations

from pathlib import Path

from flexprice_codegen.frozen_values import frozen_value

_PACKAGE = Path(__file__).resolve().parent.parent


@frozen_value(kw_only=True)
class KnownApi:
    """An API whose overlay comes with this version.

    Attributes:
        title: Its name in texts.
        source: The address of its document.
        spec: The path for the document in a repository; likewise `overlay`.
        tags: The tags that most apps use; likewise `events`.
        secret: The environment variable for the secret of a webhook endpoint.
    """

    title: str
    source: str
    spec: str
    overlay: str
    class_name: str
    tags: tuple[str, ...]
    events: tuple[str, ...]
    secret: str


KNOWN_APIS = {
    "flexprice": KnownApi(
        title="Flexprice",
        source="https://raw.githubusercontent.com/flexprice/flexprice/main/docs/swagger/"
        "swagger-3-0.json",
        spec="specs/flexprice.json",
        overlay="specs/flexprice.overlay.yaml",
        class_name="Flexprice",
        tags=("Customers", "Events", "Invoices", "Plans", "Subscriptions", "Wallets"),
        events=("customer.*", "invoice.*", "subscription.*", "wallet.*"),
        secret="FLEXPRICE_WEBHOOK_SECRET",  # noqa: S106 - the name of a variable
    )
}


def read_delivered_overlay(api: KnownApi) -> str:
    """Return the overlay of an API, as this version has it."""
    name = Path(api.overlay).name
    installed = _PACKAGE / "_apis" / name
    # In a checkout, the overlay is in the `specs` directory at its top.
    path = installed if installed.is_file() else _PACKAGE.parent.parent / "specs" / name
    return path.read_text("utf-8")


def find_copied_api(text: str) -> KnownApi | None:
    """Return the API whose overlay a text is a copy of, by its first line.

    Args:
        text: The text of an overlay. It can be edited, or of another version.
    """
    first, _, _ = text.partition("\n")
    for api in KNOWN_APIS.values():
        if first.strip() == read_delivered_overlay(api).partition("\n")[0]:
            return api
    return None
